/* Constraints that dynamic SQL may have dropped or named anew, and what is still certain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "effects_harness.h"

#define TABLES                                                                                     \
    "CREATE TABLE r (id int PRIMARY KEY, x int);"                                                  \
    "CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a IS NOT NULL),"                             \
    " CONSTRAINT t_key UNIQUE (a)); CREATE SCHEMA s; CREATE TABLE s.u (a int UNIQUE);"

/* A body that finds names on the server, and runs `expression`. */
#define RUNS(question, expression)                                                                 \
    "DO $$ DECLARE c record; q text; BEGIN FOR c IN SELECT conname, relname FROM pg_constraint "   \
    "WHERE " question " LOOP EXECUTE " expression "; END LOOP; END $$;"
#define DROPS(question) RUNS(question, "'ALTER TABLE t DROP CONSTRAINT ' || c.conname")

static void assert_refused(const char *history, const char *change, const char *why) {
    const char *told = does(18, history, change);
    if (why == NULL)
        assert_true(strncmp(told, "refused", strlen("refused")) != 0);
    else
        assert_string_equal(told, ls_arena_join(story.arena, "refused ", why, NULL));
}

static void nothing_stands_in_the_way_for_certain(void **state) {
    (void)state;
    static const char drops[] = TABLES DROPS("true");
    static const char *const changes[] = {
        "ALTER TABLE t ADD PRIMARY KEY (a)",
        "ALTER TABLE t ADD CONSTRAINT t_key UNIQUE (id)",
        "ALTER TABLE t RENAME CONSTRAINT t_pkey TO t_key",
        "ALTER TABLE t DROP CONSTRAINT another",
        "ALTER TABLE t DROP CONSTRAINT t_key",
        "CREATE INDEX t_key ON r (x)",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        assert_refused(drops, changes[i], NULL);
    assert_refused(TABLES, changes[0], "multiple primary keys for table t are not allowed");
    assert_refused(TABLES, changes[1], "constraint t_key for relation t already exists");
    assert_refused(TABLES, changes[3], "constraint another of relation t does not exist");
    assert_refused(TABLES, changes[5], "relation \"t_key\" already exists");
}

/* What replaces it is as certain as ever. */
static void a_new_key_takes_the_place_of_a_doubted_one(void **state) {
    (void)state;
    static const char history[] = TABLES DROPS("contype = 'p'") "ALTER TABLE t ADD PRIMARY KEY (a)";
    assert_refused(history, "ALTER TABLE t ADD PRIMARY KEY (id)",
                   "multiple primary keys for table t are not allowed");
    assert_refused(history, "CREATE INDEX t_pkey ON r (x)", "relation \"t_pkey\" already exists");
}

static void a_check_that_may_be_gone_proves_nothing(void **state) {
    (void)state;
    static const char change[] = "ALTER TABLE t ALTER a SET NOT NULL";
    assert_null(strstr(does(15, TABLES, change), "scans"));
    assert_non_null(strstr(does(15, TABLES DROPS("contype = 'c'"), change), "scans public.t"));
    assert_null(strstr(does(15, TABLES DROPS("contype = 'u'"), change), "scans"));
}

static void the_words_say_which_are_meant(void **state) {
    (void)state;
    static const struct {
        const char *body;
        bool r, t, u; /* what the tables have is doubted */
    } cases[] = {
        {DROPS("true"), .t = true},
        {DROPS("contype IN ('p', 'u')"), .t = true},
        {DROPS("contype = 'f'"), .t = false},
        {DROPS("contype <> 'f'"), .t = true},
        {DROPS("constraint_type = 'UNIQUE'"), .t = true},
        {RUNS("true", "'ALTER TABLE IF EXISTS ONLY \"t\" DROP CONSTRAINT IF EXISTS ' || q"),
         .t = true},
        {RUNS("true", "'ALTER TABLE t DROP CONSTRAINT other_' || q || '; SELECT 1'"), .t = true},
        {RUNS("true", "format('ALTER TABLE %I DROP CONSTRAINT %I', c.relname, c.conname)"),
         .r = true, .t = true, .u = true},
        {RUNS("true", "'ALTER TABLE t' || q || ' DROP CONSTRAINT ' || q"), .r = true, .t = true,
         .u = true},
        {RUNS("true", "format('ALTER TABLE s.%I RENAME CONSTRAINT %I TO b', c.relname, q)"),
         .u = true},
        {RUNS("true", "format('ALTER TABLE %I DROP CONSTRAINT t_key', c.relname)"), .t = true},
        {RUNS("true", "format('ALTER TABLE %I ADD %I int', c.relname, q)"), .t = false},
        {RUNS("(q := 'ALTER TABLE s.u DROP CONSTRAINT ' || conname) <> ''", "q"), .u = true},
        {"DO $$ BEGIN EXECUTE 'ALTER TABLE t DROP CONSTRAINT t_key'; END $$;", .t = false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[4096];
        (void)snprintf(text, sizeof text, "%s%s", TABLES, cases[i].body);
        const char *const names[] = {"r", "t", "s.u"};
        const bool doubted[] = {cases[i].r, cases[i].t, cases[i].u};
        for (size_t j = 0; j < sizeof names / sizeof *names; j++) {
            char change[64], why[128];
            (void)snprintf(change, sizeof change, "ALTER TABLE %s DROP CONSTRAINT z", names[j]);
            (void)snprintf(why, sizeof why, "constraint z of relation %s does not exist", names[j]);
            assert_refused(text, change, doubted[j] ? NULL : why);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_stands_in_the_way_for_certain),
        cmocka_unit_test(a_new_key_takes_the_place_of_a_doubted_one),
        cmocka_unit_test(a_check_that_may_be_gone_proves_nothing),
        cmocka_unit_test(the_words_say_which_are_meant),
    };
    return cmocka_run_group_tests(tests, NULL, end_story);
}
