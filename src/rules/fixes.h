/*
 * fixes.h - the fixes of a file's findings, tried.
 *
 * A fix is offered only if the file is better for it: the edited text is judged where the file
 * stands, as the file itself was. Then the finding has to be gone, and nothing that is an error or
 * a warning may have come. So a fix is right not because somebody has thought of all cases in which
 * it would be wrong (inside a transaction, on a partitioned table, under another rule), but because
 * the analysis says so.
 */
#ifndef LS_RULES_FIXES_H
#define LS_RULES_FIXES_H

#include "rules/rules.h"

/* Judges the file with this text in the place of its own. What it finds lives in the arena. False
 * if the text cannot be judged. */
typedef bool ls_fix_trial(void *context, ls_arena *arena, const char *text, ls_findings *findings);

/* A text of a file with its findings, which have the fixes that their rules propose. */
typedef struct {
    const ls_source *source;
    uint32_t statements; /* that are replayed in a trial */
    ls_fix_trial *trial;
    void *context; /* of the trial */
} ls_fix_trials;

/* Takes the fix from every finding that is not gone with it. A file of very many statements with
 * very many fixes is not tried to its end: then the rest go without. */
void ls_keep_good_fixes(ls_findings *findings, const ls_fix_trials *trials);

/* It has a fix that does not change what the migration is for. */
bool ls_has_safe_fix(const ls_finding *finding);

/* An error or a warning of `after` that is found there more often than before; NULL: none. */
const ls_finding *ls_new_finding(const ls_findings *before, const ls_findings *after);

/* The text with the edits made. */
const char *ls_fixed_text(ls_arena *arena, const ls_source *source, const ls_fix *fix);

/* The edits as one: of all from the first to the last, with what stands between them. */
ls_edit ls_fix_as_one_edit(ls_arena *arena, const ls_source *source, const ls_fix *fix);

#endif
