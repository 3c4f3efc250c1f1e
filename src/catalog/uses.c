/*
 * uses.c - what a query reads, and what it gives.
 *
 * One walk answers both: every query gives a row of columns to the query around it, and the columns
 * of relations that it touches on the way are noted as uses.
 */
#include "catalog/scope.h"

#include "catalog/internal.h"
#include "catalog/names.h"

/* --- The select list ------------------------------------------------------------------------ */

static void append(ls_analysis *analysis, ls_row *row, const ls_row *more) {
    for (LS_EACH(const ls_scope_column, column, more->columns))
        LS_PUSH(analysis->arena, &row->columns, *column);
    row->complete = row->complete && more->complete;
}

/* `*` or `t.*`, as it is at this moment. */
static void add_star(ls_analysis *analysis, const ls_scope *scope, const ls_row *all,
                     const ls_expression *star, ls_row *result) {
    size_t count = star->names.count;
    if (count == 0) {
        ls_use_row(analysis, all);
        ls_note_row(analysis, star, all);
        append(analysis, result, all);
        return;
    }
    const ls_scope_item *item = ls_find_item(scope, count > 1 ? star->names.items[count - 2] : NULL,
                                             star->names.items[count - 1]);
    const ls_row unknown = {0};
    const ls_row *row = item == NULL ? &unknown : &item->row;
    ls_use_row(analysis, row);
    ls_note_row(analysis, star, row);
    append(analysis, result, row);
}

static void add_target(ls_analysis *analysis, const ls_scope *scope, const ls_row *all,
                       const ls_target *target, ls_row *result) {
    const ls_expression *value = target->value;
    if (value != NULL && value->kind == LS_EXPR_COLUMN && value->star) {
        add_star(analysis, scope, all, value, result);
        return;
    }
    ls_scope_column column = {.name = target->name};
    if (column.name == NULL)
        column.name = ls_expression_name(value);
    if (column.name == NULL)
        column.name = "?column?";
    column.type = ls_analyse_expression(analysis, scope, value);
    column.collation = ls_value_collation(scope, value);
    LS_PUSH(analysis->arena, &result->columns, column);
    /* (composite).* gives columns that only its type tells. */
    if (value != NULL && value->star && value->kind != LS_EXPR_FUNCTION)
        result->complete = false;
}

/* --- Clauses -------------------------------------------------------------------------------- */

static bool is_output_name(const ls_expression *key, const ls_row *result) {
    return key->kind == LS_EXPR_COLUMN && key->names.count == 1 && !key->star &&
           ls_row_column(result, key->names.items[0]) != NULL;
}

static bool is_input_name(const ls_scope *scope, const ls_expression *key) {
    for (LS_EACH(const ls_scope_item, item, scope->items))
        if (ls_row_column(&item->row, key->names.items[0]) != NULL)
            return true;
    return false;
}

static void analyse_key(ls_analysis *analysis, const ls_scope *scope, const ls_expression *key,
                        bool of_result) {
    if (!of_result)
        ls_analyse_expression(analysis, scope, key);
    else
        ls_note_meaning(analysis, (ls_name_meaning){.reference = key,
                                                    .kind = LS_MEANS_OUTPUT,
                                                    .column = key->names.items[0]});
}

/* ORDER BY prefers the names of the result, GROUP BY those of FROM (documentation: SELECT). */
static void analyse_clauses(ls_analysis *analysis, const ls_scope *scope, const ls_query *query,
                            const ls_row *result) {
    const ls_query_clauses *clauses = query->clauses;
    ls_analyse_expression(analysis, scope, query->where);
    ls_analyse_expression(analysis, scope, clauses->having);
    ls_analyse_expression(analysis, scope, clauses->limit);
    ls_analyse_expression(analysis, scope, clauses->offset);
    for (LS_EACH(ls_expression *, key, clauses->group_by))
        analyse_key(analysis, scope, *key,
                    is_output_name(*key, result) && !is_input_name(scope, *key));
    for (LS_EACH(ls_expression *, key, clauses->order_by))
        analyse_key(analysis, scope, *key, is_output_name(*key, result));
}

/* --- Kinds of queries ----------------------------------------------------------------------- */

/* Where a query stands: `tables` has its common table expressions and what is in sight around it,
 * `scope` what its own FROM brings; `all` is the row of `*`. */
typedef struct {
    ls_scope tables, scope;
    ls_row all;
} query_place;

static void add_from_list(ls_analysis *analysis, query_place *place, const ls_query *query) {
    for (LS_EACH(ls_from *, from, query->from)) {
        ls_row row = ls_analyse_from(analysis, &place->scope, &place->tables, *from);
        append(analysis, &place->all, &row);
    }
}

static ls_row analyse_select(ls_analysis *analysis, query_place *place, const ls_query *query) {
    ls_row result = {.complete = true};
    add_from_list(analysis, place, query);
    for (LS_EACH(const ls_target, target, query->targets))
        add_target(analysis, &place->scope, &place->all, target, &result);
    analyse_clauses(analysis, &place->scope, query, &result);
    return result;
}

/* column1, column2, ... with the types of the first row. */
static ls_row analyse_values(ls_analysis *analysis, query_place *place, const ls_query *query) {
    ls_row result = {.complete = true};
    const size_t width = ls_values_width(query);
    for (size_t i = 0; i < query->values.count; i++) {
        ls_data_type type = ls_analyse_expression(analysis, &place->scope, query->values.items[i]);
        if (i >= width)
            continue;
        ls_scope_column column = {.name = ls_arena_format(analysis->arena, "column%zu", i + 1),
                                  .type = type};
        LS_PUSH(analysis->arena, &result.columns, column);
    }
    return result;
}

static bool same_type(const ls_data_type *left, const ls_data_type *right) {
    return left->known && right->known && ls_same_name(left->schema, right->schema) &&
           ls_same_name(left->name, right->name) && left->dimensions == right->dimensions;
}

/* A common table expression that may refer to itself. */
typedef struct {
    const ls_common_table *table;
    ls_scope_item *item;
} self_reference;

/* The names are those of the left side; a type is told only where both sides have it. The right
 * side of a recursive query sees the columns of the left one. */
static ls_row analyse_set_operation(ls_analysis *analysis, const query_place *place,
                                    const ls_query *query, const self_reference *self) {
    ls_row left = ls_analyse_query(analysis, &place->tables, query->left);
    if (self != NULL) {
        self->item->row = ls_given_row(analysis, &left);
        ls_rename_columns(analysis, &self->item->row, self->table->column_aliases.items,
                          self->table->column_aliases.count);
    }
    ls_row right = ls_analyse_query(analysis, &place->tables, query->right);
    for (size_t i = 0; i < left.columns.count; i++)
        if (i >= right.columns.count ||
            !same_type(&left.columns.items[i].type, &right.columns.items[i].type))
            left.columns.items[i].type = (ls_data_type){0};
    return left;
}

/* DO UPDATE sees the row that is there, and the one that was to be inserted as `excluded`. */
static void analyse_conflict(ls_analysis *analysis, const query_place *place,
                             const ls_conflict *conflict, const ls_row *target) {
    ls_scope scope = {.outer = &place->tables};
    const ls_scope_item excluded = {.name = "excluded", .row = ls_given_row(analysis, target)};
    LS_PUSH(analysis->arena, &scope.items, place->scope.items.items[0]);
    for (LS_EACH(ls_expression *, element, conflict->expressions))
        ls_analyse_expression(analysis, &scope, *element);
    ls_analyse_expression(analysis, &scope, conflict->predicate);
    LS_PUSH(analysis->arena, &scope.items, excluded);
    for (LS_EACH(const ls_target, set, conflict->set)) {
        if (set->name != NULL)
            ls_use(analysis, scope.items.items[0].relation, set->name);
        ls_analyse_expression(analysis, &scope, set->value);
    }
    ls_analyse_expression(analysis, &scope, conflict->where);
}

/* RETURNING, and the columns that a change sets or fills. */
static ls_row analyse_change(ls_analysis *analysis, query_place *place, const ls_query *query) {
    ls_row result = {.complete = true};
    ls_row target = ls_add_relation(analysis, &place->scope, &query->target, query->target_alias);
    ls_relation_id relation = place->scope.items.items[0].relation;
    append(analysis, &place->all, &target);
    add_from_list(analysis, place, query);
    for (LS_EACH(const ls_target, set, query->targets)) {
        if (set->name != NULL)
            ls_use(analysis, relation, set->name);
        ls_analyse_expression(analysis, &place->scope, set->value);
    }
    if (query->conflict != NULL)
        for (LS_EACH(const char *, column, query->conflict->columns))
            ls_use(analysis, relation, *column);
    if (query->kind == LS_QUERY_INSERT)
        ls_analyse_query(analysis, &place->tables, query->source);
    if (query->conflict != NULL)
        analyse_conflict(analysis, place, query->conflict, &target);
    ls_analyse_expression(analysis, &place->scope, query->where);
    for (LS_EACH(const ls_target, returned, query->clauses->returning))
        add_target(analysis, &place->scope, &place->all, returned, &result);
    return result;
}

static ls_row analyse(ls_analysis *analysis, const ls_scope *outer, const ls_query *query,
                      const self_reference *self);

/* Each common table expression sees those before it, and itself in WITH RECURSIVE. */
static void add_common_tables(ls_analysis *analysis, ls_scope *tables, const ls_query *query) {
    for (LS_EACH(const ls_common_table, table, query->clauses->with)) {
        ls_scope_item item = {.name = table->name};
        if (table->recursive && table->query != NULL &&
            table->query->kind == LS_QUERY_SET_OPERATION) {
            LS_PUSH(analysis->arena, &tables->common_tables, item);
            ls_scope_item *pushed = &tables->common_tables.items[tables->common_tables.count - 1];
            analyse(analysis, tables, table->query,
                    &(self_reference){.table = table, .item = pushed});
            continue;
        }
        ls_row row = ls_analyse_query(analysis, tables, table->query);
        item.row = ls_given_row(analysis, &row);
        ls_rename_columns(analysis, &item.row, table->column_aliases.items,
                          table->column_aliases.count);
        LS_PUSH(analysis->arena, &tables->common_tables, item);
    }
}

static ls_row analyse_kind(ls_analysis *analysis, query_place *place, const ls_query *query,
                           const self_reference *self) {
    switch (query->kind) {
    case LS_QUERY_SELECT:
        return analyse_select(analysis, place, query);
    case LS_QUERY_VALUES:
        return analyse_values(analysis, place, query);
    case LS_QUERY_SET_OPERATION:
        return analyse_set_operation(analysis, place, query, self);
    case LS_QUERY_INSERT:
    case LS_QUERY_UPDATE:
    case LS_QUERY_DELETE:
    case LS_QUERY_MERGE:
        return analyse_change(analysis, place, query);
    case LS_QUERY_TABLE:
        break;
    }
    analysis->complete = false;
    return (ls_row){0};
}

static ls_row analyse(ls_analysis *analysis, const ls_scope *outer, const ls_query *query,
                      const self_reference *self) {
    query_place place = {.tables = {.outer = outer}, .all = {.complete = true}};
    place.scope.outer = &place.tables;
    const ls_query *around = analysis->query;
    analysis->query = query;
    add_common_tables(analysis, &place.tables, query);
    ls_row row = analyse_kind(analysis, &place, query, self);
    analysis->query = around;
    if (analysis->meaning != NULL)
        LS_PUSH(analysis->arena, &analysis->meaning->queries,
                ((ls_query_width){
                    .query = query, .columns = row.columns.count, .columns_known = row.complete}));
    return row;
}

ls_row ls_analyse_query(ls_analysis *analysis, const ls_scope *outer, const ls_query *query) {
    return query == NULL ? (ls_row){.complete = true} : analyse(analysis, outer, query, NULL);
}

/* --- The questions -------------------------------------------------------------------------- */

ls_column_uses ls_query_uses(ls_arena *arena, ls_catalog *catalog, const ls_query *query,
                             bool *complete) {
    ls_analysis analysis = {.arena = arena, .catalog = catalog, .declares = true, .complete = true};
    ls_analyse_query(&analysis, NULL, query);
    *complete = analysis.complete;
    return analysis.uses;
}

static ls_catalog_columns columns_of(const ls_analysis *analysis, const ls_row *row) {
    ls_catalog_columns columns = {0};
    for (LS_EACH(const ls_scope_column, column, row->columns)) {
        const char *name =
            column->name == NULL ? NULL : ls_catalog_intern(analysis->catalog, column->name);
        LS_PUSH(analysis->arena, &columns,
                ((ls_catalog_column){
                    .name = name, .type = column->type, .collation = column->collation}));
    }
    return columns;
}

ls_catalog_columns ls_query_columns(ls_arena *arena, ls_catalog *catalog, const ls_query *query,
                                    bool *complete) {
    ls_analysis analysis = {.arena = arena, .catalog = catalog, .complete = true};
    ls_row row = ls_analyse_query(&analysis, NULL, query);
    *complete = row.complete;
    return columns_of(&analysis, &row);
}

ls_query_meaning ls_query_meaning_of(ls_arena *arena, ls_catalog *catalog, const ls_query *query) {
    ls_query_meaning meaning = {0};
    ls_analysis analysis = {
        .arena = arena, .catalog = catalog, .complete = true, .meaning = &meaning};
    ls_row row = ls_analyse_query(&analysis, NULL, query);
    meaning.columns = columns_of(&analysis, &row);
    meaning.columns_known = row.complete;
    meaning.complete = analysis.complete;
    return meaning;
}
