/*
 * pages.c - huge pages, and the thread that has some ready.
 *
 * The thread is begun by the page that makes it worth while, sleeps as long as enough are ready,
 * and is ended, with what it has ready given back, when the process exits. It never ends the
 * process itself: where there is no memory it is done, and whoever needs a page finds that out.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS and madvise are not in POSIX */

#include "support/pages.h"

#include "support/memory.h"
#include "support/processors.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

/* In pages: so many are taken before any is made ready, and then so many are. */
enum { WORTH_HELP = 8, MOST_READY = 4 };

static void *map(size_t size, int flags) {
    void *mapped =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
    return mapped == MAP_FAILED ? NULL : mapped;
}

/* Huge pages need their alignment, which the system does not promise: it is cut out of more. */
static void *map_huge_pages(size_t size) {
    unsigned char *mapped = map(size + LS_HUGE_PAGE, 0);
    if (mapped == NULL)
        return NULL;
    const size_t before = LS_HUGE_PAGE - (uintptr_t)mapped % LS_HUGE_PAGE;
    unsigned char *pages = mapped + before;
    munmap(mapped, before);
    if (before < LS_HUGE_PAGE)
        munmap(pages + size, LS_HUGE_PAGE - before);
#ifdef MADV_HUGEPAGE
    madvise(pages, size, MADV_HUGEPAGE);
#endif
    return pages;
}

/* --- Pages that are ready -------------------------------------------------------------------- */

static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t helper;
    bool ended;
    unsigned taken; /* of the process, so far */
    unsigned count; /* of those that are ready */
    void *pages[MOST_READY];
} ready = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

/* The system clears a page that is written to for the first time; where it has no huge one, that is
 * each small one. */
static void touch(unsigned char *page) {
    enum { SMALL_PAGE = 4 << 10 };
    for (volatile unsigned char *at = page; at < page + LS_HUGE_PAGE; at += SMALL_PAGE)
        *at = 0;
}

static bool is_another_wanted(void) {
    pthread_mutex_lock(&ready.lock);
    while (ready.count == MOST_READY && !ready.ended)
        pthread_cond_wait(&ready.changed, &ready.lock);
    const bool is_wanted = !ready.ended;
    pthread_mutex_unlock(&ready.lock);
    return is_wanted;
}

static void *keep_ready(void *unused) {
    for (void *page; is_another_wanted() && (page = map_huge_pages(LS_HUGE_PAGE)) != NULL;) {
        touch(page);
        pthread_mutex_lock(&ready.lock);
        ready.pages[ready.count++] = page;
        pthread_mutex_unlock(&ready.lock);
    }
    return unused;
}

static void end_helper(void) {
    pthread_mutex_lock(&ready.lock);
    ready.ended = true;
    pthread_cond_signal(&ready.changed);
    pthread_mutex_unlock(&ready.lock);
    pthread_join(ready.helper, NULL);
    while (ready.count > 0)
        munmap(ready.pages[--ready.count], LS_HUGE_PAGE);
}

static void *take_ready(void) {
    void *page = NULL;
    pthread_mutex_lock(&ready.lock);
    if (ready.count > 0) {
        page = ready.pages[--ready.count];
        pthread_cond_signal(&ready.changed);
    }
    if (++ready.taken == WORTH_HELP && ls_helpers(1) > 0 &&
        pthread_create(&ready.helper, NULL, keep_ready, NULL) == 0)
        atexit(end_helper);
    pthread_mutex_unlock(&ready.lock);
    return page;
}

/* --- Interface ------------------------------------------------------------------------------- */

#ifndef MAP_POPULATE
#define MAP_POPULATE 0
#endif

void *ls_take_pages(size_t size) {
    void *pages = size == LS_HUGE_PAGE ? take_ready() : NULL;
    if (pages == NULL)
        pages = size >= LS_HUGE_PAGE ? map_huge_pages(size) : map(size, MAP_POPULATE);
    if (pages == NULL)
        ls_out_of_memory();
    return pages;
}

void ls_give_back_pages(void *pages, size_t size) {
    munmap(pages, size);
}
