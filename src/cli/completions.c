#include "cli/completions.h"

#include "cli/help.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "sql/target.h"

#include <string.h>

static const char PLAN[] = "plan ";

/* --- Words ----------------------------------------------------------------------------------- */

static const char *add_word(ls_arena *arena, const char *words, const char *word) {
    return words[0] == 0 ? word : ls_arena_join(arena, words, " ", word, NULL);
}

static const char *format_words(ls_arena *arena) {
    const char *words = "";
    for (size_t i = 0; ls_format_at(i) != NULL; i++)
        words = add_word(arena, words, ls_format_at(i)->name);
    return words;
}

static const char *version_words(ls_arena *arena) {
    const char *words = "";
    for (int version = LS_OLDEST_POSTGRES; version <= LS_NEWEST_POSTGRES; version++)
        words = add_word(arena, words, ls_arena_format(arena, "%d", version));
    return words;
}

static const char *rule_words(ls_arena *arena) {
    const ls_rule_list rules = ls_builtin_rules();
    ls_buffer words = {0};
    for (size_t i = 0; i < rules.count; i++)
        ls_buffer_format(&words, "%s%s", i == 0 ? "" : " ", rules.items[i]->id);
    const char *copy = ls_arena_copy(arena, words.text, words.length);
    ls_buffer_free(&words);
    return copy;
}

const char *ls_option_words(ls_arena *arena, const ls_command_option *option) {
    switch (option->kind) {
    case LS_OPTION_CHOICE:
        return option->choices;
    case LS_OPTION_OUTPUT:
        return format_words(arena);
    case LS_OPTION_LIST:
        return rule_words(arena);
    case LS_OPTION_POSTGRES:
        return version_words(arena);
    default:
        return "";
    }
}

const char *ls_argument_words(ls_arena *arena, ls_verb verb) {
    switch (verb) {
    case LS_VERB_EXPLAIN:
        return rule_words(arena);
    case LS_VERB_COMPLETIONS:
        return LS_SHELLS;
    default:
        return "";
    }
}

const char *ls_verb_words(ls_arena *arena, bool of_plan) {
    const char *words = of_plan ? "" : "plan";
    for (int verb = 0; verb < LS_VERBS_END; verb++) {
        const char *name = ls_verb_name((ls_verb)verb);
        const bool is_of_plan = strncmp(name, PLAN, strlen(PLAN)) == 0;
        if (is_of_plan == of_plan)
            words = add_word(arena, words, of_plan ? name + strlen(PLAN) : name);
    }
    return words;
}

const char *ls_option_summary(ls_arena *arena, const ls_command_option *option) {
    if (option->kind == LS_OPTION_CHOICE)
        return ls_arena_join(arena, "one of: ", option->choices, NULL);
    size_t length = strcspn(option->help, ";(,");
    const char *stop = strstr(option->help, ". ");
    if (stop != NULL && (size_t)(stop - option->help) < length)
        length = (size_t)(stop - option->help);
    while (length > 0 && option->help[length - 1] == ' ')
        length--;
    return ls_arena_copy(arena, option->help, length);
}

/* --- The verb -------------------------------------------------------------------------------- */

int ls_complete(const ls_command *command) {
    static const struct {
        const char *shell;
        void (*write)(ls_buffer *out);
    } shells[] = {
        {"bash", ls_completions_bash}, {"zsh", ls_completions_zsh}, {"fish", ls_completions_fish}};
    ls_buffer out = {0};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(command->arguments.items[0], shells[i].shell) == 0)
            shells[i].write(&out);
    const bool known = out.length > 0;
    if (!known)
        ls_complain("no completions for %s; there are some for: %s", command->arguments.items[0],
                    LS_SHELLS);
    const bool printed = known && ls_print(&out);
    ls_buffer_free(&out);
    return printed ? LOCKSTEP_CLEAN : LOCKSTEP_JOB_NOT_DONE;
}
