/*
 * proof.c - what a CHECK says about one key.
 *
 * The condition is walked with its negations pushed inwards, as eval_const_expressions does before
 * PostgreSQL's prover sees it: one proving term of an AND is enough, every arm of an OR must prove.
 * A comparison with a constant proves another by the implication table of btree operators. A CHECK
 * lets NULL pass, so a comparison never proves that its key is not null (weak implication in
 * predtest.c; measured for SET NOT NULL and ATTACH PARTITION on 11 to 18).
 */
#include "effects/proof.h"

#include "effects/constants.h"
#include "effects/predicates.h"
#include "support/same.h"

enum {
    COMPARISONS = LS_GOAL_NOT_EQUAL + 1,
    LARGEST_LIST = 100, /* MAX_SAOP_ARRAY_SIZE of predtest.c: longer lists are not looked into */
};

#define L LS_ORDER_LESS
#define E LS_ORDER_EQUAL
#define G LS_ORDER_GREATER
#define D LS_ORDER_DIFFERENT

/* `key row constant` proves `key column goal` if the constant stands to the goal in one of these
 * ways (BT_implies_table and BT_refutes_table of predtest.c). Columns: < <= = >= > <>. */
static const unsigned implications[COMPARISONS][COMPARISONS] = {
    [LS_GOAL_LESS] = {L | E, L | E, 0, 0, 0, L | E},
    [LS_GOAL_LESS_OR_EQUAL] = {L, L | E, 0, 0, 0, L},
    [LS_GOAL_EQUAL] = {L, L | E, E, E | G, G, L | G | D},
    [LS_GOAL_GREATER_OR_EQUAL] = {0, 0, 0, E | G, G, G},
    [LS_GOAL_GREATER] = {0, 0, 0, E | G, E | G, E | G},
    [LS_GOAL_NOT_EQUAL] = {0, 0, 0, 0, 0, E},
};

#undef L
#undef E
#undef G
#undef D

static const struct {
    const char *operator;
    ls_goal_kind kind, commuted, negated;
} operators[] = {
    {"<", LS_GOAL_LESS, LS_GOAL_GREATER, LS_GOAL_GREATER_OR_EQUAL},
    {"<=", LS_GOAL_LESS_OR_EQUAL, LS_GOAL_GREATER_OR_EQUAL, LS_GOAL_GREATER},
    {"=", LS_GOAL_EQUAL, LS_GOAL_EQUAL, LS_GOAL_NOT_EQUAL},
    {">=", LS_GOAL_GREATER_OR_EQUAL, LS_GOAL_LESS_OR_EQUAL, LS_GOAL_LESS},
    {">", LS_GOAL_GREATER, LS_GOAL_LESS, LS_GOAL_LESS_OR_EQUAL},
    {"<>", LS_GOAL_NOT_EQUAL, LS_GOAL_NOT_EQUAL, LS_GOAL_EQUAL},
    {"!=", LS_GOAL_NOT_EQUAL, LS_GOAL_NOT_EQUAL, LS_GOAL_EQUAL},
};

typedef struct {
    const ls_key *key;
    const ls_goal *goals;
    size_t count;
} search;

static bool proves(const search *wanted, const ls_expression *condition, bool negated);

static bool is_key(const ls_key *key, const ls_expression *expression) {
    if (!expression)
        return false;
    if (key->expression)
        return ls_expressions_equal(key->expression, expression);
    /* varchar has no operators of its own: pg_get_constraintdef shows its cast to text. */
    bool as_text = key->type && ls_same_text(key->type, "varchar") &&
                   expression->kind == LS_EXPR_CAST && expression->type &&
                   ls_same_text(expression->type->name, "text") &&
                   expression->type->dimensions == 0 && expression->arguments.count == 1;
    if (as_text)
        expression = expression->arguments.items[0];
    return expression && expression->kind == LS_EXPR_COLUMN && !expression->star &&
           expression->names.count > 0 &&
           ls_same_text(expression->names.items[expression->names.count - 1], key->column);
}

static bool one_goal_follows(const search *wanted, ls_goal_kind kind,
                             const ls_expression *constant) {
    for (size_t i = 0; i < wanted->count; i++) {
        const ls_goal *goal = &wanted->goals[i];
        if ((int)goal->kind >= COMPARISONS)
            continue;
        ls_order order = ls_compare_constants(wanted->key->type, constant, goal->constant);
        if (implications[kind][goal->kind] & order)
            return true;
    }
    return false;
}

static bool has_goal(const search *wanted, ls_goal_kind kind) {
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->goals[i].kind == kind)
            return true;
    return false;
}

/* The comparison that a term makes of the key, its constant on either side. */
static bool read_comparison(const ls_key *key, const ls_expression *term, ls_goal *comparison,
                            ls_goal_kind *negated) {
    if (term->kind != LS_EXPR_OPERATOR || term->arguments.count != 2 || !term->text)
        return false;
    const ls_expression *left = term->arguments.items[0], *right = term->arguments.items[1];
    bool commuted = !is_key(key, left);
    if (commuted && !is_key(key, right))
        return false;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (!ls_same_text(operators[i].operator, term->text))
            continue;
        size_t row = i;
        while (commuted && operators[row].kind != operators[i].commuted)
            row = (row + 1) % (sizeof operators / sizeof *operators);
        *comparison = (ls_goal){operators[row].kind, commuted ? left : right};
        *negated = operators[row].negated;
        return true;
    }
    return false;
}

static bool comparison_proves(const search *wanted, const ls_expression *term, bool negated) {
    ls_goal comparison;
    ls_goal_kind opposite;
    if (!read_comparison(wanted->key, term, &comparison, &opposite))
        return false;
    return one_goal_follows(wanted, negated ? opposite : comparison.kind, comparison.constant);
}

static bool null_test_proves(const search *wanted, const ls_expression *term, bool negated) {
    if (term->arguments.count != 1 || !is_key(wanted->key, term->arguments.items[0]))
        return false;
    bool not_null = term->negated != negated;
    return has_goal(wanted, not_null ? LS_GOAL_NOT_NULL : LS_GOAL_NULL);
}

/* BETWEEN is an AND of two comparisons, NOT BETWEEN an OR of their opposites. */
static bool between_proves(const search *wanted, const ls_expression *term, bool negated) {
    if (term->arguments.count != 3 || !is_key(wanted->key, term->arguments.items[0]))
        return false;
    const ls_expression *low = term->arguments.items[1], *high = term->arguments.items[2];
    if (term->negated != negated)
        return one_goal_follows(wanted, LS_GOAL_LESS, low) &&
               one_goal_follows(wanted, LS_GOAL_GREATER, high);
    return one_goal_follows(wanted, LS_GOAL_GREATER_OR_EQUAL, low) ||
           one_goal_follows(wanted, LS_GOAL_LESS_OR_EQUAL, high);
}

/* IN is an OR of equalities, NOT IN an AND of inequalities. */
static bool list_proves(const search *wanted, const ls_expression *key,
                        ls_expression *const *values, size_t count, bool negated) {
    if (!is_key(wanted->key, key) || count == 0 || count > LARGEST_LIST)
        return false;
    ls_goal_kind kind = negated ? LS_GOAL_NOT_EQUAL : LS_GOAL_EQUAL;
    for (size_t i = 0; i < count; i++)
        if (one_goal_follows(wanted, kind, values[i]) == negated)
            return negated;
    return !negated;
}

/* key = ANY (ARRAY[...]), the array perhaps cast to an array type. */
static bool array_proves(const search *wanted, const ls_expression *term, bool negated) {
    if (term->arguments.count != 2 || !term->text || term->negated ||
        !ls_same_text(term->text, "=") || !term->arguments.items[1])
        return false;
    const ls_expression *array = term->arguments.items[1];
    if (array->kind == LS_EXPR_CAST && array->arguments.count == 1 && array->type &&
        array->type->dimensions > 0)
        array = array->arguments.items[0];
    return array && array->kind == LS_EXPR_ARRAY &&
           list_proves(wanted, term->arguments.items[0], array->arguments.items,
                       array->arguments.count, negated);
}

static bool terms_prove(const search *wanted, const ls_expression *condition, bool negated) {
    bool every_one = (condition->kind == LS_EXPR_OR) != negated;
    for (size_t i = 0; i < condition->arguments.count; i++)
        if (proves(wanted, condition->arguments.items[i], negated) != every_one)
            return !every_one;
    return every_one && condition->arguments.count > 0;
}

static bool proves(const search *wanted, const ls_expression *condition, bool negated) {
    if (!condition)
        return false;
    switch (condition->kind) {
    case LS_EXPR_NOT:
        return condition->arguments.count == 1 &&
               proves(wanted, condition->arguments.items[0], !negated);
    case LS_EXPR_AND:
    case LS_EXPR_OR:
        return terms_prove(wanted, condition, negated);
    case LS_EXPR_IS_NULL:
        return null_test_proves(wanted, condition, negated);
    case LS_EXPR_BETWEEN:
        return between_proves(wanted, condition, negated);
    case LS_EXPR_IN:
        return condition->arguments.count > 1 &&
               list_proves(wanted, condition->arguments.items[0], condition->arguments.items + 1,
                           condition->arguments.count - 1, condition->negated != negated);
    case LS_EXPR_ANY:
        return array_proves(wanted, condition, negated);
    case LS_EXPR_OPERATOR:
        return comparison_proves(wanted, condition, negated);
    default:
        return false;
    }
}

bool ls_proves(const ls_key *key, const ls_expression *condition, const ls_goal *goals,
               size_t count) {
    search wanted = {key, goals, count};
    return proves(&wanted, condition, false);
}

bool ls_same_constant(const ls_key *key, const ls_expression *one, const ls_expression *other) {
    return ls_compare_constants(key->type, one, other) == LS_ORDER_EQUAL;
}

bool ls_says(const ls_key *key, const ls_expression *term, ls_goal goal) {
    ls_goal comparison;
    ls_goal_kind negated;
    return read_comparison(key, term, &comparison, &negated) && comparison.kind == goal.kind &&
           ls_same_constant(key, comparison.constant, goal.constant);
}
