/*
 * branches.c - the actions of Go's text/template that choose what is written.
 *
 * An action stands in {{ }}, with a hyphen inside where the blanks beside it go too. A condition is
 * a value (.mysql), or a function with values behind it (or .mysql .postgres, eq .driver "mysql").
 */
#include "input/branches.h"

#include "input/foreign.h"
#include "support/vector.h"

#include <ctype.h>
#include <string.h>

typedef enum { NO, YES, UNKNOWN } answer;

static const char BLANKS[] = " \t\r\n";

/* --- Conditions ------------------------------------------------------------------------------ */

typedef struct {
    const char *at, *end;
} reader;

static answer read_condition(reader *from);

static void skip_blanks(reader *from) {
    while (from->at < from->end && isspace((unsigned char)*from->at))
        from->at++;
}

static size_t word_length(const reader *from) {
    size_t length = 0;
    while (from->at + length < from->end &&
           (isalnum((unsigned char)from->at[length]) || from->at[length] == '_'))
        length++;
    return length;
}

static answer is_postgres(const char *word, size_t length) {
    if (ls_own_database(word, length))
        return YES;
    return ls_foreign_database(word, length) != NULL ? NO : UNKNOWN;
}

/* .mysql, "mysql", or a condition in brackets */
static answer read_value(reader *from) {
    const char first = *from->at++;
    answer value = UNKNOWN;
    if (first == '(') {
        value = read_condition(from);
        from->at += from->at < from->end;
        return value;
    }
    const size_t length = word_length(from);
    if (first == '.' || first == '"')
        value = is_postgres(from->at, length);
    while (from->at < from->end && !isspace((unsigned char)*from->at) && *from->at != ')')
        from->at++;
    return value;
}

static answer opposite(answer value) {
    return value == UNKNOWN ? UNKNOWN : value == YES ? NO : YES;
}

/* What the function makes of one more value. */
static answer combine(const char *function, size_t length, answer so_far, answer value) {
    if (length == 3 && memcmp(function, "not", length) == 0)
        return opposite(value);
    if (length == 3 && memcmp(function, "and", length) == 0)
        return so_far == NO || value == NO ? NO : so_far == YES ? value : so_far;
    if (length == 2 && memcmp(function, "or", length) == 0)
        return so_far == YES || value == YES ? YES : so_far == NO ? value : so_far;
    if (length == 2 && memcmp(function, "eq", length) == 0)
        return value != UNKNOWN ? value : so_far;
    if (length == 2 && memcmp(function, "ne", length) == 0)
        return value != UNKNOWN ? opposite(value) : so_far;
    return UNKNOWN;
}

static answer first_of(const char *function, size_t length) {
    if (length == 3 && memcmp(function, "and", length) == 0)
        return YES;
    return length == 2 && memcmp(function, "or", length) == 0 ? NO : UNKNOWN;
}

static answer read_condition(reader *from) {
    skip_blanks(from);
    const char *function = from->at;
    const size_t length = word_length(from);
    from->at += length;
    answer value = first_of(function, length);
    for (skip_blanks(from); from->at < from->end && *from->at != ')'; skip_blanks(from)) {
        const answer next = read_value(from);
        value = length == 0 ? next : combine(function, length, value, next);
    }
    return value;
}

/* --- Actions --------------------------------------------------------------------------------- */

typedef struct {
    char *begin, *end;          /* with the braces */
    const char *words, *behind; /* what it says */
} action;

/* A comment goes to its end, whatever it holds. */
static char *close_of(char *words) {
    words += *words == '-';
    words += strspn(words, BLANKS);
    if (strncmp(words, "/*", 2) == 0)
        words = strstr(words, "*/");
    return words == NULL ? NULL : strstr(words, "}}");
}

/* The next action from `at` on; false if there is none that ends. */
static bool find_action(char *at, action *found) {
    char *open = strstr(at, "{{");
    char *close = open == NULL ? NULL : close_of(open + 2);
    if (close == NULL)
        return false;
    *found = (action){.begin = open, .end = close + 2, .words = open + 2, .behind = close};
    found->words += *found->words == '-';
    found->behind -= found->behind > found->words && found->behind[-1] == '-';
    found->words += strspn(found->words, BLANKS);
    if (found->words > found->behind)
        found->words = found->behind;
    return true;
}

static bool says(const action *one, const char *word) {
    const reader words = {one->words, one->behind};
    const size_t length = strlen(word);
    return word_length(&words) == length && memcmp(one->words, word, length) == 0;
}

static answer condition_of(const action *one, const char *words) {
    reader from = {words, one->behind};
    return read_condition(&from);
}

static void blank(char *begin, const char *end) {
    for (; begin < end; begin++)
        if (*begin != '\n' && *begin != '\r')
            *begin = ' ';
}

/* --- Branches -------------------------------------------------------------------------------- */

typedef struct {
    action opened_by;
    answer runs;
} branch;

/* From an action that has an end to that end. */
typedef struct {
    uint32_t first;     /* of its branches */
    answer none_so_far; /* whether none of them runs */
} choice;

typedef struct {
    LS_VECTOR(branch) branches; /* of all choices that are open, the innermost last */
    LS_VECTOR(choice) choices;
} template;

static void add_branch(ls_arena *arena, template *of, const action *by, answer runs) {
    choice *one = &of->choices.items[of->choices.count - 1];
    LS_PUSH(arena, &of->branches, ((branch){*by, runs}));
    if (runs != NO && one->none_so_far != NO)
        one->none_so_far = opposite(runs);
}

static void open_choice(ls_arena *arena, template *of, const action *by, answer runs) {
    LS_PUSH(arena, &of->choices, ((choice){of->branches.count, YES}));
    add_branch(arena, of, by, runs);
}

/* An else runs where none of those before it does, and its own condition holds. */
static answer runs_else(const template *of, const action *by) {
    const answer none_so_far = of->choices.items[of->choices.count - 1].none_so_far;
    reader rest = {by->words + strlen("else"), by->behind};
    skip_blanks(&rest);
    if (rest.at == rest.end || none_so_far == NO)
        return none_so_far;
    const answer runs = condition_of(by, rest.at + word_length(&rest));
    return runs == NO || none_so_far == YES ? runs : UNKNOWN;
}

static void close_choice(template *of, const action *end) {
    const uint32_t first = of->choices.items[--of->choices.count].first;
    bool is_known = true;
    for (uint32_t i = first; i < of->branches.count; i++)
        is_known = is_known && of->branches.items[i].runs != UNKNOWN;
    for (uint32_t i = first; is_known && i < of->branches.count; i++) {
        const branch *one = &of->branches.items[i];
        const bool is_last = i + 1 == of->branches.count;
        const action *next = is_last ? end : &of->branches.items[i + 1].opened_by;
        blank(one->opened_by.begin, one->runs == YES ? one->opened_by.end : next->begin);
    }
    if (is_known)
        blank(end->begin, end->end);
    of->branches.count = first;
}

static bool opens_other(const action *one) {
    return says(one, "range") || says(one, "with") || says(one, "block") || says(one, "define");
}

static void take(ls_arena *arena, template *of, const action *one) {
    if (one->behind - one->words > 1 && memcmp(one->words, "/*", 2) == 0)
        blank(one->begin, one->end);
    else if (says(one, "if"))
        open_choice(arena, of, one, condition_of(one, one->words + strlen("if")));
    else if (opens_other(one))
        open_choice(arena, of, one, UNKNOWN);
    else if (says(one, "else") && of->choices.count > 0)
        add_branch(arena, of, one, runs_else(of, one));
    else if (says(one, "end") && of->choices.count > 0)
        close_choice(of, one);
}

const char *ls_branches_for_postgres(ls_arena *arena, const char *text) {
    if (strstr(text, "{{") == NULL)
        return text;
    char *copy = ls_arena_string(arena, text);
    template of = {0};
    action one;
    for (char *at = copy; find_action(at, &one); at = one.end)
        take(arena, &of, &one);
    return copy;
}
