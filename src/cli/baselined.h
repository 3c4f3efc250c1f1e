/*
 * baselined.h - the findings of a run held against the baseline.
 */
#ifndef LS_CLI_BASELINED_H
#define LS_CLI_BASELINED_H

#include "cli/run.h"
#include "support/map.h"

typedef struct {
    ls_arena *arena;
    const ls_run *run;
    const char *file;      /* as the user would type it */
    const char *directory; /* of the file; "." for the working directory */
    bool exists;
    ls_baseline accepted; /* what the file holds; empty if there is none */
    ls_baseline found;    /* the entries that the run's findings would have, in their order */
    ls_map accepted_keys, found_keys;
    ls_map judged; /* the files that the run judged, as the baseline names them */
} ls_baselined;

/* Reads the baseline and looks at the run's findings, if there is one or one is to be made. The
 * baseline is the one given, else beside the configuration in force or in the working directory.
 * False, with messages on standard error, if the file cannot be read or is none. */
bool ls_baselined_open(ls_baselined *baselined, ls_run *run);

/* Is the finding with this entry accepted already? */
bool ls_baselined_accepts(const ls_baselined *baselined, const ls_baseline_entry *entry);

/* No finding matches the entry, although the run looked: its file was judged and its rule is on, or
 * the file is gone. */
bool ls_baselined_is_stale(const ls_baselined *baselined, const ls_baseline_entry *entry);

/* No finding matches the entry. */
bool ls_baselined_is_unmatched(const ls_baselined *baselined, const ls_baseline_entry *entry);

/* Takes what the baseline in force accepts out of the run's report, and counts it. False, with
 * messages on standard error, if the baseline cannot be read. */
bool ls_baselined_apply(ls_run *run);

#endif
