/*
 * catalog_empty.h - each test begins with an empty catalog, which is its state.
 */
#ifndef LS_TESTS_CATALOG_EMPTY_H
#define LS_TESTS_CATALOG_EMPTY_H

#include "catalog/catalog.h"

/* Of what the first statement of a history made. */
static const ls_birth birth = {.known = true, .transaction = 1};

static inline int set_up(void **state) {
    *state = ls_catalog_new();
    return 0;
}

static inline int tear_down(void **state) {
    ls_catalog_free(*state);
    return 0;
}

#endif
