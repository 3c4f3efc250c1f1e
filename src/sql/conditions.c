#include "sql/conditions.h"

#include "sql/lexer.h"

#include <string.h>
#include <strings.h>

typedef enum { UNKNOWN, NO, YES } truth;

/* psql's manual page, \if: the words that it takes for a boolean. */
static const struct {
    const char *word;
    truth truth;
} words[] = {{"true", YES}, {"on", YES}, {"yes", YES}, {"1", YES}, {"t", YES},
             {"false", NO}, {"off", NO}, {"no", NO},   {"0", NO},  {"f", NO}};

bool ls_is_command(const char *text, ls_span command, const char *name) {
    size_t length = strlen(name);
    uint32_t begin = command.begin + 1, end = (uint32_t)(begin + length);
    return end <= command.end && strncmp(text + begin, name, length) == 0 &&
           (end == command.end || !ls_is_word_byte(text[end]));
}

/* The truth of the word behind the command's name, which is all that stands there. */
static truth truth_of(const char *text, ls_span command, size_t name) {
    uint32_t begin = (uint32_t)(command.begin + 1 + name), end = command.end;
    while (begin < end && ls_is_space(text[begin]))
        begin++;
    while (end > begin && ls_is_space(text[end - 1]))
        end--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == end - begin &&
            strncasecmp(text + begin, words[i].word, end - begin) == 0)
            return words[i].truth;
    return UNKNOWN;
}

static void begin_branch(ls_conditions *conditions, truth value) {
    if (conditions->depth == 0 || conditions->depth > LS_MOST_CONDITIONS)
        return;
    ls_condition *condition = &conditions->open[conditions->depth - 1];
    condition->dead = condition->taken || value == NO;
    condition->taken |= value == YES;
}

void ls_see_command(ls_conditions *conditions, const char *text, ls_span command) {
    if (ls_is_command(text, command, "if")) {
        if (conditions->depth++ < LS_MOST_CONDITIONS)
            conditions->open[conditions->depth - 1] = (ls_condition){0};
        begin_branch(conditions, truth_of(text, command, strlen("if")));
    } else if (ls_is_command(text, command, "elif")) {
        begin_branch(conditions, truth_of(text, command, strlen("elif")));
    } else if (ls_is_command(text, command, "else")) {
        begin_branch(conditions, YES);
    } else if (ls_is_command(text, command, "endif") && conditions->depth > 0) {
        conditions->depth--;
    }
}

bool ls_is_run(const ls_conditions *conditions) {
    for (uint32_t i = 0; i < conditions->depth && i < LS_MOST_CONDITIONS; i++)
        if (conditions->open[i].dead)
            return false;
    return true;
}
