/* Lists whose items are shared with the list before: what undo leaves behind an end belongs to
 * nobody, and what was asked for before a mark stays as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalog_empty.h"

#include <string.h>

/* --- Overloads ------------------------------------------------------------------------------ */

static void add_overload(ls_catalog *catalog, const char *schema, const char *type) {
    ls_catalog_function function = {.volatility = 'v', .birth = birth};
    ls_data_type argument = {.schema = "pg_catalog", .name = type, .known = true};
    LS_PUSH(ls_catalog_arena(catalog), &function.arguments, argument);
    ls_catalog_create_function(catalog, schema, "f", &function);
}

static ls_functions overloads(ls_catalog *catalog) {
    return ls_catalog_find_functions(catalog, NULL, "f");
}

static void drop_overload(ls_catalog *catalog, const char *type) {
    const ls_functions functions = overloads(catalog);
    for (LS_EACH(const ls_catalog_function *, function, functions))
        if (strcmp((*function)->arguments.items[0].name, type) == 0)
            ls_catalog_drop_function(catalog, *function);
}

/* The argument types of the functions, in their order. */
static const char *types_of(ls_catalog *catalog, const ls_functions *functions) {
    const char *text = "";
    for (LS_EACH(const ls_catalog_function *, function, *functions))
        text = ls_arena_join(ls_catalog_arena(catalog), text, *text == '\0' ? "" : " ",
                             (*function)->arguments.items[0].name, NULL);
    return text;
}

static void assert_overloads(ls_catalog *catalog, const char *expected) {
    const ls_functions functions = overloads(catalog);
    assert_string_equal(types_of(catalog, &functions), expected);
}

static void test_overloads_after_an_undone_savepoint(void **state) {
    ls_catalog *catalog = *state;
    add_overload(catalog, NULL, "int2");
    add_overload(catalog, NULL, "int4");
    const ls_functions before = overloads(catalog);
    ls_catalog_point savepoint = ls_catalog_mark(catalog);
    add_overload(catalog, NULL, "text");
    add_overload(catalog, NULL, "date");
    add_overload(catalog, NULL, "bool");
    assert_overloads(catalog, "int2 int4 text date bool");
    ls_catalog_undo(catalog, savepoint);
    assert_overloads(catalog, "int2 int4");
    add_overload(catalog, NULL, "uuid");
    assert_overloads(catalog, "int2 int4 uuid");
    assert_string_equal(types_of(catalog, &before), "int2 int4");
}

static void test_dropped_and_replaced_overloads_come_back(void **state) {
    ls_catalog *catalog = *state;
    add_overload(catalog, NULL, "int2");
    add_overload(catalog, NULL, "int4");
    const ls_functions before = overloads(catalog);
    ls_catalog_point savepoint = ls_catalog_mark(catalog);
    drop_overload(catalog, "int2");
    add_overload(catalog, NULL, "text");
    add_overload(catalog, NULL, "int4");
    assert_overloads(catalog, "text int4");
    assert_string_equal(types_of(catalog, &before), "int2 int4");
    ls_catalog_undo(catalog, savepoint);
    assert_overloads(catalog, "int2 int4");
    assert_ptr_equal(overloads(catalog).items[1], before.items[1]);
}

static void test_overloads_of_the_outer_mark_outlive_the_inner(void **state) {
    ls_catalog *catalog = *state;
    add_overload(catalog, NULL, "int2");
    ls_catalog_point outer = ls_catalog_mark(catalog);
    add_overload(catalog, NULL, "int4");
    ls_catalog_point inner = ls_catalog_mark(catalog);
    add_overload(catalog, NULL, "text");
    ls_catalog_undo(catalog, inner);
    add_overload(catalog, NULL, "date");
    assert_overloads(catalog, "int2 int4 date");
    ls_catalog_undo(catalog, outer);
    assert_overloads(catalog, "int2");
    add_overload(catalog, NULL, "uuid");
    assert_overloads(catalog, "int2 uuid");
}

/* The list of two schemas is put together: nothing of it gets into the list of either. */
static void test_overloads_of_two_schemas_stay_apart(void **state) {
    ls_catalog *catalog = *state;
    ls_words path = {0};
    LS_PUSH(ls_catalog_arena(catalog), &path, "app");
    LS_PUSH(ls_catalog_arena(catalog), &path, "public");
    add_overload(catalog, "app", "int2");
    add_overload(catalog, "public", "text");
    ls_catalog_set_search_path(catalog, &path);
    const ls_functions both = overloads(catalog);
    assert_string_equal(types_of(catalog, &both), "int2 text");
    add_overload(catalog, "app", "int4");
    assert_overloads(catalog, "int2 int4 text");
    assert_string_equal(types_of(catalog, &both), "int2 text");
}

/* --- Notes of objects ----------------------------------------------------------------------- */

static const char ABOUT[] = "function f(integer)";

static void add_note(ls_catalog *catalog, const char *property, const char *text) {
    const ls_catalog_note note = {.kind = LS_OBJECT_FUNCTION,
                                  .about = ABOUT,
                                  .property = property,
                                  .text = text,
                                  .birth = birth};
    ls_catalog_add_object_note(catalog, &note);
}

static const char *text_of(ls_catalog *catalog, const ls_notes *notes) {
    const char *text = "";
    for (LS_EACH(const ls_catalog_note *, note, *notes))
        text = ls_arena_join(ls_catalog_arena(catalog), text, *text == '\0' ? "" : " ",
                             (*note)->property, "=", (*note)->text, NULL);
    return text;
}

static void assert_notes(ls_catalog *catalog, const char *expected) {
    const ls_notes notes = ls_catalog_object_notes(catalog, ABOUT);
    assert_string_equal(text_of(catalog, &notes), expected);
}

static void test_notes_after_an_undone_savepoint(void **state) {
    ls_catalog *catalog = *state;
    add_note(catalog, "comment", "old");
    add_note(catalog, "EXECUTE for a", "yes");
    const ls_notes before = ls_catalog_object_notes(catalog, ABOUT);
    ls_catalog_point savepoint = ls_catalog_mark(catalog);
    add_note(catalog, "EXECUTE for b", "yes");
    add_note(catalog, "EXECUTE for c", "yes");
    ls_catalog_undo(catalog, savepoint);
    assert_notes(catalog, "comment=old EXECUTE for a=yes");
    add_note(catalog, "EXECUTE for d", "yes");
    assert_notes(catalog, "comment=old EXECUTE for a=yes EXECUTE for d=yes");
    assert_string_equal(text_of(catalog, &before), "comment=old EXECUTE for a=yes");
}

static void test_what_was_said_before_comes_back(void **state) {
    ls_catalog *catalog = *state;
    add_note(catalog, "comment", "old");
    add_note(catalog, "owner", "a");
    const ls_notes before = ls_catalog_object_notes(catalog, ABOUT);
    ls_catalog_point savepoint = ls_catalog_mark(catalog);
    add_note(catalog, "comment", "new");
    add_note(catalog, "support", "g");
    assert_notes(catalog, "owner=a comment=new support=g");
    assert_string_equal(text_of(catalog, &before), "comment=old owner=a");
    ls_catalog_undo(catalog, savepoint);
    assert_notes(catalog, "comment=old owner=a");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_overloads_after_an_undone_savepoint, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_dropped_and_replaced_overloads_come_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_overloads_of_the_outer_mark_outlive_the_inner, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_overloads_of_two_schemas_stay_apart, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_notes_after_an_undone_savepoint, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_said_before_comes_back, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
