#include "support/sort.h"

#include <stdbool.h>
#include <stdlib.h>

static bool is_sorted(const char *items, size_t count, size_t item_size,
                      int (*compare)(const void *, const void *)) {
    for (size_t i = 1; i < count; i++)
        if (compare(items + (i - 1) * item_size, items + i * item_size) > 0)
            return false;
    return true;
}

void ls_sort(void *items, size_t count, size_t item_size,
             int (*compare)(const void *, const void *)) {
    if (!is_sorted(items, count, item_size, compare))
        qsort(items, count, item_size, compare);
}
