/*
 * cutter.c - one pass over a text, a switch over classes of bytes.
 *
 * Time stays linear, although a quote that never ends makes the search for its end vain: only
 * MOST_NEVER_CLOSED such searches are made in a text. After the last of them the rest of the text
 * is one piece with a problem. No real file comes near that: after one quote that never ends,
 * every later one of its kind has an end.
 *
 * What is held open by a CREATE RULE's parenthesis or by BEGIN ATOMIC to the end of the text has
 * lost its close: the statement then ends at the first semicolon that it had swallowed.
 */
#include "sql/cutter.h"

#include "sql/lexer.h"
#include "sql/start.h"

#include <string.h>

enum { MOST_NEVER_CLOSED = 16 };

static const char OPEN_STRING[] = "a quoted string that never ends: its closing ' is missing";
static const char OPEN_NAME[] = "a quoted name that never ends: its closing \" is missing";
static const char OPEN_DOLLAR[] =
    "a dollar-quoted string that never ends: its closing tag is missing";
static const char OPEN_COMMENT[] = "a comment that never ends: its closing */ is missing";
static const char OPEN_PARENTHESIS[] = "a parenthesis that is never closed";
static const char OPEN_BODY[] = "a BEGIN ATOMIC body that never ends: its END is missing";
static const char TOO_MANY[] = "one more string or comment that never ends, after many others: "
                               "from here on nothing is read";

typedef uint32_t skip_function(const char *text, uint32_t at, uint32_t end);

void ls_cutter_blank(ls_cutter *cutter, ls_span span) {
    char *blanked = cutter->out->blanked;
    for (uint32_t i = span.begin; i < span.end; i++)
        if (blanked[i] != '\n' && blanked[i] != '\r')
            blanked[i] = ' ';
}

uint32_t ls_cutter_trim(const ls_cutter *cutter, uint32_t begin, uint32_t end) {
    while (end > begin && ls_is_space(cutter->out->blanked[end - 1]))
        end--;
    return end;
}

static void open_statement(ls_cutter *cutter, uint32_t at) {
    if (!cutter->statement.open)
        cutter->statement =
            (ls_open_statement){.open = true, .begin = at, .piece = cutter->out->pieces.count};
}

static bool holds_semicolons(const ls_open_statement *statement) {
    return statement->open &&
           (statement->words.begin_depth > 0 || (statement->words.rule && statement->depth > 0));
}

/* Takes the significant bytes up to `end` into the statement. */
static void extend(ls_cutter *cutter, uint32_t end) {
    open_statement(cutter, cutter->at);
    cutter->at = cutter->statement.end = end;
}

/* Pushes the open statement's piece, before the commands that stand inside it. */
static void push_statement(ls_cutter *cutter, ls_piece piece) {
    size_t place = cutter->statement.piece;
    LS_PUSH(cutter->arena, &cutter->out->pieces, piece);
    ls_piece *items = cutter->out->pieces.items;
    memmove(items + place + 1, items + place,
            sizeof piece * (cutter->out->pieces.count - 1 - place));
    items[place] = piece;
    cutter->statement.open = false;
}

static ls_piece statement_piece(const ls_cutter *cutter, bool terminated) {
    const ls_open_statement *statement = &cutter->statement;
    ls_piece piece = {.kind = LS_PIECE_STATEMENT,
                      .at = ls_span_of(statement->begin, statement->end),
                      .terminated = terminated};
    if (statement->words.begin_depth > 0) {
        piece.problem = OPEN_BODY;
        piece.problem_at = ls_span_of(statement->begin_at, statement->begin_at + strlen("begin"));
    } else if (statement->depth > 0) {
        piece.problem = OPEN_PARENTHESIS;
        piece.problem_at = ls_span_of(statement->depth_at, statement->depth_at + 1);
    }
    return piece;
}

void ls_cutter_finish(ls_cutter *cutter, bool terminated) {
    if (!cutter->statement.open)
        return;
    cutter->data_follows |= terminated && cutter->statement.words.reads_stdin;
    push_statement(cutter, statement_piece(cutter, terminated));
}

/* --- What never ends ------------------------------------------------------------------------ */

/* The first line from `at` on that ends whatever is open, in careful mode; else the text's end. */
static uint32_t search_end(ls_cutter *cutter, uint32_t at) {
    if (at >= cutter->careful_until)
        return cutter->length;
    while (cutter->next_start < at)
        cutter->next_start =
            ls_next_line_that(ls_starts_statement, cutter->text, cutter->next_start,
                              cutter->careful_until, cutter->margin);
    return cutter->next_start < cutter->careful_until ? cutter->next_start : cutter->length;
}

/* Ends the statement with a problem before the next line that starts like a statement. */
static void give_up(ls_cutter *cutter, uint32_t opened_at, uint32_t searched_to,
                    const char *problem) {
    uint32_t stop = searched_to;
    if (searched_to == cutter->length && ++cutter->never_closed > MOST_NEVER_CLOSED)
        problem = TOO_MANY;
    else if (searched_to == cutter->length)
        stop = ls_next_line_that(ls_starts_statement, cutter->text, opened_at, cutter->length, 0);
    open_statement(cutter, opened_at);
    uint32_t begin = cutter->statement.begin;
    push_statement(cutter, (ls_piece){.kind = LS_PIECE_STATEMENT,
                                      .at = {begin, ls_cutter_trim(cutter, begin, stop)},
                                      .problem = problem,
                                      .problem_at = {opened_at, opened_at + 1}});
    cutter->at = stop;
}

/* Takes a unit that `skip` finds the end of; it starts at cutter->at, its quote at `quote`. */
static void take(ls_cutter *cutter, skip_function *skip, uint32_t quote, uint32_t limit,
                 const char *problem) {
    uint32_t end = skip(cutter->text, quote, limit);
    if (end == LS_NEVER_CLOSED)
        give_up(cutter, cutter->at, limit, problem);
    else
        extend(cutter, end);
}

/* The statement swallowed the rest of the text: it ends at its first semicolon after all. */
static void let_go(ls_cutter *cutter) {
    ls_open_statement *statement = &cutter->statement;
    if (++cutter->never_closed > MOST_NEVER_CLOSED) {
        ls_cutter_finish(cutter, false);
        return;
    }
    uint32_t semicolon = statement->held_at;
    statement->end = ls_cutter_trim(cutter, statement->begin, semicolon);
    ls_piece piece = statement_piece(cutter, true);
    ls_open_statement ended = *statement;
    ls_cutter_restart(cutter, semicolon + 1, cutter->careful_until, cutter->margin);
    cutter->statement = ended;
    push_statement(cutter, piece);
}

/* --- Steps ---------------------------------------------------------------------------------- */

static void take_comment(ls_cutter *cutter, uint32_t end) {
    ls_span span = {cutter->at, end};
    ls_cutter_blank(cutter, span);
    LS_PUSH(cutter->arena, &cutter->out->comments, span);
    cutter->at = end;
}

static void step_slash(ls_cutter *cutter) {
    uint32_t at = cutter->at, limit = search_end(cutter, at);
    if (at + 1 == cutter->length || cutter->text[at + 1] != '*') {
        extend(cutter, at + 1);
        return;
    }
    uint32_t end = ls_skip_block_comment(cutter->text, at, limit);
    if (end == LS_NEVER_CLOSED)
        give_up(cutter, at, limit, OPEN_COMMENT);
    else
        take_comment(cutter, end);
}

static void step_dash(ls_cutter *cutter) {
    uint32_t at = cutter->at;
    if (at + 1 < cutter->length && cutter->text[at + 1] == '-')
        take_comment(cutter, ls_skip_line(cutter->text, at, cutter->length));
    else
        extend(cutter, at + 1);
}

static void step_semicolon(ls_cutter *cutter) {
    ls_open_statement *statement = &cutter->statement;
    if (holds_semicolons(statement)) {
        if (statement->held_at == 0)
            statement->held_at = cutter->at;
        extend(cutter, cutter->at + 1);
        return;
    }
    ls_cutter_finish(cutter, true);
    cutter->at++;
}

/* What held semicolons has been closed: they were rightly held. */
static void forget_held(ls_open_statement *statement) {
    if (!holds_semicolons(statement))
        statement->held_at = 0;
}

static void step_parenthesis(ls_cutter *cutter, bool opens) {
    uint32_t at = cutter->at;
    extend(cutter, at + 1);
    ls_open_statement *statement = &cutter->statement;
    if (opens && statement->depth++ == 0)
        statement->depth_at = at;
    else if (!opens && statement->depth > 0)
        statement->depth--;
    forget_held(statement);
}

static void step_word(ls_cutter *cutter) {
    const char *text = cutter->text;
    uint32_t at = cutter->at, end = ls_skip_word(text, at, cutter->length);
    if (cutter->statement.open && search_end(cutter, at) == at) {
        ls_cutter_finish(cutter, false);
        return;
    }
    if (end == at + 1 && (text[at] | 0x20) == 'e' && end < cutter->length && text[end] == '\'') {
        take(cutter, ls_skip_escaped, end, search_end(cutter, at), OPEN_STRING);
        return;
    }
    extend(cutter, end);
    ls_open_statement *statement = &cutter->statement;
    ls_see_word(&statement->words, text + at, end - at, statement->depth);
    if (statement->words.after_begin)
        statement->begin_at = at;
    forget_held(statement);
}

static void step(ls_cutter *cutter) {
    const char *text = cutter->text;
    uint32_t at = cutter->at, length = cutter->length;
    switch (ls_byte_class_of(text[at])) {
    case LS_BYTE_SPACE:
        cutter->at++;
        break;
    case LS_BYTE_NEWLINE:
        cutter->at++;
        if (cutter->data_follows)
            ls_cutter_copy_data(cutter);
        break;
    case LS_BYTE_WORD:
        step_word(cutter);
        break;
    case LS_BYTE_DIGIT:
        extend(cutter, ls_skip_number(text, at, length));
        break;
    case LS_BYTE_QUOTE:
        take(cutter, ls_skip_quoted, at, search_end(cutter, at), OPEN_STRING);
        break;
    case LS_BYTE_DOUBLE_QUOTE:
        take(cutter, ls_skip_quoted, at, search_end(cutter, at), OPEN_NAME);
        break;
    case LS_BYTE_DOLLAR:
        take(cutter, ls_skip_dollar, at, length, OPEN_DOLLAR);
        break;
    case LS_BYTE_DASH:
        step_dash(cutter);
        break;
    case LS_BYTE_SLASH:
        step_slash(cutter);
        break;
    case LS_BYTE_BACKSLASH:
        ls_cutter_command(cutter);
        break;
    case LS_BYTE_SEMICOLON:
        step_semicolon(cutter);
        break;
    case LS_BYTE_OPEN:
    case LS_BYTE_CLOSE:
        step_parenthesis(cutter, text[at] == '(');
        break;
    case LS_BYTE_OTHER:
        extend(cutter, at + 1);
        break;
    }
}

/* --- Interface ------------------------------------------------------------------------------ */

void ls_cutter_start(ls_cutter *cutter, ls_arena *arena, const ls_source *source, ls_split *out) {
    uint32_t mark = ls_source_mark_length(source);
    *out = (ls_split){.blanked = ls_arena_copy(arena, source->text, source->length)};
    ls_cutter_start_part(cutter, arena, source, ls_span_of(mark, source->length), out);
    ls_cutter_blank(cutter, ls_span_of(0, mark));
}

void ls_cutter_start_part(ls_cutter *cutter, ls_arena *arena, const ls_source *source, ls_span part,
                          ls_split *out) {
    *cutter = (ls_cutter){
        .arena = arena, .text = source->text, .length = part.end, .at = part.begin, .out = out};
}

static void finish_text(ls_cutter *cutter) {
    if (holds_semicolons(&cutter->statement) && cutter->statement.held_at > 0)
        let_go(cutter);
    else
        ls_cutter_finish(cutter, false);
}

bool ls_cutter_next(ls_cutter *cutter) {
    size_t pieces = cutter->out->pieces.count;
    while (cutter->statement.open || cutter->out->pieces.count == pieces) {
        if (cutter->at < cutter->length)
            step(cutter);
        else if (cutter->statement.open)
            finish_text(cutter);
        else
            break;
    }
    return cutter->out->pieces.count > pieces;
}

void ls_cutter_restart(ls_cutter *cutter, uint32_t at, uint32_t careful_until, uint32_t margin) {
    ls_split *out = cutter->out;
    while (out->comments.count > 0 && out->comments.items[out->comments.count - 1].begin >= at)
        out->comments.count--;
    while (out->pieces.count > 0 && out->pieces.items[out->pieces.count - 1].at.begin >= at)
        out->pieces.count--;
    memcpy(out->blanked + at, cutter->text + at, cutter->at - at);
    cutter->at = at;
    cutter->statement.open = false;
    cutter->data_follows = false;
    cutter->careful_until = careful_until;
    cutter->margin = margin;
    cutter->next_start = at;
}
