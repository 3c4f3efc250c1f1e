/*
 * command.h - the command line, read.
 *
 * One table of options serves every verb, its help and the messages about a mistake: an option has
 * a name, the verbs that it belongs to, and the member of ls_command that it sets.
 */
#ifndef LS_CLI_COMMAND_H
#define LS_CLI_COMMAND_H

#include "report/format.h"

#include <stdbool.h>

typedef enum {
    LS_VERB_CHECK,
    LS_VERB_LOCKS,
    LS_VERB_EXPLAIN,
    LS_VERB_RULES,
    LS_VERB_BASELINE,
    LS_VERB_INIT,
    LS_VERB_COMPLETIONS,
    LS_VERB_PLAN_VERIFY,
    LS_VERB_PLAN_SHOW,
    LS_VERB_PLAN_INIT,
    LS_VERBS_END,
} ls_verb;

/* That completions are for. */
#define LS_SHELLS "bash zsh fish"

/* Values of the members that hold one of several words. */
enum { LS_FORMAT_TEXT, LS_FORMAT_JSON, LS_FORMAT_MARKDOWN };
enum { LS_SHOW_TEXT, LS_SHOW_MERMAID, LS_SHOW_HTML }; /* --format of plan show */
enum {
    LS_FAIL_ON_AS_CONFIGURED,
    LS_FAIL_ON_ERROR,
    LS_FAIL_ON_WARNING,
    LS_FAIL_ON_INFO,
    LS_FAIL_ON_NEVER
};
enum { LS_COLOUR_AUTO, LS_COLOUR_ON, LS_COLOUR_OFF };
enum {
    LS_TRANSACTION_AS_CONFIGURED,
    LS_TRANSACTION_FILE,
    LS_TRANSACTION_STATEMENT,
    LS_TRANSACTION_ALL
};

/* Something that is printed, and the file that it goes to. */
typedef struct {
    const ls_format *format;
    const char *file; /* NULL: none was named; "-": standard output */
    bool implied;     /* nobody has asked for it */
} ls_output;
typedef LS_VECTOR(ls_output) ls_outputs;

typedef struct {
    ls_verb verb;
    bool verb_given; /* else it is check because nothing else was said */
    bool help, version;
    ls_words arguments; /* paths, "-" among them; for explain the rule */
    int format, fail_on, colour, transaction;
    int postgres; /* 0: not given */
    ls_outputs outputs;
    bool sarif_include_suppressed;
    bool quiet, statistics, verbose, diff, fix;
    ls_words select, extend_select, ignore;
    bool isolated, all, staged, no_baseline, prune;
    bool force, print, schema, git_hook;            /* init */
    const char *config, *stdin_filename, *baseline; /* NULL: not given */
    const char *since;                              /* a revision, or auto; NULL: not given */
    const char *test;                               /* a directory of rules; NULL: not given */
} ls_command;

/* Reads the arguments that follow the program's name. NULL, or what is wrong with them. */
const char *ls_command_read(ls_arena *arena, int count, const char *const *arguments,
                            ls_command *command);

/* --- The table, for help.c ------------------------------------------------------------------- */

typedef enum {
    LS_OPTION_FLAG,
    LS_OPTION_NO_FLAG, /* takes back a flag that was given before it */
    LS_OPTION_WORD,    /* stands for another option with the value `first` */
    LS_OPTION_TEXT,
    LS_OPTION_LIST,     /* words with commas between; may be given again */
    LS_OPTION_CHOICE,   /* one of `choices`, from `first` on */
    LS_OPTION_OUTPUT,   /* a format, and perhaps a file; may be given again */
    LS_OPTION_POSTGRES, /* a server version */
} ls_option_kind;

typedef struct {
    const char *name;
    char letter; /* 0: none */
    ls_option_kind kind;
    unsigned verbs;      /* a bit for each */
    size_t member;       /* offset in ls_command */
    const char *value;   /* as the help calls it; NULL for a flag */
    const char *choices; /* CHOICE: the words, with blanks between */
    int first;           /* CHOICE: the value of the first word; WORD: the value */
    const char *help;
} ls_command_option;

extern const ls_command_option ls_command_options[]; /* ends with one without a name */

const char *ls_verb_name(ls_verb verb);

#endif
