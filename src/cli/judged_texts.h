/*
 * judged_texts.h - the texts of a migration, each with a judge of its own: other rules may hold for
 * a file that is included.
 */
#ifndef LS_CLI_JUDGED_TEXTS_H
#define LS_CLI_JUDGED_TEXTS_H

#include "cli/run.h"

/* A text of a migration: its own, or one that it includes. */
typedef struct {
    const ls_script *script;
    ls_judge *judge;
    ls_suppressions suppressions;
} ls_judged_text;
typedef LS_VECTOR(ls_judged_text) ls_judged_texts;

/* Those of a script, its own first. What is found lives in the arena. */
ls_judged_texts ls_judged_texts_of(ls_run *run, ls_arena *arena, const ls_script *script,
                                   uint32_t file);

const ls_judged_text *ls_judged_text_around(const ls_judged_texts *texts,
                                            const ls_statement *statement);

#endif
