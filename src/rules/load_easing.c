/*
 * load_easing.c - `eased` from YAML: a condition under which the rule is quieter than it is by
 * itself.
 */
#include "rules/loading.h"

#include <string.h>

static bool read_severity(const ls_yaml *yaml, const ls_yaml_node *node, ls_severity loudest,
                          ls_easing *easing) {
    for (ls_severity severity = loudest + 1; severity <= LS_SEVERITY_INFO; severity++)
        if (node->kind == LS_YAML_SCALAR && strcmp(node->text, ls_severity_name(severity)) == 0) {
            easing->severity = severity;
            return true;
        }
    ls_yaml_wrong(yaml, node, "eased: expected a severity that is less than the rule's, %s",
                  ls_severity_name(loudest));
    return false;
}

bool ls_load_easing(const ls_yaml *yaml, const ls_yaml_node *node, const ls_effect_kinds *effects,
                    ls_severity severity, ls_easing *easing) {
    static const char *const keys[] = {"when", "severity"};
    enum { KEYS = sizeof keys / sizeof *keys };
    if (node->kind != LS_YAML_MAPPING) {
        ls_yaml_wrong(yaml, node, "eased: expected a mapping with \"when\" and \"severity\"");
        return false;
    }
    bool fine = ls_load_keys(yaml, node, keys, KEYS);
    for (size_t i = 0; i < KEYS; i++)
        if (ls_yaml_get(node, keys[i]) == NULL) {
            ls_yaml_wrong(yaml, node, "eased has no \"%s\"", keys[i]);
            return false;
        }
    fine = read_severity(yaml, ls_yaml_get(node, "severity"), severity, easing) && fine;
    return ls_load_condition(yaml, ls_yaml_get(node, "when"), effects, &easing->when) && fine;
}
