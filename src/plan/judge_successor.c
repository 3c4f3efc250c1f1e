/*
 * judge_successor.c - a column is dropped whose values another one has: what the schema promised of
 * the old one before the plan, it has to promise of the one that is read in its place.
 *
 * The old column may have been loosened on the way, as the last releases have to write without it;
 * so it is looked at as it was before the first stage, and its successor as the drop leaves it.
 */
#include "catalog/dependencies.h"
#include "effects/type_facts.h"
#include "plan/copies.h"
#include "plan/judging.h"

#include <string.h>

typedef struct {
    ls_plan_judging *judging;
    const ls_stage_facts *stage;
    const ls_plan_step *step;
    const ls_effect *drop;
    const ls_relation *before; /* the table as it is before the plan */
    const ls_relation *after;  /* the successor's, when the column is gone */
    const ls_catalog_column *old, *new;
    ls_words lost;
    const char *kind; /* of the loss, by which the rule chooses its words; of several: the worst */
} succession;

/* --- The successor --------------------------------------------------------------------------- */

static bool is_read(const ls_plan_facts *facts, const ls_relation *table, const char *column,
                    unsigned before) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (version->stage != 0 && version->stage < before &&
            ls_version_reads(facts, version, table, column))
            return true;
    return false;
}

static bool is_new(const ls_plan_facts *facts, const ls_relation *table, const char *column) {
    const ls_relation *before = ls_state_of(facts, table->id, 0);
    return before == NULL || ls_relation_column(before, column) == NULL;
}

/* Of the table as the drop leaves it. */
static const ls_catalog_column *successor_in(const succession *of, const ls_relation *table) {
    const ls_plan_facts *facts = of->judging->facts;
    for (LS_EACH(const ls_catalog_column, column, table->columns))
        if (is_new(facts, table, column->name) &&
            ls_is_copy_of(facts, table, column->name, of->before, of->old->name) &&
            is_read(facts, table, column->name, of->stage->stage->number))
            return column;
    return NULL;
}

static void find_successor(succession *of) {
    const ls_plan_facts *facts = of->judging->facts;
    const ls_relation_ids tables = ls_plan_relations(facts);
    for (size_t i = 0; of->new == NULL &&i < tables.count; i++) {
        of->after = ls_state_of(facts, tables.items[i], of->stage->stage->number);
        of->new = of->after == NULL ? NULL : successor_in(of, of->after);
    }
}

/* --- Losses ---------------------------------------------------------------------------------- */

/* What only makes things slow, is written by hand where it is missing, or fails before it hurts. */
static bool is_mild(const char *kind) {
    return strcmp(kind, "index") == 0 || strcmp(kind, "default") == 0 || strcmp(kind, "type") == 0;
}

static void lose(succession *of, const char *kind, const char *what, const char *name) {
    ls_arena *arena = of->judging->arena;
    LS_PUSH(arena, &of->lost, name == NULL ? what : ls_arena_join(arena, what, " ", name, NULL));
    if (of->kind == NULL || (is_mild(of->kind) && !is_mild(kind)))
        of->kind = kind;
    else if (!is_mild(kind) && strcmp(of->kind, kind) != 0)
        of->kind = "several";
}

static const char *listed(ls_arena *arena, const ls_words *words) {
    const char *list = words->items[0];
    for (uint32_t i = 1; i < words->count; i++)
        list = ls_arena_join(arena, list, i + 1 == words->count ? " and " : ", ", words->items[i],
                             NULL);
    return list;
}

static void tell(const succession *of) {
    ls_plan_judging *judging = of->judging;
    ls_effect *effect = ls_tell_problem(judging, of->stage, "successor-loses-properties");
    ls_tell_relation(judging, effect, of->after);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_SOURCE,
                 ls_shown_column(judging->arena, of->before, of->old->name));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER, of->new->name);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VALUE, of->kind);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, listed(judging->arena, &of->lost));
    ls_tell_place(judging, effect, of->step, of->drop->at, "goes with the old column");
}

/* --- Indexes --------------------------------------------------------------------------------- */

static bool is_about(ls_arena *arena, const ls_index_element *element, const char *column) {
    if (element->column != NULL)
        return strcmp(element->column, column) == 0;
    if (element->expression == NULL)
        return false;
    const ls_words columns = ls_expression_columns(arena, element->expression);
    return ls_has_word(&columns, column);
}

static bool is_in(ls_arena *arena, const ls_relation *index, const char *column) {
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (is_about(arena, element, column))
            return true;
    return false;
}

static bool has_column(const ls_relation *index, const char *column) {
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (element->column != NULL && strcmp(element->column, column) == 0)
            return true;
    return false;
}

/* All rows are in it, or all that have a value: nulls are never the same. */
static bool leaves_out_rows(const ls_relation *index) {
    const ls_expression *predicate = index->predicate;
    return predicate != NULL && (predicate->kind != LS_EXPR_IS_NULL || !predicate->negated);
}

/* A unique index of no more columns promises no less, unless it is of fewer rows, or of what is
 * made of the column's value. */
static bool is_as_unique(const succession *of, const ls_relation *other, const ls_relation *index) {
    if (!other->unique || other->elements.count > index->elements.count)
        return false;
    if (leaves_out_rows(other) && !leaves_out_rows(index))
        return false;
    return has_column(index, of->old->name) ? has_column(other, of->new->name)
                                            : is_in(of->judging->arena, other, of->new->name);
}

static bool is_replaced(const succession *of, const ls_relation *index) {
    ls_arena *arena = of->judging->arena;
    const unsigned number = of->stage->stage->number;
    for (size_t i = 0; i < of->after->indexes.count; i++) {
        const ls_relation *other =
            ls_state_of(of->judging->facts, of->after->indexes.items[i], number);
        if (other == NULL || other->elements.count == 0)
            continue;
        bool fits = index->unique ? is_as_unique(of, other, index)
                                  : is_about(arena, &other->elements.items[0], of->new->name);
        if (fits)
            return true;
    }
    return false;
}

static void compare_indexes(succession *of) {
    ls_arena *arena = of->judging->arena;
    for (size_t i = 0; i < of->before->indexes.count; i++) {
        const ls_relation *index = ls_state_of(of->judging->facts, of->before->indexes.items[i], 0);
        if (index == NULL || index->elements.count == 0 || is_replaced(of, index))
            continue;
        if (index->unique && is_in(arena, index, of->old->name))
            lose(of, "unique", "the uniqueness by", index->name);
        else if (!index->unique && is_about(arena, &index->elements.items[0], of->old->name))
            lose(of, "index", "the index", index->name);
    }
}

/* --- Constraints ----------------------------------------------------------------------------- */

static bool names(ls_arena *arena, const ls_catalog_constraint *constraint, const char *column) {
    if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
        return ls_has_word(&constraint->columns, column);
    if (constraint->kind != LS_CONSTRAINT_CHECK || constraint->expression == NULL)
        return false;
    const ls_words columns = ls_expression_columns(arena, constraint->expression);
    return ls_has_word(&columns, column);
}

static bool is_kept(const succession *of, const ls_catalog_constraint *constraint) {
    for (LS_EACH(const ls_catalog_constraint, other, of->after->constraints))
        if (other->kind == constraint->kind && other->referenced == constraint->referenced &&
            names(of->judging->arena, other, of->new->name))
            return true;
    return false;
}

/* CHECK (c IS NOT NULL) is told as NOT NULL. */
static bool is_of_null(const ls_catalog_constraint *constraint) {
    return constraint->expression != NULL && constraint->expression->kind == LS_EXPR_IS_NULL;
}

static void compare_constraints(succession *of) {
    for (LS_EACH(const ls_catalog_constraint, constraint, of->before->constraints)) {
        if (!names(of->judging->arena, constraint, of->old->name) || is_of_null(constraint) ||
            is_kept(of, constraint))
            continue;
        bool is_check = constraint->kind == LS_CONSTRAINT_CHECK;
        lose(of, is_check ? "check" : "foreign_key", is_check ? "the check" : "the foreign key",
             constraint->name);
    }
}

static void compare_column(succession *of) {
    ls_arena *arena = of->judging->arena;
    if (ls_type_narrows(&of->old->type, &of->new->type))
        lose(of, "type", "room for all of its values", NULL);
    if (ls_wants_value(arena, of->before, of->old) && !ls_wants_value(arena, of->after, of->new))
        lose(of, "not_null", "NOT NULL", NULL);
    bool had_default = of->old->default_value != NULL || of->old->identity != 0;
    if (had_default && of->new->default_value == NULL && of->new->identity == 0)
        lose(of, "default", "the default", NULL);
}

/* --- Drops ----------------------------------------------------------------------------------- */

static void judge_drop(succession *of) {
    const ls_plan_facts *facts = of->judging->facts;
    const char *name = ls_effect_column(of->judging->arena, of->drop);
    of->before = ls_state_of(facts, of->drop->relation, 0);
    if (of->before == NULL || name == NULL)
        return;
    of->old = ls_relation_column(of->before, name);
    if (of->old != NULL)
        find_successor(of);
    if (of->new == NULL)
        return;
    compare_column(of);
    compare_indexes(of);
    compare_constraints(of);
    if (of->lost.count > 0)
        tell(of);
}

void ls_judge_successors(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                succession of = {
                    .judging = judging, .stage = stage, .step = step, .drop = one->effect};
                if (one->effect->kind == LS_EFFECT_DROP_COLUMN)
                    judge_drop(&of);
            }
}
