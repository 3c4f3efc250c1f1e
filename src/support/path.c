/*
 * path.c - paths as text.
 */
#include "support/path.h"

#include <string.h>
#include <unistd.h>

enum { LONGEST_DIRECTORY = 4096 };

/* Copies `path` without empty and "." parts. */
static char *clean(ls_arena *arena, const char *path) {
    char *result = ls_arena_alloc(arena, strlen(path) + 2), *end = result;
    if (*path == '/')
        *end++ = '/';
    while (*path != '\0') {
        size_t length = strcspn(path, "/");
        if (length > 0 && !(length == 1 && *path == '.')) {
            if (end > result && end[-1] != '/')
                *end++ = '/';
            memcpy(end, path, length);
            end += length;
        }
        path += length + (path[length] == '/');
    }
    if (end == result)
        *end++ = '.';
    *end = '\0';
    return result;
}

static bool is_back(const char *part, size_t length) {
    return length == 2 && part[0] == '.' && part[1] == '.';
}

static char *last_part(char *start, char *end) {
    while (end > start && end[-1] != '/')
        end--;
    return end;
}

const char *ls_path_straight(ls_arena *arena, const char *path) {
    char *result = clean(arena, path), *start = result + (*result == '/'), *end = start;
    for (const char *part = start; *part != '\0';) {
        size_t length = strcspn(part, "/");
        const char *next = part + length + (part[length] == '/');
        char *last = last_part(start, end);
        if (is_back(part, length) && end > start && !is_back(last, (size_t)(end - last))) {
            end = last > start ? last - 1 : start;
        } else {
            if (end > start)
                *end++ = '/';
            memmove(end, part, length);
            end += length;
        }
        part = next;
    }
    *end = '\0';
    return ls_path_shown(arena, result);
}

const char *ls_path_shown(ls_arena *arena, const char *path) {
    char working[LONGEST_DIRECTORY];
    char *shown = clean(arena, path);
    if (*shown != '/' || getcwd(working, sizeof working) == NULL)
        return shown;
    size_t length = strlen(working);
    if (strcmp(shown, working) == 0)
        return ".";
    return strncmp(shown, working, length) == 0 && shown[length] == '/' ? shown + length + 1
                                                                        : shown;
}

/* From the root, without "." and "..", as "/a/b"; "" for the root itself. */
static const char *resolved_in(ls_arena *arena, const char *working, const char *path) {
    if (*path != '/')
        path = ls_arena_join(arena, working, "/", path, NULL);
    char *result = ls_arena_alloc(arena, strlen(path) + 2), *end = result;
    for (size_t length; *path != '\0'; path += length) {
        path += strspn(path, "/");
        length = strcspn(path, "/");
        if (length == 2 && strncmp(path, "..", length) == 0) {
            while (end > result && *--end != '/')
                continue;
        } else if (length > 0 && !(length == 1 && *path == '.')) {
            *end++ = '/';
            memcpy(end, path, length);
            end += length;
        }
        *end = '\0';
    }
    return result;
}

static const char *resolved(ls_arena *arena, const char *path) {
    char working[LONGEST_DIRECTORY];
    bool is_whole = *path == '/' || getcwd(working, sizeof working) == NULL;
    return resolved_in(arena, is_whole ? "" : working, path);
}

static bool ends_part(char byte) {
    return byte == '/' || byte == '\0';
}

const char *ls_path_from(ls_arena *arena, const char *directory, const char *path) {
    const char *from = resolved(arena, directory), *to = resolved(arena, path);
    size_t common = 0;
    for (size_t i = 0;; i++) {
        if (ends_part(from[i]) && ends_part(to[i]))
            common = i;
        if (from[i] != to[i] || from[i] == '\0')
            break;
    }
    const char *up = "";
    for (const char *slash = from + common; (slash = strchr(slash, '/')) != NULL; slash++)
        up = ls_arena_format(arena, "%s../", up);
    to += common + (to[common] == '/');
    return *up == '\0' && *to == '\0' ? "." : ls_arena_format(arena, "%s%s", up, to);
}

const char *ls_path_directory(ls_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return ".";
    return slash == path ? "/" : ls_arena_copy(arena, path, (size_t)(slash - path));
}

const char *ls_path_last(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

const char *ls_path_join(ls_arena *arena, const char *directory, const char *name) {
    if (strcmp(directory, ".") == 0)
        return name;
    const char *slash = directory[strlen(directory) - 1] == '/' ? "" : "/";
    return ls_arena_join(arena, directory, slash, name, NULL);
}

/* Stays where it starts, wherever that is. */
static bool is_inside(const char *path) {
    return *path != '/' && strstr(path, "..") == NULL;
}

/* The working directory does not matter to two paths that both start and stay in it; to ask for it
 * once for each file of a long history would show. */
static const char *rest_behind(ls_arena *arena, const char *directory, const char *path) {
    bool is_both_inside = is_inside(directory) && is_inside(path);
    const char *above =
        is_both_inside ? resolved_in(arena, "", directory) : resolved(arena, directory);
    const char *whole = is_both_inside ? resolved_in(arena, "", path) : resolved(arena, path);
    size_t length = strlen(above);
    return strncmp(whole, above, length) == 0 && ends_part(whole[length]) ? whole + length : NULL;
}

const char *ls_path_below(ls_arena *arena, const char *directory, const char *path) {
    const char *rest = rest_behind(arena, directory, path);
    return rest == NULL || *rest == '\0' ? NULL : rest + 1;
}

bool ls_path_is_within(ls_arena *arena, const char *directory, const char *path) {
    return rest_behind(arena, directory, path) != NULL;
}
