/*
 * down.c - what takes a migration back: a part of the same file, or a file of its own.
 *
 * A file of its own is read like any other migration of its framework. Liquibase's rollbacks stand
 * with their changesets, and are run from the last changeset to the first.
 */
#include "input/framework.h"

static void add_section(ls_arena *arena, ls_migration *migration, ls_running running) {
    LS_PUSH(arena, &migration->down_sections, ((ls_section){0, running}));
}

/* The number of the section of the up part that a byte stands behind. */
static uint32_t section_before(const ls_migration *migration, uint32_t at) {
    uint32_t number = 0;
    while (number < migration->sections.count && migration->sections.items[number].at <= at)
        number++;
    return number;
}

/* The statements of the last section first; those of one stay in their order. */
static void turn_round(ls_arena *arena, const ls_migration *migration, ls_script *script) {
    ls_script turned = {0};
    for (uint32_t section = migration->sections.count + 1; section-- > 0;)
        for (LS_EACH(ls_statement *, statement, script->statements))
            if (section_before(migration, (*statement)->at.begin) == section)
                LS_PUSH(arena, &turned.statements, *statement);
    for (uint32_t i = 0; i < turned.statements.count; i++)
        turned.statements.items[i]->number = i;
    script->statements.items = turned.statements.items;
    script->statements.capacity = turned.statements.capacity;
}

static void read_part(ls_arena *arena, ls_migration *migration) {
    const ls_source *source = migration->source;
    migration->down_script = ls_script_read_part(arena, source, ls_down_text(arena, migration));
    ls_running running = migration->down_running;
    if (migration->framework->markers == NULL)
        running = migration->framework->running;
    if (running == LS_RUNS_ONE_QUERY && migration->down_script->statements.count < 2)
        running = LS_RUNS_STATEMENTS;
    add_section(arena, migration, running);
    if (migration->sections.count > 1)
        turn_round(arena, migration, migration->down_script);
}

static void read_file(ls_arena *arena, const ls_files *from, ls_migration *migration) {
    ls_migration down = {.name = migration->down_path,
                         .path = migration->down_path,
                         .framework = migration->framework};
    const char *text;
    size_t length;
    if (from->read_file(from, arena, down.path, &text, &length) != 0)
        return;
    down.source = ls_source_new(arena, down.name, text, length, &down.problem);
    if (down.source == NULL)
        return;
    ls_read_migration(arena, from, &down);
    migration->down_script = down.script;
    for (LS_EACH(const ls_section, section, down.sections))
        LS_PUSH(arena, &migration->down_sections, *section);
}

void ls_read_down(ls_arena *arena, const ls_files *from, ls_migration *migration) {
    if (migration->down.count > 0)
        read_part(arena, migration);
    else if (migration->down_path != NULL)
        read_file(arena, from, migration);
}
