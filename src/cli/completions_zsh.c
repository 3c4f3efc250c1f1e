/*
 * completions_zsh.c - the verb is taken off the line, and _arguments does the rest.
 */
#include "cli/completions.h"

#include <string.h>

static const char BEGIN[] = "#compdef lockstep\n"
                            "# zsh completion for lockstep, as lockstep completions zsh prints it\n"
                            "_lockstep() {\n"
                            "    local verb=check\n";

/* The file is the function's body when zsh finds it by its name, and defines it when it is sourced.
 */
static const char END[] = "    esac\n"
                          "}\n"
                          "if [[ $funcstack[1] == _lockstep ]]; then\n"
                          "    _lockstep \"$@\"\n"
                          "else\n"
                          "    compdef _lockstep lockstep\n"
                          "fi\n";

static void write_verbs(ls_buffer *out, ls_arena *arena) {
    const char *verbs = ls_verb_words(arena, false), *of_plan = ls_verb_words(arena, true);
    ls_buffer_format(out,
                     "    local -a verbs=(%s) of_plan=(%s)\n"
                     "    if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
                     "        compadd -a verbs\n"
                     "        _files\n"
                     "        return\n"
                     "    elif (( CURRENT == 3 )) && [[ $words[2] == plan ]]; then\n"
                     "        compadd -a of_plan\n"
                     "        return\n"
                     "    fi\n"
                     "    if (( $verbs[(Ie)$words[2]] )); then\n"
                     "        verb=$words[2]\n"
                     "        shift words\n"
                     "        (( CURRENT-- ))\n"
                     "    fi\n"
                     "    if [[ $verb == plan ]]; then\n"
                     "        verb=\"plan $words[2]\"\n"
                     "        shift words\n"
                     "        (( CURRENT-- ))\n"
                     "    fi\n"
                     "    case $verb in\n",
                     verbs, of_plan);
}

/* In brackets, and all of it in single quotes. */
static void write_summary(ls_buffer *out, const char *text) {
    ls_buffer_string(out, "[");
    for (; *text != 0; text++)
        if (*text == '\'') {
            ls_buffer_string(out, "'\\''");
        } else {
            ls_buffer_string(out, strchr("[]:\\", *text) != NULL ? "\\" : "");
            ls_buffer_add(out, text, 1);
        }
    ls_buffer_string(out, "]");
}

static void write_value(ls_buffer *out, ls_arena *arena, const ls_command_option *option) {
    const char *words = ls_option_words(arena, option);
    if (option->kind == LS_OPTION_LIST)
        ls_buffer_format(out, ":rule:_values -s , rule %s", words);
    else if (words[0] != 0)
        ls_buffer_format(out, ":%s:(%s)", option->name, words);
    else
        ls_buffer_format(out, ":%s:_files", option->name);
}

static void write_option(ls_buffer *out, ls_arena *arena, const ls_command_option *option) {
    const char *summary = ls_option_summary(arena, option);
    const bool again = option->kind == LS_OPTION_LIST || option->kind == LS_OPTION_OUTPUT;
    ls_buffer_format(out, " \\\n            '%s--%s%s", again ? "*" : "", option->name,
                     option->value == NULL ? "" : "=");
    write_summary(out, summary);
    if (option->value != NULL)
        write_value(out, arena, option);
    ls_buffer_string(out, "'");
    if (option->letter == 0)
        return;
    ls_buffer_format(out, " \\\n            '-%c", option->letter);
    write_summary(out, summary);
    ls_buffer_string(out, "'");
}

static void write_verb(ls_buffer *out, ls_arena *arena, ls_verb verb) {
    const char *words = ls_argument_words(arena, verb);
    ls_buffer_format(out, "    ('%s')\n        _arguments -S", ls_verb_name(verb));
    for (const ls_command_option *option = ls_command_options; option->name != NULL; option++)
        if ((option->verbs & (1u << verb)) != 0)
            write_option(out, arena, option);
    if (words[0] != 0)
        ls_buffer_format(out, " \\\n            ':argument:(%s)'\n        ;;\n", words);
    else
        ls_buffer_string(out, " \\\n            '*:path:_files'\n        ;;\n");
}

void ls_completions_zsh(ls_buffer *out) {
    ls_arena *arena = ls_arena_new();
    ls_buffer_string(out, BEGIN);
    write_verbs(out, arena);
    for (int verb = 0; verb < LS_VERBS_END; verb++)
        write_verb(out, arena, (ls_verb)verb);
    ls_buffer_string(out, END);
    ls_arena_free(arena);
}
