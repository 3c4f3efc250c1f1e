/*
 * blobs.c - one question, one answer: "ID TYPE SIZE", a line end, the bytes, a line end; or "NAME
 * missing". Questions of several threads wait for each other.
 */
#include "git/blobs.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_HEADER = 8192 /* a path, and an id */, CHUNK = 16 * 1024 };

struct ls_blobs {
    ls_repository *repository;
    pthread_mutex_t mutex;
    ls_process process;
    bool started;
    int broken; /* the errno after which no answer can be understood any more */
};

ls_blobs *ls_blobs_new(ls_repository *repository) {
    ls_blobs *blobs = LS_NEW(repository->arena, ls_blobs);
    blobs->repository = repository;
    pthread_mutex_init(&blobs->mutex, NULL);
    return blobs;
}

void ls_blobs_free(ls_blobs *blobs) {
    if (blobs->started)
        ls_process_end(&blobs->process);
    pthread_mutex_destroy(&blobs->mutex);
}

static int start(ls_blobs *blobs) {
    static const char *const question[] = {"cat-file", "--batch", NULL};
    if (blobs->started)
        return 0;
    const ls_git_arguments arguments = ls_repository_arguments(blobs->repository, question);
    int error = ls_process_start(&blobs->process, arguments.items, blobs->repository->environment);
    blobs->started = error == 0;
    return error;
}

/* Reads bytes that nobody wants. */
static int skip(const ls_process *process, uint64_t length) {
    char room[CHUNK];
    int error = 0;
    while (length > 0 && error == 0) {
        size_t part = length < CHUNK ? (size_t)length : CHUNK;
        error = ls_process_read(process, room, part);
        length -= part;
    }
    return error;
}

/* The bytes behind a header, and the line end behind them. */
static int read_content(const ls_process *process, ls_arena *arena, uint64_t size,
                        const char **text) {
    if (size >= UINT32_MAX)
        return skip(process, size + 1);
    char *room = ls_arena_alloc(arena, (size_t)size + 1);
    int error = ls_process_read(process, room, (size_t)size + 1);
    room[size] = 0;
    *text = room;
    return error;
}

/* Sets *answer to what is said of the name; an error means that the conversation is over. */
static int read_answer(const ls_process *process, ls_arena *arena, const char **text,
                       size_t *length, int *answer) {
    char header[LONGEST_HEADER];
    int error = ls_process_read_line(process, header, sizeof header);
    if (error != 0)
        return error;
    const char *size = strrchr(header, ' ');
    uint64_t bytes = size == NULL ? 0 : strtoull(size, NULL, 10);
    if (size == NULL || size[1] < '0' || size[1] > '9') {
        *answer = ENOENT;
        return 0;
    }
    const char *type = size - strlen(" blob");
    if (type < header || strncmp(type, " blob", strlen(" blob")) != 0) {
        *answer = EISDIR;
        return skip(process, bytes + 1);
    }
    *answer = 0;
    *length = (size_t)bytes;
    return read_content(process, arena, bytes, text);
}

static int ask(ls_blobs *blobs, ls_arena *arena, const char *name, const char **text,
               size_t *length) {
    int answer = 0, error = start(blobs);
    if (error != 0)
        return error;
    if (blobs->broken != 0)
        return blobs->broken;
    const char *question = ls_arena_join(arena, name, "\n", NULL);
    error = ls_process_write(&blobs->process, question, strlen(question));
    if (error == 0)
        error = read_answer(&blobs->process, arena, text, length, &answer);
    blobs->broken = error;
    return error == 0 ? answer : error;
}

int ls_blobs_read(ls_blobs *blobs, ls_arena *arena, const char *name, const char **text,
                  size_t *length) {
    *text = "";
    *length = 0;
    if (strchr(name, '\n') != NULL)
        return ENOENT;
    pthread_mutex_lock(&blobs->mutex);
    int error = ask(blobs, arena, name, text, length);
    pthread_mutex_unlock(&blobs->mutex);
    return error;
}
