/*
 * include.c - where an included file is looked for, and which are not followed.
 *
 * \ir goes from the directory of the script. \i goes from the directory that psql is started in,
 * which no script says: it is looked for from the working directory, and then from the script's
 * directory and those above it. Nothing outside the repository is read, or, where there is none,
 * outside the directory of the script and the working directory.
 */
#include "input/include.h"

#include "input/branches.h"
#include "input/framework.h"
#include "support/path.h"

#include <errno.h>
#include <string.h>

enum { MOST_DIRECTORIES_UP = 64, LARGEST_INCLUDED = 64 << 20 };

/* What the loader's functions are told. */
typedef struct {
    const ls_files *from;
    const ls_migration *migration;
} inclusion_context;

static bool is_there(const ls_files *from, ls_arena *arena, const char *path,
                     ls_file_status *status) {
    return from->look_at(from, arena, path, status) == 0;
}

static const char *above(ls_arena *arena, const char *directory) {
    return ls_path_from(arena, ".", ls_path_join(arena, directory, ".."));
}

/* The directory above all that may be read for a script there. */
static const char *root_of(const ls_files *from, ls_arena *arena, const char *directory) {
    ls_file_status status;
    const char *at = directory;
    for (int i = 0; i < MOST_DIRECTORIES_UP; i++) {
        if (is_there(from, arena, ls_path_join(arena, at, ".git"), &status))
            return at;
        const char *next = above(arena, at);
        if (is_there(from, arena, next, &status) && strcmp(next, at) == 0)
            break;
        at = next;
    }
    return strncmp(directory, "..", 2) == 0 || directory[0] == '/' ? directory : ".";
}

static bool is_at_or_below(ls_arena *arena, const char *root, const char *path) {
    return ls_path_below(arena, root, path) != NULL;
}

/* The file's path, from the nearest of the directories that has it. */
static const char *find(const ls_files *from, ls_arena *arena, const char *directory,
                        const char *root, const char *name, bool relative) {
    ls_file_status status;
    const char *start = relative || name[0] == '/' ? directory : ".";
    const char *first = name[0] == '/' ? ls_path_shown(arena, name)
                                       : ls_path_from(arena, ".", ls_path_join(arena, start, name));
    if (relative || name[0] == '/' || is_there(from, arena, first, &status))
        return first;
    for (int i = 0; i < MOST_DIRECTORIES_UP; i++) {
        const char *path = ls_path_from(arena, ".", ls_path_join(arena, directory, name));
        if (is_there(from, arena, path, &status))
            return path;
        if (strcmp(directory, root) == 0)
            break;
        directory = above(arena, directory);
    }
    return first;
}

static const ls_source *read_file(const ls_files *from, ls_arena *arena, const char *path,
                                  const char **why) {
    ls_file_status status;
    ls_text_problem problem;
    const char *text;
    size_t length;
    int error = from->look_at(from, arena, path, &status);
    if (error == 0 && status.kind != LS_FILE_REGULAR)
        error = status.kind == LS_FILE_DIRECTORY ? EISDIR : EINVAL;
    if (error == 0 && status.size > LARGEST_INCLUDED)
        error = EFBIG;
    if (error == 0)
        error = from->read_file(from, arena, path, &text, &length);
    if (error != 0) {
        *why = ls_arena_format(arena, "%s: %s", path, strerror(error));
        return NULL;
    }
    const ls_source *source = ls_source_new(arena, path, text, length, &problem);
    if (source == NULL)
        *why = ls_arena_format(arena, "%s:%u:%u: %s", path, problem.position.line,
                               problem.position.column, problem.message);
    return source;
}

static const ls_source *open_of_framework(const inclusion_context *context, ls_arena *arena,
                                          const ls_source *from, const char *name,
                                          const char **why) {
    const ls_migration *migration = context->migration;
    const char *path =
        migration->framework->included(arena, migration->name, from->name, name, why);
    return path == NULL ? NULL : read_file(context->from, arena, path, why);
}

static const ls_source *open_file(const ls_inclusion *inclusion, ls_arena *arena,
                                  const ls_source *from, const char *name, bool relative,
                                  const char **why) {
    const inclusion_context *context = inclusion->context;
    if (context->migration->framework->included != NULL)
        return open_of_framework(context, arena, from, name, why);
    const ls_files *files = context->from;
    const char *directory = ls_path_directory(arena, from->name);
    const char *root = root_of(files, arena, directory);
    if (*name == '\0') {
        *why = "it names no file";
        return NULL;
    }
    const char *path = find(files, arena, directory, root, name, relative);
    if (is_at_or_below(arena, root, path))
        return read_file(files, arena, path, why);
    *why = ls_arena_format(arena, "%s lies outside the repository, where nothing is read", path);
    return NULL;
}

static const char *as_read(const ls_migration *migration, ls_arena *arena, const char *text) {
    const ls_framework *framework = migration->framework;
    const char *chosen = ls_branches_for_postgres(arena, text);
    return framework->with_includes == NULL ? chosen : framework->with_includes(arena, chosen);
}

static const char *text_of(const ls_inclusion *inclusion, ls_arena *arena,
                           const ls_source *source) {
    const inclusion_context *context = inclusion->context;
    return as_read(context->migration, arena, source->text);
}

ls_script *ls_read_with_included(ls_arena *arena, const ls_files *from,
                                 const ls_migration *migration, const char *text) {
    inclusion_context context = {from, migration};
    const ls_inclusion inclusion = {.open = open_file, .text_of = text_of, .context = &context};
    const ls_layout *layout = migration->layout;
    bool is_filled = layout != NULL && !migration->is_unfilled;
    ls_script *script =
        ls_script_read_part(arena, migration->source, as_read(migration, arena, text), &inclusion,
                            is_filled ? layout->placeholders : NULL);
    script->first_schema = layout == NULL ? NULL : layout->first_schema;
    return script;
}
