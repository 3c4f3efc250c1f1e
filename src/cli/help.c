/*
 * help.c - the options come from the table in command.c; what a verb is for stands here.
 */
#include "cli/help.h"

#include "report/style.h"
#include "sql/script.h"
#include "sql/target.h"

#include <string.h>

typedef struct {
    const char *arguments, *summary, *description, *examples;
} verb_help;

static const verb_help VERBS[LS_VERBS_END] = {
    [LS_VERB_CHECK] =
        {
            "[PATH...]",
            "judge migrations (the default command)",
            "Says which statements of a migration block traffic, break running code, lose data or "
            "fail.\n"
            "\n"
            "A directory stands for its migrations, in the order of their versions. "
            "A file stands for itself: the files before it in its directory are read as history, "
            "so that lockstep knows the tables, and are not judged. The path - is one migration "
            "from standard input. Without a path, the migrations that lockstep.yaml names are "
            "judged.\n"
            "\n"
            "--since and --staged ask git which of them are new, and judge only these; all the "
            "others are history. In CI: --since auto. In a hook: --staged, which reads the index "
            "and not the working tree, and says nothing where nothing is found, unless --output "
            "says what to print. What the base has is taken to have run already, and is to "
            "stay as it is.\n"
            "\n"
            "--diff prints the edits that would make findings go away, and --fix makes them. Each "
            "is tried before, alone and with the others: a file is edited only if less is found in "
            "it then, and no error or warning is new.\n"
            "\n"
            "lockstep.yaml or .lockstep.yaml is looked for from the first path upwards, to the "
            "root of the repository. What the command line says beats it; --ignore adds to it.\n"
            "\n"
            "Exits with 0 if there is no finding of the severity of --fail-on or above, with 1 if "
            "there is one, and with 2 if the job could not be done.",
            "  lockstep check db/migrations\n"
            "  lockstep check db/migrations/0042_add_plan.sql --pg-version 16\n"
            "  lockstep check --since origin/main\n"
            "  lockstep check --staged\n"
            "  lockstep check --since main --diff | git apply\n"
            "  lockstep check --ignore 'data,rename-*' --fail-on warning db/migrations\n"
            "  git show HEAD:db/migrations/7_a.sql | lockstep check - --stdin-filename "
            "db/migrations/7_a.sql\n",
        },
    [LS_VERB_LOCKS] =
        {
            "[PATH...]",
            "print every lock that migrations take, and the work done under it",
            "Prints, statement by statement, every lock on a table, an index, a view or a "
            "sequence that was there before, how long it is held, who waits for it, and what is "
            "rewritten, scanned or built meanwhile. Paths are those of lockstep check.\n"
            "\n"
            "Exits with 0, or with 2 if the job could not be done.",
            "  lockstep locks db/migrations/0042_add_plan.sql\n"
            "  lockstep locks --format json --pg-version 12 db/migrations\n",
        },
    [LS_VERB_EXPLAIN] =
        {
            "RULE",
            "say why a rule exists, with examples and what to write instead",
            "Prints the reasons of a rule, what to do, and statements that it does and does not "
            "object to.",
            "  lockstep explain index-without-concurrently\n",
        },
    [LS_VERB_RULES] =
        {
            "",
            "list the rules",
            "Lists every rule with its group, its severity and what it finds.\n"
            "\n"
            "With --test, reads a team's own rules instead and runs their examples: exits with 0 "
            "if "
            "each is as it should be, with 1 if one is not, and with 2 if a rule cannot be read.",
            "  lockstep rules\n"
            "  lockstep rules --format json\n"
            "  lockstep rules --test ops/lockstep-rules\n",
        },
    [LS_VERB_BASELINE] =
        {
            "[PATH...]",
            "accept today's findings, so that check tells only new ones",
            "Writes the findings of the migrations to lockstep.baseline.yaml. From then on "
            "lockstep "
            "check counts them and does not tell them. An entry is bound to its rule and its "
            "statement: it holds when lines move, comments change or code is indented anew, and "
            "lapses when the statement changes. Entries of files that this run does not judge stay "
            "as they are. Paths are those of lockstep check.\n"
            "\n"
            "To accept a single finding, with a reason, write a comment above its statement: "
            "-- lockstep:ignore RULE because REASON\n"
            "\n"
            "Exits with 0, or with 2 if the job could not be done.",
            "  lockstep baseline db/migrations\n"
            "  lockstep baseline --prune\n",
        },
    [LS_VERB_INIT] =
        {
            "[DIRECTORY]",
            "write a lockstep.yaml for what is found",
            "Looks for migrations in the usual places below the directory (default: the working "
            "directory) and for the version of PostgreSQL, and writes a lockstep.yaml that names "
            "them and shows, as comments, what else can be said. It writes over no configuration "
            "without --force.\n"
            "\n"
            "With --git-hook, writes git's pre-commit hook instead, which runs lockstep check "
            "--staged before each commit that touches SQL; git commit --no-verify skips it.\n"
            "\n"
            "Exits with 0, or with 2 if the job could not be done.",
            "  lockstep init\n"
            "  lockstep init --git-hook\n"
            "  lockstep init --print --pg-version 16 services/billing\n"
            "  lockstep init --schema > lockstep.schema.json\n",
        },
    [LS_VERB_COMPLETIONS] =
        {
            "SHELL",
            "print what completes the command line in bash, zsh or fish",
            "Prints a script for the shell, which knows all commands, options and rules.\n"
            "\n"
            "Exits with 0, or with 2 if the job could not be done.",
            "  lockstep completions bash > ~/.local/share/bash-completion/completions/lockstep\n"
            "  lockstep completions zsh > /usr/local/share/zsh/site-functions/_lockstep\n"
            "  lockstep completions fish > ~/.config/fish/completions/lockstep.fish\n",
        },
    [LS_VERB_PLAN_VERIFY] =
        {
            "[FILE...]",
            "verify rollout plans against the SQL that they name",
            "Reads a plan, the SQL of its stages, and what each version of an app reads and "
            "writes, and looks at every order in which all that may happen. Says whether a "
            "version that is running breaks, reads a stale value or loses a write, and shows the "
            "steps that lead there.\n"
            "\n"
            "Paths in a plan are relative to the directory of the lockstep.yaml in force, or to "
            "the plan's own directory where there is none. Migrations that come before the first "
            "of the plan are read as history.\n"
            "\n"
            "A directory stands for its plans; without a file, all plans that lockstep.yaml names "
            "are verified. Plans that are verified together are in flight together: it is told "
            "where they change the same tables, and none says that it comes after the other.\n"
            "\n"
            "Exits with 0 if there is no finding of the severity of --fail-on or above, with 1 if "
            "there is one, and with 2 if the job could not be done.",
            "  lockstep plan verify db/plans/rename-email.yaml\n"
            "  lockstep plan verify --format json db/plans/*.yaml\n",
        },
    [LS_VERB_PLAN_SHOW] =
        {
            "[FILE...]",
            "show the stages of a plan, who is live, and how far one may go back",
            "Prints what each stage of a plan does, which versions may run meanwhile, and which "
            "of them one may still go back to when it is done. Without a file, shows all plans "
            "that lockstep.yaml names.\n"
            "\n"
            "Exits with 0, or with 2 if the job could not be done.",
            "  lockstep plan show db/plans/rename-email.yaml\n"
            "  lockstep plan show --format mermaid db/plans/rename-email.yaml\n"
            "  lockstep plan show --format html db/plans/*.yaml > plans.html\n",
        },
    [LS_VERB_PLAN_INIT] =
        {
            "[PATH...]",
            "draft a rollout plan for migrations that have none",
            "Prints a plan in YAML: what only adds before the deploy, what removes or refuses "
            "something after it. A directive in the first comments of a file beats its directory "
            "(expand, pre; contract, post, post_migrate), and that beats what its statements do:\n"
            "  -- lockstep: contract after-deploy\n"
            "  -- lockstep: backfill batch=5000 pause=200ms\n"
            "What was assumed, and what no migration says, stands in the draft as comments. Paths "
            "are those of lockstep check; the plan's own paths are relative to the directory of "
            "lockstep.yaml, or to the working directory where there is none.\n"
            "\n"
            "Exits with 0, or with 2 if the job could not be done.",
            "  lockstep plan init --since origin/main > db/plans/rename-email.yaml\n"
            "  lockstep plan init db/migrations/0107_add_email_address.sql\n",
        },
};

enum { OPTION_INDENT = 6 };

static void write_title(ls_buffer *out, const ls_text_style *style, const char *title) {
    ls_buffer_string(out, "\n");
    ls_paint_string(out, style, LS_PAINT_STRONG, title);
    ls_buffer_string(out, "\n");
}

static void write_option(ls_buffer *out, const ls_text_style *style,
                         const ls_command_option *option) {
    ls_buffer_string(out, "  ");
    if (option->letter != 0)
        ls_buffer_format(out, "-%c, ", option->letter);
    ls_buffer_format(out, "--%s", option->name);
    if (option->value != NULL)
        ls_buffer_format(out, " %s", option->value);
    ls_buffer_string(out, "\n");
    ls_buffer_fill(out, ' ', OPTION_INDENT);
    ls_wrap(out, style, OPTION_INDENT, option->help);
}

void ls_help(ls_buffer *out, ls_verb verb, const ls_text_style *style) {
    const verb_help *help = &VERBS[verb];
    ls_buffer_format(out, "lockstep %s: %s\n", ls_verb_name(verb), help->summary);
    write_title(out, style, "Usage");
    ls_buffer_format(out, "  lockstep %s [OPTION...]%s%s\n\n", ls_verb_name(verb),
                     help->arguments[0] == 0 ? "" : " ", help->arguments);
    ls_wrap(out, style, 0, help->description);
    write_title(out, style, "Options");
    for (const ls_command_option *option = ls_command_options; option->name != NULL; option++)
        if ((option->verbs & (1u << verb)) != 0)
            write_option(out, style, option);
    write_title(out, style, "Examples");
    ls_buffer_string(out, help->examples);
}

const char *ls_help_summary(ls_verb verb) {
    return VERBS[verb].summary;
}

void ls_help_overview(ls_buffer *out, const ls_text_style *style) {
    ls_wrap(out, style, 0,
            "lockstep says what PostgreSQL migrations lock, rewrite and break before they run.");
    write_title(out, style, "Usage");
    ls_buffer_string(out, "  lockstep [COMMAND] [OPTION...] [PATH...]\n");
    write_title(out, style, "Commands");
    for (int verb = 0; verb < LS_VERBS_END; verb++)
        ls_buffer_format(out, "  %-11s %s\n", ls_verb_name((ls_verb)verb), VERBS[verb].summary);
    write_title(out, style, "Examples");
    ls_buffer_string(out, "  lockstep check db/migrations\n"
                          "  lockstep locks db/migrations/0042_add_plan.sql\n"
                          "  lockstep explain index-without-concurrently\n"
                          "\n"
                          "lockstep COMMAND --help says more about a command.\n");
}

void ls_help_version(ls_buffer *out) {
    ls_buffer_format(out, "lockstep %s (parser: PostgreSQL %s; target servers: %d to %d)\n",
                     LOCKSTEP_VERSION, ls_parser_version(), LS_OLDEST_POSTGRES, LS_NEWEST_POSTGRES);
}
