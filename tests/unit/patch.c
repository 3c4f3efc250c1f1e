/* The fixes of a file together: which are made, and which are left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/fixes.h"
#include "rules/patch.h"

#include <string.h>

static ls_arena *arena;
static ls_findings findings;
static const ls_source *source;
static const ls_rule LOUD = {.id = "loud"}, QUIET = {.id = "quiet"};

static const ls_source *source_of(const char *name) {
    static const char TEXT[] = "0123456789";
    ls_text_problem problem;
    return ls_source_new(arena, name, TEXT, strlen(TEXT), &problem);
}

static int start(void **state) {
    (void)state;
    arena = ls_arena_new();
    findings = (ls_findings){0};
    source = source_of("a.sql");
    return 0;
}

static int stop(void **state) {
    (void)state;
    ls_arena_free(arena);
    return 0;
}

static void find(const ls_rule *rule, bool safe) {
    const ls_finding finding = {.rule = rule,
                                .severity = rule == &LOUD ? LS_SEVERITY_ERROR : LS_SEVERITY_INFO,
                                .source = source,
                                .message = rule->id,
                                .fix.safe = safe};
    LS_PUSH(arena, &findings, finding);
}

/* Of the last finding. */
static void edit(uint32_t begin, uint32_t end, const char *text) {
    const ls_edit one = {ls_span_of(begin, end), text};
    LS_PUSH(arena, &findings.items[findings.count - 1].fix.edits, one);
}

static ls_patch only_patch(void) {
    const ls_patches patches = ls_patches_of(arena, &findings);
    assert_int_equal(patches.count, 1);
    return patches.items[0];
}

static void expect(const ls_patch *patch, const char *text, uint32_t made, uint32_t left) {
    assert_string_equal(ls_fixed_text(arena, source, &patch->edits), text);
    assert_int_equal(patch->made, made);
    assert_int_equal(patch->left, left);
}

static void test_in_order_of_the_text(void **state) {
    (void)state;
    find(&LOUD, true);
    edit(8, 9, "x");
    find(&LOUD, true);
    edit(1, 1, "y");
    edit(9, 9, "z");
    const ls_patch patch = only_patch();
    expect(&patch, "0y1234567xz9", 2, 0);
}

static void test_overlaps(void **state) {
    (void)state;
    find(&LOUD, true);
    edit(2, 5, "x");
    find(&LOUD, true);
    edit(4, 6, "y");
    find(&LOUD, true);
    edit(0, 0, "a");
    edit(3, 3, "b"); /* neither of its edits is made */
    find(&LOUD, true);
    edit(2, 2, "c");
    find(&LOUD, true);
    edit(5, 5, "d");
    const ls_patch patch = only_patch();
    expect(&patch, "01xd56789", 2, 3);
}

static void test_same_edit(void **state) {
    (void)state;
    find(&LOUD, true);
    edit(0, 0, "once ");
    edit(2, 2, "x");
    find(&LOUD, true);
    edit(0, 0, "once ");
    edit(4, 4, "y");
    const ls_patch patch = only_patch();
    expect(&patch, "once 01x23y456789", 2, 0);
}

static void test_unsafe(void **state) {
    (void)state;
    find(&LOUD, false);
    edit(0, 1, "x");
    assert_int_equal(ls_patches_of(arena, &findings).count, 0);
}

static void test_files(void **state) {
    (void)state;
    find(&LOUD, true);
    edit(0, 1, "x");
    source = source_of("b.sql");
    find(&LOUD, true);
    edit(0, 1, "y");
    const ls_patches patches = ls_patches_of(arena, &findings);
    assert_int_equal(patches.count, 2);
    expect(&patches.items[1], "y123456789", 1, 0);
}

/* To the worst rule, and then to its first finding. */
static void test_narrow(void **state) {
    (void)state;
    find(&QUIET, true);
    edit(0, 1, "q");
    find(&LOUD, true);
    edit(2, 3, "x");
    find(&LOUD, true);
    edit(4, 5, "y");
    ls_patch patch = only_patch();
    expect(&patch, "q1x3y56789", 3, 0);
    assert_true(ls_patch_narrow(arena, &findings, &patch));
    expect(&patch, "01x3y56789", 2, 1);
    assert_true(ls_patch_narrow(arena, &findings, &patch));
    expect(&patch, "01x3456789", 1, 2);
    assert_false(ls_patch_narrow(arena, &findings, &patch));
}

static void test_narrow_alone(void **state) {
    (void)state;
    find(&LOUD, true);
    edit(2, 3, "x");
    ls_patch patch = only_patch();
    assert_false(ls_patch_narrow(arena, &findings, &patch));
}

static void test_new_findings(void **state) {
    (void)state;
    find(&LOUD, true);
    const ls_findings before = findings;
    findings = (ls_findings){0};
    find(&QUIET, true);
    find(&LOUD, true);
    assert_null(ls_new_finding(&before, &findings));
    find(&LOUD, true);
    assert_ptr_equal(ls_new_finding(&before, &findings)->rule, &LOUD);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_in_order_of_the_text),
        TEST(test_overlaps),
        TEST(test_same_edit),
        TEST(test_unsafe),
        TEST(test_files),
        TEST(test_narrow),
        TEST(test_narrow_alone),
        TEST(test_new_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
