/*
 * load_help.c - `help` from YAML: one text, or alternatives in the order in which they are tried.
 *
 * The last one is what is left when no other fits. It has no condition, and shows nothing that one
 * of the rule's effects does not know.
 */
#include "rules/loading.h"

#include <string.h>

enum { LONGEST = 4000 };

typedef struct {
    const ls_yaml *yaml;
    const ls_effect_kinds *effects;
    bool fine;
} help_reader;

#define WRONG(reader, ...)                                                                         \
    do {                                                                                           \
        ls_yaml_wrong((reader)->yaml, __VA_ARGS__);                                                \
        (reader)->fine = false;                                                                    \
    } while (0)

static const char *read_script(help_reader *reader, const ls_yaml_node *node, bool last) {
    if (node->kind != LS_YAML_SCALAR) {
        WRONG(reader, node, "help: expected a text");
        return NULL;
    }
    const char *text = ls_block_text(reader->yaml->arena, node->text);
    if (text[0] == 0)
        WRONG(reader, node, "help is empty");
    else if (strlen(text) > LONGEST)
        WRONG(reader, node, "help has %zu bytes; expected %d at most", strlen(text), LONGEST);
    else if (!ls_load_template(reader->yaml, node, "help", reader->effects,
                               last ? LS_KNOWN_TO_ALL : LS_KNOWN_TO_ONE))
        reader->fine = false;
    return text;
}

static ls_advice read_alternative(help_reader *reader, const ls_yaml_node *node, bool last) {
    static const char *const keys[] = {"when", "text"};
    ls_advice advice = {0};
    if (node->kind != LS_YAML_MAPPING) {
        WRONG(reader, node, "help: expected a mapping with \"text\"");
        return advice;
    }
    if (!ls_load_keys(reader->yaml, node, keys, sizeof keys / sizeof *keys))
        reader->fine = false;
    const ls_yaml_node *when = ls_yaml_get(node, "when"), *text = ls_yaml_get(node, "text");
    if (text == NULL)
        WRONG(reader, node, "help: the alternative has no \"text\"");
    else
        advice.text = read_script(reader, text, last);
    if (when != NULL && last)
        WRONG(reader, when, "help: the last alternative has to fit always; expected no \"when\"");
    else if (when != NULL && !ls_load_condition(reader->yaml, when, reader->effects, &advice.when))
        reader->fine = false;
    return advice;
}

static void read_alternatives(help_reader *reader, const ls_yaml_node *list, ls_advices *advices) {
    if (list->entries.count == 0)
        WRONG(reader, list, "help has no alternatives; expected one at least");
    for (size_t i = 0; i < list->entries.count; i++) {
        bool last = i + 1 == list->entries.count;
        ls_advice advice = read_alternative(reader, list->entries.items[i].value, last);
        LS_PUSH(reader->yaml->arena, advices, advice);
    }
}

bool ls_load_help(const ls_yaml *yaml, const ls_yaml_node *help, const ls_effect_kinds *effects,
                  ls_advices *advices) {
    help_reader reader = {.yaml = yaml, .effects = effects, .fine = true};
    if (help->kind == LS_YAML_MAPPING) {
        WRONG(&reader, help, "help: expected a text, or a list of alternatives");
    } else if (help->kind == LS_YAML_SEQUENCE) {
        read_alternatives(&reader, help, advices);
    } else {
        ls_advice only = {.text = read_script(&reader, help, true)};
        LS_PUSH(yaml->arena, advices, only);
    }
    return reader.fine;
}
