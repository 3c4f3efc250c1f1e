/*
 * parts.h - which bytes of a migration's text are run, and how.
 *
 * The text is never moved: what is not to be run is overwritten in a copy, so that every statement
 * stands where it stands in the file.
 */
#ifndef LS_INPUT_PARTS_H
#define LS_INPUT_PARTS_H

#include "input/migration.h"

/* What has been found in a text. */
typedef struct {
    ls_arena *arena;
    const ls_source *source;
    ls_migration *migration;
    LS_VECTOR(ls_span) left_out; /* neither up nor down */
    LS_VECTOR(ls_span) ends;     /* what ends a statement in place of a semicolon */
} ls_parts;

/* Where a directive has to stand to count. */
typedef enum {
    LS_ANYWHERE,
    LS_IN_UP_PART,
    LS_IN_FIRST_BYTES,
    LS_IN_FIRST_COMMENT,
} ls_directive_place;

/* A line in a text is recognised by how it starts: case does not matter, and a blank stands for any
 * number of blanks. */
typedef struct {
    const char *up, *down;    /* lines that start a part */
    const char *untransacted; /* the line that asks for no transaction, as its tool spells it */
    ls_directive_place place; /* of that line */
    const char *untransacted_word; /* the word in the line of `up` that asks the same */
    const char *delimiter;         /* the line that names what ends a statement */
} ls_markers;

/* Finds the parts by the markers. */
void ls_read_markers(ls_parts *parts, const ls_markers *markers);

/* From this byte on the runner runs statements so, until a later section. */
void ls_add_section(ls_parts *parts, uint32_t at, ls_running running);

/* Takes `delimiter` for the end of a statement where a line between the two bytes ends in it. */
void ls_end_statements_at(ls_parts *parts, ls_span within, const char *delimiter);

/* The text to cut into statements: what is not run is blank. */
const char *ls_up_text(const ls_parts *parts);

/* The same of the down part in the same file. */
const char *ls_down_text(ls_arena *arena, const ls_migration *migration);

/* Does the line start like this? What follows, or NULL. */
const char *ls_after(const ls_source *source, ls_span line, const char *start);

#endif
