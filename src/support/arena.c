/*
 * arena.c - blocks that are handed out from their start on.
 *
 * What is not handed out yet is zero in every block: fresh memory comes so from the system without
 * being touched, and a block that is used again is cleared as far as it was used.
 */
#include "support/arena.h"

#include "support/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct block block;
struct block {
    block *next;
    size_t size, used;
    alignas(LS_ARENA_ALIGNMENT) unsigned char bytes[];
};

/* With the block's head. Blocks double up to the largest small one; after it comes a huge page at
 * once, which costs the system less than half a megabyte of small pages does. */
enum {
    FIRST_BLOCK = 1 << 10,
    LARGEST_SMALL = 128 << 10,
    LARGEST_BLOCK = LS_HUGE_PAGE,
    LARGEST_SHARED = LARGEST_BLOCK / 4
};

struct ls_arena {
    block *current;
    size_t handed_out;
    const void *last; /* the last allocation, and the size that was asked for */
    size_t last_size;
};

/* A block of so many bytes, its head among them: from the heap, or if it is large in whole pages.
 */
static block *new_block(size_t whole, block *next) {
    bool paged = whole >= LS_PAGES_LEAST;
    if (paged)
        whole = (whole + LS_PAGES_LEAST - 1) / LS_PAGES_LEAST * LS_PAGES_LEAST;
    block *fresh = paged ? ls_take_pages(whole) : ls_allocate_zeroed(whole);
    fresh->next = next;
    fresh->size = whole - sizeof(block);
    return fresh;
}

ls_arena *ls_arena_new(void) {
    ls_arena *arena = ls_allocate_zeroed(sizeof *arena);
    arena->current = new_block(FIRST_BLOCK, NULL);
    return arena;
}

static void free_blocks(block *at) {
    while (at != NULL) {
        block *next = at->next;
        size_t whole = sizeof(block) + at->size;
        if (whole >= LS_PAGES_LEAST)
            ls_give_back_pages(at, whole);
        else
            free(at);
        at = next;
    }
}

void ls_arena_free(ls_arena *arena) {
    if (arena == NULL)
        return;
    free_blocks(arena->current);
    free(arena);
}

void ls_arena_clear(ls_arena *arena) {
    block *kept = arena->current;
    free_blocks(kept->next);
    kept->next = NULL;
    memset(kept->bytes, 0, kept->used);
    kept->used = 0;
    arena->handed_out = 0;
    arena->last = NULL;
}

void ls_arena_adopt(ls_arena *arena, ls_arena *other) {
    block *last = other->current;
    while (last->next != NULL)
        last = last->next;
    last->next = arena->current->next;
    arena->current->next = other->current;
    arena->handed_out += other->handed_out;
    free(other);
}

/* A block that fits `size`; one larger than the usual step goes behind the current block, whose
 * free room is then not lost. */
static block *block_for(ls_arena *arena, size_t size) {
    block *current = arena->current;
    if (current->size - current->used >= size)
        return current;
    const size_t needed = sizeof(block) + size;
    if (size > LARGEST_SHARED) {
        current->next = new_block(needed, current->next);
        return current->next;
    }
    size_t step = (sizeof(block) + current->size) * 2;
    if (step > LARGEST_SMALL)
        step = LARGEST_BLOCK;
    arena->current = new_block(step < needed ? needed : step, current);
    return arena->current;
}

static void *hand_out(ls_arena *arena, size_t size, size_t alignment) {
    if (size > SIZE_MAX / 2)
        ls_out_of_memory();
    block *room = block_for(arena, size + alignment - 1);
    size_t gap = -room->used & (alignment - 1);
    void *result = room->bytes + room->used + gap;
    room->used += gap + size;
    arena->handed_out += gap + size;
    arena->last = result;
    arena->last_size = size;
    return result;
}

void *ls_arena_alloc(ls_arena *arena, size_t size) {
    return hand_out(arena, size, LS_ARENA_ALIGNMENT);
}

bool ls_arena_extend(ls_arena *arena, const void *memory, size_t size, size_t larger) {
    block *current = arena->current;
    if (memory != arena->last || size != arena->last_size)
        return false;
    size_t more = larger - size;
    const unsigned char *end = (const unsigned char *)memory + size;
    if (end != current->bytes + current->used || more > current->size - current->used)
        return false;
    current->used += more;
    arena->handed_out += more;
    arena->last_size = larger;
    return true;
}

void ls_arena_give_back(ls_arena *arena, const void *memory, size_t size) {
    if (size <= LARGEST_SHARED)
        return;
    for (block **at = &arena->current->next; *at != NULL; at = &(*at)->next) {
        block *own = *at;
        if (own->bytes != memory || own->used != size)
            continue;
        *at = own->next;
        own->next = NULL;
        free_blocks(own);
        return;
    }
}

char *ls_arena_copy(ls_arena *arena, const char *text, size_t length) {
    char *copy = hand_out(arena, length + 1, 1);
    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *ls_arena_string(ls_arena *arena, const char *text) {
    return text == NULL ? NULL : ls_arena_copy(arena, text, strlen(text));
}

static size_t joined_length(const char *first, va_list others) {
    size_t length = 0;
    for (const char *text = first; text != NULL; text = va_arg(others, const char *))
        length += strlen(text);
    return length;
}

char *ls_arena_join(ls_arena *arena, const char *first, ...) {
    va_list others, again;
    va_start(others, first);
    va_copy(again, others);
    char *joined = hand_out(arena, joined_length(first, others) + 1, 1), *end = joined;
    for (const char *text = first; text != NULL; text = va_arg(again, const char *))
        end = stpcpy(end, text);
    va_end(again);
    va_end(others);
    return joined;
}

/* Most texts are short: they are formatted once, and copied. */
char *ls_arena_vformat(ls_arena *arena, const char *format, va_list arguments) {
    enum { SHORT = 256 };
    char room[SHORT];
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(room, sizeof room, format, arguments);
    char *text = hand_out(arena, length < 0 ? 1 : (size_t)length + 1, 1);
    if (length >= SHORT)
        vsnprintf(text, (size_t)length + 1, format, again);
    else if (length > 0)
        memcpy(text, room, (size_t)length);
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
