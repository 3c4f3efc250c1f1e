/*
 * schema.c - libcyaml's schema walked, with the table of keys beside it.
 *
 * Draft 7, which every editor's YAML support understands. What the loader refuses beyond it (names
 * of rules, keys given twice, anchors) is its own business: the schema is for help while writing.
 */
#include "config/schema.h"

#include "config/form.h"

#include <jansson.h>

typedef struct {
    ls_arena *arena;
    ls_key_finder *key_at;
} description;

static json_t *describe(const description *of, const cyaml_schema_value_t *value, const char *path);

static json_t *typed(const char *type) {
    return json_pack("{s: s}", "type", type);
}

static json_t *describe_mapping(const description *of, const cyaml_schema_value_t *value,
                                const char *path) {
    json_t *properties = json_object(), *required = json_array(), *schema = typed("object");
    for (const cyaml_schema_field_t *field = value->mapping.fields; field->key != NULL; field++) {
        const char *whole =
            path[0] == 0 ? field->key : ls_arena_format(of->arena, "%s.%s", path, field->key);
        json_object_set_new(properties, field->key, describe(of, &field->value, whole));
        if (!(field->value.flags & CYAML_FLAG_OPTIONAL))
            json_array_append_new(required, json_string(field->key));
    }
    json_object_set_new(schema, "properties", properties);
    json_object_set_new(schema, "additionalProperties", json_false());
    if (json_array_size(required) > 0)
        json_object_set(schema, "required", required);
    json_decref(required);
    return schema;
}

static json_t *describe_enum(const cyaml_schema_value_t *value) {
    json_t *words = json_array();
    for (uint32_t i = 0; i < value->enumeration.count; i++)
        json_array_append_new(words, json_string(value->enumeration.strings[i].str));
    return json_pack("{s: o}", "enum", words);
}

static json_t *describe_type(const description *of, const cyaml_schema_value_t *value,
                             const char *path) {
    switch (value->type) {
    case CYAML_MAPPING:
        return describe_mapping(of, value, path);
    case CYAML_ENUM:
        return describe_enum(value);
    case CYAML_STRING:
        return json_pack("{s: s, s: i, s: i}", "type", "string", "minLength",
                         (int)value->string.min, "maxLength", (int)value->string.max);
    case CYAML_INT:
        return typed("integer");
    default:
        return json_object();
    }
}

/* A form is about the entries of a list; what the key is for, about the whole. */
static json_t *describe(const description *of, const cyaml_schema_value_t *value,
                        const char *path) {
    const ls_config_key *key = of->key_at(path);
    bool is_list = value->type == CYAML_SEQUENCE;
    json_t *inner = describe_type(of, is_list ? value->sequence.entry : value, path);
    if (key != NULL)
        key->form->describe(inner);
    json_t *schema = inner;
    if (is_list)
        schema = json_pack("{s: s, s: i, s: i, s: o}", "type", "array", "minItems",
                           (int)value->sequence.min, "maxItems", (int)value->sequence.max, "items",
                           inner);
    if (key != NULL)
        json_object_set_new(schema, "description", json_string(key->about));
    return schema;
}

static int add_to_buffer(const char *text, size_t length, void *buffer) {
    ls_buffer_add(buffer, text, length);
    return 0;
}

void ls_write_schema(ls_buffer *out, const char *title, const cyaml_schema_value_t *value,
                     ls_key_finder *key_at) {
    const description of = {.arena = ls_arena_new(), .key_at = key_at};
    json_t *schema = json_pack("{s: s, s: s}", "$schema", "http://json-schema.org/draft-07/schema#",
                               "title", title);
    json_t *root = describe(&of, value, "");
    json_object_update(schema, root);
    json_dump_callback(schema, add_to_buffer, out, JSON_INDENT(2));
    ls_buffer_string(out, "\n");
    json_decref(root);
    json_decref(schema);
    ls_arena_free(of.arena);
}

void ls_config_write_schema(ls_buffer *out) {
    ls_write_schema(out, "lockstep.yaml", &ls_config_schema, ls_config_key_at);
}
