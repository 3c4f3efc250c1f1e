#include "plan/model/cause.h"

static const char *const RULES[] = {
#define LS_CAUSE(name, id) [name] = id,
    LS_CAUSES(LS_CAUSE)
#undef LS_CAUSE
};

const char *ls_cause_rule(ls_cause cause) {
    return RULES[cause];
}

static ls_blame blame(ls_cause cause, ls_model_index stage, ls_local carrier) {
    return (ls_blame){.cause = cause,
                      .stage = stage,
                      .carrier = carrier,
                      .trigger = LS_NOT_IN_GROUP,
                      .writer = LS_NOT_IN_GROUP};
}

/* --- The SQL that did it --------------------------------------------------------------------- */

typedef struct {
    const ls_group_action *action; /* NULL: nothing did */
    ls_model_index stage;
} deed;

typedef bool is_deed(const ls_group_action *action, ls_local name);

/* The last action before the end that did something to what the carrier is now called. */
static deed last_deed(const ls_history *history, ls_local carrier, is_deed *is) {
    ls_local name = carrier;
    for (uint32_t i = history->events.count - 1; i-- > 1 && name != LS_NOT_IN_GROUP;) {
        const ls_event *event = &history->events.items[i];
        if (event->step == NULL)
            continue;
        for (uint32_t k = event->step->actions.count; k-- > 0;)
            if (is(&event->step->actions.items[k], name))
                return (deed){&event->step->actions.items[k], event->stage};
        name = ls_name_before(event, name);
    }
    return (deed){NULL, LS_NONE};
}

static bool requires(const ls_group_action *action, ls_local name) {
    return action->carrier == name &&
           (action->act == LS_ACT_SET_NOT_NULL || action->act == LS_ACT_NOT_NULL_NOT_VALID ||
            action->act == LS_ACT_ADD_CHECK || action->act == LS_ACT_ADD_CHECK_NOT_VALID ||
            (action->act == LS_ACT_ADD_CARRIER && action->not_null));
}

static bool takes_default(const ls_group_action *action, ls_local name) {
    return action->carrier == name && action->act == LS_ACT_DROP_DEFAULT;
}

static bool removes(const ls_group_action *action, ls_local name) {
    return action->carrier == name &&
           (action->act == LS_ACT_DROP_CARRIER || action->act == LS_ACT_RENAME_CARRIER ||
            action->act == LS_ACT_DROP_ALIAS);
}

static bool moves_there(const ls_group_action *action, ls_local name) {
    return (action->act == LS_ACT_RENAME_CARRIER && action->other == name) ||
           (action->act == LS_ACT_SWAP_CARRIERS &&
            (action->carrier == name || action->other == name));
}

/* --- Names that are not there ---------------------------------------------------------------- */

static bool uses(const ls_group *group, ls_local version, ls_local carrier) {
    const ls_group_version *used = &group->versions.items[version];
    return ls_has(used->reads | used->written, carrier);
}

/* A newer version of the app, deployed before the stage, that does without the carrier. */
static bool is_superseded(const ls_group *group, ls_local version, ls_local carrier,
                          ls_model_index stage) {
    const ls_model *model = group->model;
    ls_model_index app = model->versions.items[group->versions.items[version].version].app;
    ls_model_index deploy = ls_deploy_of(group, version);
    for (uint32_t i = stage; i-- > 0 && (deploy == LS_NONE || i > deploy);) {
        const ls_model_stage *newer = &model->stages.items[i];
        if (newer->kind != LS_STAGE_DEPLOY || model->versions.items[newer->version].app != app)
            continue;
        ls_local local = group->local_version[newer->version];
        return local == LS_NOT_IN_GROUP || !uses(group, local, carrier);
    }
    return false;
}

static ls_model_index stage_that_renames_to(const ls_group *group, ls_local name) {
    for (uint32_t i = 0; i < group->stages.count; i++)
        for (LS_EACH(const ls_group_step, step, group->stages.items[i].steps))
            for (LS_EACH(const ls_group_action, action, step->actions))
                if (action->act == LS_ACT_RENAME_CARRIER && action->other == name)
                    return i;
    return LS_NONE;
}

static ls_blame blame_missing(const ls_history *history) {
    const ls_group *group = history->group;
    ls_local name = history->fault.carrier, version = ls_last_event(history)->move.version;
    deed removed = last_deed(history, name, removes);
    if (removed.action == NULL) {
        ls_model_index renamed = stage_that_renames_to(group, name);
        return renamed != LS_NONE
                   ? blame(LS_CAUSE_RENAME_IN_USE, renamed, name)
                   : blame(LS_CAUSE_USE_BEFORE_EXISTS, ls_deploy_of(group, version), name);
    }
    if (removed.action->act == LS_ACT_RENAME_CARRIER)
        return blame(LS_CAUSE_RENAME_IN_USE, removed.stage, name);
    bool straggler = is_superseded(group, version, name, removed.stage);
    return blame(straggler ? LS_CAUSE_DROP_WITHOUT_SOAK : LS_CAUSE_DROP_IN_USE, removed.stage,
                 name);
}

static ls_blame blame_broken_trigger(const ls_history *history) {
    ls_local name = history->fault.carrier;
    deed removed = last_deed(history, name, removes);
    ls_model_index stage = removed.action == NULL
                               ? ls_stage_of_trigger(history->group, history->fault.trigger)
                               : removed.stage;
    ls_blame result = blame(LS_CAUSE_TRIGGER_ORPHAN, stage, name);
    result.trigger = history->fault.trigger;
    return result;
}

/* --- Constraints ----------------------------------------------------------------------------- */

/* A trigger that would have filled the carrier is gone, fires on the other event only, or puts a
 * null into what the statement writes. */
static bool blame_triggers(const ls_history *history, ls_carrier_set written, ls_blame *result) {
    const ls_group *group = history->group;
    ls_local carrier = history->fault.carrier;
    const ls_event *last = ls_last_event(history);
    ls_trigger_set active = ls_schema_after(history, last)->triggers;
    for (uint32_t i = 0; i < group->triggers.count; i++) {
        const ls_group_trigger *trigger = &group->triggers.items[i];
        bool fires = ls_has(active, (ls_local)i), insert = last->move.kind == LS_STEP_INSERT;
        result->trigger = (ls_local)i;
        result->stage = ls_deploy_of(group, last->move.version);
        result->cause = LS_CAUSE_ONE_WAY_TRIGGER_CLOBBERS;
        if (fires && !trigger->model->two_way && trigger->model->on_update == LS_FIRE_ALWAYS &&
            trigger->source == carrier && ls_has(written, trigger->target))
            return true;
        if (fires && trigger->target == carrier && ls_has(written, carrier))
            return true;
        result->cause = LS_CAUSE_TRIGGER_ONE_EVENT;
        if (fires && trigger->target == carrier && ls_has(written, trigger->source) &&
            (insert ? trigger->model->on_insert : trigger->model->on_update) == LS_FIRE_NEVER)
            return true;
    }
    result->trigger = LS_NOT_IN_GROUP;
    return false;
}

static bool blame_dropped_trigger(const ls_history *history, ls_carrier_set written,
                                  ls_blame *result) {
    for (uint32_t i = history->events.count - 1; i-- > 1;) {
        const ls_event *event = &history->events.items[i];
        if (event->step == NULL)
            continue;
        for (LS_EACH(const ls_group_action, action, event->step->actions)) {
            if (action->act != LS_ACT_DROP_TRIGGER && action->act != LS_ACT_DISABLE_TRIGGER)
                continue;
            const ls_group_trigger *trigger = &history->group->triggers.items[action->trigger];
            if (trigger->target != history->fault.carrier || !ls_has(written, trigger->source))
                continue;
            *result = blame(LS_CAUSE_TRIGGER_DROPPED_EARLY, event->stage, history->fault.carrier);
            result->trigger = action->trigger;
            return true;
        }
    }
    return false;
}

/* An older version of the same app filled the carrier. */
static bool stopped_writing(const ls_group *group, ls_local version, ls_local carrier) {
    for (uint32_t i = 0; i < group->versions.count; i++)
        if (ls_same_app(group, version, (ls_local)i) && ls_is_older(group, (ls_local)i, version) &&
            ls_has(group->versions.items[i].written, carrier))
            return true;
    return false;
}

static ls_blame blame_omission(const ls_history *history, deed required) {
    const ls_group *group = history->group;
    ls_local carrier = history->fault.carrier, version = ls_last_event(history)->move.version;
    deed undefaulted = last_deed(history, carrier, takes_default);
    if (undefaulted.action != NULL)
        return blame(LS_CAUSE_DEFAULT_DROPPED_EARLY, undefaulted.stage, carrier);
    deed moved = last_deed(history, carrier, moves_there);
    if (moved.action != NULL && ls_deployed_before(group, version, moved.stage))
        return blame(LS_CAUSE_STOP_WRITE_NOT_NULL, moved.stage, carrier);
    bool later = required.stage == LS_NONE || !ls_deployed_before(group, version, required.stage);
    if (stopped_writing(group, version, carrier) ||
        (later && (required.action == NULL || required.action->act != LS_ACT_ADD_CARRIER)))
        return blame(LS_CAUSE_STOP_WRITE_NOT_NULL, ls_deploy_of(group, version), carrier);
    return blame(required.action->act == LS_ACT_ADD_CARRIER ? LS_CAUSE_REQUIRED_COLUMN
                                                            : LS_CAUSE_CONSTRAIN_BEFORE_WRITERS,
                 required.stage, carrier);
}

static ls_blame blame_refused_write(const ls_history *history) {
    const ls_group *group = history->group;
    ls_local carrier = history->fault.carrier;
    const ls_event *last = ls_last_event(history);
    const ls_group_write *write = ls_write_of(history, last);
    ls_blame result = blame(LS_CAUSE_REFUSED, LS_NONE, carrier);
    if (blame_triggers(history, write->carriers, &result) ||
        blame_dropped_trigger(history, write->carriers, &result))
        return result;
    deed required = last_deed(history, carrier, requires);
    bool violates =
        ls_has(group->properties, carrier) && ls_has(write->carriers, group->of[carrier]);
    if (violates)
        return blame(LS_CAUSE_CONSTRAIN_BEFORE_WRITERS, required.stage, carrier);
    if (history->fault.violation == LS_INSERT_FAILS)
        return blame_omission(history, required);
    bool undone =
        last->after.row.value[carrier] != LS_VALUE_NULL && !ls_has(group->properties, carrier);
    return undone ? blame(LS_CAUSE_ONE_WAY_TRIGGER_CLOBBERS,
                          ls_deploy_of(group, last->move.version), carrier)
                  : blame(LS_CAUSE_CONSTRAIN_BEFORE_FILL, required.stage, carrier);
}

/* --- The plan's own SQL ---------------------------------------------------------------------- */

static bool proves(ls_model_act act) {
    return act == LS_ACT_SET_NOT_NULL || act == LS_ACT_ADD_CHECK || act == LS_ACT_VALIDATE;
}

static ls_blame blame_proof(const ls_history *history, ls_model_index stage) {
    ls_local carrier = history->fault.carrier;
    ls_blame result = blame(LS_CAUSE_VALIDATE_BEFORE_FILL, stage, carrier);
    if (ls_has(history->group->properties, carrier))
        return result;
    ls_blame behind = ls_blame_staleness(history, carrier, LS_NOT_IN_GROUP);
    bool unfilled = behind.cause == LS_CAUSE_READ_BEFORE_FILL ||
                    behind.cause == LS_CAUSE_READ_BEFORE_SYNC ||
                    behind.cause == LS_CAUSE_REVERSE_SYNC_MISSING;
    return unfilled ? result : behind;
}

static ls_blame blame_refused_sql(const ls_history *history) {
    const ls_event *last = ls_last_event(history);
    if (last->move.kind == LS_STEP_CHECK)
        return blame(LS_CAUSE_USE_BEFORE_EXISTS, last->stage, history->fault.carrier);
    for (LS_EACH(const ls_group_action, action, last->step->actions)) {
        if (action->carrier != history->fault.carrier || action->carrier == LS_NOT_IN_GROUP)
            continue;
        bool there = ls_has(ls_schema_after(history, last)->exists, action->carrier);
        if (proves(action->act) && there)
            return blame_proof(history, last->stage);
        if (action->act == LS_ACT_ADD_CARRIER && action->not_null && !there)
            return blame(LS_CAUSE_REQUIRED_COLUMN, last->stage, action->carrier);
    }
    return blame(LS_CAUSE_REFUSED, last->stage, history->fault.carrier);
}

static ls_blame blame_refused_backfill(const ls_history *history) {
    const ls_event *last = ls_last_event(history);
    ls_local carrier = history->fault.carrier;
    const ls_schema *schema = ls_schema_after(history, last);
    if (!ls_has(schema->exists | schema->aliases, carrier))
        return blame(LS_CAUSE_USE_BEFORE_EXISTS, last->stage, carrier);
    deed required = last_deed(history, carrier, requires);
    return blame(LS_CAUSE_CONSTRAIN_BEFORE_FILL, required.stage, carrier);
}

static ls_blame blame_loss(const ls_history *history) {
    const ls_event *last = ls_last_event(history);
    ls_blame result = blame(LS_CAUSE_SOLE_COPY_DROPPED, last->stage, history->fault.carrier);
    ls_carrier_set left = ls_schema_after(history, last)->exists & ~history->group->properties;
    ls_blame behind = ls_blame_staleness(history, ls_first_of(left), LS_NOT_IN_GROUP);
    result.lost = true;
    result.behind = behind.cause;
    result.writer = behind.writer;
    return result;
}

ls_blame ls_blame_fault(const ls_history *history) {
    const ls_event *last = ls_last_event(history);
    switch (history->fault.violation) {
    case LS_MISSING:
        return blame_missing(history);
    case LS_INSERT_FAILS:
    case LS_UPDATE_FAILS:
        return blame_refused_write(history);
    case LS_STALE_READ:
    case LS_UNFILLED_READ:
        return ls_blame_staleness(
            history, ls_resolve(ls_schema_after(history, last), history->fault.carrier),
            last->move.version);
    case LS_DDL_FAILS:
        return blame_refused_sql(history);
    case LS_BACKFILL_FAILS:
        return blame_refused_backfill(history);
    case LS_TRIGGER_BROKEN:
        return blame_broken_trigger(history);
    case LS_DATA_LOST:
        return blame_loss(history);
    case LS_NO_VIOLATION:
    case LS_VIOLATIONS:
        break;
    }
    return blame(LS_CAUSE_REFUSED, last->stage, history->fault.carrier);
}
