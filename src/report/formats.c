#include "report/formats.h"

#include <string.h>

static void print_text(ls_buffer *out, const ls_report_view *view) {
    if (view->only_statistics)
        ls_report_statistics(out, view->report, &view->style);
    else
        ls_report_text(out, view->report, &view->style);
}

static void print_json(ls_buffer *out, const ls_report_view *view) {
    ls_report_json(out, view->report);
}

static const ls_format FORMATS[] = {
    {.name = "text", .is_log = true, .print = print_text},
    {.name = "json", .needs = LS_NEEDS_FINGERPRINTS | LS_NEEDS_FIXES, .print = print_json},
    {.name = "concise", .is_log = true, .print = ls_print_concise},
    {.name = "github", .is_log = true, .print = ls_print_github},
    {.name = "summary",
     .needs = LS_NEEDS_TIMELINE | LS_NEEDS_ROLLOUTS,
     .variable = "GITHUB_STEP_SUMMARY",
     .print = ls_print_summary},
    {.name = "markdown", .needs = LS_NEEDS_TIMELINE | LS_NEEDS_ROLLOUTS, .print = ls_print_comment},
    {.name = "html", .needs = LS_NEEDS_TIMELINE | LS_NEEDS_ROLLOUTS, .print = ls_print_html},
    {.name = "sarif", .needs = LS_NEEDS_FINGERPRINTS | LS_NEEDS_FIXES, .print = ls_print_sarif},
    {.name = "gitlab", .needs = LS_NEEDS_FINGERPRINTS, .print = ls_print_gitlab},
    {.name = "junit", .print = ls_print_junit},
    {.name = "junit-gitlab", .print = ls_print_junit_gitlab},
    {.name = "checkstyle", .print = ls_print_checkstyle},
    {.name = "rdjsonl", .needs = LS_NEEDS_FIXES, .print = ls_print_rdjsonl},
    {.name = "azure", .is_log = true, .print = ls_print_azure},
};

enum { COUNT = sizeof FORMATS / sizeof *FORMATS };
_Static_assert(sizeof FORMATS / sizeof *FORMATS <= LS_MOST_FORMATS,
               "whoever lists the formats has room for so many");

const ls_format *ls_format_at(size_t number) {
    return number < COUNT ? &FORMATS[number] : NULL;
}

const ls_format *ls_format_named(const char *name) {
    for (size_t i = 0; i < COUNT; i++)
        if (strcmp(FORMATS[i].name, name) == 0)
            return &FORMATS[i];
    return NULL;
}

bool ls_run_is_blocked(const ls_report_view *view) {
    for (LS_EACH(const ls_finding, finding, view->report->findings))
        if (view->fails[finding->severity])
            return true;
    return false;
}
