/*
 * traffic.h - the statements of each playbook's app versions.
 *
 * A version follows what the plan says of it: it reads and writes the columns that its stage lists,
 * and of other columns those that a table needs. Each playbook is about one value a row; what is
 * written is different in every write, so that an old value can be told from the last one.
 */
#ifndef LS_TESTS_TRAFFIC_H
#define LS_TESTS_TRAFFIC_H

#include <stdbool.h>

enum { LS_MOST_LABELS = 4, LS_MOST_OTHERS = 2 };

/* In a statement `$1` stands for the row's number and `$2` for the value. Several statements in one
 * text are one transaction. */
typedef struct {
    const char *label;                  /* NULL: there are no more */
    bool silent;                        /* leaves the value alone in what it inserts and updates */
    const char *insert;                 /* what it returns, if anything, is the value */
    const char *update;                 /* of the value; NULL: never */
    const char *touch;                  /* leaves the plan's columns alone */
    const char *remove;                 /* NULL: never */
    const char *read;                   /* number and value of all rows, or their numbers alone */
    const char *others[LS_MOST_OTHERS]; /* that must not fail; about rows of their own, below 0 */
    const char *values[LS_MOST_LABELS]; /* one of these is written; none: the number of the write */
} ls_traffic;

typedef struct {
    const char *playbook;
    bool filled;        /* a row whose value no version has written has one all the same */
    const char *before; /* rows of other tables; NULL: none */
    ls_traffic versions[4];
} ls_playbook_traffic;

/* NULL if the playbook has none. */
const ls_playbook_traffic *ls_traffic_of(const char *playbook);
const ls_traffic *ls_traffic_of_version(const ls_playbook_traffic *playbook, const char *label);

#endif
