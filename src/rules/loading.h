/*
 * loading.h - between the parts of the loader, each in a file called load_ and something.
 */
#ifndef LS_RULES_LOADING_H
#define LS_RULES_LOADING_H

#include "rules/load.h"
#include "support/buffer.h"

typedef LS_VECTOR(ls_effect_kind) ls_effect_kinds;

/* Reads `when`: the effects that it names, without duplicates, and its condition. False with
 * problems added. */
bool ls_load_when(const ls_yaml *yaml, const ls_yaml_node *when, ls_effect_kinds *effects,
                  ls_condition *condition);

/* Reads the value, or the list of values, that an attribute has to be one of. */
bool ls_load_values(const ls_yaml *yaml, ls_attribute attribute, const ls_yaml_node *node,
                    ls_condition *condition);

/* The key stands for a comparison, whatever the attribute: like, not, min, ... */
bool ls_is_comparison(const char *key);

/* Reads a comparison of an attribute: a key of its mapping, and what stands under it. */
bool ls_load_comparison(const ls_yaml *yaml, const ls_effect_kinds *effects, ls_attribute attribute,
                        const ls_yaml_entry *entry, ls_condition *condition);

/* Reads a condition without effects of its own, which effects of these kinds are to be tested
 * with. */
bool ls_load_condition(const ls_yaml *yaml, const ls_yaml_node *node,
                       const ls_effect_kinds *effects, ls_condition *condition);

/* How many of a rule's effects must know an attribute that a text shows. */
typedef enum { LS_KNOWN_TO_ALL, LS_KNOWN_TO_ONE } ls_known_to;

/* Checks a text with placeholders against the effects that it may be rendered for. `what` names the
 * text in problems. */
bool ls_load_template(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                      const ls_effect_kinds *effects, ls_known_to known_to);

/* Reads `help`, a text or a list of alternatives. */
typedef LS_VECTOR(ls_advice) ls_advices;
bool ls_load_help(const ls_yaml *yaml, const ls_yaml_node *help, const ls_effect_kinds *effects,
                  ls_advices *advices);

/* Reads `fix`, a remedy or a list of alternatives. */
typedef LS_VECTOR(ls_remedy) ls_remedies;
bool ls_load_remedies(const ls_yaml *yaml, const ls_yaml_node *fix, const ls_effect_kinds *effects,
                      ls_remedies *remedies);

/* Reads `eased`: where the rule is quieter, and how much. */
bool ls_load_easing(const ls_yaml *yaml, const ls_yaml_node *node, const ls_effect_kinds *effects,
                    ls_severity severity, ls_easing *easing);

/* The files beside the plan of an example: a mapping from paths to texts, {} for none; false with a
 * problem added if it is none. */
bool ls_check_example_files(const ls_yaml *yaml, const ls_yaml_node *example);
void ls_take_example_files(ls_arena *arena, const ls_yaml_node *example, ls_rule_example *taken);

/* Refuses keys of a mapping other than these. */
bool ls_load_keys(const ls_yaml *yaml, const ls_yaml_node *mapping, const char *const *keys,
                  size_t count);

/* A block text without the line end that YAML leaves on it. */
const char *ls_block_text(ls_arena *arena, const char *text);

/* The attribute nearest to a misspelt name, as `; did you mean "relation"?`, or "": first among
 * those that one of the effects has. */
const char *ls_attribute_meant(const ls_yaml *yaml, const char *misspelt,
                               const ls_effect_kinds *effects);

#endif
