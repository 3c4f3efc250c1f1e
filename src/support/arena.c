#include "support/arena.h"

#include "support/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20 };

typedef struct block block;
struct block {
    block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct ls_arena {
    block *current;
    size_t handed_out;
};

static block *new_block(size_t size, block *next) {
    block *fresh = ls_allocate(sizeof(block) + size);
    fresh->next = next;
    fresh->size = size;
    fresh->used = 0;
    return fresh;
}

ls_arena *ls_arena_new(void) {
    ls_arena *arena = ls_allocate(sizeof *arena);
    arena->current = new_block(FIRST_BLOCK, NULL);
    arena->handed_out = 0;
    return arena;
}

void ls_arena_free(ls_arena *arena) {
    if (arena == NULL)
        return;
    for (block *at = arena->current; at != NULL;) {
        block *next = at->next;
        free(at);
        at = next;
    }
    free(arena);
}

/* A block that fits `size`; one larger than the usual step goes behind the current block, whose
 * free room is then not lost. */
static block *block_for(ls_arena *arena, size_t size) {
    block *current = arena->current;
    if (current->size - current->used >= size)
        return current;
    if (size > LARGEST_STEP / 4) {
        current->next = new_block(size, current->next);
        return current->next;
    }
    size_t step = current->size < LARGEST_STEP ? current->size * 2 : LARGEST_STEP;
    arena->current = new_block(step < size ? size : step, current);
    return arena->current;
}

void *ls_arena_alloc(ls_arena *arena, size_t size) {
    const size_t alignment = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        ls_out_of_memory();
    size_t rounded = (size + alignment - 1) & ~(alignment - 1);
    block *room = block_for(arena, rounded);
    void *result = room->bytes + room->used;
    room->used += rounded;
    arena->handed_out += rounded;
    return memset(result, 0, rounded);
}

char *ls_arena_copy(ls_arena *arena, const char *text, size_t length) {
    char *copy = ls_arena_alloc(arena, length + 1);
    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *ls_arena_string(ls_arena *arena, const char *text) {
    return text == NULL ? NULL : ls_arena_copy(arena, text, strlen(text));
}

char *ls_arena_vformat(ls_arena *arena, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0)
        length = 0;
    char *text = ls_arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *ls_arena_format(ls_arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = ls_arena_vformat(arena, format, arguments);
    va_end(arguments);
    return text;
}

size_t ls_arena_used(const ls_arena *arena) {
    return arena->handed_out;
}
