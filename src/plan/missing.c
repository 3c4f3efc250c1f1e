#include "plan/missing.h"

#include "sql/parts.h"
#include "support/nearest.h"
#include "support/path.h"

#include <string.h>

/* The file of the same directory whose name is nearest; NULL: none is near. */
static const char *nearest_in(ls_arena *arena, const ls_files *from, const char *directory,
                              const char *name) {
    ls_directory_entries entries = {0};
    ls_words names = {0};
    if (from->list_directory(from, arena, directory, &entries) != 0)
        return NULL;
    for (LS_EACH(const ls_directory_entry, entry, entries))
        LS_PUSH(arena, &names, entry->name);
    return ls_nearest(name, names.items, names.count);
}

static bool is_file(ls_arena *arena, const ls_files *from, const char *path) {
    ls_file_status status;
    return from->look_at(from, arena, path, &status) == 0 && status.kind == LS_FILE_REGULAR;
}

const char *ls_why_missing(ls_arena *arena, const ls_files *from, const char *shown,
                           const char *written) {
    static const char missing[] = "there is no such file";
    if (strcmp(shown, written) != 0 && is_file(arena, from, written))
        return ls_arena_format(arena,
                               "%s; %s is there, but without a lockstep.yaml paths are relative to "
                               "the plan's own directory",
                               missing, written);
    const char *name =
        nearest_in(arena, from, ls_path_directory(arena, shown), ls_path_last(shown));
    return name == NULL ? missing
                        : ls_arena_format(arena, "%s; did you mean \"%s\"?", missing, name);
}
