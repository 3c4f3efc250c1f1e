/*
 * script.c - cutting and parsing together, so that one mistake hides nothing else.
 *
 * Only the parser knows that a semicolon is missing. When a statement fails, the text is cut
 * before the next line in it that starts like a statement, what stands before is reported, and
 * cutting goes on from there in careful mode to the end of what failed. So each byte is cut a
 * bounded number of times and parsed a bounded number of times, whatever the text.
 *
 * A file that psql includes is read where it is included, by a reader of its own, so that the
 * variables that it sets and the database that it goes to are those of what follows.
 */
#include "sql/script.h"

#include "sql/conditions.h"
#include "sql/creation.h"
#include "sql/cutter.h"
#include "sql/diagnosis.h"
#include "sql/lexer.h"
#include "sql/lower/lower.h"
#include "sql/placeholder.h"
#include "sql/psql.h"
#include "sql/read_ahead.h"
#include "sql/start.h"
#include "sql/subquery_alias.h"

#include <assert.h>
#include <string.h>

/* Subqueries without an alias in one statement, each of which costs another attempt to parse it. */
enum { MOST_ALIASES = 16 };

/* Cuts inside what has been cut carefully already go into dollar-quoted strings, which nest. */
enum { MOST_NESTED_CUTS = 16, MOST_NESTED_FILES = 16 };

/* What all texts of a script share. */
typedef struct {
    ls_script *script;
    const ls_inclusion *inclusion;
    const ls_placeholders *placeholders;
    ls_variables variables;
    LS_VECTOR(ls_script *) texts;
    const char *database; /* the first that it connects to; NULL: it has not */
    bool has_acted;       /* a statement was about what is in the database */
    bool is_elsewhere;    /* in another database */
    bool has_derived;     /* a statement has a source of its own */
} reading;

typedef struct script_reader script_reader;
struct script_reader {
    ls_arena *arena;
    const ls_source *written; /* the file */
    const ls_source *source;  /* the part of it that is read */
    reading *shared;
    ls_split split;
    ls_cutter cutter;
    ls_read_ahead *ahead; /* NULL: nobody helps */
    uint32_t nested_cuts;
    ls_conditions conditions;
    const script_reader *includer; /* NULL: none */
    uint32_t depth;
};

typedef struct {
    const char *message; /* NULL: it did not fail */
    uint32_t at;         /* where the parser stopped, or what is not closed starts */
    bool unclosed;       /* the cutter's problem, not the parser's */
    bool placeholder;    /* it holds one */
} failure;

/* Servers are set up, databases made and settings chosen in whatever database one is. */
static bool is_about_database(const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_CREATE_DATABASE:
    case LS_STATEMENT_ALTER_DATABASE:
    case LS_STATEMENT_ROLE:
    case LS_STATEMENT_SET:
    case LS_STATEMENT_GRANT:
    case LS_STATEMENT_ALTER_SYSTEM:
        return false;
    case LS_STATEMENT_DROP:
        return statement->drop.kind != LS_OBJECT_DATABASE && statement->drop.kind != LS_OBJECT_ROLE;
    default:
        return true;
    }
}

void ls_script_add(ls_arena *arena, ls_script *script, ls_statement *statement) {
    static_assert(LS_STATEMENT_PSQL <= UINT8_MAX, "a kind must fit into a byte");
    LS_PUSH_SOLE(arena, &script->statements, statement);
    LS_PUSH_SOLE(arena, &script->kinds, (uint8_t)statement->kind);
}

static void push_statement(script_reader *reader, const ls_source *source,
                           ls_statement *statement) {
    ls_script *script = reader->shared->script;
    statement->source = source;
    statement->number = script->statements.count;
    reader->shared->has_acted |= is_about_database(statement);
    reader->shared->has_derived |= source != reader->written;
    ls_script_add(reader->arena, script, statement);
}

static void push_problem(script_reader *reader, ls_span span, ls_diagnosis diagnosis) {
    ls_statement *statement = LS_NEW(reader->arena, ls_statement);
    reader->shared->script->unparsed++;
    statement->kind = LS_STATEMENT_UNPARSED;
    statement->tag = "";
    statement->at = span;
    statement->problem.message = diagnosis.message;
    statement->problem.at = diagnosis.at;
    statement->needs_postgres = diagnosis.needs_postgres;
    statement->problem.placeholder = diagnosis.placeholder;
    statement->problem.creates = ls_read_creation(reader->arena, reader->split.blanked, span);
    push_statement(reader, reader->written, statement);
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

/* The statement with the aliases that a newer parser would not ask for. */
static ls_statement *parse_with_aliases(script_reader *reader, ls_span span,
                                        ls_parse_error *error) {
    char *text = reader->split.blanked;
    const ls_span first = ls_span_of(error->at, error->at + 1);
    ls_statement *statement = NULL;
    for (size_t i = 0; statement == NULL && i < MOST_ALIASES && ls_lacks_alias(error->message) &&
                       ls_write_alias(text, span, error->at);
         i++)
        statement = ls_lower(reader->arena, text, span, error);
    if (statement != NULL) {
        statement->needs_postgres = LS_ALIAS_OPTIONAL_SINCE;
        statement->newer_at = first;
    }
    return statement;
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
    if (statement == NULL && ls_lacks_alias(error.message))
        statement = parse_with_aliases(reader, span, &error);
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
        push_statement(reader, reader->written, statement);
        push_missing_semicolon(reader, part.end);
    } else if (failed.message != NULL) {
        push_failure(reader, part, failed);
    }
    uint32_t careful_until = reader->cutter.careful_until;
    ls_cutter_restart(&reader->cutter, cut, span.end > careful_until ? span.end : careful_until,
                      ls_margin(reader->split.blanked, span.begin));
}

/* The statement with the values of its placeholders or variables; NULL where it uses none that is
 * known, or is no SQL with them. */
static ls_statement *read_substituted(script_reader *reader, ls_span at) {
    ls_parse_error error;
    const char *blanked = reader->split.blanked;
    ls_source *source =
        ls_fill(reader->arena, reader->shared->placeholders, reader->written, blanked, at);
    if (source == NULL)
        source = ls_substitute(&reader->shared->variables, reader->written, blanked, at);
    if (source == NULL)
        return NULL;
    char *text = ls_arena_copy(reader->arena, source->text, source->length);
    const ls_span whole = ls_span_of(0, source->length);
    ls_statement *statement = ls_lower(reader->arena, text, whole, &error);
    if (statement == NULL && ls_blank_placeholders(text, whole))
        statement = ls_lower(reader->arena, text, whole, &error);
    if (statement != NULL)
        push_statement(reader, source, statement);
    return statement;
}

static void read_statement(script_reader *reader, ls_piece piece) {
    if (piece.problem == NULL && read_substituted(reader, piece.at) != NULL)
        return;
    failure failed = {.message = piece.problem, .at = piece.problem_at.begin, .unclosed = true};
    ls_statement *statement = NULL;
    if (piece.problem == NULL)
        statement = parse(reader, piece.at, &failed);
    if (statement != NULL) {
        push_statement(reader, reader->written, statement);
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

/* --- psql's commands ------------------------------------------------------------------------- */

static void read_text(script_reader *reader, const char *text);

static void push_psql(script_reader *reader, const ls_psql_command *command, bool includes,
                      const char *why) {
    const ls_source *source = reader->written;
    ls_statement *statement = LS_NEW(reader->arena, ls_statement);
    statement->kind = LS_STATEMENT_PSQL;
    statement->tag = "";
    statement->at = command->at;
    statement->psql.includes = includes;
    statement->psql.what = ls_source_copy(reader->arena, source, command->at);
    statement->psql.why = why;
    push_statement(reader, source, statement);
}

static void set_variable(script_reader *reader, const ls_psql_arguments *arguments) {
    if (arguments->count > 0 && arguments->items[0] != NULL)
        ls_variables_set(&reader->shared->variables, arguments->items[0],
                         ls_psql_joined(reader->arena, arguments, 1, ""),
                         ls_is_surely_run(&reader->conditions));
}

static bool is_being_read(const script_reader *reader, const char *name) {
    for (const script_reader *at = reader; at != NULL; at = at->includer)
        if (strcmp(at->written->name, name) == 0)
            return true;
    return false;
}

/* The source under which a file was read before, so that its places are those of one text. */
static const ls_source *known_source(const script_reader *reader, const ls_source *source) {
    for (LS_EACH(ls_script *, text, reader->shared->texts))
        if (strcmp((*text)->source->name, source->name) == 0)
            return (*text)->source;
    return source;
}

static const ls_source *open_included(script_reader *reader, const ls_psql_command *command,
                                      const char *name, const char **why) {
    const ls_inclusion *inclusion = reader->shared->inclusion;
    *why = NULL;
    if (name == NULL)
        *why = "its name has a variable whose value is not known";
    else if (inclusion == NULL)
        *why = "the script is in no directory where it could be looked for";
    else if (reader->depth == MOST_NESTED_FILES)
        *why = "too many files include one another";
    if (*why != NULL)
        return NULL;
    const ls_source *source = inclusion->open(inclusion, reader->arena, reader->written, name,
                                              command->kind == LS_PSQL_INCLUDE_RELATIVE, why);
    if (source != NULL && is_being_read(reader, source->name)) {
        *why = "it includes itself, and so would never end";
        return NULL;
    }
    return source == NULL ? NULL : known_source(reader, source);
}

static void include(script_reader *reader, const ls_psql_command *command,
                    const ls_psql_arguments *arguments) {
    const char *why;
    const char *name = arguments->count == 0 ? "" : arguments->items[0];
    const ls_source *source = open_included(reader, command, name, &why);
    if (source == NULL) {
        push_psql(reader, command, true, why);
        return;
    }
    script_reader inner = {.arena = reader->arena,
                           .written = source,
                           .shared = reader->shared,
                           .includer = reader,
                           .depth = reader->depth + 1};
    const ls_inclusion *inclusion = reader->shared->inclusion;
    read_text(&inner, inclusion->text_of(inclusion, reader->arena, source));
}

/* The first database is the one that the script is for, unless something was done before. */
static void connect(script_reader *reader, const ls_psql_command *command,
                    const ls_psql_arguments *arguments) {
    reading *shared = reader->shared;
    const char *name = arguments->count == 0 ? "-" : arguments->items[0];
    if (name == NULL || strcmp(name, "-") == 0 || strcmp(name, ":DBNAME") == 0)
        return;
    if (shared->database == NULL && !shared->has_acted)
        shared->database = name;
    bool is_home = shared->database != NULL && strcmp(name, shared->database) == 0;
    if (!is_home && !shared->is_elsewhere)
        push_psql(reader, command, false, "it is in another database");
    shared->is_elsewhere = !is_home;
}

/* \copy is COPY but for the client that reads and writes the file. */
static void copy(script_reader *reader, const ls_psql_command *command) {
    ls_parse_error error;
    ls_source *source = LS_NEW(reader->arena, ls_source);
    uint32_t begin = command->at.begin + 1, length = command->at.end - begin;
    ls_source_derive(reader->arena, source, reader->written, begin, reader->source->text + begin,
                     length);
    char *text = ls_arena_copy(reader->arena, source->text, length);
    ls_statement *statement = ls_lower(reader->arena, text, ls_span_of(0, length), &error);
    if (statement != NULL)
        push_statement(reader, source, statement);
}

static void act(script_reader *reader, const ls_psql_command *command,
                const ls_psql_arguments *arguments) {
    ls_script *script = reader->shared->script;
    switch (command->kind) {
    case LS_PSQL_SET:
        set_variable(reader, arguments);
        break;
    case LS_PSQL_UNSET:
        if (arguments->count > 0 && arguments->items[0] != NULL)
            ls_variables_forget(&reader->shared->variables, arguments->items[0]);
        break;
    case LS_PSQL_INCLUDE:
    case LS_PSQL_INCLUDE_RELATIVE:
        if (!reader->shared->is_elsewhere)
            include(reader, command, arguments);
        break;
    case LS_PSQL_CONNECT:
        connect(reader, command, arguments);
        break;
    case LS_PSQL_COPY:
        if (!reader->shared->is_elsewhere)
            copy(reader, command);
        break;
    case LS_PSQL_RUN_RESULT:
        if (script->statements.count > 0)
            script->statements.items[script->statements.count - 1]->result_is_run = true;
        break;
    default:
        break;
    }
}

static void read_command(script_reader *reader, ls_span at) {
    const ls_psql_command command = ls_psql_read(reader->source->text, at);
    if (command.kind == LS_PSQL_OTHER) {
        LS_PUSH(reader->arena, &reader->shared->script->psql_commands, at);
        return;
    }
    const ls_psql_arguments arguments =
        ls_psql_arguments_of(&reader->shared->variables, reader->source->text, &command);
    ls_see_command(&reader->conditions, command.kind,
                   ls_psql_joined(reader->arena, &arguments, 0, " "));
    if (ls_is_run(&reader->conditions))
        act(reader, &command, &arguments);
}

/* --- Texts ----------------------------------------------------------------------------------- */

static void read_piece(script_reader *reader, ls_piece piece) {
    if (piece.kind == LS_PIECE_PSQL_COMMAND)
        read_command(reader, piece.at);
    if (!ls_is_run(&reader->conditions) || reader->shared->is_elsewhere)
        return;
    reader->shared->script->copy_blocks += piece.kind == LS_PIECE_COPY_DATA;
    if (piece.kind == LS_PIECE_STATEMENT)
        read_statement(reader, piece);
    else if (piece.problem != NULL)
        push_problem(reader, piece.at,
                     (ls_diagnosis){.message = piece.problem, .at = piece.problem_at});
}

/* Whether what comes next means what it says by itself, whatever stands before it. */
static bool is_plain_here(const script_reader *reader) {
    const ls_cutter *cutter = &reader->cutter;
    return cutter->at >= cutter->careful_until && !cutter->data_follows &&
           reader->shared->variables.known.count == 0 && reader->shared->placeholders == NULL &&
           !reader->shared->is_elsewhere && ls_is_run(&reader->conditions);
}

/* Takes the statements that others have read from here on, if there are any. */
static bool take_ahead(script_reader *reader) {
    ls_cutter *cutter = &reader->cutter;
    if (reader->ahead == NULL || !is_plain_here(reader))
        return false;
    const ls_read_part *part = ls_read_ahead_from(reader->ahead, cutter->at);
    if (part == NULL || part->end == cutter->at)
        return false;
    for (LS_EACH(ls_statement *, statement, part->statements))
        push_statement(reader, reader->written, *statement);
    for (LS_EACH(const ls_span, comment, part->comments))
        LS_PUSH(cutter->arena, &reader->split.comments, *comment);
    cutter->at = part->end;
    return true;
}

/* What the cutter met up to the end of the next statement; false at the end of the text. */
static bool read_next(script_reader *reader) {
    if (take_ahead(reader))
        return true;
    if (!ls_cutter_next(&reader->cutter))
        return false;
    for (size_t i = 0; i < reader->split.pieces.count; i++)
        read_piece(reader, reader->split.pieces.items[i]);
    reader->split.pieces.count = 0;
    return true;
}

/* The text by itself; that of a file which was read before is there already. */
static ls_script *text_of(script_reader *reader) {
    for (LS_EACH(ls_script *, text, reader->shared->texts))
        if ((*text)->source == reader->written)
            return *text;
    ls_script *text = LS_NEW(reader->arena, ls_script);
    text->source = reader->written;
    LS_PUSH(reader->arena, &reader->shared->texts, text);
    return text;
}

/* Reads the text, the file's own with what is not to be read overwritten. */
static void read_text(script_reader *reader, const char *text) {
    ls_source part = *reader->written;
    part.text = text;
    reader->source = &part;
    ls_script *alone = text_of(reader);
    ls_arena *scratch = ls_arena_new(); /* of the pieces and the text without its comments */
    ls_cutter_start(&reader->cutter, scratch, &part, &reader->split);
    reader->ahead = ls_read_ahead_start(reader->arena, &part);
    while (read_next(reader))
        continue;
    ls_read_ahead_finish(reader->ahead);
    alone->comments.count = 0;
    for (LS_EACH(const ls_span, comment, reader->split.comments))
        LS_PUSH(reader->arena, &alone->comments, *comment);
    ls_arena_free(scratch);
}

/* Gives each text the statements that stand in it, at their places there. */
static void part_texts(ls_arena *arena, reading *shared) {
    ls_script *script = shared->script;
    for (uint32_t i = 0; i < script->statements.count; i++) {
        ls_statement *placed = LS_NEW(arena, ls_statement);
        *placed = *script->statements.items[i];
        const ls_source *written = ls_source_written(placed->source);
        placed->at = ls_source_origin(placed->source, placed->at);
        for (LS_EACH(ls_script *, text, shared->texts))
            if ((*text)->source == written)
                ls_script_add(arena, *text, placed);
    }
    for (LS_EACH(ls_script *, text, shared->texts))
        LS_PUSH(arena, &script->texts, *text);
}

ls_script *ls_script_read(ls_arena *arena, const ls_source *source) {
    return ls_script_read_part(arena, source, source->text, NULL, NULL);
}

ls_script *ls_script_read_part(ls_arena *arena, const ls_source *source, const char *text,
                               const ls_inclusion *inclusion, const ls_placeholders *placeholders) {
    ls_script *script = LS_NEW(arena, ls_script);
    script->source = source;
    reading shared = {.script = script,
                      .inclusion = inclusion,
                      .placeholders = placeholders,
                      .variables = {.arena = arena}};
    script_reader reader = {.arena = arena, .written = source, .shared = &shared};
    read_text(&reader, text);
    for (LS_EACH(const ls_span, comment, shared.texts.items[0]->comments))
        LS_PUSH(arena, &script->comments, *comment);
    if (shared.texts.count > 1 || shared.has_derived)
        part_texts(arena, &shared);
    return script;
}
