/* Edits as a unified diff: its lines, its numbers, its names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/diff.h"

#include <string.h>

static const ls_text_style PIPE = {.colour = LS_COLOUR_ALWAYS, .width = 80};
static const ls_text_style TERMINAL = {.colour = LS_COLOUR_NEVER, .width = 80, .is_terminal = true};

typedef struct {
    uint32_t begin, end;
    const char *text;
} edit;

static const ls_text_style *style = &PIPE;

static char *diff_of(ls_arena *arena, const char *path, const char *text, const edit *edits,
                     size_t count) {
    ls_text_problem problem;
    const ls_source *source = ls_source_new(arena, "a.sql", text, strlen(text), &problem);
    assert_non_null(source);
    ls_fix fix = {0};
    for (size_t i = 0; i < count; i++) {
        const ls_edit one = {ls_span_of(edits[i].begin, edits[i].end), edits[i].text};
        LS_PUSH(arena, &fix.edits, one);
    }
    ls_buffer out = {0};
    ls_write_diff(&out, style, path, source, &fix);
    char *diff = ls_arena_copy(arena, out.text == NULL ? "" : out.text, out.length);
    ls_buffer_free(&out);
    return diff;
}

/* What follows the header. */
static void expect(const char *text, const edit *edits, size_t count, const char *hunks) {
    static const char HEADER[] = "diff --git a/a.sql b/a.sql\n--- a/a.sql\n+++ b/a.sql\n";
    ls_arena *arena = ls_arena_new();
    const char *diff = diff_of(arena, "a.sql", text, edits, count);
    assert_memory_equal(diff, HEADER, strlen(HEADER));
    assert_string_equal(diff + strlen(HEADER), hunks);
    ls_arena_free(arena);
}

#define EXPECT(text, hunks, ...)                                                                   \
    expect(text, (const edit[]){__VA_ARGS__}, sizeof((const edit[]){__VA_ARGS__}) / sizeof(edit),  \
           hunks)

static void test_one_line(void **state) {
    (void)state;
    EXPECT("abc\n", "@@ -1 +1 @@\n-abc\n+aXbc\n", {1, 1, "X"});
    EXPECT("abc\nd\n", "@@ -1,2 +1,2 @@\n-abc\n+a\n d\n", {1, 3, ""});
}

static void test_whole_lines(void **state) {
    (void)state;
    EXPECT("a\nb\n", "@@ -1,2 +1,3 @@\n a\n+new\n b\n", {2, 2, "new\n"});
    EXPECT("a\nb\n", "@@ -1,2 +1,3 @@\n a\n+new\n b\n", {1, 1, "\nnew"});
    EXPECT("a\nb\n", "@@ -1,2 +1,3 @@\n+new\n a\n b\n", {0, 0, "new\n"});
    EXPECT("a\nb\n", "@@ -1,2 +1,3 @@\n a\n b\n+new\n", {4, 4, "new\n"});
    EXPECT("a\nb\nc\n", "@@ -1,3 +1,2 @@\n a\n-b\n c\n", {2, 4, ""});
    EXPECT("a\n", "@@ -1 +0,0 @@\n-a\n", {0, 2, ""});
}

static void test_no_line_end(void **state) {
    (void)state;
    static const char NONE[] = "\\ No newline at end of file\n";
    ls_arena *arena = ls_arena_new();
    EXPECT("a\nb", ls_arena_join(arena, "@@ -1,2 +1,2 @@\n a\n-b\n", NONE, "+Xb\n", NONE, NULL),
           {2, 2, "X"});
    EXPECT("a\nb", ls_arena_join(arena, "@@ -1,2 +1,2 @@\n-a\n+Xa\n b\n", NONE, NULL), {0, 0, "X"});
    EXPECT("a\nb", ls_arena_join(arena, "@@ -1,2 +1,2 @@\n a\n-b\n", NONE, "+Xbc\n", NONE, NULL),
           {2, 2, "X"}, {3, 3, "c"});
    ls_arena_free(arena);
}

static void test_carriage_returns(void **state) {
    (void)state;
    EXPECT("a\r\nb\r\n", "@@ -1,2 +1,3 @@\n a\r\n+new\r\n b\r\n", {3, 3, "new\r\n"});
}

static void test_hunks(void **state) {
    (void)state;
    /* six lines between two changes: one hunk */
    EXPECT("a\n1\n2\n3\n4\n5\n6\nb\n",
           "@@ -1,8 +1,9 @@\n-a\n+A\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n", {0, 1, "A\nA"},
           {14, 15, "B"});
    /* seven: two, and the second has moved by a line */
    EXPECT("a\n1\n2\n3\n4\n5\n6\n7\nb\n",
           "@@ -1,4 +1,5 @@\n-a\n+A\n+A\n 1\n 2\n 3\n@@ -6,4 +7,4 @@\n 5\n 6\n 7\n-b\n+B\n",
           {0, 1, "A\nA"}, {16, 17, "B"});
    EXPECT("ab\nc\n", "@@ -1,2 +1,2 @@\n-ab\n+XaYb\n c\n", {0, 0, "X"}, {1, 1, "Y"});
}

static void test_nothing(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    assert_string_equal(diff_of(arena, "a.sql", "ab\n", (const edit[]){{0, 1, "a"}}, 1), "");
    ls_arena_free(arena);
}

static void test_names(void **state) {
    (void)state;
    static const struct {
        const char *path, *header;
    } names[] = {
        {"b/a c.sql", "diff --git a/b/a c.sql b/b/a c.sql\n--- a/b/a c.sql\t\n+++ b/b/a c.sql\t\n"},
        {"\"\\\n\x01\xC3\xA9.sql",
         "diff --git \"a/\\\"\\\\\\n\\001\\303\\251.sql\" \"b/\\\"\\\\\\n\\001\\303\\251.sql\"\n"
         "--- \"a/\\\"\\\\\\n\\001\\303\\251.sql\"\n+++ \"b/\\\"\\\\\\n\\001\\303\\251.sql\"\n"},
    };
    ls_arena *arena = ls_arena_new();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *diff = diff_of(arena, names[i].path, "ab\n", (const edit[]){{0, 1, "x"}}, 1);
        assert_memory_equal(diff, names[i].header, strlen(names[i].header));
    }
    ls_arena_free(arena);
}

/* A program gets the bytes as they are, a terminal never. */
static void test_hostile(void **state) {
    (void)state;
    static const char TEXT[] = "a\n-- \x1b[2J \xE2\x80\xAE\n";
    EXPECT(TEXT, "@@ -1,2 +1,2 @@\n-a\n+x\n -- \x1b[2J \xE2\x80\xAE\n", {0, 1, "x"});
    style = &TERMINAL;
    EXPECT(TEXT, "@@ -1,2 +1,2 @@\n-a\n+x\n -- \\x1b[2J <U+202E>\n", {0, 1, "x"});
    style = &PIPE;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_line),    cmocka_unit_test(test_whole_lines),
        cmocka_unit_test(test_no_line_end), cmocka_unit_test(test_carriage_returns),
        cmocka_unit_test(test_hunks),       cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_names),       cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
