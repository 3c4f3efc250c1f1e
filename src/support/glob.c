/*
 * glob.c - part by part, and back to the last ** where a part does not fit: what an earlier **
 * could take more of, the last one can take too.
 */
#include "support/glob.h"

#include <fnmatch.h>
#include <string.h>

enum { LONGEST_PART = 256 };

static bool is_double_star(const char *part, size_t length) {
    return length == 2 && part[0] == '*' && part[1] == '*';
}

/* Whether the bytes that a pattern ends with, up to its last special one, end the part too: most
 * names are told from most patterns by these. */
static bool ends_fit(const char *pattern, size_t pattern_length, const char *part,
                     size_t part_length) {
    for (; pattern_length > 0 && strchr("*?[]\\", pattern[pattern_length - 1]) == NULL;
         pattern_length--, part_length--)
        if (part_length == 0 || part[part_length - 1] != pattern[pattern_length - 1])
            return false;
    return true;
}

/* A file system has no longer parts, so that a longer one matches nothing. */
static bool part_matches(const char *pattern, size_t pattern_length, const char *part,
                         size_t part_length) {
    char pattern_text[LONGEST_PART], text[LONGEST_PART];
    if (pattern_length >= LONGEST_PART || part_length >= LONGEST_PART ||
        !ends_fit(pattern, pattern_length, part, part_length))
        return false;
    memcpy(pattern_text, pattern, pattern_length);
    memcpy(text, part, part_length);
    pattern_text[pattern_length] = text[part_length] = 0;
    return fnmatch(pattern_text, text, 0) == 0;
}

static const char *next_part(const char *at) {
    at += strcspn(at, "/");
    return at + (*at == '/');
}

bool ls_glob_matches(const char *pattern, const char *path) {
    const char *const start = pattern;
    const char *behind_star = NULL, *retry = NULL;
    while (*path != 0) {
        size_t length = strcspn(pattern, "/");
        if (*pattern == 0 && pattern > start && pattern[-1] == '/')
            return true;
        if (is_double_star(pattern, length)) {
            pattern = behind_star = next_part(pattern);
            retry = path;
            if (*pattern == 0)
                return true;
        } else if (length > 0 && part_matches(pattern, length, path, strcspn(path, "/"))) {
            pattern = next_part(pattern);
            path = next_part(path);
        } else if (behind_star != NULL) {
            pattern = behind_star;
            path = retry = next_part(retry);
        } else {
            return false;
        }
    }
    return *pattern == 0;
}
