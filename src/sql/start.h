/*
 * start.h - lines that start like a statement.
 *
 * What recovery rests on: where a quote never ends, a semicolon is missing or a statement does
 * not parse, reading goes on at the next such line. Two words decide (CREATE TABLE, DROP INDEX,
 * INSERT INTO), because one word is too little: ALTER COLUMN, DROP NOT NULL, UPDATE SET and the
 * SELECT of a view start lines inside statements too.
 */
#ifndef LS_SQL_START_H
#define LS_SQL_START_H

#include <stdbool.h>
#include <stdint.h>

/* Whether the words at `at` start a statement and nothing else. */
bool ls_starts_statement(const char *text, uint32_t at, uint32_t end);

/* Whether they start a CREATE FUNCTION or CREATE PROCEDURE: for lines inside a dollar-quoted
 * body, where every other statement is at home. */
bool ls_starts_routine(const char *text, uint32_t at, uint32_t end);

/* Whether the word at `at` is a verb that statements start with: enough where the parser has just
 * refused that very word. */
bool ls_starts_with_verb(const char *text, uint32_t at, uint32_t end);

/* How far the first word of a line is indented; 0 for a word further on in its line. */
uint32_t ls_margin(const char *text, uint32_t at);

typedef bool (*ls_start_test)(const char *text, uint32_t at, uint32_t end);

/*
 * The first word of the first line after the one that holds `at` that passes the test and is
 * indented by at most `margin` bytes; `end` if there is none.
 */
uint32_t ls_next_line_that(ls_start_test starts, const char *text, uint32_t at, uint32_t end,
                           uint32_t margin);

#endif
