/*
 * vector.h - growing arrays in an arena.
 *
 * LS_VECTOR(type) is a struct of items and count; a zeroed one is empty. LS_PUSH may move the
 * items: keep indexes, not pointers, while one grows. The old items stay in the arena until it
 * is freed. A statement's model has dozens of vectors, so they are small: what a source of less
 * than 4 GiB holds can be counted in 32 bits.
 */
#ifndef LS_SUPPORT_VECTOR_H
#define LS_SUPPORT_VECTOR_H

#include "support/arena.h"

#include <stdint.h>

#define LS_VECTOR(type)                                                                            \
    struct {                                                                                       \
        type *items;                                                                               \
        uint32_t count, capacity;                                                                  \
    }

/* Appends a value. */
#define LS_PUSH(arena, vector, value)                                                              \
    do {                                                                                           \
        if ((vector)->count == (vector)->capacity)                                                 \
            (vector)->items = ls_vector_grow((arena), (vector)->items, sizeof *(vector)->items,    \
                                             (vector)->count, &(vector)->capacity);                \
        (vector)->items[(vector)->count++] = (value);                                              \
    } while (0)

/* The same where nobody has a copy of the vector: the room of many items, once they have moved,
 * goes back at once. */
#define LS_PUSH_SOLE(arena, vector, value)                                                         \
    do {                                                                                           \
        const void *const old_ = (vector)->items;                                                  \
        const size_t old_size_ = sizeof *(vector)->items * (vector)->capacity;                     \
        LS_PUSH((arena), (vector), (value));                                                       \
        if ((vector)->items != old_)                                                               \
            ls_arena_give_back((arena), old_, old_size_);                                          \
    } while (0)

/* Room for so many items in an empty vector, where it is known how many there will be. */
#define LS_RESERVE(arena, vector, wanted)                                                          \
    do {                                                                                           \
        (vector)->capacity = (uint32_t)(wanted);                                                   \
        (vector)->items = ls_arena_alloc((arena), sizeof *(vector)->items * (vector)->capacity);   \
    } while (0)

/* for (LS_EACH(const ls_column, column, table->columns)); __typeof__ makes pointers possible as
 * the type. Nothing is added to the items of an empty vector: they may be NULL. */
#define LS_EACH(type, name, vector)                                                                \
    __typeof__(type) *name = (vector).items, *const name##_end = (vector).count == 0               \
                                                                     ? name                        \
                                                                     : name + (vector).count;      \
    name != name##_end;                                                                            \
    name++

/* For LS_PUSH alone: room for more items than `count`, with the old ones in it. */
void *ls_vector_grow(ls_arena *arena, void *items, size_t item_size, uint32_t count,
                     uint32_t *capacity) __attribute__((returns_nonnull));

#endif
