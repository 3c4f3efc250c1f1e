/*
 * script.c - cutting and parsing together, so that one mistake hides nothing else.
 *
 * Only the parser knows that a semicolon is missing. When a statement fails, the text is cut
 * before the next line in it that starts like a statement, what stands before is reported, and
 * cutting goes on from there in careful mode to the end of what failed. So each byte is cut a
 * bounded number of times and parsed a bounded number of times, whatever the text.
 */
#include "sql/script.h"

#include "sql/conditions.h"
#include "sql/cutter.h"
#include "sql/diagnosis.h"
#include "sql/lexer.h"
#include "sql/lower/lower.h"
#include "sql/placeholder.h"
#include "sql/start.h"

#include <string.h>

/* Cuts inside what has been cut carefully already go into dollar-quoted strings, which nest. */
enum { MOST_NESTED_CUTS = 16 };

typedef struct {
    ls_arena *arena;
    const ls_source *source;
    ls_script *script;
    ls_split split;
    ls_cutter cutter;
    uint32_t nested_cuts;
    ls_conditions conditions;
} script_reader;

typedef struct {
    const char *message; /* NULL: it did not fail */
    uint32_t at;         /* where the parser stopped, or what is not closed starts */
    bool unclosed;       /* the cutter's problem, not the parser's */
    bool placeholder;    /* it holds one */
} failure;

static void push_statement(script_reader *reader, ls_statement *statement) {
    statement->number = (uint32_t)reader->script->statements.count;
    LS_PUSH(reader->arena, &reader->script->statements, statement);
}

static void push_problem(script_reader *reader, ls_span span, ls_diagnosis diagnosis) {
    ls_statement *statement = LS_NEW(reader->arena, ls_statement);
    reader->script->unparsed++;
    statement->kind = LS_STATEMENT_UNPARSED;
    statement->tag = "";
    statement->at = span;
    statement->problem.message = diagnosis.message;
    statement->problem.at = diagnosis.at;
    statement->problem.needs_postgres = diagnosis.needs_postgres;
    statement->problem.placeholder = diagnosis.placeholder;
    push_statement(reader, statement);
}

/* What ends at `end` should have ended with a semicolon. */
static void push_missing_semicolon(script_reader *reader, uint32_t end) {
    ls_span after = {end, end + 1};
    push_problem(reader, after,
                 (ls_diagnosis){.message = "a semicolon is missing here: the next line starts "
                                           "another statement",
                                .at = after});
}

static void push_failure(script_reader *reader, ls_span span, failure failed) {
    if (failed.unclosed) {
        push_problem(
            reader, span,
            (ls_diagnosis){.message = failed.message, .at = ls_span_of(failed.at, failed.at + 1)});
        return;
    }
    ls_diagnosis diagnosis = ls_diagnose(reader->arena, reader->source, reader->split.blanked, span,
                                         failed.at, failed.message);
    diagnosis.placeholder |= failed.placeholder;
    push_problem(reader, span, diagnosis);
}

/* The statement, with its placeholders overwritten if it does not parse with them; NULL and
 * *failed if it does not parse without them either. */
static ls_statement *parse(script_reader *reader, ls_span span, failure *failed) {
    char *text = reader->split.blanked;
    ls_parse_error error = {0};
    *failed = (failure){0};
    ls_statement *statement = ls_lower(reader->arena, text, span, &error);
    if (statement == NULL && error.message != NULL && ls_blank_placeholders(text, span)) {
        failed->placeholder = true;
        error = (ls_parse_error){0};
        statement = ls_lower(reader->arena, text, span, &error);
    }
    failed->message = error.message;
    failed->at = error.at;
    return statement;
}

/* Whether a byte is the first of its line that is not blank. */
static bool starts_line(const char *text, uint32_t at) {
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
        at--;
    return at > 0 && text[at - 1] == '\n';
}

/* Where in a failed statement another one seems to start; the span's end if nowhere. */
static uint32_t find_cut(script_reader *reader, ls_span span, failure failed) {
    const char *text = reader->split.blanked;
    uint32_t cut = ls_split_next_start(text, span);
    if (!failed.unclosed && failed.at > span.begin && failed.at < cut &&
        starts_line(text, failed.at) && ls_starts_with_verb(text, failed.at, span.end))
        cut = failed.at;
    if (cut < reader->cutter.careful_until && ++reader->nested_cuts > MOST_NESTED_CUTS)
        return span.end;
    return cut;
}

/* Reports what stands before the cut, which may be sound by itself, and goes on from there. */
static void go_on_from(script_reader *reader, uint32_t cut, ls_span span, failure failed) {
    ls_span part = {span.begin, ls_cutter_trim(&reader->cutter, span.begin, cut)};
    ls_statement *statement = NULL;
    if (failed.at >= part.end)
        statement = parse(reader, part, &failed);
    if (statement != NULL) {
        push_statement(reader, statement);
        push_missing_semicolon(reader, part.end);
    } else if (failed.message != NULL) {
        push_failure(reader, part, failed);
    }
    uint32_t careful_until = reader->cutter.careful_until;
    ls_cutter_restart(&reader->cutter, cut, span.end > careful_until ? span.end : careful_until,
                      ls_margin(reader->split.blanked, span.begin));
}

static void read_statement(script_reader *reader, ls_piece piece) {
    failure failed = {.message = piece.problem, .at = piece.problem_at.begin, .unclosed = true};
    ls_statement *statement = NULL;
    if (piece.problem == NULL)
        statement = parse(reader, piece.at, &failed);
    if (statement != NULL) {
        push_statement(reader, statement);
        if (!piece.terminated && reader->cutter.at < reader->cutter.length)
            push_missing_semicolon(reader, piece.at.end);
        return;
    }
    if (failed.message == NULL)
        return;
    uint32_t cut = find_cut(reader, piece.at, failed);
    if (cut < piece.at.end)
        go_on_from(reader, cut, piece.at, failed);
    else
        push_failure(reader, piece.at, failed);
}

static void read_command(script_reader *reader, ls_span command) {
    const char *text = reader->source->text;
    ls_script *script = reader->script;
    LS_PUSH(reader->arena, &script->psql_commands, command);
    ls_see_command(&reader->conditions, text, command);
    if (ls_is_command(text, command, "gexec") && script->statements.count > 0)
        script->statements.items[script->statements.count - 1]->result_is_run = true;
}

static void read_piece(script_reader *reader, ls_piece piece) {
    if (piece.kind == LS_PIECE_PSQL_COMMAND)
        read_command(reader, piece.at);
    if (!ls_is_run(&reader->conditions))
        return;
    reader->script->copy_blocks += piece.kind == LS_PIECE_COPY_DATA;
    if (piece.kind == LS_PIECE_STATEMENT)
        read_statement(reader, piece);
    else if (piece.problem != NULL)
        push_problem(reader, piece.at,
                     (ls_diagnosis){.message = piece.problem, .at = piece.problem_at});
}

/* What the cutter met up to the end of the next statement; false at the end of the text. */
static bool read_next(script_reader *reader) {
    if (!ls_cutter_next(&reader->cutter))
        return false;
    for (size_t i = 0; i < reader->split.pieces.count; i++)
        read_piece(reader, reader->split.pieces.items[i]);
    reader->split.pieces.count = 0;
    return true;
}

ls_script *ls_script_read(ls_arena *arena, const ls_source *source) {
    return ls_script_read_part(arena, source, source->text);
}

ls_script *ls_script_read_part(ls_arena *arena, const ls_source *source, const char *text) {
    ls_script *script = LS_NEW(arena, ls_script);
    ls_source part = *source;
    part.text = text;
    script_reader reader = {.arena = arena, .source = &part, .script = script};
    script->source = source;
    ls_arena *scratch = ls_arena_new(); /* of the pieces and the text without its comments */
    ls_cutter_start(&reader.cutter, scratch, &part, &reader.split);
    while (read_next(&reader))
        continue;
    for (LS_EACH(const ls_span, comment, reader.split.comments))
        LS_PUSH(arena, &script->comments, *comment);
    ls_arena_free(scratch);
    return script;
}
