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

static void note_relation(ls_analysis *analysis, const ls_name *name, const char *alias,
                          const ls_relation *relation) {
    if (analysis->meaning == NULL)
        return;
    const ls_named_relation named = {.query = analysis->query,
                                     .name = *name,
                                     .alias = alias,
                                     .relation = relation == NULL ? 0 : relation->id};
    LS_PUSH(analysis->arena, &analysis->meaning->relations, named);
}

ls_row ls_add_relation(ls_analysis *analysis, ls_scope *scope, const ls_name *name,
                       const char *alias) {
    ls_scope_item item = {.name = alias != NULL ? alias : name->name};
    if (name->name == NULL)
        return add_item(analysis, scope, item);
    const ls_relation *relation = relation_of(analysis, name);
    note_relation(analysis, name, alias, relation);
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

/* The columns that the join makes one: those of USING, or all that both sides of a NATURAL one
 * have. */
static ls_words merged_columns(ls_analysis *analysis, const ls_from *join, const ls_row *left,
                               const ls_row *right) {
    if (!join->natural)
        return (ls_words){.items = join->using_columns.items, .count = join->using_columns.count};
    ls_words merged = {0};
    for (LS_EACH(const ls_scope_column, column, left->columns))
        if (ls_row_column(right, column->name) != NULL)
            LS_PUSH(analysis->arena, &merged, column->name);
    if (!left->complete || !right->complete)
        analysis->complete = false;
    return merged;
}

/* The merged columns first, then what is left of both sides. */
static ls_row joined_row(ls_analysis *analysis, const ls_words *merged, const ls_row *left,
                         const ls_row *right) {
    ls_row row = {.complete = left->complete && right->complete};
    for (LS_EACH(const char *, name, *merged)) {
        const ls_scope_column *column = ls_row_column(left, *name);
        ls_scope_column untold = {.name = *name};
        LS_PUSH(analysis->arena, &row.columns, column != NULL ? *column : untold);
    }
    for (LS_EACH(const ls_scope_column, column, left->columns))
        if (!ls_has_word(merged, column->name))
            LS_PUSH(analysis->arena, &row.columns, *column);
    for (LS_EACH(const ls_scope_column, column, right->columns))
        if (!ls_has_word(merged, column->name))
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

static void use_merged_columns(ls_analysis *analysis, const ls_scope *joined,
                               const ls_words *merged) {
    for (LS_EACH(const char *, name, *merged))
        for (LS_EACH(const ls_scope_item, item, joined->items)) {
            const ls_scope_column *column = ls_row_column(&item->row, *name);
            if (column != NULL)
                ls_use(analysis, column->relation, column->column);
            else if (!item->row.complete && joined->items.count == 2)
                ls_use(analysis, item->relation, *name);
        }
}

static void note_merged(ls_analysis *analysis, const ls_scope *joined, const ls_words *merged) {
    for (LS_EACH(const char *, name, *merged))
        for (LS_EACH(const ls_scope_item, item, joined->items)) {
            const ls_scope_column *column = ls_row_column(&item->row, *name);
            if (column != NULL)
                ls_note_meaning(analysis, (ls_name_meaning){.kind = LS_MEANS_COLUMN,
                                                            .relation = column->relation,
                                                            .column = column->column,
                                                            .item = item->name,
                                                            .qualified = true});
        }
}

/* One side of a join, whose items begin at `first`. A name of USING that more than one of them has,
 * without being merged already, is ambiguous. */
typedef struct {
    uint32_t first, end;
} join_side;

static unsigned count_meant(const ls_scope *scope, join_side side, const char *name) {
    unsigned meant = 0;
    for (uint32_t i = side.first; i < side.end; i++) {
        const ls_scope_item *item = &scope->items.items[i];
        meant += ls_row_column(&item->row, name) != NULL && !ls_has_word(&item->merged, name);
    }
    return meant;
}

static void note_common(ls_analysis *analysis, const ls_from *join, const ls_words *merged) {
    const char *list = "";
    for (LS_EACH(const char *, name, *merged))
        list = ls_arena_join(analysis->arena, list, *list == 0 ? "" : ", ", *name, NULL);
    ls_note_meaning(analysis,
                    (ls_name_meaning){.reference = join, .kind = LS_MEANS_COMMON, .column = list});
}

/* The columns of the right side become those of the left one. */
static void merge(ls_analysis *analysis, ls_scope *scope, const ls_from *join, join_side left,
                  join_side right, const ls_words *merged) {
    for (LS_EACH(const char *, name, *merged)) {
        if (count_meant(scope, left, *name) > 1 || count_meant(scope, right, *name) > 1)
            ls_note_meaning(
                analysis,
                (ls_name_meaning){.reference = join, .kind = LS_MEANS_SEVERAL, .column = *name});
        for (uint32_t i = right.first; i < right.end; i++)
            if (ls_row_column(&scope->items.items[i].row, *name) != NULL)
                LS_PUSH(analysis->arena, &scope->items.items[i].merged, *name);
    }
    if (join->natural)
        note_common(analysis, join, merged);
}

static ls_row add_join(ls_analysis *analysis, ls_scope *scope, const ls_scope *outside,
                       const ls_from *join) {
    uint32_t first = scope->items.count;
    ls_row left = ls_analyse_from(analysis, scope, outside, join->left);
    uint32_t middle = scope->items.count;
    ls_row right = ls_analyse_from(analysis, scope, outside, join->right);
    const ls_words merged = merged_columns(analysis, join, &left, &right);
    merge(analysis, scope, join, (join_side){first, middle},
          (join_side){middle, scope->items.count}, &merged);
    ls_scope joined = scope_of_join(scope, first);
    use_merged_columns(analysis, &joined, &merged);
    note_merged(analysis, &joined, &merged);
    ls_analyse_expression(analysis, &joined, join->on);
    ls_row row = joined_row(analysis, &merged, &left, &right);
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
