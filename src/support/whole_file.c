/* realpath, mkstemp */
#define _XOPEN_SOURCE 700

#include "support/whole_file.h"

#include "support/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EVERYBODY = 0666 };

/* 0, or why not. */
static int write_all(int file, const ls_buffer *text) {
    for (size_t written = 0; written < text->length;) {
        ssize_t count = write(file, text->text + written, text->length - written);
        if (count < 0 && errno != EINTR)
            return errno;
        written += count < 0 ? 0 : (size_t)count;
    }
    return 0;
}

/* Some file systems tell only now that there was no room. */
static int end_writing(int file, int problem) {
    int closed = close(file) == 0 ? 0 : errno;
    return problem == 0 ? closed : problem;
}

static mode_t usual_mode(void) {
    mode_t mask = umask(0);
    umask(mask);
    return EVERYBODY & ~mask;
}

static int write_as_it_is(const char *path, const ls_buffer *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    return file < 0 ? errno : end_writing(file, write_all(file, text));
}

static int replace(const char *path, mode_t mode, const ls_buffer *text) {
    ls_arena *arena = ls_arena_new();
    char *beside = ls_arena_join(arena, path, ".XXXXXX", NULL);
    int file = mkstemp(beside), problem = file < 0 ? errno : 0;
    if (file >= 0) {
        problem = write_all(file, text);
        if (problem == 0 && fchmod(file, mode) != 0)
            problem = errno;
        problem = end_writing(file, problem);
        if (problem == 0 && rename(beside, path) != 0)
            problem = errno;
        if (problem != 0)
            unlink(beside);
    }
    ls_arena_free(arena);
    return problem;
}

int ls_write_whole_file(const char *path, const ls_buffer *text) {
    struct stat status;
    if (stat(path, &status) != 0)
        return replace(path, usual_mode(), text);
    if (!S_ISREG(status.st_mode))
        return write_as_it_is(path, text);
    char *behind_links = realpath(path, NULL);
    if (behind_links == NULL)
        return errno;
    int problem = replace(behind_links, status.st_mode & 07777, text);
    free(behind_links);
    return problem;
}

int ls_add_to_file(const char *path, const ls_buffer *text) {
    struct stat status;
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, EVERYBODY);
    if (file < 0 || fstat(file, &status) != 0)
        return errno;
    int problem = write_all(file, text);
    if (problem != 0 && S_ISREG(status.st_mode) && ftruncate(file, status.st_size) != 0)
        problem = errno;
    return end_writing(file, problem);
}
