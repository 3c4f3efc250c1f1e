#include "report/sarif_rules.h"

#include "report/escape_markdown.h"
#include "report/pattern.h"
#include "report/severities.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_DESCRIPTION = 1000 }; /* code scanning takes 1,024 characters */

/* "drop-table" as "DropTable": a name in SARIF is an identifier. */
static const char *pascal_case(ls_arena *arena, const char *id) {
    char *name = ls_arena_string(arena, id), *end = name;
    bool starts_word = true;
    for (; *id != 0; id++) {
        bool is_letter = isalnum((unsigned char)*id) != 0;
        if (is_letter)
            *end++ = (char)(starts_word ? toupper((unsigned char)*id) : *id);
        starts_word = !is_letter;
    }
    *end = 0;
    return name;
}

static const char *cut(ls_arena *arena, const char *text) {
    size_t length = strlen(text);
    if (length <= LONGEST_DESCRIPTION)
        return text;
    length = LONGEST_DESCRIPTION;
    while (((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return ls_arena_format(arena, "%.*s...", (int)length, text);
}

static const char *sentence(ls_arena *arena, const char *summary) {
    char *text = ls_arena_join(arena, summary, ".", NULL);
    text[0] = (char)toupper((unsigned char)text[0]);
    return text;
}

static json_t *text_json(const char *text) {
    json_t *object = json_object();
    json_object_set_new(object, "text", ls_json_text(text));
    return object;
}

static json_t *taken_text(ls_buffer *text) {
    json_t *value = ls_json_text(text->text);
    ls_buffer_free(text);
    return value;
}

static const char *head_of(ls_arena *arena, const ls_rule *rule, size_t advice) {
    const char *when = ls_advice_when(arena, rule, advice);
    return when == NULL ? "What to do" : when;
}

static json_t *help_text(ls_arena *arena, const ls_rule *rule, const char *why) {
    ls_buffer text = {0};
    ls_buffer_format(&text, "%s\n", why);
    for (size_t i = 0; i < rule->advice_count; i++)
        ls_buffer_format(&text, "\n%s:\n%s\n", head_of(arena, rule, i),
                         ls_advice_pattern(arena, &rule->advice[i]));
    return taken_text(&text);
}

static void add_lines(ls_buffer *out, const char *text) {
    ls_arena *arena = ls_arena_new();
    for (size_t length; *text != 0; text += length + (text[length] != 0)) {
        length = strcspn(text, "\n");
        ls_escape_markdown(out, ls_arena_copy(arena, text, length));
        ls_buffer_string(out, "\n");
    }
    ls_arena_free(arena);
}

static json_t *help_markdown(ls_arena *arena, const ls_rule *rule, const char *why) {
    ls_buffer markdown = {0};
    ls_buffer_string(&markdown, "**");
    ls_escape_markdown(&markdown, rule->summary);
    ls_buffer_string(&markdown, "**\n\n");
    add_lines(&markdown, why);
    for (size_t i = 0; i < rule->advice_count; i++) {
        ls_buffer_string(&markdown, "\n");
        ls_escape_markdown(&markdown, head_of(arena, rule, i));
        ls_buffer_string(&markdown, ":\n\n");
        ls_write_script_block(&markdown, "sql", ls_advice_pattern(arena, &rule->advice[i]));
    }
    return taken_text(&markdown);
}

/* Code scanning shows the Markdown, other viewers the text. */
static json_t *help_json(ls_arena *arena, const ls_rule *rule, const char *why) {
    json_t *help = json_object();
    json_object_set_new(help, "text", help_text(arena, rule, why));
    json_object_set_new(help, "markdown", help_markdown(arena, rule, why));
    return help;
}

static json_t *properties_json(const ls_rule *rule) {
    json_t *properties = json_object(), *tags = json_array();
    json_array_append_new(tags, ls_json_text(rule->group));
    json_array_append_new(tags, ls_json_text("postgresql"));
    json_object_set_new(properties, "precision", ls_json_text("high"));
    json_object_set_new(properties, "problem.severity",
                        ls_json_text(ls_severity_names_of(rule->severity)->sarif_problem));
    json_object_set_new(properties, "tags", tags);
    return properties;
}

static json_t *rule_json(ls_arena *arena, const ls_rule *rule) {
    const char *why = rule->why == NULL ? rule->summary : rule->why;
    json_t *descriptor = json_object(), *configuration = json_object();
    json_object_set_new(configuration, "level",
                        ls_json_text(ls_severity_names_of(rule->severity)->sarif));
    json_object_set_new(descriptor, "id", ls_json_text(rule->id));
    json_object_set_new(descriptor, "name", ls_json_text(pascal_case(arena, rule->id)));
    json_object_set_new(descriptor, "shortDescription",
                        text_json(sentence(arena, cut(arena, rule->summary))));
    json_object_set_new(descriptor, "fullDescription", text_json(cut(arena, why)));
    json_object_set_new(descriptor, "help", help_json(arena, rule, why));
    json_object_set_new(descriptor, "defaultConfiguration", configuration);
    json_object_set_new(descriptor, "properties", properties_json(rule));
    return descriptor;
}

size_t ls_sarif_rule_index(ls_sarif_rules *rules, const ls_rule *rule) {
    size_t *known = ls_map_get(&rules->positions, rule->id);
    if (known != NULL)
        return *known;
    size_t *position = LS_NEW(rules->arena, size_t);
    *position = json_array_size(rules->list);
    json_array_append_new(rules->list, rule_json(rules->arena, rule));
    ls_map_set(rules->arena, &rules->positions, rule->id, position);
    return *position;
}
