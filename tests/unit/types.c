/*
 * types.c - what type changes cost, against what PostgreSQL 15 did for every pair of the matrix,
 * and case by case where the matrix does not reach.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "effects/type_facts.h"
#include "effects/types.h"
#include "read_sql.h"

#include <stdio.h>

static ls_arena *arena;
static ls_catalog *catalog;
static ls_type_world world;

/* --- The world of the matrix ------------------------------------------------------------------ */

static const ls_action *read_action(const char *type, const char *using_clause) {
    const char *sql =
        ls_arena_format(arena, "ALTER TABLE t ALTER COLUMN v TYPE %s %s", type, using_clause);
    return &read_sql(arena, sql)->alter_table.actions.items[0];
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
    *read = (row){0};
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

/* --- Beyond the matrix ------------------------------------------------------------------------ */

/* Measured on 15. */
static const struct {
    const char *from, *to, *using_clause;
    ls_type_work work;
} using_cases[] = {
    {"varchar(10)", "varchar(20)", "USING v", LS_TYPE_KEEPS},
    {"varchar(10)", "varchar(20)", "USING t.v", LS_TYPE_KEEPS},
    {"varchar(10)", "varchar(20)", "USING v::text", LS_TYPE_REWRITES},
    {"varchar(10)", "text", "USING v::varchar(20)", LS_TYPE_KEEPS},
    {"varchar(10)", "text", "USING v::varchar(5)", LS_TYPE_REWRITES},
    {"varchar(10)", "text", "USING v::text::varchar", LS_TYPE_KEEPS},
    {"varchar(10)", "text", "USING CAST(v AS text)", LS_TYPE_KEEPS},
    {"varchar(10)", "text", "USING v COLLATE \"C\"", LS_TYPE_KEEPS},
    {"varchar(10)", "text", "USING v || ''", LS_TYPE_REWRITES},
    {"varchar(10)", "text", "USING upper(v)", LS_TYPE_REWRITES},
    {"varchar(10)", "text", "USING other", LS_TYPE_REWRITES},
    {"varchar(10)", "text", "USING coalesce(v)", LS_TYPE_REWRITES},
    {"text", "text", "USING v::int::text", LS_TYPE_REWRITES},
    {"text", "text", "USING NULL", LS_TYPE_REWRITES},
    {"integer", "integer", "USING +v", LS_TYPE_REWRITES},
    {"timestamp", "timestamptz", "USING v::timestamptz", LS_TYPE_REBUILDS_INDEXES},
    {"timestamp", "timestamptz", "USING v AT TIME ZONE 'UTC'", LS_TYPE_REWRITES},
};

static void using_expressions(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof using_cases / sizeof *using_cases; i++) {
        ls_type_change change =
            judge(using_cases[i].from, using_cases[i].to, using_cases[i].using_clause);
        if (change.work != using_cases[i].work)
            fail_msg("%s to %s %s: %s", using_cases[i].from, using_cases[i].to,
                     using_cases[i].using_clause, change.why);
    }
}

/* Measured on 12 to 18. */
static void precision_and_scale(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
        ls_type_work work;
    } cases[] = {
        {"numeric(10,2)", "numeric(8,2)", LS_TYPE_REWRITES},
        {"timestamptz(3)", "timestamptz(6)", LS_TYPE_KEEPS},
        {"timestamptz(6)", "timestamptz(3)", LS_TYPE_REWRITES},
        {"time(3)", "time(6)", LS_TYPE_KEEPS},
        {"timetz(3)", "timetz(6)", LS_TYPE_KEEPS},
        {"interval(3)", "interval(6)", LS_TYPE_KEEPS},
        {"interval hour", "interval minute", LS_TYPE_KEEPS},
        {"interval day to second", "interval day to minute", LS_TYPE_REWRITES},
        {"timestamp(3)", "timestamptz(6)", LS_TYPE_REBUILDS_INDEXES},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ls_type_change change = judge(cases[i].from, cases[i].to, "");
        if (change.work != cases[i].work)
            fail_msg("%s to %s: %s", cases[i].from, cases[i].to, change.why);
    }
}

/* Measured on 12 to 18. */
static void the_time_zone_decides(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
    } pairs[] = {{"timestamp", "timestamptz"}, {"timestamptz", "timestamp"}};
    for (size_t i = 0; i < 2; i++) {
        world.time_zone = LS_ZONE_UTC;
        ls_type_change utc = judge(pairs[i].from, pairs[i].to, "");
        assert_int_equal(utc.work, LS_TYPE_REBUILDS_INDEXES);
        assert_false(utc.depends_on_zone);
        world.time_zone = LS_ZONE_OTHER;
        ls_type_change other = judge(pairs[i].from, pairs[i].to, "");
        assert_int_equal(other.work, LS_TYPE_REWRITES);
        assert_false(other.depends_on_zone);
        world.time_zone = LS_ZONE_UNKNOWN;
        ls_type_change unknown = judge(pairs[i].from, pairs[i].to, "");
        assert_int_equal(unknown.work, LS_TYPE_WORK_UNKNOWN);
        assert_true(unknown.depends_on_zone);
    }
    ls_type_change narrower = judge("timestamptz", "timestamp(3)", "");
    assert_int_equal(narrower.work, LS_TYPE_REWRITES);
    assert_false(narrower.depends_on_zone);
}

/* Measured on 12 to 18. */
static void a_collation_rebuilds_indexes(void **state) {
    (void)state;
    ls_data_type text = read_type("text"), varchar = read_type("varchar(10)");
    ls_type_change same =
        ls_judge_type_change(&world, &text, NULL, &text, "default", NULL, "v", arena);
    assert_int_equal(same.work, LS_TYPE_KEEPS);
    assert_true(same.same);
    ls_type_change other =
        ls_judge_type_change(&world, &text, NULL, &text, "POSIX", NULL, "v", arena);
    assert_int_equal(other.work, LS_TYPE_REBUILDS_INDEXES);
    assert_false(other.same);
    ls_type_change dropped =
        ls_judge_type_change(&world, &varchar, "C", &text, NULL, NULL, "v", arena);
    assert_int_equal(dropped.work, LS_TYPE_REBUILDS_INDEXES);
}

static void the_same_type_is_no_change(void **state) {
    (void)state;
    static const char *const types[] = {
        "integer",     "varchar(10)", "numeric(10,2)", "varchar(3)[]",  "mood",   "positive",
        "interval(3)", "citext",      "geometry",      "other.unknown", "char(3)"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        ls_type_change change = judge(types[i], types[i], "");
        if (change.work != LS_TYPE_KEEPS || !change.same || change.fates != 0 || change.needs_using)
            fail_msg("%s: %s", types[i], change.why);
    }
    assert_true(judge("numeric(10)", "numeric(10,0)", "").same);
    assert_false(judge("varchar(10)", "varchar(20)", "").same);
}

static void unknown_old_types(void **state) {
    (void)state;
    static const struct {
        const char *from, *to, *using_clause;
        ls_type_work work;
    } cases[] = {
        {"unheard_of", "text", "", LS_TYPE_WORK_UNKNOWN},
        {"unheard_of", "varchar(10)", "", LS_TYPE_WORK_UNKNOWN},
        {"unheard_of", "numeric(10,2)", "", LS_TYPE_WORK_UNKNOWN},
        {"unheard_of", "integer[]", "", LS_TYPE_WORK_UNKNOWN},
        {"unheard_of", "integer", "", LS_TYPE_WORK_UNKNOWN},
        {"unheard_of", "bigint", "", LS_TYPE_REWRITES},
        {"unheard_of", "jsonb", "", LS_TYPE_REWRITES},
        {"unheard_of", "positive", "", LS_TYPE_REWRITES},
        {"unheard_of", "text", "USING v || ''", LS_TYPE_REWRITES},
        {"unheard_of", "text", "USING v::jsonb::text", LS_TYPE_REWRITES},
        {"text", "unheard_of", "", LS_TYPE_WORK_UNKNOWN},
        {"text", "unheard_of", "USING v::unheard_of", LS_TYPE_WORK_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ls_type_change change = judge(cases[i].from, cases[i].to, cases[i].using_clause);
        if (change.work != cases[i].work || change.needs_using || change.depends_on_zone)
            fail_msg("%s to %s %s: %s", cases[i].from, cases[i].to, cases[i].using_clause,
                     change.why);
    }
}

/* Documentation 8.1 to 8.9: ranges and precision. */
static const struct {
    const char *from, *to;
    bool narrows;
} narrowing[] = {
    {"bigint", "integer", true},
    {"integer", "bigint", false},
    {"integer", "smallint", true},
    {"integer", "real", true},
    {"integer", "double precision", false},
    {"bigint", "double precision", true},
    {"double precision", "real", true},
    {"double precision", "numeric", true},
    {"real", "double precision", false},
    {"numeric", "integer", true},
    {"numeric(4)", "smallint", false},
    {"numeric(9)", "integer", false},
    {"numeric(10)", "integer", true},
    {"numeric(9,2)", "integer", true},
    {"integer", "numeric", false},
    {"integer", "numeric(9)", true},
    {"integer", "numeric(12,2)", false},
    {"numeric(10,2)", "numeric(12,2)", false},
    {"numeric(10,2)", "numeric(12,4)", false},
    {"numeric(10,2)", "numeric(12,5)", true},
    {"numeric(10,2)", "numeric(10,1)", true},
    {"numeric(10,2)", "numeric(8,2)", true},
    {"numeric(10,2)", "numeric", false},
    {"numeric", "numeric(10,2)", true},
    {"varchar(20)", "varchar(10)", true},
    {"varchar(10)", "varchar(20)", false},
    {"varchar(10)", "text", false},
    {"text", "varchar", false},
    {"text", "varchar(255)", true},
    {"text", "char(3)", true},
    {"char(10)", "text", false},
    {"char(10)", "varchar(5)", true},
    {"char(10)", "char(20)", false},
    {"char(20)", "char(10)", true},
    {"text", "name", true},
    {"uuid", "varchar(36)", false},
    {"uuid", "varchar(32)", true},
    {"bigint", "varchar(20)", false},
    {"bigint", "varchar(10)", true},
    {"boolean", "text", false},
    {"text", "integer", true},
    {"text", "jsonb", true},
    {"text", "mood", true},
    {"mood", "text", false},
    {"mood", "varchar(3)", true},
    {"json", "jsonb", true},
    {"jsonb", "json", false},
    {"jsonb", "text", false},
    {"date", "timestamp", false},
    {"timestamp", "date", true},
    {"timestamptz", "date", true},
    {"timestamptz", "timestamp", false},
    {"timestamp", "timestamptz(3)", true},
    {"timestamp(3)", "timestamptz(6)", false},
    {"timestamp(6)", "timestamp(3)", true},
    {"timestamp", "timestamp(6)", false},
    {"time", "time(3)", true},
    {"interval", "interval year", true},
    {"interval year", "interval month", false},
    {"interval(6)", "interval(3)", true},
    {"inet", "cidr", true},
    {"cidr", "inet", false},
    {"macaddr8", "macaddr", true},
    {"varbit(16)", "varbit(8)", true},
    {"varbit(8)", "varbit", false},
    {"bit(8)", "bit(16)", false},
    {"bigint[]", "integer[]", true},
    {"integer[]", "bigint[]", false},
    {"varchar(20)[]", "varchar(10)[]", true},
    {"integer[]", "text", false},
    {"integer", "whole", false},
    {"integer", "positive", false},
    {"positive", "integer", false},
    {"integer", "required", false},
    {"bigint", "whole", true},
    {"unheard_of", "smallint", false},
};

static void narrower_types(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof narrowing / sizeof *narrowing; i++)
        if ((judge(narrowing[i].from, narrowing[i].to, "").fates != 0) != narrowing[i].narrows)
            fail_msg("%s to %s", narrowing[i].from, narrowing[i].to);
}

/* All measured on 15 with a value that does not fit. */
static void what_becomes_of_values(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
        unsigned fates;
    } cases[] = {
        {"bigint", "integer", LS_FATE_REFUSED},
        {"bigint", "money", LS_FATE_REFUSED},
        {"integer", "money", 0},
        {"integer", "real", LS_FATE_ROUNDED},
        {"double precision", "real", LS_FATE_REFUSED | LS_FATE_ROUNDED},
        {"double precision", "numeric", LS_FATE_ROUNDED},
        {"double precision", "numeric(5,2)", LS_FATE_REFUSED | LS_FATE_ROUNDED},
        {"money", "numeric", 0},
        {"money", "numeric(5,2)", LS_FATE_REFUSED | LS_FATE_ROUNDED},
        {"numeric(10,4)", "numeric(10,2)", LS_FATE_ROUNDED},
        {"numeric(4,2)", "numeric(3,1)", LS_FATE_REFUSED | LS_FATE_ROUNDED},
        {"numeric(10,2)", "numeric(8,2)", LS_FATE_REFUSED},
        {"numeric(4,0)", "integer", 0},
        {"numeric(4,2)", "integer", LS_FATE_ROUNDED},
        {"numeric", "integer", LS_FATE_REFUSED | LS_FATE_ROUNDED},
        {"integer", "numeric(5,2)", LS_FATE_REFUSED},
        {"varchar(20)", "varchar(10)", LS_FATE_REFUSED},
        {"text", "char(3)", LS_FATE_REFUSED},
        {"text", "name", LS_FATE_CUT},
        {"bit(8)", "bit(4)", LS_FATE_REFUSED},
        {"varbit(8)", "varbit(4)", LS_FATE_REFUSED},
        {"timestamp", "date", LS_FATE_CUT},
        {"timestamp(6)", "timestamp(0)", LS_FATE_ROUNDED},
        {"json", "jsonb", LS_FATE_REFUSED | LS_FATE_CUT},
        {"inet", "cidr", LS_FATE_CUT},
        {"macaddr8", "macaddr", LS_FATE_REFUSED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const unsigned fates = judge(cases[i].from, cases[i].to, "").fates;
        if (fates != cases[i].fates)
            fail_msg("%s to %s: %u", cases[i].from, cases[i].to, fates);
    }
}

static void reasons_for_people(void **state) {
    (void)state;
    static const struct {
        const char *from, *to, *why;
    } cases[] = {
        {"int", "int8", "integer to bigint converts every value"},
        {"int", "int", "the type is integer already"},
        {"varchar(10)", "varchar(20)", "varchar(10) to varchar(20) keeps what is stored"},
        {"varchar(20)", "varchar(10)",
         "varchar(20) to varchar(10) checks every value against the new limit"},
        {"uuid", "text", "uuid to text converts every value through its text form"},
        {"int[]", "int8[]", "integer[] to bigint[] converts every element of every array"},
        {"int", "oid", "integer to oid keeps what is stored, but indexes sort it in another way"},
        {"int", "positive",
         "integer to positive checks every value against the domain's constraints"},
        {"unheard_of", "text",
         "an unknown type to text is a change from a type that the history does not tell"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(judge(cases[i].from, cases[i].to, "").why, cases[i].why);
}

/* --- Types in people's spelling --------------------------------------------------------------- */

static void spelling(void **state) {
    (void)state;
    static const struct {
        const char *written, *text;
    } cases[] = {
        {"int", "integer"},
        {"int8", "bigint"},
        {"smallint", "smallint"},
        {"text", "text"},
        {"character varying(20)", "varchar(20)"},
        {"varchar", "varchar"},
        {"character(3)", "char(3)"},
        {"char", "char(1)"},
        {"bpchar", "bpchar"},
        {"\"char\"", "\"char\""},
        {"numeric(10,2)", "numeric(10,2)"},
        {"decimal(10)", "numeric(10)"},
        {"numeric(10,0)", "numeric(10)"},
        {"timestamp with time zone", "timestamptz"},
        {"timestamp(3) with time zone", "timestamptz(3)"},
        {"timestamp without time zone", "timestamp"},
        {"time(3)", "time(3)"},
        {"bool", "boolean"},
        {"float", "double precision"},
        {"float(10)", "real"},
        {"interval", "interval"},
        {"interval(3)", "interval(3)"},
        {"interval year to month", "interval year to month"},
        {"interval day to second(3)", "interval day to second(3)"},
        {"bit(8)", "bit(8)"},
        {"bit varying(8)", "varbit(8)"},
        {"text[]", "text[]"},
        {"int[][]", "integer[][]"},
        {"varchar(10) ARRAY", "varchar(10)[]"},
        {"mood", "mood"},
        {"other.mood", "other.mood"},
        {"\"Mood\"", "\"Mood\""},
        {"\"a\"\"b\"", "\"a\"\"b\""},
        {"other.\"Mood\"[]", "other.\"Mood\"[]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ls_data_type type = read_type(cases[i].written);
        assert_string_equal(ls_type_text(arena, &type), cases[i].text);
    }
}

/* --- Domains ---------------------------------------------------------------------------------- */

static void domains(void **state) {
    (void)state;
    static const struct {
        const char *type;
        bool is_domain, has_check, not_null;
    } cases[] = {
        {"integer", false, false, false},    {"mood", false, false, false},
        {"whole", true, false, false},       {"whole_again", true, false, false},
        {"positive", true, true, false},     {"small_positive", true, true, false},
        {"required", true, false, true},     {"positive[]", false, false, false},
        {"unheard_of", false, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ls_data_type type = read_type(cases[i].type);
        ls_domain_facts facts = ls_domain_facts_of(catalog, &type);
        if (facts.is_domain != cases[i].is_domain || facts.has_check != cases[i].has_check ||
            facts.not_null != cases[i].not_null)
            fail_msg("%s", cases[i].type);
    }
}

static void the_outermost_default_of_a_domain(void **state) {
    (void)state;
    const ls_expression inner = {.kind = LS_EXPR_INTEGER}, outer = {.kind = LS_EXPR_NULL};
    ls_catalog_edit_type(catalog, ls_catalog_find_type(catalog, NULL, "whole"))->default_value =
        &inner;
    ls_data_type type = read_type("whole_again");
    assert_ptr_equal(ls_domain_facts_of(catalog, &type).default_value, &inner);
    ls_catalog_edit_type(catalog, ls_catalog_find_type(catalog, NULL, "whole_again"))
        ->default_value = &outer;
    assert_ptr_equal(ls_domain_facts_of(catalog, &type).default_value, &outer);
}

static void a_domain_over_itself_ends(void **state) {
    (void)state;
    add_type('d', "snake");
    ls_catalog_type *snake =
        ls_catalog_edit_type(catalog, ls_catalog_find_type(catalog, NULL, "snake"));
    snake->base = read_type("snake");
    ls_data_type type = read_type("snake");
    assert_true(ls_domain_facts_of(catalog, &type).is_domain);
    assert_true(judge("snake", "snake", "").same);
}

static void unknown_types_may_be_compared(void **state) {
    (void)state;
    ls_data_type unknown = read_type("unheard_of"), integer = read_type("integer");
    assert_true(ls_types_comparable(catalog, &unknown, &integer));
    assert_true(ls_types_comparable(catalog, &integer, &unknown));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(agrees_with_postgres_15, set_up, tear_down),
        cmocka_unit_test_setup_teardown(using_expressions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(precision_and_scale, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_time_zone_decides, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_collation_rebuilds_indexes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_type_is_no_change, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown_old_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(narrower_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_becomes_of_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reasons_for_people, set_up, tear_down),
        cmocka_unit_test_setup_teardown(spelling, set_up, tear_down),
        cmocka_unit_test_setup_teardown(domains, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_outermost_default_of_a_domain, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_domain_over_itself_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown_types_may_be_compared, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
