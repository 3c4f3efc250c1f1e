/*
 * gopg.c - what Go's runners of SQL files say in the names of the files.
 *
 * go-pg/migrations sends a file in pieces, which a line --gopg:split parts, each as one query; what
 * is called .tx.up.sql runs in one transaction (collection.go). pop wraps each migration; Ory's
 * version of it does not where the name has a part .autocommit (popx/match.go).
 */
#include "input/framework.h"
#include "support/path.h"

#include <string.h>

void ls_go_pg_read(ls_parts *parts) {
    const ls_source *source = parts->source;
    if (strstr(ls_path_last(source->name), ".tx.") != NULL) {
        ls_add_section(parts, 0, LS_RUNS_IN_TRANSACTION);
        return;
    }
    ls_add_section(parts, 0, LS_RUNS_ONE_QUERY);
    for (uint32_t number = 1; number <= source->line_count; number++) {
        ls_span line = ls_source_line(source, number);
        if (ls_after(source, line, "--gopg:split") != NULL)
            ls_add_section(parts, line.end, LS_RUNS_ONE_QUERY);
    }
}

void ls_pop_look_at(ls_arena *arena, ls_migration *migration) {
    (void)arena;
    if (strstr(ls_path_last(migration->name), ".autocommit.") != NULL)
        migration->sections.items[0].running = LS_RUNS_ONE_QUERY;
}
