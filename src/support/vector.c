#include "support/vector.h"

#include "support/memory.h"

#include <string.h>

/* Of large items there is mostly one. */
static uint32_t first_capacity(size_t item_size) {
    enum { FIRST_BYTES = 32 };
    return item_size < FIRST_BYTES ? FIRST_BYTES / (uint32_t)item_size : 1;
}

void *ls_vector_grow(ls_arena *arena, void *items, size_t item_size, uint32_t count,
                     uint32_t *capacity) {
    uint32_t old = *capacity;
    if (old > UINT32_MAX / 2)
        ls_out_of_memory();
    *capacity = old == 0 ? first_capacity(item_size) : old * 2;
    if (old > 0 && old == count &&
        ls_arena_extend(arena, items, item_size * old, item_size * *capacity))
        return items;
    void *larger = ls_arena_alloc(arena, item_size * *capacity);
    if (count > 0)
        memcpy(larger, items, item_size * count);
    return larger;
}
