/*
 * script.h - a source read: its statements, comments and psql commands.
 */
#ifndef LS_SQL_SCRIPT_H
#define LS_SQL_SCRIPT_H

#include "sql/fill.h"
#include "sql/split.h"
#include "sql/statement.h"

typedef struct ls_script ls_script;
struct ls_script {
    const ls_source *source;
    LS_VECTOR(ls_statement *) statements; /* in order, unparsed ones among them */
    LS_VECTOR(uint8_t) kinds;             /* of the statements: to find some without reading all */
    LS_VECTOR(ls_span) comments;
    LS_VECTOR(ls_span) psql_commands; /* that change nothing that is read */
    uint32_t copy_blocks;
    uint32_t unparsed;        /* statements */
    const char *first_schema; /* that its runner puts before the search_path; NULL: none */

    /* Where it includes others (\i): its own text and that of each of them by itself, with their
     * own statements, whose places are all in the text. The statements above are all of them in the
     * order in which they run. Empty where it includes none and sets no variables. */
    LS_VECTOR(const ls_script *) texts;
};

/* How \i finds the file that it names. */
typedef struct ls_inclusion ls_inclusion;
struct ls_inclusion {
    /* The text of the file; NULL and why not. `relative`: to the directory of the file `from`. */
    const ls_source *(*open)(const ls_inclusion *inclusion, ls_arena *arena, const ls_source *from,
                             const char *name, bool relative, const char **why);
    /* What is read of an included file, as ls_script_read_part takes it. */
    const char *(*text_of)(const ls_inclusion *inclusion, ls_arena *arena, const ls_source *source);
    void *context; /* of the implementation */
};

/*
 * Cuts and parses a source. Never fails: what does not parse is a statement of kind
 * LS_STATEMENT_UNPARSED, and the text after a missing semicolon is a statement of its own. The
 * result and all that hangs on it live in the arena; the source must outlive it. Safe to call from
 * several threads with different arenas.
 */
ls_script *ls_script_read(ls_arena *arena, const ls_source *source);

/* The same for a part of a source: `text` is the source's own with what is not to be read
 * overwritten by spaces (line ends stay), or by a semicolon where a statement ends. NULL as
 * inclusion: no file is included; as placeholders: no values are known. */
ls_script *ls_script_read_part(ls_arena *arena, const ls_source *source, const char *text,
                               const ls_inclusion *inclusion, const ls_placeholders *placeholders);

/* Appends a statement. */
void ls_script_add(ls_arena *arena, ls_script *script, ls_statement *statement);

/* PostgreSQL's version that the parser was built from, as in "15.1". */
const char *ls_parser_version(void);

/* Its major version. */
int ls_parser_major(void);

#endif
