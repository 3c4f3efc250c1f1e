/*
 * yaml_schema.c - a tree checked against libcyaml's schema, and the structure that libcyaml fills.
 *
 * The check knows the types that lockstep's schemas use: mapping, sequence, text, enum, integer
 * and ignored. Recursion goes as deep as a schema does.
 */
#include "support/yaml.h"

#include "support/nearest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const cyaml_strval_t ls_yaml_booleans[LS_YAML_BOOLEANS] = {{"false", 0}, {"true", 1}};

static const char *const kinds[] = {
    [LS_YAML_SCALAR] = "a single value",
    [LS_YAML_SEQUENCE] = "a list",
    [LS_YAML_MAPPING] = "a mapping",
};

static bool check(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                  const cyaml_schema_value_t *schema);

static bool is_kind(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                    ls_yaml_kind kind) {
    if (node->kind == kind)
        return true;
    ls_yaml_wrong(yaml, node, "%s is %s; expected %s", what, kinds[node->kind], kinds[kind]);
    return false;
}

/* --- Mappings -------------------------------------------------------------------------------- */

static const cyaml_schema_field_t *field_of(const cyaml_schema_field_t *fields, const char *key) {
    while (fields->key != NULL && strcmp(fields->key, key) != 0)
        fields++;
    return fields->key == NULL ? NULL : fields;
}

typedef LS_VECTOR(const char *) key_names;

static key_names names_of(ls_arena *arena, const cyaml_schema_field_t *fields) {
    key_names names = {0};
    for (; fields->key != NULL; fields++)
        LS_PUSH(arena, &names, fields->key);
    return names;
}

/* The key of a mapping one level down, where the one that nobody knows may belong: "runner.x". Of
 * so many keys one is near to almost any word: only what begins alike was meant. */
static const char *meant_below(const ls_yaml *yaml, const char *misspelt,
                               const cyaml_schema_field_t *fields) {
    for (; fields->key != NULL; fields++) {
        if (fields->value.type != CYAML_MAPPING)
            continue;
        const key_names names = names_of(yaml->arena, fields->value.mapping.fields);
        const char *nearest = ls_nearest(misspelt, names.items, names.count);
        if (nearest != NULL && nearest[0] == misspelt[0])
            return ls_arena_format(yaml->arena, "; did you mean %s.%s?", fields->key, nearest);
    }
    return "";
}

static void refuse_key(const ls_yaml *yaml, const ls_yaml_node *key,
                       const cyaml_schema_field_t *fields) {
    const key_names names = names_of(yaml->arena, fields);
    const char *meant = ls_yaml_meant(yaml, key->text, names.items, names.count);
    if (meant[0] == 0)
        meant = meant_below(yaml, key->text, fields);
    if (meant[0] == 0)
        meant = ls_arena_format(yaml->arena, "; expected %s",
                                ls_yaml_alternatives(yaml->arena, names.items, names.count));
    ls_yaml_wrong(yaml, key, "unknown key \"%s\"%s", ls_yaml_quoted(yaml, key->text), meant);
}

static bool check_mapping(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                          const cyaml_schema_value_t *schema) {
    if (!is_kind(yaml, node, what, LS_YAML_MAPPING))
        return false;
    bool fine = true;
    for (LS_EACH(const ls_yaml_entry, entry, node->entries)) {
        const cyaml_schema_field_t *field = field_of(schema->mapping.fields, entry->key->text);
        if (field == NULL)
            refuse_key(yaml, entry->key, schema->mapping.fields);
        fine = field != NULL && check(yaml, entry->value, field->key, &field->value) && fine;
    }
    for (const cyaml_schema_field_t *field = schema->mapping.fields; field->key != NULL; field++)
        if (!(field->value.flags & CYAML_FLAG_OPTIONAL) && ls_yaml_get(node, field->key) == NULL) {
            ls_yaml_wrong(yaml, node, "%s has no \"%s\"", what, field->key);
            fine = false;
        }
    return fine;
}

/* --- Sequences and scalars ------------------------------------------------------------------- */

static bool check_sequence(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                           const cyaml_schema_value_t *schema) {
    if (!is_kind(yaml, node, what, LS_YAML_SEQUENCE))
        return false;
    bool fine = true;
    if (node->entries.count < schema->sequence.min || node->entries.count > schema->sequence.max) {
        ls_yaml_wrong(yaml, node, "%s has %u entries; expected %u to %u", what, node->entries.count,
                      schema->sequence.min, schema->sequence.max);
        fine = false;
    }
    const char *entry_of = ls_arena_format(yaml->arena, "an entry of %s", what);
    for (LS_EACH(const ls_yaml_entry, entry, node->entries))
        fine = check(yaml, entry->value, entry_of, schema->sequence.entry) && fine;
    return fine;
}

static bool check_enum(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                       const cyaml_schema_value_t *schema) {
    LS_VECTOR(const char *) names = {0};
    for (uint32_t i = 0; i < schema->enumeration.count; i++) {
        if (strcmp(node->text, schema->enumeration.strings[i].str) == 0)
            return true;
        LS_PUSH(yaml->arena, &names, schema->enumeration.strings[i].str);
    }
    ls_yaml_wrong(yaml, node, "%s is \"%s\"; expected %s%s", what, ls_yaml_quoted(yaml, node->text),
                  ls_yaml_alternatives(yaml->arena, names.items, names.count),
                  ls_yaml_meant(yaml, node->text, names.items, names.count));
    return false;
}

static bool check_text(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                       const cyaml_schema_value_t *schema) {
    size_t length = strlen(node->text);
    if (length < schema->string.min)
        ls_yaml_wrong(yaml, node, "%s is empty", what);
    else if (length > schema->string.max)
        ls_yaml_wrong(yaml, node, "%s has %zu bytes; expected %u at most", what, length,
                      schema->string.max);
    else
        return true;
    return false;
}

static bool check_integer(const ls_yaml *yaml, const ls_yaml_node *node, const char *what) {
    int64_t number = 0;
    if (ls_yaml_integer(node, &number))
        return true;
    ls_yaml_wrong(yaml, node, "%s is \"%s\"; expected a whole number", what,
                  ls_yaml_quoted(yaml, node->text));
    return false;
}

static bool check_scalar(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                         const cyaml_schema_value_t *schema) {
    if (!is_kind(yaml, node, what, LS_YAML_SCALAR))
        return false;
    switch (schema->type) {
    case CYAML_ENUM:
        return check_enum(yaml, node, what, schema);
    case CYAML_STRING:
        return check_text(yaml, node, what, schema);
    default:
        return check_integer(yaml, node, what);
    }
}

static bool check(const ls_yaml *yaml, const ls_yaml_node *node, const char *what,
                  const cyaml_schema_value_t *schema) {
    switch (schema->type) {
    case CYAML_IGNORE:
        return true;
    case CYAML_MAPPING:
        return check_mapping(yaml, node, what, schema);
    case CYAML_SEQUENCE:
        return check_sequence(yaml, node, what, schema);
    default:
        return check_scalar(yaml, node, what, schema);
    }
}

/* --- libcyaml -------------------------------------------------------------------------------- */

/* What libcyaml says of a mistake that the check above let pass: a number out of range. */
typedef struct {
    char message[200];
    unsigned line, column;
} complaint;

/* The number behind a mark in the text. */
static bool take_number(const char *text, const char *mark, unsigned *number) {
    const char *found = strstr(text, mark);
    if (found != NULL)
        *number = (unsigned)strtoul(found + strlen(mark), NULL, 10);
    return found != NULL;
}

static void on_log(cyaml_log_t level, void *context, const char *format, va_list arguments) {
    complaint *first = context;
    char text[200];
    vsnprintf(text, sizeof text, format, arguments);
    text[strcspn(text, "\n")] = 0;
    static const char prefix[] = "Load: ";
    if (strncmp(text, prefix, strlen(prefix)) == 0)
        memmove(text, text + strlen(prefix), sizeof text - strlen(prefix));
    if (first->line == 0 && take_number(text, "(line: ", &first->line))
        take_number(text, ", column: ", &first->column);
    else if (level >= CYAML_LOG_ERROR && first->message[0] == 0)
        memcpy(first->message, text, sizeof text);
}

/* libcyaml's allocations, in the arena: each block remembers its size, to be able to grow. What is
 * loaded holds pointers and numbers, which the arena's alignment serves. */
typedef struct {
    size_t size;
} block_head;

static void *reallocate(void *context, void *memory, size_t size) {
    if (size == 0)
        return NULL;
    block_head *head = ls_arena_alloc(context, sizeof *head + size);
    head->size = size;
    if (memory != NULL) {
        size_t old_size = ((const block_head *)memory - 1)->size;
        memcpy(head + 1, memory, old_size < size ? old_size : size);
    }
    return head + 1;
}

bool ls_yaml_check(const ls_yaml *yaml, const cyaml_schema_value_t *schema) {
    return check(yaml, yaml->root, "the file", schema);
}

void *ls_yaml_load(const ls_yaml *yaml, const cyaml_schema_value_t *schema) {
    if (!ls_yaml_check(yaml, schema))
        return NULL;
    complaint first = {0};
    const cyaml_config_t config = {
        .log_fn = on_log,
        .log_ctx = &first,
        .log_level = CYAML_LOG_WARNING,
        .mem_fn = reallocate,
        .mem_ctx = yaml->arena,
        .flags = CYAML_CFG_NO_ALIAS,
    };
    void *loaded = NULL;
    cyaml_err_t status =
        cyaml_load_data((const uint8_t *)yaml->text, yaml->length, &config, schema, &loaded, NULL);
    if (status == CYAML_OK && loaded != NULL)
        return loaded;
    ls_yaml_wrong_at(yaml, first.line == 0 ? 1 : first.line, first.column == 0 ? 1 : first.column,
                     "%s", first.message[0] == 0 ? cyaml_strerror(status) : first.message);
    return NULL;
}
