#include "sql/conditions.h"

#include <string.h>
#include <strings.h>

typedef enum { UNKNOWN, NO, YES } truth;

/* psql's manual page, \if: the words that it takes for a boolean. */
static const struct {
    const char *word;
    truth truth;
} words[] = {{"true", YES}, {"on", YES}, {"yes", YES}, {"1", YES}, {"t", YES},
             {"false", NO}, {"off", NO}, {"no", NO},   {"0", NO},  {"f", NO}};

static truth truth_of(const char *condition) {
    for (size_t i = 0; condition != NULL && i < sizeof words / sizeof *words; i++)
        if (strcasecmp(condition, words[i].word) == 0)
            return words[i].truth;
    return UNKNOWN;
}

static void begin_branch(ls_conditions *conditions, truth value) {
    if (conditions->depth == 0 || conditions->depth > LS_MOST_CONDITIONS)
        return;
    ls_condition *condition = &conditions->open[conditions->depth - 1];
    condition->dead = condition->taken || value == NO;
    condition->certain = value == YES && !condition->dead && !condition->doubtful;
    condition->doubtful |= value == UNKNOWN;
    condition->taken |= value == YES;
}

void ls_see_command(ls_conditions *conditions, ls_psql_kind kind, const char *condition) {
    switch (kind) {
    case LS_PSQL_IF:
        if (conditions->depth++ < LS_MOST_CONDITIONS)
            conditions->open[conditions->depth - 1] = (ls_condition){0};
        begin_branch(conditions, truth_of(condition));
        break;
    case LS_PSQL_ELIF:
        begin_branch(conditions, truth_of(condition));
        break;
    case LS_PSQL_ELSE:
        begin_branch(conditions, YES);
        break;
    case LS_PSQL_ENDIF:
        conditions->depth -= conditions->depth > 0;
        break;
    default:
        break;
    }
}

bool ls_is_run(const ls_conditions *conditions) {
    for (uint32_t i = 0; i < conditions->depth && i < LS_MOST_CONDITIONS; i++)
        if (conditions->open[i].dead)
            return false;
    return true;
}

bool ls_is_surely_run(const ls_conditions *conditions) {
    for (uint32_t i = 0; i < conditions->depth && i < LS_MOST_CONDITIONS; i++)
        if (!conditions->open[i].certain)
            return false;
    return conditions->depth <= LS_MOST_CONDITIONS;
}
