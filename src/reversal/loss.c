/*
 * loss.c - rows, values and labels that are gone for good.
 *
 * Whether a statement destroys anything is what effects/undo.c says of its effects. What it
 * destroys of a thing that the same migration has made was never there. A down that changes rows of
 * the same table may bring values back from where the up has put them: that is believed.
 */
#include "reversal/loss.h"

#include "effects/undo.h"

#include <string.h>

/* How the loss is called; {relation}, {column} and {value} stand for attributes. */
typedef struct {
    ls_effect_kind kind;
    const char *before, *after; /* around the name */
    ls_attribute name, part;    /* "users", and what stands behind its dot; LS_ATTRIBUTES_END: none
                                 */
    bool may_come_back;
} loss_row;

static const loss_row rows[] = {
    {LS_EFFECT_DROP_TABLE, "the rows of ", "", LS_ATTRIBUTE_RELATION, LS_ATTRIBUTES_END, true},
    {LS_EFFECT_DROP_COLUMN, "the values of ", "", LS_ATTRIBUTE_RELATION, LS_ATTRIBUTE_COLUMN, true},
    {LS_EFFECT_DROP_SCHEMA, "what is in schema ", "", LS_ATTRIBUTE_SCHEMA, LS_ATTRIBUTES_END,
     false},
    {LS_EFFECT_TRUNCATE, "the rows of ", "", LS_ATTRIBUTE_RELATION, LS_ATTRIBUTES_END, true},
    {LS_EFFECT_DELETE, "the deleted rows of ", "", LS_ATTRIBUTE_RELATION, LS_ATTRIBUTES_END, true},
    {LS_EFFECT_UPDATE, "the values that are overwritten in ", "", LS_ATTRIBUTE_RELATION,
     LS_ATTRIBUTES_END, true},
    {LS_EFFECT_MERGE, "the rows that are merged over in ", "", LS_ATTRIBUTE_RELATION,
     LS_ATTRIBUTES_END, true},
    {LS_EFFECT_ALTER_COLUMN_TYPE, "the values of ", " as they were", LS_ATTRIBUTE_RELATION,
     LS_ATTRIBUTE_COLUMN, true},
    {LS_EFFECT_ADD_ENUM_VALUE, "the labels of enum type ", " without the new one",
     LS_ATTRIBUTE_TYPE, LS_ATTRIBUTES_END, false},
};

static const loss_row *row_of(const ls_effect *effect) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kind == effect->kind)
            return &rows[i];
    return NULL;
}

/* --- What was never there -------------------------------------------------------------------- */

static bool is_new(const ls_effect *effect) {
    static const ls_attribute flags[] = {LS_ATTRIBUTE_NEW_COLUMN, LS_ATTRIBUTE_NEW_TYPE,
                                         LS_ATTRIBUTE_NEW_SCHEMA_OBJECT};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (ls_effect_flag(effect, flags[i]))
            return true;
    const ls_attribute_value *existed = ls_effect_value(effect, LS_ATTRIBUTE_RELATION_EXISTED);
    return existed != NULL && existed->number == 0;
}

/* An UPDATE that only fills columns which the migration has added. */
static bool fills_new_columns(const ls_possible_losses *losses, const ls_outcome *outcome,
                              const ls_effect *effect) {
    const ls_relation *table = ls_catalog_relation(losses->catalog, effect->relation);
    const ls_query *query = outcome->statement->query;
    if (effect->kind != LS_EFFECT_UPDATE || table == NULL ||
        outcome->statement->kind != LS_STATEMENT_QUERY || query->targets.count == 0)
        return false;
    for (LS_EACH(const ls_target, target, query->targets)) {
        const ls_catalog_column *column = ls_relation_column(table, target->name);
        if (column == NULL || !column->birth.known || column->birth.source != outcome->source)
            return false;
    }
    return true;
}

/* A cast that loses nothing is no loss; whether an expression does is not known, and believed. */
static bool keeps_values(const ls_effect *effect) {
    return effect->kind == LS_EFFECT_ALTER_COLUMN_TYPE &&
           !ls_effect_flag(effect, LS_ATTRIBUTE_NARROWS) &&
           !ls_effect_flag(effect, LS_ATTRIBUTE_VALUES_LOST);
}

/* --- Losses ---------------------------------------------------------------------------------- */

static void note_loss(ls_possible_losses *losses, const ls_outcome *outcome,
                      const ls_effect *effect) {
    const loss_row *row = row_of(effect);
    const char *name = row == NULL ? NULL : ls_effect_text(effect, row->name);
    if (name == NULL || ls_undo_of(effect) < LS_UNDO_LOSES_DATA || is_new(effect) ||
        keeps_values(effect) || fills_new_columns(losses, outcome, effect))
        return;
    const char *part = row->part == LS_ATTRIBUTES_END ? NULL : ls_effect_text(effect, row->part);
    const ls_possible_loss loss = {
        .loss = {.statement = outcome->statement,
                 .what = ls_arena_join(losses->arena, row->before, name, part == NULL ? "" : ".",
                                       part == NULL ? "" : part, row->after, NULL)},
        .relation = ls_arena_string(losses->arena, ls_effect_text(effect, LS_ATTRIBUTE_RELATION)),
        .may_come_back = row->may_come_back,
    };
    LS_PUSH(losses->arena, &losses->items, loss);
}

void ls_note_losses(ls_possible_losses *losses, const ls_outcome *outcome) {
    for (uint32_t i = 0; outcome->statement != NULL && i < outcome->effects.count; i++)
        note_loss(losses, outcome, outcome->effects.items[i]);
}

static bool changes_rows(ls_effect_kind kind) {
    return kind == LS_EFFECT_INSERT || kind == LS_EFFECT_UPDATE || kind == LS_EFFECT_MERGE ||
           kind == LS_EFFECT_COPY_FROM;
}

void ls_note_restored(ls_possible_losses *losses, const ls_outcome *outcome) {
    for (uint32_t i = 0; i < outcome->effects.count; i++) {
        const ls_effect *effect = outcome->effects.items[i];
        const char *relation = ls_effect_text(effect, LS_ATTRIBUTE_RELATION);
        if (!changes_rows(effect->kind) || relation == NULL)
            continue;
        for (LS_EACH(ls_possible_loss, loss, losses->items))
            loss->comes_back |= loss->may_come_back && loss->relation != NULL &&
                                strcmp(loss->relation, relation) == 0;
    }
}

ls_losses ls_certain_losses(const ls_possible_losses *losses) {
    ls_losses certain = {0};
    for (LS_EACH(const ls_possible_loss, loss, losses->items))
        if (!loss->comes_back)
            LS_PUSH(losses->arena, &certain, loss->loss);
    return certain;
}
