/*
 * script.h - a source read: its statements, comments and psql commands.
 */
#ifndef LS_SQL_SCRIPT_H
#define LS_SQL_SCRIPT_H

#include "sql/split.h"
#include "sql/statement.h"

typedef struct {
    const ls_source *source;
    LS_VECTOR(ls_statement *) statements; /* in order, unparsed ones among them */
    LS_VECTOR(ls_span) comments;
    LS_VECTOR(ls_span) psql_commands;
    uint32_t copy_blocks;
    uint32_t unparsed; /* statements */
} ls_script;

/*
 * Cuts and parses a source. Never fails: what does not parse is a statement of kind
 * LS_STATEMENT_UNPARSED, and the text after a missing semicolon is a statement of its own. The
 * result and all that hangs on it live in the arena; the source must outlive it. Safe to call from
 * several threads with different arenas.
 */
ls_script *ls_script_read(ls_arena *arena, const ls_source *source);

/* The same for a part of a source: `text` is the source's own with what is not to be read
 * overwritten by spaces (line ends stay), or by a semicolon where a statement ends. */
ls_script *ls_script_read_part(ls_arena *arena, const ls_source *source, const char *text);

/* PostgreSQL's version that the parser was built from, as in "15.1". */
const char *ls_parser_version(void);

/* Its major version. */
int ls_parser_major(void);

#endif
