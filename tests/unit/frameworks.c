/*
 * What is known of each framework's migrations: testdata/frameworks holds a small project for each,
 * and here stands what it is read as. A line is a migration in the order of the run: its file, its
 * version, how its sections are run, and what takes it back.
 */
#include "input/framework.h"
#include "input/input.h"
#include "support/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <unistd.h>

static const struct {
    const char *framework, *directory, *migrations;
} projects[] = {
    {"goose", "goose/project/migrations",
     "00001_users.sql 00001 transaction <- 00001_users.sql\n"
     "00002_nickname.sql 00002 transaction <- 00002_nickname.sql\n"
     "00010_email_index.sql 00010 statements <- 00010_email_index.sql\n"
     "00011_index_in_transaction.sql 00011 transaction <- 00011_index_in_transaction.sql\n"},
    {"dbmate", "dbmate/project/db/migrations",
     "20240101000000_users.sql 20240101000000 transaction <- 20240101000000_users.sql\n"
     "20240102000000_nickname.sql 20240102000000 transaction <- 20240102000000_nickname.sql\n"
     "20240103000000_email_index.sql 20240103000000 statements <- 20240103000000_email_index.sql\n"
     "20240104000000_two_at_once.sql 20240104000000 query <- 20240104000000_two_at_once.sql\n"},
    {"sql-migrate", "sql-migrate/project/migrations",
     "1_users.sql 1 transaction <- 1_users.sql\n"
     "2_alternating.sql 2 transaction <- 2_alternating.sql\n"
     "10_email_index.sql 10 statements <- 10_email_index.sql\n"},
    {"golang-migrate", "golang-migrate/project/migrations",
     "1_users.up.sql 1 statements <- 1_users.down.sql\n"
     "2_nickname.up.sql 2 query <- 2_nickname.down.sql\n"
     "10_email_index.up.sql 10 statements <- 10_email_index.down.sql\n"
     "11_two_at_once.up.sql 11 query <- 11_two_at_once.down.sql\n"
     "12_age.postgres.up.sql 12 statements <- 12_age.down.sql\n"
     "13_height.up.sql 13 statements <- 13_no_height.down.sql\n"},
    {"flyway", "flyway/project/sql",
     "V1__users.sql 1 transaction <- U1__users.sql\n"
     "V1_2__nickname.sql 1_2 transaction\n"
     "V1_10__email_index.sql 1_10 statements\n"
     "later/V2__checked.sql 2 statements\n"
     "R__names.sql transaction repeatable\n"},
    {"liquibase", "liquibase/project/changelog",
     "001-users.sql 001 transaction transaction <- 001-users.sql\n"
     "002-nickname.sql 002 transaction statements transaction <- 002-nickname.sql\n"},
    {"sqitch", "sqitch/project",
     "deploy/users.sql statements <- revert/users.sql\n"
     "deploy/schema@v1.sql statements <- revert/schema@v1.sql\n"
     "deploy/schema.sql statements <- revert/schema.sql\n"
     "deploy/email_index.sql statements <- revert/email_index.sql\n"},
    {"diesel", "diesel/project/migrations",
     "2024-01-01-000000_users/up.sql 2024-01-01-000000 transaction <- "
     "2024-01-01-000000_users/down.sql\n"
     "2024-01-02-000000_nickname/up.sql 2024-01-02-000000 transaction <- "
     "2024-01-02-000000_nickname/down.sql\n"
     "2024-01-03-000000_email_index/up.sql 2024-01-03-000000 statements <- "
     "2024-01-03-000000_email_index/down.sql\n"},
    {"sqlx", "sqlx/project/migrations",
     "1_users.sql 1 transaction\n"
     "2_nickname.up.sql 2 transaction <- 2_nickname.down.sql\n"
     "10_email_index.up.sql 10 statements <- 10_email_index.down.sql\n"},
    {"refinery", "refinery/project/migrations",
     "V1__users.sql 1 transaction\n"
     "V2__nickname.sql 2 transaction\n"
     "V10__email_index.sql 10 statements\n"},
    {"prisma", "prisma/project/prisma/migrations",
     "20240101000000_users/migration.sql 20240101000000 statements\n"
     "20240102000000_nickname/migration.sql 20240102000000 statements\n"
     "20240103000000_email_index/migration.sql 20240103000000 statements\n"
     "20240104000000_two_at_once/migration.sql 20240104000000 query\n"},
    {"drizzle", "drizzle/project/drizzle",
     "0000_users.sql 0000 run\n"
     "0001_nickname.sql 0001 run\n"},
    {"supabase", "supabase/project/supabase/migrations",
     "20240101000000_users.sql 20240101000000 transaction\n"
     "20240102000000_nickname.sql 20240102000000 transaction statements transaction\n"},
    {"hasura", "hasura/project/migrations/default",
     "1704067200000_users/up.sql 1704067200000 transaction <- 1704067200000_users/down.sql\n"
     "1704153600000_nickname/up.sql 1704153600000 transaction <- 1704153600000_nickname/down.sql\n"
     "1704240000000_email_index/up.sql 1704240000000 transaction <- "
     "1704240000000_email_index/down.sql\n"},
    {"atlas", "atlas/project/migrations",
     "20240101000000_users.sql 20240101000000 transaction\n"
     "20240102000000_nickname.sql 20240102000000 transaction\n"
     "20240103000000_email_index.sql 20240103000000 statements\n"},
    {"node-pg-migrate", "node-pg-migrate/project/migrations",
     "1704067200000_users.sql 1704067200000 run <- 1704067200000_users.sql\n"
     "1704153600000_nickname.sql 1704153600000 run <- 1704153600000_nickname.sql\n"},
    {"tern", "tern/project/migrations",
     "001_users.sql 001 transaction <- 001_users.sql\n"
     "002_nickname.sql 002 transaction <- 002_nickname.sql\n"
     "003_email_index.sql 003 statements <- 003_email_index.sql\n"},
    {"pop", "pop/project/migrations",
     "20240101000000_users.up.sql 20240101000000 transaction <- 20240101000000_users.down.sql\n"
     "20240102000000_nickname.up.sql 20240102000000 transaction\n"
     "20240103000000_nickname_index.autocommit.up.sql 20240103000000 statements\n"
     "20240104000000_age.postgres.up.sql 20240104000000 transaction <- "
     "20240104000000_age.down.sql\n"
     "20240105000000_height.up.sql 20240105000000 transaction <- "
     "20240105000000_height.postgres.down.sql\n"},
    {"go-pg-migrations", "go-pg-migrations/project/migrations",
     "1_users.tx.up.sql 1 transaction <- 1_users.tx.down.sql\n"
     "2_nickname.tx.up.sql 2 transaction\n"
     "3_email_index.up.sql 3 statements statements query\n"},
    {"postgres-migrations", "postgres-migrations/project/migrations",
     "1-users.sql 1 transaction\n"
     "2-nickname.sql 2 transaction\n"
     "10-email-index.sql 10 statements\n"},
    {"plain", "plain/project/db", "structure.sql statements\n"},
};

/* Names are then the same wherever the tests are started. */
static int enter(void **state) {
    (void)state;
    return chdir(TESTDATA "/frameworks");
}

static const char *running_name(ls_running running) {
    static const char *const names[] = {
        [LS_RUNS_STATEMENTS] = "statements",
        [LS_RUNS_ONE_QUERY] = "query",
        [LS_RUNS_IN_TRANSACTION] = "transaction",
        [LS_RUNS_ALL_TOGETHER] = "run",
    };
    return names[running];
}

static const char *below(const char *directory, const char *path) {
    return path + strlen(directory) + 1;
}

static void tell_migration(ls_buffer *out, const char *directory, const ls_migration *migration) {
    ls_buffer_format(out, "%s", below(directory, migration->name));
    if (migration->version != NULL)
        ls_buffer_format(out, " %s", migration->version);
    for (LS_EACH(const ls_section, section, migration->sections))
        ls_buffer_format(out, " %s", running_name(section->running));
    if (migration->repeatable)
        ls_buffer_string(out, " repeatable");
    if (migration->down_path != NULL)
        ls_buffer_format(out, " <- %s", below(directory, migration->down_path));
    ls_buffer_string(out, "\n");
}

static ls_input *read_project(const char *directory, const char *framework) {
    const ls_framework_choice choice = {directory,
                                        framework == NULL ? NULL : ls_framework_called(framework)};
    ls_input *input = ls_input_find(&(ls_input_request){
        .paths = &directory,
        .path_count = 1,
        .frameworks = {.items = (ls_framework_choice *)(uintptr_t)&choice,
                       .count = framework == NULL ? 0 : 1},
    });
    ls_input_parse(input);
    for (LS_EACH(__typeof__(const char *), error, input->errors))
        print_error("%s\n", *error);
    assert_int_equal(input->errors.count, 0);
    return input;
}

static void recognises_each_framework(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof projects / sizeof *projects; i++) {
        const char *directory = projects[i].directory;
        ls_input *input = read_project(directory, NULL);
        ls_buffer told = {0};
        ls_buffer_string(&told, "");
        for (LS_EACH(const ls_migration, migration, input->files)) {
            assert_string_equal(migration->framework->name, projects[i].framework);
            tell_migration(&told, directory, migration);
        }
        assert_string_equal(told.text, projects[i].migrations);
        ls_buffer_free(&told);
        ls_input_free(input);
    }
}

/* The migration whose name ends so. */
static const ls_migration *migration_called(const ls_input *input, const char *end) {
    for (LS_EACH(const ls_migration, migration, input->files)) {
        size_t length = strlen(migration->name);
        if (length >= strlen(end) && strcmp(migration->name + length - strlen(end), end) == 0)
            return migration;
    }
    fail_msg("there is no %s", end);
    return NULL;
}

static void tells_the_frameworks_of_a_tree_apart(void **state) {
    (void)state;
    ls_input *input = read_project("mixed/project/services", NULL);
    assert_int_equal(input->files.count, 4);
    assert_string_equal(migration_called(input, "001_users.sql")->framework->name, "goose");
    assert_string_equal(migration_called(input, "V1__orders.sql")->framework->name, "flyway");
    assert_string_equal(migration_called(input, "notes.sql")->framework->name, "plain");
    ls_input_free(input);
}

static void the_user_knows_better(void **state) {
    (void)state;
    const char *directory = "goose/project/migrations";
    ls_input *input = read_project(directory, "plain");
    const ls_migration *first = &input->files.items[0];
    assert_string_equal(first->framework->name, "plain");
    assert_int_equal(first->down.count, 0);
    assert_int_equal(first->script->statements.count, 4); /* two of them of the down part */
    ls_input_free(input);
}

static void finds_a_framework_by_name(void **state) {
    (void)state;
    assert_string_equal(ls_framework_called("goose")->name, "goose");
    assert_null(ls_framework_called("Goose"));
    assert_null(ls_framework_called("auto"));
    assert_ptr_equal(ls_framework_called("plain"), ls_framework_plain);
}

static void parts_stand_where_they_stand_in_the_file(void **state) {
    (void)state;
    ls_input *input = read_project("goose/project/migrations", NULL);
    const ls_migration *migration = migration_called(input, "00001_users.sql");
    const char *text = migration->source->text;
    assert_int_equal(migration->script->statements.count, 2);
    assert_memory_equal(text + migration->script->statements.items[0]->at.begin, "CREATE TABLE",
                        12);
    assert_memory_equal(text + migration->script->statements.items[1]->at.begin, "CREATE FUNCTION",
                        15);
    assert_int_equal(migration->down.count, 1);
    assert_memory_equal(text + migration->down.items[0].begin, "-- +goose Down", 14);
    assert_int_equal(migration->down.items[0].end, migration->source->length);
    ls_input_free(input);
}

static void sections_may_alternate(void **state) {
    (void)state;
    ls_input *input = read_project("sql-migrate/project/migrations", NULL);
    const ls_migration *migration = migration_called(input, "2_alternating.sql");
    assert_int_equal(migration->script->statements.count, 2);
    assert_int_equal(migration->down.count, 2);
    ls_input_free(input);
}

/* The changeset for another database is neither run nor taken back. */
static void a_changeset_has_a_mode_of_its_own(void **state) {
    (void)state;
    ls_input *input = read_project("liquibase/project/changelog", NULL);
    const ls_migration *migration = migration_called(input, "002-nickname.sql");
    const char *text = migration->source->text;
    assert_int_equal(migration->script->statements.count, 3);
    assert_memory_equal(text + migration->sections.items[1].at, "--changeset ada:email-index", 27);
    assert_int_equal(migration->sections.items[1].running, LS_RUNS_STATEMENTS);
    assert_int_equal(migration->down.count, 3);
    assert_memory_equal(text + migration->down.items[2].begin, " DROP INDEX", 11);
    ls_input_free(input);
}

static void changesets_are_taken_back_from_the_last_on(void **state) {
    (void)state;
    ls_input *input = read_project("liquibase/project/changelog", NULL);
    const ls_migration *migration = migration_called(input, "002-nickname.sql");
    const ls_script *down = migration->down_script;
    assert_non_null(down);
    assert_int_equal(down->statements.count, 3);
    assert_int_equal(down->statements.items[0]->kind, LS_STATEMENT_DROP);
    assert_int_equal(down->statements.items[2]->kind, LS_STATEMENT_ALTER_TABLE);
    assert_int_equal(down->statements.items[2]->number, 2);
    const ls_down_section *last =
        &migration->down_sections.items[migration->down_sections.count - 1];
    assert_int_equal(last->first, 1);
    assert_int_equal(last->running, LS_RUNS_IN_TRANSACTION);
    ls_input_free(input);
}

static void a_down_in_its_own_file_is_read(void **state) {
    (void)state;
    ls_input *input = read_project("golang-migrate/project/migrations", NULL);
    const ls_migration *migration = migration_called(input, "1_users.up.sql");
    assert_non_null(migration->down_script);
    assert_int_equal(migration->down_script->statements.count, 1);
    assert_int_equal(migration->down_sections.items[0].running, LS_RUNS_STATEMENTS);
    ls_input_free(input);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recognises_each_framework),
        cmocka_unit_test(tells_the_frameworks_of_a_tree_apart),
        cmocka_unit_test(the_user_knows_better),
        cmocka_unit_test(finds_a_framework_by_name),
        cmocka_unit_test(parts_stand_where_they_stand_in_the_file),
        cmocka_unit_test(sections_may_alternate),
        cmocka_unit_test(a_changeset_has_a_mode_of_its_own),
        cmocka_unit_test(changesets_are_taken_back_from_the_last_on),
        cmocka_unit_test(a_down_in_its_own_file_is_read),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
