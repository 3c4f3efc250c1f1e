/*
 * diagnosis.h - why a statement does not parse, in plain words.
 */
#ifndef LS_SQL_DIAGNOSIS_H
#define LS_SQL_DIAGNOSIS_H

#include "sql/source.h"

typedef struct {
    const char *message; /* in the arena, or static */
    ls_span at;          /* the token to look at */
    int needs_postgres;  /* the grammar that reads it, if a newer one than the parser's; else 0 */
    bool placeholder;    /* a template's variable is what the parser stopped at */
} ls_diagnosis;

/*
 * Looks at a statement, `span` of `blanked`, in which the parser stopped at the byte `at` with
 * `message`. The source has the text as it was before placeholders were overwritten.
 */
ls_diagnosis ls_diagnose(ls_arena *arena, const ls_source *source, const char *blanked,
                         ls_span span, uint32_t at, const char *message);

#endif
