/*
 * types.c - what type changes cost, against what PostgreSQL 15 did for every pair of the matrix,
 * and case by case where the matrix does not reach.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects/types.h"
#include "sql/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ls_arena *arena;
static ls_catalog *catalog;
static ls_type_world world;

/* --- The world of the matrix ------------------------------------------------------------------ */

static const ls_action *read_action(const char *type, const char *using_clause) {
    const char *sql =
        ls_arena_format(arena, "ALTER TABLE t ALTER COLUMN v TYPE %s %s", type, using_clause);
    ls_text_problem problem = {0};
    const ls_source *source = ls_source_new(arena, "test", sql, strlen(sql), &problem);
    assert_non_null(source);
    const ls_script *script = ls_script_read(arena, source);
    assert_int_equal(script->statements.count, 1);
    assert_int_equal(script->statements.items[0]->kind, LS_STATEMENT_ALTER_TABLE);
    return &script->statements.items[0]->alter_table.actions.items[0];
}

static ls_data_type read_type(const char *type) {
    return ls_catalog_resolve_type(catalog, read_action(type, "")->column->type);
}

static void add_type(char kind, const char *name) {
    ls_catalog_create_type(catalog, kind, NULL, name, (ls_birth){.known = true});
}

static void add_domain(const char *name, const char *base, bool check, bool not_null) {
    ls_catalog_type *domain =
        ls_catalog_create_type(catalog, 'd', NULL, name, (ls_birth){.known = true});
    domain->base = read_type(base);
    domain->not_null = not_null;
    const ls_catalog_constraint constraint = {.kind = LS_CONSTRAINT_CHECK, .valid = true};
    if (check)
        LS_PUSH(ls_catalog_arena(catalog), &domain->constraints, constraint);
}

static int set_up(void **state) {
    (void)state;
    arena = ls_arena_new();
    catalog = ls_catalog_new();
    world = (ls_type_world){catalog, 15, LS_ZONE_UTC};
    ls_catalog_create_extension(catalog, "citext");
    add_type('e', "mood");
    add_type('e', "temper");
    add_type('c', "pair");
    add_domain("whole", "integer", false, false);
    add_domain("whole_again", "whole", false, false);
    add_domain("positive", "integer", true, false);
    add_domain("small_positive", "positive", false, false);
    add_domain("required", "integer", false, true);
    add_domain("short_text", "varchar(20)", false, false);
    add_domain("wholes", "integer[]", false, false);
    add_domain("moody", "mood", false, false);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ls_catalog_free(catalog);
    ls_arena_free(arena);
    return 0;
}

static ls_type_change judge(const char *from, const char *to, const char *using_clause) {
    const ls_action *action = read_action(to, using_clause);
    ls_data_type old_type = read_type(from), new_type = read_type(to);
    return ls_judge_type_change(&world, &old_type, NULL, &new_type, NULL, action->expression, "v",
                                arena);
}

/* --- The matrix ------------------------------------------------------------------------------- */

typedef struct {
    char *from, *to, *plain, *index, *cast, *foreign_key;
} row;

static bool read_row(char *line, row *read) {
    char **const fields[] = {&read->from,  &read->to,   &read->plain,
                             &read->index, &read->cast, &read->foreign_key};
    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        *fields[i] = line;
        line = strchr(line, '\t');
        if (line)
            *line++ = '\0';
        else
            return i + 1 == sizeof fields / sizeof *fields;
    }
    return false;
}

static bool is_word(const char *word, const char *expected) {
    return strcmp(word, expected) == 0;
}

static const char *work_word(const ls_type_change *change) {
    return change->work == LS_TYPE_REWRITES       ? "rewrites"
           : change->work == LS_TYPE_WORK_UNKNOWN ? "unknown"
                                                  : "keeps";
}

static const char *index_word(const ls_type_change *change) {
    return change->work == LS_TYPE_REBUILDS_INDEXES ? "rebuilt" : "kept";
}

static int differs(const row *pair, const char *what, const char *server, const char *ours) {
    if (is_word(server, ours))
        return 0;
    print_message("%s -> %s, %s: the server %s, lockstep %s\n", pair->from, pair->to, what, server,
                  ours);
    return 1;
}

static int compare(const row *pair) {
    int differences = 0;
    ls_type_change plain = judge(pair->from, pair->to, "");
    differences +=
        differs(pair, "plain", pair->plain, plain.needs_using ? "refused" : work_word(&plain));
    if (!is_word(pair->index, "-"))
        differences += differs(pair, "index", pair->index, index_word(&plain));
    if (!is_word(pair->cast, "refused")) {
        ls_type_change cast =
            judge(pair->from, pair->to, ls_arena_format(arena, "USING v::%s", pair->to));
        differences += differs(pair, "using", pair->cast, work_word(&cast));
    }
    ls_data_type from = read_type(pair->from), to = read_type(pair->to);
    if (!is_word(pair->foreign_key, "-"))
        differences += differs(pair, "foreign key", pair->foreign_key,
                               ls_types_comparable(catalog, &from, &to) ? "yes" : "no");
    return differences;
}

static void agrees_with_postgres_15(void **state) {
    (void)state;
    FILE *file = fopen(TESTDATA "/facts/type-changes-15.tsv", "r");
    assert_non_null(file);
    char line[512];
    int rows = 0, differences = 0;
    while (fgets(line, sizeof line, file)) {
        row pair;
        assert_true(read_row(line, &pair));
        differences += compare(&pair);
        rows++;
    }
    fclose(file);
    assert_int_equal(rows, 79 * 79);
    assert_int_equal(differences, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(agrees_with_postgres_15, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
