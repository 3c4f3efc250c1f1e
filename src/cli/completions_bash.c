/*
 * completions_bash.c - readline breaks words at =, so that --option=value is three of them. Where
 * the script has nothing to say, readline completes the names of files.
 */
#include "cli/completions.h"

static const char BEGIN[] =
    "# bash completion for lockstep, as lockstep completions bash prints it\n"
    "_lockstep() {\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local verb=check words='' kept=''\n"
    "    if [[ $current == '=' ]]; then\n"
    "        current=''\n"
    "    elif [[ $option == '=' ]]; then\n"
    "        option=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    COMPREPLY=()\n";

static const char END[] =
    "    if [[ $current == *,* && $current != -* ]]; then\n"
    "        kept=${current%,*},\n"
    "    fi\n"
    "    COMPREPLY=($(compgen -P \"$kept\" -W \"$words\" -- \"${current##*,}\"))\n"
    "}\n"
    "complete -o default -F _lockstep lockstep\n";

static void write_verbs(ls_buffer *out, ls_arena *arena) {
    ls_buffer_format(out,
                     "    case \" %s \" in\n"
                     "    *\" ${COMP_WORDS[1]} \"*) verb=${COMP_WORDS[1]} ;;\n"
                     "    esac\n"
                     "    if [[ $verb == plan ]]; then\n"
                     "        verb=\"plan ${COMP_WORDS[2]}\"\n"
                     "    fi\n",
                     ls_verb_words(arena, false));
}

/* Values of options, where they can be listed. */
static void write_values(ls_buffer *out, ls_arena *arena, ls_verb verb) {
    for (const ls_command_option *option = ls_command_options; option->name != NULL; option++) {
        if ((option->verbs & (1u << verb)) == 0 || option->value == NULL)
            continue;
        const char *words = ls_option_words(arena, option);
        ls_buffer_format(out, "    '%s --%s')", ls_verb_name(verb), option->name);
        ls_buffer_format(out, words[0] == 0 ? " return ;;\n" : " words='%s' ;;\n", words);
    }
}

static void write_options(ls_buffer *out, ls_arena *arena, ls_verb verb) {
    ls_buffer_format(out,
                     "    '%s '*)\n        words='%s'\n        [[ $current != -* ]] || words='",
                     ls_verb_name(verb), ls_argument_words(arena, verb));
    const char *separator = "";
    for (const ls_command_option *option = ls_command_options; option->name != NULL; option++) {
        if ((option->verbs & (1u << verb)) == 0)
            continue;
        ls_buffer_format(out, "%s--%s", separator, option->name);
        separator = " ";
    }
    ls_buffer_string(out, "' ;;\n");
}

void ls_completions_bash(ls_buffer *out) {
    ls_arena *arena = ls_arena_new();
    ls_buffer_string(out, BEGIN);
    write_verbs(out, arena);
    ls_buffer_string(out, "    case \"$verb $option\" in\n");
    for (int verb = 0; verb < LS_VERBS_END; verb++) {
        write_values(out, arena, (ls_verb)verb);
        write_options(out, arena, (ls_verb)verb);
    }
    ls_buffer_format(out, "    'plan '*) words='%s' ;;\n    esac\n", ls_verb_words(arena, true));
    ls_buffer_format(out,
                     "    if ((COMP_CWORD == 1)) && [[ $current != -* ]]; then\n"
                     "        words='%s'\n"
                     "    elif ((COMP_CWORD == 2)) && [[ $option == plan ]]; then\n"
                     "        words='%s'\n"
                     "    fi\n",
                     ls_verb_words(arena, false), ls_verb_words(arena, true));
    ls_buffer_string(out, END);
    ls_arena_free(arena);
}
