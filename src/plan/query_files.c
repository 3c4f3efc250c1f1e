#include "plan/query_files.h"

#include "plan/query_text.h"

#include <string.h>

/* --- Names ----------------------------------------------------------------------------------- */

/* The word behind `-- name:`, and whether a command such as :one follows it, as only sqlc has it.
 */
typedef struct {
    const char *name; /* NULL: the comment gives none */
    bool has_command;
} query_label;

static query_label label_of(ls_arena *arena, const ls_source *source, ls_span comment) {
    static const char key[] = "name:";
    const char *text = ls_source_copy(arena, source, comment);
    query_label label = {0};
    text += strspn(text, "-/* \t");
    if (strncmp(text, key, sizeof key - 1) != 0)
        return label;
    text += sizeof key - 1;
    text += strspn(text, " \t");
    size_t length = strcspn(text, " \t\r\n");
    if (length == 0)
        return label;
    label.name = ls_arena_copy(arena, text, length);
    text += length;
    text += strspn(text, " \t");
    label.has_command = text[0] == ':';
    return label;
}

/* The last of the comments between two places that gives a name. */
static query_label label_between(ls_arena *arena, const ls_script *script, uint32_t begin,
                                 uint32_t end) {
    query_label found = {0};
    for (LS_EACH(const ls_span, comment, script->comments)) {
        if (comment->begin < begin || comment->end > end)
            continue;
        query_label label = label_of(arena, script->source, *comment);
        if (label.name != NULL)
            found = label;
    }
    return found;
}

/* --- Statements ------------------------------------------------------------------------------ */

/* What runs when the app runs it; NULL: nothing that reads or writes rows. */
static const ls_statement *query_in(const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_QUERY:
    case LS_STATEMENT_CALL:
    case LS_STATEMENT_COPY:
    case LS_STATEMENT_TRUNCATE:
        return statement;
    case LS_STATEMENT_PREPARE:
    case LS_STATEMENT_EXPLAIN:
        return statement->wrapped.inner == NULL ? NULL : query_in(statement->wrapped.inner);
    default:
        return NULL;
    }
}

static void take_statements(ls_arena *arena, const ls_script *script, ls_query_file *file) {
    uint32_t end_of_last = 0;
    for (LS_EACH(ls_statement *const, each, script->statements)) {
        const ls_statement *statement = *each, *query = query_in(statement);
        query_label label = label_between(arena, script, end_of_last, statement->at.end);
        end_of_last = statement->at.end;
        if (statement->kind == LS_STATEMENT_UNPARSED || statement->kind == LS_STATEMENT_PSQL)
            LS_PUSH(arena, &file->unparsed, statement);
        if (query == NULL)
            continue;
        ls_app_query one = {.statement = query,
                            .source = file->source,
                            .at = statement->at,
                            .name = label.name,
                            .stars_are_written = label.has_command};
        LS_PUSH(arena, &file->queries, one);
    }
}

/* --- Files ----------------------------------------------------------------------------------- */

static const char *problem_at(ls_arena *arena, const ls_source *source, uint32_t at,
                              const char *what) {
    ls_position position = ls_source_position(source, at);
    return ls_arena_format(arena, "%s:%u:%u: %s", source->name, position.line, position.column,
                           what);
}

static bool is_csv(const char *path) {
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, ".csv") == 0;
}

/* The text of the file as SQL. */
static const char *sql_of(ls_arena *arena, const ls_source *source, const char **problem) {
    if (!is_csv(source->name))
        return ls_query_text(arena, source->text, source->length);
    const ls_csv_column column = ls_csv_read(arena, source, "query");
    if (column.problem != NULL) {
        *problem = problem_at(arena, source, column.problem_at.begin, column.problem);
        return NULL;
    }
    return ls_query_text_of_values(arena, source, &column);
}

static const ls_source *read_source(ls_arena *arena, const ls_files *from, const char *path,
                                    const char **problem) {
    const char *text;
    size_t length;
    ls_text_problem wrong;
    int error = from->read_file(from, arena, path, &text, &length);
    if (error != 0) {
        *problem = ls_arena_format(arena, "%s: %s", path, strerror(error));
        return NULL;
    }
    const ls_source *source = ls_source_new(arena, path, text, length, &wrong);
    if (source == NULL)
        *problem = ls_arena_format(arena, "%s:%u:%u: %s", path, wrong.position.line,
                                   wrong.position.column, wrong.message);
    return source;
}

const ls_query_file *ls_query_file_read(ls_arena *arena, const ls_files *from, const char *path,
                                        const char **problem) {
    const ls_source *source = read_source(arena, from, path, problem);
    const char *sql = source == NULL ? NULL : sql_of(arena, source, problem);
    if (sql == NULL)
        return NULL;
    ls_query_file *file = LS_NEW(arena, ls_query_file);
    file->path = path;
    file->source = source;
    take_statements(arena, ls_script_read_part(arena, source, sql, NULL, NULL), file);
    return file;
}
