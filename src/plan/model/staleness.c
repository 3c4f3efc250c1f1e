/*
 * staleness.c - why a carrier does not hold the last write.
 *
 * Going back from the end, the origin is the event after which the carrier no longer held it: a
 * write that did not reach it, a trigger or a backfill that overwrote it, or its coming into being.
 * What should have carried the write over decides the cause: a trigger that was dropped, a backfill
 * that had been before, one that came after and left the row out, or nothing at all.
 */
#include "plan/model/cause.h"

typedef struct {
    const ls_history *history;
    const ls_group *group;
    ls_local reader;
    uint32_t origin;      /* event */
    bool born;            /* the event made the carrier, or it is the start */
    ls_local name;        /* of the carrier at that event */
    ls_carrier_set names; /* that it had from then on, and before */
    ls_blame blame;
} inquiry;

static bool blame(inquiry *now, ls_cause cause, ls_model_index stage) {
    now->blame.cause = cause;
    now->blame.stage = stage;
    return true;
}

static const ls_event *event_at(const inquiry *now, uint32_t number) {
    return &now->history->events.items[number];
}

static const ls_group_version *version_of(const inquiry *now, ls_local version) {
    return &now->group->versions.items[version];
}

/* --- The origin ------------------------------------------------------------------------------ */

static bool is_logical_write(const inquiry *now, const ls_event *event) {
    const ls_group_write *write = ls_write_of(now->history, event);
    return write != NULL && (write->carriers & ~now->group->properties) != 0;
}

/* A copy of something stale: what is to blame lies with the source. */
static ls_local copied_from(const ls_event *event, ls_local name) {
    if (event->move.kind != LS_STEP_BACKFILL || event->step->backfill.target != name ||
        event->step->backfill.model->unknown)
        return LS_NOT_IN_GROUP;
    return event->step->backfill.source;
}

static void find_origin(inquiry *now, ls_local carrier) {
    uint32_t last = now->history->events.count - 1;
    now->name = carrier;
    now->names = ls_bit(carrier);
    now->born = true;
    for (now->origin = last; now->origin > 0; now->origin--) {
        const ls_event *event = event_at(now, now->origin);
        const ls_row *before = &event_at(now, now->origin - 1)->after.row;
        ls_local name = ls_name_before(event, now->name);
        if (name == LS_NOT_IN_GROUP)
            return;
        now->names |= ls_bit(name);
        bool turned = before->present && before->value[name] == LS_VALUE_FRESH &&
                      event->after.row.value[now->name] != LS_VALUE_FRESH;
        bool made = !before->present && event->after.row.present;
        if (now->origin < last && (made || turned || is_logical_write(now, event))) {
            now->born = false;
            return;
        }
        ls_local source = copied_from(event, name);
        now->name = source == LS_NOT_IN_GROUP ? name : source;
        now->names |= ls_bit(now->name);
    }
}

/* --- What carries writes over ---------------------------------------------------------------- */

static bool is_target(const ls_group_trigger *trigger, ls_local carrier) {
    return trigger->target == carrier || (trigger->model->two_way && trigger->source == carrier);
}

static bool is_source(const ls_group_trigger *trigger, ls_carrier_set written) {
    return ls_has(written, trigger->source) ||
           (trigger->model->two_way && ls_has(written, trigger->target));
}

/* The stage that first fills one of the names; LS_NONE: none does. */
static ls_model_index backfill_stage(const inquiry *now) {
    for (uint32_t i = 0; i < now->group->stages.count; i++)
        for (LS_EACH(const ls_group_step, step, now->group->stages.items[i].steps))
            if (step->kind == LS_STEP_BACKFILL_ENDS && ls_has(now->names, step->backfill.target))
                return i;
    return LS_NONE;
}

static bool is_copied_into(const inquiry *now) {
    for (LS_EACH(const ls_group_trigger, trigger, now->group->triggers))
        if (ls_has(now->names, trigger->target))
            return true;
    for (LS_EACH(const ls_group_stage, stage, now->group->stages))
        for (LS_EACH(const ls_group_step, step, stage->steps)) {
            if (step->kind == LS_STEP_BACKFILL_ENDS && ls_has(now->names, step->backfill.target))
                return true;
            for (LS_EACH(const ls_group_action, action, step->actions))
                if (action->act == LS_ACT_COPY && ls_has(now->names, action->carrier))
                    return true;
        }
    return false;
}

/* --- Triggers -------------------------------------------------------------------------------- */

/* A trigger that fires on one of two writes only, or that takes a default for a value. */
static bool blame_live_trigger(inquiry *now, const ls_event *event, ls_carrier_set written) {
    const ls_schema *schema = ls_schema_after(now->history, event);
    bool insert = event->move.kind == LS_STEP_INSERT;
    for (LS_EACH_OF(i, schema->triggers)) {
        const ls_group_trigger *trigger = &now->group->triggers.items[i];
        if (!is_target(trigger, now->name) || !is_source(trigger, written))
            continue;
        now->blame.trigger = (ls_local)i;
        ls_model_fire fire = insert ? trigger->model->on_insert : trigger->model->on_update;
        if (fire == LS_FIRE_NEVER)
            return blame(now, LS_CAUSE_TRIGGER_ONE_EVENT,
                         ls_stage_of_trigger(now->group, (ls_local)i));
        if (insert && schema->defaults[now->name] != 0)
            return blame(now, LS_CAUSE_TRIGGER_BLIND_TO_DEFAULT,
                         ls_stage_of_trigger(now->group, (ls_local)i));
        now->blame.assumed |= trigger->model->unknown;
    }
    return false;
}

/* The carrier is the source of a trigger that overwrites what the statement writes. */
static bool blame_clobbering(inquiry *now, const ls_event *event, ls_carrier_set written) {
    const ls_schema *schema = ls_schema_after(now->history, event);
    for (LS_EACH_OF(i, schema->triggers)) {
        const ls_group_trigger *trigger = &now->group->triggers.items[i];
        if (trigger->model->two_way || trigger->model->on_update != LS_FIRE_ALWAYS ||
            trigger->source != now->name || !ls_has(written, trigger->target))
            continue;
        now->blame.trigger = (ls_local)i;
        return blame(now, LS_CAUSE_ONE_WAY_TRIGGER_CLOBBERS,
                     ls_deploy_of(now->group, event->move.version));
    }
    return false;
}

static bool blame_dropped_trigger(inquiry *now, ls_carrier_set written) {
    for (uint32_t i = now->origin; i-- > 1;) {
        const ls_event *event = event_at(now, i);
        if (event->step == NULL)
            continue;
        for (LS_EACH(const ls_group_action, action, event->step->actions)) {
            if (action->act != LS_ACT_DROP_TRIGGER && action->act != LS_ACT_DISABLE_TRIGGER)
                continue;
            const ls_group_trigger *trigger = &now->group->triggers.items[action->trigger];
            if (!is_target(trigger, now->name) || !is_source(trigger, written))
                continue;
            now->blame.trigger = action->trigger;
            return blame(now, LS_CAUSE_TRIGGER_DROPPED_EARLY, event->stage);
        }
    }
    return false;
}

/* The value was there, and the statement wrote the carrier itself or nothing: a trigger undid it.
 */
static bool blame_overwriting(inquiry *now, const ls_event *event, ls_carrier_set written) {
    bool kept_out = written == 0 && event->move.kind == LS_STEP_INSERT;
    if (kept_out || (written != 0 && !ls_has(written, now->name)))
        return false;
    ls_model_index stage = ls_deploy_of(now->group, event->move.version);
    for (uint32_t i = 0; i < now->group->versions.count; i++)
        if ((event->after.live & ls_version_bit((ls_local)i)) != 0 &&
            ls_has(version_of(now, (ls_local)i)->written, now->name)) {
            now->blame.writer = (ls_local)i;
            stage = ls_deploy_of(now->group, (ls_local)i);
        }
    for (LS_EACH_OF(i, ls_schema_after(now->history, event)->triggers))
        if (is_target(&now->group->triggers.items[i], now->name)) {
            now->blame.trigger = (ls_local)i;
            now->blame.assumed |= now->group->triggers.items[i].model->unknown;
        }
    return blame(now, LS_CAUSE_ONE_WAY_TRIGGER_CLOBBERS, stage);
}

/* --- Backfills ------------------------------------------------------------------------------- */

/* A backfill that ended after the origin ought to have mended the row. */
static bool blame_later_backfill(inquiry *now) {
    for (uint32_t i = now->origin + 1; i < now->history->events.count; i++) {
        const ls_event *event = event_at(now, i);
        if (event->move.kind != LS_STEP_BACKFILL_ENDS ||
            !ls_has(now->names, event->step->backfill.target))
            continue;
        ls_local name = event->step->backfill.target;
        const ls_model_backfill *model = event->step->backfill.model;
        const ls_row *row = &event_at(now, i - 1)->after.row;
        if (event_at(now, now->origin)->front >= event->stage && !now->born)
            continue;
        now->blame.assumed |= model->unknown;
        if (model->skip_locked && row->value[name] != LS_VALUE_FRESH)
            return blame(now, LS_CAUSE_SKIP_LOCKED_EXIT, event->stage);
        if (model->rows == LS_MODEL_ROWS_NULL && row->value[name] == LS_VALUE_STALE)
            return blame(now, LS_CAUSE_NULL_PREDICATE, event->stage);
    }
    return false;
}

/* Another version of the writer's app, or (`any_app`) of any, that writes the carrier. */
static ls_local other_writer(const inquiry *now, ls_local writer, bool any_app) {
    for (uint32_t i = 0; i < now->group->versions.count; i++)
        if ((any_app || ls_same_app(now->group, writer, (ls_local)i)) &&
            (version_of(now, (ls_local)i)->written & now->names) != 0)
            return (ls_local)i;
    return LS_NOT_IN_GROUP;
}

static bool stopped_writing(const inquiry *now, ls_local writer) {
    for (uint32_t i = 0; i < now->group->versions.count; i++)
        if (ls_same_app(now->group, writer, (ls_local)i) &&
            ls_is_older(now->group, (ls_local)i, writer) &&
            (version_of(now, (ls_local)i)->written & ls_bit(now->name)) != 0)
            return true;
    return false;
}

/* Some of its statements write the carrier, and this one does not. */
static bool writes_elsewhere(const inquiry *now, ls_local writer) {
    return (version_of(now, writer)->written & now->names) != 0;
}

/* The backfill had begun when a version wrote the source alone. */
static bool blame_earlier_backfill(inquiry *now, const ls_event *event) {
    ls_model_index stage = backfill_stage(now);
    ls_local writer = event->move.version;
    if (stage == LS_NONE || event->front < stage)
        return false;
    if (stopped_writing(now, writer) || writes_elsewhere(now, writer))
        return blame(now, LS_CAUSE_DUAL_WRITE_GAP, ls_deploy_of(now->group, writer));
    ls_local other = other_writer(now, writer, false);
    if (other != LS_NOT_IN_GROUP)
        return blame(now,
                     ls_deployed_before(now->group, other, stage)
                         ? LS_CAUSE_BACKFILL_BEFORE_SOAK
                         : LS_CAUSE_BACKFILL_BEFORE_DUAL_WRITE,
                     stage);
    other = other_writer(now, writer, true);
    bool gap = other != LS_NOT_IN_GROUP && ls_deployed_before(now->group, other, stage);
    return blame(now, gap ? LS_CAUSE_DUAL_WRITE_GAP : LS_CAUSE_BACKFILL_BEFORE_DUAL_WRITE, stage);
}

/* --- Reads ----------------------------------------------------------------------------------- */

/* Does a live version write what is copied, but not the copy? */
static bool is_unsynced(const inquiry *now) {
    const ls_event *last = ls_last_event(now->history);
    const ls_schema *schema = ls_schema_after(now->history, last);
    for (LS_EACH_OF(i, schema->triggers))
        if (ls_has(now->names, now->group->triggers.items[i].target))
            return false;
    for (LS_EACH_OF(version, last->after.live)) {
        ls_carrier_set written = version_of(now, (ls_local)version)->written;
        if ((written & ~now->group->properties) != 0 && (written & now->names) == 0)
            return true;
    }
    return false;
}

/* Nulls do not hurt a reader that copes with them. */
static bool copes_with_null(const inquiry *now) {
    return now->reader != LS_NOT_IN_GROUP &&
           (version_of(now, now->reader)->null_allowed & now->names) != 0;
}

static bool blame_read(inquiry *now) {
    ls_model_index stage =
        now->reader == LS_NOT_IN_GROUP ? LS_NONE : ls_deploy_of(now->group, now->reader);
    bool never_filled = backfill_stage(now) == LS_NONE || copes_with_null(now);
    bool unsynced = !now->born || is_unsynced(now);
    return blame(now,
                 never_filled && unsynced ? LS_CAUSE_READ_BEFORE_SYNC : LS_CAUSE_READ_BEFORE_FILL,
                 stage);
}

/* The carrier is the old one, and a version writes the new one alone. */
static bool blame_reverse(inquiry *now, const ls_event *event) {
    ls_local writer = event->move.version;
    bool own = now->reader == LS_NOT_IN_GROUP || ls_same_app(now->group, writer, now->reader);
    bool gap = !own && stopped_writing(now, writer);
    return blame(now, gap ? LS_CAUSE_DUAL_WRITE_GAP : LS_CAUSE_REVERSE_SYNC_MISSING,
                 ls_deploy_of(now->group, writer));
}

static bool blame_write(inquiry *now, const ls_event *event) {
    ls_carrier_set written = ls_write_of(now->history, event)->carriers & ~now->group->properties;
    now->blame.writer = event->move.version;
    if (blame_overwriting(now, event, written) || blame_live_trigger(now, event, written) ||
        blame_later_backfill(now) || blame_clobbering(now, event, written) ||
        blame_dropped_trigger(now, written))
        return true;
    if (!is_copied_into(now))
        return blame_reverse(now, event);
    return blame_earlier_backfill(now, event) || blame_read(now);
}

ls_blame ls_blame_staleness(const ls_history *history, ls_local carrier, ls_local reader) {
    inquiry now = {
        .history = history,
        .group = history->group,
        .reader = reader,
        .blame = {.carrier = carrier, .trigger = LS_NOT_IN_GROUP, .writer = LS_NOT_IN_GROUP}};
    find_origin(&now, carrier);
    const ls_event *origin = event_at(&now, now.origin);
    if (now.born) {
        if (!blame_later_backfill(&now))
            blame_read(&now);
    } else if (origin->move.kind == LS_STEP_BACKFILL) {
        now.blame.assumed |= origin->step->backfill.model->unknown;
        blame(&now, LS_CAUSE_OVERWRITES_LIVE_COLUMN, origin->stage);
    } else if (ls_write_of(history, origin) != NULL) {
        blame_write(&now, origin);
    } else {
        blame_read(&now);
    }
    return now.blame;
}
