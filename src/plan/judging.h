/*
 * judging.h - what the rules about plans are asked with: effects that stand at the stages of the
 * plan. Each theme of rules has a file judge_*.c that looks at the facts and tells what it finds;
 * whether that is worth a finding, and in which words, the rules say.
 */
#ifndef LS_PLAN_JUDGING_H
#define LS_PLAN_JUDGING_H

#include "plan/facts.h"
#include "plan/live.h"
#include "plan/phases.h"

typedef struct {
    ls_arena *arena;
    const ls_plan_facts *facts;
    LS_VECTOR(ls_effect *) effects;
} ls_plan_judging;

/* A new effect at the stage. */
ls_effect *ls_tell(ls_plan_judging *judging, ls_effect_kind kind, const ls_stage_facts *stage);

/* The same for a problem with a cause. */
ls_effect *ls_tell_problem(ls_plan_judging *judging, const ls_stage_facts *stage,
                           const char *cause);

void ls_tell_text(ls_plan_judging *judging, ls_effect *effect, ls_attribute attribute,
                  const char *text);
void ls_tell_flag(ls_plan_judging *judging, ls_effect *effect, ls_attribute attribute, bool flag);
void ls_tell_number(ls_plan_judging *judging, ls_effect *effect, ls_attribute attribute,
                    int64_t number);

/* The relation that it is about; NULL: none. */
void ls_tell_relation(ls_plan_judging *judging, ls_effect *effect, const ls_relation *relation);

/* The place in the SQL that it is about. */
void ls_tell_place(ls_plan_judging *judging, ls_effect *effect, const ls_plan_step *step,
                   ls_span at, const char *message);

/* "public.users" as messages show it: "users". */
const char *ls_shown_relation(const char *full_name);

/* "users.email" */
const char *ls_shown_column(ls_arena *arena, const ls_relation *relation, const char *column);

/* The unquoted column that an effect is about; NULL if it is about none. */
const char *ls_effect_column(ls_arena *arena, const ls_effect *effect);

/* The stage that has the number, from 1. */
const ls_stage_facts *ls_stage_numbered(const ls_plan_facts *facts, unsigned number);

static inline bool ls_stage_is(const ls_stage_facts *stage, ls_plan_verb verb) {
    return stage->stage->verbs == 1 && stage->stage->verb == verb;
}

/* A table that the plan itself creates, and that no version uses that was live before. */
bool ls_is_new_table(const ls_plan_facts *facts, ls_relation_id id, unsigned stage);

/* An exchange of names: in the transaction a column or a table takes the name that another gives
 * up. */
bool ls_is_swap(const ls_stage_facts *stage, unsigned transaction);

/* An index of the table, as it is when so many stages are done, begins with the column. */
bool ls_has_index_on(const ls_plan_facts *facts, const ls_relation *table, const char *column,
                     unsigned done);

/* The version of the app before one that a stage deploys; NULL: it is the first. */
const ls_live_version *ls_version_before(const ls_plan_facts *facts,
                                         const ls_live_version *version);

/* --- The themes ------------------------------------------------------------------------------ */

/* False: the plan cannot be understood, and nothing else is to be asked. */
bool ls_judge_form(ls_plan_judging *judging);
void ls_judge_contents(ls_plan_judging *judging);
void ls_judge_backfill(ls_plan_judging *judging);
void ls_judge_constraints(ls_plan_judging *judging);
void ls_judge_reads(ls_plan_judging *judging);
void ls_judge_moves(ls_plan_judging *judging);
void ls_judge_contract(ls_plan_judging *judging);
void ls_judge_rollback(ls_plan_judging *judging);
void ls_judge_operations(ls_plan_judging *judging);

#endif
