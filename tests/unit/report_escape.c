/* What a terminal and JSON are sent of hostile, wide and broken text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/escape.h"

#include <string.h>

static const struct {
    const char *text, *shown;
    size_t width;
} CASES[] = {
    {"plain text", "plain text", 10},
    {"", "", 0},
    {"\t|", "    |", 5},
    {"a\nb\r", "a\\nb\\r", 6},
    {"\x1b[31m", "\\x1b[31m", 8},
    {"\x01\x7f", "\\x01\\x7f", 8},
    {"\xC2\x9B", "<U+009B>", 8},                 /* the one-byte CSI of C1 */
    {"\xE2\x80\xAE", "<U+202E>", 8},             /* right-to-left override */
    {"\xE2\x81\xA6", "<U+2066>", 8},             /* left-to-right isolate */
    {"\xE2\x80\x8B", "<U+200B>", 8},             /* zero width space */
    {"\xEF\xBB\xBF", "<U+FEFF>", 8},             /* byte order mark */
    {"\xF3\xA0\x81\x81", "<U+E0041>", 9},        /* tag */
    {"e\xCC\x81", "e\xCC\x81", 1},               /* combining acute */
    {"\xE8\xA1\xA8", "\xE8\xA1\xA8", 2},         /* CJK */
    {"\xEF\xBD\xA1", "\xEF\xBD\xA1", 1},         /* half-width */
    {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", 2}, /* emoji */
    {"\xC3\xA4\xD0\x96", "\xC3\xA4\xD0\x96", 2},
    {"\xFF\xC3", "\\xff\\xc3", 8},
    {"\xC0\xAF", "\\xc0\\xaf", 8},                    /* overlong / */
    {"\xE0\x80\xAF", "\\xe0\\x80\\xaf", 12},          /* overlong / */
    {"\xED\xA0\x80", "\\xed\\xa0\\x80", 12},          /* surrogate */
    {"\xF4\x90\x80\x80", "\\xf4\\x90\\x80\\x80", 16}, /* above U+10FFFF */
    {"##[group]", "#\\#[group]", 10},
    {"###", "#\\#\\#", 5},
    {"a # b", "a # b", 5},
};

static void test_terminal(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        ls_buffer out = {0};
        ls_buffer_string(&out, "");
        assert_int_equal(ls_escape_string(&out, CASES[i].text), CASES[i].width);
        assert_string_equal(out.text, CASES[i].shown);
        assert_int_equal(ls_escape(NULL, CASES[i].text, strlen(CASES[i].text)), CASES[i].width);
        ls_buffer_free(&out);
    }
}

static void test_valid_text(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    assert_string_equal(ls_valid_text(arena, "a\xC3\xA4\x1b"), "a\xC3\xA4\x1b");
    assert_string_equal(ls_valid_text(arena, "a\xFF\xE2\x80z"),
                        "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
    assert_string_equal(ls_valid_text(arena, NULL), "");
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_terminal),
        cmocka_unit_test(test_valid_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
