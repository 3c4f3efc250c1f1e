/* Transactions, savepoints, settings and DO blocks as the replay follows them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "effects_harness.h"

static const char tables[] = "CREATE TABLE t (id bigint PRIMARY KEY, a text);"
                             "CREATE TABLE u (id bigint PRIMARY KEY, b text);";

/* What is held by earlier statements when the last one runs: "public.t:AE ...". */
static const char *held(const char *change) {
    const ls_outcome *last = tell(15, tables, change);
    story_words words = {0};
    for (LS_EACH(const ls_lock_hold, hold, last->held))
        LS_PUSH(story.arena, &words,
                ls_arena_format(story.arena, "%s:%s", hold->relation.name,
                                ls_lock_abbreviation(hold->mode)));
    return add_part("", "held", &words);
}

static void locks_are_held_until_the_transaction_ends(void **state) {
    (void)state;
    static const struct {
        const char *change, *held;
    } cases[] = {
        {"ALTER TABLE t ADD x int; SELECT 1", ""},
        {"BEGIN; ALTER TABLE t ADD x int; SELECT 1", "held public.t:AE"},
        {"BEGIN; ALTER TABLE t ADD x int; COMMIT; SELECT 1", ""},
        {"BEGIN; ALTER TABLE t ADD x int; ROLLBACK; SELECT 1", ""},
        {"BEGIN; ALTER TABLE t ADD x int; COMMIT AND CHAIN; SELECT 1", ""},
        {"BEGIN; ALTER TABLE t ADD x int; SAVEPOINT s; ALTER TABLE u ADD x int; SELECT 1",
         "held public.t:AE public.u:AE"},
        {"BEGIN; ALTER TABLE t ADD x int; SAVEPOINT s; ALTER TABLE u ADD x int; ROLLBACK TO s;"
         "SELECT 1",
         "held public.t:AE"},
        {"BEGIN; SAVEPOINT s; ALTER TABLE u ADD x int; RELEASE s; SELECT 1", "held public.u:AE"},
        {"BEGIN; SAVEPOINT s; SAVEPOINT s; ALTER TABLE u ADD x int; ROLLBACK TO s; SELECT 1", ""},
        {"BEGIN; COMMENT ON TABLE t IS 'x'; SAVEPOINT s; ALTER TABLE t ADD x int; ROLLBACK TO s;"
         "ALTER TABLE t ADD y int; SELECT 1",
         "held public.t:SUE public.t:AE"},
        {"BEGIN; CREATE TABLE n (id int); ALTER TABLE n ADD x int; SELECT 1", "held public.n:AE"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(held(cases[i].change), cases[i].held);
}

/* What is held when the last statement of a text runs that the runner handles in this way. */
static const char *held_under(ls_transaction_mode mode, const char *change) {
    tell(15, tables, "SELECT 1");
    ls_replay_end_file(story.replay);
    ls_text_problem problem = {0};
    const ls_source *source =
        ls_source_new(story.arena, "0003.sql", change, strlen(change), &problem);
    const ls_script *script = ls_script_read(story.arena, source);
    const ls_outcome *last = NULL;
    ls_replay_begin_file(story.replay, script, mode, false);
    for (size_t i = 0; i < script->statements.count; i++)
        last = ls_replay_statement(story.replay, script->statements.items[i]);
    return ls_arena_format(story.arena, "%u held, %s", (unsigned)last->held.count,
                           last->transaction == LS_TRANSACTION_EXPLICIT   ? "explicit"
                           : last->transaction == LS_TRANSACTION_IMPLICIT ? "implicit"
                           : last->in_transaction                         ? "file"
                                                                          : "statement");
}

/* Documentation, protocol, "Multiple Statements in a Simple Query". */
static void several_statements_in_one_query_are_a_transaction(void **state) {
    (void)state;
    static const struct {
        ls_transaction_mode mode;
        const char *change, *expected;
    } cases[] = {
        {LS_TRANSACTION_PER_STATEMENT, "ALTER TABLE t ADD x int; SELECT 1", "0 held, statement"},
        {LS_TRANSACTION_PER_FILE, "ALTER TABLE t ADD x int; SELECT 1", "1 held, file"},
        {LS_TRANSACTION_PER_FILE, "ALTER TABLE t ADD x int; COMMIT; SELECT 1", "0 held, statement"},
        {LS_TRANSACTION_IMPLICIT, "ALTER TABLE t ADD x int; SELECT 1", "1 held, implicit"},
        {LS_TRANSACTION_IMPLICIT, "ALTER TABLE t ADD x int; BEGIN; SELECT 1", "1 held, explicit"},
        {LS_TRANSACTION_IMPLICIT, "BEGIN; ALTER TABLE t ADD x int; COMMIT; SELECT 1",
         "0 held, implicit"},
        {LS_TRANSACTION_IMPLICIT,
         "ALTER TABLE t ADD x int; COMMIT; ALTER TABLE t ADD y int; SELECT 1", "1 held, implicit"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(held_under(cases[i].mode, cases[i].change), cases[i].expected);
}

static void the_runner_may_commit_between_parts(void **state) {
    (void)state;
    tell(15, tables, "SELECT 1");
    ls_replay_end_file(story.replay);
    static const char change[] = "ALTER TABLE t ADD x int; CREATE INDEX CONCURRENTLY ON t (a); "
                                 "ALTER TABLE u ADD x int; SELECT 1";
    ls_text_problem problem = {0};
    const ls_script *script = ls_script_read(
        story.arena, ls_source_new(story.arena, "0003.sql", change, strlen(change), &problem));
    ls_replay_begin_file(story.replay, script, LS_TRANSACTION_PER_FILE, false);
    ls_replay_statement(story.replay, script->statements.items[0]);
    ls_replay_next_part(story.replay, LS_TRANSACTION_PER_STATEMENT);
    const ls_outcome *outcome = ls_replay_statement(story.replay, script->statements.items[1]);
    assert_int_equal(outcome->held.count, 0);
    assert_null(outcome->refused);
    ls_replay_next_part(story.replay, LS_TRANSACTION_PER_FILE);
    ls_replay_statement(story.replay, script->statements.items[2]);
    assert_int_equal(ls_replay_statement(story.replay, script->statements.items[3])->held.count, 1);
    assert_int_equal(ls_replay_end_file(story.replay)->transaction, LS_TRANSACTION_PER_FILE);
}

static void what_is_rolled_back_was_never_there(void **state) {
    (void)state;
    static const char *const changes[] = {
        "BEGIN; CREATE TABLE n (id int); ROLLBACK; SELECT 1",
        "BEGIN; SAVEPOINT s; CREATE TABLE n (id int); ROLLBACK TO s; COMMIT; SELECT 1",
        "CREATE TABLE n (id int); BEGIN; DROP TABLE n; COMMIT; SELECT 1",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        tell(15, tables, changes[i]);
        assert_null(ls_catalog_find(ls_replay_catalog(story.replay), NULL, "n"));
    }
    tell(15, tables, "BEGIN; DROP TABLE t; ROLLBACK; SELECT 1");
    assert_non_null(ls_catalog_find(ls_replay_catalog(story.replay), NULL, "t"));
}

static void timeouts_follow_their_scope(void **state) {
    (void)state;
    static const struct {
        const char *change, *timeout;
    } cases[] = {
        {"ALTER TABLE t ADD x int", "none"},
        {"SET lock_timeout = '5s'; ALTER TABLE t ADD x int", "set"},
        {"SET LOCK_TIMEOUT TO 5000; ALTER TABLE t ADD x int", "set"},
        {"SET lock_timeout = '0s'; ALTER TABLE t ADD x int", "zero"},
        {"SET lock_timeout = DEFAULT; ALTER TABLE t ADD x int", "none"},
        {"SET lock_timeout = 5; RESET ALL; ALTER TABLE t ADD x int", "none"},
        {"SET LOCAL lock_timeout = 5; ALTER TABLE t ADD x int", "none"},
        {"BEGIN; SET LOCAL lock_timeout = 5; ALTER TABLE t ADD x int", "set"},
        {"BEGIN; SET LOCAL lock_timeout = 5; COMMIT; ALTER TABLE t ADD x int", "none"},
        {"BEGIN; SET lock_timeout = 5; COMMIT; ALTER TABLE t ADD x int", "set"},
        {"BEGIN; SET lock_timeout = 5; ROLLBACK; ALTER TABLE t ADD x int", "none"},
        {"BEGIN; SAVEPOINT s; SET lock_timeout = 5; ROLLBACK TO s; ALTER TABLE t ADD x int",
         "none"},
        {"SELECT set_config('lock_timeout', '5s', false); ALTER TABLE t ADD x int", "set"},
        {"SELECT set_config('lock_timeout', '5s', true); ALTER TABLE t ADD x int", "none"},
        {"DO $$ BEGIN PERFORM set_config('lock_timeout', '5s', false); END $$;"
         "ALTER TABLE t ADD x int",
         "set"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ls_outcome *last = tell(15, tables, cases[i].change);
        assert_string_equal(value_of(effect_of(last, "strong_lock"), "timeout"), cases[i].timeout);
    }
}

static void names_are_found_by_search_path(void **state) {
    (void)state;
    static const char history[] = "CREATE SCHEMA app; CREATE TABLE app.t (id int);"
                                  "CREATE TABLE t (id int);";
    assert_string_equal(does(15, history, "ALTER TABLE t ADD x int"), "locks public.t:AE");
    assert_string_equal(does(15, history, "SET search_path = app, public; ALTER TABLE t ADD x int"),
                        "locks app.t:AE");
    assert_string_equal(
        does(15, history, "BEGIN; SET LOCAL search_path = app; COMMIT; ALTER TABLE t ADD x int"),
        "locks public.t:AE");
    assert_string_equal(does(15, history, "SET search_path = app; ALTER TABLE public.t ADD x int"),
                        "locks public.t:AE");
}

static void do_blocks_run_their_statements(void **state) {
    (void)state;
    const ls_outcome *last = tell(15, tables, "DO $$ BEGIN\n  ALTER TABLE t ADD x int;\nEND $$");
    assert_string_equal(summary(last), "locks public.t:AE");
    assert_string_equal(place_of(last, effect_of(last, "add_column")), "ADD x int");
    last = tell(15, tables, "DO 'BEGIN EXECUTE ''DROP TABLE t''; END'");
    assert_non_null(effect_of(last, "drop_table"));
    assert_null(ls_catalog_find(ls_replay_catalog(story.replay), NULL, "t"));
    last = tell(15, tables, "DO $$ BEGIN EXECUTE format('DROP TABLE %I', name); END $$");
    assert_string_equal(place_of(last, effect_of(last, "not_analysed")),
                        "format('DROP TABLE %I', name)");
    assert_false(last->analysed);
}

static void work_under_an_earlier_lock_is_told(void **state) {
    (void)state;
    static const struct {
        const char *change, *what;
    } cases[] = {
        {"BEGIN; ALTER TABLE t ADD x int; UPDATE t SET x = 1", "updates rows of t"},
        {"BEGIN; ALTER TABLE t ADD x int; CREATE INDEX ON u (b)", "builds an index on u"},
        {"BEGIN; ALTER TABLE t ADD x int; ALTER TABLE u ALTER id TYPE int", "rewrites u"},
        {"BEGIN; ALTER TABLE t ADD CONSTRAINT c CHECK (a <> '') NOT VALID;"
         "ALTER TABLE t VALIDATE CONSTRAINT c",
         "reads all of t"},
        {"BEGIN; CREATE TABLE n (id int REFERENCES t (id)); INSERT INTO u SELECT id FROM t",
         "inserts the rows of a query into u"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ls_outcome *last = tell(15, tables, cases[i].change);
        assert_string_equal(value_of(effect_of(last, "work_under_lock"), "what"), cases[i].what);
    }
    static const char *const silent[] = {
        "ALTER TABLE t ADD x int; UPDATE t SET x = 1",
        "BEGIN; ALTER TABLE t ADD x int; SELECT count(*) FROM u",
        "BEGIN; ALTER TABLE t ADD x int; INSERT INTO u VALUES (1)",
        "BEGIN; ALTER TABLE t ADD x int; UPDATE t SET x = 1 WHERE id = 5",
        "BEGIN; COMMENT ON TABLE t IS 'x'; UPDATE t SET a = 'b'",
        "BEGIN; ALTER TABLE t ADD x int; ALTER TABLE t ALTER a SET NOT NULL",
        "BEGIN; ALTER TABLE t ADD x int; CREATE TEMP TABLE n (id int); CREATE INDEX ON n (id)",
    };
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        assert_null(effect_of(tell(15, tables, silent[i]), "work_under_lock"));
}

static void origins_are_told_apart(void **state) {
    (void)state;
    static const struct {
        const char *history, *change, *origin;
    } cases[] = {
        {"SELECT 1", "ALTER TABLE t ADD x int", "unknown"},
        {"CREATE TABLE t (id int)", "ALTER TABLE t ADD x int", "existed"},
        {"SELECT 1", "CREATE TABLE t (id int); ALTER TABLE t ADD x int", "new_in_file"},
        {"SELECT 1", "CREATE TABLE IF NOT EXISTS t (id int); ALTER TABLE t ADD x int", "unknown"},
        {"CREATE TABLE IF NOT EXISTS t (id int)", "ALTER TABLE t ADD x int", "existed"},
        {"CREATE TABLE t (id int)",
         "DROP TABLE t; CREATE TABLE t (id int); ALTER TABLE t ADD x int", "new_in_file"},
        {"CREATE TABLE t (id int)", "ALTER TABLE t RENAME TO n; ALTER TABLE n ADD x int",
         "existed"},
        {"SELECT 1", "CREATE TABLE t (id int); ALTER TABLE t RENAME TO n; ALTER TABLE n ADD x int",
         "new_in_file"},
        {"CREATE TABLE t (id int)",
         "CREATE SCHEMA s; CREATE TABLE s.t (id int);"
         "ALTER TABLE public.t ADD x int",
         "existed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ls_outcome *last = tell(15, cases[i].history, cases[i].change);
        assert_string_equal(value_of(effect_of(last, "add_column"), "relation.origin"),
                            cases[i].origin);
    }
}

static void what_can_be_undone_is_told(void **state) {
    (void)state;
    static const struct {
        const char *change, *effect, *undo;
    } cases[] = {
        {"ALTER TABLE t ADD x int", "add_column", "exact"},
        {"ALTER TABLE t DROP a", "drop_column", "loses_data"},
        {"ALTER TABLE t ALTER a TYPE varchar(10)", "alter_column_type", "loses_data"},
        {"ALTER TABLE t ALTER a TYPE varchar", "alter_column_type", "exact"},
        {"ALTER TABLE t SET UNLOGGED", "set_persistence", "loses_data"},
        {"CREATE TYPE e AS ENUM ('x'); ALTER TYPE e ADD VALUE 'y'", "add_enum_value", "impossible"},
        {"UPDATE t SET a = 'b'", "update", "loses_data"},
        {"ANALYZE t", "analyze", "none_needed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ls_outcome *last = tell(15, tables, cases[i].change);
        assert_string_equal(value_of(effect_of(last, cases[i].effect), "undo"), cases[i].undo);
    }
}

static void a_change_set_is_not_applied_yet(void **state) {
    (void)state;
    tell(15, "SELECT 1", "CREATE TABLE t (id int)");
    const ls_outcome *last = run_file("ALTER TABLE t ADD x int", false);
    assert_string_equal(value_of(effect_of(last, "add_column"), "relation.origin"),
                        "new_in_change_set");
}

static void long_transactions_stay_linear(void **state) {
    (void)state;
    enum { STATEMENTS = 20000 };
    static const char statement[] = "UPDATE t SET a = 'b' WHERE id = 1;";
    size_t length = sizeof statement - 1;
    char *change = malloc(STATEMENTS * length + 16);
    assert_non_null(change);
    size_t at = (size_t)sprintf(change, "BEGIN;");
    for (int i = 0; i < STATEMENTS; i++)
        at += (size_t)sprintf(change + at, "%s", statement);
    assert_string_equal(held(change), "held public.t:RE public.t_pkey:RE");
    free(change);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locks_are_held_until_the_transaction_ends),
        cmocka_unit_test(several_statements_in_one_query_are_a_transaction),
        cmocka_unit_test(the_runner_may_commit_between_parts),
        cmocka_unit_test(what_is_rolled_back_was_never_there),
        cmocka_unit_test(timeouts_follow_their_scope),
        cmocka_unit_test(names_are_found_by_search_path),
        cmocka_unit_test(do_blocks_run_their_statements),
        cmocka_unit_test(work_under_an_earlier_lock_is_told),
        cmocka_unit_test(origins_are_told_apart),
        cmocka_unit_test(what_can_be_undone_is_told),
        cmocka_unit_test(a_change_set_is_not_applied_yet),
        cmocka_unit_test(long_transactions_stay_linear),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
