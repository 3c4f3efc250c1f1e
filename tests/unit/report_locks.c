/* The lock timeline for people: rows, and from where to where the picture draws a lock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/report.h"

#include <string.h>

static const ls_text_style PLAIN = {.colour = LS_COLOUR_NEVER, .width = 80};

enum { STATEMENTS = 6 };

typedef struct {
    ls_lock_mode users, plans; /* LS_LOCK_NONE: none */
    bool in_transaction;
    size_t held_before;
} step;

static void lock(ls_arena *arena, ls_outcome *outcome, ls_relation_id id, const char *name,
                 ls_lock_mode mode) {
    if (mode == LS_LOCK_NONE)
        return;
    ls_relation_lock taken = {{id, name, LS_RELATION_TABLE, LS_ORIGIN_EXISTED}, mode, {0, 0}};
    LS_PUSH(arena, &outcome->locks, taken);
}

static const ls_timeline_file *file_of(ls_arena *arena, const step *steps, size_t count) {
    ls_timeline_file *file = LS_NEW(arena, ls_timeline_file);
    ls_text_problem problem;
    const char *text = "SELECT\n\t 1;\n";
    file->source = ls_source_new(arena, "a.sql", text, strlen(text), &problem);
    file->transaction = LS_TRANSACTION_EXPLICIT;
    for (size_t i = 0; i < count; i++) {
        ls_statement *statement = LS_NEW(arena, ls_statement);
        statement->at = (ls_span){0, 10};
        ls_outcome *outcome = LS_NEW(arena, ls_outcome);
        outcome->analysed = true;
        outcome->in_transaction = steps[i].in_transaction;
        lock(arena, outcome, 1, "public.users", steps[i].users);
        lock(arena, outcome, 2, "public.plans", steps[i].plans);
        ls_timeline_entry entry = {statement, outcome, steps[i].held_before};
        LS_PUSH(arena, &file->statements, entry);
    }
    return file;
}

static char *drawn(ls_arena *arena, const ls_timeline_file *file) {
    ls_report report = {.parser = "15.1", .postgres = 15};
    LS_PUSH(arena, &report.timeline, *file);
    ls_buffer out = {0};
    ls_report_locks_text(&out, &report, &PLAIN);
    char *text = ls_arena_copy(arena, out.text, out.length);
    ls_buffer_free(&out);
    return text;
}

static void test_statement(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    const step steps[] = {{LS_ACCESS_EXCLUSIVE, LS_ROW_SHARE, false, 0}};
    const char *text = drawn(arena, file_of(arena, steps, 1));
    assert_string_equal(
        text, "In a.sql, its own BEGIN and COMMIT make the transactions:\n"
              "   1  SELECT 1\n"
              "      public.users  ACCESS EXCLUSIVE  for the statement  reads and writes wait\n"
              "      public.plans  ROW SHARE         for the statement\n"
              "\n"
              "  public.users  A\n"
              "  public.plans  r\n"
              "  A = ACCESS EXCLUSIVE, r = ROW SHARE, a column is a statement\n"
              "\n"
              "analysed 0 of 0 statements for PostgreSQL 15 (parser 15.1)\n");
    ls_arena_free(arena);
}

static void assert_picture(const step *steps, size_t count, const char *expected) {
    ls_arena *arena = ls_arena_new();
    const char *text = drawn(arena, file_of(arena, steps, count));
    if (strstr(text, expected) == NULL)
        fail_msg("%s", text);
    ls_arena_free(arena);
}

/* BEGIN, ALTER users, ALTER users stronger, ALTER plans, COMMIT, and one without a transaction. */
static void test_held_until_commit(void **state) {
    (void)state;
    const step steps[STATEMENTS] = {
        {0, 0, false, 0},
        {LS_SHARE, 0, true, 0},
        {LS_ACCESS_EXCLUSIVE, 0, true, 1},
        {LS_SHARE, LS_SHARE_ROW_EXCLUSIVE, true, 2},
        {0, 0, true, 3},
        {LS_ROW_EXCLUSIVE, 0, false, 0},
    };
    assert_picture(steps, STATEMENTS,
                   "  public.users  .SAAAw\n"
                   "  public.plans  ...RR.\n");
}

/* SAVEPOINT, a lock, ROLLBACK TO, and the first lock is still held. */
static void test_rollback_to_savepoint(void **state) {
    (void)state;
    const step steps[STATEMENTS] = {
        {0, 0, false, 0},
        {LS_SHARE, 0, true, 0},
        {0, 0, true, 1}, /* SAVEPOINT */
        {LS_ACCESS_EXCLUSIVE, LS_SHARE, true, 1},
        {0, 0, true, 3}, /* ROLLBACK TO */
        {0, 0, true, 1},
    };
    assert_picture(steps, STATEMENTS,
                   "  public.users  .SSAAS\n"
                   "  public.plans  ...SS.\n");
}

static void test_no_locks(void **state) {
    (void)state;
    const step steps[] = {{0, 0, false, 0}};
    assert_picture(steps, 1,
                   "   1  SELECT 1\n"
                   "      no lock on a relation that was there before\n"
                   "\n"
                   "analysed");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statement),
        cmocka_unit_test(test_held_until_commit),
        cmocka_unit_test(test_rollback_to_savepoint),
        cmocka_unit_test(test_no_locks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
