/* locks.c - the lock modes against the conflict table of the documentation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects/locks.h"

static const ls_lock_mode modes[] = {
    LS_ACCESS_SHARE, LS_ROW_SHARE,           LS_ROW_EXCLUSIVE, LS_SHARE_UPDATE_EXCLUSIVE,
    LS_SHARE,        LS_SHARE_ROW_EXCLUSIVE, LS_EXCLUSIVE,     LS_ACCESS_EXCLUSIVE,
};

/* Documentation 13.3.1, table 13.2, row by row. */
static const char *const conflicts[] = {
    ".......X", "......XX", "....XXXX", "...XXXXX", "..XX.XXX", "..XXXXXX", ".XXXXXXX", "XXXXXXXX",
};

static void conflicts_as_documented(void **state) {
    (void)state;
    for (size_t held = 0; held < 8; held++)
        for (size_t wanted = 0; wanted < 8; wanted++)
            assert_int_equal(ls_locks_conflict(modes[held], modes[wanted]),
                             conflicts[held][wanted] == 'X');
}

static void none_conflicts_with_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < 8; i++) {
        assert_false(ls_locks_conflict(LS_LOCK_NONE, modes[i]));
        assert_false(ls_locks_conflict(modes[i], LS_LOCK_NONE));
    }
}

static void names_and_blocked_statements(void **state) {
    (void)state;
    static const struct {
        ls_lock_mode mode;
        const char *name, *abbreviation, *waiters;
        bool reads, writes;
    } cases[] = {
        {LS_LOCK_NONE, "", "", "", false, false},
        {LS_ACCESS_SHARE, "ACCESS SHARE", "AS", "", false, false},
        {LS_ROW_SHARE, "ROW SHARE", "RS", "", false, false},
        {LS_ROW_EXCLUSIVE, "ROW EXCLUSIVE", "RE", "", false, false},
        {LS_SHARE_UPDATE_EXCLUSIVE, "SHARE UPDATE EXCLUSIVE", "SUE", "", false, false},
        {LS_SHARE, "SHARE", "S", "INSERT, UPDATE and DELETE", false, true},
        {LS_SHARE_ROW_EXCLUSIVE, "SHARE ROW EXCLUSIVE", "SRE", "INSERT, UPDATE and DELETE", false,
         true},
        {LS_EXCLUSIVE, "EXCLUSIVE", "E", "INSERT, UPDATE, DELETE and SELECT FOR UPDATE", false,
         true},
        {LS_ACCESS_EXCLUSIVE, "ACCESS EXCLUSIVE", "AE", "SELECT, INSERT, UPDATE and DELETE", true,
         true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(ls_lock_name(cases[i].mode), cases[i].name);
        assert_string_equal(ls_lock_abbreviation(cases[i].mode), cases[i].abbreviation);
        assert_string_equal(ls_lock_waiters(cases[i].mode, LS_RELATION_TABLE), cases[i].waiters);
        assert_int_equal(ls_lock_blocks_reads(cases[i].mode), cases[i].reads);
        assert_int_equal(ls_lock_blocks_writes(cases[i].mode), cases[i].writes);
    }
}

static void what_waits_depends_on_the_kind(void **state) {
    (void)state;
    assert_string_equal(ls_lock_waiters(LS_ACCESS_EXCLUSIVE, LS_RELATION_MATERIALIZED_VIEW),
                        "SELECT and REFRESH");
    assert_string_equal(ls_lock_waiters(LS_SHARE, LS_RELATION_MATERIALIZED_VIEW), "REFRESH");
    assert_string_equal(ls_lock_waiters(LS_ACCESS_EXCLUSIVE, LS_RELATION_SEQUENCE),
                        "nextval, setval and SELECT");
    assert_string_equal(ls_lock_waiters(LS_SHARE_ROW_EXCLUSIVE, LS_RELATION_SEQUENCE),
                        "nextval and setval");
    assert_string_equal(ls_lock_waiters(LS_ROW_EXCLUSIVE, LS_RELATION_SEQUENCE), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conflicts_as_documented),
        cmocka_unit_test(none_conflicts_with_nothing),
        cmocka_unit_test(names_and_blocked_statements),
        cmocka_unit_test(what_waits_depends_on_the_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
