/*
 * builder.h - how the statement families say what a statement does.
 *
 * One file a family (alter_table.c, index.c, ...) offers one function that is given a statement
 * and a builder. It asks the catalog, notes locks, work and effects in the builder, and applies
 * the change to the catalog in the same breath, so that what a statement does and what it leaves
 * behind stand in one place. The facts it needs stand in tables: locks.h, types.h, volatility.h,
 * predicates.h, and the families' own.
 *
 * Order: note a relation's locks and work before the catalog is changed, while it still has its
 * old name. A statement that is refused (ls_refuse) changes nothing: refuse before applying.
 */
#ifndef LS_EFFECTS_BUILDER_H
#define LS_EFFECTS_BUILDER_H

#include "effects/effects.h"
#include "effects/types.h"

typedef struct ls_replay ls_replay;
typedef struct ls_body_statements ls_body_statements;

typedef struct {
    ls_replay *replay;
    ls_arena *arena; /* of the outcome: lives until the file's outcomes are dropped */
    ls_catalog *catalog;
    int postgres; /* target version, 12 to 18 */
    const ls_source *source;
    const ls_statement *statement;
    ls_outcome *outcome;
    ls_body_statements *body; /* that the statement stands in; NULL: in none */
    ls_birth birth;           /* for what the statement creates */
    ls_time_zone time_zone;   /* of the session at this point */
} ls_builder;

/* --- Relations ------------------------------------------------------------------------------ */

/* The relation that the statement names, declared as unknown if the history has none: locks and
 * later facts need something to hang on. `kind` is what the statement takes it for. */
ls_relation_id ls_named(ls_builder *builder, const ls_name *name, ls_relation_kind kind);

/* The relation that the statement names if the catalog has it, else 0; nothing is declared. */
ls_relation_id ls_known(const ls_builder *builder, const ls_name *name);

const ls_relation *ls_relation_of(const ls_builder *builder, ls_relation_id id);

/* Where the thing comes from, seen from the migration that is being read. */
ls_origin ls_origin_of(const ls_builder *builder, const ls_birth *birth);

/* Made by this migration for certain: no other session can want it yet. */
bool ls_is_new(const ls_builder *builder, const ls_birth *birth);

/* CREATE ... IF NOT EXISTS of this very migration: new, unless it was there before. */
bool ls_may_be_new(const ls_builder *builder, const ls_birth *birth);

/* The relation was there before this migration, or may have been, and others can see it: not made
 * by this migration, and not temporary. */
bool ls_existed(const ls_builder *builder, ls_relation_id id);

/* The configuration says of the table, of the table below the index, or of one that it is a
 * partition or child of: much traffic; few rows, always. In listed.c. */
bool ls_is_hot(const ls_builder *builder, ls_relation_id id);
bool ls_is_small(const ls_builder *builder, ls_relation_id id);

/* Where the migration gets this far, the table is empty: it was truncated, or a NOT NULL column was
 * added that no row has a value for. What reads, builds or changes all of it takes no time. */
bool ls_is_emptied(const ls_builder *builder, ls_relation_id id);
void ls_note_emptied(ls_builder *builder, ls_relation_id id);

/* Made in the transaction that is open now. */
bool ls_is_of_this_transaction(const ls_builder *builder, const ls_birth *birth);

/* A value for a column of that type: refused if it uses an enum label that was added in this very
 * transaction (documentation: ALTER TYPE; exceptions by version measured). In type.c. */
void ls_check_enum_use(ls_builder *builder, const ls_expression *value, const ls_data_type *type);

/* A setting changed by SET or set_config; no values: back to the default. What it is given lives
 * as long as the file's scripts, or in the replay's arena. */
void ls_change_setting(ls_builder *builder, ls_span at, const char *parameter,
                       const ls_words *values, bool local);

/* Rows of the table are changed by `change`, by COPY where it is NULL: what a deferred constraint
 * leaves to be checked later. In pending_events.c, as SET CONSTRAINTS is. */
void ls_note_deferred_events(ls_builder *builder, ls_relation_id table, const ls_query *change,
                             ls_span at);
void ls_set_constraints(ls_builder *builder, bool immediate, bool all);

/* Values written past the sequence of a column, and setval or RESTART of it (0: of any). In
 * explicit_keys.c. */
void ls_note_inserted_keys(ls_builder *builder, ls_relation_id table, const ls_query *insert);
void ls_note_copied_keys(ls_builder *builder, ls_relation_id table, const ls_copy *copy);
void ls_sequence_was_set(ls_builder *builder, ls_relation_id sequence);

/* The name for messages: without "public.", quoted where SQL needs quotes. */
const char *ls_shown(ls_builder *builder, ls_relation_id id);
const char *ls_quoted(ls_builder *builder, const char *identifier);
/* The text as a string constant of SQL. */
const char *ls_literal(ls_builder *builder, const char *text);
/* A written name (schema.name) for messages, for objects that are not relations. */
const char *ls_shown_name(ls_builder *builder, const ls_name *name);

/* The text of a span of the source: comments and runs of white space outside of quotes become one
 * blank. */
const char *ls_text_of(ls_builder *builder, ls_span at);
/* The same of another source: of a statement of the history. */
const char *ls_text_in(ls_builder *builder, const ls_source *source, ls_span at);

/* --- Locks and work ------------------------------------------------------------------------- */

/* The statement takes the mode on the relation. Relations that did not exist before the statement
 * are left out by themselves. */
void ls_take_lock(ls_builder *builder, ls_relation_id relation, ls_lock_mode mode, ls_span at);

/* The same on every partition or inheritance child below it, at any depth. */
void ls_take_lock_below(ls_builder *builder, ls_relation_id relation, ls_lock_mode mode,
                        ls_span at);

/* Reads the whole table once to verify something. */
void ls_scan(ls_builder *builder, ls_relation_id table, ls_span at);

/* Reads the relation as part of the statement's own query. */
void ls_read_rows(ls_builder *builder, ls_relation_id relation, ls_span at);

/* Writes the table anew: ACCESS EXCLUSIVE on it and on all its indexes, one scan, every index built
 * again. Noted once, however often a statement asks for it. A partitioned table rewrites nothing
 * itself: its partitions are the caller's. */
void ls_rewrite(ls_builder *builder, ls_relation_id table, ls_span at);

/* The same without reading what the table held: its new files are filled from an index or from a
 * query (CLUSTER, REFRESH). */
void ls_refill(ls_builder *builder, ls_relation_id table, ls_span at);

/* Copies the relation's files (SET TABLESPACE). */
void ls_copy_files(ls_builder *builder, ls_relation_id relation, ls_span at);

/* Builds an index on the table, which reads the table once: `index` is an existing one that is
 * built again, or 0 with the new one's `name`. */
void ls_build_index(ls_builder *builder, ls_relation_id table, ls_relation_id index,
                    const char *name, ls_span at);

/* True if the statement has noted that it rewrites the table. */
bool ls_is_rewritten(const ls_builder *builder, ls_relation_id table);

/* --- Effects -------------------------------------------------------------------------------- */

/* Somebody asks about effects of that kind. */
bool ls_is_wanted(const ls_builder *builder, ls_effect_kind kind);

/* A new effect at the clause, about the relation (0: none). The common attributes are filled in
 * when the statement is done, `work` excepted: ls_set_work. An attribute that nobody reads is
 * dropped when it is set: ls_effect_asks tells where finding its value would cost much. */
ls_effect *ls_add_effect(ls_builder *builder, ls_effect_kind kind, ls_span at,
                         ls_relation_id relation);
void ls_set_text(ls_builder *builder, ls_effect *effect, ls_attribute attribute, const char *text);
/* What stands there in the source; it is cut out of it only if somebody looks. */
void ls_set_written(ls_builder *builder, ls_effect *effect, ls_attribute attribute, ls_span at);
/* The same of a statement that may stand elsewhere: a body has a source of its own. */
void ls_set_written_in(ls_builder *builder, ls_effect *effect, ls_attribute attribute,
                       const ls_source *source, ls_span at);
void ls_set_flag(ls_builder *builder, ls_effect *effect, ls_attribute attribute, bool value);
void ls_set_number(ls_builder *builder, ls_effect *effect, ls_attribute attribute, int64_t value);
/* Adds one word to a WORDS attribute. */
void ls_add_word(ls_builder *builder, ls_effect *effect, ls_attribute attribute, const char *word);
void ls_set_words(ls_builder *builder, ls_effect *effect, ls_attribute attribute,
                  const ls_words *words);
void ls_set_work(ls_builder *builder, ls_effect *effect, ls_work work);
/* Running code that breaks: writers, readers. */
void ls_set_breaks(ls_builder *builder, ls_effect *effect, bool readers, bool writers);
/* A span of the present statement, for what is told later. */
ls_place ls_present_place(const ls_builder *builder, ls_span at);

/* "ALTER TABLE on line 6", with the file where that is another one. */
const char *ls_statement_place(const ls_builder *builder, const ls_statement *statement);

void ls_add_label(ls_builder *builder, ls_effect *effect, const ls_source *source, ls_span at,
                  const char *message);

/* PostgreSQL refuses the statement inside a transaction block; `what` is how it calls it:
 * "CREATE INDEX CONCURRENTLY". */
void ls_forbid_in_transaction(ls_builder *builder, const char *what);

/* The statement is certain to be refused; the first reason is kept. */
void ls_refuse(ls_builder *builder, ls_span at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The statement that removes what the refusal just noted is for, to be undone afterwards. */
void ls_say_what_is_in_the_way(ls_builder *builder, const char *removal);
bool ls_is_refused(const ls_builder *builder);

/* Something that is not known was assumed: "users is not in the history: assumed to exist and to
 * hold data". */
void ls_assume(ls_builder *builder, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Within a migration: that an index of this name was dropped, or "trigger " and its name; and
 * whether one was. */
void ls_note_drop(ls_builder *builder, const char *name);
bool ls_was_dropped(const ls_builder *builder, const char *name);

/* Within a migration: that the view was dropped, and the names of those that read the column. */
void ls_note_dropped_view(ls_builder *builder, const ls_relation *view);
ls_words ls_dropped_views(const ls_builder *builder, ls_relation_id table, const char *column);

/* What a call runs, if the history shows the routine and its language can be read: its statements,
 * at the place of the call. False if nothing is known of it. In do_block.c. */
bool ls_run_routine(ls_builder *builder, const ls_expression *call);

/* Runs the text that a query returns, as psql's \gexec does. False if it is not known. */
bool ls_run_result(ls_builder *builder, const ls_query *query);

/* The statement is beyond the analysis: an effect not_analysed that says why. */
void ls_not_analysed(ls_builder *builder, ls_span at, const char *what, const char *why);

/* --- The families --------------------------------------------------------------------------- */

void ls_effects_of_alter_table(ls_builder *builder, const ls_alter_table *alter);
void ls_effects_of_move_all(ls_builder *builder, const ls_move_all *move);
void ls_effects_of_create_table(ls_builder *builder, const ls_create_table *create);
void ls_effects_of_create_table_as(ls_builder *builder, const ls_create_table_as *create);
void ls_effects_of_create_index(ls_builder *builder, const ls_create_index *create);
void ls_effects_of_drop(ls_builder *builder, const ls_drop *drop);
void ls_effects_of_rename(ls_builder *builder, const ls_rename *rename);
void ls_effects_of_set_schema(ls_builder *builder, const ls_set_schema *set_schema);
void ls_effects_of_set_owner(ls_builder *builder, const ls_set_owner *set_owner);
void ls_effects_of_reindex(ls_builder *builder, const ls_reindex *reindex);
void ls_effects_of_cluster(ls_builder *builder, const ls_cluster *cluster);
void ls_effects_of_vacuum(ls_builder *builder, const ls_vacuum *vacuum);
void ls_effects_of_truncate(ls_builder *builder, const ls_truncate *truncate);
void ls_effects_of_lock_table(ls_builder *builder, const ls_lock_table *lock);
void ls_effects_of_create_view(ls_builder *builder, const ls_create_view *create);
void ls_effects_of_refresh(ls_builder *builder, const ls_refresh *refresh);
void ls_effects_of_sequence(ls_builder *builder, const ls_sequence_statement *sequence);
void ls_effects_of_create_type(ls_builder *builder, const ls_create_type *create);
void ls_effects_of_alter_enum(ls_builder *builder, const ls_alter_enum *alter);
void ls_effects_of_create_domain(ls_builder *builder, const ls_create_domain *create);
void ls_effects_of_alter_domain(ls_builder *builder, const ls_alter_domain *alter);
void ls_effects_of_create_function(ls_builder *builder, const ls_create_function *create);
void ls_effects_of_create_trigger(ls_builder *builder, const ls_create_trigger *create);
void ls_effects_of_create_rule(ls_builder *builder, const ls_create_rule *create);
void ls_effects_of_policy(ls_builder *builder, const ls_policy *policy);
void ls_effects_of_create_schema(ls_builder *builder, const ls_create_schema *create);
void ls_effects_of_publication(ls_builder *builder, const ls_publication *publication);
void ls_effects_of_extension(ls_builder *builder, const ls_extension *extension);
void ls_effects_of_create_statistics(ls_builder *builder, const ls_create_statistics *create);
void ls_effects_of_comment(ls_builder *builder, const ls_comment *comment);
void ls_effects_of_grant(ls_builder *builder, const ls_grant *grant);
void ls_effects_of_query(ls_builder *builder, const ls_query *query);
void ls_effects_of_copy(ls_builder *builder, const ls_copy *copy);
void ls_effects_of_do(ls_builder *builder, const ls_do *do_block);
void ls_effects_of_unparsed(ls_builder *builder, const ls_statement *statement);
/* DROP OWNED, CREATE SUBSCRIPTION, ALTER SYSTEM, databases, tablespaces, CALL, EXECUTE, OTHER. */
void ls_effects_of_other(ls_builder *builder, const ls_statement *statement);

/* Any statement but transaction control and SET, which the replay handles itself. */
void ls_effects_of(ls_builder *builder, const ls_statement *statement);

#endif
