#include "plan/telling_queries.h"

#include "support/path.h"

#include <string.h>

/* "GetUser", or where it stands. */
static const char *name_of(ls_arena *arena, const ls_app_query *query) {
    if (query->name != NULL)
        return query->name;
    return ls_arena_format(arena, "the query in line %u of %s",
                           ls_source_position(query->source, query->at.begin).line,
                           ls_path_last(query->source->name));
}

static ls_effect *told_before(const ls_plan_judging *judging, const ls_stage_facts *stage,
                              const char *cause) {
    for (LS_EACH(ls_effect *const, effect, judging->effects)) {
        const char *other = (*effect)->kind == LS_EFFECT_PLAN_PROBLEM
                                ? ls_effect_text(*effect, LS_ATTRIBUTE_CAUSE)
                                : NULL;
        if (other != NULL && (*effect)->stage == stage->stage->number && strcmp(other, cause) == 0)
            return *effect;
    }
    return NULL;
}

static void add_label(ls_plan_judging *judging, ls_effect *effect, const ls_app_query *query,
                      const char *message) {
    for (LS_EACH(const ls_label, label, effect->labels))
        if (label->source == query->source && label->at.begin == query->at.begin)
            return;
    const ls_label label = {.source = query->source, .at = query->at, .message = message};
    LS_PUSH(judging->arena, &effect->labels, label);
}

ls_effect *ls_tell_query(ls_plan_judging *judging, const ls_stage_facts *stage, const char *cause,
                         const ls_told_query *told, const char *label) {
    ls_effect *effect = told_before(judging, stage, cause);
    if (effect != NULL) {
        add_label(judging, effect, told->query, label);
        return NULL;
    }
    effect = ls_tell_problem(judging, stage, cause);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, told->version->label);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_NAME, name_of(judging->arena, told->query));
    add_label(judging, effect, told->query, label);
    return effect;
}
