/*
 * judge_operations.c - waiting for locks, transactions, rehearsals, and stages that overlap.
 */
#include "plan/judging.h"

#include "support/path.h"

#include <string.h>

/* --- Locks ----------------------------------------------------------------------------------- */

static bool is_strong(ls_lock_mode mode) {
    return ls_lock_blocks_writes(mode);
}

static void tell_lock(ls_plan_judging *judging, const ls_stage_facts *stage,
                      const ls_plan_step *step, const ls_effect *strong) {
    ls_effect *effect = ls_tell_problem(judging, stage, "lock-timeout-missing");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_RELATION,
                 ls_effect_text(strong, LS_ATTRIBUTE_RELATION));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->path));
    ls_tell_place(judging, effect, step, step->statement->at, "waits for its lock");
}

/* The replay knows which timeout is in force at each statement. */
static void judge_lock_timeout(ls_plan_judging *judging, const ls_stage_facts *stage) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects)) {
            const ls_effect *effect = one->effect;
            const char *timeout = effect->kind == LS_EFFECT_STRONG_LOCK
                                      ? ls_effect_text(effect, LS_ATTRIBUTE_TIMEOUT)
                                      : NULL;
            if (timeout == NULL || strcmp(timeout, "set") == 0 || strcmp(timeout, "runner") == 0 ||
                ls_is_new_table(judging->facts, effect->relation, stage->stage->number))
                continue;
            tell_lock(judging, stage, step, effect);
            return;
        }
}

static void judge_two_locks(ls_plan_judging *judging, const ls_stage_facts *stage) {
    const ls_relation_lock *first = NULL;
    const ls_plan_step *first_step = NULL;
    for (LS_EACH(const ls_plan_step, step, stage->steps)) {
        if (first_step != NULL && first_step->transaction != step->transaction)
            first = NULL;
        for (LS_EACH(const ls_relation_lock, lock, step->locks)) {
            bool table = lock->relation.kind == LS_RELATION_TABLE ||
                         lock->relation.kind == LS_RELATION_PARTITIONED_TABLE;
            if (!table || !is_strong(lock->mode) || lock->relation.origin == LS_ORIGIN_NEW_IN_FILE)
                continue;
            if (step->statement->kind == LS_STATEMENT_LOCK_TABLE)
                return;
            if (first == NULL) {
                first = lock;
                first_step = step;
            } else if (first->relation.id != lock->relation.id && first_step != step) {
                ls_effect *effect = ls_tell_problem(judging, stage, "two-strong-locks");
                ls_tell_text(judging, effect, LS_ATTRIBUTE_RELATION,
                             ls_shown_relation(lock->relation.name));
                ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER,
                             ls_shown_relation(first->relation.name));
                ls_tell_place(judging, effect, first_step, first_step->statement->at,
                              "takes the first");
                ls_tell_place(judging, effect, step, step->statement->at, "takes the second");
                return;
            }
        }
    }
}

static void judge_transactions(ls_plan_judging *judging, const ls_stage_facts *stage) {
    for (LS_EACH(const ls_plan_step, step, stage->steps)) {
        if (step->forbidden_in_transaction == NULL || !step->in_transaction)
            continue;
        ls_effect *effect = ls_tell_problem(judging, stage, "concurrently-in-transaction");
        ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, step->forbidden_in_transaction);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->path));
        ls_tell_place(judging, effect, step, step->statement->at, "is refused in a transaction");
    }
}

/* --- Rehearsals ------------------------------------------------------------------------------ */

static bool is_heavy(const ls_plan_facts *facts, const ls_stage_facts *stage) {
    if (ls_stage_is(stage, LS_PLAN_BACKFILL))
        return true;
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects)) {
            const ls_effect_kind kind = one->effect->kind;
            bool works = kind == LS_EFFECT_CREATE_INDEX || kind == LS_EFFECT_VALIDATE_CONSTRAINT;
            if (works && !ls_is_new_table(facts, one->effect->relation, stage->stage->number))
                return true;
        }
    return stage->steps.count > 0 && ls_is_swap(stage, stage->steps.items[0].transaction);
}

static const ls_stage_facts *heaviest(const ls_plan_facts *facts) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        if (is_heavy(facts, stage))
            return stage;
    return NULL;
}

static bool touches_old(const ls_plan_facts *facts) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_relation_lock, lock, step->locks))
                if (is_strong(lock->mode))
                    return true;
    return false;
}

static const ls_stage_facts *first_rehearsal(const ls_plan_facts *facts, bool *in_time) {
    *in_time = true;
    for (LS_EACH(const ls_stage_facts, stage, facts->stages)) {
        if (ls_stage_is(stage, LS_PLAN_REHEARSE))
            return stage;
        *in_time = *in_time && !ls_plan_runs_sql(stage->stage->verb);
    }
    return NULL;
}

static void tell_unrehearsed(ls_plan_judging *judging, const ls_stage_facts *stage, bool heavy) {
    ls_effect *effect = ls_tell_problem(judging, stage, "rehearsal-missing");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT,
                 heavy ? "runs over whole tables" : "locks a large table");
    ls_tell_flag(judging, effect, LS_ATTRIBUTE_HEAVY, heavy);
}

/* Without such work a plan can do without, but where the configuration knows a table as large. */
static void judge_light_rehearsal(ls_plan_judging *judging, const ls_stage_facts *rehearsal) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (size_t i = 0; rehearsal == NULL && i < step->locks.count; i++) {
                const ls_relation_lock *lock = &step->locks.items[i];
                const ls_relation *table =
                    ls_state_of(judging->facts, lock->relation.id, stage->stage->number - 1);
                if (table == NULL || !is_strong(lock->mode) ||
                    !ls_is_configured(&judging->rollout->large_tables, table))
                    continue;
                tell_unrehearsed(judging, stage, false);
                return;
            }
}

static void judge_rehearsal(ls_plan_judging *judging) {
    const ls_plan_facts *facts = judging->facts;
    const ls_stage_facts *heavy = heaviest(facts);
    bool in_time;
    const ls_stage_facts *rehearsal = first_rehearsal(facts, &in_time);
    if (heavy == NULL || !touches_old(facts)) {
        judge_light_rehearsal(judging, rehearsal);
        return;
    }
    if (rehearsal == NULL || !in_time) {
        tell_unrehearsed(judging, heavy, true);
        return;
    }
    bool sample = rehearsal->stage->data == NULL || strcmp(rehearsal->stage->data, "full") != 0;
    static const char *const wanted[] = {"duration", "query_plans", "table_size"};
    const char *missing = NULL;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        bool measured = false;
        for (LS_EACH(const ls_plan_word, word, rehearsal->stage->measure))
            measured = measured || strcmp(word->text, wanted[i]) == 0;
        missing = missing == NULL && !measured ? wanted[i] : missing;
    }
    if (!sample && missing == NULL)
        return;
    ls_effect *effect = ls_tell_problem(judging, rehearsal, "rehearsal-thin");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT,
                 sample ? "does not run on data of full size"
                        : ls_arena_format(judging->arena, "does not measure %s", missing));
}

static void judge_rehearsed_files(ls_plan_judging *judging) {
    const ls_stage_facts *rehearsal = NULL;
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        if (ls_stage_is(stage, LS_PLAN_REHEARSE))
            rehearsal = stage;
        if (!stage->file->changed)
            continue;
        ls_effect *effect = ls_tell_problem(judging, rehearsal, "rehearsal-stale");
        ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->path));
    }
}

/* --- Overlaps -------------------------------------------------------------------------------- */

static bool is_table(ls_relation_kind kind) {
    return kind == LS_RELATION_TABLE || kind == LS_RELATION_PARTITIONED_TABLE ||
           kind == LS_RELATION_UNKNOWN;
}

static ls_lock_mode strongest(const ls_stage_facts *stage, ls_relation_id relation) {
    ls_lock_mode mode = LS_LOCK_NONE;
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_relation_lock, lock, step->locks))
            if (lock->relation.id == relation && lock->mode > mode)
                mode = lock->mode;
    return mode;
}

static void judge_overlap(ls_plan_judging *judging, const ls_stage_facts *stage,
                          const ls_stage_facts *before) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_relation_lock, lock, step->locks)) {
            ls_lock_mode other = strongest(before, lock->relation.id);
            if (!is_table(lock->relation.kind) || other == LS_LOCK_NONE)
                continue;
            bool both_prove =
                other == LS_SHARE_UPDATE_EXCLUSIVE && lock->mode == LS_SHARE_UPDATE_EXCLUSIVE;
            bool stronger = ls_locks_conflict(other, lock->mode) && !both_prove;
            if (!stronger && !both_prove)
                continue;
            ls_effect *effect = ls_tell_problem(
                judging, stage, both_prove ? "prove-prove-overlap" : "overlap-conflict");
            ls_tell_text(judging, effect, LS_ATTRIBUTE_RELATION,
                         ls_shown_relation(lock->relation.name));
            ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER,
                         ls_arena_format(judging->arena, "%s: %s",
                                         ls_plan_verb_name(before->stage->verb),
                                         before->stage->value));
            ls_tell_place(judging, effect, step, step->statement->at, "runs at the same time");
            return;
        }
}

void ls_judge_operations(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        judge_lock_timeout(judging, stage);
        judge_two_locks(judging, stage);
        judge_transactions(judging, stage);
        if (stage->stage->overlaps && stage->stage->number > 1)
            judge_overlap(judging, stage,
                          ls_stage_numbered(judging->facts, stage->stage->number - 1));
    }
    judge_rehearsal(judging);
    judge_rehearsed_files(judging);
}
