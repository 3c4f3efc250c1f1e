/*
 * same.h - whether two texts are the same.
 *
 * Names are compared far more often than anything else is done with them, and most differ in their
 * first byte: for those no function is called.
 */
#ifndef LS_SUPPORT_SAME_H
#define LS_SUPPORT_SAME_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool ls_same_text(const char *left, const char *right) {
    return *left == *right && strcmp(left, right) == 0;
}

/* Either may be NULL, which is the same as NULL alone. */
static inline bool ls_same_name(const char *left, const char *right) {
    return left == right || (left != NULL && right != NULL && ls_same_text(left, right));
}

#endif
