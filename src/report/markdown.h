/*
 * markdown.h - the parts of a report in Markdown.
 *
 * Hosts take only so much: a comment on a pull request 65,536 characters, a job's summary one
 * mebibyte. So the report is written with all its parts, and anew with fewer of them until it fits.
 */
#ifndef LS_REPORT_MARKDOWN_H
#define LS_REPORT_MARKDOWN_H

#include "report/format.h"
#include "report/timeline.h"
#include "support/map.h"

/* From the least to the most; each has the parts of those before it. */
typedef enum {
    LS_DETAIL_VERDICT,
    LS_DETAIL_FINDINGS,
    LS_DETAIL_LOCKS,    /* a table of the locks */
    LS_DETAIL_PLANS,    /* stages of rollouts, as diagrams */
    LS_DETAIL_PICTURES, /* the locks drawn over the statements */
    LS_DETAIL_ADVICE,   /* what to write instead */
} ls_detail;

typedef struct {
    ls_buffer *out;
    const ls_report_view *view;
    ls_arena *arena;
    size_t rows; /* at most so many, in each table and list */
    ls_findings_index index;
} ls_markdown;

/* What traffic has to bear, in one sentence: from the locks, else from the worst finding. Nothing
 * where there is no finding. */
void ls_write_consequence(ls_markdown *markdown);

/* For each file a table of the statements that keep somebody waiting or have a finding, and a
 * picture of its locks. */
void ls_write_locks(ls_markdown *markdown, bool with_pictures);

/* Every plan as a folded diagram. */
void ls_write_plan_diagrams(ls_markdown *markdown);

/* Folded: what to write instead of what was found; findings that are waived, and what the report
 * rests on. */
void ls_write_advice(ls_markdown *markdown);
void ls_write_basis(ls_markdown *markdown);

/* "**error** " or "warning ", and the rule in a code span. */
void ls_write_rule(ls_buffer *out, const ls_finding *finding);

/* "- and 12 more" behind the last that is shown, where there are more. */
void ls_write_more(ls_markdown *markdown, size_t count, const char *noun);

#endif
