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

/* Notes the directories that the file lies below with a version, its own name's or a directory's,
 * in between. */
static void note_above(ls_arena *arena, ls_map *above, const char *path) {
    const char *directory = path;
    bool has_version = false;
    do {
        has_version |= is_version(ls_path_last(directory));
        directory = ls_path_directory(arena, directory);
        if (has_version)
            ls_map_set(arena, above, directory, above);
    } while (strcmp(directory, ".") != 0 && strcmp(directory, "/") != 0);
}

static bool may_be_snapshot(const ls_migration *file) {
    return file->framework == ls_framework_plain && file->layout != NULL && !file->is_schema &&
           is_called_so(file->name);
}

/* The directories that hold versions, of a layout. */
static ls_map find_above(const ls_input *input, const ls_layout *layout) {
    ls_map above = {0};
    for (LS_EACH(const ls_migration, file, input->files))
        if (file->layout == layout)
            note_above(input->arena, &above, file->name);
    return above;
}

/* The files of one layout are neighbours. */
static bool *find_snapshots(const ls_input *input) {
    bool *are_snapshots = LS_NEW_ARRAY(input->arena, bool, input->files.count + 1);
    const ls_layout *layout = NULL;
    ls_map above = {0};
    for (uint32_t i = 0; i < input->files.count; i++) {
        const ls_migration *file = &input->files.items[i];
        if (!may_be_snapshot(file))
            continue;
        if (file->layout != layout)
            above = find_above(input, file->layout);
        layout = file->layout;
        are_snapshots[i] = ls_map_get(&above, ls_path_directory(input->arena, file->name)) != NULL;
    }
    return are_snapshots;
}

static void note(ls_input *input, const char *name) {
    LS_PUSH(input->arena, &input->notes,
            ls_arena_format(input->arena,
                            "%s: left out, because by its name it holds what all migrations beside "
                            "it make; schema: in lockstep.yaml makes it the state before them",
                            name));
}

void ls_leave_out_snapshots(ls_input *input) {
    const bool *left_out = find_snapshots(input);
    uint32_t judged = 0, kept = 0;
    for (uint32_t i = 0; i < input->files.count; i++)
        judged += input->files.items[i].judged && !left_out[i];
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
