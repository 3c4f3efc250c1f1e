/*
 * judge.c - from the effects of a migration to findings.
 *
 * An effect meets only the rules that are about it. Every match is a candidate; at the end the
 * candidates are folded, what the file suppresses is taken out, and what is left is told.
 */
#include "rules/count.h"
#include "rules/fold.h"
#include "rules/match.h"
#include "rules/remedy.h"
#include "rules/suppress.h"
#include "rules/texts.h"

#include <string.h>

/* What stands in a sentence for an attribute that the effect does not have; a label or a script
 * that would have a hole is left out. */
static const char absent_in_message[] = "it";

struct ls_judge {
    ls_arena *arena;   /* of the findings */
    ls_arena *scratch; /* of what is forgotten when they are told */
    const ls_source *source;
    uint32_t file;
    const ls_chosen_rules *rules;
    bool proposes_fixes;
    LS_VECTOR(ls_span) statements;
    ls_candidates candidates;
    ls_map counts; /* see count.h */
    const ls_suppressions *suppressions;
    ls_waived_findings suppressed;
};

ls_judge *ls_judge_new(ls_arena *arena, const ls_chosen_rules *rules, const ls_source *source,
                       uint32_t file) {
    ls_judge *judge = LS_NEW(arena, ls_judge);
    judge->arena = arena;
    judge->scratch = ls_arena_new();
    judge->source = source;
    judge->file = file;
    judge->rules = rules;
    return judge;
}

/* --- What surrounds a finding ---------------------------------------------------------------- */

/* The lock that the statement takes on the effect's relation, if traffic on it has to wait. */
static const ls_relation_lock *blocking_lock(const ls_outcome *outcome, const ls_effect *effect) {
    ls_lock_mode mode = ls_outcome_lock(outcome, effect->relation);
    if (!ls_lock_blocks_reads(mode) && !ls_lock_blocks_writes(mode))
        return NULL;
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks))
        if (lock->relation.id == effect->relation && lock->mode == mode)
            return lock->relation.origin == LS_ORIGIN_NEW_IN_FILE ? NULL : lock;
    return NULL;
}

/* A copy of the effect's name for its relation: attribute texts die with the outcome. */
static const char *relation_of(ls_arena *arena, const ls_effect *effect) {
    return ls_arena_string(arena, ls_effect_text(effect, LS_ATTRIBUTE_RELATION));
}

/* The name as it is shown: without "public.", and perhaps in quotes. */
static bool is_called(const ls_touched *relation, const char *shown) {
    static const char in_public[] = "public.";
    const size_t length = sizeof in_public - 1;
    const char *name = relation->name;
    if (strncmp(name, in_public, length) == 0 && strncmp(shown, in_public, length) != 0)
        name += length;
    for (; *shown != '\0'; shown++)
        if (*shown != '"' && *shown != *name++)
            return false;
    return *name == '\0';
}

/* Traffic on the other relation waits as that on the first one does. */
static bool waits_alike(const ls_outcome *outcome, const ls_relation_lock *lock,
                        const char *other) {
    for (LS_EACH(const ls_relation_lock, one, outcome->locks))
        if (one->mode == lock->mode && one->relation.origin != LS_ORIGIN_NEW_IN_FILE &&
            one->relation.id != lock->relation.id && is_called(&one->relation, other))
            return true;
    return false;
}

/* The other relations that the effect is about, where traffic on them waits alike. */
static ls_words waiting_alike(ls_arena *arena, const ls_outcome *outcome,
                              const ls_relation_lock *lock, const ls_effect *effect) {
    ls_words alike = {0};
    const char *other = ls_effect_asks(effect, LS_ATTRIBUTE_OTHER)
                            ? ls_effect_text(effect, LS_ATTRIBUTE_OTHER)
                            : NULL;
    const ls_attribute_value *locked = ls_effect_asks(effect, LS_ATTRIBUTE_LOCKED)
                                           ? ls_effect_value(effect, LS_ATTRIBUTE_LOCKED)
                                           : NULL;
    if (other != NULL && waits_alike(outcome, lock, other))
        LS_PUSH(arena, &alike, other);
    for (size_t i = 0; locked != NULL && i < locked->words->count; i++)
        if (waits_alike(outcome, lock, locked->words->items[i]))
            LS_PUSH(arena, &alike, locked->words->items[i]);
    return alike;
}

/* "a", "a and b", "a, b and c", "a, b, c and 5 more" */
static const char *enumerate(ls_arena *arena, const char *first, const ls_words *more) {
    enum { SHOWN = 3 };
    const size_t shown = more->count < SHOWN ? more->count : SHOWN - 1;
    const char *text = first;
    for (size_t i = 0; i < shown; i++)
        text =
            ls_arena_join(arena, text, i + 1 == more->count ? " and " : ", ", more->items[i], NULL);
    if (shown == more->count)
        return text;
    return ls_arena_format(arena, "%s and %zu more", text, more->count - shown);
}

/* An earlier statement of the transaction may keep out more than this one does. */
static ls_lock_mode mode_in_force(const ls_outcome *outcome, const ls_relation_lock *lock) {
    ls_lock_mode mode = lock->mode;
    for (LS_EACH(const ls_lock_hold, hold, outcome->held))
        if (hold->relation.id == lock->relation.id && hold->mode > mode)
            mode = hold->mode;
    return mode;
}

/* The lock may be on another relation than the one that is named. */
static ls_relation_kind kind_shown(const ls_relation_lock *lock, const ls_effect *effect) {
    const bool is_named =
        effect->relation_name != NULL && strcmp(effect->relation_name, lock->relation.name) == 0;
    return is_named ? lock->relation.kind : LS_RELATION_TABLE;
}

static const char *waits_of(ls_arena *arena, const ls_outcome *outcome,
                            const ls_relation_lock *lock, const ls_effect *effect) {
    if (lock == NULL)
        return NULL;
    const char *relation = ls_effect_text(effect, LS_ATTRIBUTE_RELATION);
    const ls_words alike = waiting_alike(arena, outcome, lock, effect);
    const ls_relation_kind kind = kind_shown(lock, effect);
    return ls_arena_format(
        arena, "%s on %s%s", ls_lock_waiters(mode_in_force(outcome, lock), kind),
        kind == LS_RELATION_INDEX ? "the table of " : "",
        enumerate(arena, relation != NULL ? relation : lock->relation.name, &alike));
}

static ls_labels labels_of(ls_arena *arena, const ls_outcome *outcome, const ls_effect *effect,
                           const ls_relation_lock *lock) {
    ls_labels labels = {0};
    for (LS_EACH(const ls_label, label, effect->labels)) {
        ls_label copy = *label;
        copy.message = ls_arena_string(arena, label->message);
        copy.at = ls_source_origin(label->source, label->at);
        copy.source = ls_source_written(label->source);
        LS_PUSH(arena, &labels, copy);
    }
    if (lock != NULL && outcome->in_transaction && !ls_span_empty(outcome->transaction_end)) {
        ls_label release = {.source = ls_source_written(outcome->source),
                            .at = outcome->transaction_end,
                            .message = "the lock is released only here"};
        LS_PUSH(arena, &labels, release);
    }
    return labels;
}

/* A statement may name thousands of relations; those that it found first stand for all. */
enum { MOST_NOTES = 8 };

static void add_note(ls_arena *arena, ls_words *notes, const char *note) {
    for (size_t i = 0; i < notes->count; i++)
        if (strcmp(notes->items[i], note) == 0)
            return;
    LS_PUSH(arena, notes, ls_arena_string(arena, note));
}

static bool is_softened(const ls_rule *rule, const ls_effect *effect) {
    return rule->small != LS_SMALL_SAME && ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_SMALL);
}

static ls_words notes_of(ls_arena *arena, const ls_rule *rule, const ls_outcome *outcome,
                         const ls_effect *effect) {
    ls_words notes = {0};
    const char *origin = ls_effect_text(effect, LS_ATTRIBUTE_RELATION_ORIGIN);
    const char *relation = ls_effect_text(effect, LS_ATTRIBUTE_RELATION);
    if (relation != NULL && origin != NULL &&
        !ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_MAYBE_NEW) &&
        strcmp(origin, ls_origin_name(LS_ORIGIN_UNKNOWN)) == 0)
        add_note(arena, &notes,
                 ls_arena_format(arena,
                                 "%s is not in the history: assumed to exist and to hold data",
                                 relation));
    if (is_softened(rule, effect))
        add_note(arena, &notes, ls_arena_format(arena, "%s is said to stay small", relation));
    for (size_t i = 0; i < outcome->assumptions.count && notes.count < MOST_NOTES; i++)
        add_note(arena, &notes, outcome->assumptions.items[i]);
    if (outcome->assumptions.count > MOST_NOTES)
        add_note(arena, &notes,
                 ls_arena_format(arena, "the statement rests on %u assumptions like these",
                                 outcome->assumptions.count));
    return notes;
}

/* The statement that a place is in; the place itself if it is in none. */
static ls_span statement_around(const ls_judge *judge, const ls_outcome *outcome,
                                const ls_source *source, ls_span at) {
    if (outcome->statement != NULL)
        return ls_source_origin(outcome->source, outcome->statement->at);
    if (source != judge->source)
        return ls_source_origin(source, at);
    size_t low = 0, high = judge->statements.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (judge->statements.items[middle].begin <= at.begin)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || at.begin >= judge->statements.items[low - 1].end)
        return at;
    return judge->statements.items[low - 1];
}

/* --- Judging --------------------------------------------------------------------------------- */

static bool asks_for(const ls_condition *condition, ls_attribute attribute) {
    for (size_t i = 0; i < condition->part_count; i++)
        if (asks_for(&condition->parts[i], attribute))
            return true;
    return condition->kind == LS_CONDITION_IS && condition->attribute == attribute;
}

static ls_severity quieter(ls_severity one, ls_severity other) {
    return one > other ? one : other;
}

/* CREATE TABLE IF NOT EXISTS in the same migration does not prove that the table is new, but most
 * of the time it is: where that matters to the rule, worth knowing and not worth a failed run. */
static ls_severity severity_of(const ls_chosen_rule *chosen, const ls_effect *effect) {
    bool is_doubtful = ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_MAYBE_NEW) &&
                       asks_for(&chosen->rule->when, LS_ATTRIBUTE_RELATION_EXISTED);
    if (is_doubtful || is_softened(chosen->rule, effect))
        return LS_SEVERITY_INFO;
    const ls_easing *eased = chosen->rule->eased;
    if (eased != NULL && ls_condition_holds(&eased->when, effect))
        return quieter(chosen->severity, eased->severity);
    return chosen->severity;
}

static const char *help_of(ls_arena *arena, const ls_chosen_rule *chosen, const ls_effect *effect) {
    const ls_rule *rule = chosen->rule;
    const ls_rule_texts *texts = ls_texts_of(chosen);
    const char *help = NULL;
    for (size_t i = 0; i < rule->advice_count && help == NULL; i++)
        if (ls_condition_holds(&rule->advice[i].when, effect))
            help = ls_template_render(arena, texts->help[i], effect, NULL);
    return help;
}

/* Only what the user wrote can be edited. */
static ls_fix fix_of(const ls_judge *judge, const ls_finding *finding, const ls_source *source,
                     const ls_effect *effect) {
    const ls_remedy_places places = {source, finding->statement_at, finding->at};
    return judge->proposes_fixes && source == finding->source
               ? ls_remedy_for(judge->arena, finding->rule, effect, &places)
               : (ls_fix){0};
}

static void tell(ls_judge *judge, const ls_chosen_rule *chosen, const ls_outcome *outcome,
                 const ls_effect *effect) {
    ls_arena *arena = judge->arena;
    const ls_rule *rule = chosen->rule;
    const ls_rule_texts *texts = ls_texts_of(chosen);
    const ls_relation_lock *lock = blocking_lock(outcome, effect);
    const ls_source *source = effect->source != NULL ? effect->source : outcome->source;
    ls_finding *finding = LS_NEW(judge->scratch, ls_finding);
    *finding = (ls_finding){
        .rule = rule,
        .severity = severity_of(chosen, effect),
        .source = ls_source_written(source),
        .file = judge->file,
        .at = ls_source_origin(source, effect->at),
        .statement_at = statement_around(judge, outcome, source, effect->at),
        .message = ls_template_render(arena, texts->message, effect, absent_in_message),
        .label = ls_template_render(arena, texts->label, effect, NULL),
        .help = help_of(arena, chosen, effect),
        .waits = waits_of(arena, outcome, lock, effect),
        .labels = labels_of(arena, outcome, effect, lock),
        .stage = effect->stage,
        .trace = effect->trace,
        .notes = notes_of(arena, rule, outcome, effect),
    };
    finding->fix = fix_of(judge, finding, source, effect);
    const ls_candidate candidate = {
        .finding = finding,
        .rule = rule,
        .at = finding->at,
        .statement_at = finding->statement_at,
        .relation = relation_of(judge->scratch, effect),
        .column = ls_arena_string(judge->scratch, ls_effect_text(effect, LS_ATTRIBUTE_COLUMN)),
        .softened = is_softened(rule, effect),
    };
    LS_PUSH_SOLE(judge->scratch, &judge->candidates, candidate);
}

/* What grows with the table is nothing where the table is surely empty by now, or stays small and
 * the rule says so. */
static bool is_silent(const ls_rule *rule, const ls_effect *effect) {
    return (rule->small == LS_SMALL_OFF && is_softened(rule, effect)) ||
           (rule->small != LS_SMALL_SAME && ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_EMPTY));
}

static void judge_effect(ls_judge *judge, const ls_outcome *outcome, const ls_effect *effect) {
    const ls_chosen_list rules = ls_rules_about(judge->rules, effect->kind);
    for (size_t i = 0; i < rules.count; i++) {
        const ls_chosen_rule *chosen = &rules.items[i];
        const ls_rule *rule = chosen->rule;
        if (!is_silent(rule, effect) && ls_condition_holds(&rule->when, effect) &&
            ls_count_matches(judge->scratch, &judge->counts, rule, outcome, effect))
            tell(judge, chosen, outcome, effect);
    }
}

void ls_judge_outcome(ls_judge *judge, const ls_outcome *outcome) {
    if (outcome->statement != NULL)
        LS_PUSH_SOLE(judge->scratch, &judge->statements,
                     ls_source_origin(outcome->source, outcome->statement->at));
    for (size_t i = 0; i < outcome->effects.count; i++)
        judge_effect(judge, outcome, outcome->effects.items[i]);
}

void ls_judge_suppressions(ls_judge *judge, const ls_suppressions *suppressions) {
    judge->suppressions = suppressions;
}

void ls_judge_propose_fixes(ls_judge *judge) {
    judge->proposes_fixes = true;
}

const ls_waived_findings *ls_judge_suppressed(const ls_judge *judge) {
    return &judge->suppressed;
}

void ls_add_waived(ls_arena *arena, ls_waived_findings *all, const ls_waived_findings *more) {
    for (LS_EACH(const ls_waived_finding, waived, *more))
        LS_PUSH(arena, all, *waived);
}

/* Findings about suppressions come last, so that none is suppressed. */
static void suppress(ls_judge *judge) {
    if (judge->suppressions == NULL)
        return;
    const ls_effects problems =
        ls_suppress(judge->arena, judge->suppressions, judge->rules, &judge->candidates);
    const ls_outcome whole = {.source = judge->source, .analysed = true};
    for (size_t i = 0; i < problems.count; i++)
        judge_effect(judge, &whole, problems.items[i]);
}

/* The findings of a large file are mostly all that there are: then they take the room that they
 * need, and no more. */
static void make_room(const ls_judge *judge, ls_findings *findings) {
    uint32_t told = 0;
    for (LS_EACH(const ls_candidate, candidate, judge->candidates))
        told += !candidate->dropped && !candidate->suppressed;
    if (findings->capacity == 0 && told > 0)
        LS_RESERVE(judge->arena, findings, told);
}

void ls_judge_finish(ls_judge *judge, ls_findings *findings) {
    ls_fold(judge->arena, &judge->candidates);
    suppress(judge);
    ls_tell_once(judge->arena, judge->source, &judge->candidates);
    make_room(judge, findings);
    for (LS_EACH(const ls_candidate, candidate, judge->candidates)) {
        if (candidate->dropped)
            continue;
        if (candidate->suppressed != NULL)
            LS_PUSH(judge->arena, &judge->suppressed,
                    ((ls_waived_finding){*candidate->finding, candidate->suppressed,
                                         LS_WAIVED_IN_PLACE}));
        else
            LS_PUSH_SOLE(judge->arena, findings, *candidate->finding);
    }
    ls_arena_free(judge->scratch);
}
