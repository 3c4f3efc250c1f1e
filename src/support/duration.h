/*
 * duration.h - lengths of time as PostgreSQL's settings are written.
 */
#ifndef LS_SUPPORT_DURATION_H
#define LS_SUPPORT_DURATION_H

#include <stdbool.h>

/* A timeout that somebody may have set. */
typedef struct {
    bool given;
    int milliseconds; /* 0: no limit */
} ls_duration;

/* `5s`, `500ms`, `2 min`, `0`: a whole number and one of PostgreSQL's units, where none is
 * milliseconds. False if it is not that, or is longer than a setting can be. */
bool ls_duration_read(const char *text, int *milliseconds);

/* The same as a regular expression (ECMA 262), for texts with a unit. */
extern const char ls_duration_pattern[];

/* Given, and not to 0. */
static inline bool ls_duration_limits(ls_duration duration) {
    return duration.given && duration.milliseconds > 0;
}

#endif
