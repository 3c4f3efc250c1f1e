#include "plan/inverse.h"

#include "plan/judging.h"
#include "plan/states.h"

#include <string.h>

typedef struct {
    ls_arena *arena;
    const ls_relation *before, *now;
    const char *difference; /* the first; NULL: none */
    const char *taken;      /* the first column that is gone; NULL: none */
} comparison;

static void differ(comparison *of, const char *format, const char *what) {
    if (of->difference == NULL)
        of->difference =
            ls_arena_format(of->arena, format, what, ls_shown_relation(of->before->full_name));
}

static bool same_type(const ls_data_type *one, const ls_data_type *other) {
    return strcmp(one->name, other->name) == 0 && one->dimensions == other->dimensions &&
           one->modifiers[0] == other->modifiers[0] && one->modifiers[1] == other->modifiers[1];
}

static void compare_columns(comparison *of) {
    for (LS_EACH(const ls_catalog_column, column, of->before->columns)) {
        const ls_catalog_column *now = ls_relation_column(of->now, column->name);
        if (now == NULL) {
            differ(of, "the column %s of %s is gone", column->name);
            of->taken = of->taken == NULL ? column->name : of->taken;
        } else if (!same_type(&column->type, &now->type))
            differ(of, "the type of the column %s of %s is another one", column->name);
        else if (column->not_null != now->not_null)
            differ(of, "NOT NULL of the column %s of %s is not as it was", column->name);
        else if ((column->default_value == NULL) != (now->default_value == NULL))
            differ(of, "the default of the column %s of %s is not as it was", column->name);
    }
    for (LS_EACH(const ls_catalog_column, column, of->now->columns))
        if (ls_relation_column(of->before, column->name) == NULL)
            differ(of, "the column %s of %s is left", column->name);
}

/* NOT NULL, which 18 has as a constraint too, is a property of its column. */
static bool lacks(const ls_relation *relation, const ls_catalog_constraint *constraint) {
    return constraint->kind != LS_CONSTRAINT_NOT_NULL &&
           ls_relation_constraint(relation, constraint->name) == NULL;
}

static void compare_constraints(comparison *of) {
    for (LS_EACH(const ls_catalog_constraint, constraint, of->before->constraints))
        if (lacks(of->now, constraint))
            differ(of, "the constraint %s of %s is gone", constraint->name);
    for (LS_EACH(const ls_catalog_constraint, constraint, of->now->constraints))
        if (lacks(of->before, constraint))
            differ(of, "the constraint %s of %s is left", constraint->name);
}

static void compare_triggers(comparison *of) {
    for (LS_EACH(const ls_catalog_trigger, trigger, of->before->triggers))
        if (ls_relation_trigger(of->now, trigger->name) == NULL)
            differ(of, "the trigger %s of %s is gone", trigger->name);
    for (LS_EACH(const ls_catalog_trigger, trigger, of->now->triggers))
        if (ls_relation_trigger(of->before, trigger->name) == NULL)
            differ(of, "the trigger %s of %s is left", trigger->name);
}

static void compare_names(comparison *of) {
    if (strcmp(of->before->full_name, of->now->full_name) != 0)
        differ(of, "%s is not called %s any more", of->now->name);
    if (of->before->indexes.count < of->now->indexes.count)
        differ(of, "%s of %s is left", "an index");
    if (of->before->indexes.count > of->now->indexes.count)
        differ(of, "%s of %s is gone", "an index");
}

static const char *compare(ls_plan_facts *facts, ls_stage_facts *stage, ls_relation_id id) {
    const unsigned number = stage->stage->number;
    comparison of = {
        .arena = facts->arena,
        .before = ls_states_at(facts->states, id, number - 1),
        .now = ls_catalog_relation(facts->catalog, id),
    };
    if (of.before == NULL && of.now != NULL)
        return of.now->kind == LS_RELATION_INDEX || of.now->kind == LS_RELATION_SEQUENCE
                   ? NULL
                   : ls_arena_format(facts->arena, "%s is left",
                                     ls_shown_relation(of.now->full_name));
    if (of.before != NULL && of.now == NULL && of.before->kind == LS_RELATION_TABLE)
        return ls_arena_format(facts->arena, "%s is gone", ls_shown_relation(of.before->full_name));
    if (of.before == NULL || of.now == NULL || !of.before->columns_complete ||
        of.before->kind == LS_RELATION_INDEX)
        return NULL;
    compare_names(&of);
    compare_columns(&of);
    compare_constraints(&of);
    compare_triggers(&of);
    if (of.taken != NULL && stage->taken_by_down.column == NULL) {
        stage->taken_by_down.relation = id;
        stage->taken_by_down.column = of.taken;
    }
    return of.difference;
}

static void replay_down(ls_plan_facts *facts, const ls_stage_facts *stage) {
    const ls_script *down = stage->file->down;
    ls_replay_begin_file(facts->replay, down, ls_plan_mode_at(stage->file, 0), false);
    for (LS_EACH(ls_statement *const, statement, down->statements))
        ls_replay_statement(facts->replay, *statement);
    ls_replay_end_file(facts->replay);
}

const char *ls_left_by_down(ls_plan_facts *facts, ls_stage_facts *stage) {
    const char *difference = NULL;
    ls_rehearsal *rehearsal = ls_replay_rehearse(facts->replay);
    replay_down(facts, stage);
    const ls_relation_ids touched = ls_states_touched(facts->states);
    for (size_t i = 0; i < touched.count && difference == NULL; i++)
        difference = compare(facts, stage, touched.items[i]);
    ls_replay_rehearsed(facts->replay, rehearsal);
    return difference;
}
