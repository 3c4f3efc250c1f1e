/*
 * judge_constraints.c - constraints and unique indexes: proof before use, two steps instead of one.
 */
#include "plan/columns.h"
#include "plan/copies.h"
#include "plan/judging.h"
#include "plan/stale_keys.h"

#include <string.h>

typedef struct {
    ls_plan_judging *judging;
    const ls_stage_facts *stage;
    const ls_plan_step *step;
    const ls_effect *effect;
    const ls_relation *before, *after; /* the table; NULL: not there */
} constraint_case;

static const char *constraint_name(const constraint_case *of, const ls_effect *effect) {
    return ls_unquoted(of->judging->arena, ls_effect_text(effect, LS_ATTRIBUTE_CONSTRAINT));
}

static ls_effect *tell(const constraint_case *of, const char *cause, const char *label) {
    ls_effect *effect = ls_tell_problem(of->judging, of->stage, cause);
    ls_tell_relation(of->judging, effect, of->after != NULL ? of->after : of->before);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_COLUMN,
                 ls_effect_column(of->judging->arena, of->effect));
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_CONSTRAINT, constraint_name(of, of->effect));
    ls_tell_place(of->judging, effect, of->step, of->effect->at, label);
    return effect;
}

static bool is_foreign_key(const ls_effect *effect) {
    const char *kind = ls_effect_text(effect, LS_ATTRIBUTE_CONSTRAINT_KIND);
    return kind != NULL && strcmp(kind, "foreign_key") == 0;
}

static bool is_old_table(const constraint_case *of) {
    return of->before != NULL &&
           !ls_is_new_table(of->judging->facts, of->before->id, of->stage->stage->number);
}

/* --- Not null -------------------------------------------------------------------------------- */

static void judge_not_null(const constraint_case *of) {
    if (of->effect->kind == LS_EFFECT_SET_NOT_NULL && is_old_table(of) &&
        !ls_effect_flag(of->effect, LS_ATTRIBUTE_PROVEN) &&
        !ls_effect_flag(of->effect, LS_ATTRIBUTE_ALREADY) &&
        !ls_effect_flag(of->effect, LS_ATTRIBUTE_NEW_COLUMN))
        ls_tell_flag(of->judging,
                     tell(of, "not-null-without-proof", "reads every row under ACCESS EXCLUSIVE"),
                     LS_ATTRIBUTE_LARGE,
                     ls_is_configured(&of->judging->rollout->large_tables, of->before));
}

/* --- Two steps ------------------------------------------------------------------------------- */

static bool is_settled_later(const constraint_case *of) {
    const char *name = constraint_name(of, of->effect);
    for (unsigned next = of->stage->stage->number; next <= of->judging->facts->stages.count; next++)
        for (LS_EACH(const ls_plan_step, step, ls_stage_numbered(of->judging->facts, next)->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const ls_effect_kind kind = one->effect->kind;
                const char *other = constraint_name(of, one->effect);
                bool settles =
                    kind == LS_EFFECT_VALIDATE_CONSTRAINT || kind == LS_EFFECT_DROP_CONSTRAINT;
                if (kind == LS_EFFECT_DROP_TABLE && one->effect->relation == of->effect->relation)
                    return true;
                if (settles && other != NULL && name != NULL && strcmp(name, other) == 0)
                    return true;
            }
    return false;
}

static const ls_plan_step *validated_with(const constraint_case *of) {
    const char *name = constraint_name(of, of->effect);
    for (LS_EACH(const ls_plan_step, step, of->stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects)) {
            const char *other = one->effect->kind == LS_EFFECT_VALIDATE_CONSTRAINT
                                    ? constraint_name(of, one->effect)
                                    : NULL;
            if (step->transaction == of->step->transaction && other != NULL && name != NULL &&
                strcmp(name, other) == 0)
                return step;
        }
    return NULL;
}

static void judge_steps(const constraint_case *of) {
    if (of->effect->kind != LS_EFFECT_ADD_CONSTRAINT ||
        !ls_effect_flag(of->effect, LS_ATTRIBUTE_NOT_VALID))
        return;
    if (!is_settled_later(of))
        tell(of, "not-valid-for-ever", "is not validated by any stage");
    const ls_plan_step *validation = validated_with(of);
    if (validation == NULL)
        return;
    ls_effect *effect = tell(of, "add-and-validate-together", "takes the strong lock");
    ls_tell_place(of->judging, effect, validation, validation->statement->at,
                  "reads every row under it");
}

/* Where the server takes it, it is not refused. */
static void judge_partitioned(const constraint_case *of) {
    if (of->effect->kind == LS_EFFECT_ADD_CONSTRAINT && is_foreign_key(of->effect) &&
        of->before != NULL && of->before->kind == LS_RELATION_PARTITIONED_TABLE &&
        ls_effect_flag(of->effect, LS_ATTRIBUTE_NOT_VALID) && of->step->refused != NULL)
        tell(of, "fk-not-valid-partitioned", "is refused on a partitioned table");
}

/* --- Unique indexes -------------------------------------------------------------------------- */

static bool is_cleaned_before(const constraint_case *of) {
    for (LS_EACH(const ls_stage_facts, stage, of->judging->facts->stages)) {
        if (stage == of->stage)
            return false;
        bool changes = false;
        for (LS_EACH(const ls_row_change, change, stage->changes))
            changes = changes || change->relation == of->effect->relation;
        if (changes || ls_stage_is(stage, LS_PLAN_CHECK))
            return true;
    }
    return false;
}

static bool is_key_column(const constraint_case *of, const char *column) {
    for (size_t i = 0; i < of->before->indexes.count; i++) {
        const ls_relation *index = ls_state_of(of->judging->facts, of->before->indexes.items[i],
                                               of->stage->stage->number - 1);
        if (index != NULL && index->unique && index->elements.count == 1 &&
            index->elements.items[0].column != NULL &&
            strcmp(index->elements.items[0].column, column) == 0)
            return true;
    }
    return false;
}

static bool holds_key(const constraint_case *of) {
    const ls_attribute_value *columns = ls_effect_value(of->effect, LS_ATTRIBUTE_COLUMNS);
    for (size_t i = 0; columns != NULL && i < columns->words->count; i++)
        if (is_key_column(of, ls_unquoted(of->judging->arena, columns->words->items[i])))
            return true;
    return false;
}

static bool is_written(const constraint_case *of, const ls_live_version *version,
                       const char *column) {
    const ls_plan_facts *facts = of->judging->facts;
    if (ls_version_writes(facts, version, of->before, column))
        return true;
    for (LS_EACH(const ls_catalog_column, source, of->before->columns))
        if (ls_is_carried_over(facts, of->before, column, source->name, of->stage->stage->number) &&
            !is_key_column(of, source->name) &&
            ls_version_writes(facts, version, of->before, source->name))
            return true;
    return false;
}

/* A version from before the plan that writes a part of what is to be unique. */
static const ls_live_version *careless_writer(const constraint_case *of) {
    const ls_plan_facts *facts = of->judging->facts;
    const ls_attribute_value *columns = ls_effect_value(of->effect, LS_ATTRIBUTE_COLUMNS);
    for (LS_EACH(const ls_live_version, version, facts->versions))
        for (size_t i = 0; columns != NULL && i < columns->words->count; i++)
            if (version->today && ls_is_live(facts, of->stage->live, version) &&
                is_written(of, version, ls_unquoted(of->judging->arena, columns->words->items[i])))
                return version;
    return NULL;
}

static void judge_enforcement(const constraint_case *of, const char *index) {
    const ls_live_version *writer = careless_writer(of);
    if (writer == NULL)
        return;
    ls_effect *effect = tell(of, "unique-enforced-early", "refuses duplicates from here on");
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_INDEX, index);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_VERSION, writer->label);
}

/* A version of today's that writes all of its columns, and knows of no rule for them. */
static bool may_repeat(const constraint_case *of, const ls_live_version *version,
                       const ls_attribute_value *columns) {
    if (!version->today || !ls_is_live(of->judging->facts, of->stage->live, version))
        return false;
    for (size_t i = 0; i < columns->words->count; i++)
        if (!is_written(of, version, ls_unquoted(of->judging->arena, columns->words->items[i])))
            return false;
    return columns->words->count > 0;
}

/* Writers meet a unique index from its build on, and what they write may make the build fail. False
 * if none of them writes all of its columns. */
static bool judge_unique(const constraint_case *of) {
    const ls_attribute_value *columns = ls_effect_value(of->effect, LS_ATTRIBUTE_COLUMNS);
    if (columns == NULL)
        return false;
    for (LS_EACH(const ls_live_version, version, of->judging->facts->versions)) {
        if (!may_repeat(of, version, columns))
            continue;
        ls_effect *effect = ls_tell(of->judging, LS_EFFECT_PLAN_VIOLATION, of->stage);
        ls_tell_text(of->judging, effect, LS_ATTRIBUTE_CAUSE, "constrain-before-writers");
        ls_tell_text(of->judging, effect, LS_ATTRIBUTE_WHAT,
                     ls_arena_format(
                         of->judging->arena,
                         "%s is made unique while %s can still write what is there",
                         ls_shown_column(of->judging->arena, of->before, columns->words->items[0]),
                         version->label));
        ls_tell_place(of->judging, effect, of->step, of->effect->at, "is unique from here on");
        return true;
    }
    return false;
}

static void judge_index(const constraint_case *of) {
    if (of->effect->kind != LS_EFFECT_CREATE_INDEX || !is_old_table(of))
        return;
    const char *index =
        ls_unquoted(of->judging->arena, ls_effect_text(of->effect, LS_ATTRIBUTE_INDEX));
    if (ls_effect_flag(of->effect, LS_ATTRIBUTE_CONCURRENTLY) &&
        ls_effect_flag(of->effect, LS_ATTRIBUTE_IF_NOT_EXISTS) &&
        !ls_effect_flag(of->effect, LS_ATTRIBUTE_PRECEDED_BY_DROP)) {
        ls_effect *effect = tell(of, "index-retry-hides-invalid", "skips an index that is broken");
        ls_tell_text(of->judging, effect, LS_ATTRIBUTE_INDEX, index);
    }
    if (ls_effect_flag(of->effect, LS_ATTRIBUTE_UNIQUE) && !holds_key(of) && !judge_unique(of) &&
        !ls_judge_stale_key(of->judging, of->stage, of->step, of->effect))
        judge_enforcement(of, index);
    if (ls_effect_flag(of->effect, LS_ATTRIBUTE_UNIQUE) && !is_cleaned_before(of) &&
        !holds_key(of)) {
        ls_effect *effect = tell(of, "unique-without-dedupe", "fails on the first duplicate");
        ls_tell_text(of->judging, effect, LS_ATTRIBUTE_INDEX, index);
    }
}

/* --- Foreign keys ---------------------------------------------------------------------------- */

static void judge_validation(const constraint_case *of) {
    if (of->effect->kind == LS_EFFECT_VALIDATE_CONSTRAINT && is_foreign_key(of->effect) &&
        is_old_table(of) && !is_cleaned_before(of))
        tell(of, "fk-orphans", "fails on the first row without its parent");
}

/* The flag is not there where nobody knows all indexes of the table. */
static void judge_foreign_key(const constraint_case *of) {
    if (of->effect->kind != LS_EFFECT_NEW_FOREIGN_KEY || !is_old_table(of))
        return;
    const ls_attribute_value *columns = ls_effect_value(of->effect, LS_ATTRIBUTE_COLUMNS);
    const ls_attribute_value *indexed = ls_effect_value(of->effect, LS_ATTRIBUTE_INDEXED);
    if (columns == NULL || columns->words->count == 0 || indexed == NULL || indexed->number != 0)
        return;
    ls_effect *effect = tell(of, "fk-without-index", "references another table");
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_COLUMN,
                 ls_unquoted(of->judging->arena, columns->words->items[0]));
}

/* --- Swaps ----------------------------------------------------------------------------------- */

static bool is_in_key(const ls_relation *table, const char *column) {
    for (LS_EACH(const ls_catalog_constraint, constraint, table->constraints))
        if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY &&
            ls_has_word(&constraint->columns, column))
            return true;
    return false;
}

/* The column that has the name after the swap against the one that had it before. */
static const char *lost_in_swap(const constraint_case *of, const char *name) {
    const ls_plan_facts *facts = of->judging->facts;
    ls_arena *arena = of->judging->arena;
    const ls_catalog_column *old = ls_relation_column(of->before, name);
    const ls_catalog_column *new = ls_relation_column(of->after, name);
    unsigned number = of->stage->stage->number;
    if (old == NULL || new == NULL)
        return NULL;
    if (ls_wants_value(arena, of->before, old) && !ls_wants_value(arena, of->after, new))
        return "NOT NULL";
    bool had_default = old->default_value != NULL || old->identity != 0;
    if (had_default && new->default_value == NULL &&new->identity == 0)
        return old->identity != 0 ? "the identity" : "the default";
    if (ls_has_index_on(facts, of->before, name, number - 1) &&
        !ls_has_index_on(facts, of->after, name, number))
        return "the index";
    if (is_in_key(of->before, name) && !is_in_key(of->after, name))
        return "the foreign key";
    return NULL;
}

static void judge_swap(const constraint_case *of) {
    if (of->effect->kind != LS_EFFECT_RENAME_COLUMN || of->before == NULL || of->after == NULL ||
        !ls_is_swap(of->stage, of->step->transaction))
        return;
    const char *name =
        ls_unquoted(of->judging->arena, ls_effect_text(of->effect, LS_ATTRIBUTE_NEW_NAME));
    const char *lost = name == NULL ? NULL : lost_in_swap(of, name);
    if (lost == NULL)
        return;
    ls_effect *effect = tell(of, "swap-loses-properties", "takes the name of another column");
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_COLUMN, name);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_WHAT, lost);
}

void ls_judge_constraints(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                unsigned number = stage->stage->number;
                const ls_relation_id id = one->effect->relation;
                const constraint_case of = {
                    .judging = judging,
                    .stage = stage,
                    .step = step,
                    .effect = one->effect,
                    .before = ls_state_of(judging->facts, id, number - 1),
                    .after = ls_state_of(judging->facts, id, number),
                };
                judge_not_null(&of);
                judge_steps(&of);
                judge_partitioned(&of);
                judge_index(&of);
                judge_validation(&of);
                judge_foreign_key(&of);
                judge_swap(&of);
            }
}
