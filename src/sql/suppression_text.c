/*
 * suppression_text.c - what a comment says.
 *
 * A suppression begins a line of its comment. People misspell it in few ways (another separator,
 * blanks, capitals, a word like "disable"), and prose that names lockstep looks otherwise: it has a
 * blank where the misspelt suppression has a separator. So the near misses are told apart by what
 * stands between "lockstep" and the word after it.
 */
#include "sql/lexer.h"
#include "sql/suppression.h"

#include <string.h>
#include <strings.h>

static const char TOOL[] = "lockstep";
static const char STATEMENT_FORM[] = "lockstep:ignore";
static const char FILE_FORM[] = "lockstep:ignore-file";

enum { TOOL_LENGTH = sizeof TOOL - 1 };

/* The text that is left to read. */
typedef struct {
    ls_arena *arena;
    const char *text;
    uint32_t at, end;
} reader;

static void skip_blanks(reader *reading) {
    while (reading->at < reading->end && ls_is_space(reading->text[reading->at]))
        reading->at++;
}

static bool at_byte(const reader *reading, char byte) {
    return reading->at < reading->end && reading->text[reading->at] == byte;
}

static bool span_is(const reader *reading, ls_span span, const char *word) {
    size_t length = strlen(word);
    return span.end - span.begin == length &&
           strncasecmp(reading->text + span.begin, word, length) == 0;
}

static bool begins_with(const reader *reading, ls_span span, const char *word) {
    size_t length = strlen(word);
    return span.end - span.begin >= length &&
           strncasecmp(reading->text + span.begin, word, length) == 0;
}

static const char *copy(const reader *reading, ls_span span) {
    return ls_arena_copy(reading->arena, reading->text + span.begin, span.end - span.begin);
}

/* --- Rules and reason ------------------------------------------------------------------------ */

/* What stands up to a blank or a comma. */
static ls_span take_name(reader *reading) {
    uint32_t begin = reading->at;
    while (reading->at < reading->end && !ls_is_space(reading->text[reading->at]) &&
           reading->text[reading->at] != ',')
        reading->at++;
    return ls_span_of(begin, reading->at);
}

static bool is_because(const reader *reading, ls_span word) {
    return span_is(reading, word, "because");
}

/* The problem, or NULL. */
static const char *read_names(reader *reading, ls_suppression *suppression) {
    for (;;) {
        skip_blanks(reading);
        reader before = *reading;
        ls_span name = take_name(reading);
        if (ls_span_empty(name) || is_because(reading, name)) {
            *reading = before;
            return suppression->names.count == 0 && !at_byte(reading, ',')
                       ? "it names no rule"
                       : "a rule's name is missing beside a comma";
        }
        const ls_suppressed_name named = {.name = copy(reading, name), .at = name};
        LS_PUSH(reading->arena, &suppression->names, named);
        skip_blanks(reading);
        if (!at_byte(reading, ','))
            return NULL;
        reading->at++;
    }
}

static bool says_something(const reader *reading) {
    for (uint32_t at = reading->at; at < reading->end; at++)
        if (ls_is_word_byte(reading->text[at]))
            return true;
    return false;
}

/* What is left, without the blanks around it; NULL if it says nothing. */
static const char *read_reason(reader *reading) {
    skip_blanks(reading);
    return says_something(reading) ? copy(reading, ls_span_of(reading->at, reading->end)) : NULL;
}

static bool because_follows(reader reading) {
    while (reading.at < reading.end) {
        skip_blanks(&reading);
        if (is_because(&reading, take_name(&reading)))
            return true;
        reading.at += reading.at < reading.end;
    }
    return false;
}

static void read_rest(reader *reading, ls_suppression *suppression) {
    suppression->problem = read_names(reading, suppression);
    if (suppression->problem != NULL)
        return;
    ls_span word = take_name(reading);
    if (is_because(reading, word))
        suppression->reason = read_reason(reading);
    else if (because_follows(*reading))
        suppression->problem =
            ls_arena_format(reading->arena, "\"%s\" stands where a comma or \"because\" should",
                            copy(reading, word));
}

/* --- Near misses ----------------------------------------------------------------------------- */

/* "lockstep", what separates it from the next word, and that word. */
typedef struct {
    ls_span whole, word;
    char separator; /* 0: blanks alone */
    bool blanks;
} opening;

static bool is_letter_or_dash(char byte) {
    return ls_byte_class_of(byte) == LS_BYTE_WORD || byte == '-';
}

static opening read_opening(reader *reading) {
    opening found = {0};
    uint32_t begin = reading->at;
    reading->at += TOOL_LENGTH;
    uint32_t before = reading->at;
    skip_blanks(reading);
    found.blanks = reading->at > before;
    if (reading->at < reading->end && strchr(":-_", reading->text[reading->at]) != NULL) {
        found.separator = reading->text[reading->at++];
        before = reading->at;
        skip_blanks(reading);
        found.blanks |= reading->at > before;
    }
    uint32_t word = reading->at;
    while (reading->at < reading->end && is_letter_or_dash(reading->text[reading->at]))
        reading->at++;
    found.word = ls_span_of(word, reading->at);
    if (at_byte(reading, ':'))
        reading->at++;
    found.whole = ls_span_of(begin, reading->at);
    return found;
}

/* A word that asks for silence. */
static bool asks_for_silence(const reader *reading, ls_span word) {
    static const char *const WORDS[] = {"ignore", "disable", "suppress", "noqa", "nolint"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (begins_with(reading, word, WORDS[i]))
            return true;
    return false;
}

/* Names of rules have dashes; words of prose seldom do. */
static bool name_of_rule_follows(reader reading) {
    skip_blanks(&reading);
    ls_span name = take_name(&reading);
    return memchr(reading.text + name.begin, '-', name.end - name.begin) != NULL;
}

/* `reading` stands behind the opening. */
static bool is_near_miss(const reader *reading, const opening *found) {
    if (ls_span_empty(found->word))
        return false;
    if (found->separator == ':')
        return !found->blanks || asks_for_silence(reading, found->word);
    if (found->separator != 0)
        return !found->blanks && asks_for_silence(reading, found->word);
    return (span_is(reading, found->word, "ignore") ||
            span_is(reading, found->word, "ignore-file")) &&
           found->blanks && name_of_rule_follows(*reading);
}

static bool is_form(const reader *reading, ls_span span, const char *form) {
    return span.end - span.begin == strlen(form) &&
           memcmp(reading->text + span.begin, form, span.end - span.begin) == 0;
}

static void add(reader *reading, ls_suppressions *list, ls_suppression suppression,
                uint32_t begin) {
    const char *line_end = memchr(reading->text + begin, '\n', reading->end - begin);
    suppression.at =
        ls_span_of(begin, line_end == NULL ? reading->end : (uint32_t)(line_end - reading->text));
    LS_PUSH(reading->arena, list, suppression);
}

/* The text begins with the tool's name. */
static void read_suppression(reader reading, ls_suppressions *list) {
    ls_suppression suppression = {0};
    const uint32_t begin = reading.at;
    const opening found = read_opening(&reading);
    suppression.whole_file = is_form(&reading, found.whole, FILE_FORM);
    bool ends = reading.at == reading.end || ls_is_space(reading.text[reading.at]);
    if (ends && (suppression.whole_file || is_form(&reading, found.whole, STATEMENT_FORM))) {
        read_rest(&reading, &suppression);
        add(&reading, list, suppression, begin);
    } else if (is_near_miss(&reading, &found)) {
        suppression.problem =
            ls_arena_format(reading.arena, "\"%s\" is neither %s nor %s",
                            copy(&reading, found.whole), STATEMENT_FORM, FILE_FORM);
        add(&reading, list, suppression, begin);
    }
}

/* --- Comments -------------------------------------------------------------------------------- */

/* Behind what decorates the start of a comment's line. */
static uint32_t line_begin(const reader *reading, uint32_t at) {
    while (at < reading->end && strchr(" \t\r*-", reading->text[at]) != NULL)
        at++;
    return at;
}

static bool names_tool(const reader *reading, uint32_t at) {
    return reading->end - at >= TOOL_LENGTH &&
           strncasecmp(reading->text + at, TOOL, TOOL_LENGTH) == 0;
}

static uint32_t next_line(const reader *reading, uint32_t at) {
    const char *line_end = memchr(reading->text + at, '\n', reading->end - at);
    return line_end == NULL ? reading->end : (uint32_t)(line_end - reading->text) + 1;
}

/* A suppression behind other words: it would have been one at the start of the line. */
static void find_misplaced(const reader *reading, uint32_t begin, uint32_t end,
                           ls_suppressions *list) {
    const size_t length = strlen(STATEMENT_FORM);
    for (uint32_t at = begin + 1; at + length < end; at++) {
        if (!ls_is_space(reading->text[at - 1]) ||
            memcmp(reading->text + at, STATEMENT_FORM, length) != 0)
            continue;
        reader rest = {reading->arena, reading->text, at + (uint32_t)length, end};
        ls_suppression suppression = {
            .problem = "it does not stand at the start of a comment or of one of its lines"};
        if (because_follows(rest))
            add(&rest, list, suppression, at);
        return;
    }
}

static uint32_t trimmed_end(const reader *reading, uint32_t begin, uint32_t end) {
    while (end > begin && ls_is_space(reading->text[end - 1]))
        end--;
    return end;
}

static reader inside_of(ls_arena *arena, const ls_source *source, ls_span comment) {
    enum { DELIMITER = 2 };
    bool block = source->text[comment.begin] == '/';
    bool closed = block && comment.end - comment.begin >= 2 * DELIMITER &&
                  memcmp(source->text + comment.end - DELIMITER, "*/", DELIMITER) == 0;
    return (reader){arena, source->text, comment.begin + DELIMITER,
                    comment.end - (closed ? DELIMITER : 0)};
}

void ls_suppressions_read(ls_arena *arena, const ls_source *source, ls_span comment,
                          ls_suppressions *list) {
    const reader inside = inside_of(arena, source, comment);
    for (uint32_t line = inside.at; line < inside.end;) {
        uint32_t begin = line_begin(&inside, line), end = next_line(&inside, line);
        if (!names_tool(&inside, begin)) {
            find_misplaced(&inside, line, end, list);
            line = end;
            continue;
        }
        while (end < inside.end && !names_tool(&inside, line_begin(&inside, end)))
            end = next_line(&inside, end);
        read_suppression((reader){arena, inside.text, begin, trimmed_end(&inside, begin, end)},
                         list);
        line = end;
    }
}
