/*
 * print.c - lockstep's catalog after the last migration of a directory: print DIRECTORY
 *
 * The part of the comparison that needs no server: what histories.c has compared once is compared
 * with what was printed then. A statement that lockstep refuses is an error.
 */
#include "histories/parts.h"
#include "histories/said.h"

#include <stdio.h>

enum { POSTGRES = 15 };

static bool replay_part(ls_replay *replay, const ls_history_part *part) {
    bool fine = true;
    ls_history_part_begin(replay, part);
    for (uint32_t i = part->begin; i < part->end; i++) {
        const char *refused = ls_history_part_statement(replay, part, i);
        if (refused != NULL)
            printf("%s: refused: %s\n", part->migration->name, refused);
        fine = fine && refused == NULL;
    }
    return fine;
}

int main(int count, char **arguments) {
    if (count != 2) {
        fputs("usage: print DIRECTORY\n", stderr);
        return 2;
    }
    bool fine = true;
    ls_arena *arena = ls_arena_new();
    ls_input *input = ls_history_read(arguments[1]);
    ls_replay *replay = ls_history_replay(POSTGRES);
    for (LS_EACH(const ls_migration, migration, input->files)) {
        const ls_history_parts parts = ls_history_parts_of(arena, migration);
        for (LS_EACH(const ls_history_part, part, parts))
            fine &= replay_part(replay, part);
        ls_replay_end_file(replay);
    }
    ls_buffer text = {0};
    const ls_items items = ls_items_said(arena, ls_replay_catalog(replay));
    ls_items_print(&text, &items);
    fputs(text.text, stdout);
    ls_buffer_free(&text);
    ls_replay_free(replay);
    ls_input_free(input);
    ls_arena_free(arena);
    return fine ? 0 : 1;
}
