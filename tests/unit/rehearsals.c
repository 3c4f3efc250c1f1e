/* What is replayed in a rehearsal leaves nothing behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "effects_harness.h"

/* A map that took names from rehearsals, and lost count of them, was full and never said so. */
static void names_of_rehearsals_do_not_pile_up(void **state) {
    (void)state;
    enum { REHEARSALS = 100 };
    tell(15, "CREATE TABLE a (id int); DROP TABLE a", "SELECT 1");
    ls_replay_end_file(story.replay);
    for (int i = 0; i < REHEARSALS; i++) {
        ls_rehearsal *rehearsal = ls_replay_rehearse(story.replay);
        run_file(ls_arena_format(story.arena, "CREATE TABLE t%d (id int); DROP TABLE t%d", i, i),
                 true);
        ls_replay_rehearsed(story.replay, rehearsal);
    }
    assert_null(run_file("CREATE TABLE t0 (id int)", false)->refused);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_of_rehearsals_do_not_pile_up)};
    return cmocka_run_group_tests(tests, NULL, end_story);
}
