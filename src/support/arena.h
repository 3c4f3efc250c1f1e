/*
 * arena.h - memory that is freed all at once.
 *
 * Everything that hangs on an analysed text, on the catalog or on a report lives in an arena and
 * dies with it; nothing in it is freed singly. An allocation never returns NULL: when memory runs
 * out, the process ends with a message on standard error and exit code 2.
 */
#ifndef LS_SUPPORT_ARENA_H
#define LS_SUPPORT_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct ls_arena ls_arena;

/* An empty arena; the caller frees it with ls_arena_free. */
ls_arena *ls_arena_new(void);

/* Frees the arena and all that was allocated in it. NULL is allowed. */
void ls_arena_free(ls_arena *arena);

/* Frees all that was allocated in the arena, which can be used again: with the memory that it had
 * last, so that work done over and over in one arena stays in the processor's cache. */
void ls_arena_clear(ls_arena *arena);

/* What was allocated in `other` belongs to `arena` from now on; `other` itself is gone. */
void ls_arena_adopt(ls_arena *arena, ls_arena *other);

/* `size` zeroed bytes, aligned for any type that the project uses: pointers and 64-bit numbers. */
enum { LS_ARENA_ALIGNMENT = 8 };
void *ls_arena_alloc(ls_arena *arena, size_t size) __attribute__((returns_nonnull));

/* Makes an allocation of `size` bytes larger where it stands; false if it is not the last one, or
 * has no room behind it. */
bool ls_arena_extend(ls_arena *arena, const void *memory, size_t size, size_t larger);

/* An allocation of `size` bytes is no longer used. A large one goes back to the system at once,
 * where it has pages of its own; all else stays until the arena is freed. NULL is allowed. */
void ls_arena_give_back(ls_arena *arena, const void *memory, size_t size);

/* A NUL-terminated copy of `length` bytes of `text`. */
char *ls_arena_copy(ls_arena *arena, const char *text, size_t length);

/* A NUL-terminated copy of `text`; NULL stays NULL. */
char *ls_arena_string(ls_arena *arena, const char *text);

/* Texts one behind the other; NULL ends them. */
char *ls_arena_join(ls_arena *arena, const char *first, ...) __attribute__((sentinel));

/* printf into the arena. */
char *ls_arena_format(ls_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *ls_arena_vformat(ls_arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Bytes handed out so far, for benchmarks and tests. */
size_t ls_arena_used(const ls_arena *arena);

#define LS_NEW(arena, type)              ((type *)ls_arena_alloc((arena), sizeof(type)))
#define LS_NEW_ARRAY(arena, type, count) ((type *)ls_arena_alloc((arena), sizeof(type) * (count)))

#endif
