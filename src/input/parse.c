/*
 * parse.c - reading and parsing the files, several at once.
 *
 * Threads take the next file from a counter and write into that file's own record and into their
 * own arena, so that nothing is shared and the result does not depend on who was faster. A thread
 * costs more than it saves on a usual run, so the caller begins alone, and calls in one more for
 * each large amount of text that it has read.
 */
#include "input/checkpoints.h"
#include "input/foreign_files.h"
#include "input/framework.h"
#include "input/included_files.h"
#include "input/input.h"
#include "input/snapshots.h"

#include "support/buffer.h"
#include "support/processors.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { MOST_HELPERS = 7, WORTH_A_THREAD = 512 * 1024 /* bytes */, CHUNK = 64 * 1024 };

typedef struct {
    ls_input *input;
    atomic_size_t next;
} shared_work;

typedef struct {
    shared_work *work;
    ls_arena *arena;
    pthread_t id;
} parse_thread;

/* The caller, and those that it has called in. */
typedef struct {
    shared_work work;
    parse_thread own, helpers[MOST_HELPERS];
    size_t helper_count, most_helpers;
    uint64_t bytes; /* that the caller has read */
} parse_crew;

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

/* False if there is no source to parse. */
static bool read_file(const ls_files *from, ls_arena *arena, ls_migration *file) {
    const char *text;
    size_t length;
    file->read_error = file->is_stdin ? read_stdin(arena, &text, &length)
                                      : from->read_file(from, arena, file->path, &text, &length);
    if (file->read_error == 0)
        file->source = ls_source_new(arena, file->name, text, length, &file->problem);
    return file->source != NULL;
}

/* The next file that nobody has taken; NULL: none is left. */
static ls_migration *take_file(shared_work *work) {
    const size_t number = atomic_fetch_add(&work->next, 1);
    return number < work->input->files.count ? &work->input->files.items[number] : NULL;
}

static void *help(void *argument) {
    parse_thread *thread = argument;
    const ls_files *from = thread->work->input->from;
    for (ls_migration *file; (file = take_file(thread->work)) != NULL;)
        if (read_file(from, thread->arena, file))
            ls_read_migration(thread->arena, from, file);
    return NULL;
}

static parse_thread thread_with_arena(shared_work *work) {
    ls_input *input = work->input;
    LS_PUSH(input->arena, &input->parse_arenas, ls_arena_new());
    return (parse_thread){work, input->parse_arenas.items[input->parse_arenas.count - 1], 0};
}

static void call_in_helpers(parse_crew *crew) {
    const size_t wanted = crew->bytes / WORTH_A_THREAD;
    while (crew->helper_count < wanted && crew->helper_count < crew->most_helpers &&
           atomic_load(&crew->work.next) < crew->work.input->files.count) {
        parse_thread *helper = &crew->helpers[crew->helper_count];
        *helper = thread_with_arena(&crew->work);
        if (pthread_create(&helper->id, NULL, help, helper) == 0)
            crew->helper_count++;
        else
            crew->most_helpers = crew->helper_count;
    }
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

void ls_input_read(ls_input *input) {
    parse_crew crew = {.work = {.input = input}, .most_helpers = ls_helpers(MOST_HELPERS)};
    crew.own = thread_with_arena(&crew.work);
    for (ls_migration *file; (file = take_file(&crew.work)) != NULL;) {
        if (!read_file(input->from, crew.own.arena, file))
            continue;
        crew.bytes += file->source->length;
        call_in_helpers(&crew);
        ls_read_migration(crew.own.arena, input->from, file);
    }
    for (size_t i = 0; i < crew.helper_count; i++)
        pthread_join(crew.helpers[i].id, NULL);
    add_errors(input);
}

void ls_input_settle(ls_input *input) {
    for (LS_EACH(ls_migration, file, input->files))
        if (file->judged && file->script != NULL && file->down_script == NULL)
            ls_read_down(input->arena, input->from, file);
    ls_leave_out_foreign(input);
    ls_leave_out_checkpoints(input);
    ls_leave_out_snapshots(input);
    ls_leave_out_included(input);
}

void ls_input_parse(ls_input *input) {
    ls_input_read(input);
    ls_input_settle(input);
}

bool ls_input_read_text(ls_arena *arena, const ls_input *input, const ls_migration *file,
                        const char *text, ls_migration *read) {
    *read = (ls_migration){
        .name = file->name,
        .path = file->path,
        .framework = file->framework,
        .layout = file->layout,
        .version = file->version,
        .repeatable = file->repeatable,
    };
    read->source = ls_source_new(arena, read->name, text, strlen(text), &read->problem);
    if (read->source == NULL)
        return false;
    ls_read_migration(arena, input->from, read);
    read->judged = file->judged;
    return true;
}
