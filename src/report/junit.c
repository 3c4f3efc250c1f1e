/*
 * junit.c - findings as tests that fail, a file a suite.
 *
 * There is no standard; this is what Jenkins' schema (junit-10.xsd of its xUnit plugin) takes.
 * GitLab also reads the file of a test, which that schema forbids. A finding that does not fail the
 * run is a test that passes and says something. GitLab tells tests apart by suite, class and name,
 * so that no name is there twice. The last suite says what was looked at, and is never empty.
 */
#include "report/closing.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/places.h"

typedef struct {
    ls_buffer *out;
    const ls_report_view *view;
    ls_arena *arena;
    bool names_files; /* in an attribute of each test */
    ls_map names;     /* of tests in the suite at hand */
} junit_report;

static bool fails(const junit_report *junit, const ls_finding *finding) {
    return junit->view->fails[finding->severity];
}

static bool is_told(const junit_report *junit, const ls_finding *finding) {
    return fails(junit, finding) || finding->severity != LS_SEVERITY_INFO;
}

static void write_attribute(ls_buffer *out, const char *name, const char *value) {
    ls_buffer_format(out, " %s=\"", name);
    ls_escape_markup(out, value);
    ls_buffer_string(out, "\"");
}

static const char *path_of(const junit_report *junit, const ls_finding *finding) {
    return ls_path_from_root(junit->arena, junit->view->root, finding->source->name);
}

/* --- Tests ----------------------------------------------------------------------------------- */

static const char *test_name(junit_report *junit, const ls_finding *finding) {
    ls_position at = ls_source_position(finding->source, finding->at.begin);
    const char *name =
        ls_arena_format(junit->arena, "%s %u:%u", finding->rule->id, at.line, at.column);
    const char *unique = name;
    for (unsigned again = 2; ls_map_get(&junit->names, unique) != NULL; again++)
        unique = ls_arena_format(junit->arena, "%s (%u)", name, again);
    ls_map_set(junit->arena, &junit->names, unique, junit);
    return unique;
}

static void write_failure(junit_report *junit, const ls_finding *finding) {
    ls_buffer *out = junit->out;
    ls_buffer_string(out, "      <failure");
    write_attribute(out, "type", ls_severity_name(finding->severity));
    write_attribute(out, "message", finding->message);
    ls_buffer_string(out, ">");
    ls_escape_markup(out, path_of(junit, finding));
    ls_buffer_format(out, ":%u: ", ls_source_position(finding->source, finding->at.begin).line);
    ls_escape_markup(out, finding->message);
    ls_buffer_string(out, "</failure>\n");
}

static void write_output(junit_report *junit, const ls_finding *finding) {
    ls_buffer_format(junit->out, "      <system-out>%s: ", ls_severity_name(finding->severity));
    ls_escape_markup(junit->out, finding->message);
    ls_buffer_string(junit->out, "</system-out>\n");
}

static void write_test(junit_report *junit, const ls_finding *finding) {
    const char *path = path_of(junit, finding);
    ls_buffer_string(junit->out, "    <testcase");
    write_attribute(junit->out, "classname", path);
    write_attribute(junit->out, "name", test_name(junit, finding));
    if (junit->names_files)
        write_attribute(junit->out, "file", path);
    ls_buffer_string(junit->out, " time=\"0\">\n");
    if (fails(junit, finding))
        write_failure(junit, finding);
    else
        write_output(junit, finding);
    ls_buffer_string(junit->out, "    </testcase>\n");
}

/* --- Suites ---------------------------------------------------------------------------------- */

static void begin_suite(ls_buffer *out, const char *name, size_t tests, size_t failures) {
    ls_buffer_string(out, "  <testsuite");
    write_attribute(out, "name", name);
    ls_buffer_format(out,
                     " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\" time=\"0\">\n",
                     tests, failures);
}

static void write_suite(junit_report *junit, const ls_finding *first, size_t count) {
    size_t tests = 0, failures = 0;
    for (size_t i = 0; i < count; i++) {
        tests += is_told(junit, &first[i]);
        failures += fails(junit, &first[i]);
    }
    if (tests == 0)
        return;
    junit->names = (ls_map){0};
    begin_suite(junit->out, path_of(junit, first), tests, failures);
    for (size_t i = 0; i < count; i++)
        if (is_told(junit, &first[i]))
            write_test(junit, &first[i]);
    ls_buffer_string(junit->out, "  </testsuite>\n");
    ls_buffer_drain_much(junit->out);
    ls_arena_clear(junit->arena);
}

static void write_suites(junit_report *junit) {
    const ls_findings *findings = &junit->view->report->findings;
    for (size_t first = 0, end; first < findings->count; first = end) {
        for (end = first + 1; end < findings->count; end++)
            if (findings->items[end].source != findings->items[first].source)
                break;
        write_suite(junit, &findings->items[first], end - first);
    }
}

static void write_coverage(junit_report *junit) {
    begin_suite(junit->out, "lockstep", 1, 0);
    ls_buffer_string(junit->out,
                     "    <testcase classname=\"lockstep\" name=\"coverage\" time=\"0\">\n"
                     "      <system-out>");
    ls_escape_markup(junit->out, ls_coverage_text(junit->arena, junit->view->report));
    ls_buffer_string(junit->out, "</system-out>\n    </testcase>\n  </testsuite>\n");
}

static void print(ls_buffer *out, const ls_report_view *view, bool names_files) {
    junit_report junit = {
        .out = out, .view = view, .arena = ls_arena_new(), .names_files = names_files};
    size_t tests = 1, failures = 0;
    for (LS_EACH(const ls_finding, finding, view->report->findings)) {
        tests += is_told(&junit, finding);
        failures += fails(&junit, finding);
    }
    ls_buffer_format(out,
                     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<testsuites name=\"lockstep\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n",
                     tests, failures);
    write_suites(&junit);
    write_coverage(&junit);
    ls_buffer_string(out, "</testsuites>\n");
    ls_arena_free(junit.arena);
}

void ls_print_junit(ls_buffer *out, const ls_report_view *view) {
    print(out, view, false);
}

void ls_print_junit_gitlab(ls_buffer *out, const ls_report_view *view) {
    print(out, view, true);
}
