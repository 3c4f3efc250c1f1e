/*
 * Untrusted text through every format: nothing of it adds, hides or stops an annotation, is markup,
 * or moves the cursor. Each payload stands wherever text of a user's file can stand; what is
 * printed has the structure of a report in which a plain word stands there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/characters.h"
#include "report/escape.h"
#include "report/format.h"

#include <ctype.h>
#include <jansson.h>
#include <string.h>

#define BIDI "\xE2\x80\xAE"

static const char *const PAYLOADS[] = {
    /* workflow commands of GitHub, at the start of a line and anywhere in it */
    "::error::x",
    "::error file=a,line=1::x",
    "  ::warning::x",
    "\t::notice::x",
    "\xC2\xA0::error::x",
    "\xE3\x80\x80::error::x",
    "a\n::error::x",
    "a\r::error::x",
    "a\r\n::error::x",
    "a\xE2\x80\xA8::error::x",
    "::stop-commands::x",
    "::add-mask::a",
    "::endgroup::",
    "##[stop-commands]x",
    "##[error]x",
    "a ##[add-mask]a",
    "###[group]x",
    "#\xE2\x80\x8B#[error]x",
    "#\n#[error]x",
    "%0A::error::x",
    "%250A::error::x",
    "a,line=99,title=b",
    "a::b",
    "file=x",
    /* of Azure and TeamCity */
    "##vso[task.complete result=Succeeded;]",
    "##vso[task.logissue type=error;]x",
    "a;linenumber=99;]##vso[task.complete]",
    "]##vso[task.complete]",
    "%AZP25",
    "##teamcity[buildStop]",
    /* terminals */
    "\x1b[2J\x1b[31m",
    "\x1b]8;;http://evil\x07link\x1b]8;;\x07",
    "\x1b]0;title\x07",
    "\xC2\x9B"
    "2J",
    "a\x08\x08\x08"
    "b",
    "\x07\x7F\x01",
    "\r hidden",
    BIDI "evil",
    "\xE2\x81\xA6isolated\xE2\x81\xA9",
    "\xEF\xBB\xBF mark",
    "zero\xE2\x80\x8Bwidth",
    /* text that is none */
    "\xFF\xFE",
    "\xC3",
    "\xED\xA0\x80",
    "\xF4\x90\x80\x80",
    "\xC0\xAF",
    "\xEF\xBF\xBE\xEF\xBF\xBF",
    /* markup */
    "<script>alert(1)</script>",
    "</script><script>x",
    "<img src=x onerror=alert(1)>",
    "</details></summary>",
    "<!-- -->",
    "--> <b>",
    "]]>",
    "<![CDATA[x]]>",
    "&lt;b&gt; &amp; &#10;",
    "\"'><a href='x'>",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    /* Markdown and mermaid */
    "[x](http://evil)",
    "![x](http://evil/pixel)",
    "](1)",
    "\\](1)",
    "@octocat and #1",
    "https://evil.example www.evil.example",
    "`code` and ``` fence",
    "a\n```\n<b>x</b>\n```",
    "a\n~~~\nb",
    "| cell | \\| cell",
    "**strong** __strong__ ~~struck~~ $x$",
    "\\",
    "a\n# heading",
    "\"]; click s1 \"javascript:alert(1)\"",
    "end\n  style s1 fill:#fff",
    "%%{init: {}}%%",
    /* JSON and templates */
    "\",\"rule\":\"x",
    "{0} {{x}} ${x} $(x)",
    "\\u0000 \\",
};

enum { PAYLOAD_COUNT = sizeof PAYLOADS / sizeof *PAYLOADS };

/* --- A report full of it --------------------------------------------------------------------- */

static ls_source *source_of(ls_arena *arena, const char *name, const char *text) {
    ls_text_problem problem;
    ls_source *source = ls_source_new(arena, name, text, strlen(text), &problem);
    assert_non_null(source);
    return source;
}

static ls_finding finding_of(ls_arena *arena, const ls_rule *rule, const ls_source *source,
                             const ls_source *other, const char *text) {
    ls_finding finding = {
        .rule = rule,
        .severity = LS_SEVERITY_ERROR,
        .source = source,
        .at = {0, source->length},
        .statement_at = {0, source->length},
        .message = text,
        .label = text,
        .help = text,
        .waits = text,
        .fingerprint = "cafe",
        .fix = {.says = text, .safe = true},
    };
    LS_PUSH(arena, &finding.labels, ((ls_label){other, {0, 1}, text}));
    LS_PUSH(arena, &finding.fix.edits, ((ls_edit){{0, 1}, text}));
    LS_PUSH(arena, &finding.notes, text);
    LS_PUSH(arena, &finding.trace, ((ls_shown_step){.text = text, .state = text}));
    return finding;
}

static void add_timeline(ls_arena *arena, ls_report *report, const ls_source *source,
                         const char *text) {
    ls_statement *statement = LS_NEW(arena, ls_statement);
    ls_outcome *outcome = LS_NEW(arena, ls_outcome);
    const ls_touched relation = {.id = 1, .name = text};
    statement->source = source;
    statement->at = ls_span_of(0, source->length);
    outcome->analysed = true;
    LS_PUSH(arena, &outcome->locks, ((ls_relation_lock){relation, LS_ACCESS_EXCLUSIVE, {0, 1}}));
    LS_PUSH(arena, &outcome->work,
            ((ls_work_done){.relation = relation, .table = relation, .work = LS_WORK_REWRITE}));
    ls_timeline_file file = {.source = source};
    LS_PUSH(arena, &file.statements, ((ls_timeline_entry){statement, outcome, 0}));
    LS_PUSH(arena, &report->timeline, file);
}

static void add_plan(ls_arena *arena, ls_report *report, const ls_source *source,
                     const char *text) {
    ls_report_stage stage = {.index = 1, .verb = "expand", .value = text, .line = 1};
    LS_PUSH(arena, &stage.live, text);
    LS_PUSH(arena, &stage.may_roll_back, text);
    ls_report_plan plan = {.source = source, .title = text};
    LS_PUSH(arena, &plan.stages, stage);
    LS_PUSH(arena, &report->plans, plan);
}

static ls_report report_of(ls_arena *arena, const char *text) {
    static const ls_effect_kind KIND = LS_EFFECT_SUPPRESSION;
    ls_advice *advice = LS_NEW(arena, ls_advice);
    advice->text = text;
    ls_rule *rule = LS_NEW(arena, ls_rule);
    *rule = (ls_rule){.id = "some-rule",
                      .group = "data",
                      .severity = LS_SEVERITY_ERROR,
                      .summary = text,
                      .why = text,
                      .effects = &KIND,
                      .effect_count = 1};
    const char *sql = ls_valid_text(arena, text);
    const ls_source *source = source_of(arena, text, sql), *other = source_of(arena, text, sql);
    ls_report report = {.parser = "15.1", .postgres = 15, .files = 1, .statements = 1};
    ls_finding finding = finding_of(arena, rule, source, other, text);
    LS_PUSH(arena, &report.findings, finding);
    finding.source = other; /* another file, and another level */
    finding.severity = LS_SEVERITY_INFO;
    LS_PUSH(arena, &report.findings, finding);
    LS_PUSH(arena, &report.waived, ((ls_waived_finding){finding, text, false}));
    add_timeline(arena, &report, source, text);
    add_plan(arena, &report, source, text);
    return report;
}

static char *printed(ls_arena *arena, const ls_format *format, const char *text) {
    const ls_report report = report_of(arena, text);
    const ls_report_view view = {
        .report = &report,
        .style = {.colour = LS_COLOUR_NEVER, .width = 80},
        .root = "/nowhere",
        .place = text,
        .fails = {true, true, true},
        .with_suppressed = true,
    };
    ls_buffer out = {0};
    format->print(&out, &view);
    char *copy = ls_arena_copy(arena, out.text, out.length);
    assert_int_equal(strlen(copy), out.length);
    ls_buffer_free(&out);
    return copy;
}

/* --- What holds for all of them -------------------------------------------------------------- */

static size_t count(const char *text, const char *of) {
    size_t found = 0;
    for (; (text = strstr(text, of)) != NULL; text++)
        found++;
    return found;
}

static bool is_sent_as_it_is(const char *text, size_t length) {
    size_t step;
    ls_shown_character shown = ls_show(text, length, &step);
    return shown.length == step && memcmp(shown.text, text, step) == 0;
}

/* Nothing but line ends and what can be seen. */
static void check_characters(const char *name, const char *text) {
    size_t length = strlen(text);
    int32_t character;
    for (size_t at = 0, step; at < length; at += step) {
        step = ls_read_character(text + at, length - at, &character);
        bool is_own = character == '\n' || character == '#'; /* "##" is looked at elsewhere */
        if (!is_own && !is_sent_as_it_is(text + at, length - at))
            fail_msg("%s sends U+%04X: %s", name, (unsigned)character, text);
    }
}

static size_t count_commands(const char *text) {
    size_t commands = 0;
    for (size_t length; *text != 0; text += length + (text[length] == '\n')) {
        length = strcspn(text, "\n");
        size_t at = 0, step;
        while (at < length && ls_is_blank(text + at, length - at, &step))
            at += step;
        commands += strncmp(text + at, "::", 2) == 0;
    }
    return commands;
}

static void check_same(const char *name, const char *what, size_t is, size_t wanted,
                       const char *text) {
    if (is != wanted)
        fail_msg("%s: %zu %s, not %zu: %s", name, is, what, wanted, text);
}

static void check_log(const char *name, const char *text, const char *plain) {
    check_characters(name, text);
    check_same(name, "commands", count_commands(text), count_commands(plain), text);
    check_same(name, "marks of commands", count(text, "##"), count(plain, "##"), text);
}

/* --- What holds for some --------------------------------------------------------------------- */

static void check_lines(const char *name, const char *text, const char *plain) {
    check_same(name, "lines", count(text, "\n"), count(plain, "\n"), text);
}

/* A page has as many lines as the code that it shows. */
static void check_html(const char *name, const char *text, const char *plain) {
    static const char *const MARKS[] = {"<", ">", "\"", "'"};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        check_same(name, MARKS[i], count(text, MARKS[i]), count(plain, MARKS[i]), text);
    for (const char *at = text; (at = strchr(at, '&')) != NULL; at++)
        if (strncmp(at, "&lt;", 4) != 0 && strncmp(at, "&gt;", 4) != 0 &&
            strncmp(at, "&amp;", 5) != 0 && strncmp(at, "&quot;", 6) != 0 &&
            strncmp(at, "&#39;", 5) != 0 && strncmp(at, "&#58;", 5) != 0)
            fail_msg("%s: %s", name, at);
}

static void check_xml(const char *name, const char *text, const char *plain) {
    check_html(name, text, plain);
    check_lines(name, text, plain);
}

static bool same_shape(const json_t *one, const json_t *other) {
    if (json_typeof(one) != json_typeof(other))
        return false;
    if (json_is_array(one)) {
        if (json_array_size(one) != json_array_size(other))
            return false;
        for (size_t i = 0; i < json_array_size(one); i++)
            if (!same_shape(json_array_get(one, i), json_array_get(other, i)))
                return false;
    }
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)one, key, value) {
        const json_t *twin = json_object_get(other, key);
        if (twin == NULL || !same_shape(value, twin))
            return false;
    }
    return json_object_size(one) == json_object_size(other);
}

static void check_json(const char *name, const char *text, const char *plain) {
    json_error_t error;
    json_t *is = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    json_t *wanted = json_loads(plain, 0, &error);
    if (is == NULL || !same_shape(is, wanted))
        fail_msg("%s: %s", name, text);
    json_decref(is);
    json_decref(wanted);
}

static void check_json_lines(const char *name, const char *text, const char *plain) {
    check_lines(name, text, plain);
    ls_arena *arena = ls_arena_new();
    while (*text != 0) {
        size_t length = strcspn(text, "\n"), plain_length = strcspn(plain, "\n");
        check_json(name, ls_arena_copy(arena, text, length),
                   ls_arena_copy(arena, plain, plain_length));
        text += length + 1;
        plain += plain_length + 1;
    }
    ls_arena_free(arena);
}

/* As the runner does: the keys up to the next "::", split at commas. */
static void check_github(const char *name, const char *text, const char *plain) {
    static const char *const KEYS[] = {"file", "line", "endLine", "col", "endColumn", "title"};
    check_lines(name, text, plain);
    ls_arena *arena = ls_arena_new();
    for (size_t length; *text != 0; text += length + 1) {
        length = strcspn(text, "\n");
        char *line = ls_arena_copy(arena, text, length), *header_end = strstr(line + 2, "::");
        assert_non_null(header_end);
        *header_end = 0;
        char *rest = strchr(line, ' ') + 1;
        size_t key = 0;
        for (char *property; (property = strtok_r(rest, ",", &rest)) != NULL; key++) {
            if (key == 3 && strncmp(property, "title=", 6) == 0)
                key = 5; /* of several lines, without columns */
            size_t key_length = strlen(KEYS[key]);
            if (strncmp(property, KEYS[key], key_length) != 0 || property[key_length] != '=')
                fail_msg("%s: %s", name, property);
        }
        assert_int_equal(key, 6);
    }
    ls_arena_free(arena);
}

static void check_azure(const char *name, const char *text, const char *plain) {
    check_lines(name, text, plain);
    const char *header_end = strchr(text, ']');
    const char *plain_end = strchr(plain, ']');
    assert_non_null(header_end);
    size_t is = 0, wanted = 0;
    for (const char *at = text; at < header_end; at++)
        is += *at == ';';
    for (const char *at = plain; at < plain_end; at++)
        wanted += *at == ';';
    check_same(name, "properties", is, wanted, text);
}

/* --- Markdown -------------------------------------------------------------------------------- */

static size_t run_of(const char *text, char of) {
    size_t length = 0;
    while (text[length] == of)
        length++;
    return length;
}

/* The line without its code spans and what is escaped. */
static char *bare_line(ls_arena *arena, const char *line, size_t length) {
    ls_buffer bare = {0};
    char *text = ls_arena_copy(arena, line, length);
    for (size_t at = 0; text[at] != 0;) {
        if (text[at] == '\\' && ispunct((unsigned char)text[at + 1])) {
            ls_buffer_string(&bare, ".");
            at += 2;
            continue;
        }
        size_t ticks = run_of(text + at, '`'), end = at + ticks;
        if (ticks == 0) {
            ls_buffer_add(&bare, text + at++, 1);
            continue;
        }
        while (text[end] != 0 && run_of(text + end, '`') != ticks)
            end += run_of(text + end, '`') > 0 ? run_of(text + end, '`') : 1;
        if (text[end] == 0)
            fail_msg("a code span does not end: %s", text);
        at = end + ticks;
    }
    char *copy = ls_arena_copy(arena, bare.length == 0 ? "" : bare.text, bare.length);
    ls_buffer_free(&bare);
    return copy;
}

/* All of it without code; fences are counted by a mark. */
static char *bare_markdown(ls_arena *arena, const char *text) {
    ls_buffer bare = {0};
    size_t fence = 0;
    for (size_t length; *text != 0; text += length + (text[length] == '\n')) {
        length = strcspn(text, "\n");
        size_t ticks = run_of(text, '`');
        bool is_fence = fence > 0 ? ticks >= fence && ticks == length : ticks >= 3;
        if (is_fence && memchr(text + ticks, '`', length - ticks) == NULL) {
            fence = fence > 0 ? 0 : ticks;
            ls_buffer_string(&bare, "FENCE\n");
        } else if (fence == 0) {
            ls_buffer_format(&bare, "%s\n", bare_line(arena, text, length));
        }
    }
    assert_int_equal(fence, 0);
    char *copy = ls_arena_copy(arena, bare.text, bare.length);
    ls_buffer_free(&bare);
    return copy;
}

/* What a host looks for in the text that comes out of the Markdown. */
static void check_references(const char *name, const char *bare) {
    for (const char *at = bare; *at != 0; at++) {
        bool is_reference = (*at == '@' || *at == '#') && isalnum((unsigned char)at[1]) &&
                            (at == bare || at[-1] != '&');
        bool is_host = strncmp(at, "www.", 4) == 0;
        bool is_entity = *at == '&' && strncmp(at, "&#8203;", 7) != 0;
        if (is_reference || is_host || is_entity)
            fail_msg("%s: %s", name, at);
    }
}

static void check_markdown(const char *name, const char *text, const char *plain) {
    static const char *const MARKS[] = {"FENCE", "<", "|", "[",   "](", "**", "\n#",
                                        "~",     "_", "*", "://", "\n", "![", "$"};
    ls_arena *arena = ls_arena_new();
    const char *bare = bare_markdown(arena, text), *wanted = bare_markdown(arena, plain);
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        check_same(name, MARKS[i], count(bare, MARKS[i]), count(wanted, MARKS[i]), text);
    check_references(name, bare);
    const char *diagram = strstr(text, "```mermaid"), *plain_diagram = strstr(plain, "```mermaid");
    check_same(name, "labels", count(diagram, "[\""), count(plain_diagram, "[\""), text);
    ls_arena_free(arena);
}

/* The comment begins with its mark: one comment of HTML, which nothing ends early. */
static void check_comment(const char *name, const char *text, const char *plain) {
    static const char *const PLAIN_MARKS = "/._:";
    const char *mark = text + strlen("<!-- "), *end = strstr(text, " -->\n");
    assert_int_equal(strncmp(text, "<!-- ", strlen("<!-- ")), 0);
    assert_non_null(end);
    for (; mark < end; mark++)
        if (!isalnum((unsigned char)*mark) && strchr(PLAIN_MARKS, *mark) == NULL)
            fail_msg("%s: %s", name, mark);
    check_markdown(name, strchr(text, '\n') + 1, strchr(plain, '\n') + 1);
}

/* --- All of them ----------------------------------------------------------------------------- */

typedef void check_function(const char *name, const char *text, const char *plain);

static check_function *check_of(const char *format) {
    static const struct {
        const char *format;
        check_function *check;
    } CHECKS[] = {
        {"text", check_log},         {"json", check_json},        {"concise", check_lines},
        {"github", check_github},    {"summary", check_markdown}, {"markdown", check_comment},
        {"sarif", check_json},       {"gitlab", check_json},      {"junit", check_xml},
        {"junit-gitlab", check_xml}, {"checkstyle", check_xml},   {"rdjsonl", check_json_lines},
        {"azure", check_azure},      {"html", check_html},
    };
    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++)
        if (strcmp(CHECKS[i].format, format) == 0)
            return CHECKS[i].check;
    fail_msg("%s has no check here", format);
    return NULL;
}

static void test_every_format(void **state) {
    (void)state;
    assert_true(PAYLOAD_COUNT >= 60);
    for (size_t i = 0; ls_format_at(i) != NULL; i++) {
        const ls_format *format = ls_format_at(i);
        check_function *check = check_of(format->name);
        for (size_t payload = 0; payload < PAYLOAD_COUNT; payload++) {
            ls_arena *arena = ls_arena_new();
            const char *text = printed(arena, format, PAYLOADS[payload]);
            const char *plain = printed(arena, format, "plain");
            check_log(format->name, text, plain);
            check(format->name, text, plain);
            ls_arena_free(arena);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_format)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
