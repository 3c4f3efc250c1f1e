/*
 * memory.h - allocation that cannot fail silently.
 *
 * The process ends with a message and exit code 2 when memory runs out: a linter has nothing to
 * save, and a caller that checks nothing is simpler than one that checks and forgets once.
 */
#ifndef LS_SUPPORT_MEMORY_H
#define LS_SUPPORT_MEMORY_H

#include <stddef.h>

/* malloc, calloc and realloc that never return NULL; the caller frees. */
void *ls_allocate(size_t size);
void *ls_allocate_zeroed(size_t size);
void *ls_reallocate(void *memory, size_t size);

/* Says so on standard error and exits with 2. */
_Noreturn void ls_out_of_memory(void);

#endif
