/*
 * yaml_file.c - the bytes of a file of YAML, and one more than it may have where it is too large.
 */
#include "support/buffer.h"
#include "support/yaml.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK = 4096 };

/* 0 or an errno. */
static int read_bytes(const char *path, size_t most, ls_buffer *text) {
    char block[BLOCK];
    size_t length = 1;
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return errno;
    while (length > 0 && text->length <= most) {
        length = fread(block, 1, sizeof block, file);
        ls_buffer_add(text, block, length);
    }
    int error = ferror(file) != 0 ? errno : 0;
    fclose(file);
    return error;
}

const char *ls_yaml_file(ls_arena *arena, const char *path, size_t mebibytes, size_t *length,
                         ls_yaml_problems *problems) {
    ls_buffer text = {0};
    int error = read_bytes(path, mebibytes * LS_MEBIBYTE, &text);
    const char *bytes = NULL;
    *length = text.length;
    if (error == 0) {
        bytes = text.length == 0 ? "" : ls_arena_copy(arena, text.text, text.length);
    } else {
        const char *message = ls_arena_format(arena, "cannot be read: %s", strerror(error));
        LS_PUSH(arena, problems, ((ls_yaml_problem){.file = path, .message = message}));
    }
    ls_buffer_free(&text);
    return bytes;
}
