/* GitHub's line hashes: testdata/sarif-line-hashes.json has what its own action gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/line_hash.h"

#include <jansson.h>
#include <string.h>

static void check(const char *name, const char *text, size_t length, const json_t *expected) {
    ls_arena *arena = ls_arena_new();
    ls_line_hashes hashes = ls_line_hashes_of(arena, text, length);
    if (hashes.count != json_array_size(expected))
        fail_msg("%s: %u lines", name, hashes.count);
    for (uint32_t line = 1; line <= hashes.count; line++) {
        const char *hash = ls_line_hash_text(arena, &hashes, line);
        const char *wanted = json_string_value(json_array_get(expected, line - 1));
        if (strcmp(hash, wanted) != 0)
            fail_msg("%s: line %u is %s, not %s", name, line, hash, wanted);
    }
    assert_null(ls_line_hash_text(arena, &hashes, 0));
    assert_null(ls_line_hash_text(arena, &hashes, hashes.count + 1));
    ls_arena_free(arena);
}

static void test_vectors(void **state) {
    (void)state;
    json_error_t error;
    json_t *vectors = json_load_file(TESTDATA "/sarif-line-hashes.json", 0, &error);
    assert_non_null(vectors);
    assert_true(json_array_size(vectors) >= 13);
    size_t number;
    json_t *vector;
    json_array_foreach(vectors, number, vector) {
        const json_t *text = json_object_get(vector, "text");
        check(json_string_value(json_object_get(vector, "name")), json_string_value(text),
              json_string_length(text), json_object_get(vector, "hashes"));
    }
    json_decref(vectors);
}

/* Many more lines than the window is long. */
static void test_long(void **state) {
    (void)state;
    enum { LINES = 5000 };
    ls_arena *arena = ls_arena_new();
    char *text = ls_arena_alloc(arena, LINES + 1);
    memset(text, '\n', LINES);
    ls_line_hashes hashes = ls_line_hashes_of(arena, text, LINES);
    assert_int_equal(hashes.count, LINES + 1);
    assert_int_equal(hashes.items[LINES - 100].ordinal, LINES - 99);
    assert_int_equal(hashes.items[LINES].ordinal, 1);
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
