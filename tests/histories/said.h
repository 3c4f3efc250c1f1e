/*
 * said.h - lockstep's catalog as items, in the words of server.sql.
 */
#ifndef LS_TESTS_HISTORIES_SAID_H
#define LS_TESTS_HISTORIES_SAID_H

#include "catalog/catalog.h"
#include "histories/items.h"

/* All that exists, temporary relations excepted, sorted. The names and values are in the items'
 * arena or the catalog's. */
ls_items ls_items_said(ls_arena *arena, ls_catalog *catalog);

#endif
