#define _DEFAULT_SOURCE /* MAP_ANONYMOUS and madvise are not in POSIX */

#include "support/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { EXIT_JOB_NOT_DONE = 2 };

_Noreturn void ls_out_of_memory(void) {
    fputs("lockstep: out of memory\n", stderr);
    exit(EXIT_JOB_NOT_DONE);
}

void *ls_allocate(size_t size) {
    void *memory = malloc(size > 0 ? size : 1);
    if (memory == NULL)
        ls_out_of_memory();
    return memory;
}

void *ls_allocate_zeroed(size_t size) {
    void *memory = calloc(1, size > 0 ? size : 1);
    if (memory == NULL)
        ls_out_of_memory();
    return memory;
}

static void *map(size_t size, int flags) {
    void *mapped =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
    if (mapped == MAP_FAILED)
        ls_out_of_memory();
    return mapped;
}

/* Huge pages need their alignment, which the system does not promise: it is cut out of more. */
static void *map_huge_pages(size_t size) {
    unsigned char *mapped = map(size + LS_HUGE_PAGE, 0);
    size_t before = LS_HUGE_PAGE - (uintptr_t)mapped % LS_HUGE_PAGE;
    unsigned char *pages = mapped + before;
    munmap(mapped, before);
    if (before < LS_HUGE_PAGE)
        munmap(pages + size, LS_HUGE_PAGE - before);
#ifdef MADV_HUGEPAGE
    madvise(pages, size, MADV_HUGEPAGE);
#endif
    return pages;
}

#ifndef MAP_POPULATE
#define MAP_POPULATE 0
#endif

void *ls_take_pages(size_t size) {
    return size >= LS_HUGE_PAGE ? map_huge_pages(size) : map(size, MAP_POPULATE);
}

void ls_give_back_pages(void *pages, size_t size) {
    munmap(pages, size);
}

void *ls_reallocate(void *memory, size_t size) {
    void *larger = realloc(memory, size > 0 ? size : 1);
    if (larger == NULL)
        ls_out_of_memory();
    return larger;
}
