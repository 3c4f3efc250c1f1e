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

/*
 * `size` zeroed bytes straight from the system, a multiple of LS_PAGES_UNIT; the caller gives them
 * back with ls_give_back_pages. Where the system has huge pages they are used: a large input
 * touches so much fresh memory that it spends more time on page faults than on its work.
 */
enum { LS_PAGES_UNIT = 2 << 20 };
void *ls_take_pages(size_t size);
void ls_give_back_pages(void *pages, size_t size);

/* Says so on standard error and exits with 2. */
_Noreturn void ls_out_of_memory(void);

#endif
