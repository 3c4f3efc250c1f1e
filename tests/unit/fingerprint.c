/* What of a statement counts for a finding's fingerprint, and what does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/fingerprint.h"

#include <string.h>

static const ls_rule RULE = {.id = "rule"};

static const char *fingerprint(ls_arena *arena, const char *statement) {
    ls_text_problem problem;
    const ls_source *source = ls_source_new(arena, "1.sql", statement, strlen(statement), &problem);
    assert_non_null(source);
    ls_finding finding = {
        .rule = &RULE, .source = source, .statement_at = ls_span_of(0, strlen(statement))};
    ls_findings findings = {.items = &finding, .count = 1};
    ls_fingerprint(arena, &findings);
    return finding.fingerprint;
}

static void check(const char *one, const char *other, bool same) {
    ls_arena *arena = ls_arena_new();
    if ((strcmp(fingerprint(arena, one), fingerprint(arena, other)) == 0) != same)
        fail_msg("%s fingerprints: %s | %s", same ? "different" : "the same", one, other);
    ls_arena_free(arena);
}

static void what_does_not_count(void **state) {
    (void)state;
    check("ALTER TABLE t ADD c int", "alter table T add C INT", true);
    check("ALTER TABLE t\n  ADD c int", "/* x */ ALTER\tTABLE t -- y\r\nADD c int", true);
    check("ALTER TABLE t ADD c int", "ALTER TABLE t -- a comment ends at a lone CR\rADD c int",
          true);
    check("SELECT f(a, b[1])", "SELECT f ( a,b [ 1 ] )", true);
    check("SELECT 'A'", "select 'A'", true);
}

static void what_counts(void **state) {
    (void)state;
    check("ALTER TABLE t ADD c int", "ALTER TABLE t ADD d int", false);
    check("ALTER TABLE \"t\" ADD c int", "ALTER TABLE \"T\" ADD c int", false);
    check("SELECT 'A  b'", "SELECT 'A b'", false);
    check("SELECT 'A'", "SELECT 'a'", false);
    check("SELECT E'\\'B'", "SELECT E'\\'b'", false);
    check("SELECT '-- a'", "SELECT '-- b'", false);
    check("SELECT a b", "SELECT ab", false);
    check("SELECT 1 - -1", "SELECT 1 -1", false);
    check("SELECT 'a' 'b'", "SELECT 'a''b'", false);
    check("SELECT $$ A $$", "SELECT $$ a $$", false);
}

static void bodies(void **state) {
    (void)state;
    check("DO $$ BEGIN  DELETE FROM t; -- x\nEND $$", "do $b$\nbegin delete from t; end $b$", true);
    check("DO $$ BEGIN DELETE FROM t; END $$", "DO $$ BEGIN DELETE FROM u; END $$", false);
    check("DO $a$ BEGIN PERFORM $$ A $$; END $a$", "DO $a$ BEGIN PERFORM $$ a $$; END $a$", false);
    check("DO 'BEGIN NULL; END'", "DO 'begin NULL; END'", false);
    check("DO $$", "DO $", false);
    check("", " ", true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_count),
        cmocka_unit_test(what_counts),
        cmocka_unit_test(bodies),
    };
    return cmocka_run_group_tests_name("fingerprint", tests, NULL, NULL);
}
