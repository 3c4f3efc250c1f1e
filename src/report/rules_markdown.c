/*
 * rules_markdown.c - `rules` as a page, with links to the rules' files: rules/README.md.
 */
#include "report/report.h"

#include <string.h>

static const char PREFACE[] =
    "# Rules\n"
    "\n"
    "<!-- Made by `lockstep rules --format markdown`, and anew by `./dev rules`: do not edit. -->\n"
    "\n"
    "`lockstep explain RULE` says why a rule exists, what to do instead, and shows examples. How "
    "to\n"
    "write a rule stands in [AUTHORING.md](AUTHORING.md).\n";

/* Text in which nothing is markup. */
static void write_text(ls_buffer *out, const char *text) {
    for (; *text != 0; text++) {
        if (strchr("\\`*_[]<>|", *text) != NULL)
            ls_buffer_string(out, "\\");
        ls_buffer_add(out, text, 1);
    }
}

static void begin_group(ls_buffer *out, const ls_rule *rule) {
    ls_buffer_string(out, "\n## ");
    write_text(out, rule->group);
    ls_buffer_string(
        out, "\n\n| Rule | Severity | Default | Fix | Finds |\n| --- | --- | --- | --- | --- |\n");
}

static void write_rule(ls_buffer *out, const ls_rule *rule) {
    ls_buffer_format(out, "| [%s](%s/%s.yaml) | %s | %s | %s | ", rule->id, rule->group, rule->id,
                     ls_severity_name(rule->severity), rule->off ? "off" : "on",
                     rule->remedy_count > 0 ? "yes" : "");
    write_text(out, rule->summary);
    ls_buffer_string(out, " |\n");
}

static void write_not_checked(ls_buffer *out, ls_not_checked_list list) {
    if (list.count == 0)
        return;
    ls_buffer_string(out, "\n## Not checked\n\n| What | Why not |\n| --- | --- |\n");
    for (size_t i = 0; i < list.count; i++) {
        ls_buffer_string(out, "| ");
        write_text(out, list.items[i].check);
        ls_buffer_string(out, " | ");
        write_text(out, list.items[i].reason);
        ls_buffer_string(out, " |\n");
    }
}

void ls_report_rules_markdown(ls_buffer *out, ls_rule_list rules, ls_not_checked_list not_checked) {
    ls_arena *arena = ls_arena_new();
    const ls_rule *const *sorted = ls_rules_by_group(arena, rules).items;
    ls_buffer_string(out, PREFACE);
    for (size_t i = 0; i < rules.count; i++) {
        if (i == 0 || strcmp(sorted[i]->group, sorted[i - 1]->group) != 0)
            begin_group(out, sorted[i]);
        write_rule(out, sorted[i]);
    }
    write_not_checked(out, not_checked);
    ls_arena_free(arena);
}
