#include "support/vector.h"

#include <string.h>

void *ls_vector_grow(ls_arena *arena, const void *items, size_t item_size, size_t count,
                     size_t *capacity) {
    *capacity = *capacity == 0 ? 4 : *capacity * 2;
    void *larger = ls_arena_alloc(arena, item_size * *capacity);
    if (count > 0)
        memcpy(larger, items, item_size * count);
    return larger;
}
