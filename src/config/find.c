/*
 * find.c - the configuration in force: the nearest one above the first path, but not one of
 * another repository or of the user's home.
 */
/* realpath */
#define _XOPEN_SOURCE 700

#include "config/config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const NAMES[] = {"lockstep.yaml", ".lockstep.yaml"};

static bool is_directory(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

const char *ls_config_in(ls_arena *arena, const char *directory) {
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const char *file = ls_arena_format(arena, "%s%s", directory, NAMES[i]);
        if (access(file, F_OK) == 0)
            return file;
    }
    return NULL;
}

static const char *start_directory(ls_arena *arena, const char *path) {
    size_t length = strlen(path);
    if (is_directory(path))
        return ls_arena_format(arena, "%s%s", path, path[length - 1] == '/' ? "" : "/");
    const char *slash = strrchr(path, '/');
    return slash == NULL ? "" : ls_arena_copy(arena, path, (size_t)(slash + 1 - path));
}

/* The directory above by its real name: "a/.." is not above "a" where a is a link. Relative names
 * are kept as long as they serve, because they are what the user knows. */
static const char *above(ls_arena *arena, const char *directory) {
    size_t length = strlen(directory);
    if (strcmp(directory, "/") == 0)
        return NULL;
    if (length > 0 && strstr(directory, "..") == NULL) {
        while (length > 0 && directory[length - 1] == '/')
            length--;
        while (length > 0 && directory[length - 1] != '/')
            length--;
        return ls_arena_copy(arena, directory, length);
    }
    char *real = realpath(length == 0 ? "." : directory, NULL);
    if (real == NULL)
        return NULL;
    const char *shown = ls_arena_format(arena, "%s/", strcmp(real, "/") == 0 ? "" : real);
    free(real);
    return strcmp(shown, "/") == 0 ? NULL : above(arena, shown);
}

const char *ls_config_find(ls_arena *arena, const char *path) {
    for (const char *directory = start_directory(arena, path); directory != NULL;
         directory = above(arena, directory)) {
        const char *file = ls_config_in(arena, directory);
        if (file != NULL)
            return file;
        if (access(ls_arena_format(arena, "%s.git", directory), F_OK) == 0)
            return NULL;
    }
    return NULL;
}
