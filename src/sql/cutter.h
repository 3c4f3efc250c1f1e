/*
 * cutter.h - the cutter itself, one piece at a time, for whoever wants to go back.
 *
 * ls_split_source runs it to the end. Reading a script cannot: only the parser tells that a
 * semicolon is missing, and then the text from there on is cut anew, in careful mode.
 */
#ifndef LS_SQL_CUTTER_H
#define LS_SQL_CUTTER_H

#include "sql/split.h"
#include "sql/words.h"

/* The statement that is being read. */
typedef struct {
    bool open;
    uint32_t begin, end; /* its first byte; the byte after its last significant one so far */
    size_t piece;        /* where its piece goes: before the commands inside it */
    ls_statement_words words;
    uint32_t depth, depth_at; /* parentheses; the outermost open one */
    uint32_t begin_at;        /* BEGIN ATOMIC */
    uint32_t held_at;         /* the first semicolon that what is open now has held; 0: none */
} ls_open_statement;

typedef struct {
    ls_arena *arena;
    const char *text;
    uint32_t length;
    uint32_t at; /* the next byte to read */
    ls_split *out;
    ls_open_statement statement;
    bool data_follows; /* the next line is COPY data */

    /*
     * Careful mode, before `careful_until`: a line that starts like a statement, indented by at
     * most `margin`, ends the statement before it, whatever is open but a dollar quote.
     */
    uint32_t careful_until, margin, next_start;

    uint32_t never_closed; /* how many searches for a close have read to the end in vain */
} ls_cutter;

/* A cutter at the start of a source. */
void ls_cutter_start(ls_cutter *cutter, ls_arena *arena, const ls_source *source, ls_split *out);

/* A cutter that reads a part of the source and no further, from between two statements on. The
 * part's bytes are in out->blanked already. */
void ls_cutter_start_part(ls_cutter *cutter, ls_arena *arena, const ls_source *source, ls_span part,
                          ls_split *out);

/* Reads on until a statement ends and pushes its piece, and those of the commands and data met on
 * the way. False, with nothing pushed, at the end of the text. */
bool ls_cutter_next(ls_cutter *cutter);

/* Forgets what was cut from `at` on and cuts it anew, carefully before `careful_until`. */
void ls_cutter_restart(ls_cutter *cutter, uint32_t at, uint32_t careful_until, uint32_t margin);

/* --- For command.c --- */

/* Ends the open statement, if there is one, and pushes its piece. */
void ls_cutter_finish(ls_cutter *cutter, bool terminated);

/* Overwrites bytes by spaces; line ends stay. */
void ls_cutter_blank(ls_cutter *cutter, ls_span span);

/* The end of [begin, end) of the blanked text without the blanks at its end. */
uint32_t ls_cutter_trim(const ls_cutter *cutter, uint32_t begin, uint32_t end);

/* Reads the backslash command at cutter->at. */
void ls_cutter_command(ls_cutter *cutter);

/* Reads the COPY data that starts at cutter->at. */
void ls_cutter_copy_data(ls_cutter *cutter);

#endif
