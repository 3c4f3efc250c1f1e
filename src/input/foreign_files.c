/*
 * foreign_files.c - one note for all files of another database, not a finding a statement.
 *
 * A file is for another database where its own text says so. In the directory of such a file, what
 * PostgreSQL cannot read either is taken to be of the same kind, and all of it where that is most.
 */
#include "input/foreign_files.h"

#include "support/path.h"

static bool is_unreadable(const ls_migration *file) {
    if (file->script == NULL)
        return false;
    for (uint32_t i = 0; i < file->script->statements.count; i++)
        if (file->script->statements.items[i]->kind == LS_STATEMENT_UNPARSED)
            return true;
    return false;
}

typedef struct {
    const char *database; /* of the first file whose text says so; NULL: none does */
    uint32_t files, foreign;
} directory;

static directory *directory_of(ls_arena *arena, ls_map *directories, const ls_migration *file) {
    const char *path = ls_path_directory(arena, file->name);
    directory *known = ls_map_get(directories, path);
    if (known == NULL) {
        known = LS_NEW(arena, directory);
        ls_map_set(arena, directories, path, known);
    }
    return known;
}

static void count_databases(ls_input *input, ls_map *directories) {
    for (LS_EACH(const ls_migration, file, input->files)) {
        directory *in = directory_of(input->arena, directories, file);
        if (in->database == NULL)
            in->database = file->foreign;
    }
    for (LS_EACH(const ls_migration, file, input->files)) {
        directory *in = directory_of(input->arena, directories, file);
        in->files++;
        in->foreign += file->foreign != NULL || (in->database != NULL && is_unreadable(file));
    }
}

static void spread(ls_input *input) {
    ls_map directories = {0};
    count_databases(input, &directories);
    for (LS_EACH(ls_migration, file, input->files)) {
        const directory *in = directory_of(input->arena, &directories, file);
        if (file->foreign == NULL && (in->foreign * 2 > in->files || is_unreadable(file)))
            file->foreign = in->database;
    }
}

static bool judges_any(const ls_input *input) {
    for (LS_EACH(const ls_migration, file, input->files))
        if (file->judged)
            return true;
    return false;
}

/* Counted from 0; the number of files if there is none. */
static uint32_t first_foreign(const ls_input *input) {
    uint32_t number = 0;
    while (number < input->files.count && input->files.items[number].foreign == NULL)
        number++;
    return number;
}

void ls_leave_out_foreign(ls_input *input) {
    if (first_foreign(input) == input->files.count)
        return;
    spread(input);
    const ls_migration first = input->files.items[first_foreign(input)];
    uint32_t kept = 0, foreign = 0;
    for (LS_EACH(const ls_migration, file, input->files)) {
        if (file->foreign == NULL)
            input->files.items[kept++] = *file;
        else
            foreign++;
    }
    input->files.count = kept;
    const char *note =
        ls_arena_join(input->arena, first.name, ": is written for ", first.foreign, NULL);
    if (foreign > 1)
        note =
            ls_arena_format(input->arena, "%s, the first of %u files that are not for PostgreSQL",
                            note, (unsigned)foreign);
    if (judges_any(input))
        LS_PUSH(input->arena, &input->notes, ls_arena_join(input->arena, note, ": left out", NULL));
    else
        LS_PUSH(
            input->arena, &input->errors,
            ls_arena_join(input->arena, note, "; lockstep checks migrations for PostgreSQL", NULL));
}
