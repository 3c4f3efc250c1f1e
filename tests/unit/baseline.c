/* lockstep.baseline.yaml: what is written is what is read, and what is refused. */
/* mkdtemp */
#define _XOPEN_SOURCE 700

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/baseline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PRINT "0123456789abcdef0123456789abcdef"

typedef struct {
    ls_arena *arena;
    char directory[64];
    const char *file;
} place;

static int set_up(void **state) {
    static place here;
    here.arena = ls_arena_new();
    strcpy(here.directory, "/tmp/lockstep-baseline-XXXXXX");
    assert_non_null(mkdtemp(here.directory));
    here.file = ls_arena_format(here.arena, "%s/b.yaml", here.directory);
    *state = &here;
    return 0;
}

static int tear_down(void **state) {
    place *here = *state;
    int result = system(ls_arena_format(here->arena, "rm -rf '%s'", here->directory));
    ls_arena_free(here->arena);
    return result;
}

static ls_baseline baseline_of(ls_arena *arena, const ls_baseline_entry *entries, size_t count) {
    ls_baseline baseline = {0};
    for (size_t i = 0; i < count; i++)
        LS_PUSH(arena, &baseline.entries, entries[i]);
    return baseline;
}

static void read_back(void **state) {
    place *here = *state;
    static const char *const TEXTS[] = {
        "plain",
        "it's",
        "a: b",
        "- x",
        "# x",
        "true",
        "1",
        " blanks ",
        "tab\there",
        "new\nline",
        "\"q\"",
        "\\",
        "\xC3\xA9t\xC3\xA9",
        "%x",
        "\x1b[31mred",
        "\x7F",
        "{a: b}",
        "[a]",
        "*anchor",
        "\xF0\x9F\x92\xA5",
        "---",
    };
    enum { COUNT = sizeof TEXTS / sizeof *TEXTS };
    for (size_t i = 0; i < COUNT; i++) {
        const ls_baseline_entry entry = {"rule", TEXTS[i], PRINT, TEXTS[i]};
        ls_baseline written = baseline_of(here->arena, &entry, 1), read;
        ls_yaml_problems problems = {0};
        assert_null(ls_baseline_write(here->arena, here->file, &written));
        assert_true(ls_baseline_read(here->arena, here->file, &read, &problems));
        assert_int_equal(read.entries.count, 1);
        assert_string_equal(read.entries.items[0].rule, "rule");
        assert_string_equal(read.entries.items[0].file, TEXTS[i]);
        assert_string_equal(read.entries.items[0].fingerprint, PRINT);
        assert_string_equal(read.entries.items[0].statement, TEXTS[i]);
    }
}

static void none(void **state) {
    place *here = *state;
    ls_baseline written = {0}, read;
    ls_yaml_problems problems = {0};
    assert_null(ls_baseline_write(here->arena, here->file, &written));
    assert_true(ls_baseline_read(here->arena, here->file, &read, &problems));
    assert_int_equal(read.entries.count, 0);
}

static void sorted(void **state) {
    place *here = *state;
    const ls_baseline_entry entries[] = {
        {"b", "2.sql", PRINT, "x"}, {"b", "1.sql", PRINT, "y"}, {"b", "1.sql", PRINT, "x"},
        {"a", "2.sql", PRINT, "x"}, {"c", "1.sql", PRINT, "x"},
    };
    ls_baseline written = baseline_of(here->arena, entries, 5);
    assert_null(ls_baseline_write(here->arena, here->file, &written));
    const char *order = "";
    for (LS_EACH(const ls_baseline_entry, entry, written.entries))
        order = ls_arena_format(here->arena, "%s %s%s%c", order, entry->rule, entry->statement,
                                entry->file[0]);
    assert_string_equal(order, " bx1 by1 cx1 ax2 bx2");
}

static void not_written(void **state) {
    place *here = *state;
    const ls_baseline_entry entry = {"rule", "\xFF.sql", PRINT, "x"};
    ls_baseline broken = baseline_of(here->arena, &entry, 1);
    assert_string_equal(ls_baseline_write(here->arena, here->file, &broken),
                        "a name or a statement is not valid UTF-8");
    ls_baseline empty = {0};
    assert_string_equal(
        ls_baseline_write(here->arena,
                          ls_arena_format(here->arena, "%s/none/b.yaml", here->directory), &empty),
        "No such file or directory");
}

static void check_refused(place *here, const char *text, const char *expected) {
    FILE *stream = fopen(here->file, "w");
    assert_non_null(stream);
    fputs(text, stream);
    assert_int_equal(fclose(stream), 0);
    ls_baseline baseline;
    ls_yaml_problems problems = {0};
    assert_false(ls_baseline_read(here->arena, here->file, &baseline, &problems));
    assert_true(problems.count > 0);
    const ls_yaml_problem *first = &problems.items[0];
    assert_string_equal(
        ls_arena_format(here->arena, "%u:%u: %s", first->line, first->column, first->message),
        expected);
}

#define ENTRY(key, value)                                                                          \
    "version: 1\nfindings:\n- rule: a\n  file: b\n  " key ": " value "\n  statement: c\n"

static void refused(void **state) {
    place *here = *state;
    check_refused(here, "", "1:1: the file is empty");
    check_refused(here, "- a\n", "1:1: expected a mapping");
    check_refused(here, "findings: []\n", "1:1: version is missing");
    check_refused(here, "version: 2\nfindings: []\n", "1:10: version: expected 1");
    check_refused(here, "version: 1\n", "1:1: findings is missing");
    check_refused(here, "version: 1\nfindings: {}\n", "2:11: findings: expected a list");
    check_refused(here, "version: 1\nfinding: []\n",
                  "2:1: unknown key \"finding\"; did you mean \"findings\"?");
    check_refused(here, "version: 1\nfindings: [a]\n", "2:12: expected a mapping");
    check_refused(here, ENTRY("fingerprint", "12"),
                  "5:16: fingerprint: expected 32 hexadecimal digits");
    check_refused(here, ENTRY("fingerprint", PRINT "0"),
                  "5:16: fingerprint: expected 32 hexadecimal digits");
    check_refused(here, ENTRY("fingerprint", "[a]"), "5:16: fingerprint: expected a text");
    check_refused(here, ENTRY("fingerprnt", PRINT),
                  "5:3: unknown key \"fingerprnt\"; did you mean \"fingerprint\"?");
    check_refused(here, ENTRY("statement2", PRINT),
                  "5:3: unknown key \"statement2\"; did you mean \"statement\"?");
    check_refused(here, "version: 1\nfindings:\n- rule: a\n  file: b\n  statement: c\n",
                  "3:3: fingerprint is missing");
    check_refused(here,
                  ENTRY("fingerprint", PRINT) "- rule: a\n  file: b\n  fingerprint: " PRINT
                                              "\n  statement: d\n",
                  "7:3: the same finding is on line 3 already");
    check_refused(here, "version: 1\nfindings: [\n<<<<<<< HEAD\n",
                  "4:1: not YAML: did not find expected ',' or ']'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_back), cmocka_unit_test(none),        cmocka_unit_test(sorted),
        cmocka_unit_test(refused),   cmocka_unit_test(not_written),
    };
    return cmocka_run_group_tests_name("baseline", tests, set_up, tear_down);
}
