/*
 * alter_samples.h - tables of samples: after a history, what a change does on PostgreSQL 15, as a
 * line of effects_harness.h.
 */
#ifndef LS_TESTS_ALTER_SAMPLES_H
#define LS_TESTS_ALTER_SAMPLES_H

#include "effects_harness.h"

typedef struct {
    const char *history, *change, *outcome;
} sample;

static inline void check(const sample *samples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *outcome = does(15, samples[i].history, samples[i].change);
        if (strcmp(outcome, samples[i].outcome) != 0)
            print_error("%s\n%s\n", samples[i].history, samples[i].change);
        assert_string_equal(outcome, samples[i].outcome);
    }
}

#define CHECK(samples) check(samples, sizeof samples / sizeof *samples)

#endif
