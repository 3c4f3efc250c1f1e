#include "plan/way_back.h"

#include "plan/running.h"
#include "reversal/outcome.h"

#include <string.h>

/* A section of the migration begins with the first statement that the runner runs so. */
static ls_direction way_up(ls_arena *arena, const ls_plan_file *file) {
    ls_direction up = {.script = file->script};
    LS_PUSH(arena, &up.sections, ((ls_run_section){0, ls_plan_mode_at(file, 0)}));
    for (uint32_t i = 0; i < file->script->statements.count; i++) {
        ls_transaction_mode mode =
            ls_plan_mode_at(file, file->script->statements.items[i]->at.begin);
        if (mode != up.sections.items[up.sections.count - 1].mode)
            LS_PUSH(arena, &up.sections, ((ls_run_section){i, mode}));
    }
    return up;
}

static bool is_of_framework(const ls_plan_file *file) {
    return file->migration != NULL && !file->mode_given && file->migration->down_path != NULL &&
           strcmp(file->migration->down_path, file->down_path) == 0;
}

/* One that no framework knows of is run as its stage is. */
static ls_direction way_down(ls_arena *arena, const ls_plan_file *file) {
    ls_direction down = {.script = file->down};
    for (uint32_t i = 0; is_of_framework(file) && i < file->migration->down_sections.count; i++) {
        const ls_down_section *section = &file->migration->down_sections.items[i];
        LS_PUSH(arena, &down.sections,
                ((ls_run_section){section->first, ls_mode_alone(ls_mode_of(section->running))}));
    }
    if (down.sections.count == 0)
        LS_PUSH(arena, &down.sections, ((ls_run_section){0, ls_plan_mode_at(file, 0)}));
    return down;
}

/* Nothing takes a proof back, and a down that leaves out to prove again spares its scan: the stage
 * proves it when it is run again. */
static void forget_proofs(ls_reversal *reversal) {
    uint32_t kept = 0;
    for (LS_EACH(const ls_unreversed, one, reversal->unreversed)) {
        const char *property = one->difference.property;
        if (one->by_down || property == NULL || strcmp(property, "validity") != 0)
            reversal->unreversed.items[kept++] = *one;
    }
    reversal->unreversed.count = kept;
}

const ls_outcome *ls_judge_stage_down(ls_arena *arena, ls_replay *replay, const ls_plan_file *file,
                                      const ls_chosen_rules *rules, uint32_t number,
                                      ls_findings *findings, ls_waived_findings *waived) {
    const ls_direction up = way_up(arena, file), down = way_down(arena, file);
    ls_findings in_down = {0};
    ls_reversal reversal =
        ls_judge_down(arena, arena, replay, rules, &up, &down, number, &in_down, waived);
    /* What the stage has not made its down cannot take back. */
    for (uint32_t i = 0; !reversal.up_fails && i < in_down.count; i++)
        LS_PUSH(arena, findings, in_down.items[i]);
    ls_replay_serve(replay, NULL);
    forget_proofs(&reversal);
    const ls_reversed of = {.up = up.script->source, .down = down.script->source};
    return ls_reversal_outcome(arena, &of, &reversal);
}
