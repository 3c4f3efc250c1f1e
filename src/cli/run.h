/*
 * run.h - the pipeline, from the command line to a report.
 */
#ifndef LS_CLI_RUN_H
#define LS_CLI_RUN_H

#include "cli/history.h"
#include "cli/policy.h"
#include "cli/release.h"
#include "config/baseline.h"
#include "effects/replay.h"
#include "input/edited_files.h"
#include "input/input.h"
#include "plan/implied.h"
#include "report/report.h"

typedef struct {
    const ls_command *command;
    ls_arena *arena;
    ls_config config;
    ls_words paths;
    ls_scope scope;
    ls_history history;
    ls_code code;
    const ls_map *texts;    /* of files, by path, in the place of what they hold; NULL: none */
    ls_edited_files edited; /* where there are any */
    ls_input *input;        /* texts stay alive for the report */
    ls_replay *replay;
    ls_rule_list rules; /* all that there are */
    ls_rule_policy *policy;
    ls_interest interest; /* of the rules for all files: what one begins another may end */
    ls_map down_habits;   /* by directory: see downs.c */
    ls_arena *trial;      /* of the newest down that was tried */
    ls_report report;
    ls_implied_files implied; /* of plan init */

    /* How the migration last asked about is run, and whether that is configured. */
    const ls_migration *asked_migration;
    ls_transaction_mode asked_mode;
    bool is_mode_configured;

    /* Whether some migrations of the layout last asked about are history. */
    const ls_layout *asked_layout;
    bool has_history;
} ls_run;

/* Reads the migrations that the command names and their history, replays them, and fills the
 * report: with findings for check, with the timeline for locks; for plan init it
 * only lists what each is for. False, with messages on standard
 * error, if the job cannot be done. Free the run in either case. */
bool ls_run_migrations(ls_run *run, const ls_command *command);

/* The same once more with other texts in some files, by path; of what the user has been told of the
 * input nothing is told again. */
bool ls_run_edited(ls_run *run, const ls_command *command, const ls_map *texts);

/* Sets the fingerprints of the findings, where they have none yet: only what is compared with
 * another run needs them. */
void ls_run_fingerprint(ls_run *run);

void ls_run_free(ls_run *run);

#endif
