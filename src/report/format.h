/*
 * format.h - the formats that findings are printed in, as one table.
 *
 * A format has a name, says what it needs of the run, and prints a view of the report: the report
 * itself, and what the user, the configuration and the place of the run decide about printing it.
 * All of that is decided before; a format only prints. A new one is a file with a print function,
 * and a line in formats.c.
 */
#ifndef LS_REPORT_FORMAT_H
#define LS_REPORT_FORMAT_H

#include "report/report.h"

typedef struct {
    const ls_report *report;
    ls_text_style style;              /* of the terminal */
    const char *root;                 /* the directory that services see paths from; absolute */
    const char *place;                /* the working directory as seen from there; "" if it is it */
    bool fails[LS_SEVERITY_INFO + 1]; /* a finding of this severity fails the run */
    bool has_summary;                 /* the whole report stands in a job summary beside this one */
    bool only_statistics;             /* text: findings are counted, not told */
    bool with_suppressed;             /* SARIF: findings that were suppressed, marked as such */
    size_t room;                      /* bytes that the place may still take; 0: any number */
} ls_report_view;

/* What a format needs of the run: it is not free, so only what is asked for is made. */
enum {
    LS_NEEDS_FINGERPRINTS = 1 << 0,
    LS_NEEDS_TIMELINE = 1 << 1, /* locks, statement by statement */
    LS_NEEDS_FIXES = 1 << 2,
    LS_NEEDS_ROLLOUTS = 1 << 3, /* plans that run what is judged */
};

typedef struct {
    const char *name;
    unsigned needs;
    bool is_log; /* its lines may stand between those of another format */
    const char
        *variable; /* names the file that it is added to where no other is given; NULL: none */
    void (*print)(ls_buffer *out, const ls_report_view *view);
} ls_format;

/* By name; NULL if there is none. */
const ls_format *ls_format_named(const char *name);

enum { LS_MOST_FORMATS = 32 };

/* Those there are, by their places in the table: NULL behind the last. */
const ls_format *ls_format_at(size_t number);

/* A finding is one that fails the run. */
bool ls_run_is_blocked(const ls_report_view *view);

#endif
