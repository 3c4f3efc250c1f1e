/*
 * fuzz_script.c - whatever the bytes are, what is cut and read from them keeps its promises.
 *
 * With -DLOCKSTEP_LIBFUZZER this is a libFuzzer target; without, a program that runs over the
 * files and directories given as arguments, so that the corpus is a test wherever clang is not.
 */
#include "sql/suppression.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PROMISE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static bool is_within(ls_span inner, ls_span outer) {
    return inner.begin >= outer.begin && inner.begin < inner.end && inner.end <= outer.end;
}

static void check_spans(const ls_span *spans, size_t count, uint32_t length) {
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        PROMISE(is_within(spans[i], ls_span_of(end, length)));
        end = spans[i].end;
    }
}

static void check_position(const ls_source *source, uint32_t offset) {
    ls_position position = ls_source_position(source, offset);
    PROMISE(position.line >= 1 && position.line <= source->line_count);
    ls_span line = ls_source_line(source, position.line);
    PROMISE(position.column >= 1 && position.column <= line.end - line.begin + 2);
}

/* Line ends stay; every other byte stays too or is a space. */
static void check_blanked(const ls_source *source, const char *blanked) {
    PROMISE(blanked[source->length] == '\0');
    for (uint32_t i = 0; i < source->length; i++)
        PROMISE(blanked[i] == source->text[i] ||
                (blanked[i] == ' ' && source->text[i] != '\n' && source->text[i] != '\r'));
}

/* Statements do not overlap; commands and data may stand inside one. */
static void check_split(const ls_source *source, const ls_split *split) {
    uint32_t begin = 0, statement_end = 0;
    for (LS_EACH(const ls_piece, piece, split->pieces)) {
        PROMISE(is_within(piece->at, ls_span_of(begin, source->length)));
        begin = piece->at.begin;
        if (piece->kind == LS_PIECE_STATEMENT) {
            PROMISE(begin >= statement_end);
            statement_end = piece->at.end;
        }
        if (piece->problem != NULL)
            PROMISE(is_within(piece->problem_at, piece->at));
        PROMISE(ls_split_next_start(split->blanked, piece->at) <= piece->at.end);
    }
    check_spans(split->comments.items, split->comments.count, source->length);
    check_blanked(source, split->blanked);
}

/* What is no statement of the cutter's: a command of psql's, or a text with values in it. Commands
 * may stand inside a statement. */
static bool is_made(const ls_statement *statement) {
    return statement->kind == LS_STATEMENT_PSQL || statement->source->origin != NULL;
}

static void check_made(const ls_source *source, const ls_statement *statement) {
    const ls_span at = ls_source_origin(statement->source, statement->at);
    PROMISE(ls_source_written(statement->source) == source);
    PROMISE(is_within(statement->at, ls_span_of(0, statement->source->length)));
    PROMISE(is_within(at, ls_span_of(0, source->length)));
    check_position(source, at.begin);
}

static void check_script(const ls_source *source, const ls_script *script) {
    uint32_t end = 0;
    for (size_t i = 0; i < script->statements.count; i++) {
        const ls_statement *statement = script->statements.items[i];
        PROMISE(statement->number == i);
        PROMISE(statement->tag != NULL);
        if (is_made(statement)) {
            check_made(source, statement);
            continue;
        }
        PROMISE(is_within(statement->at, ls_span_of(end, source->length)));
        end = statement->at.end;
        check_position(source, statement->at.begin);
        check_position(source, statement->at.end);
        if (statement->kind != LS_STATEMENT_UNPARSED)
            continue;
        PROMISE(statement->problem.message != NULL);
        PROMISE(is_within(statement->problem.at, statement->at));
    }
    check_spans(script->comments.items, script->comments.count, source->length);
    check_spans(script->psql_commands.items, script->psql_commands.count, source->length);
}

/* Where nothing fails, reading gives exactly what cutting gave. */
static void check_agreement(const ls_split *split, const ls_script *script) {
    size_t at = 0, count = script->statements.count;
    for (size_t i = 0; i < count; i++)
        if (script->statements.items[i]->kind == LS_STATEMENT_UNPARSED ||
            is_made(script->statements.items[i]))
            return;
    for (LS_EACH(const ls_piece, piece, split->pieces)) {
        if (piece->kind != LS_PIECE_STATEMENT)
            continue;
        PROMISE(at < count);
        PROMISE(script->statements.items[at]->at.begin == piece->at.begin);
        PROMISE(script->statements.items[at]->at.end == piece->at.end);
        at++;
    }
    PROMISE(at == count);
}

static void check_suppressions(ls_arena *arena, const ls_source *source, const ls_script *script) {
    const ls_span whole = ls_span_of(0, source->length);
    const ls_suppressions suppressions = ls_suppressions_of(arena, script);
    for (LS_EACH(const ls_script *, text, script->texts))
        for (size_t i = 0; i < (*text)->statements.count; i++)
            PROMISE(is_within((*text)->statements.items[i]->at, whole));
    for (LS_EACH(const ls_suppression, suppression, suppressions)) {
        PROMISE(is_within(suppression->at, whole));
        PROMISE(ls_span_empty(suppression->covers) || is_within(suppression->covers, whole));
        PROMISE(suppression->problem != NULL || suppression->names.count > 0);
        PROMISE(!suppression->whole_file || ls_span_empty(suppression->covers));
        for (LS_EACH(const ls_suppressed_name, named, suppression->names))
            PROMISE(is_within(named->at, whole) && named->name[0] != 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ls_arena *arena = ls_arena_new();
    const char *text = ls_arena_copy(arena, (const char *)data, size);
    ls_text_problem problem;
    ls_source *source = ls_source_new(arena, "fuzz.sql", text, size, &problem);
    PROMISE((source == NULL) == (problem.message != NULL));
    if (source != NULL) {
        ls_split split;
        ls_split_source(arena, source, &split);
        check_split(source, &split);
        ls_script *script = ls_script_read(arena, source);
        check_script(source, script);
        check_agreement(&split, script);
        check_suppressions(arena, source, script);
    }
    ls_arena_free(arena);
    return 0;
}

#ifndef LOCKSTEP_LIBFUZZER
#include <dirent.h>

static bool run_file(const char *path) {
    FILE *file = fopen(path, "rb");
    static uint8_t data[1 << 20];
    if (file == NULL)
        return false;
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    return true;
}

/* The files of a directory; -1 if it is none. */
static int run_directory(const char *path) {
    DIR *stream = opendir(path);
    int count = 0;
    if (stream == NULL)
        return -1;
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        char child[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(child, sizeof child, "%s/%s", path, entry->d_name);
        count += run_file(child);
    }
    closedir(stream);
    return count;
}

int main(int argument_count, char **arguments) {
    int count = 0;
    for (int i = 1; i < argument_count; i++) {
        int found = run_directory(arguments[i]);
        count += found >= 0 ? found : (int)run_file(arguments[i]);
    }
    printf("%d inputs\n", count);
    return count > 0 ? 0 : 1;
}
#endif
