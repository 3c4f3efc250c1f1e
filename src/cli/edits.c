#include "cli/edits.h"

#include "cli/configured.h"
#include "cli/outputs.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "cli/verdict.h"
#include "report/diff.h"
#include "report/places.h"
#include "rules/fixes.h"
#include "rules/patch.h"
#include "support/whole_file.h"

#include <string.h>

typedef struct {
    ls_run *run;
    ls_patches patches; /* that are made */
    ls_map texts;       /* what they make of the files, by path */
    ls_run after;       /* the run with these; where there are patches */
} edits;

int ls_tell_run(ls_run *run) {
    if (!ls_write_outputs(run->arena, run->command, &run->config, &run->report))
        return LOCKSTEP_JOB_NOT_DONE;
    return ls_verdict_on(&run->report.findings, run->command, &run->config);
}

static const ls_migration *migration_of(const ls_run *run, const ls_patch *patch) {
    return &run->input->files.items[patch->file];
}

/* --- What may be edited ---------------------------------------------------------------------- */

typedef enum { HAS_RUN, HAS_NOT_RUN, MAY_HAVE_RUN } standing;

/* A file that is named is named because somebody is at work on it. */
static standing standing_of(const ls_run *run, const ls_migration *migration) {
    const bool new_in_git = run->scope.open && migration->tracked != NULL;
    if (new_in_git && ls_scope_is_applied(&run->scope, migration->tracked))
        return HAS_RUN;
    const ls_applied applied = ls_configured_applied(&run->config, migration);
    if (applied == LS_APPLIED)
        return HAS_RUN;
    const bool known =
        new_in_git || applied == LS_NOT_APPLIED || ls_is_named(run->arena, run->command, migration);
    return known ? HAS_NOT_RUN : MAY_HAVE_RUN;
}

/* Takes out the patches of files that have run. Returns how many files may have. */
static uint32_t leave_history(edits *all) {
    uint32_t kept = 0, unknown = 0;
    for (LS_EACH(const ls_patch, patch, all->patches)) {
        const standing stands = standing_of(all->run, migration_of(all->run, patch));
        unknown += stands == MAY_HAVE_RUN;
        if (stands == HAS_RUN)
            ls_complain("note: %s is not edited: it has run already", patch->source->name);
        else
            all->patches.items[kept++] = *patch;
    }
    all->patches.count = kept;
    return unknown;
}

/* --- Together -------------------------------------------------------------------------------- */

static void find_texts(edits *all) {
    ls_arena *arena = all->run->arena;
    all->texts = (ls_map){0};
    for (LS_EACH(const ls_patch, patch, all->patches)) {
        const char *text = ls_fixed_text(arena, patch->source, &patch->edits);
        ls_map_set(arena, &all->texts, migration_of(all->run, patch)->path,
                   (void *)(uintptr_t)text);
    }
}

static ls_findings findings_of(const ls_run *run, uint32_t file) {
    ls_findings findings = {0};
    for (LS_EACH(const ls_finding, finding, run->report.findings))
        if (finding->file == file)
            LS_PUSH(run->arena, &findings, *finding);
    return findings;
}

/* Fewer errors; of as many errors, fewer warnings, and so on: a fix may leave an info behind. */
static bool is_less(const ls_findings *one, const ls_findings *other) {
    long fewer[LS_SEVERITY_INFO + 1] = {0};
    for (LS_EACH(const ls_finding, finding, *other))
        fewer[finding->severity]++;
    for (LS_EACH(const ls_finding, finding, *one))
        fewer[finding->severity]--;
    for (int severity = 0; severity <= LS_SEVERITY_INFO; severity++)
        if (fewer[severity] != 0)
            return fewer[severity] > 0;
    return false;
}

/* What is wrong with the file once it is edited; NULL if it is better. */
static const char *objection(const edits *all, uint32_t file) {
    const ls_findings before = findings_of(all->run, file);
    const ls_findings after = findings_of(&all->after, file);
    const ls_finding *new = ls_new_finding(&before, &after);
    if (new != NULL)
        return ls_arena_format(all->run->arena, "%s [%s]", new->message, new->rule->id);
    return is_less(&after, &before) ? NULL : "no less is found in it";
}

/* False if a patch of the file would be no good. */
static bool improve(const edits *all, ls_patch *patch, const char *problem) {
    if (ls_patch_narrow(all->run->arena, &all->run->report.findings, patch))
        return true;
    ls_complain("note: %s is not edited, because then %s", patch->source->name, problem);
    return false;
}

/* A file may become worse by what is edited in another one. */
static bool spoil_others(const edits *all) {
    const ls_finding *new = ls_new_finding(&all->run->report.findings, &all->after.report.findings);
    if (new != NULL)
        ls_complain("note: nothing is edited, because then, in %s, %s [%s]", new->source->name,
                    new->message, new->rule->id);
    return new != NULL;
}

/* Narrows the patches that are no good, or takes them out. False if all are good. */
static bool improve_all(edits *all) {
    uint32_t kept = 0;
    bool improved = false;
    for (LS_EACH(ls_patch, patch, all->patches)) {
        const char *problem = objection(all, patch->file);
        improved = improved || problem != NULL;
        if (problem == NULL || improve(all, patch, problem))
            all->patches.items[kept++] = *patch;
    }
    all->patches.count = kept;
    if (improved || !spoil_others(all))
        return improved;
    all->patches.count = 0;
    return true;
}

/* False, with messages on standard error, if the files cannot be judged again. */
static bool find_good(edits *all) {
    for (bool improved = true; improved && all->patches.count > 0;) {
        find_texts(all);
        ls_run_free(&all->after);
        if (!ls_run_edited(&all->after, all->run->command, &all->texts))
            return false;
        improved = improve_all(all);
    }
    return true;
}

static bool refuse(uint32_t unknown) {
    ls_complain("nothing is edited: nothing says which migrations have run, and %lu that %s to be "
                "edited may have; name the files that are new, or give --since REF, or set "
                "applied_until in lockstep.yaml",
                (unsigned long)unknown, unknown == 1 ? "is" : "are");
    return false;
}

static bool find_edits(edits *all, ls_run *run) {
    *all = (edits){.run = run, .patches = ls_patches_of(run->arena, &run->report.findings)};
    const uint32_t unknown = leave_history(all);
    if (unknown > 0 && run->command->fix)
        return refuse(unknown);
    return find_good(all);
}

/* --- What is told of them -------------------------------------------------------------------- */

static const char *noun(uint32_t count) {
    return count == 1 ? "fix" : "fixes";
}

static void note_left(const edits *all) {
    uint32_t unsafe = 0;
    for (LS_EACH(const ls_patch, patch, all->patches))
        if (patch->left > 0)
            ls_complain("note: %s: %lu %s left, to be looked at anew once the others are made",
                        patch->source->name, (unsigned long)patch->left, noun(patch->left));
    for (LS_EACH(const ls_finding, finding, all->run->report.findings))
        unsafe += finding->fix.edits.count > 0 && !ls_has_safe_fix(finding);
    if (unsafe > 0)
        ls_complain("note: %lu %s left, which would change what a migration is for; --output json "
                    "has them",
                    (unsigned long)unsafe, noun(unsafe));
}

/* --- Showing --------------------------------------------------------------------------------- */

static bool print_diff(const edits *all) {
    const ls_run *run = all->run;
    ls_report_view view = {.style = ls_terminal_style(run->command)};
    ls_see_from_root(run->arena, &view);
    ls_buffer out = {.drain = ls_print};
    for (LS_EACH(const ls_patch, patch, all->patches)) {
        const char *path = ls_path_from_root(run->arena, view.root, patch->source->name);
        ls_write_diff(&out, &view.style, path, patch->source, &patch->edits);
        ls_buffer_drain_much(&out);
    }
    const bool printed = ls_buffer_drain(&out);
    ls_buffer_free(&out);
    return printed;
}

int ls_show_edits(ls_run *run) {
    edits all;
    int code = LOCKSTEP_JOB_NOT_DONE;
    if (find_edits(&all, run) && print_diff(&all)) {
        note_left(&all);
        code = ls_tell_run(run);
    }
    ls_run_free(&all.after);
    return code;
}

/* --- Making ---------------------------------------------------------------------------------- */

/* What was judged is what is edited. */
static bool is_unchanged(const edits *all, const ls_patch *patch) {
    const char *path = migration_of(all->run, patch)->path, *text;
    size_t length;
    return ls_files_on_disk.read_file(&ls_files_on_disk, all->run->arena, path, &text, &length) ==
               0 &&
           length == patch->source->length && memcmp(text, patch->source->text, length) == 0;
}

static bool write_patch(const edits *all, const ls_patch *patch) {
    const char *path = migration_of(all->run, patch)->path;
    if (!is_unchanged(all, patch)) {
        ls_complain("%s is not edited: it has changed meanwhile", patch->source->name);
        return false;
    }
    ls_buffer text = {0};
    ls_buffer_string(&text, ls_map_get(&all->texts, path));
    const int problem = ls_write_whole_file(path, &text);
    ls_buffer_free(&text);
    if (problem != 0)
        ls_complain("%s: cannot be written: %s", patch->source->name, strerror(problem));
    else
        ls_complain("note: %s: %lu %s made", patch->source->name, (unsigned long)patch->made,
                    noun(patch->made));
    return problem == 0;
}

int ls_make_edits(ls_run *run) {
    edits all;
    bool done = find_edits(&all, run);
    for (LS_EACH(const ls_patch, patch, all.patches))
        done = done && write_patch(&all, patch);
    int code = LOCKSTEP_JOB_NOT_DONE;
    if (done) {
        note_left(&all);
        code = ls_tell_run(all.patches.count > 0 ? &all.after : run);
    }
    ls_run_free(&all.after);
    return code;
}
