/* Parts that are taken out of a table one by one: undo puts each back where it was, whatever was
 * done to the others, and none costs a copy of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalog/catalog.h"
#include "catalog/dependencies.h"

#include <string.h>

static const ls_birth birth = {.known = true, .transaction = 1};

typedef struct {
    ls_catalog *catalog;
    ls_relation_id table;
} fixture;

static const ls_relation *table_of(const fixture *on) {
    return ls_catalog_relation(on->catalog, on->table);
}

static void add_column(const fixture *on, const char *name) {
    ls_relation *table = ls_catalog_amend(on->catalog, on->table);
    LS_PUSH(ls_catalog_arena(on->catalog), &table->columns, (ls_catalog_column){.name = name});
}

static void add_constraint(const fixture *on, const char *name, ls_relation_id referenced) {
    const ls_catalog_constraint constraint = {.kind = referenced == 0 ? LS_CONSTRAINT_CHECK
                                                                      : LS_CONSTRAINT_FOREIGN_KEY,
                                              .name = name,
                                              .referenced = referenced};
    ls_relation *table = ls_catalog_amend(on->catalog, on->table);
    LS_PUSH(ls_catalog_arena(on->catalog), &table->constraints, constraint);
}

static void add_trigger(const fixture *on, const char *name) {
    ls_relation *table = ls_catalog_amend(on->catalog, on->table);
    LS_PUSH(ls_catalog_arena(on->catalog), &table->triggers, (ls_catalog_trigger){.name = name});
}

static void add_policy(const fixture *on, const char *name) {
    ls_relation *table = ls_catalog_amend(on->catalog, on->table);
    LS_PUSH(ls_catalog_arena(on->catalog), &table->policies, (ls_catalog_policy){.name = name});
}

static void remove_column(const fixture *on, const char *name) {
    ls_catalog_remove_column(on->catalog, on->table, ls_relation_column(table_of(on), name));
}

static void remove_constraint(const fixture *on, const char *name) {
    ls_catalog_remove_constraint(on->catalog, on->table,
                                 ls_relation_constraint(table_of(on), name));
}

static void remove_trigger(const fixture *on, const char *name) {
    ls_catalog_remove_trigger(on->catalog, on->table, ls_relation_trigger(table_of(on), name));
}

static void remove_policy(const fixture *on, const char *name) {
    ls_catalog_remove_policy(on->catalog, on->table, ls_relation_policy(table_of(on), name));
}

static int set_up(void **state) {
    static const char *const names[] = {"a", "b", "c", "d"};
    static fixture on;
    on.catalog = ls_catalog_new();
    on.table = ls_catalog_create(on.catalog, LS_RELATION_TABLE, LS_PERMANENT, NULL, "t", birth)->id;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        add_column(&on, names[i]);
        add_constraint(&on, names[i], 0);
        add_trigger(&on, names[i]);
        add_policy(&on, names[i]);
    }
    *state = &on;
    return 0;
}

static int tear_down(void **state) {
    const fixture *on = *state;
    ls_catalog_free(on->catalog);
    return 0;
}

#define ASSERT_NAMES(vector, expected)                                                             \
    do {                                                                                           \
        char names_[16] = "";                                                                      \
        for (size_t i = 0; i < (vector).count && i < sizeof names_ - 1; i++)                       \
            strncat(names_, (vector).items[i].name, 1);                                            \
        assert_string_equal(names_, (expected));                                                   \
    } while (0)

/* --- What comes back ------------------------------------------------------------------------ */

static void test_first_middle_and_last_come_back(void **state) {
    const fixture *on = *state;
    ls_catalog_point point = ls_catalog_mark(on->catalog);
    remove_column(on, "a");
    remove_constraint(on, "d");
    remove_constraint(on, "a");
    remove_trigger(on, "b");
    remove_trigger(on, "c");
    remove_policy(on, "d");
    ASSERT_NAMES(table_of(on)->columns, "bcd");
    ASSERT_NAMES(table_of(on)->constraints, "bc");
    ASSERT_NAMES(table_of(on)->triggers, "ad");
    ASSERT_NAMES(table_of(on)->policies, "abc");
    ls_catalog_undo(on->catalog, point);
    ASSERT_NAMES(table_of(on)->columns, "abcd");
    ASSERT_NAMES(table_of(on)->constraints, "abcd");
    ASSERT_NAMES(table_of(on)->triggers, "abcd");
    ASSERT_NAMES(table_of(on)->policies, "abcd");
}

/* What is added stands where the last one was. */
static void test_last_comes_back_from_under_an_added_one(void **state) {
    const fixture *on = *state;
    ls_catalog_point point = ls_catalog_mark(on->catalog);
    remove_column(on, "b");
    add_column(on, "e");
    remove_constraint(on, "d");
    add_constraint(on, "e", 0);
    add_constraint(on, "f", 0);
    remove_constraint(on, "e");
    ASSERT_NAMES(table_of(on)->columns, "acde");
    ASSERT_NAMES(table_of(on)->constraints, "abcf");
    ls_catalog_undo(on->catalog, point);
    ASSERT_NAMES(table_of(on)->columns, "abcd");
    ASSERT_NAMES(table_of(on)->constraints, "abcd");
}

static void test_changed_neighbours_come_back(void **state) {
    const fixture *on = *state;
    ls_catalog_point point = ls_catalog_mark(on->catalog);
    const ls_catalog_column *last = ls_relation_column(table_of(on), "d");
    ls_catalog_edit_column(on->catalog, on->table, last)->not_null = true;
    remove_column(on, "b");
    const ls_catalog_column *behind = ls_relation_column(table_of(on), "c");
    ls_catalog_edit_column(on->catalog, on->table, behind)->not_null = true;
    assert_true(ls_relation_column(table_of(on), "d")->not_null);
    ls_catalog_undo(on->catalog, point);
    ASSERT_NAMES(table_of(on)->columns, "abcd");
    for (LS_EACH(const ls_catalog_column, column, table_of(on)->columns))
        assert_false(column->not_null);
}

/* --- Together with edits of the whole, and marks in marks ------------------------------------- */

static void test_removals_around_an_edit_come_back(void **state) {
    const fixture *on = *state;
    ls_catalog_point point = ls_catalog_mark(on->catalog);
    remove_column(on, "a");
    ls_catalog_edit(on->catalog, on->table)->columns.items[0].name = "x";
    remove_column(on, "c");
    ASSERT_NAMES(table_of(on)->columns, "xd");
    ls_catalog_undo(on->catalog, point);
    ASSERT_NAMES(table_of(on)->columns, "abcd");
}

static void test_removal_under_an_inner_mark_comes_back_alone(void **state) {
    const fixture *on = *state;
    ls_catalog_point outer = ls_catalog_mark(on->catalog);
    ls_catalog_edit(on->catalog, on->table)->columns.items[0].name = "x";
    remove_column(on, "d");
    ls_catalog_point inner = ls_catalog_mark(on->catalog);
    remove_column(on, "b");
    ls_catalog_undo(on->catalog, inner);
    ASSERT_NAMES(table_of(on)->columns, "xbc");
    ls_catalog_undo(on->catalog, outer);
    ASSERT_NAMES(table_of(on)->columns, "abcd");
}

static void test_kept_removals_go_with_the_outer_mark(void **state) {
    const fixture *on = *state;
    ls_catalog_point outer = ls_catalog_mark(on->catalog);
    for (int i = 0; i < 3; i++) {
        ls_catalog_point inner = ls_catalog_mark(on->catalog);
        remove_column(on, (const char *[]){"c", "a", "d"}[i]);
        ls_catalog_forget(on->catalog, inner);
    }
    ASSERT_NAMES(table_of(on)->columns, "b");
    ls_catalog_undo(on->catalog, outer);
    ASSERT_NAMES(table_of(on)->columns, "abcd");
}

/* --- References ------------------------------------------------------------------------------- */

/* A foreign key that nobody has asked about moves to the place of one that was read. */
static void test_reference_behind_a_removed_part_is_found(void **state) {
    const fixture *on = *state;
    ls_relation_id referenced =
        ls_catalog_create(on->catalog, LS_RELATION_TABLE, LS_PERMANENT, NULL, "p", birth)->id;
    ls_catalog_point point = ls_catalog_mark(on->catalog);
    add_constraint(on, "f", referenced);
    remove_constraint(on, "a");
    ls_dependencies dependents =
        ls_dependents_of_relation(ls_catalog_arena(on->catalog), on->catalog, referenced);
    assert_int_equal(dependents.count, 1);
    assert_string_equal(dependents.items[0].name, "f");
    ls_catalog_undo(on->catalog, point);
}

/* The same of a column's type. */
static void test_type_of_a_column_behind_a_removed_one_is_found(void **state) {
    const fixture *on = *state;
    const ls_catalog_type *type = ls_catalog_create_type(on->catalog, 'e', "public", "e", birth);
    ls_catalog_point point = ls_catalog_mark(on->catalog);
    add_column(on, "e");
    const ls_catalog_column *added = ls_relation_column(table_of(on), "e");
    ls_catalog_edit_column(on->catalog, on->table, added)->type =
        (ls_data_type){.schema = "public", .name = "e", .known = true};
    remove_column(on, "a");
    ls_dependencies users = ls_dependents_of_type(ls_catalog_arena(on->catalog), on->catalog, type);
    assert_int_equal(users.count, 1);
    assert_string_equal(users.items[0].name, "e");
    ls_catalog_undo(on->catalog, point);
}

/* --- Cost ------------------------------------------------------------------------------------- */

/* Statements of one transaction, each under a mark of its own. */
static size_t bytes_of_removals(const fixture *on, int count) {
    for (int i = 0; i < count; i++)
        add_constraint(on, "more", 0);
    ls_catalog_point transaction = ls_catalog_mark(on->catalog);
    const size_t before = ls_arena_used(ls_catalog_arena(on->catalog));
    for (int i = 0; i < count; i++) {
        ls_catalog_point statement = ls_catalog_mark(on->catalog);
        remove_constraint(on, "more");
        ls_catalog_forget(on->catalog, statement);
    }
    const size_t used = ls_arena_used(ls_catalog_arena(on->catalog)) - before;
    ls_catalog_undo(on->catalog, transaction);
    return used;
}

/* The log of the changes is what they cost; a few copies of the constraints would be more. */
static void test_removals_copy_no_other_part(void **state) {
    enum { COUNT = 2000 };
    assert_in_range(bytes_of_removals(*state, COUNT), 0, COUNT * sizeof(ls_catalog_constraint) * 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_first_middle_and_last_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_last_comes_back_from_under_an_added_one, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_changed_neighbours_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_removals_around_an_edit_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_removal_under_an_inner_mark_comes_back_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_kept_removals_go_with_the_outer_mark, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_reference_behind_a_removed_part_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_type_of_a_column_behind_a_removed_one_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_removals_copy_no_other_part, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
