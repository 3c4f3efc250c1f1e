/*
 * ddl_cases.h - tables of cases: after a history, what a statement does.
 *
 * On top of effects_harness.h; "public." is left out of the expected lines. A statement that may
 * not run in a transaction block has a test of its own (forbidden).
 */
#ifndef LS_TESTS_DDL_CASES_H
#define LS_TESTS_DDL_CASES_H

#include "effects_harness.h"

typedef struct {
    const char *history, *sql, *expected;
    int postgres; /* 0: 15 */
} ddl_case;

static inline const char *without_public(const char *line) {
    static const char schema[] = "public.";
    const size_t length = sizeof schema - 1;
    char *text = ls_arena_string(story.arena, line);
    for (char *at = strstr(text, schema); at != NULL; at = strstr(at, schema))
        memmove(at, at + length, strlen(at + length) + 1);
    return text;
}

static inline void check_cases(const ddl_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const int postgres = cases[i].postgres == 0 ? 15 : cases[i].postgres;
        const char *line = without_public(does(postgres, cases[i].history, cases[i].sql));
        if (strcmp(line, cases[i].expected) != 0)
            fail_msg("%s\n  after    %s\n  expected %s\n  but does %s (on %d)", cases[i].sql,
                     cases[i].history, cases[i].expected, line, postgres);
    }
}

#define CHECK_CASES(cases) check_cases((cases), sizeof(cases) / sizeof *(cases))

static inline const ls_relation *relation(const char *name) {
    return ls_catalog_find(ls_replay_catalog(story.replay), NULL, name);
}

static inline const ls_catalog_type *type_named(const char *name) {
    return ls_catalog_find_type(ls_replay_catalog(story.replay), NULL, name);
}

#endif
