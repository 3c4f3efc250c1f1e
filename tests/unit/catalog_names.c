/* The names that PostgreSQL chooses; every expected name was given by PostgreSQL 15. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalog/names.h"
#include "catalog_empty.h"
#include "catalog_sql.h"

static ls_words words_of(ls_catalog *catalog, const char *first, const char *second) {
    ls_words words = {0};
    if (first != NULL)
        LS_PUSH(ls_catalog_arena(catalog), &words, first);
    if (second != NULL)
        LS_PUSH(ls_catalog_arena(catalog), &words, second);
    return words;
}

static const char *relation_name(ls_catalog *catalog, const char *table, const char *first,
                                 const char *second, const char *label) {
    ls_words columns = words_of(catalog, first, second);
    return ls_choose_relation_name(catalog, NULL, table, &columns, label);
}

static const char *constraint_name(ls_catalog *catalog, ls_relation_id table, const char *first,
                                   const char *second, const char *label) {
    ls_words columns = words_of(catalog, first, second);
    return ls_choose_constraint_name(catalog, ls_catalog_relation(catalog, table), &columns, label);
}

static void add_constraint(ls_catalog *catalog, ls_relation_id table, const char *name) {
    ls_catalog_constraint constraint = {.kind = LS_CONSTRAINT_CHECK, .name = name};
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit(catalog, table)->constraints, constraint);
}

/* Creates the index as the statement says, under the name that is chosen for it. */
static const char *create_index(ls_catalog *catalog, const char *sql) {
    const ls_create_index *index = read_statement(ls_catalog_arena(catalog), sql)->create_index;
    const ls_relation *table = ls_catalog_find(catalog, NULL, index->relation.name);
    const char *name =
        ls_choose_index_name(catalog, table, &index->elements, &index->include, "idx");
    return ls_catalog_create_index(catalog, table->id, name, birth)->name;
}

static void test_labels(void **state) {
    assert_string_equal(relation_name(*state, "t", "a", "b", "key"), "t_a_b_key");
    assert_string_equal(relation_name(*state, "t", NULL, NULL, "pkey"), "t_pkey");
    assert_string_equal(relation_name(*state, "t", "a", NULL, "seq"), "t_a_seq");
    assert_string_equal(relation_name(*state, "t", "a", NULL, "excl"), "t_a_excl");
}

static void test_indexes(void **state) {
    static const struct {
        const char *sql, *name;
    } cases[] = {
        {"CREATE INDEX ON t (a)", "t_a_idx"},
        {"CREATE INDEX ON t (a)", "t_a_idx1"},
        {"CREATE INDEX ON t (lower(c))", "t_lower_idx"},
        {"CREATE INDEX ON t ((a + 1))", "t_expr_idx"},
        {"CREATE INDEX ON t ((a + 1), (b + 1))", "t_expr_expr1_idx"},
        {"CREATE INDEX ON t (a) INCLUDE (b)", "t_a_b_idx"},
        {"CREATE INDEX ON t ((c::varchar))", "t_c_idx"},
        {"CREATE INDEX ON t (((a + 1)::text))", "t_text_idx"},
        {"CREATE INDEX ON t ((a::text), (a::text))", "t_a_a1_idx"},
        {"CREATE INDEX ON t ((CASE WHEN a = 1 THEN b END))", "t_case_idx"},
        {"CREATE INDEX ON t (coalesce(a, b))", "t_coalesce_idx"},
        {"CREATE INDEX ON t (lower(c), lower(c))", "t_lower_lower1_idx"},
        {"CREATE INDEX ON t ((-a))", "t_expr_idx1"},
    };
    run(*state, "CREATE TABLE t (a int, b int, c text)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(create_index(*state, cases[i].sql), cases[i].name);
}

static void test_long_names_are_cut(void **state) {
    static const char table[] = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffffffff";
    static const char column[] = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee_col";
    ls_catalog *catalog = *state;
    assert_string_equal(relation_name(catalog, table, "id", NULL, "seq"),
                        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffff_id_seq");
    assert_string_equal(relation_name(catalog, table, column, NULL, "key"),
                        "aaaaaaaaaabbbbbbbbbbccccccccc_aaaaaaaaaabbbbbbbbbbccccccccc_key");
    const char *name = relation_name(catalog, table, "id", column, "idx");
    assert_string_equal(name, "aaaaaaaaaabbbbbbbbbbccccccccc_id_aaaaaaaaaabbbbbbbbbbcccccc_idx");
    ls_catalog_create(catalog, LS_RELATION_INDEX, LS_PERMANENT, NULL, name, birth);
    assert_string_equal(relation_name(catalog, table, "id", column, "idx"),
                        "aaaaaaaaaabbbbbbbbbbccccccccc_id_aaaaaaaaaabbbbbbbbbbccccc_idx1");
}

static void test_characters_stay_whole(void **state) {
    static const char table[] = "äöüäöüäöüäöüäöüäöüäöüäöüäöüäöü";
    static const char column[] = "ßßßßßßßßßßßßßßßßßßßßßßßßßßßßßß",
                      other[] = "ßßßßßßßßßßßßßßßßßßßßßßßßßßßßßßx";
    assert_string_equal(relation_name(*state, table, column, NULL, "key"),
                        "äöüäöüäöüäöüäö_ßßßßßßßßßßßßßß_key");
    assert_string_equal(relation_name(*state, table, other, NULL, "seq"),
                        "äöüäöüäöüäöüäö_ßßßßßßßßßßßßßß_seq");
    assert_string_equal(relation_name(*state, table, column, other, "idx"),
                        "äöüäöüäöüäöüäö_ßßßßßßßßßßßßßß_idx");
}

static void test_constraints_are_numbered(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = run(catalog, "CREATE TABLE t (a int, b int)")->id;
    assert_string_equal(constraint_name(catalog, table, "a", NULL, "check"), "t_a_check");
    add_constraint(catalog, table, "t_a_check");
    assert_string_equal(constraint_name(catalog, table, "a", NULL, "check"), "t_a_check1");
    assert_string_equal(constraint_name(catalog, table, "a", "b", "check"), "t_check");
    add_constraint(catalog, table, "t_check");
    assert_string_equal(constraint_name(catalog, table, NULL, NULL, "check"), "t_check1");
    assert_string_equal(constraint_name(catalog, table, "b", NULL, "fkey"), "t_b_fkey");
    assert_string_equal(constraint_name(catalog, table, "a", "b", "fkey"), "t_a_b_fkey");
}

/* Two tables of one schema may come to the same name: a_b (c) and a (b_c). */
static void test_constraint_names_are_free_in_the_schema(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id first = run(catalog, "CREATE TABLE a_b (c int)")->id;
    ls_relation_id second = run(catalog, "CREATE TABLE a (b_c int)")->id;
    ls_relation_id elsewhere = run(catalog, "CREATE TABLE app.a (b_c int)")->id;
    add_constraint(catalog, first, constraint_name(catalog, first, "c", NULL, "fkey"));
    assert_string_equal(constraint_name(catalog, second, "b_c", NULL, "fkey"), "a_b_c_fkey1");
    assert_string_equal(constraint_name(catalog, elsewhere, "b_c", NULL, "fkey"), "a_b_c_fkey");
    ls_catalog_drop(catalog, first);
    assert_string_equal(constraint_name(catalog, second, "b_c", NULL, "fkey"), "a_b_c_fkey");
}

/* The index of a constraint takes its name, which no other constraint may have. */
static void test_keys_avoid_relations_and_constraints(void **state) {
    ls_catalog *catalog = *state;
    run(catalog, "CREATE TABLE x_a_key (i int)");
    assert_string_equal(relation_name(catalog, "x", "a", NULL, "key"), "x_a_key1");
    ls_relation_id table = run(catalog, "CREATE TABLE z (a int)")->id;
    add_constraint(catalog, table, "y_b_key");
    assert_string_equal(relation_name(catalog, "y", "b", NULL, "key"), "y_b_key1");
    assert_string_equal(relation_name(catalog, "y", "b", NULL, "idx"), "y_b_idx");
}

/* As LIKE ... INCLUDING STATISTICS names them on 15. */
static void test_statistics(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id id = run(catalog, "CREATE TABLE st (a int, b int)")->id;
    ls_words columns = words_of(catalog, "a", "b");
    const char *name =
        ls_choose_statistics_name(catalog, ls_catalog_relation(catalog, id), &columns);
    assert_string_equal(name, "st_a_b_stat");
    ls_catalog_add_statistics(catalog, &(ls_catalog_statistics){.name = name, .relation = id});
    name = ls_choose_statistics_name(catalog, ls_catalog_relation(catalog, id), &columns);
    assert_string_equal(name, "st_a_b_stat1");
}

/* --- Numbers after changes ------------------------------------------------------------------ */

static const char *add_key(ls_catalog *catalog) {
    const char *name = relation_name(catalog, "x", "a", NULL, "key");
    ls_relation_id table = ls_catalog_find(catalog, NULL, "x")->id;
    return ls_catalog_create_index(catalog, table, name, birth)->name;
}

static ls_relation_id index_called(ls_catalog *catalog, const char *name) {
    return ls_catalog_find(catalog, NULL, name)->id;
}

static void add_three_keys(ls_catalog *catalog) {
    run(catalog, "CREATE TABLE x (a int)");
    assert_string_equal(add_key(catalog), "x_a_key");
    assert_string_equal(add_key(catalog), "x_a_key1");
    assert_string_equal(add_key(catalog), "x_a_key2");
}

static void test_dropped_numbers_are_taken_again(void **state) {
    ls_catalog *catalog = *state;
    add_three_keys(catalog);
    ls_catalog_drop(catalog, index_called(catalog, "x_a_key1"));
    assert_string_equal(add_key(catalog), "x_a_key1");
    assert_string_equal(add_key(catalog), "x_a_key3");
    ls_catalog_drop(catalog, index_called(catalog, "x_a_key"));
    assert_string_equal(add_key(catalog), "x_a_key");
    assert_string_equal(add_key(catalog), "x_a_key4");
}

static void test_renamed_numbers_are_taken_again(void **state) {
    ls_catalog *catalog = *state;
    add_three_keys(catalog);
    ls_catalog_rename(catalog, index_called(catalog, "x_a_key2"), "x_a_key3");
    assert_string_equal(add_key(catalog), "x_a_key2");
    assert_string_equal(add_key(catalog), "x_a_key4");
}

static void test_numbers_come_back_with_undo(void **state) {
    ls_catalog *catalog = *state;
    add_three_keys(catalog);
    ls_catalog_point savepoint = ls_catalog_mark(catalog);
    assert_string_equal(add_key(catalog), "x_a_key3");
    assert_string_equal(add_key(catalog), "x_a_key4");
    ls_catalog_undo(catalog, savepoint);
    assert_string_equal(add_key(catalog), "x_a_key3");
    savepoint = ls_catalog_mark(catalog);
    ls_catalog_drop(catalog, index_called(catalog, "x_a_key1"));
    assert_string_equal(add_key(catalog), "x_a_key1");
    ls_catalog_undo(catalog, savepoint);
    assert_string_equal(add_key(catalog), "x_a_key4");
}

/* A constraint is no relation: its name is free as soon as the table's list no longer has it. */
static void test_dropped_constraint_numbers_are_taken_again(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = run(catalog, "CREATE TABLE x (a int)")->id;
    for (int i = 0; i < 3; i++)
        add_constraint(catalog, table, constraint_name(catalog, table, NULL, NULL, "check"));
    assert_string_equal(constraint_name(catalog, table, NULL, NULL, "check"), "x_check3");
    ls_relation *edited = ls_catalog_edit(catalog, table);
    edited->constraints.items[1] = edited->constraints.items[--edited->constraints.count];
    assert_string_equal(constraint_name(catalog, table, NULL, NULL, "check"), "x_check1");
    ls_catalog_edit(catalog, table)->constraints.items[0].name = "other";
    assert_string_equal(constraint_name(catalog, table, NULL, NULL, "check"), "x_check");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_labels, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_indexes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_long_names_are_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_characters_stay_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_constraints_are_numbered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_constraint_names_are_free_in_the_schema, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_statistics, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_keys_avoid_relations_and_constraints, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_dropped_numbers_are_taken_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_renamed_numbers_are_taken_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_come_back_with_undo, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dropped_constraint_numbers_are_taken_again, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
