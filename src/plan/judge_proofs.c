/*
 * judge_proofs.c - what only looks like a proof: a check that is true whatever the rows are, and a
 * backfill that leaves rows out.
 */
#include "plan/judging.h"
#include "plan/rows.h"

#include "support/path.h"

#include <string.h>

/* --- Checks ---------------------------------------------------------------------------------- */

static void judge_check(ls_plan_judging *judging, const ls_stage_facts *stage) {
    if (!ls_stage_is(stage, LS_PLAN_CHECK) || stage->empty_gate.why == NULL)
        return;
    ls_effect *effect = ls_tell_problem(judging, stage, "check-proves-nothing");
    const ls_relation_id id = stage->empty_gate.relation;
    ls_tell_relation(judging, effect,
                     id == 0 ? NULL : ls_state_of(judging->facts, id, stage->stage->number));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, stage->empty_gate.column);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->path));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHY, stage->empty_gate.why);
}

/* --- Backfills ------------------------------------------------------------------------------- */

static bool is_constant(const ls_expression *expression) {
    return expression->kind == LS_EXPR_INTEGER || expression->kind == LS_EXPR_STRING;
}

/* A comparison with a value that stands in the file: it takes the same rows each time. */
static bool is_fixed(const ls_expression *term) {
    static const char *const operators[] = {"<", "<=", ">", ">=", "="};
    if (term->kind != LS_EXPR_OPERATOR || term->arguments.count != 2 ||
        !is_constant(term->arguments.items[1]) || term->arguments.items[0]->kind != LS_EXPR_COLUMN)
        return false;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strcmp(term->text, operators[i]) == 0)
            return true;
    return false;
}

static bool takes_a_part(const ls_expression *where) {
    if (where == NULL)
        return false;
    bool part = is_fixed(where);
    for (size_t i = 0; where->kind == LS_EXPR_AND && i < where->arguments.count; i++)
        part = part || takes_a_part(where->arguments.items[i]);
    const ls_query *keys = ls_expression_query(where);
    return part || (keys != NULL && takes_a_part(keys->where));
}

/* A limit over the table itself, where nothing tells the rows that are left: it may take the same
 * ones each time. */
static bool takes_any_few(const ls_row_change *change) {
    const ls_query *keys = ls_key_query(change->query);
    if (keys == NULL || keys->clauses->limit == NULL || keys->clauses->offset != NULL ||
        keys->where != NULL || keys->from.count != 1 ||
        keys->from.items[0]->kind != LS_FROM_RELATION)
        return false;
    return strcmp(keys->from.items[0]->name.name, change->query->target.name) == 0;
}

static const char *why_partial(const ls_row_change *change, const ls_assignment *assignment) {
    if (takes_any_few(change))
        return "a LIMIT takes some rows, and nothing tells which ones are left";
    if (assignment->source != NULL && takes_a_part(change->query->where))
        return "the condition compares with a value that stands in the file";
    return NULL;
}

/* Another one may take the rest. */
static bool is_filled_elsewhere(const ls_plan_facts *facts, const ls_row_change *part,
                                const char *column) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_row_change, change, stage->changes))
            for (LS_EACH(const ls_assignment, one, change->assignments))
                if (change != part && change->relation == part->relation &&
                    strcmp(one->column, column) == 0)
                    return true;
    return false;
}

static void judge_backfill(ls_plan_judging *judging, const ls_stage_facts *stage,
                           const ls_row_change *change) {
    if (change->query->kind != LS_QUERY_UPDATE)
        return;
    for (LS_EACH(const ls_assignment, one, change->assignments)) {
        const char *why = why_partial(change, one);
        if (why == NULL || is_filled_elsewhere(judging->facts, change, one->column))
            continue;
        ls_effect *effect = ls_tell_problem(judging, stage, "partial-backfill");
        ls_tell_relation(judging, effect,
                         ls_state_of(judging->facts, change->relation, stage->stage->number));
        ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, one->column);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_SOURCE, one->source);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_WHY, why);
        ls_tell_place(judging, effect, change->step, change->at, "takes a part of the rows");
        return;
    }
}

void ls_judge_proofs(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        judge_check(judging, stage);
        for (LS_EACH(const ls_row_change, change, stage->changes))
            if (ls_stage_is(stage, LS_PLAN_BACKFILL))
                judge_backfill(judging, stage, change);
    }
}
