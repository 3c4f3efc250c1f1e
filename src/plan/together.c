#include "plan/together.h"

#include "plan/touches.h"
#include "support/nearest.h"
#include "support/path.h"

#include <string.h>

/* --- Order ----------------------------------------------------------------------------------- */

static const size_t NO_PLAN = SIZE_MAX;

static const ls_plan *plan_at(const ls_plan_jobs *plans, size_t index) {
    return plans->jobs[index].plan;
}

static size_t plan_called(const ls_plan_jobs *plans, const char *name) {
    for (size_t i = 0; i < plans->count; i++)
        if (strcmp(plan_at(plans, i)->name, name) == 0)
            return i;
    return NO_PLAN;
}

/* Goes from plan to plan by what each comes after, through none that has been seen or that stands
 * behind `last`. */
static bool leads_to(const ls_plan_jobs *plans, size_t from, size_t to, size_t last, bool *seen) {
    if (seen[from] || from > last)
        return false;
    seen[from] = true;
    for (LS_EACH(const ls_plan_word, word, plan_at(plans, from)->after)) {
        size_t next = plan_called(plans, word->text);
        if (next != NO_PLAN && (next == to || leads_to(plans, next, to, last, seen)))
            return true;
    }
    return false;
}

static bool has_way(const ls_plan_jobs *plans, size_t from, size_t to, size_t last) {
    ls_arena *arena = ls_arena_new();
    bool found = leads_to(plans, from, to, last, LS_NEW_ARRAY(arena, bool, plans->count));
    ls_arena_free(arena);
    return found;
}

static bool comes_after(const ls_plan_jobs *plans, size_t later, size_t earlier) {
    return has_way(plans, later, earlier, plans->count);
}

/* --- What is wrong with the order ------------------------------------------------------------ */

/* One that this run does not verify may lie beside the plan all the same. */
static bool lies_beside(ls_arena *arena, const ls_plan_job *job, const char *name) {
    const ls_files *given = job->request.surroundings.from;
    const ls_files *from = given == NULL ? &ls_files_on_disk : given;
    const char *directory = ls_path_directory(arena, job->plan->source->name);
    static const char *const endings[] = {".yaml", ".yml"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        ls_file_status status;
        const char *path =
            ls_path_join(arena, directory, ls_arena_join(arena, name, endings[i], NULL));
        if (from->look_at(from, arena, path, &status) == 0 && status.kind == LS_FILE_REGULAR)
            return true;
    }
    return false;
}

static const char *no_such_plan(ls_arena *arena, const ls_plan_jobs *plans, const char *name) {
    const char **names = LS_NEW_ARRAY(arena, const char *, plans->count);
    for (size_t i = 0; i < plans->count; i++)
        names[i] = plan_at(plans, i)->name;
    const char *nearest = ls_nearest(name, names, plans->count);
    return ls_arena_join(arena, "there is no plan ", name, nearest == NULL ? "" : "; did you mean ",
                         nearest == NULL ? "" : nearest, nearest == NULL ? NULL : "?", NULL);
}

/* A circle is told of where its last plan says what it comes after. */
static void judge_order(ls_arena *arena, const ls_plan_jobs *plans, size_t index) {
    ls_plan_result *result = &plans->jobs[index].result;
    for (LS_EACH(const ls_plan_word, word, result->plan->after)) {
        size_t other = plan_called(plans, word->text);
        const char *what = NULL;
        if (other == NO_PLAN && !lies_beside(arena, &plans->jobs[index], word->text))
            what = no_such_plan(arena, plans, word->text);
        else if (other == index)
            what = "a plan cannot come after itself";
        else if (other != NO_PLAN && has_way(plans, other, index, index))
            what = ls_arena_join(arena, word->text, " comes after this plan itself", NULL);
        if (what == NULL)
            continue;
        ls_effect *effect = ls_tell_problem(&result->judging, ls_stage_numbered(result->facts, 1),
                                            "plan-order-cycle");
        effect->at = word->at;
        ls_tell_text(&result->judging, effect, LS_ATTRIBUTE_OTHER, word->text);
        ls_tell_text(&result->judging, effect, LS_ATTRIBUTE_WHAT, what);
    }
}

/* --- What they both touch -------------------------------------------------------------------- */

typedef enum { APART, SAME_TABLE, SAME_COLUMN, WHOLE_TABLE } closeness;

typedef struct {
    closeness how;
    const ls_plan_touch *own, *other;
} collision;

static closeness closeness_of(const ls_plan_touch *own, const ls_plan_touch *other) {
    if (strcmp(own->table, other->table) != 0 || (own->declared && other->declared))
        return APART;
    if (own->fate != LS_TABLE_STAYS || other->fate != LS_TABLE_STAYS)
        return WHOLE_TABLE;
    if (own->column != NULL && other->column != NULL && strcmp(own->column, other->column) == 0)
        return SAME_COLUMN;
    return own->declared || other->declared ? APART : SAME_TABLE;
}

static const char *fate_in_words(ls_table_fate fate) {
    static const char *const words[] = {
        [LS_TABLE_STAYS] = "changes",   [LS_TABLE_CREATED] = "creates",
        [LS_TABLE_RENAMED] = "renames", [LS_TABLE_REWRITTEN] = "rewrites",
        [LS_TABLE_DROPPED] = "drops",
    };
    return words[fate];
}

static const char *deed(const ls_plan_touch *touch) {
    return touch->declared ? "uses" : fate_in_words(touch->fate);
}

static const char *collision_in_words(ls_arena *arena, const collision *found) {
    const char *table = ls_shown_relation(found->own->table);
    switch (found->how) {
    case WHOLE_TABLE:
        return ls_arena_join(arena, deed(found->other), " ", table, ", which this plan ",
                             deed(found->own), NULL);
    case SAME_COLUMN:
        return ls_arena_join(arena, deed(found->other), " ", table, ".", found->own->column,
                             ", which this plan ", deed(found->own), NULL);
    default:
        return ls_arena_join(arena, "changes ", table, ", as this plan does", NULL);
    }
}

static void tell_collision(ls_arena *arena, ls_plan_result *result, const ls_plan *other,
                           const collision *found) {
    static const char *const kinds[] = {[SAME_TABLE] = "table", [SAME_COLUMN] = "column"};
    ls_plan_judging *judging = &result->judging;
    ls_effect *effect = ls_tell_problem(judging, found->own->stage, "plans-collide");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_RELATION, ls_shown_relation(found->own->table));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER, other->name);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VALUE,
                 found->how == WHOLE_TABLE ? "whole" : kinds[found->how]);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, collision_in_words(arena, found));
    ls_label label = {
        .source = other->source, .at = found->other->stage->stage->at, .message = "the other plan"};
    LS_PUSH(judging->arena, &effect->labels, label);
}

/* The closest of all touches of one table. */
static collision closest_on(const ls_plan_touches *own, const ls_plan_touches *others,
                            const char *table) {
    collision found = {0};
    for (LS_EACH(const ls_plan_touch, touch, *own))
        for (size_t i = 0; strcmp(touch->table, table) == 0 && i < others->count; i++) {
            closeness how = closeness_of(touch, &others->items[i]);
            if (how > found.how)
                found = (collision){how, touch, &others->items[i]};
        }
    return found;
}

static bool stands_before(const ls_plan_touches *touches, const ls_plan_touch *touch) {
    for (const ls_plan_touch *earlier = touches->items; earlier < touch; earlier++)
        if (strcmp(earlier->table, touch->table) == 0)
            return true;
    return false;
}

static void judge_collisions(ls_arena *arena, const ls_plan_jobs *plans,
                             const ls_plan_touches *touches, size_t index, size_t other) {
    for (LS_EACH(const ls_plan_touch, touch, touches[index])) {
        if (stands_before(&touches[index], touch))
            continue;
        const collision found = closest_on(&touches[index], &touches[other], touch->table);
        if (found.how != APART)
            tell_collision(arena, &plans->jobs[index].result, plan_at(plans, other), &found);
    }
}

/* --- Files ----------------------------------------------------------------------------------- */

static void judge_files(const ls_plan_jobs *plans, size_t index, size_t other) {
    ls_plan_result *result = &plans->jobs[index].result;
    for (LS_EACH(const ls_stage_facts, stage, result->facts->stages))
        for (LS_EACH(const ls_stage_facts, theirs, plans->jobs[other].result.facts->stages)) {
            if (stage->file->path == NULL || theirs->file->path == NULL ||
                strcmp(stage->file->path, theirs->file->path) != 0 ||
                stage->stage->verb == LS_PLAN_CHECK)
                continue;
            ls_effect *effect = ls_tell_problem(&result->judging, stage, "file-in-two-stages");
            ls_tell_text(&result->judging, effect, LS_ATTRIBUTE_FILE,
                         ls_path_last(stage->file->path));
            ls_tell_number(&result->judging, effect, LS_ATTRIBUTE_COUNT, theirs->stage->number);
            ls_tell_text(&result->judging, effect, LS_ATTRIBUTE_OTHER, plan_at(plans, other)->name);
        }
}

/* --- All of them ----------------------------------------------------------------------------- */

static bool are_ordered(const ls_plan_jobs *plans, size_t one, size_t other) {
    return comes_after(plans, one, other) || comes_after(plans, other, one);
}

static void judge_together(ls_arena *arena, const ls_plan_jobs *plans) {
    ls_plan_touches *touches = LS_NEW_ARRAY(arena, ls_plan_touches, plans->count + 1);
    for (size_t i = 0; i < plans->count; i++) {
        judge_order(arena, plans, i);
        if (plan_at(plans, i)->closed != NULL)
            continue;
        touches[i] = ls_plan_touches_of(arena, plans->jobs[i].result.facts);
        for (size_t other = 0; other < i; other++) {
            if (plan_at(plans, other)->closed != NULL)
                continue;
            judge_files(plans, i, other);
            if (!are_ordered(plans, i, other))
                judge_collisions(arena, plans, touches, i, other);
        }
    }
}

/* --- Verifying ------------------------------------------------------------------------------- */

static void list_files_of_others(ls_arena *arena, const ls_plan_jobs *plans, size_t index) {
    ls_words *paths = &plans->jobs[index].request.surroundings.of_other_plans;
    for (size_t other = 0; other < plans->count; other++)
        if (other != index)
            ls_plan_list_files(arena, plan_at(plans, other), paths);
}

bool ls_plans_verify(ls_arena *arena, const ls_plan_jobs *plans, ls_words *errors) {
    for (size_t i = 0; i < plans->count; i++) {
        ls_plan_job *job = &plans->jobs[i];
        list_files_of_others(arena, plans, i);
        if (!ls_plan_examine(arena, job->plan, &job->request, &job->result, errors))
            return false;
    }
    judge_together(arena, plans);
    for (size_t i = 0; i < plans->count; i++)
        ls_plan_judge(arena, &plans->jobs[i].request, &plans->jobs[i].result);
    return true;
}

void ls_plans_free(const ls_plan_jobs *plans) {
    for (size_t i = 0; i < plans->count; i++)
        ls_plan_result_free(&plans->jobs[i].result);
}
