/* What another program sees of the library: nothing but lockstep.h. */
/* mkdtemp */
#define _XOPEN_SOURCE 700

#include <lockstep/lockstep.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static int check(const char *sql) {
    char directory[] = "/tmp/lockstep-public-XXXXXX", path[sizeof directory + 8];
    assert_non_null(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/1.sql", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(sql, file);
    fclose(file);
    const char *arguments[] = {"check", "--isolated", "--format", "json", path};
    int code = lockstep_run(sizeof arguments / sizeof *arguments, arguments);
    unlink(path);
    rmdir(directory);
    return code;
}

static void a_run_ends_as_the_command_does(void **state) {
    (void)state;
    assert_int_equal(check("CREATE TABLE users (id bigint PRIMARY KEY);"), LOCKSTEP_CLEAN);
    assert_int_equal(check("DROP TABLE users;"), LOCKSTEP_FINDINGS);
    const char *wrong[] = {"check", "--formt", "json"};
    assert_int_equal(lockstep_run(3, wrong), LOCKSTEP_JOB_NOT_DONE);
}

static void a_run_leaves_nothing_for_the_next(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(check("DROP TABLE users;"), LOCKSTEP_FINDINGS);
        assert_int_equal(check("CREATE TABLE users (id bigint PRIMARY KEY);"), LOCKSTEP_CLEAN);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_ends_as_the_command_does),
        cmocka_unit_test(a_run_leaves_nothing_for_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
