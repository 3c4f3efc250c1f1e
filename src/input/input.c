/*
 * input.c - from the paths on the command line to the files in their order.
 *
 * The paths are gathered by the directory that gives them their order, in the sequence in which
 * those directories are first named. Then each directory is listed once, what was named in it is
 * marked, and what would run after the last file to judge is dropped. A file reached by two paths
 * is taken where it comes first.
 */
#include "input/input.h"

#include "input/directory.h"
#include "input/order.h"
#include "support/path.h"

#include <stdlib.h>
#include <string.h>

static const char NAMELESS_STDIN[] = "<stdin>";

enum { ALL_THE_WAY = 1000 /* directories deep: more than a path can be long */ };

/* A directory, and what of it was asked for. */
typedef struct {
    const char *path;
    const char *identity; /* NULL: no directory, what is named stands alone */
    bool judged;          /* all of it */
    uint32_t depth;       /* how far below it files are looked for */
    LS_VECTOR(ls_found_file) named;
} asked_folder;

typedef struct {
    ls_input *input;
    ls_arena *arena;
    bool judge_all, may_be_empty;
    LS_VECTOR(asked_folder) folders;
    const ls_files *from;
    const ls_framework_choices *choices;
    ls_map taken; /* indexes into the input's files, plus one, by identity */
} file_finder;

static void add_error(file_finder *finder, const char *path, const char *reason) {
    LS_PUSH(finder->arena, &finder->input->errors,
            ls_arena_format(finder->arena, "%s: %s", path, reason));
}

static asked_folder *folder_of(file_finder *finder, const char *path, const char *identity) {
    for (size_t i = 0; i < finder->folders.count; i++) {
        asked_folder *known = &finder->folders.items[i];
        if (known->identity != NULL && identity != NULL && strcmp(known->identity, identity) == 0)
            return known;
    }
    LS_PUSH(finder->arena, &finder->folders, ((asked_folder){.path = path, .identity = identity}));
    return &finder->folders.items[finder->folders.count - 1];
}

/* --- The command line ------------------------------------------------------------------------ */

static int look_at(const file_finder *finder, const char *path, ls_file_status *status) {
    return finder->from->look_at(finder->from, finder->arena, path, status);
}

static void name_directory(file_finder *finder, const char *path, const char *identity) {
    asked_folder *folder = folder_of(finder, path, identity);
    folder->judged = true;
    folder->depth = ALL_THE_WAY;
}

/* Takes standard input that has no place in a directory. */
static void name_alone(file_finder *finder, ls_found_file file) {
    asked_folder *folder = folder_of(finder, "", NULL);
    file.named = true;
    file.relative = file.identity = file.path;
    LS_PUSH(finder->arena, &folder->named, file);
}

/* What is left of a path below a directory that it starts with. */
static const char *path_below(const char *directory, const char *path) {
    return strcmp(directory, ".") == 0 ? path : path + strlen(directory) + 1;
}

/* Takes a file, or standard input under a file's name, as asked for by name. */
static void name_file(file_finder *finder, ls_found_file file) {
    ls_arena *arena = finder->arena;
    const char *name = ls_path_last(file.path);
    const char *directory = ls_path_directory(arena, file.path);
    ls_file_status status;
    if (look_at(finder, directory, &status) != 0) {
        name_alone(finder, file);
        return;
    }
    file.named = true;
    file.relative = name;
    file.identity = ls_file_identity(arena, status.identity, name);
    uint32_t depth = 0;
    if (ls_is_named_by_directory(name) && ls_has_version(ls_path_last(directory))) {
        const char *parent = ls_path_directory(arena, directory);
        file.relative = ls_path_join(arena, ls_path_last(directory), name);
        if (look_at(finder, parent, &status) == 0)
            directory = parent;
        depth = 1;
    }
    const char *top = ls_sqitch_top(finder->from, arena, directory);
    if (top != NULL && look_at(finder, top, &status) == 0) {
        file.relative = path_below(top, file.path);
        directory = top;
        depth = ALL_THE_WAY;
    }
    asked_folder *folder = folder_of(finder, directory, status.identity);
    folder->depth = depth > folder->depth ? depth : folder->depth;
    LS_PUSH(arena, &folder->named, file);
}

static void name_stdin(file_finder *finder, const char *name) {
    ls_found_file file = {.path = NAMELESS_STDIN, .is_stdin = true};
    if (name != NULL) {
        file.path = ls_path_shown(finder->arena, name);
        name_file(finder, file);
        return;
    }
    name_alone(finder, file);
}

static void name_path(file_finder *finder, const char *given) {
    const char *path = ls_path_shown(finder->arena, given);
    if (*given == '\0') {
        add_error(finder, "\"\"", "an empty path");
        return;
    }
    ls_file_status status;
    int error = look_at(finder, path, &status);
    if (error != 0)
        add_error(finder, path, strerror(error));
    else if (status.kind == LS_FILE_DIRECTORY)
        name_directory(finder, path, status.identity);
    else if (status.kind != LS_FILE_REGULAR)
        add_error(finder, path, "is not a regular file (use - to read standard input)");
    else
        name_file(finder, (ls_found_file){.path = path});
}

/* --- The directories ------------------------------------------------------------------------- */

/* Puts what was named among what was found, in place of the same file; standard input stands for
 * the file whose name it bears. */
static void add_named(ls_listing *listing, const asked_folder *folder) {
    ls_map indexes = {0}; /* plus one, by identity */
    for (size_t i = 0; i < listing->files.count; i++)
        ls_map_set(listing->arena, &indexes, listing->files.items[i].identity, (void *)(i + 1));
    for (size_t i = 0; i < folder->named.count; i++) {
        ls_found_file named = folder->named.items[i];
        uintptr_t index = (uintptr_t)ls_map_get(&indexes, named.identity);
        if (index == 0) {
            LS_PUSH(listing->arena, &listing->files, named);
            ls_map_set(listing->arena, &indexes, named.identity,
                       (void *)(uintptr_t)listing->files.count);
        } else if (named.is_stdin || !listing->files.items[index - 1].named) {
            listing->files.items[index - 1] = named;
        }
    }
}

/* Appends a file, or says of one that was taken before that it is to be judged. */
static void take(file_finder *finder, const ls_listing *listing, const ls_found_file *file,
                 bool judged) {
    ls_input *input = finder->input;
    uintptr_t known = (uintptr_t)ls_map_get(&finder->taken, file->identity);
    if (known > 0) {
        ls_migration *same = &input->files.items[known - 1];
        same->judged |= judged && !same->is_schema;
        return;
    }
    LS_PUSH(finder->arena, &input->files,
            ((ls_migration){.name = file->path,
                            .path = file->is_stdin ? NULL : file->path,
                            .judged = judged,
                            .is_stdin = file->is_stdin,
                            .framework = file->layout->framework,
                            .layout = file->layout,
                            .version = ls_version_of(finder->arena, file->relative),
                            .repeatable = ls_is_repeatable(ls_path_last(file->relative)),
                            .down_path = ls_down_file_of(finder->arena, listing, file)}));
    ls_map_set(finder->arena, &finder->taken, file->identity,
               (void *)(uintptr_t)input->files.count);
}

static void take_files(file_finder *finder, const asked_folder *folder, const ls_listing *listing) {
    size_t end = listing->files.count;
    while (end > 0 && !folder->judged && !listing->files.items[end - 1].named)
        end--;
    if (finder->input->files.capacity == 0)
        LS_RESERVE(finder->arena, &finder->input->files, end);
    for (size_t i = 0; i < end; i++) {
        const ls_found_file *file = &listing->files.items[i];
        take(finder, listing, file, folder->judged || file->named || finder->judge_all);
    }
}

static void add_note(file_finder *finder, const char *path, const char *note) {
    LS_PUSH(finder->arena, &finder->input->notes,
            ls_arena_format(finder->arena, "%s: %s", path, note));
}

/* "MySQL, SQLite" */
static const char *names_of(ls_arena *arena, const ls_file_names *databases) {
    const char *names = "";
    for (uint32_t i = 0; i < databases->count; i++)
        names = ls_arena_join(arena, names, i == 0 ? "" : ", ", databases->items[i], NULL);
    return names;
}

/* The first, and how many more. */
static const char *first_of(ls_arena *arena, const char *first, uint32_t count) {
    if (count == 1)
        return first;
    return ls_arena_format(arena, "%s and %u other%s", first, (unsigned)count - 1,
                           count == 2 ? "" : "s");
}

static void note_left_out(file_finder *finder, const char *path, const ls_left_out *left_out) {
    ls_arena *arena = finder->arena;
    for (LS_EACH(const char *, index, left_out->unread))
        add_note(finder, *index, "is not read: all files are taken, in the order of their names");
    for (LS_EACH(const char *, note, left_out->notes))
        LS_PUSH(arena, &finder->input->notes, *note);
    if (left_out->foreign.count > 0)
        add_note(finder, path,
                 ls_arena_format(arena, "what is for another database is left out: %s",
                                 names_of(arena, &left_out->foreign)));
    if (left_out->unlisted > 0)
        add_note(finder, path,
                 ls_arena_format(arena, "%s %s, so that %s: left out", left_out->why_unlisted,
                                 first_of(arena, left_out->first_unlisted, left_out->unlisted),
                                 left_out->unlisted == 1 ? "it never runs" : "they never run"));
    if (left_out->tests > 0)
        add_note(finder, path,
                 ls_arena_format(arena,
                                 "%s: left out, because tests, fixtures and seeds are no "
                                 "migrations; name a file or its directory to check it",
                                 first_of(arena, left_out->first_test, left_out->tests)));
}

static const char *why_empty(ls_arena *arena, const ls_listing *listing,
                             const ls_left_out *left_out) {
    if (left_out->foreign.count > 0)
        return ls_arena_format(arena, "holds migrations for %s only, nothing to check",
                               names_of(arena, &left_out->foreign));
    if (left_out->unlisted > 0)
        return "holds no migration that its index lists, nothing to check";
    return listing->down_files > 0 ? "holds down migrations only, nothing to check"
                                   : "holds no .sql files";
}

static void check_directory(file_finder *finder, const asked_folder *folder,
                            const ls_listing *listing, const ls_left_out *left_out) {
    if (!folder->judged)
        return;
    finder->input->down_files += listing->down_files + left_out->downs;
    if (listing->files.count > 0 || listing->errors.count > 0)
        note_left_out(finder, folder->path, left_out);
    else if (!finder->may_be_empty)
        add_error(finder, folder->path, why_empty(finder->arena, listing, left_out));
}

static void lay_out(file_finder *finder, const asked_folder *folder, ls_listing *listing,
                    ls_left_out *left_out) {
    ls_layouts layouts = {.arena = finder->arena,
                          .from = finder->from,
                          .root = folder->identity == NULL ? NULL : folder->path,
                          .choices = finder->choices};
    left_out->foreign = listing->foreign;
    ls_lay_out(&layouts, listing, left_out);
}

static void open_folder(file_finder *finder, const asked_folder *folder) {
    ls_listing listing = {.arena = finder->arena, .from = finder->from};
    ls_left_out left_out = {0};
    if (folder->identity != NULL)
        ls_list_directory(&listing, folder->path, folder->depth);
    for (size_t i = 0; i < listing.errors.count; i++)
        LS_PUSH(finder->arena, &finder->input->errors, listing.errors.items[i]);
    add_named(&listing, folder);
    lay_out(finder, folder, &listing, &left_out);
    check_directory(finder, folder, &listing, &left_out);
    take_files(finder, folder, &listing);
}

/* Nobody judges it, wherever else it is found. */
static void take_schema(file_finder *finder, const char *given) {
    ls_arena *arena = finder->arena;
    const char *path = ls_path_shown(arena, given);
    ls_file_status status, directory;
    int error = look_at(finder, path, &status);
    if (error == 0)
        error = look_at(finder, ls_path_directory(arena, path), &directory);
    if (error != 0 || status.kind != LS_FILE_REGULAR) {
        add_error(finder, path, error != 0 ? strerror(error) : "is not a regular file");
        return;
    }
    LS_PUSH(arena, &finder->input->files,
            ((ls_migration){
                .name = path, .path = path, .is_schema = true, .framework = ls_framework_plain}));
    ls_map_set(arena, &finder->taken,
               ls_file_identity(arena, directory.identity, ls_path_last(path)),
               (void *)(uintptr_t)finder->input->files.count);
}

ls_input *ls_input_find(const ls_input_request *request) {
    ls_arena *arena = ls_arena_new();
    ls_input *input = LS_NEW(arena, ls_input);
    input->arena = arena;
    input->from = request->from == NULL ? &ls_files_on_disk : request->from;
    file_finder finder = {.input = input,
                          .arena = arena,
                          .judge_all = request->judge_all,
                          .may_be_empty = request->may_be_empty,
                          .from = input->from,
                          .choices = &request->frameworks};
    if (request->schema != NULL)
        take_schema(&finder, request->schema);
    for (size_t i = 0; i < request->path_count; i++) {
        if (strcmp(request->paths[i], "-") == 0)
            name_stdin(&finder, request->stdin_name);
        else
            name_path(&finder, request->paths[i]);
    }
    for (size_t i = 0; i < finder.folders.count; i++)
        open_folder(&finder, &finder.folders.items[i]);
    return input;
}

void ls_input_free(ls_input *input) {
    if (input == NULL)
        return;
    for (size_t i = 0; i < input->parse_arenas.count; i++)
        ls_arena_free(input->parse_arenas.items[i]);
    ls_arena_free(input->arena);
}
