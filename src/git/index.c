/*
 * index.c - the index has no directories, only paths in the order of their bytes. They are put into
 * a map, each directory on the way with the names in it.
 *
 * A directory of the disk that nothing is staged in is there and empty: a repository whose first
 * migration is not staged yet has nothing to judge, which is no mistake. A symbolic link to a file
 * is followed within the index, one to a directory on the disk (ls_repository_path).
 */
#include "git/index.h"

#include "support/path.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_LINKS = 8 };

typedef enum { FILE_ENTRY, LINK_ENTRY, DIRECTORY_ENTRY } entry_kind;

typedef struct {
    entry_kind kind;
    const char *path;     /* from the root; "" for the root */
    const char *id;       /* of the content */
    ls_blob_batch *batch; /* of files, that it is read in */
    ls_file_names names;
} entry;

typedef struct {
    ls_repository *repository;
    ls_blobs *blobs;
    ls_map entries;    /* by path */
    const entry *last; /* file that was added */
} staged;

/* --- Reading --------------------------------------------------------------------------------- */

/* The directory that a path stands in, "" for the root. */
static const char *holder_of(ls_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? "" : ls_arena_copy(arena, path, (size_t)(slash - path));
}

/* Puts an entry where it belongs, with the directories above it. */
static entry *add(staged *index, entry_kind kind, const char *path) {
    ls_arena *arena = index->repository->arena;
    entry *added = LS_NEW(arena, entry);
    *added = (entry){.kind = kind, .path = path};
    ls_map_set(arena, &index->entries, path, added);
    if (*path == 0)
        return added;
    const char *holder_path = holder_of(arena, path);
    entry *holder = ls_map_get(&index->entries, holder_path);
    if (holder == NULL)
        holder = add(index, DIRECTORY_ENTRY, holder_path);
    LS_PUSH(arena, &holder->names, ls_path_last(path));
    return added;
}

/* Who reads a migration reads those beside it, which have the same extension. */
static bool are_read_together(const entry *one, const entry *other) {
    const char *name = ls_path_last(one->path), *other_name = ls_path_last(other->path);
    const char *extension = strrchr(name, '.'), *other_extension = strrchr(other_name, '.');
    const size_t length = (size_t)(name - one->path);
    return extension != NULL && other_extension != NULL &&
           strcmp(extension, other_extension) == 0 &&
           length == (size_t)(other_name - other->path) &&
           memcmp(one->path, other->path, length) == 0;
}

static void put_into_batch(staged *index, entry *file) {
    const entry *last = index->last;
    const bool fits = last != NULL && last->batch->names.count < LS_BLOBS_AT_ONCE &&
                      are_read_together(last, file);
    file->batch = fits ? last->batch : LS_NEW(index->repository->arena, ls_blob_batch);
    LS_PUSH(index->repository->arena, &file->batch->names, file->id);
    index->last = file;
}

/* One line of ls-files: "MODE ID STAGE", a tab, the path. */
static const char *add_line(staged *index, const char *line) {
    enum { MODE = 6, AFTER_MODE };
    static const char link[] = "120000", module[] = "160000";
    ls_arena *arena = index->repository->arena;
    const char *id = line + AFTER_MODE, *tab = strchr(line, '\t');
    if (tab == NULL || tab - id < 3)
        return "git ls-files gave what cannot be understood";
    const char *path = tab + 1;
    if (tab[-1] != '0')
        return ls_arena_format(arena, "%s is in conflict: resolve it first",
                               ls_repository_shown(index->repository, path));
    if (strncmp(line, module, MODE) == 0)
        return NULL;
    entry *added = add(index, strncmp(line, link, MODE) == 0 ? LINK_ENTRY : FILE_ENTRY, path);
    added->id = ls_arena_copy(arena, id, strcspn(id, " "));
    if (added->kind == FILE_ENTRY)
        put_into_batch(index, added);
    return NULL;
}

/* --- As files -------------------------------------------------------------------------------- */

static const staged *index_of(const ls_files *files) {
    return files->context;
}

/* What a link means, from the root; NULL where that is outside of the index. */
static const entry *follow(const staged *index, ls_arena *arena, const entry *link) {
    const char *target;
    size_t length;
    for (int i = 0; i < MOST_LINKS && link != NULL && link->kind == LINK_ENTRY; i++) {
        if (ls_blobs_read(index->blobs, arena, link->id, &target, &length) != 0)
            return NULL;
        const char *directory = ls_path_join(arena, "/", holder_of(arena, link->path));
        const char *path = ls_path_below(arena, "/", ls_path_join(arena, directory, target));
        link = path == NULL ? NULL : ls_map_get(&index->entries, path);
    }
    return link == NULL || link->kind == LINK_ENTRY ? NULL : link;
}

static const entry *entry_at(const staged *index, ls_arena *arena, const char *path) {
    const char *key = ls_repository_path(index->repository, path);
    const entry *found = key == NULL ? NULL : ls_map_get(&index->entries, key);
    return found == NULL ? NULL : follow(index, arena, found);
}

static int look_at(const ls_files *files, ls_arena *arena, const char *path,
                   ls_file_status *status) {
    const staged *index = index_of(files);
    const entry *found = entry_at(index, arena, path);
    struct stat on_disk;
    *status = (ls_file_status){.kind = LS_FILE_DIRECTORY};
    if (found == NULL && (stat(path, &on_disk) != 0 || !S_ISDIR(on_disk.st_mode)))
        return ENOENT;
    if (found != NULL && found->kind == FILE_ENTRY)
        status->kind = LS_FILE_REGULAR;
    status->identity = found == NULL ? ls_repository_path(index->repository, path) : found->path;
    return status->identity == NULL ? ENOENT : 0;
}

static int list_directory(const ls_files *files, ls_arena *arena, const char *path,
                          ls_directory_entries *entries) {
    const entry *found = entry_at(index_of(files), arena, path);
    if (found != NULL && found->kind != DIRECTORY_ENTRY)
        return ENOTDIR;
    for (uint32_t i = 0; found != NULL && i < found->names.count; i++)
        LS_PUSH(arena, entries,
                ((ls_directory_entry){.name = found->names.items[i], .kind = LS_FILE_UNSEEN}));
    return 0;
}

static int read_file(const ls_files *files, ls_arena *arena, const char *path, const char **text,
                     size_t *length) {
    const staged *index = index_of(files);
    const entry *found = entry_at(index, arena, path);
    if (found == NULL)
        return ENOENT;
    if (found->kind == DIRECTORY_ENTRY)
        return EISDIR;
    return ls_blobs_read_one_of(index->blobs, found->batch, found->id, text, length);
}

void ls_index_keep_directory(ls_index *index, const char *file) {
    staged *read = index->files.context;
    const char *directory = holder_of(read->repository->arena, file);
    if (ls_map_get(&read->entries, directory) == NULL)
        add(read, DIRECTORY_ENTRY, directory);
}

static const char *const LISTING[] = {"ls-files", "--stage", "-z", "--full-name", ":/", NULL};

void ls_index_ask_ahead(const ls_repository *repository) {
    ls_repository_ask_ahead(repository, LISTING);
}

const char *ls_index_read(ls_index *index, ls_repository *repository, ls_blobs *blobs) {
    ls_process_result result;
    staged *read = LS_NEW(repository->arena, staged);
    *read = (staged){.repository = repository, .blobs = blobs};
    const char *problem = ls_repository_run(repository, LISTING, &result);
    add(read, DIRECTORY_ENTRY, "");
    const char *end = result.output + result.length;
    for (const char *line = result.output; problem == NULL && line < end; line += strlen(line) + 1)
        problem = add_line(read, line);
    index->files = (ls_files){look_at, list_directory, read_file, read};
    return problem;
}
