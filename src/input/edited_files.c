#include "input/edited_files.h"

#include <string.h>

static const ls_edited_files *edited_of(const ls_files *files) {
    return files->context;
}

static int look_at(const ls_files *files, ls_arena *arena, const char *path,
                   ls_file_status *status) {
    const ls_files *others = edited_of(files)->others;
    return others->look_at(others, arena, path, status);
}

static int list_directory(const ls_files *files, ls_arena *arena, const char *path,
                          ls_directory_entries *entries) {
    const ls_files *others = edited_of(files)->others;
    return others->list_directory(others, arena, path, entries);
}

static int read_file(const ls_files *files, ls_arena *arena, const char *path, const char **text,
                     size_t *length) {
    const ls_edited_files *edited = edited_of(files);
    const char *own = ls_map_get(edited->texts, path);
    if (own == NULL)
        return edited->others->read_file(edited->others, arena, path, text, length);
    *text = own;
    *length = strlen(own);
    return 0;
}

void ls_edited_files_open(ls_edited_files *edited, const ls_files *others, const ls_map *texts) {
    *edited = (ls_edited_files){
        .files = {look_at, list_directory, read_file, edited},
        .others = others,
        .texts = texts,
    };
}
