/*
 * trial.h - the examples of rules about plans tried: each plan is verified with its files, which
 * lie nowhere but in the rule.
 */
#ifndef LS_PLAN_TRIAL_H
#define LS_PLAN_TRIAL_H

#include "rules/rules.h"

/* What the rules find in the plan of the example. A plan that cannot be read is a finding of
 * nothing: *problem says why. The findings live in the arena. */
ls_findings ls_plan_try_example(ls_arena *arena, ls_rule_list rules, const ls_rule_example *example,
                                const char **problem);

/* Why the example of the rule is not as it should be; NULL if it is. Of a migration as well as of a
 * plan. */
const char *ls_any_example_failure(ls_arena *arena, ls_rule_list rules, const ls_rule *rule,
                                   const ls_rule_example *example);

#endif
