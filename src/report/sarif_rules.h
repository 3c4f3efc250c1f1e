/*
 * sarif_rules.h - the rules of a SARIF run: those that findings name, each with its help.
 */
#ifndef LS_REPORT_SARIF_RULES_H
#define LS_REPORT_SARIF_RULES_H

#include "report/json_value.h"
#include "rules/rules.h"

typedef struct {
    ls_arena *arena;
    json_t *list;     /* reportingDescriptors */
    ls_map positions; /* by id */
} ls_sarif_rules;

/* The rule's place in the list, where it is put if it is new. */
size_t ls_sarif_rule_index(ls_sarif_rules *rules, const ls_rule *rule);

#endif
