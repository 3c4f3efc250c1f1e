/*
 * disk.c - the files that lie on the disk.
 */
#define _DEFAULT_SOURCE /* the kind of a file in a directory is not in POSIX.1-2008 */

#include "input/files.h"

#include "support/arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SMALL_FILE = 16 * 1024 };

static int look_at(const ls_files *files, ls_arena *arena, const char *path,
                   ls_file_status *found) {
    struct stat status;
    (void)files;
    if (stat(path, &status) != 0)
        return errno;
    *found = (ls_file_status){
        .kind = S_ISREG(status.st_mode)   ? LS_FILE_REGULAR
                : S_ISDIR(status.st_mode) ? LS_FILE_DIRECTORY
                                          : LS_FILE_OTHER,
        .size = (uint64_t)status.st_size,
    };
    if (found->kind == LS_FILE_DIRECTORY)
        found->identity =
            ls_arena_format(arena, "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino);
    return 0;
}

/* A link is what it leads to, and some file systems do not tell. */
static ls_file_kind kind_of(const struct dirent *entry) {
    switch (entry->d_type) {
    case DT_REG:
        return LS_FILE_REGULAR;
    case DT_LNK:
    case DT_UNKNOWN:
    case DT_DIR: /* its identity is still to be seen */
        return LS_FILE_UNSEEN;
    default:
        return LS_FILE_OTHER;
    }
}

static int list_directory(const ls_files *files, ls_arena *arena, const char *path,
                          ls_directory_entries *entries) {
    (void)files;
    DIR *stream = opendir(path);
    if (stream == NULL)
        return errno;
    for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        const ls_directory_entry one = {ls_arena_string(arena, entry->d_name), kind_of(entry)};
        LS_PUSH(arena, entries, one);
    }
    closedir(stream);
    return 0;
}

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

/* The first bytes of a file, as many as one read gives; -1 if it cannot be read. */
static ssize_t read_start(int descriptor, char *start) {
    ssize_t got;
    do
        got = read(descriptor, start, SMALL_FILE);
    while (got < 0 && errno == EINTR);
    return got;
}

/* A text that fits no source is not read: ls_source_new says so by its length. */
static int read_large(ls_arena *arena, int descriptor, const char *start, size_t had,
                      const char **text, size_t *length) {
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return errno;
    *text = "";
    *length = (size_t)status.st_size;
    if (*length >= UINT32_MAX)
        return 0;
    if (*length < had)
        *length = had;
    char *room = ls_arena_alloc(arena, *length + 1);
    memcpy(room, start, had);
    ssize_t got = read_fully(descriptor, room + had, *length - had);
    if (got < 0)
        return errno;
    *text = room;
    *length = had + (size_t)got;
    return 0;
}

/* A linter opens so many small files that asking each for its size would show: one that does not
 * fill the first read is whole. */
static int read_regular(ls_arena *arena, int descriptor, const char **text, size_t *length) {
    char start[SMALL_FILE];
    ssize_t got = read_start(descriptor, start);
    if (got < 0)
        return errno;
    if ((size_t)got == sizeof start)
        return read_large(arena, descriptor, start, (size_t)got, text, length);
    *text = ls_arena_copy(arena, start, (size_t)got);
    *length = (size_t)got;
    return 0;
}

static int read_file(const ls_files *files, ls_arena *arena, const char *path, const char **text,
                     size_t *length) {
    (void)files;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    int error = read_regular(arena, descriptor, text, length);
    close(descriptor);
    return error;
}

const ls_files ls_files_on_disk = {look_at, list_directory, read_file, NULL};
