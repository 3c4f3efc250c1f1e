#include "cli/command.h"

#include "sql/target.h"
#include "support/nearest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VERB(name) (1u << LS_VERB_##name)
#define JUDGES     (VERB(CHECK) | VERB(BASELINE))
#define RUNS       (JUDGES | VERB(LOCKS) | VERB(PLAN_INIT))
#define PLANS      (VERB(PLAN_VERIFY) | VERB(PLAN_SHOW))
#define REPORTS    (VERB(CHECK) | VERB(PLAN_VERIFY))
#define CONFIGURED (RUNS | PLANS | VERB(EXPLAIN) | VERB(RULES))
#define ALL        (CONFIGURED | VERB(INIT) | VERB(COMPLETIONS))
#define SETS(name) offsetof(ls_command, name)

const ls_command_option ls_command_options[] = {
    {"output", 0, LS_OPTION_OUTPUT, REPORTS, SETS(outputs), "FORMAT[=FILE]", NULL, 0,
     "what to print; may be given again, so that one run makes several. text (default), concise (a "
     "line for each finding), json, github (annotations), summary (Markdown for a job's summary), "
     "markdown (a comment on a pull request), html (one page that loads nothing), sarif, gitlab, "
     "junit, junit-gitlab, checkstyle, rdjsonl or azure. With a file it is written there, whole or "
     "not at all, and text is still printed"},
    {"format", 0, LS_OPTION_OUTPUT, REPORTS, SETS(outputs), "FORMAT", NULL, 0,
     "the same as --output"},
    {"quiet", 'q', LS_OPTION_FLAG, REPORTS, SETS(quiet), NULL, NULL, 0,
     "where no format is given, print a line for each finding and nothing else, as concise does"},
    {"diff", 0, LS_OPTION_FLAG, VERB(CHECK), SETS(diff), NULL, NULL, 0,
     "instead of the findings print the edits that --fix would make as a diff, for review and for "
     "git apply. Migrations that are known to have run are not edited"},
    {"fix", 0, LS_OPTION_FLAG, VERB(CHECK), SETS(fix), NULL, NULL, 0,
     "edit migrations so that what is found is gone, where lockstep knows how and it does not "
     "change what a migration is for; then tell what is left. Only migrations that have not run: "
     "those that are named, that are new by --since, or that come after applied_until"},
    {"statistics", 0, LS_OPTION_FLAG, VERB(CHECK), SETS(statistics), NULL, NULL, 0,
     "print how often each rule finds something, the most frequent first, and how much of it --fix "
     "can make go away, in place of the findings themselves"},
    {"verbose", 0, LS_OPTION_FLAG, JUDGES | VERB(LOCKS), SETS(verbose), NULL, NULL, 0,
     "say on standard error what is read: the configuration, what counts as having run, and each "
     "migration, with the tool that runs it and the transaction that it runs in; show every "
     "finding in full, where a rule has more than twenty"},
    {"sarif-include-suppressed", 0, LS_OPTION_FLAG, REPORTS, SETS(sarif_include_suppressed), NULL,
     NULL, 0,
     "also write findings that are suppressed or in the baseline to SARIF, marked as such: GitHub "
     "takes them for open ones"},
    {"format", 0, LS_OPTION_CHOICE, VERB(LOCKS) | VERB(EXPLAIN), SETS(format), "FORMAT",
     "text json", LS_FORMAT_TEXT, "text (default) or json"},
    {"format", 0, LS_OPTION_CHOICE, VERB(RULES), SETS(format), "FORMAT", "text json markdown",
     LS_FORMAT_TEXT, "text (default), json or markdown"},
    {"format", 0, LS_OPTION_CHOICE, VERB(PLAN_SHOW), SETS(format), "FORMAT", "text mermaid html",
     LS_SHOW_TEXT, "text (default), mermaid (a diagram for a pull request), or html (one file)"},
    {"fail-on", 0, LS_OPTION_CHOICE, VERB(CHECK) | VERB(PLAN_VERIFY), SETS(fail_on), "SEVERITY",
     "error warning info never", LS_FAIL_ON_ERROR,
     "exit with 1 for findings of this severity or above: error, warning, info, or never "
     "(default: the configuration's, else error)"},
    {"exit-zero", 0, LS_OPTION_WORD, VERB(CHECK) | VERB(PLAN_VERIFY), SETS(fail_on), NULL, NULL,
     LS_FAIL_ON_NEVER, "the same as --fail-on never"},
    {"select", 0, LS_OPTION_LIST, JUDGES | VERB(PLAN_VERIFY), SETS(select), "RULE,...", NULL, 0,
     "only these rules, whatever the configuration selects, ignores or turns off: names, groups, "
     "or patterns such as 'index-*'; turns on rules that are off by default"},
    {"extend-select", 0, LS_OPTION_LIST, JUDGES | VERB(PLAN_VERIFY), SETS(extend_select),
     "RULE,...", NULL, 0,
     "these rules besides those that are on, whatever the configuration ignores or turns off"},
    {"ignore", 0, LS_OPTION_LIST, JUDGES | VERB(PLAN_VERIFY), SETS(ignore), "RULE,...", NULL, 0,
     "not these rules, besides those that the configuration ignores"},
    {"pg-version", 0, LS_OPTION_POSTGRES, RUNS | PLANS | VERB(INIT), SETS(postgres), "N", NULL, 0,
     "the server's major version, 12 to 18 (default: the configuration's, else 15)"},
    {"git-hook", 0, LS_OPTION_FLAG, VERB(INIT), SETS(git_hook), NULL, NULL, 0,
     "instead write a pre-commit hook of git that judges what is staged"},
    {"force", 0, LS_OPTION_FLAG, VERB(INIT), SETS(force), NULL, NULL, 0,
     "write over a lockstep.yaml, or over somebody else's hook, that is there"},
    {"print", 0, LS_OPTION_FLAG, VERB(INIT), SETS(print), NULL, NULL, 0,
     "print the configuration, or the hook, instead of writing it; so does the path -"},
    {"schema", 0, LS_OPTION_FLAG, VERB(INIT), SETS(schema), NULL, NULL, 0,
     "print the JSON Schema of lockstep.yaml instead, for editors"},
    {"transaction", 0, LS_OPTION_CHOICE, RUNS, SETS(transaction), "MODE", "file statement all",
     LS_TRANSACTION_FILE,
     "file: the runner wraps each file in a transaction; all: all pending files in one; statement: "
     "it does neither (default: the configuration's, else statement)"},
    {"all", 0, LS_OPTION_FLAG, RUNS, SETS(all), NULL, NULL, 0,
     "also judge the files that come before a given file, instead of only reading them"},
    {"new-only", 0, LS_OPTION_NO_FLAG, RUNS, SETS(all), NULL, NULL, 0,
     "the opposite of --all, and the default: judge only what is new as far as that is known, by a "
     "file's place, applied_until, --since or --staged; the last of the two counts"},
    {"since", 0, LS_OPTION_TEXT, RUNS, SETS(since), "REF", NULL, 0,
     "judge only what was added or changed since HEAD parted from this branch or commit, what is "
     "not "
     "committed included; auto: from what the CI job was started for"},
    {"staged", 0, LS_OPTION_FLAG, RUNS, SETS(staged), NULL, NULL, 0,
     "judge only what is staged, and read all of it from git's index: for hooks"},
    {"stdin-filename", 0, LS_OPTION_TEXT, RUNS, SETS(stdin_filename), "NAME", NULL, 0,
     "the file that the text from standard input (-) stands for, and so its place in the history"},
    {"config", 0, LS_OPTION_TEXT, CONFIGURED, SETS(config), "FILE", NULL, 0,
     "read this configuration file instead of looking for lockstep.yaml"},
    {"isolated", 0, LS_OPTION_FLAG, CONFIGURED, SETS(isolated), NULL, NULL, 0,
     "read no configuration file"},
    {"test", 0, LS_OPTION_TEXT, VERB(RULES), SETS(test), "DIR", NULL, 0,
     "instead of listing rules, try the examples of a team's own rules below this directory"},
    {"baseline", 0, LS_OPTION_TEXT, JUDGES, SETS(baseline), "FILE", NULL, 0,
     "the file of accepted findings (default: lockstep.baseline.yaml beside lockstep.yaml, else in "
     "the working directory; none with --isolated)"},
    {"no-baseline", 0, LS_OPTION_FLAG, VERB(CHECK), SETS(no_baseline), NULL, NULL, 0,
     "also tell the findings that the baseline accepts"},
    {"prune", 0, LS_OPTION_FLAG, VERB(BASELINE), SETS(prune), NULL, NULL, 0,
     "accept nothing new, only remove entries that no finding matches any more"},
    {"color", 0, LS_OPTION_CHOICE, ALL, SETS(colour), "WHEN", "auto always never", LS_COLOUR_AUTO,
     "auto (default: on a terminal, unless NO_COLOR is set), always, or never"},
    {"help", 'h', LS_OPTION_FLAG, ALL, SETS(help), NULL, NULL, 0, "print this help"},
    {"version", 'V', LS_OPTION_FLAG, ALL, SETS(version), NULL, NULL, 0, "print the version"},
    {0},
};

static const char *const VERBS[LS_VERBS_END] = {
    [LS_VERB_CHECK] = "check",
    [LS_VERB_LOCKS] = "locks",
    [LS_VERB_EXPLAIN] = "explain",
    [LS_VERB_RULES] = "rules",
    [LS_VERB_BASELINE] = "baseline",
    [LS_VERB_INIT] = "init",
    [LS_VERB_COMPLETIONS] = "completions",
    [LS_VERB_PLAN_VERIFY] = "plan verify",
    [LS_VERB_PLAN_SHOW] = "plan show",
    [LS_VERB_PLAN_INIT] = "plan init",
};

typedef struct {
    ls_arena *arena;
    ls_command *command;
    int count, next;
    const char *const *arguments;
    bool only_arguments; /* after -- */
} command_line;

const char *ls_verb_name(ls_verb verb) {
    return VERBS[verb];
}

/* --- Names ----------------------------------------------------------------------------------- */

static const char *did_you_mean(ls_arena *arena, const char *before, const char *nearest) {
    return nearest == NULL ? "" : ls_arena_format(arena, "; did you mean %s%s?", before, nearest);
}

/* That of the verb where it has one. */
static const ls_command_option *option_named(const char *name, size_t length, ls_verb verb) {
    const ls_command_option *of_another = NULL;
    for (const ls_command_option *option = ls_command_options; option->name != NULL; option++)
        if (strlen(option->name) == length && strncmp(option->name, name, length) == 0) {
            if ((option->verbs & (1u << verb)) != 0)
                return option;
            of_another = option;
        }
    return of_another;
}

static const ls_command_option *option_lettered(char letter) {
    for (const ls_command_option *option = ls_command_options; option->name != NULL; option++)
        if (option->letter == letter && letter != 0)
            return option;
    return NULL;
}

static const char *nearest_option(const char *name, ls_verb verb) {
    const char *names[sizeof ls_command_options / sizeof *ls_command_options];
    size_t count = 0;
    for (const ls_command_option *option = ls_command_options; option->name != NULL; option++)
        if ((option->verbs & (1u << verb)) != 0)
            names[count++] = option->name;
    return ls_nearest(name, names, count);
}

/* --- Values ---------------------------------------------------------------------------------- */

static const char *set_choice(command_line *reading, const ls_command_option *option, int *member,
                              const char *value) {
    size_t length = strlen(value);
    int number = option->first;
    for (const char *word = option->choices; length > 0; number++) {
        size_t word_length = strcspn(word, " ");
        if (word_length == length && strncmp(word, value, length) == 0) {
            *member = number;
            return NULL;
        }
        if (word[word_length] == 0)
            break;
        word += word_length + 1;
    }
    return ls_arena_format(reading->arena, "--%s: \"%s\" is none of: %s", option->name, value,
                           option->choices);
}

static const char *set_postgres(command_line *reading, const ls_command_option *option, int *member,
                                const char *value) {
    char *end;
    long number = strtol(value, &end, 10);
    if (end == value || *end != 0 || number < LS_OLDEST_POSTGRES || number > LS_NEWEST_POSTGRES)
        return ls_arena_format(reading->arena, "--%s: \"%s\" is no version from %d to %d",
                               option->name, value, LS_OLDEST_POSTGRES, LS_NEWEST_POSTGRES);
    *member = (int)number;
    return NULL;
}

static const char *add_words(command_line *reading, const ls_command_option *option,
                             ls_words *member, const char *value) {
    for (;;) {
        size_t length = strcspn(value, ",");
        if (length == 0)
            return ls_arena_format(reading->arena, "--%s: a name is empty", option->name);
        LS_PUSH(reading->arena, member, ls_arena_copy(reading->arena, value, length));
        if (value[length] == 0)
            return NULL;
        value += length + 1;
    }
}

static const char *set_text(command_line *reading, const ls_command_option *option,
                            const char **member, const char *value) {
    if (value[0] == 0)
        return ls_arena_format(reading->arena, "--%s: the name is empty", option->name);
    *member = value;
    return NULL;
}

static const char *unknown_format(command_line *reading, const char *name) {
    const char *names[LS_MOST_FORMATS], *list = "";
    size_t count = 0;
    for (const ls_format *format; (format = ls_format_at(count)) != NULL; count++) {
        names[count] = format->name;
        list = ls_arena_join(reading->arena, list, " ", format->name, NULL);
    }
    return ls_arena_format(reading->arena, "\"%s\" is none of the formats:%s%s", name, list,
                           did_you_mean(reading->arena, "", ls_nearest(name, names, count)));
}

static const char *add_output(command_line *reading, const ls_command_option *option,
                              ls_outputs *outputs, const char *value) {
    size_t length = strcspn(value, "=");
    const char *name = ls_arena_copy(reading->arena, value, length);
    const ls_output output = {
        .format = ls_format_named(name),
        .file = value[length] == 0 ? NULL : value + length + 1,
    };
    if (output.format == NULL)
        return ls_arena_format(reading->arena, "--%s: %s", option->name,
                               unknown_format(reading, name));
    if (output.file != NULL && output.file[0] == 0)
        return ls_arena_format(reading->arena, "--%s: the file's name is empty", option->name);
    LS_PUSH(reading->arena, outputs, output);
    return NULL;
}

static const char *set_value(command_line *reading, const ls_command_option *option,
                             const char *value) {
    void *member = (char *)reading->command + option->member;
    switch (option->kind) {
    case LS_OPTION_FLAG:
        *(bool *)member = true;
        return NULL;
    case LS_OPTION_NO_FLAG:
        *(bool *)member = false;
        return NULL;
    case LS_OPTION_WORD:
        *(int *)member = option->first;
        return NULL;
    case LS_OPTION_TEXT:
        return set_text(reading, option, member, value);
    case LS_OPTION_LIST:
        return add_words(reading, option, member, value);
    case LS_OPTION_CHOICE:
        return set_choice(reading, option, member, value);
    case LS_OPTION_OUTPUT:
        return add_output(reading, option, member, value);
    case LS_OPTION_POSTGRES:
        return set_postgres(reading, option, member, value);
    }
    return NULL;
}

/* --- Arguments ------------------------------------------------------------------------------- */

static const char *read_option(command_line *reading, const ls_command_option *option,
                               const char *shown, const char *value) {
    ls_verb verb = reading->command->verb;
    if ((option->verbs & (1u << verb)) == 0)
        return ls_arena_format(reading->arena, "lockstep %s has no option %s", VERBS[verb], shown);
    const bool takes_value = option->value != NULL;
    if (!takes_value && value != NULL)
        return ls_arena_format(reading->arena, "%s takes no value", shown);
    if (takes_value && value == NULL) {
        if (reading->next == reading->count)
            return ls_arena_format(reading->arena, "%s needs a value: %s", shown, option->value);
        value = reading->arguments[reading->next++];
    }
    return set_value(reading, option, value);
}

static const char *read_long(command_line *reading, const char *argument) {
    const char *name = argument + strlen("--");
    size_t length = strcspn(name, "=");
    const char *value = name[length] == 0 ? NULL : name + length + 1;
    const char *shown = ls_arena_copy(reading->arena, argument, length + strlen("--"));
    const ls_command_option *option = option_named(name, length, reading->command->verb);
    if (option != NULL)
        return read_option(reading, option, shown, value);
    const char *nearest = nearest_option(shown + strlen("--"), reading->command->verb);
    return ls_arena_format(reading->arena, "unknown option %s%s", shown,
                           did_you_mean(reading->arena, "--", nearest));
}

static const char *read_short(command_line *reading, const char *argument) {
    const ls_command_option *option = option_lettered(argument[1]);
    if (option == NULL || argument[2] != 0)
        return ls_arena_format(reading->arena, "unknown option %s", argument);
    return read_option(reading, option, argument, NULL);
}

static const char *read_argument(command_line *reading) {
    const char *argument = reading->arguments[reading->next++];
    bool option = !reading->only_arguments && argument[0] == '-' && argument[1] != 0;
    if (!option) {
        LS_PUSH(reading->arena, &reading->command->arguments, argument);
        return NULL;
    }
    if (strcmp(argument, "--") == 0) {
        reading->only_arguments = true;
        return NULL;
    }
    return argument[1] == '-' ? read_long(reading, argument) : read_short(reading, argument);
}

static const char PLAN[] = "plan";

/* `plan` has verbs of its own: they are known by both words. */
static const char *read_plan_verb(command_line *reading) {
    const char *second = reading->count < 2 ? "" : reading->arguments[1];
    const char *both = ls_arena_join(reading->arena, PLAN, " ", second, NULL);
    for (int verb = LS_VERB_PLAN_VERIFY; verb <= LS_VERB_PLAN_INIT; verb++)
        if (strcmp(both, VERBS[verb]) == 0) {
            reading->command->verb = (ls_verb)verb;
            reading->command->verb_given = true;
            reading->next = 2;
            return NULL;
        }
    return "lockstep plan needs one of: verify, show, init";
}

/* The verb is the first argument; a path or an option in its place means check. */
static const char *read_verb(command_line *reading) {
    reading->command->verb = LS_VERB_CHECK;
    if (reading->count == 0 || reading->arguments[0][0] == '-')
        return NULL;
    const char *word = reading->arguments[0];
    if (strcmp(word, PLAN) == 0)
        return read_plan_verb(reading);
    for (int verb = 0; verb < LS_VERBS_END; verb++)
        if (strcmp(word, VERBS[verb]) == 0) {
            reading->command->verb = (ls_verb)verb;
            reading->command->verb_given = true;
            reading->next = 1;
            return NULL;
        }
    if (strpbrk(word, "/.") != NULL || access(word, F_OK) == 0)
        return NULL;
    return ls_arena_format(reading->arena, "unknown command %s%s", word,
                           did_you_mean(reading->arena, "", ls_nearest(word, VERBS, LS_VERBS_END)));
}

/* What can only be said when all is read. */
static const char *check_together(command_line *reading) {
    const ls_command *command = reading->command;
    size_t given = command->arguments.count;
    if (command->help || command->version)
        return NULL;
    if (command->verb == LS_VERB_EXPLAIN && given != 1)
        return "lockstep explain needs one rule; lockstep rules lists them";
    if (command->verb == LS_VERB_RULES && given > 0)
        return ls_arena_format(reading->arena, "lockstep rules takes no argument, but got %s",
                               command->arguments.items[0]);
    if (command->verb == LS_VERB_COMPLETIONS && given != 1)
        return "lockstep completions needs one shell of: " LS_SHELLS;
    if (command->test != NULL && command->format != LS_FORMAT_TEXT)
        return "--test reports as text only";
    if (command->verb == LS_VERB_INIT && given > 1)
        return ls_arena_format(reading->arena, "lockstep init takes one directory, but got %s too",
                               command->arguments.items[1]);
    if (command->isolated && command->config != NULL)
        return "--isolated and --config exclude each other";
    if (command->baseline != NULL && command->no_baseline)
        return "--baseline and --no-baseline exclude each other";
    if (command->verb == LS_VERB_BASELINE && command->isolated && command->baseline == NULL)
        return "lockstep baseline --isolated needs --baseline: check --isolated looks for none";
    if (command->all && (command->staged || command->since != NULL))
        return "--all judges everything: it excludes --since and --staged";
    if (command->diff && command->fix)
        return "--diff and --fix exclude each other: one prints the edits, the other makes them";
    if (command->fix && command->staged)
        return "--fix edits the working tree, and --staged judges the index: give --since REF, or "
               "apply what check --staged --diff prints with git apply --index";
    size_t inputs = 0;
    for (size_t i = 0; i < given; i++)
        inputs += strcmp(command->arguments.items[i], "-") == 0;
    if (inputs > 0 && (command->staged || command->since != NULL))
        return "--since and --staged ask git what is new, which knows nothing of standard input";
    if (inputs > 0 && (command->diff || command->fix))
        return "--diff and --fix edit files, and standard input is none";
    if (inputs > 1)
        return "- is given twice, but standard input can be read only once";
    if (command->verb == LS_VERB_BASELINE && inputs > 0 && command->stdin_filename == NULL)
        return "lockstep baseline - needs --stdin-filename: entries are bound to a file";
    if (command->stdin_filename != NULL && inputs == 0)
        return "--stdin-filename needs - among the paths";
    return NULL;
}

const char *ls_command_read(ls_arena *arena, int count, const char *const *arguments,
                            ls_command *command) {
    *command = (ls_command){0};
    command_line reading = {
        .arena = arena, .command = command, .count = count, .arguments = arguments};
    const char *problem = read_verb(&reading);
    while (problem == NULL && reading.next < count)
        problem = read_argument(&reading);
    return problem == NULL ? check_together(&reading) : problem;
}
