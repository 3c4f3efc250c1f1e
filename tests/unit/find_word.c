/* Where a keyword stands, and where it only seems to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sql/find_word.h"

#include <string.h>

enum { NOWHERE = -1 };

static int place_of(const char *text) {
    static const char *const words[] = {"index", "table"};
    ls_arena *arena = ls_arena_new();
    ls_text_problem problem;
    const ls_source *source = ls_source_new(arena, "a.sql", text, strlen(text), &problem);
    ls_span found;
    const bool is_there = ls_find_word(source, ls_span_of(0, source->length), words, 2, &found);
    const int place = is_there ? (int)found.begin : NOWHERE;
    if (is_there)
        assert_int_equal(found.end - found.begin, 5);
    ls_arena_free(arena);
    return place;
}

static void finds_the_first_word(void **state) {
    (void)state;
    assert_int_equal(place_of("CREATE INDEX index ON a"), 7);
    assert_int_equal(place_of("REINDEX (VERBOSE, INDEX) Table t"), 25);
    assert_int_equal(place_of("/* INDEX */ -- INDEX\nINDEX"), 21);
    assert_int_equal(place_of("größe INDEX"), 8);
}

static void passes_over_what_is_none(void **state) {
    (void)state;
    assert_int_equal(place_of("\"INDEX\" 'TABLE' E'\\'INDEX' $$INDEX$$ $a$ TABLE $a$"), NOWHERE);
    assert_int_equal(place_of("a.INDEX b . /* */ TABLE indexes"), NOWHERE);
    assert_int_equal(place_of("(INDEX [TABLE])"), NOWHERE);
    assert_int_equal(place_of("'INDEX"), NOWHERE);
    assert_int_equal(place_of("/* INDEX"), NOWHERE);
    assert_int_equal(place_of(""), NOWHERE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_first_word),
        cmocka_unit_test(passes_over_what_is_none),
    };
    return cmocka_run_group_tests_name("find_word", tests, NULL, NULL);
}
