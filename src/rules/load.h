/*
 * load.h - rules from YAML, for the built-in ones at build time and a team's own at run time.
 *
 * The format is described in rules/AUTHORING.md. Loading is strict: what a rule names (effects,
 * attributes, values, placeholders) must exist, so that a rule that can never fire, or a message
 * with a hole, is a mistake at its place and not a surprise in somebody's review.
 */
#ifndef LS_RULES_LOAD_H
#define LS_RULES_LOAD_H

#include "rules/rules.h"
#include "support/yaml.h"

/*
 * The rule that a text describes, in the arena; NULL with problems added. `name` is its path: the
 * file must be called after the rule's id. `group` is what its group must be, NULL for any.
 */
const ls_rule *ls_rule_read(ls_arena *arena, const char *name, const char *text, size_t length,
                            const char *group, ls_yaml_problems *problems);

/* The same from a file. One that cannot be read is a problem at 1:1. */
const ls_rule *ls_rule_read_file(ls_arena *arena, const char *path, const char *group,
                                 ls_yaml_problems *problems);

/* The list of what is not checked that a file holds, in the arena; empty with problems added. */
ls_not_checked_list ls_not_checked_read(ls_arena *arena, const char *name, const char *text,
                                        size_t length, ls_yaml_problems *problems);
ls_not_checked_list ls_not_checked_read_file(ls_arena *arena, const char *path,
                                             ls_yaml_problems *problems);

typedef struct {
    const ls_rule *rule;
    const char *file;
} ls_loaded_rule;
typedef LS_VECTOR(ls_loaded_rule) ls_loaded_rules;

/* Adds the rules of every *.yaml below the directory, but not of what is hidden; files that are no
 * rules are problems. False with errno set if the directory cannot be read. */
bool ls_rules_read_directory(ls_arena *arena, const char *directory, ls_loaded_rules *loaded,
                             ls_yaml_problems *problems);

/*
 * The known rules and the loaded ones together, sorted by id. Two rules of one id, `over` or `also`
 * of a rule that nobody knows, and rules that are over each other are problems.
 */
ls_rule_list ls_rules_join(ls_arena *arena, ls_rule_list known, const ls_loaded_rules *loaded,
                           ls_yaml_problems *problems);

#endif
