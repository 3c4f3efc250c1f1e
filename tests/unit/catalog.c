/* The catalog's objects: names, relations, types, functions, schemas, publications. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalog/dependencies.h"
#include "catalog_empty.h"

#include <stdio.h>
#include <string.h>

static ls_relation_id create(ls_catalog *catalog, const char *schema, const char *name) {
    return ls_catalog_create(catalog, LS_RELATION_TABLE, LS_PERMANENT, schema, name, birth)->id;
}

static ls_relation_id found(const ls_catalog *catalog, const char *schema, const char *name) {
    const ls_relation *relation = ls_catalog_find(catalog, schema, name);
    return relation == NULL ? 0 : relation->id;
}

static void set_path(ls_catalog *catalog, const char *first, const char *second) {
    ls_words path = {0};
    LS_PUSH(ls_catalog_arena(catalog), &path, first);
    if (second != NULL)
        LS_PUSH(ls_catalog_arena(catalog), &path, second);
    ls_catalog_set_search_path(catalog, &path);
}

static void add_column(ls_catalog *catalog, ls_relation_id table, const char *name,
                       const char *schema, const char *type) {
    ls_catalog_column column = {.name = name,
                                .type = {.schema = schema, .name = type, .known = true}};
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit(catalog, table)->columns, column);
}

static void child_of(ls_catalog *catalog, ls_relation_id child, ls_relation_id parent,
                     bool partition) {
    ls_relation *relation = ls_catalog_edit(catalog, child);
    LS_PUSH(ls_catalog_arena(catalog), &relation->parents, parent);
    relation->is_partition = partition;
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit(catalog, parent)->children, child);
}

/* --- Names ---------------------------------------------------------------------------------- */

static void test_fresh_database(void **state) {
    ls_catalog *catalog = *state;
    assert_true(ls_catalog_has_schema(catalog, "public"));
    assert_true(ls_catalog_has_schema(catalog, "pg_catalog"));
    assert_false(ls_catalog_has_schema(catalog, "app"));
    assert_string_equal(ls_catalog_creation_schema(catalog), "public");
    assert_int_equal(ls_catalog_search_path(catalog)->count, 2);
    assert_int_equal(ls_catalog_relations(ls_catalog_arena(catalog), catalog).count, 0);
}

static void test_search_path(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id in_public = create(catalog, NULL, "t");
    ls_relation_id in_app = create(catalog, "app", "t");
    assert_int_equal(found(catalog, NULL, "t"), in_public);
    assert_int_equal(found(catalog, "app", "t"), in_app);
    set_path(catalog, "app", "public");
    assert_int_equal(found(catalog, NULL, "t"), in_app);
    assert_string_equal(ls_catalog_creation_schema(catalog), "app");
    set_path(catalog, "", NULL);
    assert_int_equal(found(catalog, NULL, "t"), 0);
    assert_int_equal(found(catalog, "public", "t"), in_public);
    assert_int_equal(found(catalog, "public", "T"), 0);
}

static void test_dropped_schema_is_no_place_to_create(void **state) {
    ls_catalog *catalog = *state;
    ls_catalog_create_schema(catalog, "app", birth);
    set_path(catalog, "app", "public");
    ls_catalog_drop_schema(catalog, "app");
    assert_string_equal(ls_catalog_creation_schema(catalog), "public");
}

static void test_temporary_first(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id permanent = create(catalog, NULL, "t");
    ls_relation *temporary =
        ls_catalog_create(catalog, LS_RELATION_TABLE, LS_TEMPORARY, NULL, "t", birth);
    assert_string_equal(temporary->schema, "pg_temp");
    assert_int_equal(found(catalog, NULL, "t"), temporary->id);
    assert_int_equal(found(catalog, "public", "t"), permanent);
    ls_catalog_drop(catalog, temporary->id);
    assert_int_equal(found(catalog, NULL, "t"), permanent);
}

static void test_declare(void **state) {
    ls_catalog *catalog = *state;
    ls_name name = {.name = "users"};
    ls_relation_id id = ls_catalog_declare(catalog, &name, LS_RELATION_UNKNOWN);
    const ls_relation *declared = ls_catalog_relation(catalog, id);
    assert_string_equal(declared->full_name, "public.users");
    assert_false(declared->birth.known);
    assert_false(declared->columns_complete);
    assert_int_equal(ls_catalog_declare(catalog, &name, LS_RELATION_TABLE), id);
    assert_int_equal(ls_catalog_relation(catalog, id)->kind, LS_RELATION_TABLE);
    assert_int_equal(ls_catalog_declare(catalog, &name, LS_RELATION_VIEW), id);
    assert_int_equal(ls_catalog_relation(catalog, id)->kind, LS_RELATION_TABLE);
    ls_name system = {.name = "pg_class"};
    id = ls_catalog_declare(catalog, &system, LS_RELATION_TABLE);
    assert_string_equal(ls_catalog_relation(catalog, id)->schema, "pg_catalog");
}

/* As pg_dump sets it: a function body is read by another search_path later on. */
static void test_declare_by_empty_path(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id there = create(catalog, "public", "users");
    ls_catalog_set_search_path(catalog, &(ls_words){0});
    ls_name name = {.name = "users"};
    assert_int_equal(ls_catalog_declare(catalog, &name, LS_RELATION_UNKNOWN), there);
    assert_int_equal(found(catalog, "public", "users"), there);
}

/* --- Relations ------------------------------------------------------------------------------ */

static void test_create_over_existing(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id old = create(catalog, NULL, "t");
    ls_catalog_create_index(catalog, old, "i", birth);
    ls_relation_id fresh = create(catalog, NULL, "t");
    assert_int_not_equal(old, fresh);
    assert_null(ls_catalog_relation(catalog, old));
    assert_int_equal(found(catalog, NULL, "t"), fresh);
    assert_int_equal(found(catalog, NULL, "i"), 0);
    assert_int_equal(ls_catalog_relations(ls_catalog_arena(catalog), catalog).count, 1);
}

static void test_rename_and_move_keep_the_id(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, NULL, "t");
    ls_relation_id index = ls_catalog_create_index(catalog, table, "i", birth)->id;
    ls_relation_id sequence =
        ls_catalog_create(catalog, LS_RELATION_SEQUENCE, LS_PERMANENT, NULL, "t_id_seq", birth)->id;
    add_column(catalog, table, "id", "pg_catalog", "int4");
    ls_catalog_edit(catalog, table)->columns.items[0].sequence = sequence;
    ls_catalog_rename(catalog, table, "u");
    assert_int_equal(found(catalog, NULL, "t"), 0);
    assert_int_equal(found(catalog, NULL, "u"), table);
    ls_catalog_move(catalog, table, "app");
    assert_int_equal(found(catalog, "app", "u"), table);
    assert_int_equal(found(catalog, "app", "i"), index);
    assert_int_equal(found(catalog, "app", "t_id_seq"), sequence);
    assert_int_equal(found(catalog, "public", "i"), 0);
    assert_string_equal(ls_catalog_relation(catalog, index)->schema, "app");
}

static void test_rename_back_and_forth(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id first = create(catalog, NULL, "a");
    ls_relation_id second = create(catalog, NULL, "b");
    ls_catalog_rename(catalog, first, "c");
    ls_catalog_rename(catalog, second, "a");
    ls_catalog_rename(catalog, first, "b");
    assert_int_equal(found(catalog, NULL, "a"), second);
    assert_int_equal(found(catalog, NULL, "b"), first);
    assert_int_equal(found(catalog, NULL, "c"), 0);
}

static void test_drop_takes_parts(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, NULL, "t");
    ls_relation_id index = ls_catalog_create_index(catalog, table, "i", birth)->id;
    ls_relation *sequence =
        ls_catalog_create(catalog, LS_RELATION_SEQUENCE, LS_PERMANENT, NULL, "s", birth);
    sequence->owner_table = table;
    ls_catalog_note_dependent(catalog, table, sequence->id);
    ls_relation_id free_sequence =
        ls_catalog_create(catalog, LS_RELATION_SEQUENCE, LS_PERMANENT, NULL, "f", birth)->id;
    ls_catalog_note_dependent(catalog, free_sequence, table);
    ls_catalog_drop(catalog, table);
    assert_null(ls_catalog_relation(catalog, table));
    assert_null(ls_catalog_relation(catalog, index));
    assert_int_equal(found(catalog, NULL, "s"), 0);
    assert_int_equal(found(catalog, NULL, "f"), free_sequence);
    assert_null(ls_catalog_edit(catalog, table));
    ls_catalog_drop(catalog, table);
    ls_catalog_drop(catalog, 0);
    ls_catalog_drop(catalog, 4711);
}

static void test_drop_index_leaves_its_table(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, NULL, "t");
    ls_relation_id first = ls_catalog_create_index(catalog, table, "i", birth)->id;
    ls_relation_id second = ls_catalog_create_index(catalog, table, "j", birth)->id;
    ls_catalog_drop(catalog, first);
    const ls_relation *left = ls_catalog_relation(catalog, table);
    assert_int_equal(left->indexes.count, 1);
    assert_int_equal(left->indexes.items[0], second);
}

static void test_drop_parent(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id parent = create(catalog, NULL, "parent");
    ls_relation_id partition = create(catalog, NULL, "partition");
    ls_relation_id nested = create(catalog, NULL, "nested");
    ls_relation_id heir = create(catalog, NULL, "heir");
    child_of(catalog, partition, parent, true);
    child_of(catalog, nested, partition, true);
    child_of(catalog, heir, parent, false);
    ls_catalog_drop(catalog, parent);
    assert_null(ls_catalog_relation(catalog, partition));
    assert_null(ls_catalog_relation(catalog, nested));
    assert_int_equal(ls_catalog_relation(catalog, heir)->parents.count, 0);
}

static void test_drop_partition(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id parent = create(catalog, NULL, "parent");
    ls_relation_id partition = create(catalog, NULL, "partition");
    child_of(catalog, partition, parent, true);
    ls_catalog_drop(catalog, partition);
    assert_int_equal(ls_catalog_relation(catalog, parent)->children.count, 0);
}

static void test_drop_deep_partitions(void **state) {
    ls_catalog *catalog = *state;
    enum { DEPTH = 100000 };
    ls_relation_id top = create(catalog, NULL, "p0"), above = top;
    for (int depth = 1; depth < DEPTH; depth++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", depth);
        ls_relation_id below = create(catalog, NULL, name);
        child_of(catalog, below, above, true);
        above = below;
    }
    ls_catalog_drop(catalog, top);
    assert_int_equal(ls_catalog_relations(ls_catalog_arena(catalog), catalog).count, 0);
}

/* --- Types ---------------------------------------------------------------------------------- */

static ls_data_type resolved(const ls_catalog *catalog, const char *schema, const char *name) {
    ls_type_name type = {.schema = schema, .name = name};
    return ls_catalog_resolve_type(catalog, &type);
}

static void assert_type(ls_data_type type, const char *schema, const char *name, bool known) {
    assert_string_equal(type.schema, schema);
    assert_string_equal(type.name, name);
    assert_int_equal(type.known, known);
}

static void test_resolve_type(void **state) {
    ls_catalog *catalog = *state;
    assert_type(resolved(catalog, "pg_catalog", "int4"), "pg_catalog", "int4", true);
    assert_type(resolved(catalog, NULL, "text"), "pg_catalog", "text", true);
    assert_type(resolved(catalog, NULL, "bigserial"), "pg_catalog", "int8", true);
    assert_type(resolved(catalog, NULL, "serial2"), "pg_catalog", "int2", true);
    assert_type(resolved(catalog, "app", "text"), "app", "text", false);
    assert_type(resolved(catalog, NULL, "mood"), "public", "mood", false);
    ls_catalog_create_type(catalog, 'e', NULL, "mood", birth);
    assert_type(resolved(catalog, NULL, "mood"), "public", "mood", true);
    create(catalog, "app", "orders");
    assert_type(resolved(catalog, "app", "orders"), "app", "orders", true);
    ls_data_type array = resolved(catalog, NULL, "_int4");
    assert_type(array, "pg_catalog", "int4", true);
    assert_int_equal(array.dimensions, 1);
}

static void test_built_in_types_hide_user_types(void **state) {
    ls_catalog *catalog = *state;
    ls_catalog_create_type(catalog, 'd', NULL, "xml", birth);
    assert_type(resolved(catalog, NULL, "xml"), "pg_catalog", "xml", true);
    set_path(catalog, "public", "pg_catalog");
    assert_type(resolved(catalog, NULL, "xml"), "public", "xml", true);
}

static void test_extension_types(void **state) {
    ls_catalog *catalog = *state;
    assert_type(resolved(catalog, NULL, "citext"), "public", "citext", false);
    ls_catalog_create_extension(catalog, "citext");
    assert_type(resolved(catalog, NULL, "citext"), "public", "citext", true);
    assert_type(resolved(catalog, "extensions", "citext"), "extensions", "citext", true);
    ls_catalog_drop_extension(catalog, "citext");
    assert_type(resolved(catalog, NULL, "citext"), "public", "citext", false);
}

static void test_column_type(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, NULL, "t");
    add_column(catalog, table, "a", "pg_catalog", "uuid");
    ls_type_name type = {.schema = "t", .name = "a", .column_type = true};
    assert_type(ls_catalog_resolve_type(catalog, &type), "pg_catalog", "uuid", true);
    type.name = "b";
    assert_false(ls_catalog_resolve_type(catalog, &type).known);
}

static void test_rename_type_follows(void **state) {
    ls_catalog *catalog = *state;
    const ls_catalog_type *mood = ls_catalog_create_type(catalog, 'e', NULL, "mood", birth);
    ls_catalog_create_type(catalog, 'd', NULL, "email", birth)->base =
        (ls_data_type){.schema = "public", .name = "mood"};
    ls_relation_id table = create(catalog, NULL, "t");
    add_column(catalog, table, "a", "public", "mood");
    ls_catalog_mark(catalog);
    ls_catalog_rename_type(catalog, mood, "app", "feeling");
    const ls_relation *changed = ls_catalog_relation(catalog, table);
    assert_type(changed->columns.items[0].type, "app", "feeling", true);
    assert_null(ls_catalog_find_type(catalog, NULL, "mood"));
    assert_non_null(ls_catalog_find_type(catalog, "app", "feeling"));
    assert_string_equal(ls_catalog_find_type(catalog, NULL, "email")->base.name, "feeling");
}

/* --- Functions ------------------------------------------------------------------------------ */

static ls_catalog_function function_of(ls_catalog *catalog, const char *argument) {
    ls_catalog_function function = {.volatility = 'v', .birth = birth};
    if (argument != NULL)
        LS_PUSH(ls_catalog_arena(catalog), &function.arguments,
                ((ls_data_type){.schema = "pg_catalog", .name = argument, .known = true}));
    return function;
}

static void test_overloads(void **state) {
    ls_catalog *catalog = *state;
    ls_catalog_function none = function_of(catalog, NULL), integer = function_of(catalog, "int4");
    ls_catalog_create_function(catalog, NULL, "f", &none);
    ls_catalog_create_function(catalog, NULL, "f", &integer);
    assert_int_equal(ls_catalog_find_functions(catalog, NULL, "f").count, 2);
    integer.volatility = 'i';
    const ls_catalog_function *replaced = ls_catalog_create_function(catalog, NULL, "f", &integer);
    ls_functions overloads = ls_catalog_find_functions(catalog, NULL, "f");
    assert_int_equal(overloads.count, 2);
    assert_int_equal(overloads.items[1]->volatility, 'i');
    ls_catalog_drop_function(catalog, replaced);
    overloads = ls_catalog_find_functions(catalog, NULL, "f");
    assert_int_equal(overloads.count, 1);
    assert_int_equal(overloads.items[0]->arguments.count, 0);
    assert_int_equal(ls_catalog_find_functions(catalog, "app", "f").count, 0);
}

static void test_triggers_follow_a_renamed_function(void **state) {
    ls_catalog *catalog = *state;
    ls_catalog_function none = function_of(catalog, NULL);
    const ls_catalog_function *function = ls_catalog_create_function(catalog, NULL, "f", &none);
    ls_relation_id table = create(catalog, NULL, "t");
    ls_catalog_trigger trigger = {.name = "x", .function_schema = "public", .function = "f"};
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit(catalog, table)->triggers, trigger);
    ls_catalog_rename_function(catalog, function, NULL, "g");
    assert_string_equal(ls_relation_trigger(ls_catalog_relation(catalog, table), "x")->function,
                        "g");
    assert_int_equal(ls_catalog_find_functions(catalog, NULL, "f").count, 0);
    assert_int_equal(ls_catalog_find_functions(catalog, NULL, "g").count, 1);
}

/* --- Schemas, publications, statistics ------------------------------------------------------ */

static void test_drop_schema(void **state) {
    ls_catalog *catalog = *state;
    ls_catalog_create_schema(catalog, "app", birth);
    ls_relation_id table = create(catalog, "app", "t");
    ls_relation_id other = create(catalog, NULL, "t");
    ls_catalog_create_type(catalog, 'e', "app", "mood", birth);
    ls_catalog_function none = function_of(catalog, NULL);
    ls_catalog_create_function(catalog, "app", "f", &none);
    ls_catalog_drop_schema(catalog, "app");
    assert_false(ls_catalog_has_schema(catalog, "app"));
    assert_null(ls_catalog_relation(catalog, table));
    assert_non_null(ls_catalog_relation(catalog, other));
    assert_null(ls_catalog_find_type(catalog, "app", "mood"));
    assert_int_equal(ls_catalog_find_functions(catalog, "app", "f").count, 0);
    ls_catalog_create_schema(catalog, "app", birth);
    assert_int_equal(found(catalog, "app", "t"), 0);
}

static void test_rename_schema(void **state) {
    ls_catalog *catalog = *state;
    ls_catalog_create_schema(catalog, "app", birth);
    ls_relation_id table = create(catalog, "app", "t");
    ls_relation_id index = ls_catalog_create_index(catalog, table, "i", birth)->id;
    ls_catalog_create_type(catalog, 'e', "app", "mood", birth);
    add_column(catalog, table, "a", "app", "mood");
    ls_catalog_function none = function_of(catalog, NULL);
    ls_catalog_create_function(catalog, "app", "f", &none);
    ls_catalog_add_statistics(
        catalog, &(ls_catalog_statistics){.name = "s", .relation = table, .schema = "app"});
    ls_catalog_rename_schema(catalog, "app", "core");
    assert_false(ls_catalog_has_schema(catalog, "app"));
    assert_true(ls_catalog_schema_birth(catalog, "core")->known);
    assert_int_equal(found(catalog, "core", "t"), table);
    assert_int_equal(found(catalog, "core", "i"), index);
    assert_int_equal(found(catalog, "app", "t"), 0);
    assert_string_equal(ls_catalog_relation(catalog, table)->columns.items[0].type.schema, "core");
    assert_int_equal(ls_catalog_find_functions(catalog, "core", "f").count, 1);
    assert_non_null(ls_catalog_find_statistics(catalog, "core", "s"));
}

static void test_publications(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, NULL, "t"), other = create(catalog, "app", "u");
    assert_null(ls_catalog_edit_publication(catalog, "p", false));
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit_publication(catalog, "p", true)->tables,
            table);
    assert_true(ls_catalog_is_published(catalog, ls_catalog_relation(catalog, table)));
    assert_false(ls_catalog_is_published(catalog, ls_catalog_relation(catalog, other)));
    LS_PUSH(ls_catalog_arena(catalog), &ls_catalog_edit_publication(catalog, "p", true)->schemas,
            "app");
    assert_true(ls_catalog_is_published(catalog, ls_catalog_relation(catalog, other)));
    ls_catalog_rename_schema(catalog, "app", "core");
    assert_true(ls_catalog_is_published(catalog, ls_catalog_relation(catalog, other)));
    ls_catalog_drop(catalog, table);
    assert_int_equal(ls_catalog_edit_publication(catalog, "p", false)->tables.count, 0);
    ls_catalog_drop_publication(catalog, "p");
    assert_false(ls_catalog_is_published(catalog, ls_catalog_relation(catalog, other)));
}

static void test_statistics_go_with_their_table(void **state) {
    ls_catalog *catalog = *state;
    ls_relation_id table = create(catalog, NULL, "t");
    ls_catalog_add_statistics(catalog, &(ls_catalog_statistics){.name = "s", .relation = table});
    assert_non_null(ls_catalog_find_statistics(catalog, NULL, "s"));
    ls_catalog_drop(catalog, table);
    assert_null(ls_catalog_find_statistics(catalog, NULL, "s"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_fresh_database, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_search_path, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dropped_schema_is_no_place_to_create, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_temporary_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_declare, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_declare_by_empty_path, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_create_over_existing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rename_and_move_keep_the_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rename_back_and_forth, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drop_takes_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drop_index_leaves_its_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drop_parent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drop_partition, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drop_deep_partitions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_resolve_type, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_built_in_types_hide_user_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_extension_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_column_type, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rename_type_follows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_overloads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_triggers_follow_a_renamed_function, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drop_schema, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rename_schema, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_publications, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_statistics_go_with_their_table, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
