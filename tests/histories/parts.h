/*
 * parts.h - a directory of migrations, and each of them in the parts that its runner runs in one
 * way.
 */
#ifndef LS_TESTS_HISTORIES_PARTS_H
#define LS_TESTS_HISTORIES_PARTS_H

#include "effects/replay.h"
#include "input/input.h"

/* The statements `begin` to `end` of a migration; an empty part has none. */
typedef struct {
    const ls_migration *migration;
    ls_running running;
    uint32_t begin, end;
} ls_history_part;
typedef LS_VECTOR(ls_history_part) ls_history_parts;

/* The migrations of the directory, read. Ends the program where they cannot be. */
ls_input *ls_history_read(const char *directory);

ls_history_parts ls_history_parts_of(ls_arena *arena, const ls_migration *migration);

/* A replay that is asked about no effects. */
ls_replay *ls_history_replay(int postgres);

/* Tells the replay that the part begins; the first one of a migration begins its file. */
void ls_history_part_begin(ls_replay *replay, const ls_history_part *part);

/* The outcome of the next statement: why it is refused, or not understood; NULL if it is fine. */
const char *ls_history_part_statement(ls_replay *replay, const ls_history_part *part,
                                      uint32_t number);

/* The statement's text. */
const char *ls_history_part_text(ls_arena *arena, const ls_history_part *part, uint32_t number);

#endif
