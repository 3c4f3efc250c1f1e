/*
 * triggers.h - the row triggers of a plan's tables, and what their functions assign.
 */
#ifndef LS_PLAN_TRIGGERS_H
#define LS_PLAN_TRIGGERS_H

#include "plan/facts.h"

/* Notes those that are there before the first stage. */
void ls_note_old_triggers(ls_plan_facts *facts);

/* Notes those that a statement has just made, or whose function it has replaced. The catalog is
 * that behind the statement. */
void ls_note_triggers(ls_plan_facts *facts, const ls_plan_step *step);

/* The one of that name that is there when the stage begins; NULL: none. */
const ls_plan_trigger *ls_trigger_before(const ls_plan_facts *facts, ls_relation_id relation,
                                         const char *name, unsigned stage);

/* It copies between columns, on writes that versions do. */
bool ls_is_sync_trigger(const ls_plan_trigger *trigger);

/* It fires on an UPDATE that sets the column. */
bool ls_trigger_sees_update(const ls_plan_trigger *trigger, const char *column);

/* Why the trigger loses what is written, or what it assigns; NULL: it does not. */
const char *ls_loss_of_trigger(const ls_plan_trigger *trigger);

#endif
