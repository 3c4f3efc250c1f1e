/*
 * catalog_sql.h - a catalog from SQL text, for tests of this room alone: it knows CREATE TABLE with
 * plain columns, and CREATE VIEW. What statements do in full is the business of effects.
 */
#ifndef LS_TESTS_CATALOG_SQL_H
#define LS_TESTS_CATALOG_SQL_H

#include "catalog/catalog.h"
#include "catalog/dependencies.h"
#include "sql/script.h"

#include <string.h>

static inline const ls_statement *read_statement(ls_arena *arena, const char *sql) {
    ls_text_problem problem;
    const ls_source *source = ls_source_new(arena, "test.sql", sql, strlen(sql), &problem);
    assert_non_null(source);
    const ls_script *script = ls_script_read(arena, source);
    assert_int_equal(script->statements.count, 1);
    const ls_statement *statement = script->statements.items[0];
    if (statement->kind == LS_STATEMENT_UNPARSED)
        print_error("%s: %s\n", sql, statement->problem.message);
    assert_int_not_equal(statement->kind, LS_STATEMENT_UNPARSED);
    return statement;
}

static inline const ls_query *read_query(ls_arena *arena, const char *sql) {
    const ls_statement *statement = read_statement(arena, sql);
    assert_int_equal(statement->kind, LS_STATEMENT_QUERY);
    return statement->query;
}

static inline const ls_expression *read_expression(ls_arena *arena, const char *sql) {
    return read_query(arena, ls_arena_format(arena, "SELECT %s", sql))->targets.items[0].value;
}

static inline ls_relation *create_table(ls_catalog *catalog, const ls_create_table *table) {
    ls_birth made = {.known = true};
    ls_relation *relation = ls_catalog_create(catalog, LS_RELATION_TABLE, table->persistence,
                                              table->name.schema, table->name.name, made);
    for (LS_EACH(const ls_column, column, table->columns))
        LS_PUSH(ls_catalog_arena(catalog), &relation->columns,
                ((ls_catalog_column){.name = column->name,
                                     .type = ls_catalog_resolve_type(catalog, column->type)}));
    return relation;
}

static inline ls_relation *create_view(ls_catalog *catalog, const ls_create_view *view) {
    ls_arena *arena = ls_catalog_arena(catalog);
    bool complete;
    ls_catalog_columns columns = ls_query_columns(arena, catalog, view->query, &complete);
    ls_column_uses uses = ls_query_uses(arena, catalog, view->query, &complete);
    ls_relation *relation = ls_catalog_create(catalog, LS_RELATION_VIEW, LS_PERMANENT,
                                              view->name.schema, view->name.name, (ls_birth){0});
    for (LS_EACH(const ls_catalog_column, column, columns))
        LS_PUSH(arena, &relation->columns, *column);
    for (LS_EACH(const ls_column_use, use, uses))
        LS_PUSH(arena, &relation->uses, *use);
    return relation;
}

/* Runs CREATE TABLE or CREATE VIEW. */
static inline ls_relation *run(ls_catalog *catalog, const char *sql) {
    const ls_statement *statement = read_statement(ls_catalog_arena(catalog), sql);
    if (statement->kind == LS_STATEMENT_CREATE_TABLE)
        return create_table(catalog, statement->create_table);
    assert_int_equal(statement->kind, LS_STATEMENT_CREATE_VIEW);
    return create_view(catalog, statement->create_view);
}

#endif
