/*
 * load_not_checked.c - the list of what no rule looks for: `check`, what it would be, and `reason`.
 */
#include "rules/loading.h"

#include <string.h>

/* A text on one line: its line ends suited the author's editor. NULL with a problem added. */
static const char *read_text(const ls_yaml *yaml, const ls_yaml_node *entry, const char *key) {
    const ls_yaml_node *node = ls_yaml_get(entry, key);
    if (node == NULL || node->kind != LS_YAML_SCALAR || node->text[0] == 0) {
        ls_yaml_wrong(yaml, node == NULL ? entry : node, "expected a text for \"%s\"", key);
        return NULL;
    }
    char *text = ls_arena_copy(yaml->arena, node->text, strlen(node->text));
    for (char *at = text; (at = strchr(at, '\n')) != NULL;)
        *at = ' ';
    return ls_block_text(yaml->arena, text);
}

static bool read_entry(const ls_yaml *yaml, const ls_yaml_node *entry, ls_not_checked *read) {
    static const char *const keys[] = {"check", "reason"};
    if (entry->kind != LS_YAML_MAPPING) {
        ls_yaml_wrong(yaml, entry, "expected a mapping with \"check\" and \"reason\"");
        return false;
    }
    bool fine = ls_load_keys(yaml, entry, keys, sizeof keys / sizeof *keys);
    read->check = read_text(yaml, entry, "check");
    read->reason = read_text(yaml, entry, "reason");
    return fine && read->check != NULL && read->reason != NULL;
}

ls_not_checked_list ls_not_checked_read(ls_arena *arena, const char *name, const char *text,
                                        size_t length, ls_yaml_problems *problems) {
    ls_yaml yaml;
    LS_VECTOR(ls_not_checked) list = {0};
    bool fine = true;
    if (!ls_yaml_read(&yaml, arena, name, text, length, problems))
        return (ls_not_checked_list){0};
    if (yaml.root->kind != LS_YAML_SEQUENCE) {
        ls_yaml_wrong(&yaml, yaml.root, "expected a list");
        return (ls_not_checked_list){0};
    }
    for (LS_EACH(const ls_yaml_entry, entry, yaml.root->entries)) {
        ls_not_checked read = {0};
        fine = read_entry(&yaml, entry->value, &read) && fine;
        LS_PUSH(arena, &list, read);
    }
    return (ls_not_checked_list){.items = list.items, .count = fine ? list.count : 0};
}

ls_not_checked_list ls_not_checked_read_file(ls_arena *arena, const char *path,
                                             ls_yaml_problems *problems) {
    size_t length;
    const char *text = ls_yaml_file(arena, path, 1, &length, problems);
    return text == NULL ? (ls_not_checked_list){0}
                        : ls_not_checked_read(arena, path, text, length, problems);
}
