/*
 * causes.c - every cause that the model finds: a plan that has it, and has nothing else, and one
 * that does the same rightly.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "notation.h"
#include "plan/model/words.h"

#include <string.h>

typedef struct {
    const char *rule;
    const char *at; /* the stage that is to blame; NULL: one of today's versions is */
    const char *plan;
} bad_plan;

static const bad_plan BAD[] = {
    {"use-before-exists", "D v1 r:a w:a,c",
     "has a\n"
     "run v0 r:a w:a\n"
     "D v1 r:a w:a,c\n"
     "E add c\n"},
    {"required-column", "E add c nn",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add c nn\n"
     "D v1 r:a w:a,c\n"
     "S\n"},
    {"rename-in-use", "E rename a b",
     "has a\n"
     "run v0 r:a w:a\n"
     "E rename a b\n"
     "D v1 r:b w:b\n"},
    {"backfill-before-dual-write", "B b=a distinct",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b\n"
     "B b=a distinct\n"
     "D v1 r:a w:a,b\n"
     "S\n"
     "D v2 r:b w:a,b\n"},
    {"backfill-before-soak", "B b=a distinct",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b\n"
     "D v1 r:a w:a,b\n"
     "B b=a distinct\n"
     "S\n"
     "D v2 r:b w:a,b\n"},
    {"null-predicate", "B b=a null",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b\n"
     "D v1 r:a w:a,b\n"
     "S\n"
     "B b=a null\n"
     "D v2 r:b w:a,b\n"},
    {"trigger-dropped-early", "X drop-trigger sync",
     "has a nn\n"
     "run v0 r:a w:a\n"
     "E add b; trigger sync a>b always always\n"
     "B b=a distinct\n"
     "K nn b\n"
     "X drop-trigger sync\n"
     "X rename a c; rename b a; drop-nn c\n"
     "S\n"
     "X drop c\n"},
    {"one-way-trigger-clobbers", "D v1 r:b w:b",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b; trigger sync a>b always always\n"
     "B b=a distinct\n"
     "D v1 r:b w:b\n"
     "S\n"
     "X drop-trigger sync; drop a\n"},
    {"reverse-sync-missing", "D v1 r:b w:b",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b; trigger sync a>b null changed\n"
     "B b=a distinct\n"
     "D v1 r:b w:b\n"
     "S\n"
     "X drop-trigger sync; drop a\n"},
    {"trigger-orphan", "X drop a",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b; trigger sync a<>b null changed\n"
     "B b=a distinct\n"
     "D v1 r:b w:b\n"
     "S\n"
     "X drop a\n"
     "X drop-trigger sync\n"},
    {"dual-write-gap", "B b=a distinct",
     "has a\n"
     "run web/v0 r:a w:a\n"
     "run worker/w0 r:a w:a\n"
     "E add b\n"
     "D web/v1 r:a w:a,b\n"
     "S\n"
     "B b=a distinct\n"
     "D web/v2 r:b w:a,b\n"},
    {"skip-locked-exit", "B b=a distinct skip",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b\n"
     "D v1 r:a w:a,b\n"
     "S\n"
     "B b=a distinct skip\n"
     "D v2 r:b w:a,b\n"},
    {"overwrites-live-column", "B c=? all",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add c\n"
     "D v1 r:a w:a,c\n"
     "S\n"
     "B c=? all\n"
     "D v2 r:a,c w:a,c\n"},
    {"constrain-before-writers", "K check-not-valid ok",
     "has c\n"
     "property ok of c\n"
     "run v0 r:c w:c\n"
     "K check-not-valid ok\n"
     "D v1 r:c w:c,ok\n"
     "S\n"
     "B ok=? null\n"
     "K validate ok\n"},
    {"constrain-before-fill", "K nn-not-valid c",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add c\n"
     "D v1 r:a w:a,c\n"
     "S\n"
     "K nn-not-valid c\n"
     "B c=? null\n"
     "K validate c\n"},
    {"validate-before-fill", "K nn c",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add c\n"
     "D v1 r:a w:a,c\n"
     "S\n"
     "K nn c\n"
     "B c=? null\n"},
    {"read-before-fill", "D v1 r:b w:a,b",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b\n"
     "D v1 r:b w:a,b\n"
     "S\n"
     "B b=a distinct\n"},
    {"read-before-sync", "D v1 r:b w:a,b",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b; copy b a\n"
     "D v1 r:b w:a,b\n"
     "S\n"},
    {"drop-in-use", "X drop a",
     "has a,x\n"
     "run v0 r:a,x w:a,x\n"
     "X drop a\n"
     "D v1 r:x w:x\n"},
    {"drop-without-soak", "X drop a",
     "has a,x\n"
     "run v0 r:a,x w:a,x\n"
     "D v1 r:x w:x\n"
     "X drop a\n"
     "S\n"},
    {"stop-write-not-null", "D v3 r:b w:b",
     "has a nn\n"
     "run v0 r:a w:a\n"
     "E add b\n"
     "D v1 r:a w:a,b\n"
     "S\n"
     "B b=a distinct\n"
     "K nn b\n"
     "D v2 r:b w:a,b\n"
     "S\n"
     "D v3 r:b w:b\n"
     "S\n"
     "X drop a\n"},
    {"sole-copy-dropped", "X drop-trigger sync; drop a",
     "has a\n"
     "run v0 w:a\n"
     "E add b; trigger sync a>b always changed\n"
     "D v1 w:b\n"
     "S\n"
     "X drop-trigger sync; drop a\n"},
    {"no-return-before-soak", "X drop a",
     "has a,x\n"
     "run v0 r:a,x w:a,x\n"
     "D v1 r:x w:x\n"
     "S\n"
     "D v2 r:x w:x\n"
     "X drop a\n"
     "S\n"},
    {"default-dropped-early", "E add c nn default 1; drop-default c",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add c nn default 1; drop-default c\n"
     "D v1 r:a,c w:a,c\n"
     "S\n"},
    {"trigger-blind-to-default", "E add b default 1; trigger sync a<>b null changed",
     "has a nn default 1\n"
     "run v0 r:a w:a\n"
     "E add b default 1; trigger sync a<>b null changed\n"
     "B b=a distinct\n"
     "D v1 r:b w:b\n"
     "S\n"
     "X drop-trigger sync; drop a\n"},
    {"one-way-trigger-clobbers", "D v1 r:b w:b",
     "has a nn\n"
     "run v0 r:a w:a\n"
     "E add b; trigger sync a>b always always\n"
     "B b=a distinct\n"
     "K nn b\n"
     "D v1 r:b w:b\n"
     "S\n"
     "X drop-trigger sync; drop a\n"},
    {"reverse-sync-missing", "D v2 r:b w:b",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b\n"
     "D v1 r:a w:a,b\n"
     "S\n"
     "B b=a distinct\n"
     "D v2 r:b w:b\n"},
    {"dual-write-gap", "D web/v3 r:b w:b",
     "has a\n"
     "run web/v0 r:a w:a\n"
     "run worker/w0 r:a\n"
     "E add b\n"
     "D web/v1 r:a w:a,b\n"
     "S\n"
     "B b=a distinct\n"
     "D web/v2 r:b w:a,b\n"
     "S\n"
     "D web/v3 r:b w:b\n"},
    {"constrain-before-writers", "K nn-not-valid c",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add c\n"
     "K nn-not-valid c\n"
     "D v1 r:a w:a,c\n"
     "S\n"
     "B c=? null\n"
     "K validate c\n"},
    {"trigger-one-event", "E add b; trigger sync a<>b null never",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b; trigger sync a<>b null never\n"
     "B b=a distinct\n"
     "D v1 r:b w:b\n"
     "S\n"
     "X drop-trigger sync; drop a\n"},
    {"backfill-before-soak", "B b=a distinct",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b\n"
     "D v1 r:a w:a,b\n"
     "S\n"
     "~B b=a distinct\n"
     "D v2 r:b w:a,b\n"},
    {"read-before-fill", "D v2 r:b w:a,b",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b\n"
     "D v1 r:a w:a,b\n"
     "S\n"
     "B b=a distinct\n"
     "~D v2 r:b w:a,b\n"
     "S\n"},
    {"trigger-dropped-early", "X drop-trigger s",
     "has a nn\n"
     "run v0 r:a w:a\n"
     "E add b; trigger s a>b always always\n"
     "B b=a distinct\n"
     "X drop-trigger s\n"
     "X swap a b; drop-nn b\n"
     "X drop b\n"},
    {"read-before-sync", "D v1 r:a,b? w:a,b",
     "has a\n"
     "run v0 r:a w:a\n"
     "E add b\n"
     "D v1 r:a,b? w:a,b\n"
     "S\n"
     "B b=a distinct\n"},
};

static const char *const GOOD[] = {
    /* use-before-exists */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add c\n"
    "D v1 r:a w:a,c\n",
    /* required-column */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add c\n"
    "D v1 r:a w:a,c\n"
    "S\n"
    "B c=? null\n"
    "K nn c\n",
    /* rename-in-use */
    "has a\n"
    "run v0 r:a w:a\n"
    "E rename a b; alias a b\n"
    "D v1 r:b w:b\n"
    "S\n"
    "X drop-alias a\n",
    /* backfill-before-dual-write */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add b\n"
    "D v1 r:a w:a,b\n"
    "S\n"
    "B b=a distinct\n"
    "D v2 r:b w:a,b\n",
    /* trigger-dropped-early */
    "has a nn\n"
    "run v0 r:a w:a\n"
    "E add b; trigger sync a>b always always\n"
    "B b=a distinct\n"
    "K nn b\n"
    "X drop-trigger sync; rename a c; rename b a; drop-nn c\n"
    "S\n"
    "X drop c\n",
    /* one-way-trigger-clobbers */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add b; trigger sync a<>b null changed\n"
    "B b=a distinct\n"
    "D v1 r:b w:b\n"
    "S\n"
    "X drop-trigger sync; drop a\n",
    /* reverse-sync-missing */
    "has a nn\n"
    "run v0 r:a w:a\n"
    "E add b\n"
    "D v1 r:a w:a,b\n"
    "S\n"
    "B b=a distinct\n"
    "K nn b\n"
    "D v2 r:b w:a,b\n"
    "S\n"
    "E drop-nn a\n"
    "D v3 r:b w:b\n"
    "S\n"
    "X drop a\n",
    /* dual-write-gap */
    "has a\n"
    "run web/v0 r:a w:a\n"
    "run worker/w0 r:a w:a\n"
    "E add b\n"
    "D web/v1 r:a w:a,b\n"
    "D worker/w1 r:a w:a,b\n"
    "S\n"
    "B b=a distinct\n"
    "D web/v2 r:b w:a,b\n",
    /* skip-locked-exit */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add b\n"
    "D v1 r:a w:a,b\n"
    "S\n"
    "B b=a distinct skip\n"
    "C b=a\n"
    "D v2 r:b w:a,b\n",
    /* overwrites-live-column */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add c\n"
    "D v1 r:a w:a,c\n"
    "S\n"
    "B c=? null\n"
    "D v2 r:a,c w:a,c\n",
    /* constrain-before-writers */
    "has c\n"
    "property ok of c\n"
    "run v0 r:c w:c\n"
    "D v1 r:c w:c,ok\n"
    "S\n"
    "B ok=? null\n"
    "K check-not-valid ok\n"
    "K validate ok\n",
    /* constrain-before-fill */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add c\n"
    "D v1 r:a w:a,c\n"
    "S\n"
    "B c=? null\n"
    "K nn-not-valid c\n"
    "K validate c\n",
    /* validate-before-fill */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add c\n"
    "D v1 r:a w:a,c\n"
    "S\n"
    "B c=? null\n"
    "C c\n"
    "K nn c\n",
    /* read-before-fill */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add b\n"
    "D v1 r:a w:a,b\n"
    "S\n"
    "B b=a distinct\n"
    "C b=a\n"
    "D v2 r:b w:a,b\n",
    /* drop-in-use */
    "has a,x\n"
    "run v0 r:a,x w:a,x\n"
    "D v1 r:x w:x\n"
    "S\n"
    "X drop a\n",
    /* sole-copy-dropped */
    "has a\n"
    "run v0 w:a\n"
    "E add b; trigger sync a>b always changed\n"
    "B b=a distinct\n"
    "D v1 w:b\n"
    "S\n"
    "X drop-trigger sync; drop a\n",
    /* no-return-before-soak */
    "has a,x\n"
    "run v0 r:a,x w:a,x\n"
    "D v1 r:x w:x\n"
    "S\n"
    "D v2 r:x w:x\n"
    "S\n"
    "X drop a\n",
    /* default-dropped-early */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add c nn default 1\n"
    "D v1 r:a,c w:a,c\n"
    "S\n"
    "E drop-default c\n",
    /* trigger-blind-to-default */
    "has a nn default 1\n"
    "run v0 r:a w:a\n"
    "E add b default 1; trigger sync a<>b different changed\n"
    "B b=a distinct\n"
    "D v1 r:b w:b\n"
    "S\n"
    "X drop-trigger sync; drop a\n",
    /* app-computed */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add code\n"
    "D v1 r:a w:a,code\n"
    "S\n"
    "B code=? null\n"
    "C code\n"
    "K check-not-valid code\n"
    "K validate code\n"
    "K nn code\n"
    "K drop-check code\n"
    "D v2 r:a,code w:a,code\n"
    "S\n",
    /* bigint */
    "has a nn default 7\n"
    "run v0 r:a w:a\n"
    "E add b nn default 1; trigger sync a>b always always\n"
    "B b=a distinct\n"
    "C b=a\n"
    "X drop-trigger sync; drop-default a; drop-default b; drop-nn a; rename a old; rename b a; "
    "set-default a 7\n"
    "S\n"
    "X drop old\n",
    /* default */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add plan nn default 1\n"
    "D v1 r:a,plan w:a,plan\n"
    "S\n",
    /* fk */
    "has c\n"
    "key fk of c\n"
    "run v0 r:c w:c\n"
    "D v1 r:c w:c,fk\n"
    "S\n"
    "K check-not-valid fk\n"
    "B fk=? null\n"
    "C fk\n"
    "K validate fk\n",
    /* smallest */
    "has id\n"
    "run v0 r:id w:id\n"
    "E add nickname\n"
    "D v1 r:id,nickname w:id,nickname\n",
    /* split */
    "apart contacts.email\n"
    "has users.email nn, users.other\n"
    "run v0 r:users.email w:users.email\n"
    "E add contacts.email nn\n"
    "E trigger sync users.email<>contacts.email changed changed\n"
    "B contacts.email=users.email null\n"
    "C contacts.email=users.email\n"
    "D v1 r:contacts.email w:contacts.email,users.email\n"
    "S\n"
    "E drop-nn users.email; drop-trigger sync; trigger sync2 users.email<>contacts.email changed "
    "changed skipnull\n"
    "D v2 r:contacts.email w:contacts.email,users.other\n"
    "S\n"
    "X drop-trigger sync2; drop users.email\n",
    /* viewfirst */
    "has users.a\n"
    "run v0 r:users.a w:users.a\n"
    "E alias customers.a users.a\n"
    "D v1 r:customers.a w:customers.a\n"
    "S\n"
    "X drop-alias customers.a; rename users.a customers.a\n",
    /* volatile */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add token | set-default token 5\n"
    "B token=? null\n"
    "C token\n"
    "K check-not-valid token\n"
    "K validate token\n"
    "K nn token\n"
    "K drop-check token\n"
    "D v1 r:a,token w:a\n",
    /* a deploy while the backfill runs */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add b\n"
    "D v1 r:a w:a,b\n"
    "S\n"
    "B b=a distinct\n"
    "~D v2 r:a w:a,b\n"
    "C b=a\n"
    "D v3 r:b w:a,b\n"
    "S\n",
    /* a column that is nobody's copy */
    "has a\n"
    "run v0 r:a w:a\n"
    "E add b\n"
    "D v1 r:a,b? w:a\n",
    /* an app that inserts rows without any value */
    "has a\n"
    "run web/v0 r:a w:a\n"
    "run worker/w0 w:-\n"
    "E add b\n"
    "D web/v1 r:a w:a,b\n"
    "S\n"
    "B b=a distinct\n"
    "C b=a\n"
    "D web/v2 r:b w:a,b\n",
};

static const ls_model_verdict *verify(ls_arena *arena, const char *plan) {
    const ls_model_verdict *verdict = ls_model_verify(arena, ls_notation_read(arena, plan), 0);
    assert_true(verdict->complete);
    return verdict;
}

static void each_bad_plan_has_its_cause_alone(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        ls_arena *arena = ls_arena_new();
        const ls_model *model = ls_notation_read(arena, BAD[i].plan);
        const ls_model_verdict *verdict = ls_model_verify(arena, model, 0);
        if (verdict->findings.count != 1)
            fail_msg("%s: %u findings in\n%s", BAD[i].rule, verdict->findings.count, BAD[i].plan);
        const ls_model_finding *finding = verdict->findings.items;
        assert_string_equal(ls_cause_rule(finding->cause), BAD[i].rule);
        assert_true(finding->stage != LS_NONE);
        assert_string_equal(model->stages.items[finding->stage].name, BAD[i].at);
        ls_arena_free(arena);
    }
}

static void each_good_plan_has_none(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        ls_arena *arena = ls_arena_new();
        const ls_model_verdict *verdict = verify(arena, GOOD[i]);
        if (verdict->findings.count != 0)
            fail_msg("%s in\n%s", ls_cause_rule(verdict->findings.items[0].cause), GOOD[i]);
        ls_arena_free(arena);
    }
}

/* Every rule that the model decides is in the list above, but for those that need no trace. */
static void every_cause_has_a_bad_plan(void **state) {
    (void)state;
    for (int cause = 0; cause < LS_CAUSE_COUNT; cause++) {
        const char *rule = ls_cause_rule((ls_cause)cause);
        bool found = rule == NULL;
        for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
            found |= rule != NULL && strcmp(rule, BAD[i].rule) == 0;
        if (!found)
            fail_msg("no plan has %s", rule);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bad_plan_has_its_cause_alone),
        cmocka_unit_test(each_good_plan_has_none),
        cmocka_unit_test(every_cause_has_a_bad_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
