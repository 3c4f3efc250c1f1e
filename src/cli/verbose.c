#include "cli/verbose.h"

#include "cli/migration_replay.h"
#include "cli/terminal.h"
#include "report/timeline.h"
#include "support/path.h"

static void tell_configuration(const ls_run *run) {
    if (run->config.file != NULL)
        ls_complain("configuration: %s", ls_path_shown(run->arena, run->config.file));
    else
        ls_complain("configuration: none%s",
                    run->command->isolated ? ", because of --isolated" : "");
}

/* Where the line between history and what is judged is drawn. */
static void tell_history(const ls_run *run) {
    const ls_scope *scope = &run->scope;
    if (scope->open && scope->base != NULL)
        ls_complain("history: what %.10s has, %s", scope->base,
                    scope->command->staged ? "for what is staged" : "for the working tree");
    else if (run->command->all)
        ls_complain("history: none, because of --all");
    if (run->config.applied_until != NULL && !run->command->all)
        ls_complain("history: up to version %s, by applied_until", run->config.applied_until);
    if (run->report.schema != NULL)
        ls_complain("start state: %s", run->report.schema);
}

static void tell_migration(ls_run *run, const ls_migration *migration) {
    ls_transaction_mode mode;
    const bool configured = ls_find_mode(run, migration, &mode);
    ls_complain("%s: %s; %s, %s%s", migration->name, migration->judged ? "judged" : "history",
                migration->framework->name, ls_transaction_in_words(mode),
                configured ? " (configured)" : "");
}

void ls_tell_what_is_read(ls_run *run) {
    tell_configuration(run);
    tell_history(run);
    for (LS_EACH(const ls_migration, migration, run->input->files))
        if (!migration->is_schema)
            tell_migration(run, migration);
}
