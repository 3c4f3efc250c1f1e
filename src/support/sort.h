/*
 * sort.h - qsort for what mostly stands in order already: names as directories give them, findings
 * as they are made.
 */
#ifndef LS_SUPPORT_SORT_H
#define LS_SUPPORT_SORT_H

#include <stddef.h>

/* Sorts as qsort does; one comparison an item if they are in order. No items may be NULL. */
void ls_sort(void *items, size_t count, size_t item_size,
             int (*compare)(const void *, const void *));

#endif
