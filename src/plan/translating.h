/*
 * translating.h - between the parts of the translation: the model as far as it is made.
 */
#ifndef LS_PLAN_TRANSLATING_H
#define LS_PLAN_TRANSLATING_H

#include "plan/translate.h"

/* Where a trigger of the facts stands in the model: it may be several there, or none. */
typedef struct {
    ls_model_index first;
    uint32_t count;
} ls_model_range;

typedef struct {
    ls_arena *arena;
    const ls_plan_facts *facts;
    ls_model *model;
    LS_VECTOR(const ls_expression *) defaults; /* the constant ones, by number - 1 */
    ls_model_range *triggers;                  /* by trigger of the facts */
} ls_translation;

/* The carrier of a column by its table's full name; one that is not known is added. */
ls_model_index ls_carrier(ls_translation *translation, const char *table, const char *column);

/* The same where a column of the relation may be of no interest: LS_NONE if it is not known. */
ls_model_index ls_known_carrier(const ls_translation *translation, const char *table,
                                const char *column);

/* The promise that a constraint on the column is kept; LS_NONE if no constraint asks for one. */
ls_model_index ls_property_of(const ls_translation *translation, ls_model_index carrier);
ls_model_index ls_add_property(ls_translation *translation, ls_model_index carrier,
                               bool only_when_written);

ls_model_index ls_model_table(ls_translation *translation, const char *table);

/* What a column gets where nothing is said. */
ls_model_default ls_default_of(ls_translation *translation, const ls_catalog_column *column);

/* A statement of a stage on its way into the model. */
typedef struct {
    ls_translation *translation;
    const ls_stage_facts *stage;
    const ls_plan_step *step;
    ls_model_transaction *into;
} ls_stage_translation;

void ls_act_on(const ls_stage_translation *to, ls_model_act kind, ls_model_index carrier);

/* The attribute without the quotes that SQL needs. */
const char *ls_translated_text(const ls_stage_translation *to, const ls_effect *effect,
                               ls_attribute attribute);

/* --- The parts ------------------------------------------------------------------------------- */

void ls_translate_properties(ls_translation *translation);
void ls_translate_triggers(ls_translation *translation);
void ls_translate_new_constraint(const ls_stage_translation *to, const ls_effect *effect);
void ls_translate_constraint_change(const ls_stage_translation *to, const ls_effect *effect,
                                    ls_model_act kind);
void ls_translate_stage(ls_translation *translation, const ls_stage_facts *stage);
void ls_translate_backfill(ls_translation *translation, const ls_stage_facts *stage,
                           ls_model_stage *into);
void ls_translate_copies(ls_translation *translation, const ls_stage_facts *stage,
                         const ls_plan_step *step, ls_model_transaction *into);
void ls_translate_gates(ls_translation *translation, const ls_stage_facts *stage,
                        ls_model_stage *into);
void ls_translate_versions(ls_translation *translation);

#endif
