#include "git/past_file.h"

#include <string.h>

static const ls_past_file *past_of(const ls_files *files) {
    return files->context;
}

static int look_at(const ls_files *files, ls_arena *arena, const char *path,
                   ls_file_status *status) {
    const ls_past_file *past = past_of(files);
    int error = past->others->look_at(past->others, arena, path, status);
    if (error == 0 || strcmp(path, past->path) != 0)
        return error;
    *status = (ls_file_status){.kind = LS_FILE_REGULAR};
    return 0;
}

static int list_directory(const ls_files *files, ls_arena *arena, const char *path,
                          ls_directory_entries *entries) {
    const ls_past_file *past = past_of(files);
    return past->others->list_directory(past->others, arena, path, entries);
}

static int read_file(const ls_files *files, ls_arena *arena, const char *path, const char **text,
                     size_t *length) {
    const ls_past_file *past = past_of(files);
    return strcmp(path, past->path) == 0
               ? ls_blobs_read(past->blobs, arena, past->name, text, length)
               : past->others->read_file(past->others, arena, path, text, length);
}

void ls_past_file_open(ls_past_file *past, const ls_files *others, ls_blobs *blobs,
                       const char *path, const char *name) {
    *past = (ls_past_file){
        .files = {look_at, list_directory, read_file, past},
        .others = others,
        .blobs = blobs,
        .path = path,
        .name = name,
    };
}
