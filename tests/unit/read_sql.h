/* read_sql.h - one statement of SQL text, for tests that start from SQL. */
#ifndef LS_TESTS_READ_SQL_H
#define LS_TESTS_READ_SQL_H

#include "sql/script.h"

#include <string.h>

static inline const ls_statement *read_sql(ls_arena *arena, const char *sql) {
    ls_text_problem problem = {0};
    const ls_source *source = ls_source_new(arena, "test", sql, strlen(sql), &problem);
    assert_non_null(source);
    const ls_script *script = ls_script_read(arena, source);
    assert_int_equal(script->statements.count, 1);
    if (script->statements.items[0]->kind == LS_STATEMENT_UNPARSED)
        fail_msg("%s: %s", sql, script->statements.items[0]->problem.message);
    return script->statements.items[0];
}

/* The expression of "SELECT ...". */
static inline const ls_expression *read_expression(ls_arena *arena, const char *expression) {
    const ls_statement *statement =
        read_sql(arena, ls_arena_format(arena, "SELECT %s", expression));
    assert_int_equal(statement->kind, LS_STATEMENT_QUERY);
    return statement->query->targets.items[0].value;
}

#endif
