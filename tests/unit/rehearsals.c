/* What is replayed in a rehearsal leaves nothing behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "effects_harness.h"

static const char *tables(const char *prefix, int count) {
    const char *text = "";
    for (int i = 0; i < count; i++)
        text = ls_arena_format(story.arena, "%sCREATE TABLE %s%d (id int); DROP TABLE %s%d;", text,
                               prefix, i, prefix, i);
    return text;
}

/* A map that took names from rehearsals, and lost count of them, was full and never said so. */
static void names_of_rehearsals_do_not_pile_up(void **state) {
    (void)state;
    enum { REHEARSALS = 100 };
    tell(15, "CREATE TABLE t (id int)", "SELECT 1");
    ls_replay_end_file(story.replay);
    run_file(tables("before", 30), true);
    for (int i = 0; i < REHEARSALS; i++) {
        const char *prefix = ls_arena_format(story.arena, "r%d_", i);
        ls_rehearsal *rehearsal = ls_replay_rehearse(story.replay);
        run_file(tables(prefix, 3), true);
        run_file(tables(prefix, 3), true);
        ls_replay_rehearsed(story.replay, rehearsal);
    }
    assert_null(run_file("CREATE TABLE before0 (id int)", false)->refused);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_of_rehearsals_do_not_pile_up)};
    return cmocka_run_group_tests(tests, NULL, end_story);
}
