/*
 * rules_text.c - `rules`: the list, by group; `explain`: one rule with its reasons and examples.
 */
#include "report/escape.h"
#include "report/pattern.h"
#include "report/style.h"

#include <string.h>

enum { EXAMPLE_INDENT = 4 };

static size_t longest_id(ls_rule_list rules) {
    size_t longest = 0;
    for (size_t i = 0; i < rules.count; i++) {
        size_t length = strlen(rules.items[i]->id);
        longest = length > longest ? length : longest;
    }
    return longest;
}

/* Behind the summary of a rule that can propose an edit. */
static const char FIXABLE[] = "[fix]";

static void write_summary(ls_buffer *out, const ls_rule *rule, size_t column,
                          const ls_text_style *style) {
    ls_arena *arena = ls_arena_new();
    ls_wrap(out, style, column,
            rule->remedy_count == 0 ? rule->summary
                                    : ls_arena_join(arena, rule->summary, " ", FIXABLE, NULL));
    ls_arena_free(arena);
}

static void write_rule(ls_buffer *out, const ls_rule *rule, size_t id_width,
                       const ls_text_style *style) {
    enum { SEVERITY_WIDTH = sizeof "warning" - 1 };
    ls_buffer_format(out, "  %-*s  ", (int)id_width, rule->id);
    ls_paint_begin(out, style, ls_severity_paint(rule->severity));
    ls_buffer_format(out, "%-*s", SEVERITY_WIDTH,
                     rule->off ? "off" : ls_severity_name(rule->severity));
    ls_paint_end(out, style);
    ls_buffer_string(out, "  ");
    write_summary(out, rule, id_width + SEVERITY_WIDTH + 6, style);
}

static uint32_t count_fixable(ls_rule_list rules) {
    uint32_t count = 0;
    for (size_t i = 0; i < rules.count; i++)
        count += rules.items[i]->remedy_count > 0;
    return count;
}

void ls_report_rules(ls_buffer *out, ls_rule_list rules, const ls_text_style *style) {
    ls_arena *arena = ls_arena_new();
    const ls_rule *const *sorted = ls_rules_by_group(arena, rules).items;
    size_t id_width = longest_id(rules);
    for (size_t i = 0; i < rules.count; i++) {
        if (i == 0 || strcmp(sorted[i]->group, sorted[i - 1]->group) != 0) {
            ls_buffer_string(out, i == 0 ? "" : "\n");
            ls_paint_string(out, style, LS_PAINT_STRONG, sorted[i]->group);
            ls_buffer_string(out, "\n");
        }
        write_rule(out, sorted[i], id_width, style);
    }
    ls_buffer_string(out, rules.count > 0 ? "\n" : "");
    ls_count(out, rules.count, "rule");
    if (count_fixable(rules) > 0)
        ls_buffer_format(out, ", %u with an edit %s", count_fixable(rules), FIXABLE);
    ls_buffer_string(out, "; lockstep explain RULE says more about one\n");
    ls_arena_free(arena);
}

/* --- explain -------------------------------------------------------------------------------- */

static void write_section(ls_buffer *out, const ls_text_style *style, const char *title,
                          const char *text) {
    if (text == NULL || text[0] == 0)
        return;
    ls_buffer_string(out, "\n");
    ls_paint_string(out, style, LS_PAINT_STRONG, title);
    ls_buffer_string(out, "\n  ");
    ls_wrap(out, style, 2, text);
}

static void write_sql(ls_buffer *out, const ls_text_style *style, const char *sql) {
    ls_buffer_fill(out, ' ', EXAMPLE_INDENT);
    ls_write_script(out, style, EXAMPLE_INDENT, sql);
}

static void write_advice(ls_buffer *out, const ls_text_style *style, const ls_rule *rule) {
    if (rule->advice_count == 0)
        return;
    ls_arena *arena = ls_arena_new();
    ls_buffer_string(out, "\n");
    ls_paint_string(out, style, LS_PAINT_STRONG, "What to do");
    ls_buffer_string(out, "\n");
    for (size_t i = 0; i < rule->advice_count; i++) {
        const char *when = ls_advice_when(arena, rule, i);
        if (when != NULL) {
            ls_buffer_string(out, "  ");
            ls_wrap(out, style, 2, ls_arena_format(arena, "%s:", when));
        }
        write_sql(out, style, ls_advice_pattern(arena, &rule->advice[i]));
    }
    ls_arena_free(arena);
}

/* One of them for a finding, if the file is better with it. */
static void write_fixes(ls_buffer *out, const ls_text_style *style, const ls_rule *rule) {
    if (rule->remedy_count == 0)
        return;
    ls_arena *arena = ls_arena_new();
    ls_buffer_string(out, "\n");
    ls_paint_string(out, style, LS_PAINT_STRONG, "Edits that lockstep proposes");
    ls_buffer_string(out, "\n");
    for (size_t i = 0; i < rule->remedy_count; i++) {
        ls_buffer_string(out, "  ");
        ls_wrap(out, style, 2, ls_remedy_pattern(arena, &rule->remedies[i]));
    }
    ls_arena_free(arena);
}

/* A part of an example under the name that says what it is. */
static void write_part(ls_buffer *out, const ls_text_style *style, const char *name,
                       const char *text) {
    ls_buffer_fill(out, ' ', EXAMPLE_INDENT);
    ls_buffer_string(out, "-- ");
    ls_escape_string(out, name);
    ls_buffer_string(out, "\n");
    write_sql(out, style, text);
}

/* The migration or the plan, and the files that it names. */
static void write_judged(ls_buffer *out, const ls_text_style *style,
                         const ls_rule_example *example) {
    if (example->is_plan)
        write_part(out, style, "the plan", example->sql);
    else if (example->before != NULL)
        write_part(out, style, "as it is now", example->sql);
    else if (example->history != NULL)
        write_part(out, style, "this migration", example->sql);
    else
        write_sql(out, style, example->sql);
    for (size_t i = 0; i < example->file_count; i++)
        write_part(out, style, example->files[i].path, example->files[i].text);
}

static void write_example(ls_buffer *out, const ls_text_style *style,
                          const ls_rule_example *example) {
    ls_buffer_string(out, "\n");
    ls_paint_string(out, style, example->bad ? LS_PAINT_ERROR : LS_PAINT_STRONG,
                    example->bad ? "Bad" : "Good");
    ls_buffer_string(out, ": ");
    ls_escape_string(out, example->name);
    if (example->postgres != 0)
        ls_buffer_format(out, " (PostgreSQL %d)", example->postgres);
    if (example->file_transaction)
        ls_buffer_string(out, " (the runner wraps the file in a transaction)");
    if (example->no_timeout)
        ls_buffer_string(out, " (the runner sets no lock_timeout)");
    if (example->stops_naming != NULL) {
        ls_buffer_string(out, " (the code of the release stops naming ");
        ls_escape_string(out, example->stops_naming);
        ls_buffer_string(out, ")");
    }
    ls_buffer_string(out, "\n");
    if (example->history != NULL)
        write_part(out, style, "earlier migrations", example->history);
    if (example->before != NULL)
        write_part(out, style, "as it was when it ran", example->before);
    write_judged(out, style, example);
}

/* What is wrong with a suppression cannot be suppressed. */
static void write_how_to_accept(ls_buffer *out, const ls_text_style *style, const ls_rule *rule) {
    if (rule->effects[0] == LS_EFFECT_SUPPRESSION)
        return;
    ls_buffer_string(out, "\n");
    ls_paint_string(out, style, LS_PAINT_STRONG, "To accept it");
    ls_buffer_string(out, "\n");
    ls_buffer_fill(out, ' ', EXAMPLE_INDENT);
    if (rule->example_count > 0 && rule->examples[0].is_plan)
        ls_buffer_format(out, "allow: [{rule: %s, because: REASON}]  # in the stage of the plan\n",
                         rule->id);
    else
        ls_buffer_format(out, "-- lockstep:ignore %s because REASON\n", rule->id);
}

void ls_report_explain(ls_buffer *out, const ls_rule *rule, const ls_text_style *style) {
    ls_paint_string(out, style, LS_PAINT_STRONG, rule->id);
    ls_buffer_string(out, " (");
    ls_paint_string(out, style, ls_severity_paint(rule->severity),
                    ls_severity_name(rule->severity));
    ls_buffer_format(out, ", group %s%s)\n", rule->group, rule->off ? ", off by default" : "");
    ls_wrap(out, style, 0, rule->summary);
    write_section(out, style, "Why", rule->why);
    write_advice(out, style, rule);
    write_fixes(out, style, rule);
    write_how_to_accept(out, style, rule);
    for (size_t i = 0; i < rule->example_count; i++)
        write_example(out, style, &rule->examples[i]);
}
