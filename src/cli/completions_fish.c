/*
 * completions_fish.c - fish asks of each option whether its verb is there.
 */
#include "cli/completions.h"

#include "cli/help.h"

#include <string.h>

static const char BEGIN[] =
    "# fish completion for lockstep, as lockstep completions fish prints it\n"
    "function __lockstep_is\n"
    "    set -l words (commandline -opc) check\n"
    "    set -l verb $words[2]\n"
    "    test \"$verb\" = plan; and set verb \"plan $words[3]\"\n"
    "    contains -- \"$verb\" $__lockstep_verbs; or set verb check\n"
    "    test \"$verb\" = \"$argv\"\n"
    "end\n"
    "function __lockstep_begins\n"
    "    set -l words (commandline -opc)\n"
    "    test \"$words[2..-1]\" = \"$argv\"\n"
    "end\n";

/* In single quotes fish knows an escaped quote and an escaped backslash. */
static void write_quoted(ls_buffer *out, const char *text) {
    ls_buffer_string(out, "'");
    for (; *text != 0; text++) {
        ls_buffer_string(out, *text == '\'' || *text == '\\' ? "\\" : "");
        ls_buffer_add(out, text, 1);
    }
    ls_buffer_string(out, "'");
}

static void write_verbs(ls_buffer *out) {
    ls_buffer_string(out, "set -g __lockstep_verbs");
    for (int verb = 0; verb < LS_VERBS_END; verb++)
        ls_buffer_format(out, " '%s'", ls_verb_name((ls_verb)verb));
    ls_buffer_string(out, "\n");
    for (int verb = 0; verb < LS_VERBS_END; verb++) {
        const char *name = ls_verb_name((ls_verb)verb), *blank = strchr(name, ' ');
        ls_buffer_format(out, "complete -c lockstep -n '__lockstep_begins%s' -a %s -d ",
                         blank == NULL ? "" : " plan", blank == NULL ? name : blank + 1);
        write_quoted(out, ls_help_summary((ls_verb)verb));
        ls_buffer_string(out, "\n");
    }
    ls_buffer_string(out,
                     "complete -c lockstep -n '__lockstep_begins' -a plan -d 'rollout plans'\n");
}

static void write_option(ls_buffer *out, ls_arena *arena, ls_verb verb,
                         const ls_command_option *option) {
    const char *words = ls_option_words(arena, option);
    ls_buffer_format(out, "complete -c lockstep -n '__lockstep_is %s' -l %s", ls_verb_name(verb),
                     option->name);
    if (option->letter != 0)
        ls_buffer_format(out, " -s %c", option->letter);
    if (option->value != NULL)
        ls_buffer_string(out, words[0] == 0 ? " -r" : " -x");
    if (words[0] != 0)
        ls_buffer_format(out, " -a '%s'", words);
    ls_buffer_string(out, " -d ");
    write_quoted(out, ls_option_summary(arena, option));
    ls_buffer_string(out, "\n");
}

void ls_completions_fish(ls_buffer *out) {
    ls_arena *arena = ls_arena_new();
    ls_buffer_string(out, BEGIN);
    write_verbs(out);
    for (int verb = 0; verb < LS_VERBS_END; verb++) {
        const char *words = ls_argument_words(arena, (ls_verb)verb);
        if (words[0] != 0)
            ls_buffer_format(out, "complete -c lockstep -n '__lockstep_is %s' -f -a '%s'\n",
                             ls_verb_name((ls_verb)verb), words);
        for (const ls_command_option *option = ls_command_options; option->name != NULL; option++)
            if ((option->verbs & (1u << verb)) != 0)
                write_option(out, arena, (ls_verb)verb, option);
    }
    ls_arena_free(arena);
}
