/*
 * What is made rather than what it locks: columns and constraints of definitions, ALTER TABLE after
 * ALTER TABLE, names that are cut off, and the file as a whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects_harness.h"

/* The attribute of the first effect of that kind that the last statement has. */
static const char *told(const char *history, const char *change, const char *effect,
                        const char *attribute) {
    return value_of(effect_of(tell(15, history, change), effect), attribute);
}

static const char *of_column(const char *definition, const char *attribute) {
    ls_arena *arena = ls_arena_new();
    const char *table = ls_arena_format(arena, "CREATE TABLE t (%s)", definition);
    const char *value =
        ls_arena_string(story.arena, told("SELECT 1", table, "define_column", attribute));
    ls_arena_free(arena);
    return value;
}

static void columns(void **state) {
    (void)state;
    assert_string_equal(of_column("a varchar(5)[]", "type"), "varchar(5)[]");
    assert_string_equal(of_column("a bigserial", "type"), "bigint");
    assert_string_equal(of_column("a bigserial", "serial"), "yes");
    assert_string_equal(of_column("a bigserial", "not_null"), "yes");
    assert_string_equal(of_column("a int DEFAULT 1 + 1", "default"), "1 + 1");
    assert_string_equal(of_column("a int DEFAULT 1 + 1", "has_default"), "yes");
    assert_string_equal(of_column("a int", "has_default"), "no");
    assert_string_equal(of_column("a int", "default"), "");
    assert_string_equal(of_column("a int, PRIMARY KEY (a)", "primary_key"), "yes");
    assert_string_equal(of_column("a int, PRIMARY KEY (a)", "not_null"), "yes");
    assert_string_equal(of_column("a int, b int, PRIMARY KEY (a, b)", "primary_key"), "no");
    assert_string_equal(of_column("\"A b\" int NOT NULL", "column"), "\"A b\"");
    assert_string_equal(of_column("a int GENERATED ALWAYS AS IDENTITY", "identity"), "yes");
    assert_string_equal(of_column("a int, b int", "relation.name"), "t");
}

static const char users[] = "CREATE TABLE app.users (id bigint PRIMARY KEY)";

static const char *of_key(const char *change, const char *attribute) {
    return told(users, change, "define_constraint", attribute);
}

static void constraints(void **state) {
    (void)state;
    static const char inlined[] =
        "CREATE TABLE o (id int, u int REFERENCES app.users ON /* x */ DELETE NO ACTION)";
    assert_string_equal(of_key(inlined, "constraint_kind"), "foreign_key");
    assert_string_equal(of_key(inlined, "on_delete"), "no action");
    assert_string_equal(of_key(inlined, "referenced"), "app.users");
    assert_string_equal(of_key(inlined, "inline"), "yes");
    assert_string_equal(of_key(inlined, "named"), "no");
    assert_string_equal(of_key(inlined, "nullable_column"), "u");
    static const char below[] =
        "CREATE TABLE o (u bigint NOT NULL, "
        "CONSTRAINT k FOREIGN KEY (u) REFERENCES app.users ON UPDATE SET NULL)";
    assert_string_equal(of_key(below, "on_delete"), "");
    assert_string_equal(of_key(below, "constraint"), "k");
    assert_string_equal(of_key(below, "nullable_column"), "");
    assert_string_equal(of_key("CREATE TABLE o (a int, CHECK (a > 0))", "constraint_kind"),
                        "check");
    assert_string_equal(
        of_key(
            "ALTER TABLE app.users ADD COLUMN boss bigint REFERENCES app.users ON DELETE CASCADE",
            "on_delete"),
        "cascade");
    assert_null(effect_of(tell(15, users, "CREATE TABLE o (a int NOT NULL DEFAULT 1)"),
                          "define_constraint"));
}

static void tables(void **state) {
    (void)state;
    static const char like_unknown[] = "CREATE TABLE t (a int, LIKE other INCLUDING ALL)";
    assert_string_equal(told(users, like_unknown, "create_table", "columns"), "");
    assert_string_equal(told(users, like_unknown, "create_table", "primary_key"), "");
    static const char like_known[] = "CREATE TABLE t (a int, LIKE app.users)";
    assert_string_equal(told(users, like_known, "create_table", "columns"), "a,id");
    assert_string_equal(told(users, like_known, "create_table", "primary_key"), "no");
    static const char again[] = "CREATE TABLE IF NOT EXISTS app.users (id bigint)";
    assert_string_equal(told(users, again, "create_table", "exists"), "yes");
    assert_string_equal(told(users, again, "create_table", "qualified"), "yes");
    assert_null(effect_of(tell(15, users, again), "define_column"));
}

static const char *mergeable(const char *change) {
    return told("CREATE TABLE t (a int, b int, CONSTRAINT c CHECK (a IS NOT NULL)); "
                "CREATE TABLE s (a int PRIMARY KEY)",
                change, "alter_table", "mergeable");
}

static void repeated_alterations(void **state) {
    (void)state;
    assert_string_equal(mergeable("ALTER TABLE t ADD x int; ALTER TABLE t ADD y int"), "yes");
    assert_string_equal(mergeable("ALTER TABLE t ADD x int"), "no");
    assert_string_equal(mergeable("ALTER TABLE t ADD x int; SELECT 1; ALTER TABLE t ADD y int"),
                        "no");
    assert_string_equal(mergeable("ALTER TABLE s ADD x int; ALTER TABLE t ADD y int"), "no");
    assert_string_equal(mergeable("ALTER TABLE t ADD x int; ALTER TABLE ONLY t ADD y int"), "no");
    assert_string_equal(mergeable("ALTER TABLE t ADD x int; ALTER TABLE t ALTER x SET DEFAULT 1"),
                        "no");
    assert_string_equal(mergeable("ALTER TABLE t DROP CONSTRAINT c; "
                                  "ALTER TABLE t ALTER a SET NOT NULL"),
                        "no");
    assert_string_equal(mergeable("ALTER TABLE t ADD CHECK (b > 0) NOT VALID; "
                                  "ALTER TABLE t ALTER a SET STATISTICS 9"),
                        "no");
    assert_string_equal(mergeable("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES s; "
                                  "ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES s"),
                        "no");
    assert_string_equal(mergeable("BEGIN; ALTER TABLE t ADD x int; ALTER TABLE t ADD y int"), "no");
    assert_string_equal(mergeable("BEGIN; ALTER TABLE t ALTER a TYPE bigint; "
                                  "ALTER TABLE t ALTER b TYPE bigint"),
                        "yes");
    assert_null(
        effect_of(tell(15, "SELECT 1", "ALTER INDEX i SET (fillfactor = 50)"), "alter_table"));
}

#define SIXTY "a12345678901234567890123456789012345678901234567890123456789"

static const char *cut(const char *change) {
    const ls_effect *effect = effect_of(tell(15, "CREATE TABLE t (a int)", change), "long_name");
    return effect == NULL ? "" : value_of(effect, "to");
}

static void long_names(void **state) {
    (void)state;
    assert_string_equal(cut("CREATE TABLE " SIXTY "abcd (a int)"), SIXTY "abc");
    assert_string_equal(cut("CREATE TABLE " SIXTY "abc (a int)"), "");
    assert_string_equal(cut("CREATE INDEX " SIXTY "ABCDEF ON t (a)"), SIXTY "abc");
    assert_string_equal(cut("CREATE TABLE app.\"" SIXTY "A B\" (a int)"), "");
    assert_string_equal(cut("CREATE TABLE app.\"" SIXTY "A BC\" (a int)"), SIXTY "A B");
    assert_string_equal(cut("CREATE TABLE s (" SIXTY "ab\xC3\xA4 int)"), SIXTY "ab");
    assert_string_equal(cut("ALTER TABLE t RENAME TO " SIXTY "abcd"), SIXTY "abc");
    assert_string_equal(cut("ALTER TABLE t RENAME a TO " SIXTY "abcd"), SIXTY "abc");
    assert_string_equal(cut("ALTER TABLE t ADD CONSTRAINT " SIXTY "abcd CHECK (a > 0)"),
                        SIXTY "abc");
    assert_string_equal(cut("CREATE TABLE s (a int CONSTRAINT " SIXTY "abcd CHECK (a > 0))"),
                        SIXTY "abc");
    assert_string_equal(cut("SELECT 1 AS " SIXTY "abcd"), "");
}

static const char *of_file(const char *sql, const char *attribute) {
    tell(15, "SELECT 1", sql);
    return value_of(effect_of(ls_replay_end_file(story.replay), "migration"), attribute);
}

static void files(void **state) {
    (void)state;
    assert_string_equal(
        of_file("-- one\r\n/* two */ -- three\nSELECT 1; -- four\nSELECT 2", "header"),
        "one\ntwo\nthree");
    assert_string_equal(of_file("SELECT 1; -- two", "header"), "");
    assert_string_equal(of_file("--\nSELECT 1", "header"), "");
    assert_string_equal(of_file("SELECT 1; SELECT 2", "count"), "2");
    assert_string_equal(of_file("SELECT 1", "file"), "0002.sql");
}

static void other_attributes(void **state) {
    (void)state;
    assert_string_equal(told(users, "GRANT SELECT ON app.users TO a, PUBLIC", "grant", "roles"),
                        "a,public");
    assert_string_equal(told(users, "GRANT ALL ON app.users TO a", "grant", "privileges"), "all");
    assert_string_equal(told(users, "INSERT INTO app.users VALUES (1)", "insert", "named"), "no");
    assert_string_equal(told(users, "INSERT INTO app.users DEFAULT VALUES", "insert", "named"),
                        "yes");
    static const char union_of_stars[] =
        "CREATE VIEW v AS SELECT 1 UNION ALL SELECT u.* FROM app.users u";
    assert_string_equal(told(users, union_of_stars, "create_view", "star"), "yes");
    assert_string_equal(
        told(users, "CREATE VIEW v AS SELECT count(*) FROM app.users", "create_view", "star"),
        "no");
    assert_string_equal(told(users, "SET a.b = '1'; CREATE TABLE t ()", "create_table", "alone"),
                        "yes");
    assert_string_equal(told(users, "SELECT 1; CREATE TABLE t ()", "create_table", "alone"), "no");
}

static void what_nobody_asks_about(void **state) {
    (void)state;
    tell(15, users, "SELECT 1");
    ls_replay_serve_nobody(story.replay);
    const ls_outcome *outcome =
        run_file("CREATE TABLE " SIXTY "abcd (a bigint REFERENCES app.users)", false);
    assert_non_null(effect_of(outcome, "create_table"));
    assert_null(effect_of(outcome, "define_column"));
    assert_null(effect_of(outcome, "define_constraint"));
    assert_null(effect_of(outcome, "long_name"));
    assert_null(effect_of(ls_replay_end_file(story.replay), "migration"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns),          cmocka_unit_test(constraints),
        cmocka_unit_test(tables),           cmocka_unit_test(repeated_alterations),
        cmocka_unit_test(long_names),       cmocka_unit_test(files),
        cmocka_unit_test(other_attributes), cmocka_unit_test(what_nobody_asks_about),
    };
    return cmocka_run_group_tests_name("definitions", tests, NULL, end_story);
}
