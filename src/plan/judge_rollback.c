/*
 * judge_rollback.c - the way back of each stage.
 */
#include "plan/judging.h"

#include "support/path.h"

/* Nothing to take back: no statement of the file changes the schema. */
static bool has_way_back(const ls_stage_facts *stage) {
    enum {
        LASTING = LS_PHASE_BIT(LS_PHASE_ADD) | LS_PHASE_BIT(LS_PHASE_INDEX) |
                  LS_PHASE_BIT(LS_PHASE_LOOSEN) | LS_PHASE_BIT(LS_PHASE_TIGHTEN),
    };
    return (stage->phases & LASTING) != 0;
}

/* Only what a stage proves, or what is left of a failed build, needs no down. */
static bool is_only_proof(const ls_stage_facts *stage) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects))
            if (one->phase != LS_PHASE_NONE && one->phase != LS_PHASE_PROVE &&
                one->phase != LS_PHASE_READ && one->effect->kind != LS_EFFECT_DROP_INDEX)
                return false;
    return true;
}

static void judge_stage(ls_plan_judging *judging, const ls_stage_facts *stage) {
    bool wants = ls_stage_is(stage, LS_PLAN_EXPAND) || ls_stage_is(stage, LS_PLAN_CONSTRAIN);
    if (!wants || stage->file->down != NULL || !has_way_back(stage) || is_only_proof(stage) ||
        stage->stage->irreversible.text != NULL)
        return;
    ls_effect *effect = ls_tell_problem(judging, stage, "down-missing");
    ls_tell_flag(judging, effect, LS_ATTRIBUTE_IRREVERSIBLE,
                 ls_is_beyond_return(judging, stage->stage->number));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->path));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_NAME, stage->file->down_path);
}

static void judge_inverse(ls_plan_judging *judging, const ls_stage_facts *stage) {
    if (stage->left_by_down == NULL)
        return;
    ls_effect *effect = ls_tell_problem(judging, stage, "down-not-inverse");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->down_path));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, stage->left_by_down);
}

void ls_judge_rollback(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        judge_stage(judging, stage);
        judge_inverse(judging, stage);
    }
}
