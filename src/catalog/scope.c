/*
 * scope.c - what a column name in a query means.
 *
 * The innermost scope that has the column decides, as in SQL. A relation whose columns are not all
 * known may have it too: then the name means that relation if nothing else can be meant, and cannot
 * be told otherwise.
 */
#include "catalog/scope.h"

#include "catalog/internal.h"
#include "support/decimal.h"

/* --- Uses ----------------------------------------------------------------------------------- */

void ls_use(ls_analysis *analysis, ls_relation_id relation, const char *column) {
    if (relation == 0)
        return;
    char room[LS_DECIMAL_ROOM];
    const char *key = ls_arena_join(analysis->arena, ls_decimal(room, relation),
                                    column == NULL ? NULL : ".", column, NULL);
    if (ls_map_get(&analysis->seen, key) != NULL)
        return;
    ls_map_set(analysis->arena, &analysis->seen, key, analysis);
    LS_PUSH(analysis->arena, &analysis->uses,
            ((ls_column_use){.relation = relation, .column = column}));
}

void ls_use_row(ls_analysis *analysis, const ls_row *row) {
    for (LS_EACH(const ls_scope_column, column, row->columns))
        ls_use(analysis, column->relation, column->column);
    if (!row->complete)
        analysis->complete = false;
}

/* --- Meanings ------------------------------------------------------------------------------- */

void ls_note_meaning(ls_analysis *analysis, ls_name_meaning meaning) {
    if (analysis->meaning != NULL)
        LS_PUSH(analysis->arena, &analysis->meaning->names, meaning);
}

void ls_note_row(ls_analysis *analysis, const void *reference, const ls_row *row) {
    for (LS_EACH(const ls_scope_column, column, row->columns))
        if (column->relation != 0 && analysis->unread == 0)
            ls_note_meaning(analysis, (ls_name_meaning){.reference = reference,
                                                        .kind = LS_MEANS_ROW,
                                                        .relation = column->relation,
                                                        .column = column->column});
}

/* --- Items ---------------------------------------------------------------------------------- */

const ls_scope_column *ls_row_column(const ls_row *row, const char *name) {
    for (LS_EACH(const ls_scope_column, column, row->columns))
        if (ls_same_name(column->name, name))
            return column;
    return NULL;
}

void ls_rename_columns(ls_analysis *analysis, ls_row *row, const char *const *names, size_t count) {
    if (row->complete || count == 0) {
        for (size_t i = 0; i < count && i < row->columns.count; i++)
            row->columns.items[i].name = names[i];
        return;
    }
    analysis->complete = false;
    row->columns.count = row->columns.capacity = 0;
    for (size_t i = 0; i < count; i++)
        LS_PUSH(analysis->arena, &row->columns, ((ls_scope_column){.name = names[i]}));
}

const ls_scope_item *ls_find_item(const ls_scope *scope, const char *schema, const char *name) {
    for (; scope != NULL; scope = scope->outer)
        for (LS_EACH(const ls_scope_item, item, scope->items))
            if (ls_same_name(item->name, name) && item->name != NULL &&
                (schema == NULL || ls_same_name(item->schema, schema)))
                return item;
    return NULL;
}

const ls_scope_item *ls_find_common_table(const ls_scope *scope, const char *name) {
    for (; scope != NULL; scope = scope->outer)
        for (LS_EACH(const ls_scope_item, table, scope->common_tables))
            if (ls_same_name(table->name, name))
                return table;
    return NULL;
}

/* Columns that every table has (documentation: System Columns). */
static bool is_system_column(const char *name) {
    static const char *const names[] = {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ls_same_name(names[i], name))
            return true;
    return false;
}

/* --- Resolution ----------------------------------------------------------------------------- */

static ls_data_type untold(ls_analysis *analysis) {
    analysis->complete = false;
    return (ls_data_type){0};
}

static ls_data_type use_column(ls_analysis *analysis, const ls_scope_column *column) {
    ls_use(analysis, column->relation, column->column);
    return column->type;
}

/* Where a column was found. Of several that a join has merged it is the first. */
typedef struct {
    const ls_scope_column *column; /* NULL: nowhere */
    const ls_scope_item *item;
    unsigned level, position;
    unsigned meant; /* how many columns the name may mean that no join has merged */
} found_column;

/* A name that several items of a scope have is all of them. */
static found_column find_in_scope(ls_analysis *analysis, const ls_scope *scope, const char *name,
                                  bool use) {
    found_column found = {0};
    for (uint32_t i = 0; i < scope->items.count; i++) {
        const ls_scope_item *item = &scope->items.items[i];
        const ls_scope_column *column = ls_row_column(&item->row, name);
        if (column == NULL)
            continue;
        if (use)
            use_column(analysis, column);
        found.meant += !ls_has_word(&item->merged, name);
        if (found.column != NULL)
            continue;
        found.column = column;
        found.item = item;
        found.position = i;
    }
    return found;
}

/* The items whose unknown columns may be meant, from this scope outwards. */
typedef struct {
    const ls_scope_item *first;
    size_t count;
} candidates;

static void add_candidates(candidates *found, const ls_scope *scope) {
    for (LS_EACH(const ls_scope_item, item, scope->items))
        if (!item->row.complete) {
            if (found->count++ == 0)
                found->first = item;
        }
}

static void note(ls_analysis *analysis, const ls_expression *reference, ls_meaning_kind kind,
                 const found_column *found) {
    ls_name_meaning meaning = {
        .reference = reference,
        .kind = kind,
        .column = reference->names.items[reference->names.count - 1],
        .qualified = reference->names.count > 1,
    };
    if (meaning.qualified)
        meaning.item = reference->names.items[reference->names.count - 2];
    if (found != NULL && found->item != NULL) {
        meaning.item = found->item->name;
        meaning.level = found->level;
        meaning.position = found->position;
        meaning.relation = found->column == NULL ? found->item->relation : found->column->relation;
    }
    if (found != NULL && found->column != NULL && found->column->column != NULL)
        meaning.column = found->column->column;
    ls_note_meaning(analysis, meaning);
}

static ls_data_type resolve_elsewhere(ls_analysis *analysis, const ls_scope *scope,
                                      const ls_expression *reference, const candidates *unknown) {
    const char *name = reference->names.items[0];
    if (is_system_column(name))
        return (ls_data_type){0};
    const ls_scope_item *item = ls_find_item(scope, NULL, name);
    if (item != NULL) {
        ls_note_row(analysis, reference, &item->row);
        return (ls_data_type){0};
    }
    if (unknown->count != 1) {
        note(analysis, reference, unknown->count == 0 ? LS_MEANS_NOTHING : LS_MEANS_NOT_KNOWN,
             NULL);
        return untold(analysis);
    }
    const found_column guess = {.item = unknown->first};
    note(analysis, reference, LS_MEANS_COLUMN, &guess);
    ls_use(analysis, unknown->first->relation, name);
    return (ls_data_type){0};
}

static ls_data_type resolve_bare(ls_analysis *analysis, const ls_scope *scope,
                                 const ls_expression *reference) {
    candidates unknown = {0};
    unsigned level = 0;
    for (const ls_scope *at = scope; at != NULL; at = at->outer, level++) {
        found_column found =
            find_in_scope(analysis, at, reference->names.items[0], unknown.count == 0);
        found.level = level;
        if (found.column != NULL) {
            ls_meaning_kind kind = unknown.count > 0 ? LS_MEANS_NOT_KNOWN
                                   : found.meant > 1 ? LS_MEANS_SEVERAL
                                                     : LS_MEANS_COLUMN;
            note(analysis, reference, kind, &found);
            return unknown.count == 0 ? found.column->type : untold(analysis);
        }
        add_candidates(&unknown, at);
    }
    return resolve_elsewhere(analysis, scope, reference, &unknown);
}

static ls_data_type resolve_qualified(ls_analysis *analysis, const ls_scope *scope,
                                      const char *schema, const ls_expression *reference) {
    const size_t count = reference->names.count;
    const char *name = reference->names.items[count - 1];
    const ls_scope_item *item = ls_find_item(scope, schema, reference->names.items[count - 2]);
    if (item == NULL) {
        note(analysis, reference, LS_MEANS_NOTHING, NULL);
        return untold(analysis);
    }
    const found_column found = {.column = ls_row_column(&item->row, name), .item = item};
    if (found.column == NULL && is_system_column(name))
        return (ls_data_type){0};
    bool is_missing = found.column == NULL && item->row.complete;
    note(analysis, reference, is_missing ? LS_MEANS_NOTHING : LS_MEANS_COLUMN, &found);
    if (found.column != NULL)
        return use_column(analysis, found.column);
    if (is_missing)
        return untold(analysis);
    ls_use(analysis, item->relation, name);
    return (ls_data_type){0};
}

ls_data_type ls_resolve_column(ls_analysis *analysis, const ls_scope *scope,
                               const ls_expression *reference) {
    size_t count = reference->names.count;
    const char *const *names = reference->names.items;
    if (count == 0)
        return (ls_data_type){0};
    if (count == 1)
        return resolve_bare(analysis, scope, reference);
    return resolve_qualified(analysis, scope, count > 2 ? names[count - 3] : NULL, reference);
}

const char *ls_value_collation(const ls_scope *scope, const ls_expression *value) {
    if (value == NULL)
        return NULL;
    if (value->kind == LS_EXPR_COLLATE)
        return value->text;
    const size_t count = value->kind == LS_EXPR_COLUMN ? value->names.count : 0;
    const ls_scope_column *column = NULL;
    if (count > 1) {
        const ls_scope_item *item = ls_find_item(
            scope, count > 2 ? value->names.items[count - 3] : NULL, value->names.items[count - 2]);
        if (item != NULL)
            column = ls_row_column(&item->row, value->names.items[count - 1]);
    }
    for (const ls_scope *at = scope; count == 1 && column == NULL && at != NULL; at = at->outer)
        for (LS_EACH(const ls_scope_item, item, at->items))
            if (column == NULL)
                column = ls_row_column(&item->row, value->names.items[0]);
    return column == NULL ? NULL : column->collation;
}
