/*
 * Which files are read for which paths. Each test makes its own directory of migrations; the
 * expectation is written as one line a file: its name, "judged" or "history".
 */
#include "input/input.h"
#include "input/order.h"
#include "support/buffer.h"
#include "support/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char directory[64], working[4096];

/* A fresh directory to work in. */
static int enter(void **state) {
    (void)state;
    strcpy(directory, "/tmp/lockstep-input-XXXXXX");
    if (getcwd(working, sizeof working) == NULL || mkdtemp(directory) == NULL)
        return -1;
    return chdir(directory);
}

static int leave(void **state) {
    (void)state;
    char command[256];
    if (chdir(working) != 0)
        return -1;
    snprintf(command, sizeof command, "chmod -R u+rwx %s && rm -r %s", directory, directory);
    return system(command);
}

static void write_bytes(const char *path, const char *bytes, size_t length) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* Makes files, and directories where a path ends in '/'. */
static void make(const char *const *paths, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *path = paths[i];
        if (path[strlen(path) - 1] == '/')
            assert_int_equal(mkdir(path, 0777), 0);
        else
            write_bytes(path, "SELECT 1;\n", 10);
    }
}
#define MAKE(...)                                                                                  \
    make((const char *const[]){__VA_ARGS__},                                                       \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static ls_input *find(const char *const *paths, size_t count, const char *stdin_name) {
    return ls_input_find(
        &(ls_input_request){.paths = paths, .path_count = count, .stdin_name = stdin_name});
}
#define FIND(...)                                                                                  \
    find((const char *const[]){__VA_ARGS__},                                                       \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), NULL)

/* Compares the files, and the errors, each as one line; frees the input. */
static void assert_input(ls_input *input, const char *files, const char *errors) {
    ls_buffer got = {0}, said = {0};
    ls_buffer_string(&got, "");
    ls_buffer_string(&said, "");
    for (size_t i = 0; i < input->files.count; i++)
        ls_buffer_format(&got, "%s %s\n", input->files.items[i].name,
                         input->files.items[i].judged ? "judged" : "history");
    for (size_t i = 0; i < input->errors.count; i++)
        ls_buffer_format(&said, "%s\n", input->errors.items[i]);
    assert_string_equal(got.text == NULL ? "" : got.text, files);
    assert_string_equal(said.text == NULL ? "" : said.text, errors);
    ls_buffer_free(&got);
    ls_buffer_free(&said);
    ls_input_free(input);
}

/* --- Names ------------------------------------------------------------------------------------ */

/* Each list is in order; every pair of it is compared both ways. */
static void orders_names(void **state) {
    (void)state;
    static const char *const lists[][8] = {
        {"1_x.sql", "2_a.sql", "10_a.sql", "a.sql", "b.sql", "R__a.sql", "R__b.sql"},
        {"V1__a.sql", "V1.1__a.sql", "V1_2__a.sql", "V1.10__a.sql", "V2__a.sql", "v3__a.sql"},
        {"0001_b.sql", "1_c.sql", "0002_a.sql", "00010_a.sql"},
        {"20240101120000-a.sql", "20240101120000_a.sql", "20240101120001-a.sql"},
        {"99999999999999999999_a.sql", "100000000000000000000_a.sql"},
        {"1_2nd_x.sql", "1_a.sql", "1_3_x.sql", "2.sql"},
        {"2024_a/up.sql", "2025_a/a.sql", "2025_a/b.sql", "2025_b.sql", "x/1.sql", "x/2.sql"},
        {"1/2_a.up.sql", "1/10_a.up.sql", "2/1_a.up.sql", "10/1_a.up.sql"},
        {"A.sql", "B.sql", "Version.sql", "\xC3\xA4.sql"},
    };
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        for (size_t i = 0; i < 8 && lists[l][i] != NULL; i++)
            for (size_t k = 0; k < 8 && lists[l][k] != NULL; k++) {
                int order = ls_compare_migrations(lists[l][i], lists[l][k]);
                if ((order < 0) != (i < k) || (order > 0) != (i > k))
                    fail_msg("%s and %s: %d", lists[l][i], lists[l][k], order);
            }
}

static void knows_down_migrations(void **state) {
    (void)state;
    static const char *const down[] = {"down.sql", "1_a.down.sql", "V1__a.undo.sql", "U1__a.sql",
                                       "U1.2__a.sql"};
    static const char *const up[] = {
        "up.sql",       "1_a.up.sql", "shutdown.sql", "V1__a.sql",       "U__a.sql",
        "Users__a.sql", "U1.sql",     "1_down.sql",   "1_countdown.sql", "R__down.sql"};
    for (size_t i = 0; i < sizeof down / sizeof *down; i++)
        assert_true(ls_is_down_migration(down[i]));
    for (size_t i = 0; i < sizeof up / sizeof *up; i++)
        assert_false(ls_is_down_migration(up[i]));
}

static void paths_from_a_directory(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    static const char *const CASES[][3] = {
        {".", "a/1.sql", "a/1.sql"},
        {"a", "a/1.sql", "1.sql"},
        {"a", "b/1.sql", "../b/1.sql"},
        {"a/b", "a/bc/1.sql", "../bc/1.sql"},
        {"a/b/c", "1.sql", "../../../1.sql"},
        {"a", "./a//x/../1.sql", "1.sql"},
        {"..", "../a/1.sql", "a/1.sql"},
        {"/a/b", "/a/b", "."},
        {"/a/b", "/a", "../"},
        {"/", "/a/1.sql", "a/1.sql"},
        {"/a", "/../../b/1.sql", "../b/1.sql"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(ls_path_from(arena, CASES[i][0], CASES[i][1]), CASES[i][2]);
    ls_arena_free(arena);
}

static void shows_paths(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    char absolute[4200];
    assert_string_equal(ls_path_shown(arena, "./a//b/./c/"), "a/b/c");
    assert_string_equal(ls_path_shown(arena, "."), ".");
    assert_string_equal(ls_path_shown(arena, "./"), ".");
    assert_string_equal(ls_path_shown(arena, "../a"), "../a");
    assert_string_equal(ls_path_below(arena, "", "a/b.sql"), "a/b.sql");
    assert_string_equal(ls_path_below(arena, "a/", "./a//x/../b.sql"), "b.sql");
    assert_string_equal(ls_path_below(arena, "/", "/a"), "a");
    assert_null(ls_path_below(arena, "a", "ab/c.sql"));
    assert_null(ls_path_below(arena, "a", "a"));
    assert_null(ls_path_below(arena, "a", "b/a/c.sql"));
    assert_null(ls_path_below(arena, "/a", "/"));
    assert_string_equal(ls_path_shown(arena, "/"), "/");
    assert_string_equal(ls_path_shown(arena, "//x/y"), "/x/y");
    char here[2048];
    assert_non_null(getcwd(here, sizeof here));
    snprintf(absolute, sizeof absolute, "%s/a.sql", here);
    assert_string_equal(ls_path_shown(arena, absolute), "a.sql");
    snprintf(absolute, sizeof absolute, "%sx/a.sql", here);
    assert_string_equal(ls_path_shown(arena, absolute), absolute);
    assert_string_equal(ls_path_directory(arena, "a/b"), "a");
    assert_string_equal(ls_path_directory(arena, "a"), ".");
    assert_string_equal(ls_path_directory(arena, "/a"), "/");
    assert_string_equal(ls_path_join(arena, "/", "a"), "/a");
    ls_arena_free(arena);
}

/* --- Finding ---------------------------------------------------------------------------------- */

static void takes_a_directory_in_order(void **state) {
    (void)state;
    MAKE("m/", "m/10_c.sql", "m/2_b.sql", "m/1_a.sql", "m/R__v.sql", "m/note.txt", "m/.x.sql",
         "m/1_a.down.sql", "m/U2__b.sql", "m/z.sql");
    ls_input *input = FIND("./m/");
    assert_int_equal(input->down_files, 2);
    assert_input(input,
                 "m/1_a.sql judged\nm/2_b.sql judged\nm/10_c.sql judged\nm/z.sql judged\n"
                 "m/R__v.sql judged\n",
                 "");
    assert_int_equal(chdir("m"), 0);
    assert_input(FIND("."),
                 "1_a.sql judged\n2_b.sql judged\n10_c.sql judged\nz.sql judged\nR__v.sql judged\n",
                 "");
}

static void takes_a_directory_a_migration(void **state) {
    (void)state;
    MAKE("m/", "m/2024_b/", "m/2024_b/up.sql", "m/2024_b/down.sql", "m/2023_a/", "m/2023_a/up.sql",
         "m/2025_c/", "m/2025_c/up.sql", "m/.git/", "m/.git/x.sql");
    ls_input *input = FIND("m");
    assert_int_equal(input->down_files, 1);
    assert_input(input, "m/2023_a/up.sql judged\nm/2024_b/up.sql judged\nm/2025_c/up.sql judged\n",
                 "");
    assert_input(FIND("m/2024_b/up.sql"), "m/2023_a/up.sql history\nm/2024_b/up.sql judged\n", "");
    assert_input(FIND("m/2024_b"), "m/2024_b/up.sql judged\n", "");
    assert_int_equal(chdir("m"), 0);
    assert_input(FIND("2024_b/up.sql"), "2023_a/up.sql history\n2024_b/up.sql judged\n", "");
}

static void takes_the_files_before_a_file_as_history(void **state) {
    (void)state;
    MAKE("m/", "m/1.sql", "m/2.sql", "m/3.sql", "m/4.sql", "m/2.down.sql", "m/sub/", "m/sub/0.sql");
    assert_input(FIND("m/3.sql"), "m/1.sql history\nm/2.sql history\nm/3.sql judged\n", "");
    assert_input(FIND("m/4.sql", "m/2.sql"),
                 "m/1.sql history\nm/2.sql judged\nm/3.sql history\nm/4.sql judged\n", "");
    assert_input(FIND("m/2.down.sql"), "m/1.sql history\nm/2.down.sql judged\n", "");
    ls_input_request all = {
        .paths = (const char *const[]){"m/2.sql"}, .path_count = 1, .judge_all = true};
    assert_input(ls_input_find(&all), "m/1.sql judged\nm/2.sql judged\n", "");
}

static void takes_a_file_once(void **state) {
    (void)state;
    MAKE("m/", "m/1.sql", "m/2.sql", "m/sub/", "m/sub/1.sql");
    assert_int_equal(symlink("m", "link"), 0);
    assert_input(FIND("m/1.sql", "./m/1.sql", "link/1.sql", "m/../m/1.sql"), "m/1.sql judged\n",
                 "");
    assert_input(FIND("m", "m/1.sql", "m/sub/1.sql", "link"),
                 "m/1.sql judged\nm/2.sql judged\nm/sub/1.sql judged\n", "");
    assert_input(FIND("m/2.sql", "m"), "m/1.sql judged\nm/2.sql judged\nm/sub/1.sql judged\n", "");
    assert_input(FIND("m/sub", "m/2.sql"), "m/sub/1.sql judged\nm/1.sql history\nm/2.sql judged\n",
                 "");
}

static void keeps_the_order_of_directories(void **state) {
    (void)state;
    MAKE("b/", "b/1.sql", "a/", "a/1.sql");
    assert_input(FIND("b", "a"), "b/1.sql judged\na/1.sql judged\n", "");
}

static void survives_loops_of_links(void **state) {
    (void)state;
    MAKE("m/", "m/1.sql", "m/a/", "m/a/2.sql");
    assert_int_equal(symlink("..", "m/a/up"), 0);
    assert_int_equal(symlink(".", "m/self"), 0);
    assert_int_equal(symlink("self", "m/loop.sql"), 0);
    assert_input(FIND("m"), "m/1.sql judged\nm/a/2.sql judged\n", "");
    assert_int_equal(symlink("circle", "m/circle"), 0);
    assert_input(FIND("m"), "m/1.sql judged\nm/a/2.sql judged\n", "");
}

static void enters_a_diamond_of_links_once(void **state) {
    (void)state;
    char path[64], target[64];
    MAKE("m/", "m/30/", "m/30/1.sql");
    for (int i = 29; i >= 0; i--) {
        snprintf(path, sizeof path, "m/%d", i);
        assert_int_equal(mkdir(path, 0777), 0);
        for (int k = 0; k < 2; k++) {
            snprintf(path, sizeof path, "m/%d/%d", i, k);
            snprintf(target, sizeof target, "../%d", i + 1);
            assert_int_equal(symlink(target, path), 0);
        }
    }
    ls_input *input = FIND("m");
    assert_int_equal(input->files.count, 1);
    ls_input_free(input);
}

static void says_what_is_wrong_with_a_path(void **state) {
    (void)state;
    MAKE("m/", "m/1.sql", "empty/", "downs/", "downs/down.sql", "text/", "text/a.txt");
    assert_int_equal(mkfifo("pipe.sql", 0666), 0);
    assert_input(FIND("gone.sql"), "", "gone.sql: No such file or directory\n");
    assert_input(FIND("gone/", "m"), "m/1.sql judged\n", "gone: No such file or directory\n");
    assert_input(FIND("empty"), "", "empty: holds no .sql files\n");
    assert_input(FIND("text"), "", "text: holds no .sql files\n");
    assert_input(FIND("downs"), "", "downs: holds down migrations only, nothing to check\n");
    assert_input(FIND(""), "", "\"\": an empty path\n");
    assert_input(FIND("pipe.sql"), "",
                 "pipe.sql: is not a regular file (use - to read standard input)\n");
    assert_int_equal(symlink("nowhere", "m/2.sql"), 0);
    assert_int_equal(mkfifo("m/3.sql", 0666), 0);
    assert_input(FIND("m"), "m/1.sql judged\n",
                 "m/2.sql: No such file or directory\nm/3.sql: is not a regular file\n");
    assert_input(FIND("m/1.sql/x"), "", "m/1.sql/x: Not a directory\n");
}

static void says_what_it_may_not_read(void **state) {
    (void)state;
    if (geteuid() == 0)
        skip(); /* root may read everything */
    MAKE("m/", "m/1.sql", "n/", "n/1.sql");
    assert_int_equal(chmod("m/1.sql", 0), 0);
    assert_int_equal(chmod("n", 0), 0);
    ls_input *input = FIND("m", "n");
    ls_input_parse(input);
    assert_input(input, "m/1.sql judged\n", "n: Permission denied\nm/1.sql: Permission denied\n");
}

/* --- Standard input --------------------------------------------------------------------------- */

static void give_stdin(const char *path) {
    int descriptor = open(path, O_RDONLY);
    assert_true(descriptor >= 0);
    assert_int_equal(dup2(descriptor, STDIN_FILENO), STDIN_FILENO);
    close(descriptor);
}

static void reads_standard_input(void **state) {
    (void)state;
    MAKE("m/", "m/1.sql", "m/2.sql", "m/3.sql");
    write_bytes("in", "DROP TABLE a;", 13);
    const char *const dash[] = {"-", "-"};
    assert_input(find(dash, 2, "./m/2.sql"), "m/1.sql history\nm/2.sql judged\n", "");
    assert_input(find(dash, 2, "m/2_new.sql"),
                 "m/1.sql history\nm/2.sql history\nm/2_new.sql judged\n", "");
    assert_input(find(dash, 2, "gone/2.sql"), "gone/2.sql judged\n", "");
    assert_input(find(dash, 2, NULL), "<stdin> judged\n", "");
    give_stdin("in");
    ls_input *input = find(dash, 1, "m/2.sql");
    ls_input_parse(input);
    const ls_migration *file = &input->files.items[1];
    assert_true(file->is_stdin);
    assert_null(file->path);
    assert_string_equal(file->source->name, "m/2.sql");
    assert_int_equal(file->script->statements.count, 1);
    assert_string_equal(file->script->statements.items[0]->tag, "DROP TABLE");
    ls_input_free(input);
}

/* --- Parsing ---------------------------------------------------------------------------------- */

static void says_what_is_no_text(void **state) {
    (void)state;
    MAKE("m/", "m/1.sql");
    write_bytes("m/2.sql", "SELECT\n '\xFF'", 10);
    write_bytes("m/3.sql", "\xFF\xFES\0", 4);
    write_bytes("m/4.sql", "", 0);
    ls_input *input = FIND("m");
    ls_input_parse(input);
    assert_null(input->files.items[1].source);
    assert_null(input->files.items[1].script);
    assert_int_equal(input->files.items[3].script->statements.count, 0);
    assert_input(
        input, "m/1.sql judged\nm/2.sql judged\nm/3.sql judged\nm/4.sql judged\n",
        "m/2.sql:2:3: is not valid UTF-8 (byte 0xFF): save it as UTF-8, or convert it with iconv\n"
        "m/3.sql:1:1: looks like UTF-16: save it as UTF-8\n");
}

static void says_that_a_file_went_away(void **state) {
    (void)state;
    MAKE("m/", "m/1.sql");
    ls_input *input = FIND("m");
    assert_int_equal(remove("m/1.sql"), 0);
    ls_input_parse(input);
    assert_int_equal(input->files.items[0].read_error, ENOENT);
    assert_input(input, "m/1.sql judged\n", "m/1.sql: No such file or directory\n");
}

/* Enough bytes for several threads; file i has i statements. */
static void parses_on_several_threads(void **state) {
    (void)state;
    enum { FILES = 60, PADDING = 50000 };
    MAKE("m/");
    for (int i = 0; i < FILES; i++) {
        char path[32];
        ls_buffer text = {0};
        for (int k = 0; k < i; k++)
            ls_buffer_format(&text, "DROP TABLE t%d;\n", k);
        ls_buffer_fill(&text, ' ', PADDING);
        snprintf(path, sizeof path, "m/%d.sql", i);
        write_bytes(path, text.text, text.length);
        ls_buffer_free(&text);
    }
    ls_input *input = FIND("m");
    ls_input_parse(input);
    assert_int_equal(input->files.count, FILES);
    assert_int_equal(input->errors.count, 0);
    for (size_t i = 0; i < FILES; i++)
        assert_int_equal(input->files.items[i].script->statements.count, i);
    ls_input_free(input);
}

int main(void) {
#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, enter, leave)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_names),
        cmocka_unit_test(knows_down_migrations),
        cmocka_unit_test(paths_from_a_directory),
        cmocka_unit_test(shows_paths),
        IN_DIRECTORY(takes_a_directory_in_order),
        IN_DIRECTORY(takes_a_directory_a_migration),
        IN_DIRECTORY(takes_the_files_before_a_file_as_history),
        IN_DIRECTORY(takes_a_file_once),
        IN_DIRECTORY(keeps_the_order_of_directories),
        IN_DIRECTORY(survives_loops_of_links),
        IN_DIRECTORY(enters_a_diamond_of_links_once),
        IN_DIRECTORY(says_what_is_wrong_with_a_path),
        IN_DIRECTORY(says_what_it_may_not_read),
        IN_DIRECTORY(reads_standard_input),
        IN_DIRECTORY(says_what_is_no_text),
        IN_DIRECTORY(says_that_a_file_went_away),
        IN_DIRECTORY(parses_on_several_threads),
    };
    return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
