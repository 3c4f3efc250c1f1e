/* Marks and undo: everything comes back, and the cost is that of the changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalog/dependencies.h"
#include "catalog_empty.h"

#include <stdio.h>
#include <string.h>

static ls_relation_id create(ls_catalog *catalog, const char *name) {
    return ls_catalog_create(catalog, LS_RELATION_TABLE, LS_PERMANENT, NULL, name, birth)->id;
}

static ls_relation_id found(const ls_catalog *catalog, const char *schema, const char *name) {
    const ls_relation *relation = ls_catalog_find(catalog, schema, name);
    return relation == NULL ? 0 : relation->id;
}

static void add_column(ls_catalog *catalog, ls_relation_id table, const char *name) {
    ls_catalog_column column = {.name = name, .type = {.schema = "pg_catalog", .name = "int4"}};
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit(catalog, table)->columns, column);
}

static size_t column_count(const ls_catalog *catalog, ls_relation_id table) {
    return ls_catalog_relation(catalog, table)->columns.count;
}

static void refer(ls_catalog *catalog, ls_relation_id from, ls_relation_id to) {
    ls_catalog_constraint key = {
        .kind = LS_CONSTRAINT_FOREIGN_KEY, .name = "f", .referenced = to, .valid = true};
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit(catalog, from)->constraints, key);
}

/* --- What comes back ------------------------------------------------------------------------ */

static void test_edit_comes_back(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, "t");
    add_column(catalog, table, "a");
    ls_catalog_point point = ls_catalog_mark(catalog);
    add_column(catalog, table, "b");
    ls_catalog_edit(catalog, table)->columns.items[0].not_null = true;
    assert_int_equal(column_count(catalog, table), 2);
    ls_catalog_undo(catalog, point);
    assert_int_equal(column_count(catalog, table), 1);
    assert_false(ls_catalog_relation(catalog, table)->columns.items[0].not_null);
}

static void test_words_inside_of_constraints_come_back(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, "t");
    ls_catalog_constraint unique = {.kind = LS_CONSTRAINT_UNIQUE, .name = "u"};
    LS_PUSH(ls_catalog_arena(catalog), &unique.columns, "a");
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit(catalog, table)->constraints, unique);
    ls_catalog_point point = ls_catalog_mark(catalog);
    ls_catalog_edit(catalog, table)->constraints.items[0].columns.items[0] = "b";
    ls_catalog_undo(catalog, point);
    assert_string_equal(ls_catalog_relation(catalog, table)->constraints.items[0].columns.items[0],
                        "a");
}

/* What was logged for a mark that is gone gives its memory back, however often that happens. */
static void test_edits_that_are_kept_cost_no_memory(void **state) {
    enum { TRANSACTIONS = 1000 };
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, "t");
    size_t used = 0;
    for (int i = 0; i < TRANSACTIONS; i++) {
        ls_catalog_point point = ls_catalog_mark(catalog);
        ls_catalog_amend(catalog, table)->columns_complete = i % 2 == 0;
        ls_catalog_forget(catalog, point);
        if (i == 0)
            used = ls_arena_used(ls_catalog_arena(catalog));
    }
    assert_int_equal(ls_arena_used(ls_catalog_arena(catalog)), used);
}

static void test_create_drop_rename_come_back(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id kept = create(catalog, "kept"), dropped = create(catalog, "dropped");
    ls_relation_id index = ls_catalog_create_index(catalog, dropped, "i", birth)->id;
    ls_catalog_point point = ls_catalog_mark(catalog);
    ls_catalog_rename(catalog, kept, "renamed");
    ls_catalog_drop(catalog, dropped);
    ls_relation_id fresh = create(catalog, "kept");
    ls_catalog_move(catalog, kept, "app");
    assert_int_equal(found(catalog, "app", "renamed"), kept);
    ls_catalog_undo(catalog, point);
    assert_int_equal(found(catalog, NULL, "kept"), kept);
    assert_int_equal(found(catalog, NULL, "dropped"), dropped);
    assert_int_equal(found(catalog, NULL, "i"), index);
    assert_int_equal(found(catalog, NULL, "renamed"), 0);
    assert_int_equal(found(catalog, "app", "renamed"), 0);
    assert_null(ls_catalog_relation(catalog, fresh));
    assert_int_equal(ls_catalog_relations(ls_catalog_arena(catalog), catalog).count, 3);
    assert_int_equal(ls_catalog_relation(catalog, dropped)->indexes.count, 1);
}

static void test_other_objects_come_back(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, "t");
    const ls_catalog_type *mood = ls_catalog_create_type(catalog, 'e', NULL, "mood", birth);
    ls_catalog_function function = {.volatility = 'v'};
    ls_catalog_create_function(catalog, NULL, "f", &function);
    ls_catalog_create_schema(catalog, "app", birth);
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit_publication(catalog, "p", true)->tables,
            table);
    ls_catalog_point point = ls_catalog_mark(catalog);

    ls_catalog_edit_type(catalog, mood)->kind = 'd';
    ls_catalog_drop_type(catalog, mood);
    ls_catalog_drop_function(catalog, ls_catalog_find_functions(catalog, NULL, "f").items[0]);
    ls_catalog_drop_schema(catalog, "app");
    ls_catalog_create_schema(catalog, "other", birth);
    ls_catalog_create_extension(catalog, "citext");
    ls_catalog_edit_publication(catalog, "p", false)->tables.count = 0;
    ls_catalog_add_statistics(catalog, &(ls_catalog_statistics){.name = "s", .relation = table});
    ls_words path = {0};
    LS_PUSH(ls_catalog_arena(catalog), &path, "other");
    ls_catalog_set_search_path(catalog, &path);
    ls_catalog_undo(catalog, point);

    assert_int_equal(ls_catalog_find_type(catalog, NULL, "mood")->kind, 'e');
    assert_int_equal(ls_catalog_find_functions(catalog, NULL, "f").count, 1);
    assert_true(ls_catalog_has_schema(catalog, "app"));
    assert_false(ls_catalog_has_schema(catalog, "other"));
    assert_false(ls_catalog_has_extension(catalog, "citext"));
    assert_true(ls_catalog_is_published(catalog, ls_catalog_relation(catalog, table)));
    assert_null(ls_catalog_find_statistics(catalog, NULL, "s"));
    assert_string_equal(ls_catalog_creation_schema(catalog), "public");
}

/* --- Nesting -------------------------------------------------------------------------------- */

static void test_undo_of_the_inner_keeps_the_outer(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, "t");
    ls_catalog_point outer = ls_catalog_mark(catalog);
    add_column(catalog, table, "a");
    ls_catalog_point inner = ls_catalog_mark(catalog);
    add_column(catalog, table, "b");
    ls_catalog_undo(catalog, inner);
    assert_int_equal(column_count(catalog, table), 1);
    add_column(catalog, table, "c");
    ls_catalog_undo(catalog, outer);
    assert_int_equal(column_count(catalog, table), 0);
}

static void test_edit_after_an_undone_savepoint(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, "t");
    ls_catalog_point outer = ls_catalog_mark(catalog);
    ls_catalog_point inner = ls_catalog_mark(catalog);
    add_column(catalog, table, "a");
    ls_catalog_undo(catalog, inner);
    add_column(catalog, table, "b");
    ls_catalog_undo(catalog, outer);
    assert_int_equal(column_count(catalog, table), 0);
}

static void test_forgotten_inner_goes_with_the_outer(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, "t");
    ls_catalog_point outer = ls_catalog_mark(catalog);
    ls_catalog_point inner = ls_catalog_mark(catalog);
    add_column(catalog, table, "a");
    ls_catalog_forget(catalog, inner);
    add_column(catalog, table, "b");
    assert_int_equal(column_count(catalog, table), 2);
    ls_catalog_undo(catalog, outer);
    assert_int_equal(column_count(catalog, table), 0);
}

static void test_undo_of_the_outer_ends_the_inner(void **state) {
    ls_catalog *catalog = *state;
    ls_catalog_point outer = ls_catalog_mark(catalog);
    ls_catalog_point inner = ls_catalog_mark(catalog);
    create(catalog, "t");
    ls_catalog_undo(catalog, outer);
    assert_int_equal(found(catalog, NULL, "t"), 0);
    create(catalog, "u");
    ls_catalog_undo(catalog, inner);
    ls_catalog_forget(catalog, inner);
    ls_catalog_undo(catalog, 0);
    assert_int_not_equal(found(catalog, NULL, "u"), 0);
}

/* --- Hints ---------------------------------------------------------------------------------- */

static size_t dependents(ls_catalog *catalog, ls_relation_id id) {
    return ls_dependents_of_relation(ls_catalog_arena(catalog), catalog, id).count;
}

static void test_dependents_survive_sweeps_and_undo(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id referenced = create(catalog, "referenced"), early = create(catalog, "early");
    refer(catalog, early, referenced);
    ls_catalog_point point = ls_catalog_mark(catalog);
    ls_catalog_drop(catalog, early);
    for (int i = 0; i < 100; i++) {
        ls_relation_id passing = create(catalog, "passing");
        refer(catalog, passing, referenced);
        assert_int_equal(dependents(catalog, referenced), 1);
        ls_catalog_drop(catalog, passing);
    }
    assert_int_equal(dependents(catalog, referenced), 0);
    ls_catalog_undo(catalog, point);
    assert_int_equal(dependents(catalog, referenced), 1);
    ls_catalog_drop(catalog, early);
    assert_int_equal(dependents(catalog, referenced), 0);
}

static void test_reference_made_before_the_mark_is_found_after_undo(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id referenced = create(catalog, "referenced"), early = create(catalog, "early");
    refer(catalog, early, referenced);
    ls_catalog_point point = ls_catalog_mark(catalog);
    ls_catalog_edit(catalog, early)->constraints.count = 0;
    ls_catalog_edit(catalog, referenced)->force_row_security = true;
    assert_int_equal(dependents(catalog, referenced), 0);
    ls_catalog_undo(catalog, point);
    assert_int_equal(dependents(catalog, referenced), 1);
}

/* --- Cost ----------------------------------------------------------------------------------- */

static const char *numbered(char name[32], int number) {
    snprintf(name, 32, "r%d", number);
    return name;
}

/* Statements of one transaction, each under a mark of its own as savepoints are. */
static void edit_one_table(ls_catalog *catalog, int count) {
    ls_relation_id table = create(catalog, "t");
    for (int i = 0; i < 20; i++)
        add_column(catalog, table, "c");
    ls_catalog_point transaction = ls_catalog_mark(catalog);
    for (int i = 0; i < count; i++)
        ls_catalog_edit(catalog, table)->columns.items[0].not_null = i % 2 == 0;
    for (int i = 0; i < count; i++) {
        ls_catalog_point statement = ls_catalog_mark(catalog);
        ls_catalog_edit(catalog, table)->columns.items[0].not_null = i % 2 == 0;
        ls_catalog_forget(catalog, statement);
    }
    ls_catalog_undo(catalog, transaction);
}

static void create_and_drop(ls_catalog *catalog, int count) {
    char name[32];
    ls_relation_id referenced = create(catalog, "referenced");
    ls_catalog_point transaction = ls_catalog_mark(catalog);
    for (int i = 0; i < count; i++) {
        ls_relation_id table = create(catalog, numbered(name, i));
        ls_catalog_create_index(catalog, table, NULL, birth);
        refer(catalog, table, referenced);
        ls_catalog_drop(catalog, table);
        assert_int_equal(dependents(catalog, referenced), 0);
    }
    ls_catalog_undo(catalog, transaction);
}

/* Many tables that all refer to one, each made in a transaction of its own. */
static void refer_to_one(ls_catalog *catalog, int count) {
    char name[32];
    ls_relation_id referenced = create(catalog, "referenced");
    for (int i = 0; i < 20; i++)
        add_column(catalog, referenced, "c");
    for (int i = 0; i < count; i++) {
        ls_catalog_point transaction = ls_catalog_mark(catalog);
        refer(catalog, create(catalog, numbered(name, i)), referenced);
        ls_catalog_forget(catalog, transaction);
    }
    assert_int_equal(dependents(catalog, referenced), count);
}

static void recreate_function_types_and_schemas(ls_catalog *catalog, int count) {
    char name[32];
    ls_catalog_function function = {.volatility = 'v'};
    for (int i = 0; i < count; i++) {
        ls_catalog_create_schema(catalog, "app", birth);
        ls_catalog_create_type(catalog, 'd', "app", numbered(name, i), birth);
        ls_catalog_create_function(catalog, "app", name, &function);
        ls_catalog_rename_schema(catalog, "app", "core");
        ls_catalog_drop_schema(catalog, "core");
    }
    assert_null(ls_catalog_find_type(catalog, "app", "r0"));
}

typedef void workload(ls_catalog *catalog, int count);

static size_t bytes_of(workload *work, int count) {
    ls_catalog *catalog = ls_catalog_new();
    work(catalog, count);
    size_t bytes = ls_arena_used(ls_catalog_arena(catalog));
    ls_catalog_free(catalog);
    return bytes;
}

/* Twice the work takes twice the memory; quadratic work would take four times as much. Memory
 * repeats exactly where time does not. */
static void assert_linear(workload *work, int count) {
    assert_true(bytes_of(work, 2 * count) < bytes_of(work, count) * 5 / 2);
}

static void test_edits_are_linear(void **state) {
    (void)state;
    assert_linear(edit_one_table, 10000);
}

static void test_create_and_drop_is_linear(void **state) {
    (void)state;
    assert_linear(create_and_drop, 25000);
}

static void test_many_references_are_linear(void **state) {
    (void)state;
    assert_linear(refer_to_one, 20000);
}

static void test_schemas_are_linear(void **state) {
    (void)state;
    assert_linear(recreate_function_types_and_schemas, 10000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_edit_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_words_inside_of_constraints_come_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_edits_that_are_kept_cost_no_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_create_drop_rename_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_objects_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_undo_of_the_inner_keeps_the_outer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_edit_after_an_undone_savepoint, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_forgotten_inner_goes_with_the_outer, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_undo_of_the_outer_ends_the_inner, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dependents_survive_sweeps_and_undo, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reference_made_before_the_mark_is_found_after_undo,
                                        set_up, tear_down),
        cmocka_unit_test(test_edits_are_linear),
        cmocka_unit_test(test_create_and_drop_is_linear),
        cmocka_unit_test(test_many_references_are_linear),
        cmocka_unit_test(test_schemas_are_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
