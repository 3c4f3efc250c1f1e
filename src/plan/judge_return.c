/*
 * judge_return.c - going back to an earlier version, and what a stage's down does to those that
 * are live.
 *
 * How far one goes back is the configuration's rollback_depth; the window in which one does is open
 * from a deploy to the soak that follows it. The version just before the newest is live in that
 * window anyway, and what happens to it the search of all interleavings tells: here are those
 * before it. verdict.h has what each of them would meet after each stage.
 */
#include "plan/judging.h"
#include "plan/model/words.h"

#include "support/path.h"

#include <string.h>

/* --- Versions -------------------------------------------------------------------------------- */

/* The version so many before it; NULL: there are not so many. */
static const ls_live_version *version_back(const ls_plan_facts *facts,
                                           const ls_live_version *version, int back) {
    for (int i = 0; i < back && version != NULL; i++)
        version = ls_version_before(facts, version);
    return version;
}

static ls_model_index index_of(const ls_plan_facts *facts, const ls_live_version *version) {
    return (ls_model_index)(version - facts->versions.items);
}

static const ls_way_back *way_to(const ls_plan_judging *judging, const ls_live_version *version,
                                 unsigned stage) {
    for (LS_EACH(const ls_way_back, way, judging->verdict->floors.items[stage - 1].ways))
        if (way->version == index_of(judging->facts, version))
            return way;
    return NULL;
}

/* --- Back to a version ----------------------------------------------------------------------- */

/* From the deploy to the last stage before the end of its soak. */
static unsigned end_of_window(const ls_plan_facts *facts, const ls_live_version *newest) {
    for (unsigned number = newest->stage + 1; number <= facts->stages.count; number++)
        if (ls_stage_is(ls_stage_numbered(facts, number), LS_PLAN_SOAK))
            return number;
    return facts->stages.count;
}

bool ls_is_beyond_return(const ls_plan_judging *judging, unsigned stage) {
    for (unsigned number = 1; number <= stage; number++)
        if (judging->verdict->floors.items[number - 1].point_of_no_return)
            return true;
    return false;
}

static void tell_way(ls_plan_judging *judging, unsigned stage, const ls_live_version *newest,
                     const ls_live_version *version, const ls_way_back *way) {
    const bool unsafe = way->back == LS_BACK_UNSAFE;
    ls_effect *effect = ls_tell_problem(judging, ls_stage_numbered(judging->facts, stage),
                                        unsafe ? "rollback-unsafe" : "rollback-unfills");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, version->label);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER, newest->label);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT,
                 ls_model_way_back(judging->arena, judging->model, way));
    ls_tell_flag(judging, effect, LS_ATTRIBUTE_IRREVERSIBLE, ls_is_beyond_return(judging, stage));
}

/* The first stage of the window at which the way back is of that kind; false: there is none. */
static bool tell_first(ls_plan_judging *judging, const ls_live_version *newest,
                       const ls_live_version *version, ls_back back) {
    const unsigned end = end_of_window(judging->facts, newest);
    for (unsigned stage = newest->stage; stage <= end; stage++) {
        const ls_way_back *way = way_to(judging, version, stage);
        if (way == NULL || way->back != back ||
            ls_stage_numbered(judging->facts, stage)->stage->irreversible.text != NULL)
            continue;
        tell_way(judging, stage, newest, version, way);
        return true;
    }
    return false;
}

static void judge_window(ls_plan_judging *judging, const ls_live_version *newest,
                         const ls_live_version *version) {
    if (!tell_first(judging, newest, version, LS_BACK_UNSAFE))
        tell_first(judging, newest, version, LS_BACK_UNFILLS);
}

static void judge_depth(ls_plan_judging *judging, const ls_live_version *newest) {
    for (int back = 2; back <= judging->rollout->rollback_depth; back++) {
        const ls_live_version *version = version_back(judging->facts, newest, back);
        if (version != NULL)
            judge_window(judging, newest, version);
    }
}

/* --- Over a version -------------------------------------------------------------------------- */

static void judge_skip(ls_plan_judging *judging, const ls_live_version *newest) {
    const ls_live_version *skipped = version_back(judging->facts, newest, 1);
    const ls_live_version *version = version_back(judging->facts, newest, 2);
    const ls_way_back *way = version == NULL || !judging->rollout->skips_versions
                                 ? NULL
                                 : way_to(judging, version, newest->stage);
    if (way == NULL || way->back != LS_BACK_UNSAFE)
        return;
    ls_effect *effect = ls_tell_problem(judging, ls_stage_numbered(judging->facts, newest->stage),
                                        "skipped-version");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, newest->label);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER, version->label);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_NAME, skipped->label);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT,
                 ls_model_way_back(judging->arena, judging->model, way));
}

/* --- Down files ------------------------------------------------------------------------------ */

static bool has_other_carrier(const ls_plan_facts *facts, ls_relation_id relation,
                              const char *column) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_row_change, change, stage->changes))
            for (LS_EACH(const ls_assignment, assignment, change->assignments))
                if (change->relation == relation && strcmp(assignment->column, column) == 0)
                    return true;
    for (LS_EACH(const ls_plan_trigger, trigger, facts->triggers))
        for (LS_EACH(const ls_trigger_assignment, one, trigger->body.assignments))
            if (trigger->relation == relation && one->source != NULL &&
                strcmp(one->target, column) == 0)
                return true;
    return false;
}

static const ls_live_version *writer_of(const ls_plan_facts *facts, const ls_relation *table,
                                        const char *column) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (version->stage > 0 && ls_version_writes(facts, version, table, column))
            return version;
    return NULL;
}

/* Asked only where the configuration says that one goes back. */
static void judge_loss(ls_plan_judging *judging, const ls_stage_facts *stage,
                       const ls_plan_step *step, const ls_effect *effect) {
    const ls_plan_facts *facts = judging->facts;
    const char *column = ls_effect_column(judging->arena, effect);
    const ls_relation *table = ls_state_of(facts, effect->relation, stage->stage->number);
    if (effect->kind != LS_EFFECT_ADD_COLUMN || table == NULL || column == NULL ||
        stage->file->down == NULL || stage->left_by_down != NULL ||
        stage->stage->irreversible.text != NULL || judging->rollout->rollback_depth == 0 ||
        has_other_carrier(facts, table->id, column))
        return;
    const ls_live_version *writer = writer_of(facts, table, column);
    if (writer == NULL)
        return;
    ls_effect *told = ls_tell_problem(judging, stage, "down-loses-data");
    ls_tell_relation(judging, told, table);
    ls_tell_text(judging, told, LS_ATTRIBUTE_COLUMN, column);
    ls_tell_text(judging, told, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->down_path));
    ls_tell_text(judging, told, LS_ATTRIBUTE_VERSION, writer->label);
    ls_tell_place(judging, told, step, effect->at, "is added here");
}

/* A version that ran before the stage, and that its down takes a column from: going back stage by
 * stage, it is still live then. */
static void judge_down(ls_plan_judging *judging, const ls_stage_facts *stage) {
    const ls_plan_facts *facts = judging->facts;
    const ls_relation *table =
        ls_state_of(facts, stage->taken_by_down.relation, stage->stage->number - 1);
    const char *column = stage->taken_by_down.column;
    if (table == NULL || column == NULL || !ls_anyone_uses(facts, stage->live, table, column))
        return;
    for (LS_EACH(const ls_live_version, version, facts->versions)) {
        if (!ls_is_live(facts, stage->live, version) ||
            !ls_version_uses(facts, version, table, column))
            continue;
        ls_effect *effect = ls_tell_problem(judging, stage, "down-before-app");
        ls_tell_relation(judging, effect, table);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, column);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->down_path));
        ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, version->label);
        return;
    }
}

void ls_judge_return(ls_plan_judging *judging) {
    for (LS_EACH(const ls_live_version, version, judging->facts->versions))
        if (version->stage > 0) {
            judge_depth(judging, version);
            judge_skip(judging, version);
        }
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        judge_down(judging, stage);
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects))
                judge_loss(judging, stage, step, one->effect);
    }
}
