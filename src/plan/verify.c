#include "plan/verify.h"

#include "plan/stage_rules.h"
#include "plan/translate.h"
#include "plan/violations.h"

#include <string.h>

/* --- Exemptions ------------------------------------------------------------------------------ */

static const ls_plan_exemption *exemption_of(const ls_plan *plan, const ls_finding *finding) {
    if (finding->stage == 0)
        return NULL;
    for (LS_EACH(const ls_plan_exemption, exemption, plan->stages.items[finding->stage - 1].allow))
        if (strcmp(exemption->rule.text, finding->rule->id) == 0)
            return exemption;
    return NULL;
}

void ls_plan_check_exemptions(ls_arena *arena, const ls_plan *plan, ls_rule_list rules,
                              ls_yaml_problems *problems) {
    for (LS_EACH(const ls_plan_stage, stage, plan->stages))
        for (LS_EACH(const ls_plan_exemption, exemption, stage->allow)) {
            if (ls_rule_by_id(rules, exemption->rule.text) != NULL)
                continue;
            const char *nearest = ls_nearest_choice(rules, exemption->rule.text);
            ls_position at = ls_source_position(plan->source, exemption->rule.at.begin);
            ls_yaml_problem problem = {
                .file = plan->source->name, .line = at.line, .column = at.column};
            problem.message =
                ls_arena_format(arena, "there is no rule \"%s\"%s%s%s", exemption->rule.text,
                                nearest == NULL ? "" : "; did you mean \"",
                                nearest == NULL ? "" : nearest, nearest == NULL ? "" : "\"?");
            LS_PUSH(arena, problems, problem);
        }
}

/* --- Judging --------------------------------------------------------------------------------- */

void ls_plan_judge(ls_arena *arena, const ls_plan_request *request, ls_plan_result *result) {
    ls_judge *judge = ls_judge_new(arena, request->rules, result->plan->source, request->file);
    ls_outcome outcome = {.source = result->plan->source, .analysed = true};
    for (LS_EACH(ls_effect *const, effect, result->judging.effects))
        LS_PUSH(arena, &outcome.effects, *effect);
    ls_judge_outcome(judge, &outcome);
    ls_findings findings = {0};
    ls_judge_finish(judge, &findings);
    ls_join_stage_findings(arena, &result->in_files, &findings);
    for (LS_EACH(const ls_finding, finding, findings)) {
        const ls_plan_exemption *exemption = exemption_of(result->plan, finding);
        if (exemption != NULL)
            LS_PUSH(arena, &result->waived,
                    ((ls_waived_finding){*finding, exemption->because, LS_WAIVED_IN_PLACE}));
        else
            LS_PUSH(arena, &result->findings, *finding);
    }
}

static void count_statements(ls_plan_result *result) {
    for (LS_EACH(const ls_stage_facts, stage, result->facts->stages)) {
        result->statements += stage->steps.count;
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            result->analysed += step->analysed;
    }
}

bool ls_plan_examine(ls_arena *arena, const ls_plan *plan, const ls_plan_request *request,
                     ls_plan_result *result, ls_words *errors) {
    *result = (ls_plan_result){.plan = plan};
    if (!ls_plan_read_files(arena, plan, &request->surroundings, &result->files, errors))
        return false;
    const ls_stage_seer seer = ls_stage_rules(arena, request, result);
    result->facts = ls_plan_facts_new(arena, plan, &result->files, &request->replay, &seer);
    count_statements(result);
    result->judging =
        (ls_plan_judging){.arena = arena, .facts = result->facts, .rollout = &request->rollout};
    ls_plan_judging *judging = &result->judging;
    if (ls_judge_form(judging)) {
        result->model = ls_model_of(arena, result->facts);
        result->verdict = ls_model_verify(arena, result->model, 0);
        judging->model = result->model;
        judging->verdict = result->verdict;
        ls_judge_violations(judging, result->model, result->verdict);
        ls_judge_refused(judging);
        ls_judge_contents(judging);
        ls_judge_expand(judging);
        ls_judge_labels(judging);
        ls_judge_sync(judging);
        ls_judge_backfill(judging);
        ls_judge_proofs(judging);
        ls_judge_constraints(judging);
        ls_judge_reads(judging);
        ls_judge_moves(judging);
        ls_judge_fills(judging);
        ls_judge_successors(judging);
        ls_judge_contract(judging);
        ls_judge_removal(judging);
        ls_judge_rollback(judging);
        ls_judge_return(judging);
        ls_judge_practice(judging);
        ls_judge_operations(judging);
        ls_judge_names(judging);
        ls_judge_queries(judging);
        ls_judge_declared(judging);
    }
    return true;
}

bool ls_plan_verify(ls_arena *arena, const ls_plan *plan, const ls_plan_request *request,
                    ls_plan_result *result, ls_words *errors) {
    if (!ls_plan_examine(arena, plan, request, result, errors))
        return false;
    ls_plan_judge(arena, request, result);
    return true;
}

void ls_plan_result_free(ls_plan_result *result) {
    ls_plan_facts_free(result->facts);
    ls_input_free(result->files.input);
}
