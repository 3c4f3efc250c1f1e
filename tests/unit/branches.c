/* What a template for several databases leaves for PostgreSQL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "input/branches.h"

#include <string.h>

static const struct {
    const char *text, *left; /* with a blank for any number of them */
} cases[] = {
    {"SELECT 1;", "SELECT 1;"},
    {"a{{if .postgres}}b{{end}}c", "a b c"},
    {"a{{if .mysql}}b{{end}}c", "a c"},
    {"{{if .mysql}}b{{else}}c{{end}}d", " c d"},
    {"{{if .postgres}}b{{else}}c{{end}}d", " b d"},
    {"{{- if .sqlite -}} b {{- else if .mysql}}c{{else}}d{{ end }}", " d "},
    {"{{if .sqlite}}b{{else if .postgres}}c{{else}}d{{end}}", " c "},
    {"{{if or .mysql .postgres}}b{{end}}", " b "},
    {"{{if and .postgres .mysql}}b{{end}}c", " c"},
    {"{{if not .mysql}}b{{end}}", " b "},
    {"{{if not (or .mysql .sqlite)}}b{{end}}", " b "},
    {"{{if eq .driver \"mysql\"}}b{{end}}c", " c"},
    {"{{if ne .driver \"mysql\"}}b{{end}}", " b "},
    {"{{/* a note {{if .mysql}} */}}b", " b"},
    {"{{- /* a note */ -}}b", " b"},
    /* nobody knows which of them runs */
    {"{{if .plugin}}b{{else}}c{{end}}", "{{if .plugin}}b{{else}}c{{end}}"},
    {"{{if and .postgres .plugin}}b{{end}}", "{{if and .postgres .plugin}}b{{end}}"},
    {"{{if or .mysql .plugin}}b{{end}}", "{{if or .mysql .plugin}}b{{end}}"},
    {"{{if and .mysql .plugin}}b{{end}}c", " c"},
    {"{{if hasColumn \"a\" \"b\"}}b{{end}}", "{{if hasColumn \"a\" \"b\"}}b{{end}}"},
    {"{{if .plugin}}{{if .mysql}}b{{end}}c{{end}}", "{{if .plugin}} c{{end}}"},
    {"{{range .all}}{{if .mysql}}b{{end}}c{{end}}", "{{range .all}} c{{end}}"},
    {"{{if .mysql}}a{{if .plugin}}b{{end}}c{{end}}d", " d"},
    {"{{.prefix}}users {{ call \"x\" }}", "{{.prefix}}users {{ call \"x\" }}"},
    /* what is no template, or none that ends */
    {"{{if .mysql}}b", "{{if .mysql}}b"},
    {"b{{end}}c{{else}}d", "b{{end}}c{{else}}d"},
    {"{{", "{{"},
    {"{{/* never closed }}", "{{/* never closed }}"},
    {"{{if}}b{{end}}", "{{if}}b{{end}}"},
    {"{{if (((}}b{{end}}", "{{if (((}}b{{end}}"},
    {"{{}}{{-}}{{--}}{{ }}", "{{}}{{-}}{{--}}{{ }}"},
};

static char *squeezed(ls_arena *arena, const char *text) {
    char *squeezed = ls_arena_string(arena, text), *to = squeezed;
    for (const char *from = text; *from != 0; from++)
        if (*from != ' ' || to == squeezed || to[-1] != ' ')
            *to++ = *from;
    *to = 0;
    return squeezed;
}

static void branches_for_others_are_left_out(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *left = ls_branches_for_postgres(arena, cases[i].text);
        assert_string_equal(squeezed(arena, left), cases[i].left);
    }
    ls_arena_free(arena);
}

static void what_is_left_stands_where_it_stood(void **state) {
    (void)state;
    ls_arena *arena = ls_arena_new();
    const char *text = "{{if .mysql}}\na\r\n{{else}}b{{end}}\nc";
    assert_string_equal(ls_branches_for_postgres(arena, text),
                        "             \n \r\n        b       \nc");
    ls_arena_free(arena);
}

/* An else costs the same behind any number of others. */
static void many_branches_cost_what_they_are(void **state) {
    (void)state;
    enum { MANY = 50000 };
    static const char OTHERWISE[] = "{{else}}";
    ls_arena *arena = ls_arena_new();
    char *text = ls_arena_alloc(arena, MANY * strlen(OTHERWISE) + 64), *end = text;
    end = stpcpy(end, "{{if .mysql}}");
    for (size_t i = 0; i < MANY; i++)
        end = stpcpy(end, OTHERWISE);
    stpcpy(end, "{{end}}");
    const char *left = ls_branches_for_postgres(arena, text);
    assert_int_equal(strspn(left, " "), strlen(text));
    ls_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(branches_for_others_are_left_out),
                                       cmocka_unit_test(what_is_left_stands_where_it_stood),
                                       cmocka_unit_test(many_branches_cost_what_they_are)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
