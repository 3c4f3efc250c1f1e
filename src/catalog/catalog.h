/*
 * catalog.h - the schema as the history has built it so far.
 *
 * The catalog holds what a server would hold in pg_class, pg_attribute, pg_constraint, pg_index,
 * pg_type, pg_inherits, pg_trigger, pg_proc and pg_depend, to the depth that effects and rules ask
 * about. It stores and answers; it knows nothing of locks or of what a statement costs (effects).
 *
 * Identity. A relation (table, partitioned table, view, materialized view, index, sequence,
 * composite type, foreign table) has an id that stays the same under renames, and a slot in the
 * catalog that points to its present state. A `const ls_relation *` shows the state until the next
 * ls_catalog_edit of that relation: keep ids, not pointers, across edits.
 *
 * Unknown is a value. A relation that a statement names but no history created is *declared* by
 * the first statement that needs to remember something about it (ls_catalog_declare): its birth is
 * unknown and its list of columns is not complete. Asking for a column, a constraint or an index
 * of such a relation and not finding it proves nothing.
 *
 * Transactions. ls_catalog_mark notes a point, ls_catalog_undo returns to it: every change since
 * is taken back, whatever it was. Outside of any mark nothing is logged.
 *
 * Ownership. All is in the catalog's arena or in that of the scripts it was built from: the
 * scripts outlive the catalog.
 */
#ifndef LS_CATALOG_CATALOG_H
#define LS_CATALOG_CATALOG_H

#include "sql/statement.h"
#include "support/intern.h"
#include "support/map.h"
#include "support/vector.h"

typedef uint32_t ls_relation_id; /* 0: none */
typedef LS_VECTOR(ls_relation_id) ls_relation_ids;

/* Where in the history a thing came to be. There are several of these in all that the catalog
 * holds: the flags share a word with the number of the file. */
enum { LS_BIRTH_FILES = 0x3FFFFFFF };
typedef struct {
    bool known : 1;          /* false: no statement of the history created it for certain */
    bool if_not_exists : 1;  /* the statement would also succeed if it was there before */
    uint32_t file : 30;      /* number of the migration in the run, from 0 */
    uint32_t transaction;    /* number of the transaction in the run, from 1 */
    const ls_source *source; /* NULL if unknown */
    ls_span at;
} ls_birth;

/* A type as the catalog knows it. Built-in types have schema "pg_catalog" and PostgreSQL's
 * internal name (int4, varchar); user types their own schema; a type of which nothing is known has
 * the name as written and known false. */
typedef struct {
    const char *schema, *name;
    int32_t modifiers[2];
    int16_t dimensions;
    uint8_t modifier_count;
    bool known;
} ls_data_type;

typedef struct {
    const char *name;
    ls_data_type type;
    const char *collation; /* NULL: the type's default */
    const ls_expression *default_value;
    const ls_expression *generation;
    ls_birth birth;
    ls_relation_id sequence; /* the sequence that serial or identity made for it */
    bool serial;             /* its sequence came from serial, not from identity */
    bool not_null;           /* a valid NOT NULL, or part of the primary key */
    bool not_null_unproven;  /* 18: NOT NULL that is NOT VALID */
    char identity;           /* 'a' always, 'd' by default, 0 none */
    char generated;          /* 's' stored, 'v' virtual, 0 none */
} ls_catalog_column;

typedef struct {
    ls_constraint_kind kind; /* NOT_NULL (18), CHECK, PRIMARY_KEY, UNIQUE, EXCLUDE, FOREIGN_KEY */
    bool valid, enforced, no_inherit;
    bool inherited; /* from a partitioned or inheritance parent */
    const char *name;
    ls_words columns;
    const ls_expression *expression;
    const char *text; /* CHECK: its expression as written; NULL if that no longer holds */
    bool deferrable, initially_deferred;
    bool local;   /* the table's own, perhaps besides what it inherits: outlives a parent's */
    bool doubted; /* SQL that cannot be followed may have dropped it, or named it anew */
    char on_delete, on_update;
    ls_relation_id index;      /* PRIMARY KEY, UNIQUE, EXCLUDE: its own; FOREIGN KEY: the
                                  referenced table's index, 0 if unknown */
    ls_relation_id referenced; /* FOREIGN KEY */
    ls_words referenced_columns;
    ls_birth birth;
    ls_birth validated; /* when it became valid; its birth if it was valid from the start */
} ls_catalog_constraint;

typedef struct {
    const char *name;
    const char *function_schema, *function;
    ls_words columns;      /* UPDATE OF */
    ls_words when_columns; /* columns that WHEN reads */
    char timing;
    bool on_insert, on_update, on_delete, on_truncate, row;
    bool constraint, deferrable, initially_deferred;
    bool disabled;
    const ls_source *definition_source; /* where it was written; NULL: nowhere */
    ls_span definition_at;              /* all that follows the table's name */
    ls_words arguments;                 /* of the function */
    const ls_expression *when;
    ls_birth birth;
} ls_catalog_trigger;

typedef struct {
    const char *name;
    ls_words columns; /* columns of the table that USING and WITH CHECK read */
    const char *command;
    ls_words roles;
    const ls_expression *using_expression, *check_expression;
    ls_birth birth;
} ls_catalog_policy;

/* What a statement names that is no relation. */
typedef struct {
    ls_object_kind kind;                   /* of a domain always DOMAIN, whatever it was called */
    const char *schema, *name, *arguments; /* arguments of a function: "integer, text" */
    bool known;                            /* the catalog had it */
} ls_noted_object;

/* What a statement said of an object, or of a part of one, that has no place of its own in the
 * catalog: a comment, a privilege, an option, a definition. The last one said counts. */
typedef struct {
    ls_object_kind kind;    /* of what it is about */
    const char *about;      /* the part of a relation, NULL: all of it; else the object in words */
    ls_noted_object object; /* of a relation and its parts: empty */
    const char *property;   /* "comment", "SELECT for app" */
    const char *text;       /* NULL: nothing any more, or what stands at `at` */
    bool usual_unknown;     /* what it is where nothing was said is not known */
    const ls_source *source;
    ls_span at;
    ls_birth birth;
} ls_catalog_note;

/* One use of a relation's column by a view; column NULL: the relation itself. */
typedef struct {
    ls_relation_id relation;
    const char *column;
} ls_column_use;

typedef enum {
    LS_RELATION_TABLE,
    LS_RELATION_PARTITIONED_TABLE,
    LS_RELATION_FOREIGN_TABLE,
    LS_RELATION_VIEW,
    LS_RELATION_MATERIALIZED_VIEW,
    LS_RELATION_INDEX,
    LS_RELATION_SEQUENCE,
    LS_RELATION_COMPOSITE_TYPE,
    LS_RELATION_UNKNOWN, /* declared by a statement that does not tell the kind */
} ls_relation_kind;

typedef struct ls_relation ls_relation;

/* What is asked most often stands first: of an index, in the first two lines of the processor's
 * cache. */
struct ls_relation {
    ls_relation_id id;
    ls_relation_kind kind;
    ls_persistence persistence;
    bool columns_complete; /* every column is in `columns` */
    bool constraints_open; /* constraints may have names that are not in `constraints` */
    bool row_security, force_row_security;
    char replica_identity; /* 'd' unless changed */
    bool is_partition;
    bool rows_written;  /* the history wrote rows to it that are there for certain */
    bool rows_possible; /* the history may have written rows to it */
    bool populated;     /* VIEW, MATERIALIZED_VIEW: what follows its name is at definition_at */
    bool of_identity;   /* SEQUENCE */

    /* INDEX */
    bool unique, primary, valid, build_may_have_failed; /* the last: CONCURRENTLY under a timeout */
    bool nulls_not_distinct;
    bool only_parent; /* made with ON ONLY: invalid until every partition's index is attached */
    ls_relation_id table;
    ls_relation_id parent_index;
    const char *method;
    ls_index_elements elements;
    const ls_expression *predicate;
    const char *constraint; /* name of the constraint that it backs; NULL */
    ls_words include;
    ls_words column_names; /* its own, which RENAME COLUMN does not change: see names.h */

    const char *schema, *name; /* interned */
    const char *full_name;     /* "schema.name" */
    ls_birth birth;
    LS_VECTOR(ls_catalog_column) columns;
    LS_VECTOR(ls_catalog_constraint) constraints;
    ls_relation_ids indexes;
    LS_VECTOR(ls_catalog_trigger) triggers;
    LS_VECTOR(ls_catalog_policy) policies;
    LS_VECTOR(ls_catalog_note) notes; /* in the order in which they were made */
    const ls_birth *emptied; /* it had no row then, or what followed would not have been reached;
                                NULL: never */

    /* partitions and inheritance */
    ls_relation_ids parents; /* of a partition: its one parent */
    ls_relation_ids children;
    ls_partitioning partitioning; /* PARTITIONED_TABLE: strategy and keys */
    const ls_bound *bound;        /* as its statement has it; NULL: it is no partition */

    /* Relations that at some time had a foreign key to, a view over, a default from or an index
     * on this one. A hint for finding them: whether they still do is in them. */
    ls_relation_ids dependents;

    const char *of_type_schema, *of_type; /* typed table */
    const char *access_method;            /* NULL: the default, heap */
    ls_words rules;

    /* INDEX */
    ls_relation_ids child_indexes;
    const ls_source *definition_source; /* where it was written what it indexes; NULL: nowhere, or
                                           with names that columns no longer have */
    ls_span definition_at;              /* what follows the table's name there */

    /* SEQUENCE */
    const char *owner_column;
    const char *sequence_type; /* int2, int4, int8 */
    ls_relation_id owner_table;

    /* VIEW, MATERIALIZED_VIEW */
    LS_VECTOR(ls_column_use) uses;
};

typedef struct {
    const char *label;
    ls_birth birth;
} ls_enum_label;

typedef struct {
    const char *schema, *name;
    char kind; /* 'e' enum, 'd' domain, 'c' composite, 'r' range, 'b' base, 's' shell */
    ls_birth birth;
    LS_VECTOR(ls_enum_label) labels;
    ls_data_type base; /* domain */
    const char *collation;
    bool not_null;
    const ls_expression *default_value;
    LS_VECTOR(ls_catalog_constraint) constraints; /* domain: CHECKs */
    ls_relation_id relation;                      /* composite: its row in pg_class */
    ls_relation_ids users; /* relations that at some time had a column of the type: a hint */
} ls_catalog_type;

typedef struct {
    const char *schema, *name;
    bool procedure;
    LS_VECTOR(ls_data_type) arguments; /* of mode in, inout, variadic */
    ls_data_type returns;
    bool returns_nothing, returns_set;
    const char *language;
    char volatility; /* 'i', 's', 'v' */
    const char *body;
    bool sql_standard_body;
    LS_VECTOR(ls_column_use) uses;      /* of a SQL-standard body */
    const ls_expression *inlined;       /* SQL function whose body is one plain expression */
    const ls_source *definition_source; /* where it was written, from its name on */
    ls_span definition_at, body_at;     /* all that follows the name; the text of the body in it */
    ls_birth birth;
} ls_catalog_function;

typedef struct {
    const char *name;
    ls_relation_id relation;
    ls_words columns;
    const char *schema;
} ls_catalog_statistics;

typedef struct {
    const char *name;
    bool all_tables;
    bool only_inserts; /* publishes neither UPDATE nor DELETE */
    ls_relation_ids tables;
    ls_words schemas;
} ls_catalog_publication;

typedef struct ls_catalog ls_catalog;

/* An empty catalog of a fresh database: schema public and pg_catalog, search_path "$user", public.
 */
ls_catalog *ls_catalog_new(void);
void ls_catalog_free(ls_catalog *catalog);

/* The arena of the catalog, for what is stored in it, and its interner. */
ls_arena *ls_catalog_arena(ls_catalog *catalog);
const char *ls_catalog_intern(ls_catalog *catalog, const char *name);

/* --- Names ---------------------------------------------------------------------------------- */

/* The search_path from now on; the words as SET gives them. Part of what a mark undoes. */
void ls_catalog_set_search_path(ls_catalog *catalog, const ls_words *path);
const ls_words *ls_catalog_search_path(const ls_catalog *catalog);

/* The schema in which an unqualified CREATE creates. */
const char *ls_catalog_creation_schema(const ls_catalog *catalog);

/* The relation of that name, by search_path if `schema` is NULL (temporary ones first); NULL if
 * the catalog has none. */
const ls_relation *ls_catalog_find(const ls_catalog *catalog, const char *schema, const char *name);

/* The present state of a relation; NULL for 0 or a dropped one. */
const ls_relation *ls_catalog_relation(const ls_catalog *catalog, ls_relation_id id);

const ls_catalog_column *ls_relation_column(const ls_relation *relation, const char *name);
const ls_catalog_constraint *ls_relation_constraint(const ls_relation *relation, const char *name);
const ls_catalog_trigger *ls_relation_trigger(const ls_relation *relation, const char *name);

/* NULL: it has none that is known. */
const ls_catalog_constraint *ls_relation_primary_key(const ls_relation *relation);
const ls_catalog_policy *ls_relation_policy(const ls_relation *relation, const char *name);

/* The type of that name; NULL for built-in types and unknown ones. */
const ls_catalog_type *ls_catalog_find_type(const ls_catalog *catalog, const char *schema,
                                            const char *name);

/* A written type resolved: user types by search_path, built-in ones to pg_catalog, serial to the
 * integer type behind it, table.column%TYPE to that column's type. */
ls_data_type ls_catalog_resolve_type(const ls_catalog *catalog, const ls_type_name *type);

/* The functions of that name by search_path, all overloads; an empty list if there is none. The
 * list may be kept until a mark under which it was asked for is undone. */
typedef LS_VECTOR(const ls_catalog_function *) ls_functions;
ls_functions ls_catalog_find_functions(ls_catalog *catalog, const char *schema, const char *name);

bool ls_catalog_has_schema(const ls_catalog *catalog, const char *schema);
bool ls_catalog_has_extension(const ls_catalog *catalog, const char *extension);

/* What was said last of the relation or a part of it; NULL: nothing, or of another that had the
 * part's name before `since`. */
const ls_catalog_note *ls_relation_note(const ls_relation *relation, ls_object_kind kind,
                                        const char *about, const char *property,
                                        const ls_birth *since);

/* What was said of an object that is no relation: "function app.total(integer)". The list may be
 * kept as long as one of functions. */
typedef LS_VECTOR(const ls_catalog_note *) ls_notes;
ls_notes ls_catalog_object_notes(const ls_catalog *catalog, const char *about);

/* Of another object that had the name before `since`. */
bool ls_is_older_note(const ls_catalog_note *note, const ls_birth *since);

/* Every relation that exists, in order of creation; for checks over all of them. The list is in the
 * arena. */
ls_relation_ids ls_catalog_relations(ls_arena *arena, ls_catalog *catalog);

/* Every schema of a birth (public is one), every extension, type, function and statistics object,
 * in no order that means anything. The lists are in the arena. */
typedef LS_VECTOR(const ls_catalog_type *) ls_types;
typedef LS_VECTOR(const ls_catalog_statistics *) ls_statistics_list;
ls_words ls_catalog_schemas(ls_arena *arena, ls_catalog *catalog);
ls_words ls_catalog_extensions(ls_arena *arena, ls_catalog *catalog);
ls_types ls_catalog_types(ls_arena *arena, ls_catalog *catalog);
ls_functions ls_catalog_functions(ls_arena *arena, ls_catalog *catalog);
ls_statistics_list ls_catalog_statistics_objects(ls_arena *arena, ls_catalog *catalog);

/* The same of one schema; relations in order of creation, of every schema if it is NULL. */
ls_relation_ids ls_schema_relations(ls_arena *arena, ls_catalog *catalog, const char *schema);
ls_types ls_schema_types(ls_arena *arena, ls_catalog *catalog, const char *schema);
ls_functions ls_schema_functions(ls_arena *arena, ls_catalog *catalog, const char *schema);

/* What exists now and has been changed, or touched by a change that was undone, since a moment. */
typedef uint64_t ls_catalog_moment;
typedef struct {
    ls_relation_ids relations;
    LS_VECTOR(const ls_catalog_type *) types;
    ls_functions functions;
    ls_words schemas, extensions;
    LS_VECTOR(const ls_catalog_statistics *) statistics;
    LS_VECTOR(const ls_catalog_publication *) publications;
    ls_notes notes;
} ls_catalog_objects;

/* The moment of the next mark: what comes after that mark is since then. */
ls_catalog_moment ls_catalog_now(const ls_catalog *catalog);
bool ls_catalog_is_changed(const ls_catalog *catalog, ls_relation_id relation,
                           ls_catalog_moment moment);
ls_catalog_objects ls_catalog_changed_since(ls_arena *arena, ls_catalog *catalog,
                                            ls_catalog_moment moment);

/* --- Changes -------------------------------------------------------------------------------- */

typedef uint32_t ls_catalog_point;

/* From now on changes are logged. Marks nest; undo returns to the mark and ends it and those
 * inside it, forget ends it and keeps the changes. */
ls_catalog_point ls_catalog_mark(ls_catalog *catalog);
void ls_catalog_undo(ls_catalog *catalog, ls_catalog_point point);
void ls_catalog_forget(ls_catalog *catalog, ls_catalog_point point);

/* A new relation under that name (schema NULL: the creation schema; temporary ones go to
 * pg_temp). The caller fills it through the returned pointer. A relation of that name that was
 * there is forgotten: what is created anew is known better. */
ls_relation *ls_catalog_create(ls_catalog *catalog, ls_relation_kind kind,
                               ls_persistence persistence, const char *schema, const char *name,
                               ls_birth birth);

/* The relation of that name, or a declared one of unknown birth. */
ls_relation_id ls_catalog_declare(ls_catalog *catalog, const ls_name *name, ls_relation_kind kind);

/* The relation's state, writable until the next mark; vectors in it may be changed in place. Costs
 * what the relation holds; the three below cost the same for a table of any size, and a removal
 * what it moves. */
ls_relation *ls_catalog_edit(ls_catalog *catalog, ls_relation_id id);

/* The same for its own fields and for what is appended to its vectors; what is in them already is
 * not to be changed. */
ls_relation *ls_catalog_amend(ls_catalog *catalog, ls_relation_id id);

/* One column or constraint of the relation's present state, writable until the next mark or edit
 * of the relation. A constraint keeps its name and what it refers to. */
ls_catalog_column *ls_catalog_edit_column(ls_catalog *catalog, ls_relation_id id,
                                          const ls_catalog_column *column);
ls_catalog_constraint *ls_catalog_edit_constraint(ls_catalog *catalog, ls_relation_id id,
                                                  const ls_catalog_constraint *constraint);

/* Takes one part out of the relation's present state, those behind it move up: pointers to them
 * are not what they were. What depends on it is the caller's, the index of a constraint too. */
void ls_catalog_remove_column(ls_catalog *catalog, ls_relation_id id,
                              const ls_catalog_column *column);
void ls_catalog_remove_constraint(ls_catalog *catalog, ls_relation_id id,
                                  const ls_catalog_constraint *constraint);
void ls_catalog_remove_trigger(ls_catalog *catalog, ls_relation_id id,
                               const ls_catalog_trigger *trigger);
void ls_catalog_remove_policy(ls_catalog *catalog, ls_relation_id id,
                              const ls_catalog_policy *policy);

/* Forgets the relation, its indexes, the sequences that it owns, and its place in parents, children
 * and publications. Partitions go with their parent. Dependents (views, foreign keys of others)
 * are the caller's: see dependencies.h. */
void ls_catalog_drop(ls_catalog *catalog, ls_relation_id id);

void ls_catalog_rename(ls_catalog *catalog, ls_relation_id id, const char *new_name);
/* Moves the relation with its indexes and owned sequences. */
void ls_catalog_move(ls_catalog *catalog, ls_relation_id id, const char *new_schema);

/* Adds an index relation to its table. name NULL: PostgreSQL's own choice (see names.h). */
ls_relation *ls_catalog_create_index(ls_catalog *catalog, ls_relation_id table, const char *name,
                                     ls_birth birth);

/* Notes in `relation` that `dependent` depends on it, for the hints. The catalog finds references
 * of relations that were edited by itself; this is for what is written through a pointer that an
 * earlier edit returned, after somebody has asked for dependents. */
void ls_catalog_note_dependent(ls_catalog *catalog, ls_relation_id relation,
                               ls_relation_id dependent);
void ls_catalog_note_type_user(ls_catalog *catalog, const ls_data_type *type, ls_relation_id user);

ls_catalog_type *ls_catalog_create_type(ls_catalog *catalog, char kind, const char *schema,
                                        const char *name, ls_birth birth);
ls_catalog_type *ls_catalog_edit_type(ls_catalog *catalog, const ls_catalog_type *type);
void ls_catalog_drop_type(ls_catalog *catalog, const ls_catalog_type *type);
void ls_catalog_rename_type(ls_catalog *catalog, const ls_catalog_type *type,
                            const char *new_schema, const char *new_name);

/* Adds an overload; one with the same argument types is replaced. */
ls_catalog_function *ls_catalog_create_function(ls_catalog *catalog, const char *schema,
                                                const char *name, const ls_catalog_function *like);
void ls_catalog_drop_function(ls_catalog *catalog, const ls_catalog_function *function);
/* Renames or moves one overload (NULL: as it is); triggers that call it follow. */
void ls_catalog_rename_function(ls_catalog *catalog, const ls_catalog_function *function,
                                const char *new_schema, const char *new_name);

void ls_catalog_create_schema(ls_catalog *catalog, const char *schema, ls_birth birth);
const ls_birth *ls_catalog_schema_birth(const ls_catalog *catalog, const char *schema);
/* Drops the schema with all that is in it. */
void ls_catalog_drop_schema(ls_catalog *catalog, const char *schema);
void ls_catalog_rename_schema(ls_catalog *catalog, const char *schema, const char *new_name);

void ls_catalog_create_extension(ls_catalog *catalog, const char *extension);
void ls_catalog_drop_extension(ls_catalog *catalog, const char *extension);

/* Notes of a relation, and of what is none; a renamed column takes its own along. */
void ls_catalog_add_note(ls_catalog *catalog, ls_relation_id relation, const ls_catalog_note *note);
void ls_catalog_add_object_note(ls_catalog *catalog, const ls_catalog_note *note);
void ls_catalog_rename_notes(ls_catalog *catalog, ls_relation_id relation, const char *column,
                             const char *new_name);

/* Publications and statistics objects, whole lists to be edited through these. */
ls_catalog_publication *ls_catalog_edit_publication(ls_catalog *catalog, const char *name,
                                                    bool create);
void ls_catalog_drop_publication(ls_catalog *catalog, const char *name);
/* True if a publication of the history publishes the relation. */
bool ls_catalog_is_published(const ls_catalog *catalog, const ls_relation *relation);
/* True if one publishes UPDATE or DELETE of it, which need to tell its rows apart. */
bool ls_catalog_publishes_changes(const ls_catalog *catalog, const ls_relation *relation);
/* The name must be given (see names.h), and the relation exist. */
void ls_catalog_add_statistics(ls_catalog *catalog, const ls_catalog_statistics *statistics);
const ls_catalog_statistics *ls_catalog_find_statistics(const ls_catalog *catalog,
                                                        const char *schema, const char *name);
void ls_catalog_drop_statistics(ls_catalog *catalog, const ls_catalog_statistics *statistics);
void ls_catalog_rename_statistics(ls_catalog *catalog, const ls_catalog_statistics *statistics,
                                  const char *new_schema, const char *new_name);

#endif
