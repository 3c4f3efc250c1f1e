/*
 * down.c - what takes a migration back: a part of the same file, or a file of its own.
 *
 * A file of its own is read like any other migration of its framework. Liquibase's rollbacks stand
 * with their changesets, and are run from the last changeset to the first.
 */
#include "input/framework.h"
#include "input/include.h"

static void add_section(ls_arena *arena, ls_migration *migration, uint32_t first,
                        ls_running running) {
    LS_PUSH(arena, &migration->down_sections, ((ls_down_section){first, running}));
}

/* --- A part of the same file ----------------------------------------------------------------- */

/* Which sections of the up part the statements stand in, the last section first. */
static void turn_round(ls_arena *arena, ls_migration *migration, ls_script *script) {
    ls_script turned = {0};
    uint32_t end = UINT32_MAX;
    for (uint32_t i = migration->sections.count; i-- > 0;) {
        const ls_section *section = &migration->sections.items[i];
        add_section(arena, migration, turned.statements.count, section->running);
        for (LS_EACH(ls_statement *, statement, script->statements))
            if ((*statement)->at.begin >= section->at && (*statement)->at.begin < end)
                ls_script_add(arena, &turned, *statement);
        end = section->at;
    }
    for (uint32_t i = 0; i < turned.statements.count; i++)
        turned.statements.items[i]->number = i;
    script->statements = turned.statements;
    script->kinds = turned.kinds;
}

static void read_part(ls_arena *arena, const ls_files *from, ls_migration *migration) {
    ls_script *script =
        ls_read_with_included(arena, from, migration, ls_down_text(arena, migration));
    migration->down_script = script;
    if (migration->framework->markers == NULL) {
        turn_round(arena, migration, script);
        return;
    }
    bool is_one = migration->down_running == LS_RUNS_ONE_QUERY && script->statements.count < 2;
    add_section(arena, migration, 0, is_one ? LS_RUNS_STATEMENTS : migration->down_running);
}

/* --- A file of its own ----------------------------------------------------------------------- */

static void number_sections(ls_arena *arena, ls_migration *migration, const ls_migration *down) {
    uint32_t number = 0;
    for (LS_EACH(const ls_section, section, down->sections)) {
        while (number < down->script->statements.count &&
               ls_stands_before(down->script->statements.items[number], down->source, section->at))
            number++;
        add_section(arena, migration, number, section->running);
    }
}

static void read_file(ls_arena *arena, const ls_files *from, ls_migration *migration) {
    ls_migration down = {.name = migration->down_path,
                         .path = migration->down_path,
                         .layout = migration->layout,
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
    number_sections(arena, migration, &down);
}

void ls_read_down(ls_arena *arena, const ls_files *from, ls_migration *migration) {
    if (migration->down.count > 0)
        read_part(arena, from, migration);
    else if (migration->down_path != NULL)
        read_file(arena, from, migration);
}
