#include "input/directive.h"

#include "input/framework.h"

/* A word at the end of the line that starts the up part. */
static bool find_word(ls_arena *arena, const ls_source *source, const ls_markers *markers,
                      uint32_t *at, const char **text) {
    for (uint32_t number = 1; number <= source->line_count; number++) {
        const ls_span line = ls_source_line(source, number);
        if (markers->up == NULL || ls_after(source, line, markers->up) == NULL)
            continue;
        *at = line.end;
        *text = ls_arena_format(arena, " %s", markers->untransacted_word);
        return true;
    }
    return false;
}

/* A line at the head of the file. One that counts in the first comment only is a comment of its
 * own: an empty line parts it from what follows, unless that is another directive, which would not
 * be the first any more. */
static bool find_line(ls_arena *arena, const ls_source *source, const ls_markers *markers,
                      uint32_t *at, const char **text) {
    const char *end = ls_source_line_end(source);
    const bool parted = markers->place == LS_IN_FIRST_COMMENT;
    *at = ls_source_mark_length(source);
    *text = ls_arena_format(arena, "%s%s%s", markers->untransacted, end, parted ? end : "");
    return markers->delimiter == NULL ||
           ls_after(source, ls_source_line(source, 1), markers->delimiter) == NULL;
}

bool ls_directive_against_transaction(ls_arena *arena, const ls_migration *migration, uint32_t *at,
                                      const char **text) {
    const ls_markers *markers = migration->framework->markers;
    if (markers == NULL || migration->sections.items[0].running != LS_RUNS_IN_TRANSACTION)
        return false;
    if (markers->untransacted != NULL)
        return find_line(arena, migration->source, markers, at, text);
    return markers->untransacted_word != NULL &&
           find_word(arena, migration->source, markers, at, text);
}
