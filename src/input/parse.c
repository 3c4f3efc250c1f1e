/*
 * parse.c - reading and parsing the files, several at once.
 *
 * Threads take the next file from a counter and write into that file's own record and into their
 * own arena, so that nothing is shared and the result does not depend on who was faster. A thread
 * costs more than it saves on a usual run, so little input is read by the caller alone.
 */
#include "input/input.h"

#include "support/buffer.h"

#include <errno.h>
#include <fcntl.h>
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

/* read() until `size` bytes or the end; the bytes read, or -1. */
static ssize_t read_fully(int descriptor, char *text, size_t size) {
    size_t length = 0;
    while (length < size) {
        ssize_t got = read(descriptor, text + length, size - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        length += (size_t)got;
    }
    return (ssize_t)length;
}

/* As much as there was when the file was found: a linter opens so many small files that asking each
 * for its size once more would show. A text that fits no source is not read: ls_source_new says so
 * by its length. */
static bool read_regular(ls_arena *arena, int descriptor, uint64_t size, const char **text,
                         size_t *length) {
    *text = "";
    *length = (size_t)size;
    if (size >= UINT32_MAX)
        return true;
    char *room = ls_arena_alloc(arena, *length + 1);
    ssize_t got = read_fully(descriptor, room, *length);
    if (got < 0)
        return false;
    *text = room;
    *length = (size_t)got;
    return true;
}

static bool read_stdin(ls_arena *arena, const char **text, size_t *length) {
    ls_buffer buffer = {0};
    char *chunk = ls_arena_alloc(arena, CHUNK);
    ssize_t got;
    while ((got = read_fully(STDIN_FILENO, chunk, CHUNK)) > 0 && buffer.length < UINT32_MAX)
        ls_buffer_add(&buffer, chunk, (size_t)got);
    *length = buffer.length;
    *text = buffer.length < UINT32_MAX ? ls_arena_copy(arena, buffer.text, buffer.length) : "";
    ls_buffer_free(&buffer);
    return got >= 0;
}

static bool read_text(ls_arena *arena, const ls_migration_file *file, const char **text,
                      size_t *length) {
    if (file->is_stdin)
        return read_stdin(arena, text, length);
    int descriptor = open(file->path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    bool done = read_regular(arena, descriptor, file->size, text, length);
    int error = errno;
    close(descriptor);
    errno = error;
    return done;
}

static void parse_file(ls_arena *arena, ls_migration_file *file) {
    const char *text;
    size_t length;
    if (!read_text(arena, file, &text, &length)) {
        file->read_error = errno;
        return;
    }
    file->source = ls_source_new(arena, file->name, text, length, &file->problem);
    if (file->source != NULL)
        file->script = ls_script_read(arena, file->source);
}

static void *parse_files(void *argument) {
    parse_thread *thread = argument;
    shared_work *work = thread->work;
    size_t count = work->input->files.count;
    for (size_t i; (i = atomic_fetch_add(&work->next, 1)) < count;)
        parse_file(thread->arena, &work->input->files.items[i]);
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
        const ls_migration_file *file = &input->files.items[i];
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
}
