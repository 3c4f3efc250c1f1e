/*
 * load_file.c - the bytes of a file that is to be loaded.
 */
#include "rules/loading.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* As many bytes as show that the file is too large; false with errno set. */
static bool read_bytes(const char *path, ls_buffer *text) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    char block[4096];
    size_t length = 1;
    while (length > 0 && text->length <= LS_YAML_LARGEST) {
        length = fread(block, 1, sizeof block, file);
        ls_buffer_add(text, block, length);
    }
    bool failed = ferror(file) != 0;
    int reason = errno;
    fclose(file);
    errno = reason;
    return !failed;
}

bool ls_load_file(ls_arena *arena, const char *path, ls_buffer *text, ls_yaml_problems *problems) {
    if (read_bytes(path, text))
        return true;
    ls_yaml_problem problem = {.file = path, .line = 1, .column = 1};
    problem.message = ls_arena_format(arena, "cannot read the file: %s", strerror(errno));
    LS_PUSH(arena, problems, problem);
    return false;
}
