/*
 * side_by_side.c - who writes which run.
 *
 * The runs go to the writer and the helper in turn: the writer's go straight into the text, the
 * helper's into a few buffers, from which the writer takes them when their turn comes. The helper
 * waits where it is that far ahead, so that a report of any length costs little memory.
 */
#include "report/side_by_side.h"

#include "support/processors.h"

#include <pthread.h>

enum { RUN = 128 /* items */, WORTH_HELP = 4 * RUN, BUFFERS = 4 };

typedef struct {
    size_t count;
    ls_write_items *write;
    const void *context;
    ls_buffer buffers[BUFFERS];

    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t written, taken; /* of the helper's runs, so far */
} sharing;

static void write_run(const sharing *shared, ls_buffer *out, size_t begin) {
    const size_t end = shared->count - begin < RUN ? shared->count : begin + RUN;
    shared->write(out, begin, end, shared->context);
}

static void wait_for_buffer(sharing *shared) {
    pthread_mutex_lock(&shared->lock);
    while (shared->written - shared->taken == BUFFERS)
        pthread_cond_wait(&shared->changed, &shared->lock);
    pthread_mutex_unlock(&shared->lock);
}

static void wait_for_text(sharing *shared) {
    pthread_mutex_lock(&shared->lock);
    while (shared->written == shared->taken)
        pthread_cond_wait(&shared->changed, &shared->lock);
    pthread_mutex_unlock(&shared->lock);
}

static void step(sharing *shared, size_t *counter) {
    pthread_mutex_lock(&shared->lock);
    ++*counter;
    pthread_cond_signal(&shared->changed);
    pthread_mutex_unlock(&shared->lock);
}

static void *help(void *argument) {
    sharing *shared = argument;
    for (size_t begin = RUN; begin < shared->count; begin += (size_t)2 * RUN) {
        wait_for_buffer(shared);
        write_run(shared, &shared->buffers[shared->written % BUFFERS], begin);
        step(shared, &shared->written);
    }
    return NULL;
}

static void take(sharing *shared, ls_buffer *out) {
    wait_for_text(shared);
    ls_buffer *text = &shared->buffers[shared->taken % BUFFERS];
    ls_buffer_add(out, text->text, text->length);
    ls_buffer_drain_much(out);
    text->length = 0;
    step(shared, &shared->taken);
}

static void write_with_help(sharing *shared, ls_buffer *out) {
    for (size_t begin = 0; begin < shared->count; begin += (size_t)2 * RUN) {
        write_run(shared, out, begin);
        if (shared->count - begin > RUN)
            take(shared, out);
    }
}

void ls_write_side_by_side(ls_buffer *out, size_t count, ls_write_items *write,
                           const void *context) {
    sharing shared = {.count = count, .write = write, .context = context};
    pthread_t helper;
    if (count < WORTH_HELP || ls_helpers(1) == 0) {
        write(out, 0, count, context);
        return;
    }
    pthread_mutex_init(&shared.lock, NULL);
    pthread_cond_init(&shared.changed, NULL);
    if (pthread_create(&helper, NULL, help, &shared) == 0) {
        write_with_help(&shared, out);
        pthread_join(helper, NULL);
    } else {
        write(out, 0, count, context);
    }
    pthread_cond_destroy(&shared.changed);
    pthread_mutex_destroy(&shared.lock);
    for (size_t i = 0; i < BUFFERS; i++)
        ls_buffer_free(&shared.buffers[i]);
}
