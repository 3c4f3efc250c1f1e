#define _DEFAULT_SOURCE /* MAP_ANONYMOUS and madvise are not in POSIX */

#include "support/memory.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/*
 * Huge pages that were given back, a run of neighbours each. To clear one anew is many times
 * cheaper than to have another from the system, above all on a virtual machine that must ask its
 * host.
 */
typedef struct run run;
struct run {
    run *next;
    size_t size;
};

static struct {
    pthread_mutex_t lock;
    run *first;
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* Takes the end of the first run that is long enough; NULL if none is. */
static void *take_kept(size_t size) {
    void *pages = NULL;
    pthread_mutex_lock(&kept.lock);
    for (run **at = &kept.first; pages == NULL && *at != NULL; at = &(*at)->next) {
        run *found = *at;
        if (found->size < size)
            continue;
        found->size -= size;
        pages = (unsigned char *)found + found->size;
        if (found->size == 0)
            *at = found->next;
        break;
    }
    pthread_mutex_unlock(&kept.lock);
    return pages;
}

static void keep(void *pages, size_t size) {
    run *given = pages;
    pthread_mutex_lock(&kept.lock);
    *given = (run){.next = kept.first, .size = size};
    kept.first = given;
    pthread_mutex_unlock(&kept.lock);
}

static void *take_huge_pages(size_t size) {
    void *pages = size % LS_HUGE_PAGE == 0 ? take_kept(size) : NULL;
    return pages != NULL ? memset(pages, 0, size) : map_huge_pages(size);
}

void *ls_take_pages(size_t size) {
    return size >= LS_HUGE_PAGE ? take_huge_pages(size) : map(size, MAP_POPULATE);
}

void ls_give_back_pages(void *pages, size_t size) {
    const size_t whole = size / LS_HUGE_PAGE * LS_HUGE_PAGE;
    if (whole > 0)
        keep(pages, whole);
    if (whole < size)
        munmap((unsigned char *)pages + whole, size - whole);
}

void *ls_reallocate(void *memory, size_t size) {
    void *larger = realloc(memory, size > 0 ? size : 1);
    if (larger == NULL)
        ls_out_of_memory();
    return larger;
}
