/*
 * directory.c - a team's own rules: every *.yaml below a directory, in the order of their paths.
 */
/* lstat */
#define _XOPEN_SOURCE 700

#include "rules/load.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef LS_VECTOR(const char *) paths;

static int compare_paths(const void *one, const void *other) {
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static bool is_rule_file(const char *path) {
    static const char ending[] = ".yaml";
    size_t length = strlen(path);
    return length > strlen(ending) && strcmp(path + length - strlen(ending), ending) == 0;
}

/* Links to directories are not followed: they may lead back. */
static bool is_directory(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* What is in the directory and not hidden, sorted; false with errno set. */
static bool read_names(ls_arena *arena, const char *directory, paths *names) {
    errno = 0;
    DIR *stream = opendir(directory);
    if (stream == NULL)
        return false;
    for (const struct dirent *entry; (entry = readdir(stream)) != NULL;)
        if (entry->d_name[0] != '.')
            LS_PUSH(arena, names, ls_arena_format(arena, "%s/%s", directory, entry->d_name));
    closedir(stream);
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, compare_paths);
    return true;
}

static void read_rule(ls_arena *arena, const char *path, ls_loaded_rules *loaded,
                      ls_yaml_problems *problems) {
    ls_loaded_rule one = {.rule = ls_rule_read_file(arena, path, NULL, problems), .file = path};
    if (one.rule != NULL)
        LS_PUSH(arena, loaded, one);
}

/* Recursion goes as deep as paths can be. */
bool ls_rules_read_directory(ls_arena *arena, const char *directory, ls_loaded_rules *loaded,
                             ls_yaml_problems *problems) {
    paths names = {0};
    if (!read_names(arena, directory, &names))
        return false;
    for (size_t i = 0; i < names.count; i++) {
        const char *path = names.items[i];
        if (!is_directory(path)) {
            if (is_rule_file(path))
                read_rule(arena, path, loaded, problems);
        } else if (!ls_rules_read_directory(arena, path, loaded, problems)) {
            ls_yaml_problem problem = {.file = path};
            problem.message = ls_arena_format(arena, "cannot be read: %s", strerror(errno));
            LS_PUSH(arena, problems, problem);
        }
    }
    return true;
}
