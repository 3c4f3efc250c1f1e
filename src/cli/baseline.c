/*
 * baseline.c - `lockstep baseline`: today's findings are accepted, or entries that no finding
 * matches any more removed. Entries that this run cannot judge stay as they are.
 */
#include "cli/baselined.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "report/escape.h"
#include "report/style.h"

typedef struct {
    uint32_t added, removed;
} changes;

static void keep(const ls_baselined *baselined, ls_baseline *next, changes *made) {
    bool prune = baselined->run->command->prune;
    for (LS_EACH(const ls_baseline_entry, entry, baselined->accepted.entries))
        if (ls_baselined_is_stale(baselined, entry))
            made->removed++;
        else if (prune || ls_baselined_is_unmatched(baselined, entry))
            LS_PUSH(baselined->arena, &next->entries, *entry);
}

static void accept_all(const ls_baselined *baselined, ls_baseline *next, changes *made) {
    for (LS_EACH(const ls_baseline_entry, entry, baselined->found.entries)) {
        made->added += !ls_baselined_accepts(baselined, entry);
        LS_PUSH(baselined->arena, &next->entries, *entry);
    }
}

static bool say(const ls_baselined *baselined, const ls_baseline *next, changes made) {
    ls_buffer out = {0};
    ls_escape_string(&out, baselined->file);
    ls_buffer_string(&out, ": ");
    ls_count(&out, next->entries.count, "finding");
    ls_buffer_format(&out, " accepted, %lu new, %lu removed\n", (unsigned long)made.added,
                     (unsigned long)made.removed);
    bool printed = ls_print(&out);
    ls_buffer_free(&out);
    return printed;
}

static bool update(ls_run *run) {
    ls_baselined baselined;
    if (!ls_baselined_open(&baselined, run))
        return false;
    if (run->command->prune && !baselined.exists) {
        ls_complain("%s: there is no such file to prune", baselined.file);
        return false;
    }
    ls_baseline next = {0};
    changes made = {0};
    keep(&baselined, &next, &made);
    if (!run->command->prune)
        accept_all(&baselined, &next, &made);
    const char *problem = ls_baseline_write(run->arena, baselined.file, &next);
    if (problem != NULL) {
        ls_complain("%s: cannot be written: %s", baselined.file, problem);
        return false;
    }
    return say(&baselined, &next, made);
}

int ls_accept(const ls_command *command) {
    ls_run run;
    bool done = ls_run_migrations(&run, command) && update(&run);
    ls_run_free(&run);
    return done ? LOCKSTEP_CLEAN : LOCKSTEP_JOB_NOT_DONE;
}
