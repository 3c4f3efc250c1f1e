/*
 * pages.h - memory straight from the system, whole pages at a time.
 *
 * A fault for every page costs many times what clearing it does: less than a huge page comes with
 * all its pages at once, and more in huge pages, where the system has them, as they are touched.
 * Clearing a huge page is a fifth of a millisecond, on a virtual machine often ten times that, in
 * which whoever touches it first stands still. A process that has taken many of them is going to
 * take more: from then on a thread of its own keeps a few ready that are cleared.
 */
#ifndef LS_SUPPORT_PAGES_H
#define LS_SUPPORT_PAGES_H

#include <stddef.h>

enum { LS_PAGES_LEAST = 64 << 10, LS_HUGE_PAGE = 2 << 20 };

/* `size` zeroed bytes, a multiple of LS_PAGES_LEAST; the caller gives them back with
 * ls_give_back_pages. Ends the process as memory.h does where there are none. */
void *ls_take_pages(size_t size);
void ls_give_back_pages(void *pages, size_t size);

#endif
