/*
 * advised.h - the help of a finding, in the place of the statement that it is about.
 */
#ifndef TESTS_RULES_ADVISED_H
#define TESTS_RULES_ADVISED_H

#include "rules/example.h"

typedef struct {
    ls_example_migrations migrations; /* history; what stands before the statement; the help */
    uint32_t history_count;
    uint32_t prelude_count; /* 1 if anything stands before the statement */
    bool comments_alone;    /* the help has no statement */
} ls_advised;

/* The finding must have a help. What stood before its statement is one migration, without the
 * example's own BEGIN and COMMIT: a help says where it needs them. */
ls_advised ls_take_advice(ls_arena *arena, const ls_rule_example *example,
                          const ls_finding *finding);

/* Calls `follow` with each finding of the rule in its bad example and the help taken; what has no
 * help fails. */
typedef void ls_follow_advice(ls_arena *arena, const ls_example_test *test,
                              const ls_finding *finding, const ls_advised *advised);
void ls_each_advice(const ls_example_test *test, ls_follow_advice *follow);

#endif
