#include "effects/body_variables.h"

#include "sql/lexer.h"

#include <string.h>
#include <strings.h>

const char LS_LOOP_COUNTER[] = "integer";

static bool is_one_of(const char *type, const char *const *types, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(type, types[i]) == 0)
            return true;
    return false;
}

static bool keeps_text(const ls_body_variable *variable) {
    static const char *const types[] = {"text", "varchar", "character varying", LS_LOOP_COUNTER};
    return is_one_of(variable->type, types, sizeof types / sizeof *types);
}

static bool keeps_texts(const ls_body_variable *variable) {
    static const char *const types[] = {"text[]", "varchar[]", "character varying[]"};
    return is_one_of(variable->type, types, sizeof types / sizeof *types);
}

static ls_body_variable *find(const ls_body_variables *variables, const char *name) {
    for (uint32_t i = variables->items.count; i > 0; i--)
        if (strcasecmp(variables->items.items[i - 1].name, name) == 0)
            return &variables->items.items[i - 1];
    return NULL;
}

void ls_body_variables_declare(ls_arena *arena, ls_body_variables *variables, const char *name,
                               const char *type) {
    const ls_body_variable declared = {
        .name = name, .type = type, .is_declared_again = find(variables, name) != NULL};
    for (LS_EACH(ls_body_variable, variable, variables->items))
        variable->is_declared_again |= strcasecmp(variable->name, name) == 0;
    LS_PUSH(arena, &variables->items, declared);
}

void ls_body_variables_set(ls_arena *arena, ls_body_variables *variables, const char *name,
                           const char *field, const char *value) {
    ls_body_variable *variable = find(variables, name);
    if (variable == NULL)
        return;
    const bool is_record = strcasecmp(variable->type, "record") == 0;
    variable->values = (ls_texts){0};
    variable->field = is_record ? field : NULL;
    if (value != NULL && (is_record ? field != NULL : keeps_text(variable)))
        LS_PUSH(arena, &variable->values, value);
}

void ls_body_variables_set_array(ls_body_variables *variables, const char *name, ls_texts values) {
    ls_body_variable *variable = find(variables, name);
    if (variable != NULL)
        variable->values = keeps_texts(variable) ? values : (ls_texts){0};
}

static void forget_word(ls_body_variables *variables, const char *word, size_t length) {
    for (LS_EACH(ls_body_variable, variable, variables->items))
        if (strlen(variable->name) == length && strncasecmp(variable->name, word, length) == 0)
            variable->values = (ls_texts){0};
}

void ls_body_variables_forget(ls_body_variables *variables, const char *text) {
    while (*text != '\0') {
        size_t length = 0;
        while (ls_is_word_byte(text[length]))
            length++;
        forget_word(variables, text, length);
        text += length > 0 ? length : 1;
    }
}

const char *ls_body_variables_text(const ls_body_variables *variables, const char *name,
                                   const char *field) {
    const ls_body_variable *variable = find(variables, name);
    if (variable == NULL || variable->is_declared_again || variable->values.count != 1 ||
        keeps_texts(variable))
        return NULL;
    if (field == NULL || variable->field == NULL)
        return field == variable->field ? variable->values.items[0] : NULL;
    return strcasecmp(variable->field, field) == 0 ? variable->values.items[0] : NULL;
}

ls_texts ls_body_variables_array(const ls_body_variables *variables, const char *name) {
    const ls_body_variable *variable = find(variables, name);
    return variable == NULL || variable->is_declared_again || !keeps_texts(variable)
               ? (ls_texts){0}
               : variable->values;
}
