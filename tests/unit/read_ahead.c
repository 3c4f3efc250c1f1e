/*
 * Large texts, which helpers read parts of: passages over and over, each of which must be read as
 * it is alone. Most of them hold what looks like a place between two statements and is none.
 */
#include "sql/script.h"
#include "support/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { LARGE = 3 << 19 };

#define PLAIN                                                                                      \
    "ALTER TABLE orders ADD COLUMN note text; -- free text\n"                                      \
    "CREATE INDEX CONCURRENTLY i ON orders (created_at);\n"                                        \
    "/* two\nlines; */\nUPDATE orders SET state = 'it''s done;' WHERE id = 7;\n"                   \
    "INSERT INTO orders VALUES (1, $$;\nDROP TABLE b;\n$$);\n"

typedef struct {
    const char *name;
    const char *passages[4]; /* NULL ends them */
} large_case;

static const large_case CASES[] = {
    {"statements", {PLAIN}},
    {"a body",
     {PLAIN, "CREATE FUNCTION f() RETURNS void AS $$ BEGIN\nDELETE FROM a;\n"
             "INSERT INTO b VALUES (1);\nEND $$ LANGUAGE plpgsql;\n"}},
    {"a string", {PLAIN, "INSERT INTO t VALUES ('\nDROP TABLE a;\nDROP TABLE b;\n');\n"}},
    {"comments", {PLAIN, "/*;\nDROP TABLE a;\n*/\n-- a;\n-- b;  \nDROP TABLE c;\n"}},
    {"mistakes", {PLAIN, "DROP TABL a;\nDROP TABLE b\n;DROP TABLE c\nDROP TABLE d;\n", PLAIN}},
    {"data", {PLAIN, "COPY t FROM stdin;\n1;\nDROP TABLE a;\nDROP TABLE b;\n\\.\n"}},
    {"commands",
     {PLAIN, "\\x on\nDROP TABLE a \\;\nDROP TABLE b;\n\\if 0\nDROP TABLE c;\n\\endif\n"}},
    {"variables", {PLAIN, "\\set t things\nDROP TABLE :t;\nDROP TABLE a;\n"}},
    {"another encoding of line ends", {"DROP TABLE a;\r\nDROP TABLE \"\xC3\xA4\";\r\n-- c;\r\n"}},
    {"one statement", {"-- a long comment without any statement in it\n", NULL}},
};

static const ls_script *read_text(ls_arena *arena, const char *text, size_t length) {
    ls_text_problem problem;
    const ls_source *source = ls_source_new(arena, "test", text, length, &problem);
    assert_non_null(source);
    return ls_script_read(arena, source);
}

static void assert_span(ls_span alone, ls_span in_large, uint32_t shift) {
    assert_int_equal(alone.begin + shift, in_large.begin);
    assert_int_equal(alone.end + shift, in_large.end);
}

static void assert_statement(const ls_statement *alone, const ls_statement *in_large,
                             uint32_t shift) {
    assert_int_equal(alone->kind, in_large->kind);
    assert_string_equal(alone->tag, in_large->tag);
    assert_span(ls_source_origin(alone->source, alone->at),
                ls_source_origin(in_large->source, in_large->at), shift);
    if (alone->kind == LS_STATEMENT_UNPARSED)
        assert_string_equal(alone->problem.message, in_large->problem.message);
    if (alone->kind == LS_STATEMENT_ALTER_TABLE)
        assert_span(alone->alter_table.actions.items[0].at,
                    in_large->alter_table.actions.items[0].at, shift);
}

/* How far the reading of a large text has been compared. */
typedef struct {
    const ls_script *script;
    uint32_t shift, statements, comments, commands;
} comparison;

static void compare_passage(comparison *large, const ls_script *alone) {
    for (LS_EACH(ls_statement *, statement, alone->statements)) {
        assert_true(large->statements < large->script->statements.count);
        const ls_statement *same = large->script->statements.items[large->statements];
        assert_int_equal(same->number, large->statements++);
        assert_statement(*statement, same, large->shift);
    }
    for (LS_EACH(const ls_span, comment, alone->comments)) {
        assert_true(large->comments < large->script->comments.count);
        assert_span(*comment, large->script->comments.items[large->comments++], large->shift);
    }
    large->commands += alone->psql_commands.count;
    large->shift += alone->source->length;
}

static void read_large(void **state) {
    const large_case *one = *state;
    ls_arena *arena = ls_arena_new();
    ls_buffer text = {0};
    LS_VECTOR(const ls_script *) read = {0};
    for (size_t i = 0; one->passages[i] != NULL && i < 4; i++)
        LS_PUSH(arena, &read, read_text(arena, one->passages[i], strlen(one->passages[i])));
    assert_true(read.count > 0);
    if (read.count == 0)
        return; /* the assertion does not tell clang-tidy */
    uint32_t count = 0;
    for (; text.length < LARGE; count++)
        ls_buffer_string(&text, read.items[count % read.count]->source->text);
    comparison large = {.script = read_text(arena, text.text, text.length)};
    for (uint32_t i = 0; i < count; i++)
        compare_passage(&large, read.items[i % read.count]);
    assert_int_equal(large.statements, large.script->statements.count);
    assert_int_equal(large.comments, large.script->comments.count);
    assert_int_equal(large.commands, large.script->psql_commands.count);
    ls_buffer_free(&text);
    ls_arena_free(arena);
}

int main(void) {
    enum { COUNT = sizeof CASES / sizeof *CASES };
    static struct CMUnitTest tests[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){.name = CASES[i].name,
                                       .test_func = read_large,
                                       .initial_state = (void *)(uintptr_t)&CASES[i]};
    return _cmocka_run_group_tests("read_ahead", tests, COUNT, NULL, NULL);
}
