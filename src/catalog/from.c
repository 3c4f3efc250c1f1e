/*
 * from.c - what the items of FROM bring into the scope of a query.
 */
#include "catalog/scope.h"

#include "catalog/internal.h"
#include "catalog/names.h"

static ls_row row_of_relation(ls_analysis *analysis, const ls_relation *relation) {
    ls_row row = {.complete = relation->columns_complete};
    for (LS_EACH(const ls_catalog_column, column, relation->columns))
        LS_PUSH(analysis->arena, &row.columns,
                ((ls_scope_column){.name = column->name,
                                   .type = column->type,
                                   .collation = column->collation,
                                   .relation = relation->id,
                                   .column = column->name}));
    return row;
}

ls_row ls_given_row(ls_analysis *analysis, const ls_row *inner) {
    ls_row row = {.complete = inner->complete};
    for (LS_EACH(const ls_scope_column, column, inner->columns))
        LS_PUSH(analysis->arena, &row.columns,
                ((ls_scope_column){
                    .name = column->name, .type = column->type, .collation = column->collation}));
    return row;
}

static ls_row add_item(ls_analysis *analysis, ls_scope *scope, ls_scope_item item) {
    LS_PUSH(analysis->arena, &scope->items, item);
    return item.row;
}

static const ls_relation *relation_of(ls_analysis *analysis, const ls_name *name) {
    if (!analysis->declares)
        return ls_catalog_find(analysis->catalog, name->schema, name->name);
    return ls_catalog_relation(analysis->catalog,
                               ls_catalog_declare(analysis->catalog, name, LS_RELATION_UNKNOWN));
}

ls_row ls_add_relation(ls_analysis *analysis, ls_scope *scope, const ls_name *name,
                       const char *alias) {
    ls_scope_item item = {.name = alias != NULL ? alias : name->name};
    if (name->name == NULL)
        return add_item(analysis, scope, item);
    const ls_relation *relation = relation_of(analysis, name);
    if (relation == NULL)
        return add_item(analysis, scope, item);
    ls_use(analysis, relation->id, NULL);
    item.schema = alias == NULL ? relation->schema : NULL;
    item.relation = relation->id;
    item.row = row_of_relation(analysis, relation);
    return add_item(analysis, scope, item);
}

static ls_row add_named(ls_analysis *analysis, ls_scope *scope, const ls_from *from) {
    const ls_scope_item *common =
        from->name.schema == NULL ? ls_find_common_table(scope, from->name.name) : NULL;
    if (common == NULL)
        return ls_add_relation(analysis, scope, &from->name, from->alias);
    ls_scope_item item = {.name = from->alias != NULL ? from->alias : common->name,
                          .row = ls_given_row(analysis, &common->row)};
    return add_item(analysis, scope, item);
}

/* A function gives the columns of its row type if that is known, or else one column with the name
 * of the item, unless it gives records, which only its list of columns would tell. */
static ls_row row_of_function(ls_analysis *analysis, const ls_from *from, ls_data_type type) {
    const ls_relation *row_type =
        type.known ? ls_catalog_find(analysis->catalog, type.schema, type.name) : NULL;
    if (row_type != NULL) {
        ls_row row = row_of_relation(analysis, row_type);
        return ls_given_row(analysis, &row);
    }
    ls_row row = {.complete = from->column_aliases.count > 0};
    for (LS_EACH(const char *, name, from->column_aliases))
        LS_PUSH(analysis->arena, &row.columns, ((ls_scope_column){.name = *name}));
    const char *name = from->alias != NULL ? from->alias : ls_expression_name(from->function);
    if (!row.complete && name != NULL)
        LS_PUSH(analysis->arena, &row.columns, ((ls_scope_column){.name = name, .type = type}));
    return row;
}

static ls_row add_function(ls_analysis *analysis, ls_scope *scope, const ls_from *from) {
    ls_data_type type = ls_analyse_expression(analysis, scope, from->function);
    ls_scope_item item = {.name = from->alias != NULL ? from->alias
                                                      : ls_expression_name(from->function),
                          .row = row_of_function(analysis, from, type)};
    return add_item(analysis, scope, item);
}

static ls_row add_subquery(ls_analysis *analysis, ls_scope *scope, const ls_scope *outside,
                           const ls_from *from) {
    ls_row inner = ls_analyse_query(analysis, from->lateral ? scope : outside, from->query);
    ls_scope_item item = {.name = from->alias, .row = ls_given_row(analysis, &inner)};
    return add_item(analysis, scope, item);
}

/* The columns of USING first, then what is left of both sides. */
static ls_row joined_row(ls_analysis *analysis, const ls_from *join, const ls_row *left,
                         const ls_row *right) {
    ls_row row = {.complete = left->complete && right->complete};
    ls_words merged = {.items = join->using_columns.items, .count = join->using_columns.count};
    for (LS_EACH(const char *, name, merged)) {
        const ls_scope_column *column = ls_row_column(left, *name);
        ls_scope_column untold = {.name = *name};
        LS_PUSH(analysis->arena, &row.columns, column != NULL ? *column : untold);
    }
    for (LS_EACH(const ls_scope_column, column, left->columns))
        if (!ls_words_contain(&merged, column->name))
            LS_PUSH(analysis->arena, &row.columns, *column);
    for (LS_EACH(const ls_scope_column, column, right->columns))
        if (!ls_words_contain(&merged, column->name))
            LS_PUSH(analysis->arena, &row.columns, *column);
    return row;
}

/* The scope that a join makes of the items from `first` on, for its own conditions. */
static ls_scope scope_of_join(const ls_scope *scope, uint32_t first) {
    ls_scope joined = {.outer = scope->outer};
    joined.items.items = scope->items.items + first;
    joined.items.count = joined.items.capacity = scope->items.count - first;
    return joined;
}

static void use_merged_columns(ls_analysis *analysis, const ls_scope *joined, const ls_from *join) {
    for (LS_EACH(const char *, name, join->using_columns))
        for (LS_EACH(const ls_scope_item, item, joined->items)) {
            const ls_scope_column *column = ls_row_column(&item->row, *name);
            if (column != NULL)
                ls_use(analysis, column->relation, column->column);
            else if (!item->row.complete && joined->items.count == 2)
                ls_use(analysis, item->relation, *name);
        }
}

static ls_row add_join(ls_analysis *analysis, ls_scope *scope, const ls_scope *outside,
                       const ls_from *join) {
    uint32_t first = scope->items.count;
    ls_row left = ls_analyse_from(analysis, scope, outside, join->left);
    ls_row right = ls_analyse_from(analysis, scope, outside, join->right);
    ls_scope joined = scope_of_join(scope, first);
    use_merged_columns(analysis, &joined, join);
    ls_analyse_expression(analysis, &joined, join->on);
    ls_row row = joined_row(analysis, join, &left, &right);
    if (join->alias == NULL)
        return row;
    scope->items.count = first;
    return add_item(analysis, scope, (ls_scope_item){.name = join->alias, .row = row});
}

static ls_row add_from(ls_analysis *analysis, ls_scope *scope, const ls_scope *outside,
                       const ls_from *from) {
    switch (from->kind) {
    case LS_FROM_RELATION:
        return add_named(analysis, scope, from);
    case LS_FROM_QUERY:
        return add_subquery(analysis, scope, outside, from);
    case LS_FROM_FUNCTION:
        return add_function(analysis, scope, from);
    case LS_FROM_JOIN:
        return add_join(analysis, scope, outside, from);
    case LS_FROM_OTHER:
        break;
    }
    return add_item(analysis, scope, (ls_scope_item){.name = from->alias});
}

ls_row ls_analyse_from(ls_analysis *analysis, ls_scope *scope, const ls_scope *outside,
                       const ls_from *from) {
    if (from == NULL)
        return (ls_row){.complete = true};
    ls_row row = add_from(analysis, scope, outside, from);
    if (from->column_aliases.count == 0 || from->kind == LS_FROM_FUNCTION)
        return row;
    ls_scope_item *item = &scope->items.items[scope->items.count - 1];
    ls_rename_columns(analysis, &item->row, from->column_aliases.items, from->column_aliases.count);
    return item->row;
}
