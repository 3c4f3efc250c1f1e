/*
 * replay_internal.h - what the parts of the replay share: replay.c, builder.c, migration.c.
 */
#ifndef LS_EFFECTS_REPLAY_INTERNAL_H
#define LS_EFFECTS_REPLAY_INTERNAL_H

#include "effects/creations.h"
#include "effects/replay.h"
#include "effects/session.h"

/* What a migration has done so far, for what follows from several statements together. */
typedef struct {
    const char *contraction; /* the first: "drops users.email", of something that existed */
    const char *addition;    /* the first: "adds users.mail", or a new table */
    ls_place contraction_at, addition_at;
    uint32_t contraction_count, addition_count;
} ls_migration_mix;

/* What the open transaction has done so far. */
typedef struct {
    ls_place changed_data; /* the first data change of existing rows that grows */
    const char *changed_relation;
    ls_place changed_schema; /* the first statement with a strong lock */
    const char *schema_relation;
    bool told;                       /* that both stand in one transaction */
    ls_place several_at;             /* the first request for a second strong lock */
    ls_relation_id several_relation; /* the relation it asks for */
    ls_words strong;                 /* relations with a strong lock, as shown, in order */
    ls_map strong_ids;               /* of the same: a rename makes no other of it */
    ls_lock_mode several_mode;
    ls_map worked_under; /* names of the relations whose lock some work has been told to prolong */
} ls_transaction_mix;

/* The last ALTER TABLE that was not refused. */
typedef struct {
    const ls_statement *statement;
    ls_relation_id relation;
    ls_lock_mode mode;
    bool passes; /* it reads or writes the whole table */
} ls_last_alteration;

/* A value written into a column past its sequence. */
typedef struct {
    ls_relation_id table, sequence;
    const char *column;
    const ls_source *source;
    ls_span at;
} ls_explicit_key;

typedef struct {
    const ls_script *script;
    uint32_t file; /* its number in the run */
} ls_later_script;

/* What later statements are looked for by: see later.c for the kinds. */
enum { LS_LATER_KINDS = 6 };
typedef struct {
    LS_VECTOR(ls_later_script) scripts;
    uint32_t listed[LS_LATER_KINDS]; /* of the scripts, from the first */
    ls_map by_kind[LS_LATER_KINDS];  /* names to the statements, in their order */
} ls_later;

struct ls_replay {
    ls_replay_options options;
    ls_catalog *catalog;
    ls_arena *arena;           /* of the present file */
    ls_arena *statement_arena; /* of the present statement and its outcome */
    const ls_script *script;
    ls_transaction_mode runner;   /* what it wraps around the present part of the file */
    ls_transaction_mode for_file; /* and around the file, or around any part of it */
    uint32_t file;                /* number of the present file, from 0 */
    uint32_t first_of_run;        /* the first file of those that share a transaction with it */
    bool goes_on;                 /* the transaction does, in the next file */
    uint32_t changes_before;      /* the session's, when the file began */
    bool started;                 /* a file was begun */
    uint32_t first_unapplied;     /* files from here on are the change set */
    uint32_t last_transaction;
    ls_session session;
    ls_map created[LS_CREATION_NONE]; /* what the file creates, by kind and name: creations.c */
    bool creations_listed[LS_CREATION_NONE];
    const ls_interest *interest; /* NULL: in everything */
    ls_interest nobodys;
    uint32_t acting_statements; /* all but SET, BEGIN and their like */
    ls_last_alteration altered;
    ls_map there_at_first;               /* names of what it drops that is there: second_drop.c */
    ls_map dropped;                      /* names of indexes that the file dropped */
    ls_map named[LS_STATEMENT_PSQL + 1]; /* the file's statements by kind and name: ahead.c */
    bool named_listed[LS_STATEMENT_PSQL + 1]; /* they are, since somebody asked */
    ls_later later;      /* what makes good what an earlier statement left open: later.c */
    ls_map gone;         /* relations that are dropped or renamed, by name: missing.c */
    bool run_listed;     /* `later` has the whole run, not only the files begun */
    uint32_t repeatable; /* this many statements of the file, from its first, can be run again */
    ls_span *transaction_ends; /* by statement number: what ends its transaction; empty: the file */
    ls_migration_mix mix;
    ls_transaction_mix transaction_mix;
    LS_VECTOR(ls_explicit_key) explicit_keys; /* that no setval has made up for */
    LS_VECTOR(ls_effect *) ended;             /* effects that the ends of transactions gave */
};

ls_builder ls_replay_builder(ls_replay *replay, const ls_statement *statement, ls_outcome *outcome);

/* Nobody reads effects, as those of history. */
bool ls_serves_nobody(const ls_replay *replay);

/* Fills in what an effect can only know when its statement is done. */
void ls_finish_effects(ls_builder *builder);

/* Ends the open transaction, if there is one, with what follows from it. */
void ls_end_transaction(ls_replay *replay, bool commit);

/* Who opened the transaction, for messages. */
const char *ls_begun_by(ls_transaction_mode mode);

/* second_drop.c: a DROP in the file that is begun. */
void ls_note_there(ls_replay *replay, const ls_drop *drop);

/* control.c: transaction control and settings; at the end of the file, a transaction that is still
 * open and settings that stay in the session. */
void ls_effects_of_transaction(ls_builder *builder, const ls_transaction_statement *control);
void ls_effects_of_set(ls_builder *builder, const ls_set *set);
void ls_note_left_open(ls_builder *builder);
void ls_note_settings_left(ls_builder *builder);

/* timeouts.c: what a strong lock finds; after each statement. */
void ls_describe_timeouts(ls_builder *builder, ls_effect *effect);
void ls_note_timeouts(ls_builder *builder);

/* pending_events.c: after each statement. */
void ls_note_pending_events(ls_builder *builder);

/* explicit_keys.c: at the end of the file. */
void ls_note_keys_left(ls_builder *builder);

/* migration.c: after a statement that drops, renames or moves, of what it noted from that effect
 * on; after each statement; at the end of a transaction; at the end of the file. */
void ls_note_recreated(ls_builder *builder, size_t first);
void ls_migration_note(ls_builder *builder);
void ls_migration_end_transaction(ls_replay *replay);
void ls_migration_end(ls_builder *builder);

/* repeated.c: an ALTER TABLE, and whether the one before it could be the same. */
void ls_note_alteration(ls_builder *builder);

/* long_names.c: names that PostgreSQL cuts off; and what it reads of effects for it. */
void ls_note_long_names(ls_builder *builder);
void ls_long_names_read(ls_interest *interest);

/* header.c: the file as a whole. */
void ls_note_migration(ls_builder *builder);

#endif
