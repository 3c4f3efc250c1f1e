/*
 * limits.c - hostile and big files through the program as a user runs it.
 *
 * limits PERCENT COMMAND...: COMMAND is lockstep, with what it runs under before it. Every text is
 * written to a file of its own, so that it has no history. Small ones must end with the exit code
 * and the words of their case. Big ones, too, and of twice the size must take about twice the
 * time; PERCENT makes them smaller where the program is slow by its build.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WORDS = 16, MOST_SECONDS = 300 };

static char directory[] = "/tmp/lockstep-limits-XXXXXX";
static char input[64], output[64];
static const char *command[MOST_WORDS + 5];
static size_t percent;

/* --- Running -------------------------------------------------------------------------------- */

static void in_child(void) {
    int to = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(to, STDOUT_FILENO);
    dup2(to, STDERR_FILENO);
    alarm(MOST_SECONDS);
    execv(command[0], (char **)command);
    _exit(127);
}

/* Runs the program over the input; the processor's seconds that it took. */
static double run(int expected_exit) {
    int status;
    struct rusage usage;
    pid_t child = fork();
    if (child == 0)
        in_child();
    assert_int_equal(wait4(child, &status, 0, &usage), child);
    if (!WIFEXITED(status))
        fail_msg("killed by signal %d", WTERMSIG(status));
    assert_int_equal(WEXITSTATUS(status), expected_exit);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static char *printed(void) {
    FILE *file = fopen(output, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    char *text = test_calloc(size + 1, 1);
    rewind(file);
    assert_int_equal(fread(text, 1, size, file), size);
    fclose(file);
    return text;
}

static void assert_printed(const char *words) {
    char *text = printed();
    if (strstr(text, words) == NULL)
        fail_msg("not printed: %s\n%.1000s", words, text);
    test_free(text);
}

/* --- Small and hostile ---------------------------------------------------------------------- */

typedef struct {
    const char *name, *text;
    size_t length;
    int exit;
    const char *prints;
} hostile_case;

#define BYTES(text) text, sizeof text - 1

static const hostile_case HOSTILE[] = {
    {"nothing", BYTES(""), 0, "analysed 0 of 0 statements"},
    {"no final line end", BYTES("DROP TABLE a"), 1, "a.sql:1:12"},
    {"a byte order mark",
     BYTES("\xEF\xBB\xBF"
           "DROP TABLE a;\n"),
     1, "a.sql:1:12"},
    {"CR LF", BYTES("SELECT 1;\r\nDROP TABLE a;\r\n"), 1, "a.sql:2:12"},
    {"a byte order mark and CR LF",
     BYTES("\xEF\xBB\xBF"
           "SELECT 1;\r\nDROP TABLE a;\r\n"),
     1, "a.sql:2:12"},
    {"a byte order mark and nothing", BYTES("\xEF\xBB\xBF"), 0, "analysed 0 of 0 statements"},
    {"CR alone", BYTES("-- 1\rDROP TABLE a;\r"), 1, "drop-table"},
    {"tabs", BYTES("\tDROP\tTABLE\ta;\n"), 1, "a.sql:1:13"},
    {"beyond ASCII", BYTES("SELECT '\xC3\xA4\xE2\x82\xAC'; DROP TABLE a;\n"), 1, "a.sql:1:25"},
    {"not UTF-8", BYTES("SELECT 1;\n\xFF\n"), 2, "a.sql:2:1: is not valid UTF-8 (byte 0xFF)"},
    {"Latin-1", BYTES("-- caf\xE9\nDROP TABLE a;\n"), 2,
     "a.sql:1:7: is not valid UTF-8 (byte 0xE9)"},
    {"overlong UTF-8", BYTES("SELECT '\xC0\xAF';\n"), 2,
     "a.sql:1:9: is not valid UTF-8 (byte 0xC0)"},
    {"half a surrogate pair", BYTES("SELECT '\xED\xA0\x80';\n"), 2,
     "a.sql:1:9: is not valid UTF-8 (byte 0xED)"},
    {"UTF-8 cut short", BYTES("DROP TABLE a; -- \xC3"), 2,
     "a.sql:1:18: is not valid UTF-8 (byte 0xC3)"},
    {"a NUL byte", BYTES("SELECT 1;\0DROP TABLE a;\n"), 2, "a.sql:1:10: holds a NUL byte"},
    {"UTF-16",
     BYTES("\xFF\xFE"
           "D\0R\0O\0P\0"),
     2, "a.sql:1:1: looks like UTF-16"},
    {"UTF-16 from the big end", BYTES("\xFE\xFF\0D\0R\0O\0P"), 2, "a.sql:1:1: looks like UTF-16"},
    {"UTF-16 without a mark", BYTES("D\0R\0O\0P\0"), 2, "looks like UTF-16"},
    {"an open string", BYTES("DROP TABLE a;\nSELECT 'b;\n"), 1, "a quoted string that never ends"},
    {"an open comment", BYTES("DROP TABLE a; /* /* */\n"), 1, "a comment that never ends"},
    {"an open dollar quote", BYTES("DROP TABLE a;\nDO $x$ BEGIN $y$;\n"), 1,
     "a dollar-quoted string that never ends"},
    {"open COPY data", BYTES("COPY t FROM stdin;\n1\n"), 1, "COPY data that never ends"},
    {"psql commands", BYTES("\\set ON_ERROR_STOP on\n\\i b.sql\nDROP TABLE a;\n"), 1, "a.sql:3:12"},
    {"COPY data", BYTES("COPY t FROM stdin;\n1\t; DROP TABLE b;\n\\.\nDROP TABLE a;\n"), 1,
     "analysed 2 of 2 statements"},
    {"BEGIN ATOMIC",
     BYTES("CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\n"
           "DROP TABLE a;\n"),
     1, "analysed 2 of 2 statements"},
};

static void is_handled_or_named(void **state) {
    const hostile_case *test = *state;
    FILE *file = fopen(input, "wb");
    assert_non_null(file);
    fwrite(test->text, 1, test->length, file);
    assert_int_equal(fclose(file), 0);
    run(test->exit);
    assert_printed(test->prints);
}

/* --- Big ------------------------------------------------------------------------------------ */

/* `head`, then `count` times `repeated`, then `middle`, then `count` times `closing`, then `tail`;
 * # is a number in what is repeated. */
typedef struct {
    const char *name, *head, *repeated, *middle, *closing, *tail;
    size_t count;
    int exit;
    const char *prints;
} big_case;

static const big_case BIG[] = {
    {"tables", "", "CREATE TABLE t# (id int PRIMARY KEY, a text);\n", "", "", "", 50000, 0,
     "no findings"},
    {"rows", "", "INSERT INTO t VALUES (#);\n", "", "", "", 100000, 0, "no findings"},
    {"changes in one transaction", "BEGIN;\n", "UPDATE t SET a = # WHERE id = #;\n", "", "",
     "COMMIT;\n", 50000, 0, "no findings"},
    {"changes of one table", "CREATE TABLE t (a int);\n",
     "ALTER TABLE t ALTER COLUMN a SET DEFAULT #;\n", "", "", "", 20000, 0, "no findings"},
    {"indexes of one table", "CREATE TABLE t (a int);\n",
     "CREATE INDEX i# ON t (a) WHERE a <> #;\n", "", "", "", 10000, 0, "no findings"},
    {"references to one table", "CREATE TABLE p (id int PRIMARY KEY);\n",
     "CREATE TABLE c# (p int PRIMARY KEY REFERENCES p);\n", "", "", "", 10000, 0, "no findings"},
    {"tables, their indexes and changes", "",
     "CREATE TABLE t# (a int, b int);\nCREATE INDEX i# ON t# (a);\n"
     "ALTER TABLE t# DROP COLUMN b;\n",
     "", "", "", 20000, 0, "no findings"},
    {"constraints dropped from one table", "CREATE TABLE t (a int);\n",
     "ALTER TABLE t ADD CONSTRAINT k# CHECK (a > #) NOT VALID;\n", "",
     "ALTER TABLE t DROP CONSTRAINT k#;\n", "", 1000, 0, "no findings"},
    {"partitions of one table", "CREATE TABLE t (a int) PARTITION BY LIST (a);\n",
     "CREATE TABLE p# PARTITION OF t FOR VALUES IN (#);\n", "", "", "", 2000, 0, "no findings"},
    {"views of one table", "CREATE TABLE t (a int);\n", "CREATE VIEW v# AS SELECT a FROM t;\n", "",
     "", "", 10000, 0, "no findings"},
    {"columns of a view that is replaced", "CREATE VIEW v AS SELECT ", "f#(1) AS c#, ",
     "1 AS z;\nCREATE OR REPLACE VIEW v AS SELECT ", "f#(1) AS c#, ", "1 AS z;\n", 1500, 0,
     "no findings"},
    {"functions of tables, dropped", "",
     "CREATE FUNCTION f#(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
     "CREATE TABLE t# (a int DEFAULT f#(1));\n",
     "", "ALTER TABLE t# ALTER COLUMN a DROP DEFAULT;\nDROP FUNCTION f#(int);\n", "", 10000, 0,
     "no findings"},
    {"tables dropped beside functions", "",
     "CREATE FUNCTION f#(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
     "CREATE TABLE t# (a int);\nALTER TABLE t# RENAME TO u#;\n",
     "", "DROP TABLE u#;\n", "", 10000, 0, "no findings"},
    {"a down that leaves the last", "-- +goose Up\n",
     "CREATE TABLE t# (id int PRIMARY KEY, a text, b text, c text);\n",
     "CREATE TABLE last (a int);\n-- +goose Down\n", "DROP TABLE t#;\n", "", 1000, 0,
     "leaves this behind: table last"},
    {"findings", "", "DROP TABLE t#;\n", "", "", "", 5000, 1, "000 errors"},
    {"mistakes", "", "ALTER TABL t#;\n", "", "", "", 5000, 1, "000 errors"},
    {"a line", "SELECT 1", "+1", ";", "", "\nDROP TABLE a;\n", 500000, 1, "a.sql:2:12"},
    {"a literal", "INSERT INTO t VALUES ('", "xxxxxxxxxx", "');\n", "", "DROP TABLE a;\n", 1000000,
     1, "a.sql:2:12"},
    {"nested parentheses", "SELECT ", "(", "1", ")", ";\nDROP TABLE a;\n", 10000, 1, "a.sql:2:12"},
    {"nested comments", "", "/*", "", "*/", "DROP TABLE a;\n", 100000, 1, "a.sql:1:"},
    {"COPY data", "COPY t FROM stdin;\n", "#\tabc\n", "\\.\n", "", "DROP TABLE a;\n", 500000, 1,
     "analysed 2 of 2 statements"},
    {"psql commands", "", "\\echo #\n", "", "", "DROP TABLE a;\n", 100000, 1,
     "analysed 1 of 1 statement"},
    {"BEGIN ATOMIC", "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC ", "SELECT #; ",
     "END;\n", "", "DROP TABLE a;\n", 20000, 1, "analysed 2 of 2 statements"},
    {"a hundred megabytes", "",
     "INSERT INTO t VALUES (#, 'a text of some length that is like what stands in real ones');\n",
     "", "", "DROP TABLE a;\n", 550000, 1, "a.sql:"},
};

static void write_numbered(FILE *file, const char *text, size_t number) {
    for (; *text != '\0'; text++) {
        if (*text == '#')
            fprintf(file, "%zu", number);
        else
            fputc(*text, file);
    }
}

static void write_big(const big_case *test, size_t count) {
    FILE *file = fopen(input, "wb");
    assert_non_null(file);
    fputs(test->head, file);
    for (size_t i = 0; i < count; i++)
        write_numbered(file, test->repeated, i);
    fputs(test->middle, file);
    for (size_t i = 0; i < count; i++)
        write_numbered(file, test->closing, i);
    fputs(test->tail, file);
    assert_int_equal(fclose(file), 0);
}

static void keep_least(double *least, double seconds) {
    if (*least == 0 || seconds < *least)
        *least = seconds;
}

/* Times vary, most of all with what the system has to do for memory: the least of up to five tries
 * counts. Quadratic work would take four times as long; the constant is for what is done in no time
 * at all. */
static void takes_linear_time(void **state) {
    enum { MOST_TRIES = 5 };
    const big_case *test = *state;
    const double SLACK = 0.05;
    size_t count = test->count * percent / 100;
    double once = 0, twice = 0;
    for (int try = 0; try < MOST_TRIES; try++) {
        write_big(test, count);
        keep_least(&once, run(test->exit));
        write_big(test, 2 * count);
        keep_least(&twice, run(test->exit));
        assert_printed(test->prints);
        if (twice < 3 * once + SLACK)
            return;
    }
    fail_msg("%.2f s for %zu, %.2f s for %zu", once, count, twice, 2 * count);
}

/* Deeper than the parser goes, by every build: said, and what follows is judged. */
static void is_named_where_too_deep(void **state) {
    (void)state;
    static const big_case PARENTHESES = {
        .head = "SELECT ",
        .repeated = "(",
        .middle = "1",
        .closing = ")",
        .tail = ";\nDROP TABLE a;\n",
    };
    write_big(&PARENTHESES, 10000);
    run(1);
    assert_printed("unparsed-statement");
    assert_printed("a.sql:2:12");
    assert_printed("analysed 1 of 2 statements");
}

/* --- The program ---------------------------------------------------------------------------- */

static int make_directory(void **state) {
    (void)state;
    if (mkdtemp(directory) == NULL)
        return -1;
    snprintf(input, sizeof input, "%s/a.sql", directory);
    snprintf(output, sizeof output, "%s/printed", directory);
    return 0;
}

static int remove_directory(void **state) {
    (void)state;
    unlink(input);
    unlink(output);
    return rmdir(directory);
}

int main(int count, char **arguments) {
    enum { HOSTILE_COUNT = sizeof HOSTILE / sizeof *HOSTILE, BIG_COUNT = sizeof BIG / sizeof *BIG };
    static struct CMUnitTest tests[HOSTILE_COUNT + BIG_COUNT + 1];
    size_t words = count < 3 ? 0 : (size_t)count - 2;
    if (words == 0 || words > MOST_WORDS) {
        fputs("usage: limits PERCENT COMMAND...\n", stderr);
        return 2;
    }
    percent = strtoul(arguments[1], NULL, 10);
    memcpy(command, arguments + 2, words * sizeof *command);
    memcpy(command + words, (const char *[]){"check", "--isolated", input}, 3 * sizeof *command);
    for (size_t i = 0; i < HOSTILE_COUNT; i++)
        tests[i] = (struct CMUnitTest){.name = HOSTILE[i].name,
                                       .test_func = is_handled_or_named,
                                       .initial_state = (void *)(uintptr_t)&HOSTILE[i]};
    for (size_t i = 0; i < BIG_COUNT; i++)
        tests[HOSTILE_COUNT + i] = (struct CMUnitTest){.name = BIG[i].name,
                                                       .test_func = takes_linear_time,
                                                       .initial_state = (void *)(uintptr_t)&BIG[i]};
    tests[HOSTILE_COUNT + BIG_COUNT] = (struct CMUnitTest)cmocka_unit_test(is_named_where_too_deep);
    return _cmocka_run_group_tests("limits", tests, sizeof tests / sizeof *tests, make_directory,
                                   remove_directory);
}
