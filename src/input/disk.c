/*
 * disk.c - the files that lie on the disk.
 */
#include "input/files.h"

#include "support/arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static int list_directory(const ls_files *files, ls_arena *arena, const char *path,
                          ls_file_names *names) {
    (void)files;
    DIR *stream = opendir(path);
    if (stream == NULL)
        return errno;
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            LS_PUSH(arena, names, ls_arena_string(arena, entry->d_name));
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

/* A text that fits no source is not read: ls_source_new says so by its length. */
static int read_regular(ls_arena *arena, int descriptor, const char **text, size_t *length) {
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return errno;
    *text = "";
    *length = (size_t)status.st_size;
    if (*length >= UINT32_MAX)
        return 0;
    char *room = ls_arena_alloc(arena, *length + 1);
    ssize_t got = read_fully(descriptor, room, *length);
    if (got < 0)
        return errno;
    *text = room;
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
