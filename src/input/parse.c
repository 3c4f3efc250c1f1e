/*
 * parse.c - reading and parsing the files, several at once.
 *
 * Threads take the next file from a counter and write into that file's own record and into their
 * own arena, so that nothing is shared and the result does not depend on who was faster. A thread
 * costs more than it saves on a usual run, so little input is read by the caller alone.
 */
#include "input/foreign_files.h"
#include "input/framework.h"
#include "input/input.h"

#include "support/buffer.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { MOST_THREADS = 8, WORTH_A_THREAD = 512 * 1024 /* bytes */, CHUNK = 64 * 1024 };

typedef struct {
    ls_input *input;
    atomic_size_t next;
} shared_work;

typedef struct {
    shared_work *work;
    ls_arena *arena;
    pthread_t id;
} parse_thread;

/* The bytes read into the chunk, 0 at the end, or -1. */
static ssize_t read_chunk(char *chunk) {
    ssize_t got;
    do
        got = read(STDIN_FILENO, chunk, CHUNK);
    while (got < 0 && errno == EINTR);
    return got;
}

static int read_stdin(ls_arena *arena, const char **text, size_t *length) {
    ls_buffer buffer = {0};
    char *chunk = ls_arena_alloc(arena, CHUNK);
    ssize_t got;
    while ((got = read_chunk(chunk)) > 0 && buffer.length < UINT32_MAX)
        ls_buffer_add(&buffer, chunk, (size_t)got);
    int error = got < 0 ? errno : 0;
    *length = buffer.length;
    *text = buffer.length < UINT32_MAX ? ls_arena_copy(arena, buffer.text, buffer.length) : "";
    ls_buffer_free(&buffer);
    return error;
}

static void parse_file(const ls_files *from, ls_arena *arena, ls_migration *file) {
    const char *text;
    size_t length;
    file->read_error = file->is_stdin ? read_stdin(arena, &text, &length)
                                      : from->read_file(from, arena, file->path, &text, &length);
    if (file->read_error != 0)
        return;
    file->source = ls_source_new(arena, file->name, text, length, &file->problem);
    if (file->source != NULL)
        ls_read_migration(arena, from, file);
    if (file->source != NULL && file->judged)
        ls_read_down(arena, from, file);
}

static void *parse_files(void *argument) {
    parse_thread *thread = argument;
    shared_work *work = thread->work;
    size_t count = work->input->files.count;
    for (size_t i; (i = atomic_fetch_add(&work->next, 1)) < count;)
        parse_file(work->input->from, thread->arena, &work->input->files.items[i]);
    return NULL;
}

static size_t thread_count(const ls_input *input) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < input->files.count; i++)
        bytes += input->files.items[i].size;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = processors > MOST_THREADS ? MOST_THREADS
                   : processors < 1          ? 1
                                             : (size_t)processors;
    count = count < bytes / WORTH_A_THREAD ? count : (size_t)(bytes / WORTH_A_THREAD);
    return count < input->files.count ? count : input->files.count;
}

static void add_errors(ls_input *input) {
    for (size_t i = 0; i < input->files.count; i++) {
        const ls_migration *file = &input->files.items[i];
        const char *error = NULL;
        if (file->read_error != 0)
            error = ls_arena_format(input->arena, "%s: %s", file->name, strerror(file->read_error));
        else if (file->problem.message != NULL)
            error = ls_arena_format(input->arena, "%s:%u:%u: %s", file->name,
                                    file->problem.position.line, file->problem.position.column,
                                    file->problem.message);
        if (error != NULL)
            LS_PUSH(input->arena, &input->errors, error);
    }
}

static parse_thread thread_with_arena(shared_work *work) {
    ls_input *input = work->input;
    LS_PUSH(input->arena, &input->parse_arenas, ls_arena_new());
    return (parse_thread){work, input->parse_arenas.items[input->parse_arenas.count - 1], 0};
}

void ls_input_parse(ls_input *input) {
    parse_thread helpers[MOST_THREADS];
    shared_work work = {.input = input};
    parse_thread own = thread_with_arena(&work);
    size_t wanted = thread_count(input), started = 0;
    for (; started + 1 < wanted; started++) {
        helpers[started] = thread_with_arena(&work);
        if (pthread_create(&helpers[started].id, NULL, parse_files, &helpers[started]) != 0)
            break;
    }
    parse_files(&own);
    for (size_t i = 0; i < started; i++)
        pthread_join(helpers[i].id, NULL);
    add_errors(input);
    ls_leave_out_foreign(input);
}
