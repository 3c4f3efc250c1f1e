#include "cli/shown_plan.h"

#include "plan/show.h"

static ls_report_stage shown_stage(ls_arena *arena, const ls_plan_result *result,
                                   const ls_plan_stage *stage) {
    ls_report_stage shown = {
        .index = stage->number,
        .verb = stage->verbs == 0 ? NULL : ls_plan_verb_name(stage->verb),
        .value = stage->value,
        .line = ls_source_position(result->plan->source, stage->at.begin).line,
        .does = ls_stage_in_words(arena, result, stage->number),
        .live = ls_stage_live(arena, result, stage->number),
        .point_of_no_return = ls_stage_is_point_of_no_return(result, stage->number),
    };
    shown.may_roll_back = ls_stage_floor_words(arena, result, stage->number, &shown.not_back);
    return shown;
}

ls_report_plan ls_shown_plan(ls_arena *arena, const ls_plan_result *result) {
    ls_report_plan shown = {.source = result->plan->source, .title = result->plan->title};
    for (LS_EACH(const ls_plan_stage, stage, result->plan->stages))
        LS_PUSH(arena, &shown.stages, shown_stage(arena, result, stage));
    return shown;
}
