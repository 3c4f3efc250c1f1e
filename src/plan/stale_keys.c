/*
 * stale_keys.c - a value that is changed in one column stays in its copy until that is written as
 * well; where the copy is unique, it stands in the way of whoever writes the value there.
 */
#include "plan/stale_keys.h"

#include "plan/copies.h"

typedef struct {
    ls_plan_judging *judging;
    const ls_stage_facts *stage;
    const ls_plan_step *step;
    const ls_effect *index;
    const ls_relation *after; /* the table, when the index is there */
} stale_key;

/* The version changes the source of the copy, and leaves in the copy what was there. */
static const char *left_behind(const stale_key *of, const ls_live_version *version,
                               const char *column, unsigned stage) {
    const ls_plan_facts *facts = of->judging->facts;
    const ls_relation *table = ls_state_of(facts, of->index->relation, stage - 1);
    if (table == NULL || ls_version_writes(facts, version, table, column))
        return NULL;
    for (LS_EACH(const ls_catalog_column, source, table->columns))
        if (ls_is_copy_of(facts, table, column, table, source->name) &&
            ls_version_writes(facts, version, table, source->name) &&
            !ls_is_carried_over(facts, table, column, source->name, stage))
            return source->name;
    return NULL;
}

static const ls_live_version *writer_in(const stale_key *of, const ls_stage_facts *stage,
                                        const char *column) {
    const ls_plan_facts *facts = of->judging->facts;
    const ls_relation *table = ls_state_of(facts, of->index->relation, stage->stage->number - 1);
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (table != NULL && ls_is_live(facts, stage->live, version) &&
            ls_version_writes(facts, version, table, column))
            return version;
    return NULL;
}

static void tell_stale_key(const stale_key *of, const char *column, const char *source,
                           const ls_live_version *leaving, const ls_live_version *writer) {
    ls_plan_judging *judging = of->judging;
    ls_effect *effect = ls_tell(judging, LS_EFFECT_PLAN_VIOLATION, of->stage);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_CAUSE, "constrain-before-writers");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT,
                 ls_arena_format(judging->arena,
                                 "%s is unique while %s changes %s alone: what it leaves there "
                                 "collides with what %s writes",
                                 ls_shown_column(judging->arena, of->after, column), leaving->label,
                                 ls_shown_column(judging->arena, of->after, source),
                                 writer->label));
    ls_tell_place(judging, effect, of->step, of->index->at, "is unique from here on");
}

/* From the stage of the index on: one version writes the column, and another one that is live with
 * it changes the column's source alone. */
static bool judge_stale_column(const stale_key *of, const char *column) {
    const ls_plan_facts *facts = of->judging->facts;
    for (unsigned number = of->stage->stage->number; number <= facts->stages.count; number++) {
        const ls_stage_facts *stage = ls_stage_numbered(facts, number);
        const ls_live_version *writer = writer_in(of, stage, column);
        for (LS_EACH(const ls_live_version, version, facts->versions)) {
            if (writer == NULL || !ls_is_live(facts, stage->live, version))
                continue;
            const char *source = left_behind(of, version, column, number);
            if (source == NULL)
                continue;
            tell_stale_key(of, column, source, version, writer);
            return true;
        }
    }
    return false;
}

bool ls_judge_stale_key(ls_plan_judging *judging, const ls_stage_facts *stage,
                        const ls_plan_step *step, const ls_effect *index) {
    const stale_key of = {
        .judging = judging,
        .stage = stage,
        .step = step,
        .index = index,
        .after = ls_state_of(judging->facts, index->relation, stage->stage->number),
    };
    const ls_attribute_value *columns = ls_effect_value(index, LS_ATTRIBUTE_COLUMNS);
    for (size_t i = 0; columns != NULL && of.after != NULL && i < columns->words->count; i++)
        if (judge_stale_column(&of, ls_unquoted(judging->arena, columns->words->items[i])))
            return true;
    return false;
}
