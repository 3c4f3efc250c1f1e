/*
 * flyway.c - names like V1.2__add_users.sql, and what Flyway runs outside a transaction.
 *
 * V files run in the order of their versions, U files undo them, R files run again whenever they
 * change; callbacks (beforeMigrate.sql) are not migrations (flyway_settings.c: the names). Refinery
 * has the same names without the repeatable ones. Flyway's parser finds the statements that cannot
 * run in a transaction and runs the file that holds one without (PostgreSQLParser.java). It refuses
 * a file that holds others as well, unless it is told `mixed`, which may be told elsewhere than in
 * a file of its own: where there is none, such a file is taken to be allowed (Redgate, "Mixed").
 */
#include "input/framework.h"
#include "input/properties.h"
#include "support/path.h"

#include <string.h>

const char *ls_flyway_down_of(ls_arena *arena, const char *path) {
    const char *file = ls_path_last(path);
    return file[0] != 'V' ? NULL
                          : ls_path_join(arena, ls_path_directory(arena, path),
                                         ls_arena_join(arena, "U", file + 1, NULL));
}

const char *ls_flyway_settings_of(ls_arena *arena, const char *path) {
    return ls_arena_join(arena, path, ".conf", NULL);
}

void ls_flyway_heed(const ls_map *settings, ls_migration *migration) {
    if (ls_property_is(settings, "executeInTransaction", "false"))
        migration->wish = LS_WISHES_NO_TRANSACTION;
    else if (ls_property_is(settings, "executeInTransaction", "true"))
        migration->wish = LS_WISHES_TRANSACTION;
    migration->is_unfilled = ls_property_is(settings, "placeholderReplacement", "false");
}

static bool is_concurrent(const ls_statement *statement) {
    return (statement->kind == LS_STATEMENT_CREATE_INDEX &&
            statement->create_index->concurrently) ||
           (statement->kind == LS_STATEMENT_DROP && statement->drop.concurrently);
}

static bool flyway_unwraps(const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_CREATE_DATABASE:
    case LS_STATEMENT_CREATE_TABLESPACE:
    case LS_STATEMENT_CREATE_SUBSCRIPTION:
    case LS_STATEMENT_ALTER_SYSTEM:
    case LS_STATEMENT_VACUUM:
        return statement->kind != LS_STATEMENT_VACUUM || statement->vacuum.vacuum;
    case LS_STATEMENT_DROP:
        return statement->drop.concurrently || statement->drop.kind == LS_OBJECT_DATABASE ||
               statement->drop.kind == LS_OBJECT_TABLESPACE ||
               statement->drop.kind == LS_OBJECT_SUBSCRIPTION;
    case LS_STATEMENT_REINDEX:
        return statement->reindex.kind != LS_REINDEX_INDEX &&
               statement->reindex.kind != LS_REINDEX_TABLE;
    default:
        return is_concurrent(statement);
    }
}

void ls_flyway_look_at(ls_arena *arena, ls_migration *migration) {
    (void)arena;
    const ls_layout *layout = migration->layout;
    uint32_t count = migration->script->statements.count, unwrapped = 0;
    for (uint32_t i = 0; i < count; i++)
        unwrapped += flyway_unwraps(migration->script->statements.items[i]);
    bool is_refused = unwrapped < count && layout != NULL && layout->is_unmixed;
    if (unwrapped > 0 && !is_refused && migration->wish == LS_WISHES_NOTHING)
        migration->sections.items[0].running = LS_RUNS_STATEMENTS;
}

/* --- Supabase -------------------------------------------------------------------------------- */

/* The CLI runs these by themselves, and what stands between them as one batch (pkg/migration/
 * file.go; pull requests 5156, 6009, 6276). */
static bool supabase_unwraps(const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_VACUUM:
        return statement->vacuum.vacuum;
    case LS_STATEMENT_REINDEX:
        return statement->reindex.concurrently;
    case LS_STATEMENT_CLUSTER:
    case LS_STATEMENT_ALTER_SYSTEM:
        return true;
    default:
        return is_concurrent(statement);
    }
}

void ls_supabase_look_at(ls_arena *arena, ls_migration *migration) {
    for (size_t i = 0; i < migration->script->statements.count; i++) {
        const ls_statement *statement = migration->script->statements.items[i];
        if (!supabase_unwraps(statement))
            continue;
        LS_PUSH(arena, &migration->sections,
                ((ls_section){statement->at.begin, LS_RUNS_STATEMENTS}));
        LS_PUSH(arena, &migration->sections,
                ((ls_section){statement->at.end, LS_RUNS_IN_TRANSACTION}));
    }
}
