#include "cli/terminal.h"
#include "cli/verbs.h"
#include "report/report.h"
#include "support/nearest.h"

static const char *nearest_rule(ls_arena *arena, ls_rule_list rules, const char *id) {
    const char **ids = LS_NEW_ARRAY(arena, const char *, rules.count + 1);
    for (size_t i = 0; i < rules.count; i++)
        ids[i] = rules.items[i]->id;
    return ls_nearest(id, ids, rules.count);
}

static void complain_of(ls_rule_list rules, const char *id) {
    ls_arena *arena = ls_arena_new();
    const char *nearest = nearest_rule(arena, rules, id);
    if (nearest == NULL)
        ls_complain("no rule is called %s; lockstep rules lists them", id);
    else
        ls_complain("no rule is called %s; did you mean %s?", id, nearest);
    ls_arena_free(arena);
}

int ls_explain(const ls_command *command) {
    const char *id = command->arguments.items[0];
    const ls_rule *rule = ls_rule_by_id(ls_builtin_rules(), id);
    if (rule == NULL) {
        complain_of(ls_builtin_rules(), id);
        return LS_EXIT_JOB_NOT_DONE;
    }
    ls_text_style style = ls_terminal_style(command);
    ls_buffer out = {0};
    if (command->format == LS_FORMAT_JSON)
        ls_report_explain_json(&out, rule);
    else
        ls_report_explain(&out, rule, &style);
    bool printed = ls_print(&out);
    ls_buffer_free(&out);
    return printed ? LS_EXIT_CLEAN : LS_EXIT_JOB_NOT_DONE;
}
