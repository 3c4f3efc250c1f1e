/*
 * Texts that can be sources and those that cannot, and where their bytes stand.
 */
#include "sql/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static ls_arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = ls_arena_new();
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    ls_arena_free(arena);
    return 0;
}

static ls_source *source_of(const char *text) {
    ls_text_problem problem;
    ls_source *source = ls_source_new(arena, "test.sql", text, strlen(text), &problem);
    assert_non_null(source);
    assert_null(problem.message);
    return source;
}

static void assert_position(const ls_source *source, uint32_t offset, uint32_t line,
                            uint32_t column) {
    ls_position position = ls_source_position(source, offset);
    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
}

static void assert_line(const ls_source *source, uint32_t line, const char *wanted) {
    assert_string_equal(ls_source_copy(arena, source, ls_source_line(source, line)), wanted);
}

typedef struct {
    const char *text;
    size_t length;
    const char *part; /* of the message; NULL: the text is fine */
    uint32_t at, line, column;
} text_case;

#define BYTES(literal) (literal), sizeof(literal) - 1

static const text_case TEXTS[] = {
    {BYTES(""), NULL, 0, 0, 0},
    {BYTES("SELECT 1;"), NULL, 0, 0, 0},
    {BYTES("\x7F\x01"), NULL, 0, 0, 0},
    {BYTES("\xC2\x80 \xDF\xBF"), NULL, 0, 0, 0},
    {BYTES("\xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80 \xEF\xBF\xBF"), NULL, 0, 0, 0},
    {BYTES("\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"), NULL, 0, 0, 0},
    {BYTES("a\n\xC3\xA4\x00x"), "NUL byte", 4, 2, 2},
    {BYTES("12345678\0"), "NUL byte", 8, 1, 9},
    {BYTES("1234567\0x"), "NUL byte", 7, 1, 8},
    {BYTES("ab\x80"), "not valid UTF-8 (byte 0x80)", 2, 1, 3},
    {BYTES("\xC0\x80"), "not valid UTF-8", 0, 1, 1},
    {BYTES("\xC1\xBF"), "not valid UTF-8", 0, 1, 1},
    {BYTES("\xE0\x9F\xBF"), "not valid UTF-8", 0, 1, 1},
    {BYTES("\xED\xA0\x80"), "not valid UTF-8", 0, 1, 1},
    {BYTES("\xF0\x8F\xBF\xBF"), "not valid UTF-8", 0, 1, 1},
    {BYTES("\xF4\x90\x80\x80"), "not valid UTF-8", 0, 1, 1},
    {BYTES("\xF5\x80\x80\x80"), "not valid UTF-8", 0, 1, 1},
    {BYTES("x\xE2\x82"), "not valid UTF-8", 1, 1, 2},
    {BYTES("x\xC3"), "not valid UTF-8", 1, 1, 2},
    {BYTES("x\xC3y"), "not valid UTF-8", 1, 1, 2},
    {BYTES("\xEF\xBB\xBF\xFF"), "not valid UTF-8 (byte 0xFF)", 3, 1, 1},
    {BYTES("\xFF\xFEs\0e\0l\0"), "UTF-16: save it as UTF-8", 0, 1, 1},
    {BYTES("\xFE\xFF\0s\0e\0l"), "UTF-16: save it as UTF-8", 0, 1, 1},
    {BYTES("s\0e\0l\0"), "UTF-16: save it as UTF-8", 1, 1, 2},
    {BYTES("\0s\0e\0l"), "UTF-16: save it as UTF-8", 0, 1, 1},
};

static void checks_texts(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        const text_case *test = &TEXTS[i];
        ls_text_problem problem;
        ls_source *source = ls_source_new(arena, "t", test->text, test->length, &problem);
        assert_int_equal(source != NULL, test->part == NULL);
        assert_int_equal(problem.message == NULL, test->part == NULL);
        if (test->part == NULL)
            continue;
        if (strstr(problem.message, test->part) == NULL)
            fail_msg("text %zu: \"%s\" lacks \"%s\"", i, problem.message, test->part);
        assert_int_equal(problem.at, test->at);
        assert_int_equal(problem.position.line, test->line);
        assert_int_equal(problem.position.column, test->column);
    }
}

static void refuses_bad_bytes_wherever_they_stand(void **state) {
    (void)state;
    char text[64];
    for (size_t at = 0; at < sizeof text; at++) {
        ls_text_problem problem;
        memset(text, 'a', sizeof text);
        text[at] = '\xFF';
        assert_null(ls_source_new(arena, "t", text, sizeof text, &problem));
        assert_int_equal(problem.at, at);
    }
}

static void refuses_what_offsets_cannot_count(void **state) {
    (void)state;
    ls_text_problem problem;
    assert_null(ls_source_new(arena, "t", "", (size_t)UINT32_MAX, &problem));
    assert_non_null(strstr(problem.message, "4 GiB"));
}

static void places_bytes(void **state) {
    (void)state;
    const ls_source *source = source_of("ab\r\n\n\xC3\xA4\xF0\x9F\x98\x80z\rq");
    assert_position(source, 0, 1, 1);
    assert_position(source, 2, 1, 3);
    assert_position(source, 3, 1, 4);
    assert_position(source, 4, 2, 1);
    assert_position(source, 5, 3, 1);
    assert_position(source, 6, 3, 1); /* inside a character: its start */
    assert_position(source, 7, 3, 2);
    assert_position(source, 10, 3, 2);
    assert_position(source, 11, 3, 3);
    assert_position(source, 13, 3, 5); /* CR alone ends no line */
    assert_position(source, 14, 3, 6);
    assert_position(source, UINT32_MAX, 3, 6);
    assert_line(source, 1, "ab");
    assert_line(source, 2, "");
    assert_line(source, 3, "\xC3\xA4\xF0\x9F\x98\x80z\rq");
    assert_line(source, 0, "");
    assert_line(source, 4, "");
}

static void places_the_end_after_a_last_line_end(void **state) {
    (void)state;
    const ls_source *source = source_of("a\n");
    assert_position(source, 1, 1, 2);
    assert_position(source, 2, 2, 1);
    assert_line(source, 2, "");
    assert_position(source_of(""), 0, 1, 1);
}

static void skips_a_byte_order_mark(void **state) {
    (void)state;
    const ls_source *source = source_of("\xEF\xBB\xBFSELECT\n\xEF\xBB\xBFx");
    assert_int_equal(ls_source_mark_length(source), 3);
    assert_position(source, 0, 1, 1);
    assert_position(source, 2, 1, 1);
    assert_position(source, 3, 1, 1);
    assert_position(source, 4, 1, 2);
    assert_position(source, 13, 2, 2); /* a mark elsewhere is a character */
    assert_line(source, 1, "SELECT");
    assert_int_equal(ls_source_mark_length(source_of("\xEF\xBB\xBF")), 3);
    assert_int_equal(ls_source_mark_length(source_of("")), 0);
}

/* Every position of a text of many blocks, against counting from its start. */
static void agrees_with_counting(void **state) {
    (void)state;
    enum { SIZE = 30000 };
    char *text = ls_arena_alloc(arena, SIZE + 1);
    for (size_t i = 0; i + 2 <= SIZE; i += 2)
        memcpy(text + i, i % 7 == 0 ? "\xC3\xA4" : i % 9998 == 0 ? "x\n" : "xy", 2);
    const ls_source *source = source_of(text);
    uint32_t line = 1, column = 1;
    for (uint32_t i = 0; i < source->length; i++) {
        if (((unsigned char)text[i] & 0xC0) == 0x80)
            continue;
        assert_position(source, i, line, column);
        line += text[i] == '\n';
        column = text[i] == '\n' ? 1 : column + 1;
    }
}

/* Where a line would be if all were alike is far from where it is. */
static void finds_lines_of_uneven_length(void **state) {
    (void)state;
    enum { LINES = 2000, LONG = 60000, SIZE = 2 * LINES + LONG };
    char *text = ls_arena_alloc(arena, SIZE + 1);
    for (uint32_t before = 0; before <= LINES; before += LINES / 2) {
        memset(text, 'x', SIZE);
        for (uint32_t line = 0; line < LINES; line++)
            text[2 * line + 1 + (line < before ? 0 : LONG)] = '\n';
        const ls_source *source = source_of(text);
        uint32_t line = 1, column = 1;
        for (uint32_t i = 0; i < source->length; i++) {
            assert_position(source, i, line, column);
            line += text[i] == '\n';
            column = text[i] == '\n' ? 1 : column + 1;
        }
    }
}

/* Quadratic work would take minutes here. */
static void places_many_bytes_of_one_long_line(void **state) {
    (void)state;
    enum { SIZE = 10 << 20 };
    char *text = ls_arena_alloc(arena, SIZE + 1);
    memset(text, 'a', SIZE);
    memcpy(text, "\xC3\xA4", 2);
    const ls_source *source = source_of(text);
    for (uint32_t i = 2; i < SIZE; i += 100)
        assert_position(source, i, 1, i);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks_texts),
        cmocka_unit_test(refuses_bad_bytes_wherever_they_stand),
        cmocka_unit_test(refuses_what_offsets_cannot_count),
        cmocka_unit_test(places_bytes),
        cmocka_unit_test(places_the_end_after_a_last_line_end),
        cmocka_unit_test(skips_a_byte_order_mark),
        cmocka_unit_test(agrees_with_counting),
        cmocka_unit_test(finds_lines_of_uneven_length),
        cmocka_unit_test(places_many_bytes_of_one_long_line),
    };
    return cmocka_run_group_tests_name("source", tests, open_arena, close_arena);
}
