/* Who depends on what, and what CASCADE takes away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalog_sql.h"

#include <stdlib.h>

static const ls_birth birth = {.known = true};

typedef struct {
    ls_catalog *catalog;
    ls_arena *arena;
    ls_relation_id users, orders;
} fixture;

static int set_up(void **state) {
    ls_catalog *catalog = ls_catalog_new();
    fixture *made = LS_NEW(ls_catalog_arena(catalog), fixture);
    made->catalog = catalog;
    made->arena = ls_catalog_arena(catalog);
    made->users = run(catalog, "CREATE TABLE users (id int, name text, email text)")->id;
    made->orders = run(catalog, "CREATE TABLE orders (id int, user_id int)")->id;
    *state = made;
    return 0;
}

static int tear_down(void **state) {
    ls_catalog_free(((fixture *)*state)->catalog);
    return 0;
}

static int compare_words(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* "view:v foreign key:orders.f": the dependents in the order of the alphabet. */
static const char *listed(const fixture *made, ls_dependencies dependencies) {
    static const char *const kinds[] = {
        [LS_DEPENDS_VIEW] = "view",
        [LS_DEPENDS_FOREIGN_KEY] = "foreign key",
        [LS_DEPENDS_TRIGGER] = "trigger",
        [LS_DEPENDS_DEFAULT] = "default",
        [LS_DEPENDS_GENERATED] = "generated",
        [LS_DEPENDS_COLUMN] = "column",
        [LS_DEPENDS_POLICY] = "policy",
        [LS_DEPENDS_INDEX] = "index",
        [LS_DEPENDS_CONSTRAINT] = "constraint",
        [LS_DEPENDS_FUNCTION] = "function",
        [LS_DEPENDS_STATISTICS] = "statistics",
        [LS_DEPENDS_TABLE] = "table",
        [LS_DEPENDS_TYPE] = "type",
    };
    ls_words words = {0};
    for (LS_EACH(const ls_dependency, dependency, dependencies)) {
        const ls_relation *relation = ls_catalog_relation(made->catalog, dependency->relation);
        bool part = relation != NULL && strcmp(relation->name, dependency->name) != 0;
        LS_PUSH(made->arena, &words,
                ls_arena_format(made->arena, "%s:%s%s%s", kinds[dependency->kind],
                                part ? relation->name : "", part ? "." : "", dependency->name));
    }
    if (words.count > 0)
        qsort(words.items, words.count, sizeof *words.items, compare_words);
    const char *text = "";
    for (LS_EACH(const char *, word, words))
        text = ls_arena_format(made->arena, "%s%s%s", text, *text == 0 ? "" : " ", *word);
    return text;
}

static const char *of_relation(const fixture *made, ls_relation_id id) {
    return listed(made, ls_dependents_of_relation(made->arena, made->catalog, id));
}

static const char *of_column(const fixture *made, ls_relation_id id, const char *column) {
    return listed(made, ls_dependents_of_column(made->arena, made->catalog, id, column));
}

static ls_words word(const fixture *made, const char *text) {
    ls_words words = {0};
    LS_PUSH(made->arena, &words, text);
    return words;
}

static ls_relation_id found(const fixture *made, const char *name) {
    const ls_relation *relation = ls_catalog_find(made->catalog, NULL, name);
    return relation == NULL ? 0 : relation->id;
}

static void add_constraint(const fixture *made, ls_relation_id table,
                           ls_catalog_constraint constraint) {
    LS_PUSH(made->arena, &ls_catalog_edit(made->catalog, table)->constraints, constraint);
}

/* A primary key on users (id), and orders (user_id) that references it. */
static void add_keys(const fixture *made) {
    ls_relation *index = ls_catalog_create_index(made->catalog, made->users, "users_pkey", birth);
    index->constraint = "users_pkey";
    LS_PUSH(made->arena, &index->elements, ((ls_index_element){.column = "id"}));
    add_constraint(made, made->users,
                   (ls_catalog_constraint){.kind = LS_CONSTRAINT_PRIMARY_KEY,
                                           .name = "users_pkey",
                                           .columns = word(made, "id"),
                                           .index = index->id});
    add_constraint(made, made->orders,
                   (ls_catalog_constraint){.kind = LS_CONSTRAINT_FOREIGN_KEY,
                                           .name = "orders_user_id_fkey",
                                           .columns = word(made, "user_id"),
                                           .referenced = made->users,
                                           .referenced_columns = word(made, "id"),
                                           .index = index->id});
}

static void add_trigger(const fixture *made, const char *name, const char *column) {
    ls_catalog_trigger trigger = {
        .name = name, .function_schema = "public", .function = "touch", .on_update = true};
    if (column != NULL)
        trigger.columns = word(made, column);
    LS_PUSH(made->arena, &ls_catalog_edit(made->catalog, made->users)->triggers, trigger);
}

/* --- Of a relation -------------------------------------------------------------------------- */

static void test_relation(void **state) {
    const fixture *made = *state;
    assert_string_equal(of_relation(made, made->users), "");
    add_keys(made);
    run(made->catalog, "CREATE VIEW v AS SELECT name FROM users");
    run(made->catalog, "CREATE VIEW w AS SELECT name FROM v");
    assert_string_equal(of_relation(made, made->users),
                        "foreign key:orders.orders_user_id_fkey view:v");
    assert_string_equal(of_relation(made, found(made, "v")), "view:w");
    assert_string_equal(of_relation(made, made->orders), "");
    assert_string_equal(of_relation(made, 0), "");
    ls_catalog_drop(made->catalog, found(made, "v"));
    assert_string_equal(of_relation(made, made->users), "foreign key:orders.orders_user_id_fkey");
}

static void test_own_references_do_not_count(void **state) {
    const fixture *made = *state;
    add_constraint(made, made->users,
                   (ls_catalog_constraint){.kind = LS_CONSTRAINT_FOREIGN_KEY,
                                           .name = "self",
                                           .referenced = made->users});
    add_trigger(made, "x", NULL);
    ls_catalog_create_index(made->catalog, made->users, "i", birth);
    assert_string_equal(of_relation(made, made->users), "");
}

static void test_sequence(void **state) {
    const fixture *made = *state;
    ls_relation_id sequence = ls_catalog_create(made->catalog, LS_RELATION_SEQUENCE, LS_PERMANENT,
                                                NULL, "Odd Name", birth)
                                  ->id;
    ls_catalog_edit(made->catalog, made->users)->columns.items[0].default_value =
        read_expression(made->arena, "nextval('\"Odd Name\"'::regclass) + 1");
    ls_catalog_edit(made->catalog, made->orders)->columns.items[0].default_value =
        read_expression(made->arena, "nextval('PUBLIC.\"Odd Name\"')");
    assert_string_equal(of_relation(made, sequence), "default:orders.id default:users.id");
}

static void test_row_type_and_heirs(void **state) {
    const fixture *made = *state;
    ls_relation_id log = run(made->catalog, "CREATE TABLE log (old users, new users[])")->id;
    LS_PUSH(made->arena, &ls_catalog_edit(made->catalog, log)->parents, made->orders);
    LS_PUSH(made->arena, &ls_catalog_edit(made->catalog, made->orders)->children, log);
    assert_string_equal(of_relation(made, made->users), "column:log.new column:log.old");
    assert_string_equal(of_relation(made, made->orders), "table:log");
    ls_catalog_rename(made->catalog, made->users, "people");
    assert_string_equal(of_relation(made, made->users), "column:log.new column:log.old");
}

static void test_function_body(void **state) {
    const fixture *made = *state;
    ls_catalog_function function = {.volatility = 'v', .sql_standard_body = true};
    LS_PUSH(made->arena, &function.uses,
            ((ls_column_use){.relation = made->users, .column = "name"}));
    ls_catalog_create_function(made->catalog, NULL, "f", &function);
    assert_string_equal(of_relation(made, made->users), "function:f");
    assert_string_equal(of_column(made, made->users, "name"), "function:f");
    assert_string_equal(of_column(made, made->users, "id"), "");
    ls_dependencies dependents = ls_dependents_of_relation(made->arena, made->catalog, made->users);
    ls_catalog_drop_dependent(made->catalog, &dependents.items[0]);
    assert_string_equal(of_relation(made, made->users), "");
}

/* --- Of a column ---------------------------------------------------------------------------- */

static void test_column(void **state) {
    const fixture *made = *state;
    add_keys(made);
    run(made->catalog, "CREATE VIEW v AS SELECT name FROM users WHERE id > 1");
    add_trigger(made, "x", "email");
    ls_relation *users = ls_catalog_edit(made->catalog, made->users);
    LS_PUSH(made->arena, &users->policies,
            ((ls_catalog_policy){.name = "p", .columns = word(made, "email")}));
    users->columns.items[1].generated = 's';
    users->columns.items[1].generation = read_expression(made->arena, "lower(email)");
    ls_catalog_add_statistics(
        made->catalog, &(ls_catalog_statistics){
                           .name = "s", .relation = made->users, .columns = word(made, "name")});
    add_constraint(
        made, made->users,
        (ls_catalog_constraint){.kind = LS_CONSTRAINT_CHECK,
                                .name = "c",
                                .expression = read_expression(made->arena, "email <> name")});
    assert_string_equal(of_column(made, made->users, "id"),
                        "constraint:users.users_pkey foreign key:orders.orders_user_id_fkey "
                        "view:v");
    assert_string_equal(of_column(made, made->users, "email"),
                        "constraint:users.c generated:users.name policy:users.p "
                        "trigger:users.x");
    assert_string_equal(of_column(made, made->users, "name"),
                        "constraint:users.c statistics:s view:v");
    assert_string_equal(of_column(made, made->orders, "user_id"),
                        "foreign key:orders.orders_user_id_fkey");
    assert_string_equal(of_column(made, made->users, "nothing"), "");
}

static void test_column_of_indexes(void **state) {
    const fixture *made = *state;
    ls_relation *key = ls_catalog_create_index(made->catalog, made->users, "key", birth);
    LS_PUSH(made->arena, &key->elements, ((ls_index_element){.column = "email"}));
    ls_relation *expression =
        ls_catalog_create_index(made->catalog, made->users, "expression", birth);
    ls_index_element lowered = {0};
    lowered.expression = (ls_expression *)(uintptr_t)read_expression(made->arena, "lower(email)");
    LS_PUSH(made->arena, &expression->elements, lowered);
    ls_relation *partial = ls_catalog_create_index(made->catalog, made->users, "partial", birth);
    partial->predicate = read_expression(made->arena, "email IS NULL");
    ls_relation *covering = ls_catalog_create_index(made->catalog, made->users, "covering", birth);
    covering->include = word(made, "email");
    assert_string_equal(of_column(made, made->users, "email"),
                        "index:covering index:expression index:key index:partial");
    assert_string_equal(of_column(made, made->users, "id"), "");
}

/* --- Of keys, types, functions --------------------------------------------------------------- */

static void test_key(void **state) {
    const fixture *made = *state;
    add_keys(made);
    ls_catalog_constraint unique = {
        .kind = LS_CONSTRAINT_UNIQUE, .name = "u", .columns = word(made, "email"), .index = 77};
    const ls_catalog_constraint *primary =
        &ls_catalog_relation(made->catalog, made->users)->constraints.items[0];
    assert_string_equal(
        listed(made, ls_dependents_of_key(made->arena, made->catalog, made->users, primary)),
        "foreign key:orders.orders_user_id_fkey");
    assert_string_equal(
        listed(made, ls_dependents_of_key(made->arena, made->catalog, made->users, &unique)), "");
}

static void test_type(void **state) {
    const fixture *made = *state;
    const ls_catalog_type *mood = ls_catalog_create_type(made->catalog, 'e', NULL, "mood", birth);
    ls_catalog_create_type(made->catalog, 'd', NULL, "good_mood", birth)->base =
        (ls_data_type){.schema = "public", .name = "mood", .known = true};
    run(made->catalog, "CREATE TABLE days (at date, mood mood, moods mood[])");
    assert_string_equal(listed(made, ls_dependents_of_type(made->arena, made->catalog, mood)),
                        "column:days.mood column:days.moods type:good_mood");
}

static void test_function(void **state) {
    const fixture *made = *state;
    const ls_catalog_function *touch = ls_catalog_create_function(
        made->catalog, NULL, "touch", &(ls_catalog_function){.volatility = 'v'});
    const ls_catalog_function *other = ls_catalog_create_function(
        made->catalog, "app", "touch", &(ls_catalog_function){.volatility = 'v'});
    add_trigger(made, "x", NULL);
    assert_string_equal(listed(made, ls_dependents_of_function(made->arena, made->catalog, touch)),
                        "trigger:users.x");
    assert_string_equal(listed(made, ls_dependents_of_function(made->arena, made->catalog, other)),
                        "");
}

/* --- Cascade -------------------------------------------------------------------------------- */

static void drop_all(const fixture *made, ls_dependencies dependencies) {
    for (LS_EACH(const ls_dependency, dependency, dependencies))
        ls_catalog_drop_dependent(made->catalog, dependency);
}

static void test_cascade_of_a_relation(void **state) {
    const fixture *made = *state;
    add_keys(made);
    run(made->catalog, "CREATE VIEW v AS SELECT name FROM users");
    run(made->catalog, "CREATE VIEW w AS SELECT name FROM v");
    run(made->catalog, "CREATE VIEW other AS SELECT id FROM orders");
    drop_all(made, ls_dependents_of_relation(made->arena, made->catalog, made->users));
    assert_int_equal(found(made, "v"), 0);
    assert_int_equal(found(made, "w"), 0);
    assert_int_not_equal(found(made, "other"), 0);
    assert_int_equal(ls_catalog_relation(made->catalog, made->orders)->constraints.count, 0);
}

static void test_cascade_of_a_column(void **state) {
    const fixture *made = *state;
    add_keys(made);
    add_trigger(made, "x", "id");
    run(made->catalog, "CREATE VIEW v AS SELECT id FROM users");
    drop_all(made, ls_dependents_of_column(made->arena, made->catalog, made->users, "id"));
    const ls_relation *users = ls_catalog_relation(made->catalog, made->users);
    assert_int_equal(users->constraints.count, 0);
    assert_int_equal(users->triggers.count, 0);
    assert_int_equal(users->indexes.count, 0);
    assert_int_equal(found(made, "users_pkey"), 0);
    assert_int_equal(found(made, "v"), 0);
    assert_int_equal(ls_catalog_relation(made->catalog, made->orders)->constraints.count, 0);
}

static void test_cascade_of_a_type(void **state) {
    const fixture *made = *state;
    const ls_catalog_type *mood = ls_catalog_create_type(made->catalog, 'e', NULL, "mood", birth);
    ls_catalog_create_type(made->catalog, 'd', NULL, "good", birth)->base =
        (ls_data_type){.schema = "public", .name = "mood", .known = true};
    ls_relation_id days =
        run(made->catalog, "CREATE TABLE days (at date, mood mood, best good)")->id;
    run(made->catalog, "CREATE VIEW v AS SELECT best FROM days");
    drop_all(made, ls_dependents_of_type(made->arena, made->catalog, mood));
    assert_int_equal(ls_catalog_relation(made->catalog, days)->columns.count, 1);
    assert_null(ls_catalog_find_type(made->catalog, NULL, "good"));
    assert_int_equal(found(made, "v"), 0);
}

static void test_cascade_through_many_views(void **state) {
    const fixture *made = *state;
    enum { DEPTH = 20000 };
    ls_relation_id below = made->users;
    for (int i = 0; i < DEPTH; i++) {
        ls_relation *view = ls_catalog_create(made->catalog, LS_RELATION_VIEW, LS_PERMANENT, NULL,
                                              ls_arena_format(made->arena, "v%d", i), birth);
        LS_PUSH(made->arena, &view->uses, ((ls_column_use){.relation = below}));
        below = view->id;
    }
    drop_all(made, ls_dependents_of_relation(made->arena, made->catalog, made->users));
    assert_int_equal(ls_catalog_relations(ls_catalog_arena(made->catalog), made->catalog).count, 2);
}

/* --- Partitions ----------------------------------------------------------------------------- */

static void test_descendants(void **state) {
    const fixture *made = *state;
    ls_relation_id leaf = run(made->catalog, "CREATE TABLE leaf (id int)")->id;
    LS_PUSH(made->arena, &ls_catalog_edit(made->catalog, made->users)->children, made->orders);
    LS_PUSH(made->arena, &ls_catalog_edit(made->catalog, made->orders)->children, leaf);
    ls_relation_ids below = ls_relation_descendants(made->arena, made->catalog, made->users);
    assert_int_equal(below.count, 2);
    assert_int_equal(below.items[0], made->orders);
    assert_int_equal(below.items[1], leaf);
    assert_int_equal(ls_relation_descendants(made->arena, made->catalog, leaf).count, 0);
    assert_int_equal(ls_relation_descendants(made->arena, made->catalog, 0).count, 0);
}

static void test_default_partition(void **state) {
    const fixture *made = *state;
    LS_PUSH(made->arena, &ls_catalog_edit(made->catalog, made->users)->children, made->orders);
    ls_relation *partition = ls_catalog_edit(made->catalog, made->orders);
    ls_bound bound = {.kind = LS_BOUND_RANGE};
    partition->is_partition = true;
    partition->bound = &bound;
    const ls_relation *parent = ls_catalog_relation(made->catalog, made->users);
    assert_int_equal(ls_default_partition(made->catalog, parent), 0);
    bound.kind = LS_BOUND_DEFAULT;
    assert_int_equal(ls_default_partition(made->catalog, parent), made->orders);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_relation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_own_references_do_not_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sequence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_row_type_and_heirs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_function_body, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_column, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_column_of_indexes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_type, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_function, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cascade_of_a_relation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cascade_of_a_column, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cascade_of_a_type, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cascade_through_many_views, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_descendants, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_default_partition, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
