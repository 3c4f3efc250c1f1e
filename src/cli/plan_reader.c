#include "cli/plan_reader.h"

#include "cli/plan_paths.h"
#include "input/files.h"
#include "support/path.h"

#include <string.h>

/* What paths in a plan are relative to. */
static const char *directory_of(const ls_plan_reader *reader, const char *path) {
    if (reader->config->file != NULL)
        return reader->config->directory;
    const char *directory = ls_path_directory(reader->arena, path);
    return strcmp(directory, ".") == 0 ? "" : ls_arena_join(reader->arena, directory, "/", NULL);
}

static void read_plan(const ls_plan_reader *reader, const char *path, ls_read_plan *read) {
    ls_arena *arena = reader->arena;
    const char *text;
    size_t length;
    ls_text_problem problem;
    int error = ls_files_on_disk.read_file(&ls_files_on_disk, arena, path, &text, &length);
    if (error != 0) {
        read->complaint = ls_arena_format(arena, "%s: %s", path, strerror(error));
        return;
    }
    const ls_source *source = ls_source_new(arena, path, text, length, &problem);
    if (source == NULL)
        read->complaint = ls_arena_format(arena, "%s:%u:%u: %s", path, problem.position.line,
                                          problem.position.column, problem.message);
    else
        read->plan = ls_plan_read(arena, source, directory_of(reader, path), &read->problems);
}

ls_read_plan *ls_plan_reader_get(ls_plan_reader *reader, const char *path) {
    const char *shown = ls_path_shown(reader->arena, path);
    ls_read_plan *known = ls_map_get(&reader->plans, shown);
    if (known != NULL)
        return known;
    ls_read_plan *read = LS_NEW(reader->arena, ls_read_plan);
    read_plan(reader, shown, read);
    ls_map_set(reader->arena, &reader->plans, shown, read);
    return read;
}

ls_words ls_plan_reader_files(ls_plan_reader *reader) {
    ls_words paths = {0}, files = {0};
    ls_configured_plans(reader->arena, reader->config, &paths);
    for (size_t i = 0; i < paths.count; i++) {
        const ls_plan *plan = ls_plan_reader_get(reader, paths.items[i])->plan;
        if (plan != NULL)
            ls_plan_list_files(reader->arena, plan, &files);
    }
    return files;
}
