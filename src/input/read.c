/*
 * read.c - from a migration's text to its up part and the way it is run.
 */
#include "input/foreign.h"
#include "input/framework.h"
#include "input/include.h"
#include "input/properties.h"

ls_running ls_running_of(const ls_migration *migration) {
    return migration->layout == NULL ? migration->framework->running : migration->layout->running;
}

static void find_parts(ls_parts *parts) {
    const ls_framework *framework = parts->migration->framework;
    if (framework->read != NULL)
        framework->read(parts);
    else if (framework->markers != NULL)
        ls_read_markers(parts, framework->markers);
    else
        ls_add_section(parts, 0, ls_running_of(parts->migration));
}

/* The file beside the migration that may say how it is to be run. */
static void read_settings(ls_arena *arena, const ls_files *from, ls_migration *migration) {
    const ls_framework *framework = migration->framework;
    if (framework->settings_of == NULL || migration->path == NULL)
        return;
    const char *path = framework->settings_of(arena, migration->path), *text;
    size_t length;
    ls_file_status status;
    if (from->look_at(from, arena, path, &status) != 0 ||
        from->read_file(from, arena, path, &text, &length) != 0)
        return;
    const ls_map settings = ls_properties_read(arena, text);
    framework->heed(&settings, migration);
    for (LS_EACH(ls_section, section, migration->sections))
        if (migration->wish == LS_WISHES_NO_TRANSACTION)
            section->running = framework->unwrapped;
        else if (migration->wish == LS_WISHES_TRANSACTION)
            section->running = framework->running;
}

/* One statement in a query of its own is in no transaction but its own. */
static void resolve_queries(ls_migration *migration) {
    const ls_script *script = migration->script;
    for (uint32_t i = 0; i < migration->sections.count; i++) {
        ls_section *section = &migration->sections.items[i];
        if (section->running != LS_RUNS_ONE_QUERY)
            continue;
        bool is_last = i + 1 == migration->sections.count;
        uint32_t end = is_last ? UINT32_MAX : section[1].at, count = 0;
        for (uint32_t j = 0; j < script->statements.count; j++) {
            const ls_statement *statement = script->statements.items[j];
            uint32_t at = ls_source_origin(statement->source, statement->at).begin;
            count += at >= section->at && at < end;
        }
        if (count < 2)
            section->running = LS_RUNS_STATEMENTS;
    }
}

bool ls_stands_before(const ls_statement *statement, const ls_source *own, uint32_t place) {
    return ls_source_written(statement->source) != own ||
           ls_source_origin(statement->source, statement->at).begin < place;
}

void ls_read_migration(ls_arena *arena, const ls_files *from, ls_migration *migration) {
    ls_parts parts = {.arena = arena, .source = migration->source, .migration = migration};
    find_parts(&parts);
    read_settings(arena, from, migration);
    migration->script = ls_read_with_included(arena, from, migration, ls_up_text(&parts));
    if (migration->framework->look_at != NULL)
        migration->framework->look_at(arena, migration);
    resolve_queries(migration);
    if (migration->down.count > 0)
        migration->down_path = migration->name;
    migration->foreign = ls_foreign_script(migration->script);
    if (migration->judged)
        ls_read_down(arena, from, migration);
}
