/*
 * repeated.c - ALTER TABLE after ALTER TABLE.
 *
 * Two in a row that alter one table could often be one: the lock is asked for once, and what has to
 * read or write all rows does it once (measured: two TYPE changes in one ALTER TABLE are one
 * rewrite, in two they are two). Not so where it changes what is locked or done: actions of another
 * lock mode, a foreign key (it locks another table too), DROP CONSTRAINT beside SET NOT NULL (the
 * constraint may be the proof, and it goes first: measured), or actions on the same thing.
 */
#include "effects/replay_internal.h"

#include <string.h>

static const char *name_of(const ls_action *action) {
    if (action->name != NULL)
        return action->name;
    return action->column != NULL       ? action->column->name
           : action->constraint != NULL ? action->constraint->name
                                        : NULL;
}

static bool references(const ls_action *action) {
    if (action->constraint != NULL && action->constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
        return true;
    if (action->column == NULL)
        return false;
    for (LS_EACH(const ls_constraint, clause, action->column->constraints))
        if (clause->kind == LS_CONSTRAINT_FOREIGN_KEY)
            return true;
    return false;
}

static bool is_proof_and_use(const ls_action *one, const ls_action *other) {
    return one->kind == LS_ALTER_DROP_CONSTRAINT && other->kind == LS_ALTER_SET_NOT_NULL;
}

static bool exclude_each_other(const ls_action *one, const ls_action *other) {
    const char *name = name_of(one), *other_name = name_of(other);
    bool same = name != NULL && other_name != NULL && strcmp(name, other_name) == 0;
    return same || is_proof_and_use(one, other) || is_proof_and_use(other, one);
}

/* Actions on columns and constraints of this table alone. */
static bool are_plain(const ls_alter_table *alter) {
    for (LS_EACH(const ls_action, action, alter->actions))
        if (action->kind > LS_ALTER_VALIDATE_CONSTRAINT || references(action))
            return false;
    return true;
}

static bool fit_together(const ls_alter_table *one, const ls_alter_table *other) {
    if (one->only != other->only || !are_plain(one) || !are_plain(other))
        return false;
    for (LS_EACH(const ls_action, action, one->actions))
        for (LS_EACH(const ls_action, beside, other->actions))
            if (exclude_each_other(action, beside))
                return false;
    return true;
}

static bool makes_passes(const ls_outcome *outcome, ls_relation_id relation) {
    for (LS_EACH(const ls_work_done, done, outcome->work))
        if (done->relation.id == relation &&
            (done->work == LS_WORK_SCAN || done->work == LS_WORK_REWRITE))
            return true;
    return false;
}

/* Both in one would be quicker: one pass for two, or one wait for the lock. */
static bool is_mergeable(const ls_builder *builder, const ls_last_alteration *last,
                         const ls_last_alteration *this) {
    if (last->statement == NULL || last->statement->number + 1 != this->statement->number ||
        last->relation != this->relation || last->mode != this->mode)
        return false;
    bool gains = !builder->outcome->in_transaction || (last->passes && this->passes);
    return gains && fit_together(&last->statement->alter_table, &this->statement->alter_table);
}

void ls_note_alteration(ls_builder *builder) {
    const ls_statement *statement = builder->statement;
    if (!ls_is_wanted(builder, LS_EFFECT_ALTER_TABLE) ||
        statement->kind != LS_STATEMENT_ALTER_TABLE ||
        statement->alter_table.kind != LS_OBJECT_TABLE || ls_is_refused(builder))
        return;
    ls_last_alteration this = {.statement = statement,
                               .relation = ls_known(builder, &statement->alter_table.name)};
    this.mode = ls_outcome_lock(builder->outcome, this.relation);
    this.passes = makes_passes(builder->outcome, this.relation);
    ls_last_alteration *last = &builder->replay->altered;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_ALTER_TABLE, statement->at, this.relation);
    ls_set_number(builder, effect, LS_ATTRIBUTE_COUNT, statement->alter_table.actions.count);
    bool mergeable = is_mergeable(builder, last, &this);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_MERGEABLE, mergeable);
    if (mergeable)
        ls_add_label(builder, effect, last->statement->source, last->statement->at,
                     "alters the same table");
    *last = this;
}
