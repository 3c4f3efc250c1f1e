/* Columns as each format counts them, and paths as services see them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/places.h"

#include <string.h>

static ls_source *source_of(ls_arena *arena, const char *text) {
    ls_text_problem problem;
    ls_source *source = ls_source_new(arena, "m.sql", text, strlen(text), &problem);
    assert_non_null(source);
    return source;
}

static void check(const ls_source *source, const char *word, ls_column_unit unit, unsigned line,
                  unsigned begin, unsigned end) {
    size_t at = (size_t)(strstr(source->text, word) - source->text);
    ls_region region = ls_region_of(source, ls_span_of(at, at + strlen(word)), unit);
    assert_int_equal(region.begin.line, line);
    assert_int_equal(region.begin.column, begin);
    assert_int_equal(region.end.line, line);
    assert_int_equal(region.end.column, end);
}

static void test_units(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    /* a byte order mark, two bytes, three, four */
    const ls_source *source = source_of(arena, "\xEF\xBB\xBF-- x\r\n\xC3\xA4\xE2\x82\xAC"
                                               "\xF0\x9F\x98\x80 word\xF0\x9F\x98\x80 t\n");
    check(source, "x", LS_COLUMN_UTF16, 1, 4, 5);
    check(source, "x", LS_COLUMN_BYTES, 1, 4, 5);
    check(source, "word", LS_COLUMN_CODE_POINTS, 2, 5, 9);
    check(source, "word", LS_COLUMN_UTF16, 2, 6, 10);
    check(source, "word", LS_COLUMN_BYTES, 2, 11, 15);
    check(source, "word\xF0\x9F\x98\x80", LS_COLUMN_UTF16, 2, 6, 12);
    ls_arena_free(arena);
}

static void test_derived(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    const ls_source *origin = source_of(arena, "-- \xF0\x9F\x98\x80\n\xC3\xA4 :v z;\n");
    ls_source derived = {0};
    uint32_t begin = (uint32_t)(strstr(origin->text, ":v") - origin->text);
    LS_PUSH(arena, &derived.shifts,
            ((ls_source_shift){ls_span_of(0, 5), ls_span_of(begin, begin + 2)}));
    ls_source_derive(arena, &derived, origin, begin, "value z;", 8);
    ls_region region = ls_region_of(&derived, ls_span_of(6, 7), LS_COLUMN_BYTES);
    assert_int_equal(region.begin.line, 2);
    assert_int_equal(region.begin.column, 7);
    assert_int_equal(region.end.column, 8);
    ls_arena_free(arena);
}

static void test_paths(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    assert_string_equal(ls_path_from_root(arena, "/r", "/r/a/./b.sql"), "a/b.sql");
    assert_string_equal(ls_path_from_root(arena, "/r", "/r/a/../b.sql"), "b.sql");
    assert_string_equal(ls_path_from_root(arena, "/r", "/other/b.sql"), "/other/b.sql");
    assert_string_equal(ls_path_as_uri(arena, "a b/%41#?:[\xC3\xA4].sql"),
                        "a%20b/%2541%23%3F%3A%5B%C3%A4%5D.sql");
    assert_string_equal(ls_path_as_uri(arena, "/r/a.sql"), "file:///r/a.sql");
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_derived),
        cmocka_unit_test(test_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
