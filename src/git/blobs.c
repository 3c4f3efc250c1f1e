/*
 * blobs.c - one question, one answer: "ID TYPE SIZE", a line end, the bytes, a line end; or "NAME
 * missing". Questions of several threads wait for each other. To wait for each answer of a thousand
 * costs more than the answers; so questions of one kind are sent together, no more than the
 * smallest pipe takes, as nobody reads answers meanwhile.
 */
#include "git/blobs.h"

#include "support/buffer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_HEADER = 8192 /* a path, and an id */, CHUNK = 16 * 1024 };

/* An answer to a question of a batch. */
typedef struct {
    const char *text;
    size_t length;
    int error;
} kept_answer;

struct ls_blobs {
    ls_repository *repository;
    ls_arena *arena; /* of what is kept */
    ls_map kept;     /* kept_answer, by name */
    pthread_mutex_t mutex;
    ls_process process;
    bool started;
    int broken; /* the errno after which no answer can be understood any more */
};

ls_blobs *ls_blobs_new(ls_repository *repository) {
    ls_blobs *blobs = LS_NEW(repository->arena, ls_blobs);
    blobs->repository = repository;
    blobs->arena = ls_arena_new();
    pthread_mutex_init(&blobs->mutex, NULL);
    return blobs;
}

void ls_blobs_free(ls_blobs *blobs) {
    if (blobs->started)
        ls_process_end(&blobs->process);
    pthread_mutex_destroy(&blobs->mutex);
    ls_arena_free(blobs->arena);
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

/* An error means that nothing can be asked. */
static int put(ls_blobs *blobs, const char *questions, size_t length) {
    const int error = start(blobs);
    if (error != 0)
        return error;
    if (blobs->broken == 0)
        blobs->broken = ls_process_write(&blobs->process, questions, length);
    return blobs->broken;
}

static int take(ls_blobs *blobs, ls_arena *arena, const char **text, size_t *length) {
    int answer = 0;
    if (blobs->broken == 0)
        blobs->broken = read_answer(&blobs->process, arena, text, length, &answer);
    return blobs->broken == 0 ? answer : blobs->broken;
}

static int ask(ls_blobs *blobs, ls_arena *arena, const char *name, const char **text,
               size_t *length) {
    const char *question = ls_arena_join(arena, name, "\n", NULL);
    const int error = put(blobs, question, strlen(question));
    return error != 0 ? error : take(blobs, arena, text, length);
}

/* Keeps the answers to all questions of the batch. */
static void ask_all(ls_blobs *blobs, ls_blob_batch *batch) {
    ls_buffer questions = {0};
    batch->asked = true;
    for (LS_EACH(const char *const, name, batch->names)) {
        ls_buffer_string(&questions, *name);
        ls_buffer_string(&questions, "\n");
    }
    const int error = put(blobs, questions.text, questions.length);
    for (LS_EACH(const char *const, name, batch->names)) {
        kept_answer *kept = LS_NEW(blobs->arena, kept_answer);
        *kept = (kept_answer){.text = "", .error = error};
        if (error == 0)
            kept->error = take(blobs, blobs->arena, &kept->text, &kept->length);
        ls_map_set(blobs->arena, &blobs->kept, *name, kept);
    }
    ls_buffer_free(&questions);
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

int ls_blobs_read_one_of(ls_blobs *blobs, ls_blob_batch *batch, const char *name, const char **text,
                         size_t *length) {
    pthread_mutex_lock(&blobs->mutex);
    if (!batch->asked)
        ask_all(blobs, batch);
    const kept_answer *kept = ls_map_get(&blobs->kept, name);
    pthread_mutex_unlock(&blobs->mutex);
    *text = kept->text;
    *length = kept->length;
    return kept->error;
}

/* --- Commits --------------------------------------------------------------------------------- */

/* NULL for what is no commit; an error means that the conversation is over. */
static int read_commit(const ls_process *process, ls_arena *arena, const char **id) {
    char header[LONGEST_HEADER];
    const int error = ls_process_read_line(process, header, sizeof header);
    const char *kind = error == 0 ? strstr(header, " commit ") : NULL;
    *id = kind == NULL ? NULL : ls_arena_copy(arena, header, (size_t)(kind - header));
    if (kind == NULL)
        return error;
    return skip(process, strtoull(kind + strlen(" commit "), NULL, 10) + 1);
}

const char *ls_blobs_commit(ls_blobs *blobs, const char *revision) {
    const char *id = NULL;
    pthread_mutex_lock(&blobs->mutex);
    const char *question = ls_arena_join(blobs->arena, revision, "^{commit}\n", NULL);
    if (put(blobs, question, strlen(question)) == 0)
        blobs->broken = read_commit(&blobs->process, blobs->arena, &id);
    const bool answered = blobs->started && blobs->broken == 0;
    pthread_mutex_unlock(&blobs->mutex);
    return answered ? id : ls_repository_commit(blobs->repository, revision);
}
