/* What PL/pgSQL bodies run: statements, loops around them, transaction ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sql/body.h"

/* One line an item: kind, flags, text. */
static const char *described(ls_arena *arena, const char *body) {
    static const char *const kinds[] = {"sql", "execute", "commit"};
    ls_body read;
    ls_body_read(arena, body, &read);
    const char *text = "";
    for (LS_EACH(const ls_body_item, item, read.items))
        text = ls_arena_format(
            arena, "%s%s%s%s%s%s: %s\n", text, kinds[item->kind], item->in_loop ? " loop" : "",
            item->loop_commits ? " commits" : "", item->conditional ? " conditional" : "",
            item->guarded ? " guarded" : "",
            ls_arena_copy(arena, read.text + item->at.begin, item->at.end - item->at.begin));
    return text;
}

static const struct {
    const char *body, *expected;
} cases[] = {
    {"BEGIN UPDATE t SET a = 1; END", "sql: UPDATE t SET a = 1\n"},
    {"DECLARE n int := 0; update record; BEGIN n := n + 1; DELETE FROM t; END;",
     "sql: DELETE FROM t\n"},
    {"BEGIN IF EXISTS (SELECT 1) THEN ALTER TABLE t ADD a int; ELSE DROP TABLE u; END IF; END",
     "sql conditional: ALTER TABLE t ADD a int\nsql conditional: DROP TABLE u\n"},
    {"BEGIN LOOP UPDATE t SET a = 1 WHERE b; EXIT WHEN NOT FOUND; COMMIT; END LOOP; END",
     "sql loop commits: UPDATE t SET a = 1 WHERE b\ncommit loop commits: COMMIT\n"},
    {"BEGIN FOR r IN SELECT id FROM t LOOP UPDATE t SET a = 1 WHERE id = r.id; END LOOP; END",
     "sql: SELECT id FROM t\nsql loop: UPDATE t SET a = 1 WHERE id = r.id\n"},
    {"BEGIN FOR i IN 1..10 LOOP PERFORM f(i); END LOOP; COMMIT; END",
     "sql loop: SELECT  f(i)\ncommit: COMMIT\n"},
    {"BEGIN SELECT count(*) INTO STRICT n FROM t; END",
     "sql: SELECT count(*)               FROM t\n"},
    {"BEGIN INSERT INTO t VALUES (1) RETURNING id INTO n; END",
     "sql: INSERT INTO t VALUES (1) RETURNING id\n"},
    {"BEGIN EXECUTE 'DROP TABLE t'; EXECUTE format('x %I', n); END",
     "execute: 'DROP TABLE t'\nexecute: format('x %I', n)\n"},
    {"BEGIN UPDATE t SET a = CASE WHEN b THEN 1 ELSE 2 END; DROP TABLE u; END",
     "sql: UPDATE t SET a = CASE WHEN b THEN 1 ELSE 2 END\nsql: DROP TABLE u\n"},
    {"BEGIN NULL; EXCEPTION WHEN duplicate_table THEN DROP TABLE t; END",
     "sql conditional guarded: DROP TABLE t\n"},
    {"BEGIN ALTER TABLE t ADD a int; EXCEPTION WHEN duplicate_column THEN NULL; END; DROP TABLE u",
     "sql guarded: ALTER TABLE t ADD a int\nsql: DROP TABLE u\n"},
    {"<<outer>> BEGIN -- DROP TABLE x;\n /* DROP TABLE y; */ TRUNCATE t; END", "sql: TRUNCATE t\n"},
    {"BEGIN CASE n WHEN 1 THEN DROP TABLE a; ELSE DROP TABLE b; END CASE; DROP TABLE c; END",
     "sql conditional: DROP TABLE a\nsql conditional: DROP TABLE b\nsql: DROP TABLE c\n"},
    {"BEGIN RAISE NOTICE 'DROP TABLE x;'; RETURN; END", ""},
    {"BEGIN WHILE n > 0 LOOP n := n - 1; DELETE FROM t WHERE id = n; END LOOP; END",
     "sql loop: DELETE FROM t WHERE id = n\n"},
    {"", ""},
    {"BEGIN IF", ""},
    {"BEGIN FOR x IN", ""},
};

static void bodies_are_read(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ls_arena *arena = ls_arena_new();
        assert_string_equal(described(arena, cases[i].body), cases[i].expected);
        ls_arena_free(arena);
    }
}

/* One line a step, indented by what it is in. */
static const char *steps_of(ls_arena *arena, const ls_body *body, uint32_t begin, uint32_t end,
                            const char *indent) {
    static const char *const kinds[] = {"item", "declare", "assign", "forget", "part", "loop"};
    const char *text = "";
    while (begin < end) {
        const ls_body_step *step = &body->steps.items[begin++];
        const char *value =
            ls_arena_copy(arena, body->text + step->at.begin, step->at.end - step->at.begin);
        text = ls_arena_format(arena, "%s%s%s%s%s%s%s%s%s%s\n", text, indent, kinds[step->kind],
                               step->name == NULL ? "" : " ", step->name == NULL ? "" : step->name,
                               step->type == NULL ? "" : ": ", step->type == NULL ? "" : step->type,
                               *value == '\0' ? "" : " <-", value, step->leaves ? " leaves" : "");
        if (step->kind != LS_BODY_PART && step->kind != LS_BODY_LOOP)
            continue;
        const char *deeper = ls_arena_format(arena, "%s  ", indent);
        text =
            ls_arena_format(arena, "%s%s", text, steps_of(arena, body, begin, step->end, deeper));
        begin = step->end;
    }
    return text;
}

static const struct {
    const char *body, *expected;
} stepped[] = {
    {"DECLARE a constant text[] := ARRAY['x']; b varchar(3) DEFAULT 'y'; c int; BEGIN END",
     "declare a: text[] <- ARRAY['x']\ndeclare b: varchar(3) <- 'y'\ndeclare c: int\npart\n"},
    {"BEGIN a := 'x'; b = 'y'; c[1] := 2; d.e := 3; END",
     "part\n  assign a <- 'x'\n  assign b <- 'y'\n  forget c[1] := 2\n  forget d.e := 3\n"},
    {"BEGIN SELECT 1 INTO a FROM t; EXECUTE 'x' INTO b; CALL p(c); RAISE NOTICE '%', d; END",
     "part\n  forget INTO a FROM t\n  item\n  forget INTO b\n  item\n  forget  p(c)\n  item\n"},
    {"BEGIN IF n THEN a := 1; ELSIF m THEN b := 1; ELSE c := 1; END IF; END",
     "part\n  part\n    assign a <- 1\n  part\n    assign b <- 1\n  part\n    assign c <- 1\n"},
    {"BEGIN a := 1; EXCEPTION WHEN others THEN b := 1; END",
     "part\n  assign a <- 1\npart\npart\n  assign b <- 1\n"},
    {"BEGIN FOREACH a IN ARRAY b LOOP EXECUTE a; END LOOP; FOR i IN 1..2 LOOP EXIT; END LOOP; END",
     "part leaves\n  loop a <-ARRAY b \n    item\n  loop i <-1..2  leaves\n"},
    {"BEGIN LOOP a := 1; END LOOP; WHILE n LOOP b := 1; END LOOP; END",
     "part\n  loop \n    assign a <- 1\n  loop \n    assign b <- 1\n"},
};

static void steps_are_read(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof stepped / sizeof *stepped; i++) {
        ls_arena *arena = ls_arena_new();
        ls_body read;
        ls_body_read(arena, stepped[i].body, &read);
        assert_string_equal(steps_of(arena, &read, 0, read.steps.count, ""), stepped[i].expected);
        ls_arena_free(arena);
    }
}

static void deep_nesting_is_survived(void **state) {
    (void)state;
    enum { DEPTH = 1000 };
    ls_arena *arena = ls_arena_new();
    char *body = ls_arena_alloc(arena, DEPTH * 6 + 32);
    for (int i = 0; i < DEPTH; i++)
        strcat(body, "BEGIN ");
    strcat(body, "DROP TABLE t;");
    assert_string_equal(described(arena, body), "sql: DROP TABLE t\n");
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_are_read),
        cmocka_unit_test(steps_are_read),
        cmocka_unit_test(deep_nesting_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
