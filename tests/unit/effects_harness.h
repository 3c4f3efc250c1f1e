/*
 * effects_harness.h - a history, a change, and what its last statement does, as one line of text.
 *
 * The history is one applied migration, the change is the next; both run statement by statement
 * unless they say BEGIN. The line names what there is to name, in this order:
 *
 *   locks public.t:AE public.t_pkey:AE | rewrites public.t | scans public.t x2 |
 *   builds public.t_pkey
 *
 * or "refused why". Locks and works are sorted by name; parts without anything are left out. What
 * is returned lives until the next story; end_story is the group's teardown.
 */
#ifndef LS_TESTS_EFFECTS_HARNESS_H
#define LS_TESTS_EFFECTS_HARNESS_H

#include "effects/outcome.h"
#include "effects/replay.h"

#include <stdlib.h>
#include <string.h>

static struct {
    ls_arena *arena;
    ls_replay *replay;
} story;

static inline int end_story(void **state) {
    (void)state;
    ls_replay_free(story.replay);
    ls_arena_free(story.arena);
    story.replay = NULL;
    story.arena = NULL;
    return 0;
}

static inline const ls_outcome *run_file(const char *sql, bool applied) {
    ls_text_problem problem = {0};
    const ls_source *source =
        ls_source_new(story.arena, applied ? "0001.sql" : "0002.sql", sql, strlen(sql), &problem);
    assert_non_null(source);
    const ls_script *script = ls_script_read(story.arena, source);
    const ls_outcome *last = NULL;
    ls_replay_begin_file(story.replay, script, LS_TRANSACTION_PER_STATEMENT, applied);
    for (size_t i = 0; i < script->statements.count; i++) {
        last = ls_replay_statement(story.replay, script->statements.items[i]);
        if (last->statement->kind == LS_STATEMENT_UNPARSED)
            print_error("%s: %s\n", sql, last->statement->problem.message);
        assert_int_not_equal(last->statement->kind, LS_STATEMENT_UNPARSED);
        if (applied && last->refused != NULL)
            print_error("%s: %s\n", sql, last->refused);
        assert_true(!applied || last->refused == NULL);
    }
    if (applied)
        ls_replay_end_file(story.replay);
    return last;
}

/* What the last statement of the change does. */
static inline const ls_outcome *tell(int postgres, const char *history, const char *change) {
    end_story(NULL);
    ls_replay_options options = {.postgres = postgres};
    story.arena = ls_arena_new();
    story.replay = ls_replay_new(&options);
    run_file(history, true);
    return run_file(change, false);
}

typedef LS_VECTOR(const char *) story_words;

/* By name: p before p1, whatever follows the colon. */
static inline int compare_words(const void *one, const void *other) {
    const char *left = *(const char *const *)one, *right = *(const char *const *)other;
    size_t left_length = strcspn(left, ": "), right_length = strcspn(right, ": ");
    size_t shorter = left_length < right_length ? left_length : right_length;
    int order = memcmp(left, right, shorter);
    return order != 0 ? order : (left_length > right_length) - (left_length < right_length);
}

static inline const char *add_part(const char *line, const char *name, story_words *words) {
    if (words->count == 0)
        return line;
    qsort(words->items, words->count, sizeof *words->items, compare_words);
    line = ls_arena_format(story.arena, "%s%s%s", line, *line == '\0' ? "" : " | ", name);
    for (size_t i = 0; i < words->count; i++)
        line = ls_arena_format(story.arena, "%s %s", line, words->items[i]);
    return line;
}

static inline const char *add_works(const char *line, const char *name, ls_named_works works) {
    story_words words = {0};
    for (LS_EACH(const ls_named_work, work, works))
        LS_PUSH(story.arena, &words,
                work->passes > 1 ? ls_arena_format(story.arena, "%s x%d", work->name, work->passes)
                                 : work->name);
    return add_part(line, name, &words);
}

static inline const char *summary(const ls_outcome *outcome) {
    story_words locks = {0};
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks))
        LS_PUSH(story.arena, &locks,
                ls_arena_format(story.arena, "%s:%s", lock->relation.name,
                                ls_lock_abbreviation(lock->mode)));
    if (outcome->refused != NULL)
        return ls_arena_format(story.arena, "refused %s", outcome->refused);
    const char *line = add_part("", "locks", &locks);
    line = add_works(line, "rewrites", ls_outcome_rewrites(story.arena, outcome));
    line = add_works(line, "scans", ls_outcome_scans(story.arena, outcome));
    return add_works(line, "builds", ls_outcome_builds(story.arena, outcome));
}

/* tell and summary in one. */
static inline const char *does(int postgres, const char *history, const char *change) {
    return summary(tell(postgres, history, change));
}

static inline const ls_effect *effect_of(const ls_outcome *outcome, const char *name) {
    for (size_t i = 0; i < outcome->effects.count; i++)
        if (strcmp(ls_effect_name(outcome->effects.items[i]->kind), name) == 0)
            return outcome->effects.items[i];
    return NULL;
}

/* The attribute's value as text: "yes" and "no" for flags, words joined by commas, "" if the
 * effect does not have it. */
static inline const char *value_of(const ls_effect *effect, const char *name) {
    ls_attribute attribute;
    assert_non_null(effect);
    assert_true(ls_attribute_by_name(name, &attribute));
    const ls_attribute_value *value = ls_effect_value(effect, attribute);
    if (value == NULL)
        return "";
    switch (ls_attribute_kind(attribute)) {
    case LS_VALUE_TEXT:
        return value->text;
    case LS_VALUE_FLAG:
        return value->number ? "yes" : "no";
    case LS_VALUE_NUMBER:
        return ls_arena_format(story.arena, "%lld", (long long)value->number);
    default:
        break;
    }
    const char *text = "";
    for (size_t i = 0; i < value->words->count; i++)
        text =
            ls_arena_format(story.arena, "%s%s%s", text, i == 0 ? "" : ",", value->words->items[i]);
    return text;
}

/* The statement text that the effect stands at. */
static inline const char *place_of(const ls_outcome *outcome, const ls_effect *effect) {
    assert_non_null(effect);
    return ls_source_copy(story.arena, outcome->source, effect->at);
}

#endif
