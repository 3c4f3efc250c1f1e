#include "plan/copies.h"

#include <string.h>

static bool is_same(const char *one, const char *other) {
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

static bool changes_copy(const ls_plan_facts *facts, const ls_relation *table, const char *column,
                         const ls_relation *from, const char *source) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_row_change, change, stage->changes))
            for (LS_EACH(const ls_assignment, one, change->assignments)) {
                bool there = one->source_table == NULL
                                 ? table->id == from->id
                                 : strcmp(one->source_table, from->full_name) == 0;
                if (there && change->relation == table->id && is_same(one->column, column) &&
                    is_same(one->source, source))
                    return true;
            }
    return false;
}

static bool goes_to(const ls_trigger_assignment *assignment, const ls_plan_trigger *trigger,
                    const ls_relation *table) {
    if (assignment->table.name == NULL)
        return trigger->relation == table->id;
    return is_same(assignment->table.name, table->name) &&
           (assignment->table.schema == NULL || is_same(assignment->table.schema, table->schema));
}

static bool trigger_copies(const ls_plan_trigger *trigger, const ls_relation *table,
                           const char *column, const char *source) {
    for (LS_EACH(const ls_trigger_assignment, one, trigger->body.assignments))
        if (goes_to(one, trigger, table) && is_same(one->target, column) &&
            is_same(one->source, source))
            return true;
    return false;
}

bool ls_is_copy_of(const ls_plan_facts *facts, const ls_relation *table, const char *column,
                   const ls_relation *from, const char *source) {
    for (LS_EACH(const ls_plan_trigger, trigger, facts->triggers))
        if (trigger->relation == from->id && trigger_copies(trigger, table, column, source))
            return true;
    return changes_copy(facts, table, column, from, source);
}

bool ls_is_carried_over(const ls_plan_facts *facts, const ls_relation *table, const char *column,
                        const char *source, unsigned stage) {
    for (LS_EACH(const ls_plan_trigger, trigger, facts->triggers))
        if (trigger->relation == table->id && trigger->stage < stage &&
            ls_relation_trigger(table, trigger->name) != NULL &&
            trigger_copies(trigger, table, column, source))
            return true;
    return false;
}
