/*
 * lockstep.c - reads the command line and hands it to its verb.
 */
#include "lockstep/lockstep.h"

#include "cli/help.h"
#include "cli/outputs.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

/* A bare `lockstep --help` is about the program, `lockstep check --help` about the verb. */
static int print_help(const ls_command *command, bool overview) {
    ls_text_style style = ls_terminal_style(command);
    ls_buffer out = {0};
    if (command->version)
        ls_help_version(&out);
    else if (overview)
        ls_help_overview(&out, &style);
    else
        ls_help(&out, command->verb, &style);
    bool printed = ls_print(&out);
    ls_buffer_free(&out);
    return printed ? LOCKSTEP_CLEAN : LOCKSTEP_JOB_NOT_DONE;
}

static int run(ls_arena *arena, const ls_command *command) {
    switch (command->verb) {
    case LS_VERB_CHECK:
        return ls_check(command);
    case LS_VERB_LOCKS:
        return ls_locks(command);
    case LS_VERB_EXPLAIN:
        return ls_explain(arena, command);
    case LS_VERB_RULES:
        return ls_rules(arena, command);
    case LS_VERB_BASELINE:
        return ls_accept(command);
    case LS_VERB_INIT:
        return ls_init(arena, command);
    case LS_VERB_COMPLETIONS:
        return ls_complete(command);
    case LS_VERB_PLAN_VERIFY:
    case LS_VERB_PLAN_SHOW:
        return ls_run_plans(arena, command);
    case LS_VERB_PLAN_INIT:
        return ls_draft_plan(command);
    case LS_VERBS_END:
        break;
    }
    return LOCKSTEP_JOB_NOT_DONE;
}

int lockstep_run(int count, const char *const *arguments) {
    ls_command command;
    int code;
    ls_arena *arena = ls_arena_new();
    const char *problem = ls_command_read(arena, count, arguments, &command);
    if (problem == NULL)
        problem = ls_complete_outputs(arena, &command);
    if (problem != NULL) {
        ls_complain("%s", problem);
        ls_complain("try lockstep%s%s --help", command.verb_given ? " " : "",
                    command.verb_given ? ls_verb_name(command.verb) : "");
        code = LOCKSTEP_JOB_NOT_DONE;
    } else if (command.help || command.version) {
        code = print_help(&command, !command.verb_given);
    } else {
        code = run(arena, &command);
    }
    ls_arena_free(arena);
    return code;
}
