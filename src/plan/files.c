#include "plan/files.h"

#include "plan/missing.h"
#include "plan/rehearsed.h"

#include "plan/running.h"

#include "support/path.h"

#include <string.h>

typedef struct {
    ls_arena *arena;
    const ls_plan *plan;
    const ls_files *from;
    const ls_plan_surroundings *surroundings;
    ls_plan_files *files;
} file_reading;

/* --- Which there are ------------------------------------------------------------------------- */

static const char *shown_path(ls_arena *arena, const ls_plan *plan, const char *path) {
    return ls_path_shown(arena, ls_arena_join(arena, plan->directory, path, NULL));
}

static const char *shown(const file_reading *reading, const char *path) {
    return shown_path(reading->arena, reading->plan, path);
}

const char *ls_plan_stage_path(ls_arena *arena, const ls_plan *plan, const ls_plan_stage *stage) {
    bool runs_sql = stage->verbs > 0 && ls_plan_runs_sql(stage->verb);
    return runs_sql ? shown_path(arena, plan, stage->value) : NULL;
}

void ls_plan_list_files(ls_arena *arena, const ls_plan *plan, ls_words *paths) {
    for (LS_EACH(const ls_plan_stage, stage, plan->stages)) {
        const char *path = ls_plan_stage_path(arena, plan, stage);
        if (path != NULL)
            LS_PUSH(arena, paths, path);
    }
}

static bool is_there(const file_reading *reading, const char *path) {
    ls_file_status status;
    return reading->from->look_at(reading->from, reading->arena, path, &status) == 0 &&
           status.kind == LS_FILE_REGULAR;
}

static void list_files(const file_reading *reading) {
    for (LS_EACH(const ls_plan_stage, stage, reading->plan->stages)) {
        ls_plan_file file = {.path = ls_plan_stage_path(reading->arena, reading->plan, stage)};
        if (file.path != NULL && !is_there(reading, file.path))
            file.problem = ls_why_missing(reading->arena, reading->from, file.path, stage->value);
        LS_PUSH(reading->arena, &reading->files->of_stages, file);
    }
}

static bool is_migration(const ls_plan_stage *stage, const ls_plan_file *file) {
    return file->path != NULL && file->problem == NULL && ls_plan_changes_schema(stage->verb);
}

/* What lies behind the migration in its directory is run after it, and may touch its tables. */
static void add_with_directory(const file_reading *reading, const char *path, ls_words *paths) {
    const char *directory = ls_path_directory(reading->arena, path);
    if (!ls_has_word(paths, directory))
        LS_PUSH(reading->arena, paths, directory);
    LS_PUSH(reading->arena, paths, path);
}

/* The directories of the configuration, and the plan's own migrations. */
static ls_words paths_of(const file_reading *reading) {
    const ls_plan_surroundings *surroundings = reading->surroundings;
    ls_words paths = {0};
    ls_file_status status;
    for (size_t i = 0; i < surroundings->directories.count; i++)
        if (reading->from->look_at(reading->from, reading->arena,
                                   surroundings->directories.items[i], &status) == 0)
            LS_PUSH(reading->arena, &paths, surroundings->directories.items[i]);
    for (uint32_t i = 0; i < reading->plan->stages.count; i++)
        if (is_migration(&reading->plan->stages.items[i], &reading->files->of_stages.items[i]))
            add_with_directory(reading, reading->files->of_stages.items[i].path, &paths);
    return paths;
}

/* --- One by one ------------------------------------------------------------------------------ */

/* Reads a file that is no migration. */
static const ls_script *read_script(const file_reading *reading, const char *path,
                                    const char **why) {
    const char *text;
    size_t length;
    ls_text_problem problem;
    int error = reading->from->read_file(reading->from, reading->arena, path, &text, &length);
    if (error != 0) {
        *why = strerror(error);
        return NULL;
    }
    const ls_source *source = ls_source_new(reading->arena, path, text, length, &problem);
    *why = source == NULL ? problem.message : NULL;
    return source == NULL ? NULL : ls_script_read(reading->arena, source);
}

/* 0107_a.sql is taken back by 0107_a.down.sql, or by the same name in a directory called down or
 * revert beside it or beside its directory. The first is looked for where there is none of them. */
static const char *down_beside(const file_reading *reading, const char *path) {
    ls_arena *arena = reading->arena;
    const char *directory = ls_path_directory(arena, path), *name = ls_path_last(path);
    const char *above = ls_path_directory(arena, directory);
    const char *dot = strrchr(name, '.');
    size_t length = dot == NULL ? strlen(name) : (size_t)(dot - name);
    if (length > 3 && strncmp(name + length - 3, ".up", 3) == 0)
        length -= 3;
    const char *stem = ls_arena_copy(arena, name, length);
    const char *candidates[] = {
        ls_path_join(arena, directory, ls_arena_join(arena, stem, ".down.sql", NULL)),
        ls_path_join(arena, directory, ls_arena_join(arena, "down/", name, NULL)),
        ls_path_join(arena, directory, ls_arena_join(arena, "revert/", name, NULL)),
        ls_path_join(arena, above, ls_arena_join(arena, "down/", name, NULL)),
        ls_path_join(arena, above, ls_arena_join(arena, "revert/", name, NULL)),
    };
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (is_there(reading, candidates[i]))
            return candidates[i];
    return candidates[0];
}

/* The down part in the migration's own file: all else is blanked. */
static const ls_script *down_within(const file_reading *reading, const ls_migration *migration) {
    const ls_source *source = migration->source;
    char *text = ls_arena_copy(reading->arena, source->text, source->length);
    uint32_t at = 0;
    for (LS_EACH(const ls_span, part, migration->down)) {
        for (; at < part->begin; at++)
            if (text[at] != '\n')
                text[at] = ' ';
        at = part->end;
    }
    for (; at < source->length; at++)
        if (text[at] != '\n')
            text[at] = ' ';
    return ls_script_read_part(reading->arena, source, text, NULL, NULL);
}

static void find_down(const file_reading *reading, const ls_plan_stage *stage, ls_plan_file *file) {
    const char *why;
    if (stage->down.text == NULL && file->migration != NULL && file->migration->down.count > 0) {
        file->down_path = file->path;
        file->down = down_within(reading, file->migration);
        return;
    }
    if (stage->down.text != NULL)
        file->down_path = shown(reading, stage->down.text);
    else if (file->migration != NULL && file->migration->down_path != NULL)
        file->down_path = file->migration->down_path;
    else
        file->down_path = down_beside(reading, file->path);
    if (is_there(reading, file->down_path))
        file->down = read_script(reading, file->down_path, &why);
}

static void find_migration(const file_reading *reading, ls_plan_file *file) {
    const ls_input *input = reading->files->input;
    for (uint32_t i = 0; i < input->files.count; i++) {
        const ls_migration *migration = &input->files.items[i];
        if (migration->is_schema || strcmp(migration->name, file->path) != 0)
            continue;
        file->migration = migration;
        file->script = migration->script;
        file->place = i + 1;
    }
}

static void read_stage(const file_reading *reading, uint32_t index) {
    const ls_plan_stage *stage = &reading->plan->stages.items[index];
    ls_plan_file *file = &reading->files->of_stages.items[index];
    if (file->path == NULL || file->problem != NULL)
        return;
    find_migration(reading, file);
    if (reading->surroundings->transaction_of != NULL)
        file->mode_given = reading->surroundings->transaction_of(reading->surroundings->context,
                                                                 file->path, &file->mode);
    if (file->script == NULL)
        file->script = read_script(reading, file->path, &file->problem);
    if (file->script != NULL && ls_plan_changes_schema(stage->verb))
        find_down(reading, stage, file);
}

/* --- Queries --------------------------------------------------------------------------------- */

static const ls_query_file *query_file(const ls_plan_files *files, const char *path) {
    for (LS_EACH(const ls_query_file *const, file, files->queries))
        if (strcmp((*file)->path, path) == 0)
            return *file;
    return NULL;
}

const ls_query_file *ls_plan_query_file(ls_arena *arena, const ls_plan *plan,
                                        const ls_plan_files *files, const char *path) {
    return query_file(files, shown_path(arena, plan, path));
}

static const char *missing(const file_reading *reading, const ls_plan_word *word) {
    ls_position at = ls_source_position(reading->plan->source, word->at.begin);
    return ls_arena_format(reading->arena, "%s:%u:%u: there is no file %s",
                           reading->plan->source->name, at.line, at.column,
                           shown(reading, word->text));
}

static void read_queries(const file_reading *reading, const ls_plan_version *version,
                         ls_words *errors) {
    for (LS_EACH(const ls_plan_word, word, version->queries)) {
        const char *path = shown(reading, word->text), *problem = NULL;
        if (query_file(reading->files, path) != NULL)
            continue;
        const ls_query_file *file = NULL;
        if (is_there(reading, path))
            file = ls_query_file_read(reading->arena, reading->from, path, &problem);
        else
            problem = missing(reading, word);
        if (file != NULL)
            LS_PUSH(reading->arena, &reading->files->queries, file);
        else
            LS_PUSH(reading->arena, errors, problem);
    }
}

static void read_all_queries(const file_reading *reading, ls_words *errors) {
    for (LS_EACH(const ls_plan_version, version, reading->plan->today))
        read_queries(reading, version, errors);
    for (LS_EACH(const ls_plan_stage, stage, reading->plan->stages))
        read_queries(reading, &stage->version, errors);
}

/* --- What lies around ------------------------------------------------------------------------ */

/* Wherever it lies, it is no migration. */
static bool is_of_queries(const ls_plan_files *files, const ls_migration *migration) {
    return query_file(files, migration->name) != NULL;
}

static bool is_of_plan(const ls_plan_files *files, const ls_migration *migration) {
    for (LS_EACH(const ls_plan_file, file, files->of_stages))
        if (file->path != NULL && strcmp(file->path, migration->name) == 0)
            return true;
    return false;
}

static bool is_of_another_plan(const file_reading *reading, const ls_migration *migration) {
    return ls_has_word(&reading->surroundings->of_other_plans, migration->name);
}

static void sort_out(const file_reading *reading) {
    ls_plan_files *files = reading->files;
    bool begun = false;
    for (LS_EACH(const ls_migration, migration, files->input->files)) {
        bool own = is_of_plan(files, migration);
        begun = begun || own;
        if (own || migration->script == NULL || is_of_queries(files, migration))
            continue;
        if (begun && is_of_another_plan(reading, migration))
            continue;
        if (begun)
            LS_PUSH(reading->arena, &files->between, migration);
        else
            LS_PUSH(reading->arena, &files->history, migration);
    }
}

bool ls_plan_read_files(ls_arena *arena, const ls_plan *plan,
                        const ls_plan_surroundings *surroundings, ls_plan_files *files,
                        ls_words *errors) {
    *files = (ls_plan_files){0};
    const file_reading reading = {
        .arena = arena,
        .plan = plan,
        .from = surroundings->from == NULL ? &ls_files_on_disk : surroundings->from,
        .surroundings = surroundings,
        .files = files,
    };
    list_files(&reading);
    const ls_words paths = paths_of(&reading);
    const ls_input_request request = {
        .schema = surroundings->schema,
        .frameworks = surroundings->frameworks,
        .paths = paths.items,
        .path_count = paths.count,
        .from = reading.from,
        .may_be_empty = true,
    };
    files->input = ls_input_find(&request);
    ls_input_parse(files->input);
    for (size_t i = 0; i < files->input->errors.count; i++)
        LS_PUSH(arena, errors, files->input->errors.items[i]);
    for (uint32_t i = 0; i < plan->stages.count; i++)
        read_stage(&reading, i);
    ls_plan_compare_rehearsed(arena, plan, surroundings, files);
    read_all_queries(&reading, errors);
    sort_out(&reading);
    return errors->count == 0;
}

ls_transaction_mode ls_plan_mode_at(const ls_plan_file *file, uint32_t at) {
    if (file->mode_given)
        return ls_mode_alone(file->mode);
    if (file->migration == NULL)
        return LS_TRANSACTION_PER_STATEMENT;
    ls_running running = file->migration->sections.items[0].running;
    for (LS_EACH(const ls_section, section, file->migration->sections))
        if (section->at <= at)
            running = section->running;
    return ls_mode_alone(ls_mode_of(running));
}
