/*
 * trial.h - the examples of rules tried: each is replayed and judged as the migration that it is.
 *
 * Other rules are judged along, so that what one is folded into is seen. The tests of the built-in
 * rules and `lockstep rules --test` both stand on this.
 */
#ifndef LS_RULES_TRIAL_H
#define LS_RULES_TRIAL_H

#include "effects/replay.h"
#include "rules/rules.h"

typedef struct {
    const char *text;
    bool judged; /* else it is history: applied already */
} ls_example_migration;
typedef LS_VECTOR(ls_example_migration) ls_example_migrations;

/* The parts of a text between the lines that begin with `separator`; what follows it on such a line
 * is dropped. */
ls_words ls_split_at_lines(ls_arena *arena, const char *text, const char *separator);

/* The example's history, as migrations. */
ls_example_migrations ls_example_history(ls_arena *arena, const ls_rule_example *example);

/* The target of an example: what it names, else the usual one. */
int ls_example_postgres(const ls_rule_example *example);

/* The replay that an example runs in: its target, and a runner that limits the wait for locks. */
ls_replay_options ls_example_replay(const ls_rule_example *example);

/* What the rules find in the judged ones of the migrations, run as the example says, with the fixes
 * that they propose. */
ls_findings ls_try_migrations(ls_arena *arena, ls_rule_list rules, const ls_rule_example *example,
                              const ls_example_migrations *migrations);

/* The same of the example itself, after its history. */
ls_findings ls_try_example(ls_arena *arena, ls_rule_list rules, const ls_rule_example *example);

/* Those of the example's findings that have a fix which makes it better; the others lose theirs. */
void ls_try_fixes(ls_rule_list rules, const ls_rule_example *example, ls_findings *findings);

/* The rules that are on by default, and this one: matters of taste would bury what is found. */
ls_rule_list ls_rules_beside(ls_arena *arena, ls_rule_list rules, const ls_rule *rule);

/* Why the findings are not what the example of the rule says; NULL if they are. */
const char *ls_findings_failure(ls_arena *arena, const ls_findings *findings, const ls_rule *rule,
                                const ls_rule_example *example);

/* Why the first fix of the rule does not make of the example what it says; NULL if it does, or the
 * example says nothing. The fixes have been tried. */
const char *ls_fixed_failure(ls_arena *arena, const ls_findings *findings, const ls_rule *rule,
                             const ls_rule_example *example);

/* Why the example of the rule, which is one of the rules, is not as it should be; NULL if it is. */
const char *ls_example_failure(ls_arena *arena, ls_rule_list rules, const ls_rule *rule,
                               const ls_rule_example *example);

/* The statements of a text; NULL if it cannot be a source. */
ls_script *ls_read_script(ls_arena *arena, const char *name, const char *text);

/* "line:column" */
const char *ls_finding_place(ls_arena *arena, const ls_finding *finding);

/* The findings for the message of a failure, each on a line of its own that it begins. */
const char *ls_list_findings(ls_arena *arena, const ls_findings *findings);

#endif
