/*
 * judge_practice.c - the plan against what the configuration says of the place where it runs:
 * replicas, large tables, how long one waits, and who runs long stages.
 */
#include "plan/judging.h"

#include "input/order.h"
#include "support/path.h"

#include <fnmatch.h>
#include <string.h>

bool ls_is_configured(const ls_config_words *patterns, const ls_relation *relation) {
    for (LS_EACH(const ls_config_word, pattern, *patterns)) {
        const char *name =
            strchr(pattern->text, '.') == NULL ? relation->name : relation->full_name;
        if (fnmatch(pattern->text, name, 0) == 0)
            return true;
    }
    return false;
}

/* --- Waiting --------------------------------------------------------------------------------- */

static void judge_soak(ls_plan_judging *judging, const ls_stage_facts *stage) {
    enum { USUAL = 3600 * 1000 /* ms: what a job that runs every hour needs */ };
    const ls_duration given = judging->rollout->min_soak;
    const int64_t least = given.given ? given.milliseconds : USUAL;
    if (ls_stage_is(stage, LS_PLAN_SOAK) && stage->stage->lasts.milliseconds < least)
        ls_tell_text(judging, ls_tell_problem(judging, stage, "soak-too-short"), LS_ATTRIBUTE_WHAT,
                     given.given ? "min_soak of the configuration" : "an hour");
}

static void judge_lag(ls_plan_judging *judging, const ls_stage_facts *stage) {
    if (ls_stage_is(stage, LS_PLAN_BACKFILL) && stage->stage->max_lag.given &&
        judging->rollout->replicas_given && judging->rollout->replicas.count == 0)
        ls_tell_problem(judging, stage, "lag-unobservable");
}

/* --- Long stages ----------------------------------------------------------------------------- */

/* A file with a version beside the migrations is run by what runs them: when one deploys. */
static bool is_among_migrations(const ls_plan_judging *judging, const ls_stage_facts *stage) {
    const char *directory = ls_path_directory(judging->arena, stage->file->path);
    if (!ls_has_version(ls_path_last(stage->file->path)))
        return false;
    for (LS_EACH(const ls_stage_facts, other, judging->facts->stages))
        if (other->file->migration != NULL && other->file->migration->version != NULL &&
            ls_plan_changes_schema(other->stage->verb) &&
            strcmp(ls_path_directory(judging->arena, other->file->path), directory) == 0)
            return true;
    return false;
}

static void judge_place(ls_plan_judging *judging, const ls_stage_facts *stage) {
    if (!ls_stage_is(stage, LS_PLAN_BACKFILL) || stage->file->path == NULL ||
        !is_among_migrations(judging, stage))
        return;
    ls_effect *effect = ls_tell_problem(judging, stage, "long-stage-blocks-deploys");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->path));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_NAME,
                 ls_path_directory(judging->arena, stage->file->path));
}

/* --- Statistics ------------------------------------------------------------------------------ */

static bool analyzes(const ls_stage_facts *stage, ls_relation_id relation) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects))
            if (one->effect->kind == LS_EFFECT_ANALYZE &&
                (one->effect->relation == relation || one->effect->relation == 0))
                return true;
    return false;
}

static bool assigns(const ls_row_change *change, const char *column) {
    for (LS_EACH(const ls_assignment, assignment, change->assignments))
        if (strcmp(assignment->column, column) == 0)
            return true;
    return false;
}

static bool selects_by(const ls_row_change *change, ls_relation_id relation, const char *column) {
    return change->relation == relation && ls_has_word(&change->tested, column) &&
           !assigns(change, column);
}

/* A later backfill that finds its rows by what this one has filled, before any ANALYZE. */
static const ls_stage_facts *use_without_statistics(const ls_plan_facts *facts,
                                                    const ls_stage_facts *stage,
                                                    ls_relation_id relation, const char *column) {
    for (unsigned next = stage->stage->number + 1; next <= facts->stages.count; next++) {
        const ls_stage_facts *later = ls_stage_numbered(facts, next);
        if (analyzes(later, relation))
            return NULL;
        for (LS_EACH(const ls_row_change, change, later->changes))
            if (ls_stage_is(later, LS_PLAN_BACKFILL) && selects_by(change, relation, column))
                return later;
    }
    return NULL;
}

static void judge_statistics(ls_plan_judging *judging, const ls_stage_facts *stage,
                             const ls_row_change *change) {
    const ls_relation *table = ls_state_of(judging->facts, change->relation, stage->stage->number);
    for (LS_EACH(const ls_assignment, assignment, change->assignments)) {
        const ls_stage_facts *use =
            table == NULL
                ? NULL
                : use_without_statistics(judging->facts, stage, table->id, assignment->column);
        if (use == NULL)
            continue;
        ls_effect *effect = ls_tell_problem(judging, stage, "no-analyze");
        ls_tell_relation(judging, effect, table);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, assignment->column);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT,
                     ls_arena_format(judging->arena, "%s: %s", ls_plan_verb_name(use->stage->verb),
                                     use->stage->value));
        ls_tell_place(judging, effect, change->step, change->at, "fills the column");
        return;
    }
}

/* --- Room on the disk ------------------------------------------------------------------------ */

static bool is_measured(const ls_plan_facts *facts, const char *what) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_plan_word, word, stage->stage->measure))
            if (strcmp(word->text, what) == 0)
                return true;
    return false;
}

static void judge_headroom(ls_plan_judging *judging, const ls_stage_facts *stage,
                           const ls_row_change *change) {
    const ls_relation *table = ls_state_of(judging->facts, change->relation, stage->stage->number);
    const char *missing = !is_measured(judging->facts, "table_size") ? "table_size"
                          : !is_measured(judging->facts, "wal")      ? "wal"
                                                                     : NULL;
    if (table == NULL || missing == NULL || change->query->kind == LS_QUERY_DELETE ||
        !ls_is_configured(&judging->rollout->large_tables, table))
        return;
    ls_effect *effect = ls_tell_problem(judging, stage, "storage-headroom");
    ls_tell_relation(judging, effect, table);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, missing);
    ls_tell_place(judging, effect, change->step, change->at, "writes every row anew");
}

void ls_judge_practice(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        judge_soak(judging, stage);
        judge_lag(judging, stage);
        judge_place(judging, stage);
        for (size_t i = 0; ls_stage_is(stage, LS_PLAN_BACKFILL) && i < stage->changes.count; i++) {
            judge_statistics(judging, stage, &stage->changes.items[i]);
            judge_headroom(judging, stage, &stage->changes.items[i]);
        }
    }
}
