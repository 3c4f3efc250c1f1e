/*
 * items.h - a catalog told as items, and two of them compared.
 *
 * An item is one object of a catalog: its kind, its name, the relation or type that it belongs to,
 * and facts about it by name. A fact that is NULL or empty is as good as none; one that is UNKNOWN
 * is not compared. An item that is open may own more than is known, if only its constraints are
 * open constraints and indexes; one that is supposed may not be there.
 */
#ifndef LS_TESTS_HISTORIES_ITEMS_H
#define LS_TESTS_HISTORIES_ITEMS_H

#include "support/buffer.h"
#include "support/vector.h"

#include <stdbool.h>

#define UNKNOWN "?"

typedef struct {
    const char *name, *value;
} ls_fact;

typedef struct {
    const char *kind, *name, *owner;
    bool open, supposed, constraints_open;
    LS_VECTOR(ls_fact) facts;
} ls_item;

/* In order of kind and name once they are sorted. */
typedef struct {
    ls_arena *arena;
    LS_VECTOR(ls_item) list;
} ls_items;

/* A new item at the end of the list, until the next one comes. */
ls_item *ls_items_add(ls_items *items, const char *kind, const char *name, const char *owner);
void ls_item_fact(ls_items *items, ls_item *item, const char *name, const char *value);
void ls_items_sort(ls_items *items);

/* One line an item, without what is empty. */
void ls_items_print(ls_buffer *out, const ls_items *items);

/* How often items of a kind were compared, and what came of it. */
typedef struct {
    const char *kind;
    size_t equal, different, unknown;
} ls_tally_line;

typedef struct {
    ls_arena *arena; /* that of the kinds' names lives at least as long */
    LS_VECTOR(ls_tally_line) lines;
} ls_tally;

/* What a server has and what lockstep says, both sorted, item by item; differences go to `out`, a
 * line for each. An item is unknown if a fact of it is, or if it is missing and its owner is open.
 */
void ls_items_compare(ls_buffer *out, ls_tally *tally, const ls_items *server,
                      const ls_items *lockstep);

#endif
