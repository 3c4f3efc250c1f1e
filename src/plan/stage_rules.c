/*
 * stage_rules.c - which rules about migrations are asked in a plan is said by their group. Where a
 * rule about plans speaks of the same statement, it names in `over` the ones that it replaces.
 */
#include "plan/stage_rules.h"

#include "plan/way_back.h"

#include <string.h>

/* --- Which rules ----------------------------------------------------------------------------- */

/* What running code meets the plan finds out version by version, and how its exchanges lock tables
 * it knows from the whole of the transaction. Order, habits, comments and taste are no matter of
 * stages: `check` tells them. */
static const char answered_by_plans[] = "compatibility";
static const struct {
    const char *group, *rule; /* one of them */
    bool asked_of_downs;
} not_asked[] = {
    {.group = answered_by_plans},
    {.group = "history"},
    {.group = "style"},
    {.group = "suppressions"},
    {.rule = "certain-failure", .asked_of_downs = true},      /* stage-refused */
    {.rule = "drop-foreign-key"},                             /* two-strong-locks */
    {.rule = "delete-without-where", .asked_of_downs = true}, /* unbatched */
    {.rule = "update-without-where", .asked_of_downs = true}, /* unbatched */
    {.rule = "unbatched-delete", .asked_of_downs = true},     /* unbatched */
    {.rule = "unbatched-insert", .asked_of_downs = true},     /* unbatched */
    {.rule = "unbatched-merge", .asked_of_downs = true},      /* unbatched */
    {.rule = "unbatched-update", .asked_of_downs = true},     /* unbatched */
    {.rule = "several-relations-locked"},                     /* two-strong-locks */
};
enum { NOT_ASKED = sizeof not_asked / sizeof *not_asked };

/* What a stage loses it has to say: irreversible-without-note. */
static const char noted_by_plans[] = "point-of-no-return";

bool ls_is_answered_by_plans(const ls_rule *rule) {
    return strcmp(rule->group, answered_by_plans) == 0 || strcmp(rule->id, noted_by_plans) == 0;
}

/* Where the rule stands in the table; NOT_ASKED: nowhere. */
static size_t place_of(const ls_rule *rule) {
    size_t place = 0;
    while (place < NOT_ASKED &&
           (not_asked[place].group != NULL ? strcmp(not_asked[place].group, rule->group) != 0
                                           : strcmp(not_asked[place].rule, rule->id) != 0))
        place++;
    return place;
}

/* What is only worth knowing is told with the file, not with the rollout. */
static bool is_asked(const ls_rule *rule, ls_severity *severity) {
    return place_of(rule) == NOT_ASKED && *severity != LS_SEVERITY_INFO;
}

/* Of a stage's own file lock-timeout-missing says it, and as an error. */
static const char error_in_plans[] = "lock-without-timeout";

static bool is_asked_of_down(const ls_rule *rule, ls_severity *severity) {
    size_t place = place_of(rule);
    if (strcmp(rule->id, error_in_plans) == 0)
        *severity = LS_SEVERITY_ERROR;
    return (place == NOT_ASKED || not_asked[place].asked_of_downs) && *severity != LS_SEVERITY_INFO;
}

/* --- Judging --------------------------------------------------------------------------------- */

typedef struct {
    ls_arena *arena;
    const ls_plan_request *request;
    ls_plan_result *result;
    const ls_chosen_rules *chosen;                /* for the file */
    const ls_chosen_rules *asked, *asked_of_down; /* what is left of them */
    const ls_plan_facts *facts;
    unsigned stage;
    ls_judge *judge;
    ls_findings found; /* in the stage's file and its down */
} stage_judging;

static void choose(stage_judging *judging, const ls_plan_file *file) {
    const ls_plan_request *request = judging->request;
    const ls_chosen_rules *chosen = request->rules_of == NULL
                                        ? request->rules
                                        : request->rules_of(request->rules_context, file->path);
    if (chosen == judging->chosen)
        return;
    judging->chosen = chosen;
    judging->asked = ls_choose_anew(judging->arena, chosen, is_asked);
    judging->asked_of_down = ls_choose_anew(judging->arena, chosen, is_asked_of_down);
}

static void begin(void *context, const ls_plan_facts *facts, const ls_stage_facts *stage) {
    stage_judging *judging = context;
    const ls_plan_file *file = stage->file;
    const ls_stage_seer *watcher = judging->request->watcher;
    if (watcher != NULL)
        watcher->begin(watcher->context, facts, stage);
    choose(judging, file);
    judging->facts = facts;
    judging->stage = stage->stage->number;
    judging->found = (ls_findings){0};
    judging->judge =
        ls_judge_new(judging->arena, judging->asked, file->script->source, judging->request->file);
    if (!ls_plan_changes_schema(stage->stage->verb) || file->down == NULL)
        return;
    const ls_outcome *way_back =
        ls_judge_stage_down(judging->arena, facts->replay, file, judging->asked_of_down,
                            judging->request->file, &judging->found, &judging->result->waived);
    ls_judge_outcome(judging->judge, way_back);
}

static void see(void *context, const ls_outcome *outcome) {
    const stage_judging *judging = context;
    const ls_stage_seer *watcher = judging->request->watcher;
    if (watcher != NULL)
        watcher->see(watcher->context, outcome);
    ls_judge_outcome(judging->judge, outcome);
}

/* LOCK TABLE before an exchange of names, or of all the tables that are needed: so it should be. */
static bool is_needed(const stage_judging *judging, const ls_finding *finding) {
    const ls_stage_facts *stage = ls_stage_numbered(judging->facts, judging->stage);
    if (strcmp(finding->rule->id, "lock-table") != 0)
        return false;
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        if (step->source == finding->source &&
            step->statement->at.begin == finding->statement_at.begin)
            return ls_is_swap(stage, step->transaction) ||
                   (step->statement->kind == LS_STATEMENT_LOCK_TABLE && step->locks.count > 1);
    return false;
}

static void end(void *context) {
    stage_judging *judging = context;
    const ls_stage_seer *watcher = judging->request->watcher;
    if (watcher != NULL && watcher->end != NULL)
        watcher->end(watcher->context);
    const ls_plan_file *file = &judging->result->files.of_stages.items[judging->stage - 1];
    const ls_suppressions suppressions = ls_suppressions_of(judging->arena, file->script);
    ls_judge_suppressions(judging->judge, &suppressions);
    ls_judge_finish(judging->judge, &judging->found);
    ls_add_waived(judging->arena, &judging->result->waived, ls_judge_suppressed(judging->judge));
    for (LS_EACH(ls_finding, finding, judging->found)) {
        finding->stage = judging->stage;
        if (finding->severity != LS_SEVERITY_INFO && !is_needed(judging, finding))
            LS_PUSH(judging->arena, &judging->result->in_files, *finding);
    }
}

ls_stage_seer ls_stage_rules(ls_arena *arena, const ls_plan_request *request,
                             ls_plan_result *result) {
    stage_judging *judging = LS_NEW(arena, stage_judging);
    *judging = (stage_judging){.arena = arena, .request = request, .result = result};
    return (ls_stage_seer){.begin = begin, .see = see, .end = end, .context = judging};
}

/* --- One cause, one finding ------------------------------------------------------------------ */

static bool is_over(const ls_rule *rule, const ls_rule *other) {
    for (size_t i = 0; i < rule->over_count; i++)
        if (strcmp(rule->over[i], other->id) == 0)
            return true;
    return false;
}

/* The plan's finding points at the statement, or at no SQL at all: then it is about the stage. */
static bool speaks_of(const ls_finding *of_plan, const ls_finding *in_file) {
    bool points = false;
    for (LS_EACH(const ls_label, label, of_plan->labels)) {
        bool here = label->source == in_file->source;
        points = points || label->source != of_plan->source;
        if (here && label->at.begin < in_file->statement_at.end &&
            in_file->statement_at.begin < label->at.end)
            return true;
    }
    return !points;
}

static bool is_told(const ls_findings *of_plan, size_t count, const ls_finding *in_file) {
    for (size_t i = 0; i < count; i++) {
        const ls_finding *finding = &of_plan->items[i];
        if (finding->stage == in_file->stage && is_over(finding->rule, in_file->rule) &&
            speaks_of(finding, in_file))
            return true;
    }
    return false;
}

void ls_join_stage_findings(ls_arena *arena, const ls_findings *in_files, ls_findings *findings) {
    const size_t of_plan = findings->count;
    for (size_t i = 0; i < in_files->count; i++)
        if (!is_told(findings, of_plan, &in_files->items[i]))
            LS_PUSH(arena, findings, in_files->items[i]);
}
