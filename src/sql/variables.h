/*
 * variables.h - psql's variables: what \set gives them, and where a script uses them.
 *
 * Only what the script itself says is known: psql may be started with others, and a query can set
 * one (\gset). What is not known is left as it is written.
 */
#ifndef LS_SQL_VARIABLES_H
#define LS_SQL_VARIABLES_H

#include "sql/source.h"
#include "support/map.h"

typedef struct {
    ls_arena *arena;
    ls_map known; /* ls_variable, by name */
} ls_variables;

/* NULL as value: nobody knows it. `certain` false: another branch may have said something else, so
 * that a second value makes it unknown. */
void ls_variables_set(ls_variables *variables, const char *name, const char *value, bool certain);
void ls_variables_forget(ls_variables *variables, const char *name);

/* The value; NULL if it is not known. */
const char *ls_variables_get(const ls_variables *variables, const char *name);

/* Is there a value, known or not? */
bool ls_variables_has(const ls_variables *variables, const char *name);

/*
 * A use of a variable at the colon at `at`: :name, :'name', :"name" or :{?name}. Gives the bytes
 * that it takes, 0 where there is none, and its text: NULL if the value is not known.
 */
uint32_t ls_variable_use(const ls_variables *variables, const char *text, uint32_t at, uint32_t end,
                         const char **value);

/*
 * The statement at `span` of a blanked text with the values in place of the variables, as a source
 * of its own that knows where it comes from; NULL where it uses none that is known.
 */
ls_source *ls_substitute(const ls_variables *variables, const ls_source *source,
                         const char *blanked, ls_span span);

#endif
