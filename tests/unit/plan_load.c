/* The plan format: what is read from a good plan, and where each mistake of a bad one is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/plan.h"
#include "plan/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    ls_arena *arena;
    ls_yaml_problems problems;
} place;

static int set_up(void **state) {
    static place here;
    here = (place){.arena = ls_arena_new()};
    *state = &here;
    return 0;
}

static int tear_down(void **state) {
    place *here = *state;
    ls_arena_free(here->arena);
    return 0;
}

static ls_plan *read_plan(place *here, const char *text) {
    ls_text_problem problem;
    ls_source *source =
        ls_source_new(here->arena, "plans/rename.yaml", text, strlen(text), &problem);
    assert_non_null(source);
    return ls_plan_read(here->arena, source, "plans/", &here->problems);
}

/* --- Good ------------------------------------------------------------------------------------ */

static void test_smallest(void **state) {
    place *here = *state;
    const ls_plan *plan = read_plan(here, "lockstep: 1\n"
                                          "stages:\n"
                                          "  - expand: db/0042_add.sql\n"
                                          "  - deploy: v42\n"
                                          "    reads: [users.nickname]\n"
                                          "    writes: [users.nickname]\n");
    assert_non_null(plan);
    assert_string_equal(plan->name, "rename");
    assert_int_equal(plan->stages.count, 2);
    const ls_plan_stage *expand = &plan->stages.items[0], *deploy = &plan->stages.items[1];
    assert_int_equal(expand->verb, LS_PLAN_EXPAND);
    assert_string_equal(expand->value, "db/0042_add.sql");
    assert_string_equal(ls_source_copy(here->arena, plan->source, expand->at),
                        "expand: db/0042_add.sql");
    assert_int_equal(deploy->number, 2);
    assert_string_equal(deploy->version.app, "app");
    assert_string_equal(deploy->version.label, "v42");
    assert_true(deploy->version.uses_given);
    assert_string_equal(deploy->version.reads.items[0].table, "users");
    assert_string_equal(deploy->version.reads.items[0].column, "nickname");
}

static void test_everything(void **state) {
    place *here = *state;
    const ls_plan *plan = read_plan(here, "lockstep: 1\n"
                                          "title: Rename users.email\n"
                                          "after: [add-users]\n"
                                          "closed: 2024-02-29\n"
                                          "today:\n"
                                          "  - app: web\n"
                                          "    reads: [app.users.email, users.*]\n"
                                          "    writes: []\n"
                                          "  - app: worker\n"
                                          "    version: worker-7\n"
                                          "stages:\n"
                                          "  - rehearse: staging\n"
                                          "    data: full\n"
                                          "    measure: [duration, wal]\n"
                                          "  - backfill: b.sql\n"
                                          "    batch: 5000\n"
                                          "    pause: 200ms\n"
                                          "    max_lag: 5s\n"
                                          "    key: id\n"
                                          "    on: [eu, us]\n"
                                          "    overlaps: true\n"
                                          "  - soak: 30d\n"
                                          "    watch: [error rate]\n"
                                          "  - deploy: web-2\n"
                                          "    app: web\n"
                                          "    reads: [\"users.\\\"E mail\\\"\", users.name?]\n"
                                          "    writes: [Users.Email]\n"
                                          "    ignores: [users.fax]\n"
                                          "  - contract: drop.sql\n"
                                          "    irreversible: kept in a dump for 30 days\n"
                                          "    down: down/drop.sql\n"
                                          "    allow:\n"
                                          "      - rule: drop-in-use\n"
                                          "        because: nobody runs it any more\n"
                                          "    note: done\n");
    assert_non_null(plan);
    assert_string_equal(plan->closed, "2024-02-29");
    assert_string_equal(plan->today.items[0].reads.items[0].schema, "app");
    assert_true(plan->today.items[0].reads.items[1].whole_row);
    assert_true(plan->today.items[0].uses_given);
    assert_false(plan->today.items[1].uses_given);
    const ls_plan_stage *stages = plan->stages.items;
    assert_string_equal(stages[0].data, "full");
    assert_int_equal(stages[0].measure.count, 2);
    assert_int_equal(stages[1].batch, 5000);
    assert_int_equal(stages[1].pause.milliseconds, 200);
    assert_int_equal(stages[1].max_lag.milliseconds, 5000);
    assert_true(stages[1].overlaps);
    assert_int_equal(stages[1].on.count, 2);
    assert_int_equal(stages[2].lasts.milliseconds, INT64_C(30) * 86400000);
    assert_string_equal(stages[3].version.reads.items[0].column, "E mail");
    assert_true(stages[3].version.reads.items[1].optional);
    assert_string_equal(stages[3].version.writes.items[0].column, "email");
    assert_string_equal(stages[4].allow.items[0].rule.text, "drop-in-use");
    assert_string_equal(stages[4].down.text, "down/drop.sql");
}

/* Which verbs a stage has is for a rule to judge: everything else in the plan is told with it. */
static void test_verbs_are_counted(void **state) {
    place *here = *state;
    const ls_plan *plan = read_plan(here, "lockstep: 1\n"
                                          "stages:\n"
                                          "  - expand: a.sql\n"
                                          "    contract: b.sql\n"
                                          "  - note: nothing\n");
    assert_non_null(plan);
    assert_int_equal(plan->stages.items[0].verbs, 2);
    assert_int_equal(plan->stages.items[1].verbs, 0);
}

/* --- Bad ------------------------------------------------------------------------------------- */

typedef struct {
    const char *text;
    const char *expected; /* "line:column: " and how the message begins, or a part of it after ~ */
} bad_plan;

#define STAGES "lockstep: 1\nstages:\n"
#define SOAK   STAGES "  - soak: "
#define DEPLOY STAGES "  - deploy: v1\n    reads: "
#define FILL   STAGES "  - backfill: b.sql\n    "

static const bad_plan bad_plans[] = {
    /* the document */
    {"", "1:1: ~"},
    {"# nothing\n", "~"},
    {"- expand: a.sql\n", "1:1: "},
    {"stages:\n  - expand: a.sql\n", "1:1: ~has no \"lockstep\""},
    {"lockstep: 1\n", "1:1: ~has no \"stages\""},
    {"lockstep: 2\nstages:\n  - expand: a.sql\n", "1:11: lockstep is 2; expected 1"},
    {"lockstep: one\nstages:\n  - expand: a.sql\n", "1:11: lockstep is \"one\""},
    {"lockstep: 1.0\nstages:\n  - expand: a.sql\n", "1:11: lockstep is \"1.0\""},
    {"lockstep: 01\nstages:\n  - expand: a.sql\n", "1:11: lockstep is \"01\""},
    {"lockstep: \"1\"\nstages:\n  - expand: a.sql\n", "1:11: "},
    {"lockstep: 1\nstages: []\n", "2:9: stages has 0 entries"},
    {"lockstep: 1\nstages:\n", "2:8: stages is a single value"},
    {"lockstep: 1\nstages: a.sql\n", "2:9: stages is a single value"},
    {"lockstep: 1\nstage:\n  - expand: a.sql\n",
     "2:1: unknown key \"stage\"; did you mean \"stages\"?"},
    {STAGES "  - expand: a.sql\nstages:\n  - expand: b.sql\n", "4:1: ~stages"},
    {STAGES "  - expand: a.sql\n---\nlockstep: 1\n", "~"},
    {STAGES "  - &one {expand: a.sql}\n", "3:5: ~anchor"},
    {STAGES "  - &one\n    expand: a.sql\n  - *one\n", "~"},
    {STAGES "  - !sql\n    expand: a.sql\n", "~tag"},
    {STAGES "  - expand: a.sql\n    expand: b.sql\n", "4:5: ~expand"},
    {STAGES "  - expand: [a.sql, b.sql]\n", "3:13: expand is a list; expected a single value"},
    {STAGES "  - a.sql\n", "3:5: ~expected a mapping"},
    {STAGES "  - exapnd: a.sql\n", "3:5: unknown key \"exapnd\"; did you mean \"expand\"?"},
    {STAGES "  - expand: ''\n", "3:13: expand is empty"},
    {STAGES "  - expand: ~\n", "3:13: expand is ~"},
    {"lockstep: 1\ntitle: [a]\nstages:\n  - expand: a.sql\n", "2:8: title is a list"},
    {"lockstep: 1\nclosed: 2026-02-29\nstages:\n  - expand: a.sql\n",
     "2:9: closed is \"2026-02-29\"; expected a date"},
    {"lockstep: 1\nclosed: yes\nstages:\n  - expand: a.sql\n", "2:9: closed is \"yes\""},
    {"lockstep: 1\ntoday: []\nstages:\n  - expand: a.sql\n", "2:8: today has 0 entries"},
    {"lockstep: 1\ntoday:\n  - reads: [a.b]\n  - reads: [a.c]\nstages:\n  - expand: a.sql\n",
     "4:5: today has two versions of app"},
    {"lockstep: 1\ntoday:\n  - ap: web\nstages:\n  - expand: a.sql\n", "3:5: unknown key \"ap\""},
    /* numbers */
    {FILL "batch: 5k\n", "4:12: batch is \"5k\"; expected a whole number"},
    {FILL "batch: 010\n", "4:12: batch is \"010\""},
    {FILL "batch: 0x10\n", "4:12: batch is \"0x10\""},
    {FILL "batch: 0b11\n", "4:12: batch is \"0b11\""},
    {FILL "batch: 0o17\n", "4:12: batch is \"0o17\""},
    {FILL "batch: 1e3\n", "4:12: batch is \"1e3\""},
    {FILL "batch: 0\n", "4:12: batch is 0; expected 1 to"},
    {FILL "batch: -5\n", "4:12: batch is -5"},
    {FILL "batch: 99999999999999999999\n", "4:12: batch is "},
    {FILL "batch:\n", "4:11: "},
    /* booleans */
    {FILL "overlaps: flase\n", "4:15: overlaps is \"flase\"; expected false or true"},
    {FILL "overlaps: yes\n", "4:15: overlaps is \"yes\""},
    {FILL "overlaps: True\n", "4:15: overlaps is \"True\""},
    /* times */
    {SOAK "7\n", "3:11: soak is \"7\"; expected a whole number and a unit"},
    {SOAK "7 d\n", "3:11: soak is \"7 d\""},
    {SOAK "07d\n", "3:11: soak is \"07d\""},
    {SOAK "-1d\n", "3:11: soak is \"-1d\""},
    {SOAK "1.5h\n", "3:11: soak is \"1.5h\""},
    {SOAK "1week\n", "3:11: soak is \"1week\""},
    {SOAK "1dd\n", "3:11: soak is \"1dd\""},
    {SOAK "9999999d\n", "3:11: soak is "},
    {FILL "pause: 200\n", "4:12: pause is \"200\""},
    {FILL "max_lag: 5seconds\n", "4:14: max_lag is "},
    /* paths */
    {STAGES "  - expand: /etc/passwd\n",
     "3:13: expand is \"/etc/passwd\"; expected the path of a file"},
    {STAGES "  - expand: ../a.sql\n", "3:13: expand is \"../a.sql\""},
    {STAGES "  - expand: db/../../a.sql\n", "3:13: expand is "},
    {STAGES "  - expand: ./a.sql\n", "3:13: expand is "},
    {STAGES "  - expand: db//a.sql\n", "3:13: expand is "},
    {STAGES "  - expand: db/\n", "3:13: expand is "},
    {STAGES "  - expand: 'db\\a.sql'\n", "3:13: expand is "},
    {STAGES "  - expand: a.sql\n    down: /a.sql\n", "4:11: down is "},
    {STAGES "  - expand: 42\n", "3:13: expand is 42; expected a text"},
    /* columns */
    {DEPLOY "users.email\n", "4:12: reads is a single value; expected a list"},
    {DEPLOY "[email]\n", "4:13: reads has \"email\"; expected table.column"},
    {DEPLOY "[users.]\n", "4:13: reads has \"users.\""},
    {DEPLOY "[.email]\n", "4:13: reads has \".email\""},
    {DEPLOY "[a.b.c.d]\n", "4:13: reads has \"a.b.c.d\""},
    {DEPLOY "['*.email']\n", "4:13: reads has \"*.email\""},
    {DEPLOY "[users.email x]\n", "4:13: reads has \"users.email x\""},
    {DEPLOY "[users.1a]\n", "4:13: reads has \"users.1a\""},
    {DEPLOY "['users.\"email']\n", "4:13: reads has "},
    {DEPLOY "[{users: email}]\n", "4:13: ~expected a single value"},
    /* modifiers */
    {STAGES "  - expand: a.sql\n    batch: 5\n", "4:5: batch belongs to a stage with backfill"},
    {STAGES "  - soak: 7d\n    reads: [a.b]\n", "4:5: reads belongs to a stage with deploy"},
    {FILL "down: a.sql\n", "4:5: down belongs to a stage with expand, constrain or contract"},
    {STAGES "  - deploy: v1\n    watch: [x]\n", "4:5: watch belongs to a stage with soak"},
    {STAGES "  - rehearse: staging\n    data: everything\n",
     "4:11: data is \"everything\"; expected empty, sample or full"},
    {STAGES "  - rehearse: staging\n    measure: [time]\n", "4:15: ~duration, locks"},
    {FILL "allow: [{rule: unbatched}]\n", "4:13: ~has no \"because\""},
    {FILL "allow: [{rule: unbatched, because: it is}]\n",
     "4:40: because is \"it is\"; expected a reason"},
    {STAGES "  - contract: a.sql\n    irreversible: yes\n",
     "4:19: irreversible is \"yes\"; expected a reason"},
    {STAGES "  - contract: a.sql\n    on: []\n", "4:9: on has 0 entries"},
};

static bool is_told(ls_arena *arena, const ls_yaml_problems *problems, const char *expected) {
    const char *part = strchr(expected, '~');
    size_t place_length = part == NULL ? strlen(expected) : (size_t)(part - expected);
    for (LS_EACH(const ls_yaml_problem, problem, *problems)) {
        const char *told =
            ls_arena_format(arena, "%u:%u: %s", problem->line, problem->column, problem->message);
        if (strncmp(told, expected, place_length) == 0 &&
            (part == NULL || strstr(told + place_length, part + 1) != NULL))
            return true;
    }
    return false;
}

static void test_bad(void **state) {
    place *here = *state;
    for (size_t i = 0; i < sizeof bad_plans / sizeof *bad_plans; i++) {
        here->problems = (ls_yaml_problems){0};
        const ls_plan *plan = read_plan(here, bad_plans[i].text);
        bool told = is_told(here->arena, &here->problems, bad_plans[i].expected);
        if (plan == NULL && told)
            continue;
        for (LS_EACH(const ls_yaml_problem, problem, here->problems))
            print_message("%u:%u: %s\n", problem->line, problem->column, problem->message);
        fail_msg("%s, expected %s in\n%s", plan == NULL ? "told otherwise" : "accepted",
                 bad_plans[i].expected, bad_plans[i].text);
    }
}

static void test_every_mistake_in_one_run(void **state) {
    place *here = *state;
    assert_null(read_plan(here, "lockstep: 3\n"
                                "closed: never\n"
                                "stages:\n"
                                "  - expand: /a.sql\n"
                                "    batch: 5k\n"
                                "  - soak: long\n"
                                "  - deploy: v1\n"
                                "    raeds: [a.b]\n"
                                "    writes: [a]\n"));
    static const char *const expected[] = {
        "1:11: lockstep",     "2:9: closed",      "4:13: expand",
        "5:5: batch belongs", "5:12: batch is",   "6:11: soak is \"long\"",
        "8:5: unknown key",   "9:14: writes has",
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (!is_told(here->arena, &here->problems, expected[i]))
            fail_msg("not told: %s", expected[i]);
    assert_int_equal(here->problems.count, 8);
}

/* --- How many versions ---------------------------------------------------------------------- */

/* A plan of so many deploys, of so many apps in turn, one a line from the third line on. */
static const char *plan_of_deploys(place *here, unsigned deploys, unsigned apps) {
    const char *text = "lockstep: 1\nstages:\n";
    for (unsigned i = 0; i < deploys; i++)
        text = ls_arena_format(here->arena, "%s  - {deploy: v%u, app: a%u}\n", text, i, i % apps);
    return text;
}

static void test_as_many_versions_as_are_verified(void **state) {
    place *here = *state;
    assert_non_null(read_plan(here, plan_of_deploys(here, LS_PLAN_MOST_VERSIONS - 1, 1)));
    assert_non_null(read_plan(here, plan_of_deploys(here, LS_PLAN_MOST_VERSIONS - 2, 2)));
    assert_int_equal(here->problems.count, 0);
}

static void test_too_many_versions(void **state) {
    place *here = *state;
    assert_null(read_plan(here, plan_of_deploys(here, LS_PLAN_MOST_VERSIONS, 1)));
    assert_int_equal(here->problems.count, 1);
    assert_true(is_told(here->arena, &here->problems, "66:6: ~more versions than the 64"));
    here->problems = (ls_yaml_problems){0};
    assert_null(read_plan(here, plan_of_deploys(here, LS_PLAN_MOST_VERSIONS, 2)));
    assert_int_equal(here->problems.items[0].line, 65);
}

/* --- The schema ------------------------------------------------------------------------------ */

static const char schema_file[] = TESTDATA "/../src/plan/plan.schema.json";

static void write_schema(const ls_buffer *schema) {
    FILE *file = fopen(schema_file, "w");
    assert_non_null(file);
    fputs(schema->text, file);
    assert_int_equal(fclose(file), 0);
}

/* The one that ships is the one that the keys give; LOCKSTEP_BLESS=1 writes it anew. */
static void test_schema_ships(void **state) {
    place *here = *state;
    ls_buffer schema = {0};
    ls_plan_write_schema(&schema);
    if (getenv("LOCKSTEP_BLESS") != NULL)
        write_schema(&schema);
    FILE *file = fopen(schema_file, "r");
    assert_non_null(file);
    char *shipped = ls_arena_alloc(here->arena, schema.length + 2);
    size_t length = fread(shipped, 1, schema.length + 1, file);
    fclose(file);
    assert_int_equal(length, schema.length);
    assert_string_equal(shipped, schema.text);
    ls_buffer_free(&schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_smallest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_everything, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_verbs_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_mistake_in_one_run, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_as_many_versions_as_are_verified, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_many_versions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_schema_ships, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
