/*
 * model.c - the search itself: the sizes of known plans, traces word for word, the floor.
 *
 * The sizes are those of an independent prototype of the same model, which looks at the end of a
 * plan once more: the plans here have a soak more for that.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "notation.h"
#include "plan/model/words.h"

#include <string.h>

static const char DUAL_WRITE[] = "has users.a nn\n"
                                 "run v0 r:users.a w:users.a\n"
                                 "E add users.b\n"
                                 "D v1 r:users.a w:users.a,users.b\n"
                                 "S\n"
                                 "B users.b=users.a distinct\n"
                                 "K nn users.b\n"
                                 "D v2 r:users.b w:users.a,users.b\n"
                                 "S\n"
                                 "E drop-nn users.a\n"
                                 "D v3 r:users.b w:users.b\n"
                                 "S\n"
                                 "X drop users.a\n";

static const char TWO_WAY_TRIGGER[] = "has a nn\n"
                                      "run v0 r:a w:a\n"
                                      "E add b; trigger sync a<>b null changed\n"
                                      "B b=a distinct\n"
                                      "K nn b\n"
                                      "D v1 r:b w:b\n"
                                      "S\n"
                                      "X drop-trigger sync; drop a\n";

static const char TYPE_SWAP[] = "has a nn\n"
                                "run v0 r:a w:a\n"
                                "E add b; trigger sync a>b always always\n"
                                "B b=a distinct\n"
                                "K nn b\n"
                                "X drop-trigger sync; rename a old; rename b a; drop-nn old\n"
                                "S\n"
                                "X drop old\n";

/* --- Sizes ----------------------------------------------------------------------------------- */

static const struct {
    size_t states;
    unsigned violations; /* of the findings */
    const char *plan;
} SIZES[] = {
    {44, 0, "dual write"},
    {19, 0, "two-way trigger"},
    {21, 0, "type swap"},
    {28, 1 << LS_STALE_READ,
     "has a\nrun v0 r:a w:a\nE add b\nD v1 r:a w:a,b\nS\nB b=a null\nD v2 r:b w:a,b\nS\n"},
    {24, 0,
     "has a\nrun v0 r:a w:a\nE add b\nD v1 r:a w:a,b\nS\nB b=a distinct\nD v2 r:b w:a,b\nS\n"},
    {0, 1 << LS_STALE_READ | 1 << LS_UNFILLED_READ,
     "has a\nrun v0 r:a w:a\nE add b\nB b=a distinct\nD v1 r:a w:a,b\nS\nD v2 r:b w:a,b\nS\n"},
    {0, 1 << LS_STALE_READ | 1 << LS_UNFILLED_READ,
     "has a\nrun v0 r:a w:a\nE add b\nD v1 r:a w:a,b\nB b=a distinct\nS\nD v2 r:b w:a,b\nS\n"},
    {0, 1 << LS_STALE_READ | 1 << LS_UNFILLED_READ,
     "has a\nrun v0 r:a w:a\nE add b\nD v1 r:b w:a,b\nS\nB b=a distinct\nS\n"},
    {0, 1 << LS_INSERT_FAILS | 1 << LS_UPDATE_FAILS,
     "has a\nrun v0 r:a w:a\nE add b\nK nn-not-valid b\nD v1 r:a w:a,b\nS\n"},
    {0, 1 << LS_DATA_LOST | 1 << LS_STALE_READ | 1 << LS_UNFILLED_READ,
     "has a\nrun v0 r:a w:a\nE add b; trigger s a>b always always\nB b=a distinct\n"
     "X drop-trigger s\nX swap a b\nX drop b\n"},
    {0, 1 << LS_INSERT_FAILS,
     "has a nn\nrun v0 r:a w:a\nE add b\nD v1 r:a w:a,b\nS\nB b=a distinct\nK nn b\n"
     "D v2 r:b w:a,b\nS\nD v3 r:b w:b\nS\nX drop a\n"},
    {0, 1 << LS_MISSING, "has a\nrun v0 r:a w:a\nX rename a b\nD v1 r:b w:b\n"},
};

static const char *plan_named(ls_arena *arena, const char *name) {
    const char *plan = strcmp(name, "dual write") == 0        ? DUAL_WRITE
                       : strcmp(name, "two-way trigger") == 0 ? TWO_WAY_TRIGGER
                       : strcmp(name, "type swap") == 0       ? TYPE_SWAP
                                                              : NULL;
    return plan == NULL ? name : ls_arena_join(arena, plan, "S\n", NULL);
}

static void the_search_is_as_large_as_the_prototypes(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        ls_arena *arena = ls_arena_new();
        const char *plan = plan_named(arena, SIZES[i].plan);
        const ls_model_verdict *verdict = ls_model_verify(arena, ls_notation_read(arena, plan), 0);
        unsigned violations = 0;
        for (LS_EACH(const ls_model_finding, finding, verdict->findings))
            violations |= finding->also;
        if (violations != SIZES[i].violations)
            fail_msg("violations %x in\n%s", violations, plan);
        if (SIZES[i].states != 0)
            assert_int_equal(verdict->states, SIZES[i].states);
        ls_arena_free(arena);
    }
}

static void what_is_too_large_is_said_to_be(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    const ls_model_verdict *verdict =
        ls_model_verify(arena, ls_notation_read(arena, DUAL_WRITE), 20);
    assert_false(verdict->complete);
    assert_false(verdict->groups.items[0].complete);
    ls_arena_free(arena);
}

static void more_carriers_than_a_state_holds_are_said_to_be_too_many(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    ls_model *model = ls_notation_read(arena, "has c0\nrun v0 r:c0 w:c0\n");
    ls_model_stage stage = {.kind = LS_STAGE_BACKFILL, .name = "B", .version = LS_NONE};
    for (ls_model_index i = 1; i < 40; i++) {
        ls_model_carrier carrier = {
            .name = ls_arena_format(arena, "c%u", i), .exists = true, .of = LS_NONE};
        ls_model_backfill backfill = {.target = i, .source = i - 1, .rows = LS_MODEL_ROWS_DISTINCT};
        LS_PUSH(arena, &model->carriers, carrier);
        LS_PUSH(arena, &stage.backfills, backfill);
    }
    LS_PUSH(arena, &model->stages, stage);
    const ls_model_verdict *verdict = ls_model_verify(arena, model, 0);
    assert_int_equal(verdict->groups.count, 1);
    assert_false(verdict->complete);
    ls_arena_free(arena);
}

/* --- Traces ---------------------------------------------------------------------------------- */

static const struct {
    const char *plan, *told;
} TRACES[] = {
    {"has users.email\n"
     "run web-411 r:users.email w:users.email\n"
     "E add users.email_address\n"
     "B users.email_address=users.email distinct\n"
     "D web-412 r:users.email w:users.email,users.email_address\n"
     "S\n"
     "D web-415 r:users.email_address w:users.email,users.email_address\n",
     "the backfill copies users.email to users.email_address while web-411 can still write "
     "users.email alone\n"
     "1 B users.email_address=users.email distinct ends: no row\n"
     "2 web-411 INSERT users.email: email=a  email_address=null\n"
     "3 D web-412 r:users.email w:users.email,users.email_address: email=a  email_address=null\n"
     "4 S: email=a  email_address=null\n"
     "5 D web-415 r:users.email_address w:users.email,users.email_address: "
     "email=a  email_address=null\n"
     "6 web-415 reads email_address: sees null, last write was a\n"},
    {"has a\nrun v0 r:a w:a\nE add b\nD v1 r:a w:a,b\nS\nB b=a null\nD v2 r:b w:a,b\n",
     "the backfill leaves out rows in which t.b is not null, though v0 may have written t.a alone "
     "since\n"
     "1 v1 UPDATE t.a, t.b: a=b  b=b\n"
     "2 v0 UPDATE t.a: a=c  b=b\n"
     "3 S: a=c  b=b\n"
     "4 B b=a null ends: a=c  b=b\n"
     "5 D v2 r:b w:a,b: a=c  b=b\n"
     "6 v2 reads b: sees b, last write was c\n"},
    {"has a\nrun v0 r:a w:a\nE add b; trigger sync a<>b null changed\nB b=a distinct\n"
     "D v1 r:b w:b\nS\nX drop a\nX drop-trigger sync\n",
     "sync names t.a, which is not there: every write that fires it fails\n"
     "1 X drop a: no row\n"
     "2 v1 INSERT t.b: fails: sync names t.a\n"},
};

static const char *tell(ls_arena *arena, const ls_model *model, const ls_model_finding *finding) {
    const char *told = ls_arena_join(arena, ls_model_message(arena, model, finding), "\n", NULL);
    ls_trace_lines lines = {0};
    ls_model_trace_lines(arena, model, finding, &lines);
    for (uint32_t i = 0; i < lines.count; i++)
        told = ls_arena_format(arena, "%s%u %s: %s\n", told, i + 1, lines.items[i].what,
                               lines.items[i].values);
    return told;
}

static void a_trace_tells_what_happens(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof TRACES / sizeof *TRACES; i++) {
        ls_arena *arena = ls_arena_new();
        const ls_model *model = ls_notation_read(arena, TRACES[i].plan);
        const ls_model_verdict *verdict = ls_model_verify(arena, model, 0);
        assert_int_equal(verdict->findings.count, 1);
        assert_string_equal(tell(arena, model, verdict->findings.items), TRACES[i].told);
        ls_arena_free(arena);
    }
}

/* --- The way back ---------------------------------------------------------------------------- */

/* Per stage the versions that may run; in brackets those that un-fill; ! at no return. */
static const char *floors(ls_arena *arena, const ls_model *model, const ls_model_verdict *verdict) {
    const char *text = "";
    for (LS_EACH(const ls_stage_floor, floor, verdict->floors)) {
        for (LS_EACH(const ls_way_back, way, floor->ways)) {
            const char *label = model->versions.items[way->version].label;
            if (way->back == LS_BACK_SAFE)
                text = ls_arena_join(arena, text, " ", label, NULL);
            else if (way->back == LS_BACK_UNFILLS)
                text = ls_arena_join(arena, text, " (", label, ")", NULL);
        }
        text = ls_arena_join(arena, text, floor->point_of_no_return ? " !" : "", "\n", NULL);
    }
    return text;
}

static void check_floors(const char *plan, const char *expected) {
    ls_arena *arena = ls_arena_new();
    const ls_model *model = ls_notation_read(arena, plan);
    const ls_model_verdict *verdict = ls_model_verify(arena, model, 0);
    assert_string_equal(floors(arena, model, verdict), expected);
    ls_arena_free(arena);
}

static void a_dual_write_gives_up_the_oldest_version_step_by_step(void **state) {
    (void)state;
    check_floors(DUAL_WRITE, " v0\n v0 v1\n v0 v1\n (v0) v1\n v1\n v1 v2\n v1 v2\n v1 v2\n"
                             " v2 v3\n v2 v3\n v3 !\n");
}

static void a_two_way_trigger_keeps_the_way_back_open(void **state) {
    (void)state;
    check_floors(TWO_WAY_TRIGGER, " v0\n v0\n v0\n v0 v1\n v0 v1\n v1 !\n");
}

static const ls_way_back *way_after(const ls_model_verdict *verdict, uint32_t stage,
                                    ls_model_index version) {
    return &verdict->floors.items[stage].ways.items[version];
}

static void a_way_that_is_closed_says_why(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    const ls_model *model = ls_notation_read(arena, DUAL_WRITE);
    const ls_model_verdict *verdict = ls_model_verify(arena, model, 0);
    assert_string_equal(ls_model_way_back(arena, model, way_after(verdict, 3, 0)),
                        "v0 un-fills users.b: repeat from \"B users.b=users.a distinct\"");
    assert_string_equal(ls_model_way_back(arena, model, way_after(verdict, 4, 0)),
                        "v0: insert fails on users.b");
    assert_string_equal(ls_model_way_back(arena, model, way_after(verdict, 8, 1)),
                        "v1: reads unfilled users.a");
    assert_string_equal(ls_model_way_back(arena, model, way_after(verdict, 10, 2)),
                        "v2: uses users.a");
    ls_arena_free(arena);
}

static void a_version_that_only_writes_the_new_column_closes_the_way_back(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    const ls_model *model =
        ls_notation_read(arena, "has a\nrun v0 r:a w:a\nE add b\nB b=a distinct\nD v1 w:b\n");
    const ls_model_verdict *verdict = ls_model_verify(arena, model, 0);
    assert_int_equal(way_after(verdict, 2, 0)->back, LS_BACK_UNSAFE);
    ls_arena_free(arena);
}

static void a_version_needs_what_a_stage_added(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    const ls_model *model = ls_notation_read(arena, DUAL_WRITE);
    const ls_model_verdict *verdict = ls_model_verify(arena, model, 0);
    const ls_model_indexes *add = &verdict->floors.items[0].needed_by;
    assert_int_equal(add->count, 3);
    const ls_model_indexes *drop_not_null = &verdict->floors.items[7].needed_by;
    assert_int_equal(drop_not_null->count, 1);
    assert_string_equal(model->versions.items[drop_not_null->items[0]].label, "v3");
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_search_is_as_large_as_the_prototypes),
        cmocka_unit_test(what_is_too_large_is_said_to_be),
        cmocka_unit_test(more_carriers_than_a_state_holds_are_said_to_be_too_many),
        cmocka_unit_test(a_trace_tells_what_happens),
        cmocka_unit_test(a_dual_write_gives_up_the_oldest_version_step_by_step),
        cmocka_unit_test(a_two_way_trigger_keeps_the_way_back_open),
        cmocka_unit_test(a_way_that_is_closed_says_why),
        cmocka_unit_test(a_version_that_only_writes_the_new_column_closes_the_way_back),
        cmocka_unit_test(a_version_needs_what_a_stage_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
