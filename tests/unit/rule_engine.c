/*
 * The engine on effects made by hand: conditions, texts, choosing, folding, what surrounds a
 * finding, fingerprints.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/fingerprint.h"
#include "rules/like.h"
#include "rules/load.h"
#include "rules/template.h"
#include "rules/vocabulary.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static ls_arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = ls_arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ls_arena_free(arena);
    return 0;
}

/* --- Making things --------------------------------------------------------------------------- */

static ls_effect *effect_at(ls_effect_kind kind, ls_relation_id relation, ls_span at) {
    ls_effect *effect = ls_effect_new(arena, NULL, kind, at);
    effect->relation = relation;
    return effect;
}

static void set_text(ls_effect *effect, ls_attribute attribute, const char *text) {
    ls_effect_slot(effect, attribute)->text = text;
}

static void set_number(ls_effect *effect, ls_attribute attribute, int64_t number) {
    ls_effect_slot(effect, attribute)->number = number;
}

static void set_words(ls_effect *effect, ls_attribute attribute, const char *one,
                      const char *other) {
    ls_words *words = LS_NEW(arena, ls_words);
    LS_PUSH(arena, words, one);
    LS_PUSH(arena, words, other);
    ls_effect_slot(effect, attribute)->words = words;
}

static ls_effect *create_index(const char *relation, ls_span at) {
    ls_effect *effect = effect_at(LS_EFFECT_CREATE_INDEX, 7, at);
    set_text(effect, LS_ATTRIBUTE_RELATION, relation);
    set_text(effect, LS_ATTRIBUTE_INDEX, "users_email_idx");
    set_number(effect, LS_ATTRIBUTE_CONCURRENTLY, 0);
    set_number(effect, LS_ATTRIBUTE_UNIQUE, 1);
    set_number(effect, LS_ATTRIBUTE_POSTGRES, 15);
    set_words(effect, LS_ATTRIBUTE_COLUMNS, "email", "name");
    return effect;
}

/* A rule from what distinguishes it; the rest is the same for all. */
static const ls_rule *rule_with(const char *id, const char *when) {
    ls_yaml_problems problems = {0};
    const char *text =
        ls_arena_format(arena,
                        "id: %s\ngroup: locks\nseverity: error\nsummary: s\nmessage: m "
                        "{relation}\nwhy: w\n%s"
                        "examples: [{name: a, bad: SELECT 1}, {name: b, good: SELECT 1}]\n%s\n",
                        id, strstr(when, "help:") == NULL ? "help: h\n" : "", when);
    const ls_rule *rule = ls_rule_read(arena, ls_arena_format(arena, "%s.yaml", id), text,
                                       strlen(text), NULL, &problems);
    for (LS_EACH(const ls_yaml_problem, problem, problems))
        fail_msg("%s:%u:%u: %s", problem->file, problem->line, problem->column, problem->message);
    return rule;
}

static ls_source *source_of(const char *name, const char *text) {
    ls_text_problem problem;
    ls_source *source = ls_source_new(arena, name, text, strlen(text), &problem);
    assert_non_null(source);
    return source;
}

static ls_span span_of(const ls_source *source, const char *part) {
    const char *found = strstr(source->text, part);
    assert_non_null(found);
    return ls_span_of((size_t)(found - source->text),
                      (size_t)(found - source->text) + strlen(part));
}

/* The outcome of a statement with up to two effects. */
static ls_outcome outcome_of(const ls_source *source, ls_span statement_at, ls_effect *one,
                             ls_effect *other) {
    ls_statement *statement = LS_NEW(arena, ls_statement);
    statement->at = statement_at;
    ls_outcome outcome = {.statement = statement, .source = source};
    LS_PUSH(arena, &outcome.effects, one);
    if (other != NULL)
        LS_PUSH(arena, &outcome.effects, other);
    return outcome;
}

static ls_findings judged(const ls_rule *const *rules, size_t rule_count, const ls_source *source,
                          const ls_outcome *outcomes, size_t outcome_count) {
    ls_rule_choice choice = {.rules = {.items = rules, .count = rule_count}};
    ls_judge *judge = ls_judge_new(arena, ls_choose_rules(arena, &choice), source, 3);
    for (size_t i = 0; i < outcome_count; i++)
        ls_judge_outcome(judge, &outcomes[i]);
    ls_findings findings = {0};
    ls_judge_finish(judge, &findings);
    return findings;
}

/* --- Conditions ------------------------------------------------------------------------------ */

/* Does a rule with this `when` fire on an index on users? */
static bool fires(const char *when) {
    const ls_rule *rule = rule_with("r", when);
    const ls_source *source = source_of("a.sql", "CREATE INDEX");
    ls_outcome outcome =
        outcome_of(source, ls_span_of(0, 12), create_index("users", ls_span_of(0, 12)), NULL);
    return judged(&rule, 1, source, &outcome, 1).count == 1;
}

static void conditions(void **state) {
    (void)state;
    assert_true(fires("when: {effect: create_index}"));
    assert_true(fires("when: {effect: [drop_index, create_index]}"));
    assert_false(fires("when: {effect: drop_index}"));
    assert_true(fires("when: {effect: create_index, concurrently: false, unique: true}"));
    assert_false(fires("when: {effect: create_index, concurrently: true}"));
    assert_true(fires("when: {effect: create_index, relation: users}"));
    assert_true(fires("when: {effect: create_index, relation: [orders, users]}"));
    assert_false(fires("when: {effect: create_index, relation: [orders, plans]}"));
    assert_true(fires("when: {effect: create_index, columns: name}"));
    assert_false(fires("when: {effect: create_index, columns: age}"));
    assert_true(fires("when: {effect: create_index, postgres: 15}"));
    assert_true(fires("when: {effect: create_index, postgres: [14, 15]}"));
    assert_true(fires("when: {effect: create_index, postgres: {min: 15, max: 15}}"));
    assert_false(fires("when: {effect: create_index, postgres: {min: 16}}"));
    assert_false(fires("when: {effect: create_index, postgres: {max: 14}}"));
}

static void conditions_on_what_is_absent(void **state) {
    (void)state;
    assert_false(fires("when: {effect: create_index, partial: false}"));
    assert_true(fires("when: {effect: create_index, not: {partial: true}}"));
    assert_true(fires("when: {effect: create_index, partial: {present: false}}"));
    assert_false(fires("when: {effect: create_index, partial: {present: true}}"));
    assert_true(fires("when: {effect: create_index, concurrently: {present: true}}"));
    assert_true(fires("when: {effect: create_index, columns: {present: true}}"));
}

static void negation_and_alternatives(void **state) {
    (void)state;
    assert_false(fires("when: {effect: create_index, not: {unique: true, relation: users}}"));
    assert_true(fires("when: {effect: create_index, not: {unique: true, relation: orders}}"));
    assert_true(fires("when: {effect: create_index, any: [{unique: false}, {relation: users}]}"));
    assert_false(fires("when: {effect: create_index, any: [{unique: false}, {relation: a}]}"));
    assert_true(fires("when: [{effect: drop_index}, {effect: create_index, unique: true}]"));
    assert_false(fires("when: [{effect: drop_index, unique: true}, "
                       "{effect: create_index, unique: false}]"));
}

static void patterns(void **state) {
    (void)state;
    assert_true(fires("when: {effect: create_index, index: {like: users_*}}"));
    assert_true(fires("when: {effect: create_index, index: {like: [orders_*, '*_idx']}}"));
    assert_true(fires("when: {effect: create_index, index: {like: 'user?_[a-f]mail_idx'}}"));
    assert_false(fires("when: {effect: create_index, index: {like: users}}"));
    assert_false(fires("when: {effect: create_index, index: {like: Users_*}}"));
    assert_false(fires("when: {effect: create_index, index: {like: 'users\\*'}}"));
    assert_true(fires("when: {effect: create_index, columns: {like: nam?}}"));
    assert_false(fires("when: {effect: create_index, columns: {like: age*}}"));
}

static void patterns_of_other_attributes(void **state) {
    (void)state;
    assert_true(fires("when: {effect: create_index, index: {like: '{relation}_*'}}"));
    assert_true(
        fires("when: {effect: create_index, index: {not: {like: '{relation}_{columns}'}}}"));
    assert_false(fires("when: {effect: create_index, index: {like: '{{relation}}_*'}}"));
    assert_false(fires("when: {effect: create_index, index: {like: '{method}*'}}"));
    assert_false(fires("when: {effect: create_index, index: {not: {like: '{method}*'}}}"));
    assert_true(fires("when: {effect: create_index, not: {index: {like: '{method}*'}}}"));
}

static void negated_comparisons(void **state) {
    (void)state;
    assert_true(fires("when: {effect: create_index, columns: {not: [created_at, updated_at]}}"));
    assert_false(fires("when: {effect: create_index, columns: {not: [created_at, email]}}"));
    assert_false(fires("when: {effect: create_index, postgres: {not: {min: 15}}}"));
    assert_true(fires("when: {effect: create_index, unique: {not: false}}"));
    assert_false(fires("when: {effect: create_index, method: {not: hash}}"));
    assert_true(fires("when: {effect: create_index, relation: {not: {like: 'o*'}}}"));
}

static bool fires_under(const char *mode, const char *when) {
    const ls_rule *rule = rule_with("r", when);
    const ls_source *source = source_of("a.sql", "CREATE INDEX");
    ls_effect *effect = create_index("users", ls_span_of(0, 12));
    set_text(effect, LS_ATTRIBUTE_LOCK, mode);
    ls_outcome outcome = outcome_of(source, ls_span_of(0, 12), effect, NULL);
    return judged(&rule, 1, source, &outcome, 1).count == 1;
}

static void strength_of_locks(void **state) {
    (void)state;
    static const char at_least_share[] = "when: {effect: create_index, lock: {at_least: SHARE}}";
    assert_true(fires_under("SHARE", at_least_share));
    assert_true(fires_under("ACCESS EXCLUSIVE", at_least_share));
    assert_false(fires_under("SHARE UPDATE EXCLUSIVE", at_least_share));
    assert_false(fires_under("SHARE", "when: {effect: create_index, "
                                      "lock: {not: {at_least: ROW SHARE}}}"));
}

static void quotes_do_not_count(void **state) {
    (void)state;
    const ls_effect *effect = create_index("app.\"Us*ers\"", ls_span_of(0, 12));
    assert_true(ls_is_same_name("app.Users", "app.\"Users\""));
    assert_true(ls_is_same_name("a\"b", "\"a\"\"b\""));
    assert_true(ls_is_same_name("\"order\"", "\"order\""));
    assert_false(ls_is_same_name("app.users", "app.\"Users\""));
    assert_false(ls_is_same_name("order", "\"orders\""));
    assert_false(ls_is_same_name("orders", "\"order\""));
    assert_true(ls_is_like("[A-Z]ser", "\"User\"", effect));
    assert_true(ls_is_like("{relation}_x", "\"app.Us*ers_x\"", effect));
    assert_false(ls_is_like("{relation}_x", "\"app.Us_or_ers_x\"", effect));
}

/* Which statements a rule with this `count` speaks in, each with two effects on its relation. */
static const char *speaks_in(const char *count, const ls_relation_id *relations,
                             size_t statements) {
    const ls_rule *rule =
        rule_with("r", ls_arena_format(arena, "when: {effect: create_index}\ncount: %s", count));
    const ls_source *source = source_of("a.sql", "0123456789");
    ls_outcome outcomes[10];
    for (size_t i = 0; i < statements; i++) {
        ls_span at = ls_span_of(i, i + 1);
        ls_effect *one = create_index("t", at), *other = create_index("t", at);
        one->relation = other->relation = relations[i];
        outcomes[i] = outcome_of(source, at, one, other);
    }
    ls_findings findings = judged(&rule, 1, source, outcomes, statements);
    const char *places = "";
    for (LS_EACH(const ls_finding, finding, findings))
        places = ls_arena_format(arena, "%s%u ", places, finding->at.begin);
    return places;
}

static void counting(void **state) {
    (void)state;
    static const ls_relation_id relations[] = {1, 2, 0, 1, 0, 1, 2};
    assert_string_equal(speaks_in("{min: 2, per: relation}", relations, COUNT(relations)), "3 6 ");
    assert_string_equal(speaks_in("{min: 3, per: relation}", relations, COUNT(relations)), "5 ");
    assert_string_equal(speaks_in("{min: 3, per: file}", relations, COUNT(relations)), "2 ");
    assert_string_equal(speaks_in("{min: 8, per: file}", relations, COUNT(relations)), "");
}

/* --- Texts ----------------------------------------------------------------------------------- */

static const char *rendered(const char *template, const ls_effect *effect, const char *absent) {
    return ls_template_render(arena, ls_template_cut(arena, template), effect, absent);
}

static void texts(void **state) {
    (void)state;
    const ls_effect *effect = create_index("users", ls_span_of(0, 1));
    assert_string_equal(rendered("{{{index}}} on {relation} ({columns}), {postgres}", effect, "?"),
                        "{users_email_idx} on users (email, name), 15");
    assert_string_equal(
        rendered("{unique?UNIQUE }{concurrently?CONCURRENTLY }{method?m}i", effect, "?"),
        "UNIQUE i");
    assert_string_equal(rendered("by {method}", effect, "it"), "by it");
    assert_null(rendered("by {method}", effect, NULL));
    assert_null(rendered(NULL, effect, "it"));
    assert_string_equal(rendered("", effect, "it"), "");
}

static void a_value_ends_no_comment(void **state) {
    (void)state;
    const ls_effect *effect = create_index("a\nDROP TABLE b; --", ls_span_of(0, 1));
    assert_string_equal(rendered("  -- of {relation}\n({relation})", effect, NULL),
                        "  -- of a DROP TABLE b; --\n(a\nDROP TABLE b; --)");
}

static void texts_in_texts(void **state) {
    (void)state;
    const ls_effect *effect = create_index("users", ls_span_of(0, 1));
    assert_string_equal(
        rendered("a{relation? ON {relation}}{method? USING {method}};", effect, NULL),
        "a ON users;");
    assert_string_equal(
        rendered("{concurrently!in a{unique? {index?one\n of {index}}}}{{}", effect, NULL),
        "in a one\n of users_email_idx{}");
    assert_string_equal(rendered("{unique!plain }{unique?'{{{{}}}}'}", effect, NULL), "'{{}}'");
    assert_null(rendered("{method!by {method}}", effect, NULL));
    assert_string_equal(rendered("{relation+_new} {method+_x}", effect, "it"), "users_new it");
    assert_null(rendered("{method+_x}", effect, NULL));
    effect = create_index("app.\"Users\"", ls_span_of(0, 1));
    assert_string_equal(rendered("{relation+_new}", effect, NULL), "app.\"Users_new\"");
}

/* The words that the loader accepts are those that effects are given. */
static void vocabulary_agrees_with_the_names(void **state) {
    (void)state;
    size_t count;
    const char *const *words = ls_vocabulary(LS_ATTRIBUTE_WORK, &count);
    assert_int_equal(count, LS_WORK_UNKNOWN + 1);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(words[i], ls_work_name((ls_work)i));
    words = ls_vocabulary(LS_ATTRIBUTE_RELATION_ORIGIN, &count);
    assert_int_equal(count, LS_ORIGIN_NEW_IN_FILE + 1);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(words[i], ls_origin_name((ls_origin)i));
    words = ls_vocabulary(LS_ATTRIBUTE_RELATION_KIND, &count);
    assert_int_equal(count, LS_RELATION_UNKNOWN + 1);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(words[i], ls_relation_kind_name((ls_relation_kind)i));
    words = ls_vocabulary(LS_ATTRIBUTE_LOCK, &count);
    assert_int_equal(count, LS_ACCESS_EXCLUSIVE);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(words[i], ls_lock_name((ls_lock_mode)(i + 1)));
    assert_null(ls_vocabulary(LS_ATTRIBUTE_COLUMN, &count));
}

static void names_lead_back(void **state) {
    (void)state;
    ls_effect_kind kind;
    ls_attribute attribute;
    for (size_t i = 0; i < LS_EFFECTS_END; i++) {
        assert_true(ls_effect_by_name(ls_effect_name((ls_effect_kind)i), &kind));
        assert_int_equal(kind, i);
    }
    for (size_t i = 0; i < LS_ATTRIBUTES_END; i++) {
        assert_true(ls_attribute_by_name(ls_attribute_name((ls_attribute)i), &attribute));
        assert_int_equal(attribute, i);
    }
    assert_false(ls_effect_by_name("create_inde", &kind));
    assert_false(ls_attribute_by_name("", &attribute));
    assert_true(ls_effect_has(LS_EFFECT_CREATE_INDEX, LS_ATTRIBUTE_INDEX));
    assert_true(ls_effect_has(LS_EFFECT_CREATE_INDEX, LS_ATTRIBUTE_CERTAINTY));
    assert_true(ls_effect_has(LS_EFFECT_CREATE_INDEX, LS_ATTRIBUTE_EXPRESSION));
    assert_false(ls_effect_has(LS_EFFECT_DROP_INDEX, LS_ATTRIBUTE_EXPRESSION));
    assert_false(ls_effect_has(LS_EFFECT_DROP_INDEX, LS_ATTRIBUTE_NEW_NAME));
}

/* Every attribute that effects.def lists is one of attributes.def. */
static void effects_list_known_attributes(void **state) {
    (void)state;
    static const char *const lists[] = {
#define LS_EFFECT(enumerator, name, attributes) attributes,
#include "effects/effects.def"
#undef LS_EFFECT
    };
    for (size_t i = 0; i < COUNT(lists); i++)
        for (const char *word = lists[i]; *word != 0; word += strspn(word, " ")) {
            size_t length = strcspn(word, " ");
            ls_attribute attribute;
            if (!ls_attribute_by_name(ls_arena_copy(arena, word, length), &attribute))
                fail_msg("%s: %.*s", ls_effect_name((ls_effect_kind)i), (int)length, word);
            word += length;
        }
}

/* --- Advice ---------------------------------------------------------------------------------- */

static const char *advised(const char *help) {
    const ls_source *source = source_of("a.sql", "CREATE INDEX i;");
    ls_span at = ls_span_of(0, 12);
    const ls_rule *rule =
        rule_with("a-rule", ls_arena_format(arena, "when: {effect: create_index}\nhelp: %s", help));
    const ls_rule *rules[] = {rule};
    const ls_rule_choice choice = {.rules = {.items = rules, .count = 1}};
    ls_judge *judge = ls_judge_new(arena, ls_choose_rules(arena, &choice), source, 0);
    ls_outcome outcome = outcome_of(source, at, create_index("users", at), NULL);
    ls_findings findings = {0};
    ls_judge_outcome(judge, &outcome);
    ls_judge_finish(judge, &findings);
    assert_int_equal(findings.count, 1);
    return findings.items[0].help;
}

static void advice(void **state) {
    (void)state;
    assert_string_equal(advised("CREATE INDEX {index};"), "CREATE INDEX users_email_idx;");
    assert_null(advised("USING {method};"));
    assert_string_equal(advised("[{when: {unique: true}, text: a}, {text: b}]"), "a");
    assert_string_equal(advised("[{when: {unique: false}, text: a}, {text: b}]"), "b");
    assert_string_equal(advised("[{text: '{method}'}, {when: {not: {postgres: {max: 14}}}, "
                                "text: '{index}'}, {text: b}]"),
                        "users_email_idx");
}

/* --- Choosing -------------------------------------------------------------------------------- */

static const ls_rule on_rule = {.id = "index-name", .group = "locks"};
static const ls_rule off_rule = {.id = "table-name", .group = "style", .off = true};

static bool chosen(const ls_rule *rule, const char *select, const char *ignore) {
    const char *selected[] = {select}, *ignored[] = {ignore};
    ls_words select_words = {.items = selected, .count = 1};
    ls_words ignore_words = {.items = ignored, .count = 1};
    ls_rule_choice choice = {.select = select == NULL ? NULL : &select_words,
                             .ignore = ignore == NULL ? NULL : &ignore_words};
    ls_severity severity;
    return ls_rule_chosen(&choice, rule, &severity);
}

/* What a layer of the configuration makes of a rule: its severity, or -1 where it is off. */
static int level_of(const ls_rule *rule, const ls_rule_layer *layers, size_t count,
                    const ls_words *select) {
    ls_rule_choice choice = {.layers = layers, .layer_count = count, .select = select};
    ls_severity severity;
    return ls_rule_chosen(&choice, rule, &severity) ? (int)severity : -1;
}

/* What the command line adds counts over what the configuration turns off, but not over what the
 * command line itself ignores. */
static void extending(void **state) {
    (void)state;
    const char *style[] = {"style"}, *all[] = {"*"}, *index[] = {"index-*"};
    const ls_words style_words = {.items = style, .count = 1};
    const ls_words all_words = {.items = all, .count = 1};
    const ls_words index_words = {.items = index, .count = 1};
    const ls_rule_layer none = {.ignore = &all_words};
    ls_severity severity;

    const ls_rule_choice added = {.extend = &style_words};
    assert_true(ls_rule_chosen(&added, &off_rule, &severity));
    assert_true(ls_rule_chosen(&added, &on_rule, &severity));
    const ls_rule_choice over = {.layers = &none, .layer_count = 1, .extend = &style_words};
    assert_true(ls_rule_chosen(&over, &off_rule, &severity));
    assert_false(ls_rule_chosen(&over, &on_rule, &severity));
    const ls_rule_choice both = {.select = &index_words, .extend = &style_words};
    assert_true(ls_rule_chosen(&both, &off_rule, &severity));
    assert_true(ls_rule_chosen(&both, &on_rule, &severity));
    const ls_rule_choice ignored = {.extend = &style_words, .ignore = &style_words};
    assert_false(ls_rule_chosen(&ignored, &off_rule, &severity));
}

static void layers(void **state) {
    (void)state;
    const char *style[] = {"style"}, *locks[] = {"locks"};
    const ls_words style_words = {.items = style, .count = 1};
    const ls_words locks_words = {.items = locks, .count = 1};
    const ls_severity_choice severities[] = {
        {.word = "index-name", .severity = LS_SEVERITY_INFO},
        {.word = "*", .severity = LS_SEVERITY_WARNING},
    };
    const ls_severity_choice own[] = {{.word = "table-name", .severity = LS_SEVERITY_INFO}};
    const ls_severity_choice off[] = {{.word = "locks", .off = true}};
    const ls_rule_layer loud = {.severities = severities, .severity_count = 2};
    const ls_rule_layer named = {.severities = own, .severity_count = 1};
    const ls_rule_layer quiet = {.severities = off, .severity_count = 1};
    const ls_rule_layer none = {.ignore = &locks_words};

    assert_int_equal(level_of(&on_rule, NULL, 0, NULL), LS_SEVERITY_ERROR);
    /* an id comes before a glob, wherever it stands */
    assert_int_equal(level_of(&on_rule, &loud, 1, NULL), LS_SEVERITY_INFO);
    /* a glob does not turn on what is off; an id does */
    assert_int_equal(level_of(&off_rule, &loud, 1, NULL), -1);
    assert_int_equal(level_of(&off_rule, &named, 1, NULL), LS_SEVERITY_INFO);
    assert_int_equal(level_of(&on_rule, &quiet, 1, NULL), -1);
    assert_int_equal(level_of(&on_rule, &none, 1, NULL), -1);
    /* a later select starts anew, but severities stay */
    const ls_rule_layer again[] = {loud, quiet, {.select = &locks_words}};
    assert_int_equal(level_of(&on_rule, again, 2, NULL), -1);
    assert_int_equal(level_of(&on_rule, again, 3, NULL), LS_SEVERITY_INFO);
    /* and the command line is the last */
    assert_int_equal(level_of(&on_rule, again, 2, &locks_words), LS_SEVERITY_INFO);
    assert_int_equal(level_of(&on_rule, again, 3, &style_words), -1);
}

static void small_relations(void **state) {
    (void)state;
    static const struct {
        const char *small;
        bool listed;
        int severity; /* -1: nothing is told */
    } CASES[] = {
        {"", true, LS_SEVERITY_ERROR},
        {"small: info\n", false, LS_SEVERITY_ERROR},
        {"small: info\n", true, LS_SEVERITY_INFO},
        {"small: off\n", false, LS_SEVERITY_ERROR},
        {"small: off\n", true, -1},
    };
    const ls_source *source = source_of("a.sql", "CREATE INDEX");
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const ls_rule *rule = rule_with(
            "r", ls_arena_format(arena, "%swhen: {effect: create_index}", CASES[i].small));
        ls_effect *effect = create_index("users", ls_span_of(0, 12));
        set_number(effect, LS_ATTRIBUTE_RELATION_SMALL, CASES[i].listed);
        ls_outcome outcome = outcome_of(source, ls_span_of(0, 12), effect, NULL);
        ls_findings findings = judged(&rule, 1, source, &outcome, 1);
        assert_int_equal(findings.count, CASES[i].severity >= 0);
        if (findings.count == 0)
            continue;
        assert_int_equal(findings.items[0].severity, CASES[i].severity);
        assert_int_equal(findings.items[0].notes.count, CASES[i].severity == LS_SEVERITY_INFO);
    }
}

static ls_findings judged_on(const char *keys, ls_attribute flag, bool value) {
    const ls_source *source = source_of("a.sql", "CREATE INDEX");
    const ls_rule *rule =
        rule_with("r", ls_arena_format(arena, "%swhen: {effect: create_index}", keys));
    ls_effect *effect = create_index("users", ls_span_of(0, 12));
    set_number(effect, flag, value);
    ls_outcome outcome = outcome_of(source, ls_span_of(0, 12), effect, NULL);
    return judged(&rule, 1, source, &outcome, 1);
}

/* What grows with a table is not told of one that is surely empty. */
static void empty_relations(void **state) {
    (void)state;
    const ls_attribute empty = LS_ATTRIBUTE_RELATION_EMPTY;
    assert_int_equal(judged_on("", empty, true).count, 1);
    assert_int_equal(judged_on("small: info\n", empty, false).count, 1);
    assert_int_equal(judged_on("small: info\n", empty, true).count, 0);
    assert_int_equal(judged_on("small: off\n", empty, true).count, 0);
}

static void eased_where_the_condition_holds(void **state) {
    (void)state;
    static const char eased[] = "eased: {when: {partial: true}, severity: warning}\n";
    const ls_attribute partial = LS_ATTRIBUTE_PARTIAL;
    assert_int_equal(judged_on(eased, partial, true).items[0].severity, LS_SEVERITY_WARNING);
    assert_int_equal(judged_on(eased, partial, false).items[0].severity, LS_SEVERITY_ERROR);
}

static void easing_makes_nothing_louder(void **state) {
    (void)state;
    const ls_rule *rule = rule_with("r", "eased: {when: {unique: true}, severity: warning}\n"
                                         "when: {effect: create_index}");
    const ls_severity_choice choices[] = {{.word = "r", .severity = LS_SEVERITY_INFO}};
    const ls_rule_layer layer = {.severities = choices, .severity_count = COUNT(choices)};
    const ls_rule_choice choice = {
        .rules = {.items = &rule, .count = 1}, .layers = &layer, .layer_count = 1};
    const ls_source *source = source_of("a.sql", "CREATE INDEX");
    ls_outcome outcome =
        outcome_of(source, ls_span_of(0, 12), create_index("users", ls_span_of(0, 12)), NULL);
    ls_judge *judge = ls_judge_new(arena, ls_choose_rules(arena, &choice), source, 3);
    ls_judge_outcome(judge, &outcome);
    ls_findings findings = {0};
    ls_judge_finish(judge, &findings);
    assert_int_equal(findings.items[0].severity, LS_SEVERITY_INFO);
}

static void choosing(void **state) {
    (void)state;
    assert_true(chosen(&on_rule, NULL, NULL));
    assert_false(chosen(&off_rule, NULL, NULL));
    assert_true(chosen(&off_rule, "style", NULL));
    assert_true(chosen(&off_rule, "table-*", NULL));
    assert_true(chosen(&off_rule, "table-name", NULL));
    assert_false(chosen(&on_rule, "table-*", NULL));
    assert_false(chosen(&on_rule, NULL, "index-name"));
    assert_false(chosen(&on_rule, "*", "locks"));
    assert_true(chosen(&on_rule, "*", "style"));
}

static void unknown_choices(void **state) {
    (void)state;
    static const ls_rule *const items[] = {&on_rule, &off_rule};
    ls_rule_list rules = {.items = items, .count = COUNT(items)};
    const char *fine[] = {"locks", "index-*", "table-name"};
    const char *wrong[] = {"locks", "table-nam"}, *group[] = {"styl"}, *strange[] = {"x-*"};
    const char *nearest;
    assert_null(ls_unknown_choice(rules, &(ls_words){.items = fine, .count = 3}, &nearest));
    assert_string_equal(ls_unknown_choice(rules, &(ls_words){.items = wrong, .count = 2}, &nearest),
                        "table-nam");
    assert_string_equal(nearest, "table-name");
    ls_unknown_choice(rules, &(ls_words){.items = group, .count = 1}, &nearest);
    assert_string_equal(nearest, "style");
    assert_string_equal(
        ls_unknown_choice(rules, &(ls_words){.items = strange, .count = 1}, &nearest), "x-*");
    assert_null(nearest);
    assert_null(ls_unknown_choice(rules, NULL, &nearest));
}

static void nearest_names(void **state) {
    (void)state;
    static const char *const names[] = {"create_index", "drop_index", NULL, "drop_table"};
    assert_string_equal(ls_nearest("creat_index", names, COUNT(names)), "create_index");
    assert_string_equal(ls_nearest("drop_tabel", names, COUNT(names)), "drop_table");
    assert_string_equal(ls_nearest("dorp", (const char *const[]){"drop"}, 1), "drop");
    assert_string_equal(ls_nearest("drop_index", names, COUNT(names)), "drop_index");
    assert_null(ls_nearest("xx", names, COUNT(names)));
    assert_null(ls_nearest("rename_column", names, COUNT(names)));
    assert_null(ls_nearest("", names, COUNT(names)));
    char *endless = ls_arena_alloc(arena, 100001);
    memset(endless, 'a', 100000);
    assert_null(ls_nearest(endless, names, COUNT(names)));
}

/* --- One cause, one finding ------------------------------------------------------------------ */

static const char upper[] = "over: [lower]\nwhen: {effect: add_column}";
static const char lower[] = "when: {effect: [add_column, strong_lock]}";

static ls_effect *add_column(ls_relation_id id, const char *relation, const char *column,
                             ls_span at) {
    ls_effect *effect = effect_at(LS_EFFECT_ADD_COLUMN, id, at);
    set_text(effect, LS_ATTRIBUTE_RELATION, relation);
    set_text(effect, LS_ATTRIBUTE_COLUMN, column);
    return effect;
}

static ls_effect *strong_lock(const char *relation, ls_span at) {
    ls_effect *effect = effect_at(LS_EFFECT_STRONG_LOCK, 7, at);
    set_text(effect, LS_ATTRIBUTE_RELATION, relation);
    return effect;
}

static size_t count_of(const ls_findings *findings, const char *id) {
    size_t count = 0;
    for (LS_EACH(const ls_finding, finding, *findings))
        count += strcmp(finding->rule->id, id) == 0;
    return count;
}

/* How often `lower` is told beside `upper` on users.email. */
static size_t lower_beside(ls_effect *other) {
    const ls_rule *rules[] = {rule_with("lower", lower), rule_with("upper", upper)};
    const ls_source *source = source_of("a.sql", "ALTER TABLE users ADD email text, ADD name text");
    ls_effect *one = add_column(7, "users", "email", span_of(source, "ADD email text"));
    ls_outcome outcome = outcome_of(source, ls_span_of(0, source->length), one, other);
    ls_findings findings = judged(rules, COUNT(rules), source, &outcome, 1);
    assert_true(count_of(&findings, "upper") > 0);
    return count_of(&findings, "lower");
}

static void folding(void **state) {
    (void)state;
    assert_int_equal(lower_beside(NULL), 0);
    assert_int_equal(lower_beside(strong_lock("users", ls_span_of(0, 3))), 0);
    assert_int_equal(lower_beside(strong_lock("orders", ls_span_of(0, 3))), 1);
    assert_int_equal(lower_beside(effect_at(LS_EFFECT_STRONG_LOCK, 0, ls_span_of(0, 3))), 0);
}

static void folding_stays_within_the_statement(void **state) {
    (void)state;
    const ls_rule *rules[] = {rule_with("lower", lower), rule_with("upper", upper)};
    const ls_source *source = source_of("a.sql", "first; second");
    ls_span first = span_of(source, "first"), second = span_of(source, "second");
    ls_outcome outcomes[] = {
        outcome_of(source, first, add_column(7, "users", "a", first), NULL),
        outcome_of(source, second, strong_lock("users", second), NULL),
    };
    ls_findings findings = judged(rules, COUNT(rules), source, outcomes, COUNT(outcomes));
    assert_int_equal(findings.count, 2);
    assert_string_equal(findings.items[1].rule->id, "lower");
}

/* What the outcome of a whole migration says stands in the statement around it. */
static void folding_across_the_end_of_the_file(void **state) {
    (void)state;
    const ls_rule *rules[] = {rule_with("lower", lower), rule_with("upper", upper)};
    const ls_source *source = source_of("a.sql", "first; second");
    ls_span first = span_of(source, "first"), second = span_of(source, "second");
    ls_outcome outcomes[] = {
        outcome_of(source, first, add_column(7, "users", "a", first), NULL),
        outcome_of(source, second, strong_lock("users", first), NULL),
    };
    outcomes[1].statement = NULL;
    ls_findings findings = judged(rules, COUNT(rules), source, outcomes, COUNT(outcomes));
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.items[0].rule->id, "upper");
}

static void the_folded_leaves_its_labels(void **state) {
    (void)state;
    const ls_rule *rules[] = {rule_with("lower", lower), rule_with("upper", upper)};
    const ls_source *source = source_of("a.sql", "ALTER TABLE users ADD email text");
    ls_effect *lock = strong_lock("users", ls_span_of(0, 5));
    ls_label label = {.source = source, .at = ls_span_of(1, 2), .message = "taken here"};
    LS_PUSH(arena, &lock->labels, label);
    ls_outcome outcome = outcome_of(source, ls_span_of(0, 32),
                                    add_column(7, "users", "email", ls_span_of(18, 32)), lock);
    ls_findings findings = judged(rules, COUNT(rules), source, &outcome, 1);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].labels.count, 1);
    assert_string_equal(findings.items[0].labels.items[0].message, "taken here");
}

static void repetitions_collapse(void **state) {
    (void)state;
    const ls_rule *rule = rule_with("r", "when: {effect: create_index}");
    const ls_source *source = source_of("a.sql", "CREATE INDEX");
    ls_outcome outcome = outcome_of(source, ls_span_of(0, 12), create_index("b", ls_span_of(0, 12)),
                                    create_index("a", ls_span_of(0, 12)));
    ls_findings findings = judged(&rule, 1, source, &outcome, 1);
    assert_int_equal(findings.count, 1);
    outcome.effects.items[0]->at.begin = 3;
    findings = judged(&rule, 1, source, &outcome, 1);
    assert_int_equal(findings.count, 2);
    assert_string_equal(findings.items[0].message, "m a");
}

static void once_per_file(void **state) {
    (void)state;
    const ls_rule *rule = rule_with("r", "when: {effect: create_index}\nonce_per_file: true");
    const ls_source *source = source_of("a.sql", "CREATE INDEX");
    ls_outcome outcome = outcome_of(source, ls_span_of(0, 12), create_index("b", ls_span_of(3, 12)),
                                    create_index("a", ls_span_of(0, 12)));
    ls_findings findings = judged(&rule, 1, source, &outcome, 1);
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.items[0].message, "m a");
}

static void once_per_statement(void **state) {
    (void)state;
    const ls_rule *rule = rule_with("r", "when: {effect: create_index}\nonce_per_statement: true");
    const ls_source *source = source_of("a.sql", "CREATE INDEX");
    ls_outcome outcome = outcome_of(source, ls_span_of(0, 12), create_index("a", ls_span_of(3, 12)),
                                    create_index("a", ls_span_of(0, 12)));
    assert_int_equal(judged(&rule, 1, source, &outcome, 1).count, 1);
    outcome = outcome_of(source, ls_span_of(0, 12), create_index("b", ls_span_of(3, 12)),
                         create_index("a", ls_span_of(0, 12)));
    assert_int_equal(judged(&rule, 1, source, &outcome, 1).count, 2);
}

static void once_per_message(void **state) {
    (void)state;
    const ls_rule *rule = rule_with("r", "when: {effect: create_index}\nonce_per_message: true");
    const ls_source *source = source_of("a.sql", "CREATE INDEX");
    ls_outcome outcome = outcome_of(source, ls_span_of(0, 12), create_index("a", ls_span_of(0, 3)),
                                    create_index("a", ls_span_of(3, 12)));
    const ls_findings findings = judged(&rule, 1, source, &outcome, 1);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].labels.count, 1);
    assert_int_equal(findings.items[0].labels.items[0].at.begin, 3);
    outcome = outcome_of(source, ls_span_of(0, 12), create_index("a", ls_span_of(0, 3)),
                         create_index("b", ls_span_of(3, 12)));
    assert_int_equal(judged(&rule, 1, source, &outcome, 1).count, 2);
}

/* --- What surrounds a finding ---------------------------------------------------------------- */

static ls_finding surrounded(ls_lock_mode mode, ls_origin origin, bool in_transaction) {
    const ls_rule *rule = rule_with("r", "when: {effect: create_index}\nlabel: by {method}");
    const ls_source *source = source_of("a.sql", "CREATE INDEX; COMMIT");
    ls_effect *effect = create_index("users", ls_span_of(0, 12));
    set_text(effect, LS_ATTRIBUTE_RELATION_ORIGIN, ls_origin_name(origin));
    ls_outcome outcome = outcome_of(source, ls_span_of(0, 12), effect, NULL);
    ls_relation_lock lock = {.relation = {.id = 7, .name = "public.users", .origin = origin},
                             .mode = mode};
    LS_PUSH(arena, &outcome.locks, lock);
    LS_PUSH(arena, &outcome.assumptions,
            "users is not in the history: assumed to exist and to hold data");
    LS_PUSH(arena, &outcome.assumptions, "f() is volatile");
    outcome.in_transaction = in_transaction;
    outcome.transaction_end = span_of(source, "COMMIT");
    ls_findings findings = judged(&rule, 1, source, &outcome, 1);
    assert_int_equal(findings.count, 1);
    return findings.items[0];
}

static void who_waits(void **state) {
    (void)state;
    ls_finding finding = surrounded(LS_SHARE, LS_ORIGIN_EXISTED, false);
    const char *expected =
        ls_arena_format(arena, "%s on users", ls_lock_waiters(LS_SHARE, LS_RELATION_TABLE));
    assert_string_equal(finding.waits, expected);
    assert_int_equal(finding.labels.count, 0);
    assert_int_equal(finding.file, 3);
    assert_int_equal(finding.statement_at.end, 12);
    assert_null(finding.label);
    assert_null(surrounded(LS_SHARE_UPDATE_EXCLUSIVE, LS_ORIGIN_EXISTED, false).waits);
    assert_null(surrounded(LS_SHARE, LS_ORIGIN_NEW_IN_FILE, false).waits);
}

static void the_end_of_the_transaction_is_labelled(void **state) {
    (void)state;
    ls_finding finding = surrounded(LS_ACCESS_EXCLUSIVE, LS_ORIGIN_EXISTED, true);
    assert_int_equal(finding.labels.count, 1);
    assert_int_equal(finding.labels.items[0].at.begin, 14);
    assert_int_equal(surrounded(LS_ACCESS_SHARE, LS_ORIGIN_EXISTED, true).labels.count, 0);
}

static void notes(void **state) {
    (void)state;
    ls_finding finding = surrounded(LS_SHARE, LS_ORIGIN_UNKNOWN, false);
    assert_int_equal(finding.notes.count, 2);
    assert_string_equal(finding.notes.items[0],
                        "users is not in the history: assumed to exist and to hold data");
    assert_string_equal(finding.notes.items[1], "f() is volatile");
}

/* --- Fingerprints ---------------------------------------------------------------------------- */

/* The fingerprint of the `number`th of two findings, one on each `needle` of the text. */
static const char *fingerprint(const char *file, const char *text, const char *needle,
                               size_t number) {
    const ls_rule *rule = rule_with("r", "when: {effect: create_index}");
    const ls_source *source = source_of(file, text);
    ls_outcome outcomes[2];
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, needle)) != NULL && count < 2; at++) {
        const char *end = strchr(at, ';');
        ls_span span = ls_span_of((size_t)(at - text), (size_t)(end - text));
        outcomes[count++] = outcome_of(source, span, create_index("users", span), NULL);
    }
    ls_findings findings = judged(&rule, 1, source, outcomes, count);
    assert_true(findings.count > number);
    ls_fingerprint(arena, &findings);
    return findings.items[number].fingerprint;
}

static void fingerprints(void **state) {
    (void)state;
    const char *plain = fingerprint("a/1.sql", "CREATE INDEX i ON t (x);", "CREATE", 0);
    assert_int_equal(strlen(plain), 32);
    assert_string_equal(plain, fingerprint("b/1.sql",
                                           "\n\n-- new\nSELECT 1;\nCREATE INDEX i\n"
                                           "  ON /* the /* old */ one */ t  -- here\n (x);",
                                           "CREATE", 0));
    assert_string_not_equal(plain, fingerprint("a/2.sql", "CREATE INDEX i ON t (x);", "CREATE", 0));
    assert_string_not_equal(plain, fingerprint("a/1.sql", "CREATE INDEX i ON t (y);", "CREATE", 0));
    assert_string_not_equal(fingerprint("a/1.sql", "CREATE INDEX i ON t ('a  b');", "CREATE", 0),
                            fingerprint("a/1.sql", "CREATE INDEX i ON t ('a b');", "CREATE", 0));
    assert_string_not_equal(fingerprint("a/1.sql", "CREATE INDEX i ON t ('-- a');", "CREATE", 0),
                            fingerprint("a/1.sql", "CREATE INDEX i ON t ('-- b');", "CREATE", 0));
}

static void fingerprints_of_the_like(void **state) {
    (void)state;
    const char *twice = "CREATE INDEX ON t (x);\nCREATE INDEX ON t (x);";
    const char *first = fingerprint("1.sql", twice, "CREATE", 0);
    assert_string_not_equal(first, fingerprint("1.sql", twice, "CREATE", 1));
    assert_string_equal(first, fingerprint("1.sql", "CREATE INDEX ON t (x);", "CREATE", 0));
}

/* FNV-1a of 128 bits over rule, file, statement and number, computed by another program. */
static void fingerprint_value(void **state) {
    (void)state;
    assert_string_equal(fingerprint("a/1.sql", "CREATE INDEX i ON t (x);", "CREATE", 0),
                        "6c9b5cf0ad9fefa5c341d8582e67dbd1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions),
        cmocka_unit_test(conditions_on_what_is_absent),
        cmocka_unit_test(negation_and_alternatives),
        cmocka_unit_test(patterns),
        cmocka_unit_test(patterns_of_other_attributes),
        cmocka_unit_test(negated_comparisons),
        cmocka_unit_test(strength_of_locks),
        cmocka_unit_test(quotes_do_not_count),
        cmocka_unit_test(counting),
        cmocka_unit_test(texts),
        cmocka_unit_test(a_value_ends_no_comment),
        cmocka_unit_test(texts_in_texts),
        cmocka_unit_test(advice),
        cmocka_unit_test(vocabulary_agrees_with_the_names),
        cmocka_unit_test(names_lead_back),
        cmocka_unit_test(effects_list_known_attributes),
        cmocka_unit_test(choosing),
        cmocka_unit_test(extending),
        cmocka_unit_test(layers),
        cmocka_unit_test(small_relations),
        cmocka_unit_test(empty_relations),
        cmocka_unit_test(eased_where_the_condition_holds),
        cmocka_unit_test(easing_makes_nothing_louder),
        cmocka_unit_test(unknown_choices),
        cmocka_unit_test(nearest_names),
        cmocka_unit_test(folding),
        cmocka_unit_test(folding_stays_within_the_statement),
        cmocka_unit_test(folding_across_the_end_of_the_file),
        cmocka_unit_test(the_folded_leaves_its_labels),
        cmocka_unit_test(repetitions_collapse),
        cmocka_unit_test(once_per_file),
        cmocka_unit_test(once_per_statement),
        cmocka_unit_test(once_per_message),
        cmocka_unit_test(who_waits),
        cmocka_unit_test(the_end_of_the_transaction_is_labelled),
        cmocka_unit_test(notes),
        cmocka_unit_test(fingerprints),
        cmocka_unit_test(fingerprints_of_the_like),
        cmocka_unit_test(fingerprint_value),
    };
    return cmocka_run_group_tests_name("engine", tests, set_up, tear_down);
}
