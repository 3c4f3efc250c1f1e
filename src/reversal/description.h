/*
 * description.h - what a migration and its down have touched of the schema, as a dump would tell
 * it.
 *
 * A description lists parts (a table, a column, a constraint, a privilege ...), each with a key
 * that is the same in two states of the schema, and facts, each a property with its value as text.
 * Two descriptions can be compared without knowing what their parts are. Only what has been changed
 * since a moment is described: what nobody has touched needs no comparison.
 */
#ifndef LS_REVERSAL_DESCRIPTION_H
#define LS_REVERSAL_DESCRIPTION_H

#include "catalog/catalog.h"

typedef struct {
    const char *property; /* in words: "type", "default" */
    const char *value;    /* in words or SQL; NULL: it has none, or the usual one */
    bool usual_unknown;   /* what it is where nothing is said is not known */
    bool is_wording;      /* SQL as it was written, of which other words may mean the same */
} ls_fact;

typedef struct {
    const char *key;       /* "column public.users.email" */
    const char *object;    /* what it is, in words: "column" */
    const char *shown;     /* its name, for messages: "users.email" */
    const char *container; /* the key of what it goes with; NULL: none */
    const char *relation;  /* the name of the relation that it is, or is a part of; NULL: none */
    const char *schema,
        *name;             /* of the relation that it is, or is in, in the catalog; NULL: none */
    ls_words columns;      /* keys of columns that it goes with, too */
    ls_words order;        /* of a table: its columns */
    ls_relation_id id;     /* of a relation; else 0 */
    const char *same_as;   /* of a relation or column: the same under another name; NULL: cannot
                              tell */
    bool lacks_partitions; /* the history shows none, but a table without is of no use */
    bool declared;         /* it is only named by statements: not known when it came to be */
    bool may_have_been;    /* it may have been there though nothing says so */
    bool whole;            /* every part of it is known */
    ls_birth birth;
    LS_VECTOR(ls_fact) facts;
} ls_part;

/* What is to be told of some parts alone: a description of that costs what it tells. */
typedef struct {
    LS_VECTOR(const ls_part *) relations; /* a part of each relation */
    ls_map in_relations;                  /* the relations by what they are called */
    ls_map keys;                          /* of all the parts */
    bool others;                          /* what is neither a relation nor in one */
} ls_asked_parts;
void ls_ask_about(ls_arena *arena, ls_asked_parts *asked, const ls_part *part);

typedef struct {
    ls_arena *arena;
    ls_catalog *catalog;
    const ls_asked_parts *asked; /* NULL: all are */
    LS_VECTOR(ls_part) parts;
    ls_map by_key, by_identity; /* numbers of the parts, plus one */
} ls_description;

/* Lives in the arena, but for what is the catalog's own. */
ls_description ls_describe(ls_arena *arena, ls_catalog *catalog, ls_catalog_moment moment);

/* Of the parts that are asked about, as much as ls_describe; of others, some. */
ls_description ls_describe_asked(ls_arena *arena, ls_catalog *catalog, ls_catalog_moment moment,
                                 const ls_asked_parts *asked);

/* NULL if there is none of that key. */
const ls_part *ls_described(const ls_description *description, const char *key);
/* What the part of another state is here, whatever its name; NULL if it is not there, or cannot be
 * told. */
const ls_part *ls_same_part(const ls_description *description, const ls_part *part);
/* The value of a property; NULL where it has none. */
const ls_fact *ls_part_fact(const ls_part *part, const char *property);

#endif
