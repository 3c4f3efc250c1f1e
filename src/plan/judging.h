/*
 * judging.h - what the rules about plans are asked with: effects that stand at the stages of the
 * plan. Each theme of rules has a file judge_*.c that looks at the facts and tells what it finds;
 * whether that is worth a finding, and in which words, the rules say.
 */
#ifndef LS_PLAN_JUDGING_H
#define LS_PLAN_JUDGING_H

#include "config/config.h"
#include "plan/columns.h"
#include "plan/facts.h"
#include "plan/live.h"
#include "plan/model/verdict.h"
#include "plan/phases.h"

typedef struct {
    ls_arena *arena;
    const ls_plan_facts *facts;
    const ls_config_rollout *rollout;
    const ls_model *model;
    const ls_model_verdict *verdict; /* NULL: the plan is not understood so far */
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

/* A data change of the plan fills the column, or takes its values from there. */
bool ls_is_copied(const ls_plan_facts *facts, const ls_relation *table, const char *column);

/* Some version's lists name the column, as they are written. */
bool ls_is_listed(const ls_plan_facts *facts, const ls_relation *table, const char *column);

/* The plan is about the column: it comes or goes, it is copied, or some list names it. */
bool ls_is_of_plan(const ls_plan_facts *facts, const ls_plan_column *column);

/* An exchange of names: in the transaction a column or a table takes the name that another gives
 * up. */
bool ls_is_swap(const ls_stage_facts *stage, unsigned transaction);

/* An index of the table, as it is when so many stages are done, begins with the column. */
bool ls_has_index_on(const ls_plan_facts *facts, const ls_relation *table, const char *column,
                     unsigned done);

/* The version of the app before one that a stage deploys; NULL: it is the first. */
const ls_live_version *ls_version_before(const ls_plan_facts *facts,
                                         const ls_live_version *version);

/* The stage is the first that cannot be undone, or comes after it. */
bool ls_is_beyond_return(const ls_plan_judging *judging, unsigned stage);

/* One of the configuration's patterns names the table. */
bool ls_is_configured(const ls_config_words *patterns, const ls_relation *relation);

/* The view was made before its table had the column, and so does not show it. */
bool ls_is_hidden_by_view(const ls_plan_facts *facts, const ls_relation *view, const char *column,
                          unsigned done);

/* --- The themes ------------------------------------------------------------------------------ */

/* False: the plan cannot be understood, and nothing else is to be asked. */
bool ls_judge_form(ls_plan_judging *judging);
void ls_judge_contents(ls_plan_judging *judging);
void ls_judge_expand(ls_plan_judging *judging);
void ls_judge_labels(ls_plan_judging *judging);
void ls_judge_sync(ls_plan_judging *judging);
void ls_judge_backfill(ls_plan_judging *judging);
void ls_judge_proofs(ls_plan_judging *judging);
void ls_judge_constraints(ls_plan_judging *judging);
void ls_judge_reads(ls_plan_judging *judging);
void ls_judge_moves(ls_plan_judging *judging);
void ls_judge_fills(ls_plan_judging *judging);
void ls_judge_successors(ls_plan_judging *judging);
void ls_judge_contract(ls_plan_judging *judging);
void ls_judge_removal(ls_plan_judging *judging);
void ls_judge_rollback(ls_plan_judging *judging);
void ls_judge_return(ls_plan_judging *judging);
void ls_judge_practice(ls_plan_judging *judging);
void ls_judge_operations(ls_plan_judging *judging);
void ls_judge_names(ls_plan_judging *judging);
void ls_judge_queries(ls_plan_judging *judging);
void ls_judge_declared(ls_plan_judging *judging);
void ls_judge_refused(ls_plan_judging *judging);

#endif
