/* What is read from trigger bodies, and who is live when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/live.h"
#include "plan/verify.h"

#include <string.h>

static int set_up(void **state) {
    *state = ls_arena_new();
    return 0;
}

static int tear_down(void **state) {
    ls_arena_free(*state);
    return 0;
}

/* "target<source" and what it stands under, one behind the other. */
static const char *shown(ls_arena *arena, const char *text) {
    static const char *const guards[] = {"", " null", " changed", " different"};
    const ls_trigger_body body = ls_read_trigger_body(arena, text);
    const char *list = body.understood ? "" : "? ";
    for (LS_EACH(const ls_trigger_assignment, one, body.assignments))
        list = ls_arena_format(
            arena, "%s%s%s%s<%s%s%s%s%s;", list, one->table.name == NULL ? "" : one->table.name,
            one->table.name == NULL ? "" : ".", one->target, one->source == NULL ? "" : one->source,
            guards[one->guard], one->on_insert ? " i" : "", one->on_update ? " u" : "",
            one->skips_null ? " not null" : "");
    return list;
}

static void test_trigger_bodies(void **state) {
    static const struct {
        const char *body, *expected;
    } cases[] = {
        {"BEGIN NEW.b := NEW.a; RETURN NEW; END", "b<a i u;"},
        {"BEGIN NEW.b = lower(NEW.a) || 'NEW.c'; RETURN NEW; END", "b<a i u;"},
        {"BEGIN NEW.at := now(); RETURN NEW; END", "at< i u;"},
        {"BEGIN\n  -- NEW.x := NEW.y;\n  NEW.\"B b\" := NEW.\"A\"; RETURN NEW; END", "B b<A i u;"},
        {"BEGIN IF NEW.b IS NULL THEN NEW.b := NEW.a; END IF; RETURN NEW; END", "b<a null i u;"},
        {"BEGIN IF TG_OP = 'INSERT' THEN NEW.b := NEW.a; "
         "ELSE NEW.a := NEW.b; END IF; RETURN NEW; END",
         "b<a i;a<b u;"},
        {"BEGIN IF NEW.a IS DISTINCT FROM OLD.a THEN NEW.b := NEW.a; END IF; RETURN NEW; END",
         "b<a changed i u;"},
        {"BEGIN IF NEW.a IS DISTINCT FROM NEW.b THEN IF NEW.b IS NOT DISTINCT FROM 0 THEN "
         "NEW.b := NEW.a; ELSE NEW.a := NEW.b; END IF; END IF; RETURN NEW; END",
         "b<a different i u;a<b different i u;"},
        {"BEGIN UPDATE t SET x = NEW.a WHERE id = NEW.id; RETURN NULL; END", "t.x<a i u;"},
        {"BEGIN IF NEW.a IS NOT NULL AND TG_OP = 'UPDATE' THEN "
         "INSERT INTO t (id, x) VALUES (NEW.id, NEW.a); END IF; RETURN NULL; END",
         "t.id<id u not null;t.x<a u not null;"},
        {"BEGIN IF NEW.kind = 'x' THEN NEW.b := NEW.a; END IF; RETURN NEW; END", "? b<a i u;"},
        {"BEGIN IF NEW.a IS DISTINCT FROM OLD.a THEN IF NEW.b IS NULL THEN "
         "NEW.b := NEW.a; END IF; END IF; RETURN NEW; END",
         "? b<a null i u;"},
        {"BEGIN IF pg_trigger_depth() < 2 AND (NEW.b IS NULL) THEN NEW.b := NEW.a; END IF; END",
         "b<a null i u;"},
        {"BEGIN PERFORM pg_notify('a', NEW.a); RETURN NEW; END", "? "},
        {"BEGIN EXECUTE 'x'; NEW.b := NEW.a; RETURN NEW; END", "? b<a i u;"},
        {"BEGIN IF", ""},
        {"END IF; ELSE NEW.", "? "},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(shown(*state, cases[i].body), cases[i].expected);
}

static const ls_plan *read_plan(ls_arena *arena, const char *text) {
    ls_text_problem problem;
    ls_yaml_problems problems = {0};
    const ls_source *source = ls_source_new(arena, "plan.yaml", text, strlen(text), &problem);
    const ls_plan *plan = ls_plan_read(arena, source, "", &problems);
    assert_non_null(plan);
    return plan;
}

static const char *live_in(ls_arena *arena, const ls_plan *plan) {
    ls_plan_facts facts = {.arena = arena, .plan = plan};
    LS_RESERVE(arena, &facts.stages, plan->stages.count);
    for (LS_EACH(const ls_plan_stage, stage, plan->stages))
        LS_PUSH(arena, &facts.stages, ((ls_stage_facts){.stage = stage}));
    ls_find_live(&facts);
    const char *list = "";
    for (LS_EACH(const ls_stage_facts, stage, facts.stages))
        list = ls_arena_join(arena, list, ls_version_names(&facts, stage->live), "; ", NULL);
    return list;
}

static void test_live(void **state) {
    static const char stages[] = "stages:\n"
                                 "  - deploy: w1\n    app: web\n"
                                 "  - deploy: j1\n    app: jobs\n"
                                 "  - deploy: w2\n    app: web\n"
                                 "  - soak: 1d\n"
                                 "  - rehearse: staging\n";
    const char *text = ls_arena_join(*state, "lockstep: 1\n", stages, NULL);
    assert_string_equal(live_in(*state, read_plan(*state, text)),
                        "today's web, today's jobs, w1; today's web, today's jobs, w1, j1; "
                        "today's web, today's jobs, w1, j1, w2; "
                        "today's web, today's jobs, w1, j1, w2; j1, w2; ");
    text =
        ls_arena_join(*state, "lockstep: 1\ntoday:\n  - app: web\n    version: w0\n", stages, NULL);
    assert_string_equal(live_in(*state, read_plan(*state, text)),
                        "w0, w1; w0, w1, j1; w0, w1, j1, w2; w0, w1, j1, w2; j1, w2; ");
    assert_string_equal(live_in(*state, read_plan(*state, "lockstep: 1\nstages:\n  - soak: 1d\n")),
                        "v0; ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_trigger_bodies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_live, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
