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
 * `size` zeroed bytes straight from the system, a multiple of LS_PAGES_LEAST; the caller gives them
 * back with ls_give_back_pages. A fault for every page costs many times what clearing it does: less
 * than a huge page comes with all its pages at once, and more in huge pages, where the system has
 * them, as they are touched.
 */
enum { LS_PAGES_LEAST = 64 << 10, LS_HUGE_PAGE = 2 << 20 };
void *ls_take_pages(size_t size);
void ls_give_back_pages(void *pages, size_t size);

/* Says so on standard error and exits with 2. */
_Noreturn void ls_out_of_memory(void);

#endif
