/*
 * rules_json.c - `rules` and `explain` for programs.
 */
#include "report/json_value.h"
#include "report/pattern.h"
#include "report/report.h"

enum { FORMAT_VERSION = 1 };

static json_t *summary_json(const ls_rule *rule) {
    json_t *object = json_object();
    json_object_set_new(object, "id", ls_json_text(rule->id));
    json_object_set_new(object, "group", ls_json_text(rule->group));
    json_object_set_new(object, "severity", ls_json_text(ls_severity_name(rule->severity)));
    json_object_set_new(object, "default", json_boolean(!rule->off));
    json_object_set_new(object, "summary", ls_json_text(rule->summary));
    json_object_set_new(object, "fixable", json_boolean(rule->remedy_count > 0));
    return object;
}

static json_t *example_json(const ls_rule_example *example) {
    json_t *object = json_object();
    json_object_set_new(object, "name", ls_json_text(example->name));
    json_object_set_new(object, "bad", json_boolean(example->bad));
    if (example->history != NULL)
        json_object_set_new(object, "history", ls_json_text(example->history));
    if (example->before != NULL)
        json_object_set_new(object, "before", ls_json_text(example->before));
    if (example->stops_naming != NULL)
        json_object_set_new(object, "stops_naming", ls_json_text(example->stops_naming));
    json_object_set_new(object, "sql", ls_json_text(example->sql));
    if (example->postgres != 0)
        json_object_set_new(object, "postgres", json_integer(example->postgres));
    json_object_set_new(object, "transaction",
                        ls_json_text(example->file_transaction ? "file" : "statement"));
    json_object_set_new(object, "lock_timeout", json_boolean(!example->no_timeout));
    return object;
}

static json_t *advice_json(ls_arena *arena, const ls_rule *rule) {
    json_t *list = json_array();
    for (size_t i = 0; i < rule->advice_count; i++) {
        const char *when = ls_advice_when(arena, rule, i);
        json_t *object = json_object();
        if (when != NULL)
            json_object_set_new(object, "when", ls_json_text(when));
        json_object_set_new(object, "text",
                            ls_json_text(ls_advice_pattern(arena, &rule->advice[i])));
        json_array_append_new(list, object);
    }
    return list;
}

void ls_report_rules_json(ls_buffer *out, ls_rule_list rules) {
    json_t *list = json_array();
    for (size_t i = 0; i < rules.count; i++)
        json_array_append_new(list, summary_json(rules.items[i]));
    json_t *document = json_object();
    json_object_set_new(document, "version", ls_json_number(FORMAT_VERSION));
    json_object_set_new(document, "rules", list);
    ls_json_write(out, document);
}

void ls_report_explain_json(ls_buffer *out, const ls_rule *rule) {
    ls_arena *arena = ls_arena_new();
    json_t *examples = json_array();
    for (size_t i = 0; i < rule->example_count; i++)
        json_array_append_new(examples, example_json(&rule->examples[i]));
    json_t *document = summary_json(rule);
    json_object_set_new(document, "version", ls_json_number(FORMAT_VERSION));
    json_object_set_new(document, "why", ls_json_text(rule->why));
    json_object_set_new(document, "help", advice_json(arena, rule));
    json_object_set_new(document, "examples", examples);
    ls_json_write(out, document);
    ls_arena_free(arena);
}
