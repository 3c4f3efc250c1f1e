/*
 * read_ahead.h - a large text read by several threads.
 *
 * To read a statement is half of the work on a migration, and no statement needs another one for
 * it. Whoever reads a large text goes on from its start, statement by statement, as through any
 * other; helpers read parts of it meanwhile, the last part first, so that reader and helpers meet
 * somewhere in the middle and nobody waits for longer than one part takes.
 *
 * It is safe: the parser keeps all of its state per thread, and helpers and reader share nothing
 * but which parts are begun and done (read_ahead.c). It pays from about a megabyte on; a smaller
 * text never starts a thread, and where none can be started, the reader reads all of it.
 *
 * A helper guesses that its part starts between two statements. The reader takes a part only if it
 * comes to that very byte with no statement open: what the helper has read from there on is then
 * what the reader would have read itself, and the result does not depend on who was faster. A wrong
 * guess costs the helper's time and nothing else. Whatever is no plain statement (one that does
 * not parse, a psql command, COPY data) ends what is taken of a part, and is the reader's.
 */
#ifndef LS_SQL_READ_AHEAD_H
#define LS_SQL_READ_AHEAD_H

#include "sql/split.h"
#include "sql/statement.h"

/* What stands between two places in the text. */
typedef struct {
    uint32_t end; /* to go on from */
    LS_VECTOR(ls_statement *) statements;
    LS_VECTOR(ls_span) comments;
} ls_read_part;

typedef struct ls_read_ahead ls_read_ahead;

/* Starts helpers on a text that is large enough and has somewhere to cut it; NULL: it is not, or
 * there is nobody to help. What they read lives in the arena once they are done. */
ls_read_ahead *ls_read_ahead_start(ls_arena *arena, const ls_source *source);

/* What helpers have read from this byte on; NULL: nothing, and the caller reads on itself. To be
 * asked between two statements, from the start of the text on. NULL as `ahead` is allowed. */
const ls_read_part *ls_read_ahead_from(ls_read_ahead *ahead, uint32_t at);

/* Waits for the helpers; to be called before the arena is used up. NULL is allowed. */
void ls_read_ahead_finish(ls_read_ahead *ahead);

#endif
