/*
 * judge_fills.c - backfills that write over the values which they should copy.
 *
 * Where a trigger keeps two columns in step both ways, what is filled into the new one goes into
 * the old one as well: that does no harm only as long as it is the old one's own value.
 */
#include "plan/judging.h"
#include "plan/triggers.h"

#include <string.h>

/* The trigger puts what an UPDATE of `column` writes into `other`, whatever stands there. */
static bool carries(const ls_plan_trigger *trigger, const char *column, const char *other) {
    for (LS_EACH(const ls_trigger_assignment, one, trigger->body.assignments))
        if (one->table.name == NULL && one->on_update && one->guard != LS_GUARD_NULL &&
            one->source != NULL && strcmp(one->source, column) == 0 &&
            strcmp(one->target, other) == 0)
            return ls_trigger_sees_update(trigger, column);
    return false;
}

static const ls_plan_trigger *carrier(const ls_plan_facts *facts, const ls_relation *table,
                                      unsigned stage, const char *column, const char *other) {
    for (LS_EACH(const ls_plan_trigger, trigger, facts->triggers))
        if (trigger->relation == table->id && trigger->stage < stage &&
            ls_relation_trigger(table, trigger->name) != NULL && carries(trigger, column, other))
            return trigger;
    return NULL;
}

static bool is_filled_before(const ls_plan_facts *facts, const ls_relation *table,
                             const char *column, unsigned stage) {
    for (LS_EACH(const ls_stage_facts, earlier, facts->stages))
        for (LS_EACH(const ls_row_change, change, earlier->changes))
            for (LS_EACH(const ls_assignment, one, change->assignments))
                if (earlier->stage->number < stage && change->relation == table->id &&
                    strcmp(one->column, column) == 0)
                    return true;
    return false;
}

static void tell(ls_plan_judging *judging, const ls_stage_facts *stage, const ls_row_change *change,
                 const char *column, const char *why) {
    ls_effect *effect = ls_tell_problem(judging, stage, "backfill-overwrites-source");
    ls_tell_relation(judging, effect,
                     ls_state_of(judging->facts, change->relation, stage->stage->number));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, column);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHY, why);
    ls_tell_place(judging, effect, change->step, change->at, "writes over it");
}

/* Of a column that was there before the plan, `old`. */
static bool judge_carried(ls_plan_judging *judging, const ls_stage_facts *stage,
                          const ls_row_change *change, const ls_assignment *filled,
                          const char *old) {
    const unsigned number = stage->stage->number;
    const ls_relation *table = ls_state_of(judging->facts, change->relation, number);
    const bool is_its_own =
        filled->is_exact && filled->source != NULL && strcmp(filled->source, old) == 0;
    const ls_plan_trigger *trigger =
        table == NULL || is_its_own || strcmp(filled->column, old) == 0
            ? NULL
            : carrier(judging->facts, table, number, filled->column, old);
    if (trigger != NULL)
        tell(judging, stage, change, old,
             ls_arena_format(judging->arena,
                             "%s carries into it what is filled into %s, which is another value",
                             trigger->name, filled->column));
    return trigger != NULL;
}

/* The old column is filled from the new one, in which nothing is so far. */
static void judge_turned(ls_plan_judging *judging, const ls_stage_facts *stage,
                         const ls_row_change *change, const ls_assignment *filled,
                         const ls_relation *at_first) {
    if (filled->source == NULL || filled->source_table != NULL ||
        ls_relation_column(at_first, filled->column) == NULL ||
        ls_relation_column(at_first, filled->source) != NULL ||
        is_filled_before(judging->facts, at_first, filled->source, stage->stage->number))
        return;
    tell(judging, stage, change, filled->column,
         ls_arena_format(judging->arena, "nothing has filled %s, which it takes the values from",
                         filled->source));
}

static void judge_change(ls_plan_judging *judging, const ls_stage_facts *stage,
                         const ls_row_change *change) {
    const ls_relation *at_first = ls_state_of(judging->facts, change->relation, 0);
    if (change->query->kind != LS_QUERY_UPDATE || at_first == NULL || !at_first->columns_complete)
        return;
    for (LS_EACH(const ls_assignment, filled, change->assignments)) {
        for (LS_EACH(const ls_catalog_column, old, at_first->columns))
            if (judge_carried(judging, stage, change, filled, old->name))
                break;
        judge_turned(judging, stage, change, filled, at_first);
    }
}

void ls_judge_fills(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages))
        for (LS_EACH(const ls_row_change, change, stage->changes))
            if (ls_stage_is(stage, LS_PLAN_BACKFILL))
                judge_change(judging, stage, change);
}
