#include "config/value_check.h"

#include <string.h>

typedef struct {
    const ls_yaml *yaml;
    ls_key_finder *key_at;
} value_check;

static void check_values(const value_check *checking, const ls_yaml_node *node,
                         const cyaml_schema_value_t *schema, const char *path);

static const cyaml_schema_field_t *field_of(const cyaml_schema_value_t *mapping, const char *name) {
    const cyaml_schema_field_t *field = mapping->mapping.fields;
    while (field->key != NULL && strcmp(field->key, name) != 0)
        field++;
    return field->key == NULL ? NULL : field;
}

/* A list's entries one by one; a value that is no list where one is expected is not looked at. */
static void check_value(const value_check *checking, const ls_yaml_node *value,
                        const cyaml_schema_value_t *schema, const ls_config_key *key,
                        const char *name) {
    if (schema->type != CYAML_SEQUENCE) {
        key->form->check(checking->yaml, value, name);
        check_values(checking, value, schema, key->key);
        return;
    }
    for (uint32_t i = 0; value->kind == LS_YAML_SEQUENCE && i < value->entries.count; i++)
        check_value(checking, value->entries.items[i].value, schema->sequence.entry, key, name);
}

/* Every key below the node; recursion goes as deep as the schema does. */
static void check_values(const value_check *checking, const ls_yaml_node *node,
                         const cyaml_schema_value_t *schema, const char *path) {
    const ls_yaml *yaml = checking->yaml;
    if (node->kind != LS_YAML_MAPPING || schema->type != CYAML_MAPPING)
        return;
    for (LS_EACH(const ls_yaml_entry, entry, node->entries)) {
        const char *name = entry->key->text;
        const cyaml_schema_field_t *field = field_of(schema, name);
        const char *whole = path[0] == 0 ? name : ls_arena_format(yaml->arena, "%s.%s", path, name);
        const ls_config_key *key = field == NULL ? NULL : checking->key_at(whole);
        if (key == NULL)
            continue;
        if (key->form == &ls_value_later)
            ls_yaml_wrong(yaml, entry->key, "%s is not supported by this version of lockstep",
                          name);
        else
            check_value(checking, entry->value, &field->value, key, name);
    }
}

void ls_check_values(const ls_yaml *yaml, const cyaml_schema_value_t *schema,
                     ls_key_finder *key_at) {
    const value_check checking = {.yaml = yaml, .key_at = key_at};
    check_values(&checking, yaml->root, schema, "");
}
