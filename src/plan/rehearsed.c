#include "plan/rehearsed.h"

#include "effects/history.h"

#include <string.h>

static bool has_changed(ls_arena *arena, const ls_plan_file *file, const char *then) {
    if (then == NULL)
        return true;
    ls_text_problem problem;
    const ls_source *source = ls_source_new(arena, file->path, then, strlen(then), &problem);
    return source == NULL || !ls_history_reads_alike(source, file->script->source);
}

void ls_plan_compare_rehearsed(ls_arena *arena, const ls_plan *plan,
                               const ls_plan_surroundings *surroundings, ls_plan_files *files) {
    const ls_plan_stage *rehearsal = NULL;
    for (uint32_t i = 0; surroundings->rehearsed_text != NULL && i < plan->stages.count; i++) {
        const ls_plan_stage *stage = &plan->stages.items[i];
        ls_plan_file *file = &files->of_stages.items[i];
        const char *then;
        if (stage->verbs == 1 && stage->verb == LS_PLAN_REHEARSE)
            rehearsal = stage;
        if (rehearsal != NULL && file->script != NULL &&
            surroundings->rehearsed_text(surroundings->context, plan, rehearsal, file->path, &then))
            file->changed = has_changed(arena, file, then);
    }
}
