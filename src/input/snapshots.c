/*
 * snapshots.c - LATEST.sql and schema.sql, by their names and by what lies beside them.
 *
 * A tool that nobody has named runs the files of a directory by their versions. One without a
 * version, called after the schema, in a directory that holds versions of it further down or beside
 * it, is how new databases are made.
 */
#include "input/snapshots.h"

#include "input/framework.h"
#include "input/order.h"
#include "support/path.h"

#include <string.h>
#include <strings.h>

static const char *const snapshot_names[] = {"latest.sql", "schema.sql", "snapshot.sql",
                                             "structure.sql"};

static bool is_called_so(const char *path) {
    for (size_t i = 0; i < sizeof snapshot_names / sizeof *snapshot_names; i++)
        if (strcasecmp(ls_path_last(path), snapshot_names[i]) == 0)
            return true;
    return false;
}

/* "0.26", "V2__x.sql" and, as directories are called, "v1.2". */
static bool is_version(const char *part) {
    return ls_has_version(part) || (part[0] == 'v' && ls_has_version(part + 1));
}

/* Whether a file or a directory on the way from the directory to the file has a version. */
static bool has_version_below(ls_arena *arena, const char *directory, const char *path) {
    const char *below = strcmp(directory, ".") == 0 ? path : ls_path_below(arena, directory, path);
    while (below != NULL && !is_version(below)) {
        below = strchr(below, '/');
        below = below == NULL ? NULL : below + 1;
    }
    return below != NULL;
}

static bool lies_above_versions(const ls_input *input, const ls_migration *file) {
    const char *directory = ls_path_directory(input->arena, file->name);
    for (LS_EACH(const ls_migration, other, input->files))
        if (other->layout == file->layout && other != file &&
            has_version_below(input->arena, directory, other->name))
            return true;
    return false;
}

static bool is_snapshot(const ls_input *input, const ls_migration *file) {
    return file->framework == ls_framework_plain && file->layout != NULL && !file->is_schema &&
           is_called_so(file->name) && lies_above_versions(input, file);
}

static void note(ls_input *input, const char *name) {
    LS_PUSH(input->arena, &input->notes,
            ls_arena_format(input->arena,
                            "%s: left out, because by its name it holds what all migrations beside "
                            "it make; schema: in lockstep.yaml makes it the state before them",
                            name));
}

void ls_leave_out_snapshots(ls_input *input) {
    bool *left_out = LS_NEW_ARRAY(input->arena, bool, input->files.count + 1);
    uint32_t judged = 0, kept = 0;
    for (uint32_t i = 0; i < input->files.count; i++) {
        const ls_migration *file = &input->files.items[i];
        left_out[i] = is_snapshot(input, file);
        judged += file->judged && !left_out[i];
    }
    if (judged == 0)
        return;
    for (uint32_t i = 0; i < input->files.count; i++) {
        if (left_out[i])
            note(input, input->files.items[i].name);
        else
            input->files.items[kept++] = input->files.items[i];
    }
    input->files.count = kept;
}
