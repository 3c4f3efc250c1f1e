/*
 * predicates.c - what a condition proves.
 *
 * A partition's constraint is taken apart into goals for each key, and each goal is shown by one
 * CHECK or by a NOT NULL (get_qual_for_range, get_qual_for_list and get_proposed_default_constraint
 * of partbounds.c; ConstraintImpliedByRelConstraint of tablecmds.c). Whatever has another form than
 * those looked for is not proven: then PostgreSQL may scan, and so it is said.
 */
#include "effects/predicates.h"

#include "effects/proof.h"

#include <string.h>

/* The bounds that a proof may fall back on; documentation of CREATE TABLE. */
typedef enum { IS_VALUE, IS_MINVALUE, IS_MAXVALUE } range_end;

static range_end range_end_of(const ls_expression *value) {
    if (!value || value->kind != LS_EXPR_COLUMN || value->names.count != 1)
        return IS_VALUE;
    if (strcmp(value->names.items[0], "minvalue") == 0)
        return IS_MINVALUE;
    return strcmp(value->names.items[0], "maxvalue") == 0 ? IS_MAXVALUE : IS_VALUE;
}

static const ls_catalog_column *column_of(const ls_relation *table, const char *name) {
    for (size_t i = 0; name && i < table->columns.count; i++)
        if (strcmp(table->columns.items[i].name, name) == 0)
            return &table->columns.items[i];
    return NULL;
}

static ls_key key_of(const ls_relation *table, const ls_index_element *element) {
    const ls_catalog_column *column = column_of(table, element->column);
    bool plain = column && column->type.name && column->type.dimensions == 0;
    return (ls_key){element->column, element->expression, plain ? column->type.name : NULL};
}

static bool is_usable_check(const ls_catalog_constraint *constraint) {
    return constraint->kind == LS_CONSTRAINT_CHECK && constraint->valid && constraint->enforced &&
           !constraint->doubted && constraint->expression;
}

static bool table_proves(const ls_relation *table, const ls_key *key, const ls_goal *goals,
                         size_t count) {
    for (size_t i = 0; i < table->constraints.count; i++) {
        const ls_catalog_constraint *constraint = &table->constraints.items[i];
        if (is_usable_check(constraint) && ls_proves(key, constraint->expression, goals, count))
            return true;
    }
    return false;
}

static bool proves_not_null(const ls_relation *table, const ls_key *key) {
    const ls_catalog_column *column = column_of(table, key->column);
    if (column && column->not_null && !column->not_null_unproven)
        return true;
    const ls_goal goal = {LS_GOAL_NOT_NULL, NULL};
    return table_proves(table, key, &goal, 1);
}

static bool proves_comparison(const ls_relation *table, const ls_key *key, ls_goal_kind kind,
                              const ls_expression *constant) {
    const ls_goal goal = {kind, constant};
    return table_proves(table, key, &goal, 1);
}

/* --- Ranges over several columns ------------------------------------------------------------- */

/* One end of the range of the keys from `first` on. */
typedef struct {
    const ls_key *keys;
    ls_expression *const *values;
    size_t first, count;
    bool upper;
} row_end;

/* a = 1 AND b = 2 AND c >= 3: the last of `length` terms compares, those before it are equal. */
static bool says_arm(const row_end *end, const ls_expression *arm, size_t length) {
    bool single = length == 1;
    if (!arm || (!single && (arm->kind != LS_EXPR_AND || arm->arguments.count != length)))
        return false;
    ls_goal_kind last = end->upper                          ? LS_GOAL_LESS
                        : end->first + length == end->count ? LS_GOAL_GREATER_OR_EQUAL
                                                            : LS_GOAL_GREATER;
    for (size_t i = 0; i < length; i++) {
        size_t key = end->first + i;
        const ls_goal goal = {i + 1 == length ? last : LS_GOAL_EQUAL, end->values[key]};
        if (!ls_says(&end->keys[key], single ? arm : arm->arguments.items[i], goal))
            return false;
    }
    return true;
}

/* a > 1 OR (a = 1 AND b >= 2): the very form that the bound's own expression has. */
static bool says_row_end(const row_end *end, const ls_expression *term) {
    size_t arms = end->count - end->first;
    if (term->kind != LS_EXPR_OR || term->arguments.count != arms)
        return false;
    for (size_t i = 0; i < arms; i++)
        if (!says_arm(end, term->arguments.items[i], i + 1))
            return false;
    return true;
}

static bool proves_row_end(const ls_relation *table, const row_end *end) {
    for (size_t i = 0; i < table->constraints.count; i++) {
        const ls_catalog_constraint *constraint = &table->constraints.items[i];
        if (!is_usable_check(constraint))
            continue;
        const ls_expression *check = constraint->expression;
        if (says_row_end(end, check))
            return true;
        for (size_t j = 0; check->kind == LS_EXPR_AND && j < check->arguments.count; j++)
            if (check->arguments.items[j] && says_row_end(end, check->arguments.items[j]))
                return true;
    }
    return false;
}

/* --- Bounds ---------------------------------------------------------------------------------- */

enum { KEYS_MAX = 32 }; /* PARTITION_MAX_KEYS */

typedef struct {
    ls_key keys[KEYS_MAX];
    size_t count;
} key_list;

static bool read_keys(const ls_relation *table, const ls_partitioning *partitioning,
                      key_list *list) {
    list->count = partitioning->keys.count;
    if (list->count == 0 || list->count > KEYS_MAX)
        return false;
    for (size_t i = 0; i < list->count; i++)
        list->keys[i] = key_of(table, &partitioning->keys.items[i]);
    return true;
}

static bool is_whole_range(const ls_bound *bound, const key_list *list) {
    return bound->lower.count == list->count && bound->upper.count == list->count;
}

/* Columns whose lower and upper bound are the same are compared by equality. */
static size_t equal_columns(const ls_bound *bound, const key_list *list) {
    size_t count = 0;
    while (
        count < list->count && range_end_of(bound->lower.items[count]) == IS_VALUE &&
        ls_same_constant(&list->keys[count], bound->lower.items[count], bound->upper.items[count]))
        count++;
    return count;
}

static bool proves_row_ends(const ls_relation *table, const key_list *list, const ls_bound *bound,
                            size_t first) {
    for (size_t i = first; i < list->count; i++)
        if (range_end_of(bound->lower.items[i]) != IS_VALUE ||
            range_end_of(bound->upper.items[i]) != IS_VALUE)
            return false;
    const row_end lower = {list->keys, bound->lower.items, first, list->count, false};
    const row_end upper = {list->keys, bound->upper.items, first, list->count, true};
    return proves_row_end(table, &lower) && proves_row_end(table, &upper);
}

static bool proves_range(const ls_relation *table, const key_list *list, const ls_bound *bound) {
    if (!is_whole_range(bound, list))
        return false;
    size_t equal = equal_columns(bound, list);
    for (size_t i = 0; i < list->count; i++)
        if (!proves_not_null(table, &list->keys[i]))
            return false;
    for (size_t i = 0; i < equal; i++)
        if (!proves_comparison(table, &list->keys[i], LS_GOAL_EQUAL, bound->lower.items[i]))
            return false;
    if (equal + 1 < list->count)
        return proves_row_ends(table, list, bound, equal);
    if (equal == list->count)
        return false;
    const ls_key *key = &list->keys[equal];
    const ls_expression *low = bound->lower.items[equal], *high = bound->upper.items[equal];
    return (range_end_of(low) == IS_MINVALUE ||
            proves_comparison(table, key, LS_GOAL_GREATER_OR_EQUAL, low)) &&
           (range_end_of(high) == IS_MAXVALUE || proves_comparison(table, key, LS_GOAL_LESS, high));
}

enum { VALUES_MAX = 100 }; /* MAX_SAOP_ARRAY_SIZE: PostgreSQL does not look into longer lists */

static bool proves_list(const ls_relation *table, const ls_key *key, const ls_bound *bound) {
    ls_goal goals[VALUES_MAX + 1];
    size_t count = 0;
    bool takes_null = false;
    if (bound->lower.count == 0 || bound->lower.count > VALUES_MAX)
        return false;
    for (size_t i = 0; i < bound->lower.count; i++) {
        bool is_null = bound->lower.items[i]->kind == LS_EXPR_NULL;
        takes_null |= is_null;
        goals[count++] = (ls_goal){is_null ? LS_GOAL_NULL : LS_GOAL_EQUAL, bound->lower.items[i]};
    }
    return (takes_null || proves_not_null(table, key)) && table_proves(table, key, goals, count);
}

bool ls_table_implies_bound(const ls_relation *table, const ls_partitioning *partitioning,
                            const ls_bound *bound) {
    key_list list;
    if (!read_keys(table, partitioning, &list))
        return false;
    switch (bound->kind) {
    case LS_BOUND_RANGE:
        return proves_range(table, &list, bound);
    case LS_BOUND_LIST:
        return list.count == 1 && proves_list(table, &list.keys[0], bound);
    case LS_BOUND_NONE:
    case LS_BOUND_DEFAULT:
    case LS_BOUND_HASH:
        return false;
    }
    return false;
}

/* key IS NULL OR key < lower OR key >= upper */
static bool excludes_range(const ls_relation *table, const ls_key *key, const ls_bound *bound) {
    ls_goal goals[3] = {{LS_GOAL_NULL, NULL}};
    size_t count = 1;
    if (range_end_of(bound->lower.items[0]) == IS_VALUE)
        goals[count++] = (ls_goal){LS_GOAL_LESS, bound->lower.items[0]};
    if (range_end_of(bound->upper.items[0]) == IS_VALUE)
        goals[count++] = (ls_goal){LS_GOAL_GREATER_OR_EQUAL, bound->upper.items[0]};
    return table_proves(table, key, goals, count);
}

/* key IS NULL OR key <> value, for each value; NULL among them: key IS NOT NULL too */
static bool excludes_list(const ls_relation *table, const ls_key *key, const ls_bound *bound) {
    if (bound->lower.count == 0 || bound->lower.count > VALUES_MAX)
        return false;
    for (size_t i = 0; i < bound->lower.count; i++) {
        const ls_expression *value = bound->lower.items[i];
        const ls_goal goals[] = {{LS_GOAL_NOT_EQUAL, value}, {LS_GOAL_NULL, NULL}};
        bool proven = value->kind == LS_EXPR_NULL ? proves_not_null(table, key)
                                                  : table_proves(table, key, goals, 2);
        if (!proven)
            return false;
    }
    return true;
}

bool ls_default_excludes_bound(const ls_relation *default_partition,
                               const ls_partitioning *partitioning, const ls_bound *bound) {
    key_list list;
    if (!read_keys(default_partition, partitioning, &list) || list.count != 1)
        return false;
    if (bound->kind == LS_BOUND_RANGE && is_whole_range(bound, &list))
        return excludes_range(default_partition, &list.keys[0], bound);
    return bound->kind == LS_BOUND_LIST && excludes_list(default_partition, &list.keys[0], bound);
}

bool ls_check_proves_not_null(const ls_expression *check, const char *column) {
    const ls_key key = {.column = column};
    const ls_goal goal = {LS_GOAL_NOT_NULL, NULL};
    return ls_proves(&key, check, &goal, 1);
}
