/*
 * internal.h - how the catalog is stored; for the files of this room only.
 *
 * Everything that can change is a pointer in a cell. A change goes through ls_cell_set, which logs
 * the cell and its old value while a mark is active: undoing is then one loop, whatever was
 * changed. What a cell points to is not changed in place, with two exceptions: the newest version
 * of a type, which a cell that was set since the newest mark may hand out for writing (its stamp
 * tells); and relations and single items of their vectors, whose bytes are logged before the first
 * change after a mark, so that a change or the removal of one column copies no other, and keeps
 * nothing any more once it can no longer be undone.
 *
 * Cells are never freed and never move, so the log and the lists may point at them. A list of
 * cells is a hint: members whose value went stay in it until it is swept, which happens when it is
 * full, so that adding costs a constant and reading costs what is alive.
 */
#ifndef LS_CATALOG_INTERNAL_H
#define LS_CATALOG_INTERNAL_H

#include "catalog/dependencies.h"
#include "support/same.h"

typedef struct {
    void *value;
    uint32_t swept;   /* number of the sweep that saw the cell last */
    uint32_t changed; /* serial of the newest mark when it, or what it holds, was changed last */
} ls_cell;

typedef LS_VECTOR(ls_cell *) ls_cells;

/* Objects by name, and the cells that hold one. */
typedef struct {
    ls_map cells;    /* name to ls_cell */
    ls_cell members; /* ls_cells: those whose value is not NULL, and some stale ones */
} ls_directory;

/* A schema, or a name that was used as one. */
typedef struct {
    ls_cell name;                   /* const char *, interned */
    ls_cell birth;                  /* ls_birth *; NULL if no statement created it */
    ls_directory relations;         /* ls_relation_slot */
    ls_directory types;             /* ls_type_version */
    ls_directory functions;         /* ls_functions, replaced as a whole */
    ls_directory statistics;        /* ls_catalog_statistics */
    ls_directory constraint_tables; /* by constraint: ls_cells of relations that have or had it */
} ls_namespace;

typedef struct {
    ls_relation relation;
    uint32_t stamp; /* serial of the mark under which it was logged or made; 0: none */
    bool unshared;  /* its vectors are its own, not those of what was logged */
    uint32_t indexed_columns, indexed_constraints; /* those whose references are in the hints */
} ls_relation_version;

/* What the state points to stands behind it, so that a look at a relation reads memory in a row. */
typedef struct {
    ls_cell state; /* ls_relation_version; NULL once dropped */
    ls_relation_version version;
    ls_cell statistics; /* ls_cells: statistics objects that were made on it */
    ls_cell functions;  /* ls_cells: functions whose SQL-standard bodies read it */
    ls_words keys;      /* interned: columns that a foreign key refers to, or once did */
    bool unindexed;     /* in the catalog's list of relations to index */
} ls_relation_slot;

typedef struct {
    ls_catalog_type type;
    uint32_t stamp;
} ls_type_version;

typedef struct {
    ls_catalog_publication publication;
    uint32_t stamp;
} ls_publication_version;

typedef struct {
    const char *name; /* interned */
    size_t hash;
} ls_searched_schema;

/* A search_path and the schemas that it makes the server look in, first to last. */
typedef struct {
    ls_words written, order;
    ls_searched_schema *searched; /* `order` once more */
} ls_search_path;

typedef struct {
    ls_cell *cell; /* NULL: an item was changed in place, or taken out */
    void *old;     /* the cell's value, or a copy of the item in the undo arena */
    void *item;
    size_t item_size;
    size_t moved; /* bytes of the items behind it, which took its place */
} ls_change;

typedef struct {
    size_t log_count;
    uint32_t serial;
} ls_mark;

struct ls_catalog {
    ls_arena *arena;
    ls_arena *undo_arena; /* of what the log holds; cleared with it */
    ls_interner names;
    ls_directory schemas;      /* ls_namespace */
    ls_directory extensions;   /* their names */
    ls_directory publications; /* ls_publication_version */
    ls_directory notes;        /* ls_notes, of what is no relation: by what they are about */
    LS_VECTOR(ls_relation_slot *) slots;
    ls_cell relations;           /* ls_cells: the states of all slots, in order of creation */
    ls_cell domains;             /* ls_cells: types that are domains */
    ls_directory trigger_tables; /* by a function's bare name: ls_cells of relations that have or
                                    had a trigger which calls it */
    ls_directory callers; /* by a function's bare name: ls_cells of relations with an expression
                             that calls it, or once did */
    ls_directory type_functions; /* by a type's bare name: ls_cells of names of functions that take
                                    or return one, or once did; not of built-in types */
    ls_cell search_path;         /* ls_search_path */
    ls_relation_ids unindexed;
    LS_VECTOR(ls_change) log;
    LS_VECTOR(ls_mark) marks;
    ls_map tried;     /* where to go on with numbering a name: ls_tried_name (names.c) */
    uint64_t removed; /* goes up whenever a name that was taken may have become free */
    uint32_t serial, sweep;
};

/* --- Cells (undo.c) ------------------------------------------------------------------------- */

void ls_cell_set(ls_catalog *catalog, ls_cell *cell, void *value);

/* Logs an item, or a relation itself, before it is changed in place. */
void ls_item_save(ls_catalog *catalog, void *item, size_t item_size);

/* Logs an item before the `moved` bytes behind it take its place. */
void ls_item_save_removed(ls_catalog *catalog, void *item, size_t item_size, size_t moved);

/* Adds a cell to the list in `list`. */
void ls_cells_add(ls_catalog *catalog, ls_cell *list, ls_cell *member);
/* The list in `list`, stale members and duplicates included. */
ls_cells ls_cells_of(const ls_cell *list);
/* The members that have a value, each once, in the order in which they were added. */
ls_cells ls_living_cells(ls_arena *arena, ls_catalog *catalog, const ls_cell *list);

ls_cell *ls_directory_cell(ls_catalog *catalog, ls_directory *directory, const char *name);
void *ls_directory_get(const ls_directory *directory, const char *name);
/* Sets what the name stands for; NULL forgets it. */
void ls_directory_set(ls_catalog *catalog, ls_directory *directory, const char *name, void *value);

/* Serial of the newest mark, 0 if there is none: what has a stamp at least as high may be changed
 * in place. */
uint32_t ls_newest_serial(const ls_catalog *catalog);

/* A relation list without the dropped and the double, with room for as many again. */
ls_relation_ids ls_swept_relations(ls_catalog *catalog, const ls_relation_ids *relations);

/* --- Objects -------------------------------------------------------------------------------- */

/* The schema's namespace, made if need be; or NULL if there is none. */
ls_namespace *ls_namespace_of(ls_catalog *catalog, const char *schema);
ls_namespace *ls_find_namespace(const ls_catalog *catalog, const char *schema);

/* What the name stands for in the namespace of that schema, or by search_path if `schema` is NULL;
 * `directory` is the place of a directory in ls_namespace. */
void *ls_find_by_path(const ls_catalog *catalog, const char *schema, const char *name,
                      size_t directory);

/* The schemas to look in for a name: the one given, or those of the search_path. */
ls_words ls_searched_schemas(const ls_catalog *catalog, const char *const *schema);

ls_relation_slot *ls_relation_slot_of(const ls_catalog *catalog, ls_relation_id id);

/* Like ls_catalog_edit and ls_catalog_amend, for changes that concern no reference to another
 * object. */
ls_relation *ls_edit_unindexed(ls_catalog *catalog, ls_relation_id id);
ls_relation *ls_amend_unindexed(ls_catalog *catalog, ls_relation_id id);

/* The relation's references are to be indexed again: those of columns and constraints from these
 * numbers on. */
void ls_remember_to_index(ls_catalog *catalog, ls_relation_id id, uint32_t first_column,
                          uint32_t first_constraint);

/* Writes the new name of a type, or of a table's row type, into these of its users. */
void ls_retype_users(ls_catalog *catalog, const ls_relation_ids *users, const ls_data_type *old,
                     const char *new_schema, const char *new_name);

/* The same in the arguments and results of functions. */
void ls_retype_functions(ls_catalog *catalog, const ls_data_type *old, const char *schema,
                         const char *name);

/* True if two types have one name, whatever their modifiers. */
bool ls_is_type(const ls_data_type *type, const ls_data_type *wanted);

/* True for relations whose rows are values of a type of its name. */
bool ls_has_row_type(const ls_relation *relation);

/* Functions that take or return a type, which may be a table's row type; in the arena. */
ls_functions ls_functions_of_type(ls_arena *arena, ls_catalog *catalog, const ls_data_type *type);

/* Brings the hints up to date with the relations that were edited since the last time. */
void ls_index_references(ls_catalog *catalog);

/* Relations that may have a trigger which calls a function of that name. */
ls_relation_ids ls_trigger_tables(ls_catalog *catalog, const char *function);

/* A later relation has a higher number. */
void ls_sort_by_creation(ls_relation_ids *relations);

/* Relations that may have an expression which calls one of that name, in order of creation. */
ls_relation_ids ls_calling_relations(ls_catalog *catalog, const char *function);

/* Adds the defaults, generated columns, constraints and indexes whose expressions call the
 * function. */
void ls_find_callers(ls_arena *arena, ls_catalog *catalog, const ls_catalog_function *function,
                     ls_dependencies *found);

/* True if a relation of the schema has a constraint of that name. */
bool ls_is_constraint_name(ls_catalog *catalog, const char *schema, const char *name);

/* The sequence that a default takes its values from with nextval; 0 if none is known. */
ls_relation_id ls_sequence_of_default(const ls_catalog *catalog, const ls_expression *expression);

/* Takes the relation out of a list, which may be shared with an older version: the list becomes a
 * fresh one. */
void ls_remove_relation(ls_catalog *catalog, ls_relation_ids *relations, ls_relation_id id);

/* The vector's items in a fresh array, so that a change of them is not seen by older versions. */
#define LS_UNSHARE(arena, vector)                                                                  \
    ((vector)->items =                                                                             \
         ls_copy_items((arena), (vector)->items, sizeof *(vector)->items, (vector)->count),        \
     (vector)->capacity = (vector)->count)
void *ls_copy_items(ls_arena *arena, const void *items, size_t item_size, size_t count);

/* Takes the item at `index` out of a vector. */
#define LS_REMOVE(vector, index)                                                                   \
    do {                                                                                           \
        for (size_t after_ = (index) + 1; after_ < (vector)->count; after_++)                      \
            (vector)->items[after_ - 1] = (vector)->items[after_];                                 \
        (vector)->count--;                                                                         \
    } while (0)

#endif
