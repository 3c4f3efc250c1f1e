/*
 * suppression.c - the comments of a script that suppress, and the statement that each is about.
 *
 * A script's own statements and those inside a body are placed in the same way: both are spans of
 * the source in order. The comments come in order too, so that what stands between a statement and
 * the comments behind it is walked over once.
 */
#include "sql/suppression.h"

#include "sql/body.h"
#include "sql/lexer.h"

#include <string.h>
#include <strings.h>

typedef struct {
    ls_span at;
    bool whole; /* it ends with a semicolon, or was cut off where one is missing */
} placed_statement;

typedef struct {
    const ls_source *source;
    LS_VECTOR(placed_statement) statements;
    uint32_t walked_from, walked_to; /* nothing but blanks and comments in between */
} placement;

/* --- Placing --------------------------------------------------------------------------------- */

/* How many statements begin before a place. */
static size_t count_before(const placement *places, uint32_t at) {
    size_t low = 0, high = places->statements.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places->statements.items[middle].at.begin < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The end of the blanks and comments at `at`, or `end`. */
static uint32_t skip_gap(const char *text, uint32_t at, uint32_t end) {
    while (at < end) {
        uint32_t next = at;
        if (ls_is_space(text[at]))
            next = at + 1;
        else if (text[at] == '-' && text[at + 1] == '-')
            next = ls_skip_line(text, at, end);
        else if (text[at] == '/' && text[at + 1] == '*')
            next = ls_skip_block_comment(text, at, end);
        if (next == at || next == LS_NEVER_CLOSED)
            return at;
        at = next;
    }
    return end;
}

/* The statement's semicolon is yet to come. */
static bool goes_on(placement *places, const placed_statement *statement, uint32_t at) {
    if (statement->whole)
        return false;
    if (places->walked_from != statement->at.end || places->walked_to > at) {
        places->walked_from = statement->at.end;
        places->walked_to = statement->at.end;
    }
    places->walked_to = skip_gap(places->source->text, places->walked_to, at);
    return places->walked_to == at;
}

static bool on_one_line(const ls_source *source, uint32_t from, uint32_t to) {
    return from <= to && memchr(source->text + from, '\n', to - from) == NULL;
}

static ls_span statement_of(placement *places, ls_span comment) {
    size_t before = count_before(places, comment.begin);
    const placed_statement *items = places->statements.items;
    const placed_statement *previous = before > 0 ? &items[before - 1] : NULL;
    const placed_statement *next = before < places->statements.count ? &items[before] : NULL;
    if (previous != NULL &&
        (previous->at.end > comment.begin || goes_on(places, previous, comment.begin)))
        return previous->at;
    bool next_on_line = next != NULL && on_one_line(places->source, comment.end, next->at.begin);
    if (previous != NULL && !next_on_line &&
        on_one_line(places->source, previous->at.end - 1, comment.begin))
        return previous->at;
    return next == NULL ? (ls_span){0} : next->at;
}

/* --- Finding --------------------------------------------------------------------------------- */

/* The tool's name, with its last letter in one case; that one is rare in SQL. */
static bool names_tool_with(const ls_source *source, ls_span span, char last) {
    static const char TOOL[] = "lockstep";
    enum { BEFORE_LAST = sizeof TOOL - 2 };
    const char *text = source->text + span.begin, *end = source->text + span.end;
    while (end - text > BEFORE_LAST) {
        const char *found = memchr(text + BEFORE_LAST, last, (size_t)(end - text) - BEFORE_LAST);
        if (found == NULL)
            return false;
        if (strncasecmp(found - BEFORE_LAST, TOOL, BEFORE_LAST) == 0)
            return true;
        text = found - BEFORE_LAST + 1;
    }
    return false;
}

static bool names_tool(const ls_source *source, ls_span span) {
    return names_tool_with(source, span, 'p') || names_tool_with(source, span, 'P');
}

/* Reads a comment; what it suppresses is in one of the places. */
static void read_comment(ls_arena *arena, placement *places, ls_span comment,
                         ls_suppressions *list) {
    if (!names_tool(places->source, comment))
        return;
    uint32_t first = list->count;
    ls_suppressions_read(arena, places->source, comment, list);
    for (uint32_t i = first; i < list->count; i++)
        if (!list->items[i].whole_file)
            list->items[i].covers = statement_of(places, comment);
}

/* A semicolon that is missing is reported as a statement of one byte behind the one that lacks it:
 * to whoever suppresses, both are one. */
static placement places_of_script(ls_arena *arena, const ls_script *script) {
    placement places = {.source = script->source};
    for (size_t i = 0; i < script->statements.count; i++) {
        const ls_statement *statement = script->statements.items[i];
        bool unparsed = statement->kind == LS_STATEMENT_UNPARSED;
        placed_statement placed = {.at = statement->at, .whole = unparsed};
        placed_statement *last =
            i > 0 ? &places.statements.items[places.statements.count - 1] : NULL;
        if (last != NULL && unparsed && last->at.end == placed.at.begin)
            *last = (placed_statement){ls_span_of(last->at.begin, placed.at.end), true};
        else
            LS_PUSH(arena, &places.statements, placed);
    }
    return places;
}

/* --- Bodies ---------------------------------------------------------------------------------- */

static ls_span moved(ls_span span, uint32_t by) {
    return ls_span_of(span.begin + by, span.end + by);
}

/* The text of a body, where it stands in the source byte for byte. */
static const char *body_of(const ls_statement *statement, ls_span *at) {
    switch (statement->kind) {
    case LS_STATEMENT_DO:
        *at = statement->do_block.body_at;
        return statement->do_block.body;
    case LS_STATEMENT_CREATE_FUNCTION:
        *at = statement->create_function->body_at;
        return statement->create_function->body;
    default:
        return NULL;
    }
}

/* Only the statements of a DO block run in the migration. */
static placement places_in_body(ls_arena *arena, const ls_source *source,
                                const ls_statement *statement, ls_span at, const char *body) {
    placement places = {.source = source};
    ls_body read = {0};
    if (statement->kind == LS_STATEMENT_DO)
        ls_body_read(arena, body, &read);
    for (LS_EACH(const ls_body_item, item, read.items)) {
        placed_statement placed = {.at = moved(item->at, at.begin)};
        LS_PUSH(arena, &places.statements, placed);
    }
    if (places.statements.count == 0) {
        placed_statement whole = {.at = statement->at};
        LS_PUSH(arena, &places.statements, whole);
    }
    return places;
}

static void read_body(ls_arena *arena, const ls_source *source, const ls_statement *statement,
                      ls_suppressions *list) {
    ls_span at = {0};
    const char *body = body_of(statement, &at);
    if (body == NULL || at.end - at.begin != strlen(body) || !names_tool(source, at) ||
        memcmp(source->text + at.begin, body, at.end - at.begin) != 0)
        return;
    ls_source inner = {.name = source->name, .text = body, .length = at.end - at.begin};
    ls_split split = {0};
    ls_split_source(arena, &inner, &split);
    placement places = places_in_body(arena, source, statement, at, body);
    for (LS_EACH(const ls_span, comment, split.comments))
        read_comment(arena, &places, moved(*comment, at.begin), list);
}

ls_suppressions ls_suppressions_of(ls_arena *arena, const ls_script *script) {
    ls_suppressions list = {0};
    if (!names_tool(script->source, ls_span_of(0, script->source->length)))
        return list;
    placement places = places_of_script(arena, script);
    for (LS_EACH(const ls_span, comment, script->comments))
        read_comment(arena, &places, *comment, &list);
    for (size_t i = 0; i < script->statements.count; i++)
        read_body(arena, script->source, script->statements.items[i], &list);
    return list;
}
