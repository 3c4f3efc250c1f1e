/*
 * transaction.c - what a stage's SQL does to the schema and to the row that is there.
 */
#include "plan/model/row.h"

typedef struct {
    const ls_group *group;
    ls_schema *schema;
    ls_row *row;
    bool dropped_fresh;
    ls_local dropped;
} transaction;

typedef bool act(transaction *now, const ls_group_action *action); /* false: refused */

static bool exists(const transaction *now, ls_local carrier) {
    return ls_has(now->schema->exists, carrier);
}

static bool is_free(const transaction *now, ls_local carrier) {
    return !ls_has(now->schema->exists | now->schema->aliases, carrier);
}

static bool satisfied(const transaction *now, ls_local carrier) {
    return !now->row->present || ls_has(now->group->apart, carrier) ||
           ls_row_satisfies(now->group, now->row, carrier);
}

/* --- Columns --------------------------------------------------------------------------------- */

static bool holds_a_value(const transaction *now) {
    for (LS_EACH_OF(carrier, now->schema->exists & ~now->group->properties))
        if (now->row->value[carrier] != LS_VALUE_NULL)
            return true;
    return false;
}

static bool add_carrier(transaction *now, const ls_group_action *action) {
    ls_local carrier = action->carrier;
    if (!is_free(now, carrier))
        return false;
    if (now->row->present && action->not_null && action->default_value == 0 &&
        !ls_has(now->group->apart, carrier))
        return false;
    bool filled = now->row->present && action->default_value != 0;
    now->row->write[carrier] = filled ? LS_WRITE_OF_DEFAULT : 0;
    now->row->value[carrier] = !filled              ? LS_VALUE_NULL
                               : holds_a_value(now) ? LS_VALUE_STALE
                                                    : LS_VALUE_FRESH;
    now->schema->exists |= ls_bit(carrier);
    now->schema->not_null |= action->not_null ? ls_bit(carrier) : 0;
    now->schema->defaults[carrier] = action->default_value;
    return true;
}

static void forget(transaction *now, ls_local carrier) {
    ls_carrier_set rest = ~ls_bit(carrier);
    now->schema->exists &= rest;
    now->schema->not_null &= rest;
    now->schema->checked &= rest;
    now->schema->named &= rest;
    now->schema->defaults[carrier] = 0;
    now->row->value[carrier] = LS_VALUE_NULL;
    now->row->write[carrier] = 0;
}

static bool drop_carrier(transaction *now, const ls_group_action *action) {
    if (!exists(now, action->carrier))
        return false;
    if (now->row->value[action->carrier] == LS_VALUE_FRESH) {
        now->dropped_fresh = true;
        now->dropped = action->carrier;
    }
    forget(now, action->carrier);
    return true;
}

static ls_carrier_set moved(ls_carrier_set set, ls_local from, ls_local to) {
    bool had = ls_has(set, from);
    set &= ~(ls_bit(from) | ls_bit(to));
    return had ? set | ls_bit(to) : set;
}

static void redirect_aliases(ls_schema *schema, ls_local from, ls_local to) {
    for (LS_EACH_OF(alias, schema->aliases))
        if (schema->stands_for[alias] == from)
            schema->stands_for[alias] = to;
}

static bool rename_carrier(transaction *now, const ls_group_action *action) {
    ls_local from = action->carrier, to = action->other;
    if (!exists(now, from) || !is_free(now, to))
        return false;
    ls_schema *schema = now->schema;
    schema->exists = moved(schema->exists, from, to);
    schema->not_null = moved(schema->not_null, from, to);
    schema->checked = moved(schema->checked, from, to);
    schema->named = moved(schema->named, from, to);
    schema->defaults[to] = schema->defaults[from];
    now->row->value[to] = now->row->value[from];
    now->row->write[to] = now->row->write[from];
    forget(now, from);
    redirect_aliases(schema, from, to);
    return true;
}

static ls_carrier_set swapped(ls_carrier_set set, ls_local a, ls_local b) {
    if (ls_has(set, a) != ls_has(set, b))
        set ^= ls_bit(a) | ls_bit(b);
    return set;
}

static bool swap_carriers(transaction *now, const ls_group_action *action) {
    ls_local a = action->carrier, b = action->other;
    if (!exists(now, a) || !exists(now, b))
        return false;
    ls_schema *schema = now->schema;
    schema->not_null = swapped(schema->not_null, a, b);
    schema->checked = swapped(schema->checked, a, b);
    schema->named = swapped(schema->named, a, b);
    ls_model_default default_value = schema->defaults[a];
    schema->defaults[a] = schema->defaults[b];
    schema->defaults[b] = default_value;
    uint8_t value = now->row->value[a], write = now->row->write[a];
    now->row->value[a] = now->row->value[b];
    now->row->write[a] = now->row->write[b];
    now->row->value[b] = value;
    now->row->write[b] = write;
    for (LS_EACH_OF(alias, schema->aliases))
        if (schema->stands_for[alias] == a || schema->stands_for[alias] == b)
            schema->stands_for[alias] = schema->stands_for[alias] == a ? b : a;
    return true;
}

/* --- Constraints and defaults ---------------------------------------------------------------- */

static bool set_not_null(transaction *now, const ls_group_action *action) {
    bool proves = action->act == LS_ACT_SET_NOT_NULL;
    if (!exists(now, action->carrier) || (proves && !satisfied(now, action->carrier)))
        return false;
    now->schema->not_null |= ls_bit(action->carrier);
    now->schema->named |= proves ? 0 : ls_bit(action->carrier);
    return true;
}

static bool drop_not_null(transaction *now, const ls_group_action *action) {
    now->schema->not_null &= ~ls_bit(action->carrier);
    return exists(now, action->carrier);
}

static bool add_check(transaction *now, const ls_group_action *action) {
    bool proves = action->act == LS_ACT_ADD_CHECK;
    if (!exists(now, action->carrier) || ls_has(now->schema->checked, action->carrier) ||
        (proves && !satisfied(now, action->carrier)))
        return false;
    now->schema->checked |= ls_bit(action->carrier);
    return true;
}

static bool validate(transaction *now, const ls_group_action *action) {
    return ls_has(now->schema->checked | now->schema->named, action->carrier) &&
           satisfied(now, action->carrier);
}

static bool drop_check(transaction *now, const ls_group_action *action) {
    bool had = ls_has(now->schema->checked, action->carrier);
    now->schema->checked &= ~ls_bit(action->carrier);
    return had;
}

static bool set_default(transaction *now, const ls_group_action *action) {
    now->schema->defaults[action->carrier] =
        action->act == LS_ACT_SET_DEFAULT ? action->default_value : 0;
    return exists(now, action->carrier);
}

/* --- Triggers, aliases, copies --------------------------------------------------------------- */

static bool is_made(const transaction *now, ls_local trigger) {
    return (now->schema->made & ls_bit(trigger)) != 0;
}

static bool create_trigger(transaction *now, const ls_group_action *action) {
    if (is_made(now, action->trigger))
        return false;
    now->schema->made |= ls_bit(action->trigger);
    now->schema->triggers |= ls_bit(action->trigger);
    return true;
}

static bool drop_trigger(transaction *now, const ls_group_action *action) {
    bool made = is_made(now, action->trigger);
    now->schema->made &= ~ls_bit(action->trigger);
    now->schema->triggers &= ~ls_bit(action->trigger);
    return made;
}

static bool enable_trigger(transaction *now, const ls_group_action *action) {
    now->schema->triggers |= ls_bit(action->trigger);
    return is_made(now, action->trigger);
}

static bool disable_trigger(transaction *now, const ls_group_action *action) {
    now->schema->triggers &= ~ls_bit(action->trigger);
    return is_made(now, action->trigger);
}

static bool add_alias(transaction *now, const ls_group_action *action) {
    if (!is_free(now, action->carrier) || is_free(now, action->other))
        return false;
    now->schema->stands_for[action->carrier] = ls_resolve(now->schema, action->other);
    now->schema->aliases |= ls_bit(action->carrier);
    return true;
}

static bool drop_alias(transaction *now, const ls_group_action *action) {
    bool had = ls_has(now->schema->aliases, action->carrier);
    now->schema->aliases &= ~ls_bit(action->carrier);
    return had;
}

static bool copy(transaction *now, const ls_group_action *action) {
    static const ls_model_backfill all = {.rows = LS_MODEL_ROWS_ALL};
    if (!now->row->present)
        return true;
    ls_group_backfill backfill = {&all, action->carrier, action->other};
    return ls_row_backfill(now->group, now->schema, &backfill, false, now->row).violation ==
           LS_NO_VIOLATION;
}

static act *const ACTS[] = {
    [LS_ACT_ADD_CARRIER] = add_carrier,       [LS_ACT_DROP_CARRIER] = drop_carrier,
    [LS_ACT_RENAME_CARRIER] = rename_carrier, [LS_ACT_SWAP_CARRIERS] = swap_carriers,
    [LS_ACT_SET_NOT_NULL] = set_not_null,     [LS_ACT_NOT_NULL_NOT_VALID] = set_not_null,
    [LS_ACT_DROP_NOT_NULL] = drop_not_null,   [LS_ACT_ADD_CHECK] = add_check,
    [LS_ACT_ADD_CHECK_NOT_VALID] = add_check, [LS_ACT_VALIDATE] = validate,
    [LS_ACT_DROP_CHECK] = drop_check,         [LS_ACT_SET_DEFAULT] = set_default,
    [LS_ACT_DROP_DEFAULT] = set_default,      [LS_ACT_CREATE_TRIGGER] = create_trigger,
    [LS_ACT_DROP_TRIGGER] = drop_trigger,     [LS_ACT_DISABLE_TRIGGER] = disable_trigger,
    [LS_ACT_ENABLE_TRIGGER] = enable_trigger, [LS_ACT_ADD_ALIAS] = add_alias,
    [LS_ACT_DROP_ALIAS] = drop_alias,         [LS_ACT_COPY] = copy,
};

/* What was dropped is lost where other carriers of its group are left, and none has it. */
static bool is_lost(const transaction *now) {
    ls_carrier_set left = now->schema->exists & ~now->group->properties;
    if (!now->dropped_fresh || left == 0)
        return false;
    for (LS_EACH_OF(carrier, left))
        if (now->row->value[carrier] == LS_VALUE_FRESH)
            return false;
    return true;
}

ls_fault ls_row_transaction(const ls_group *group, const ls_group_step *step, ls_schema *schema,
                            ls_row *row) {
    transaction now = {.group = group, .schema = schema, .row = row};
    for (LS_EACH(const ls_group_action, action, step->actions))
        if (!ACTS[action->act](&now, action))
            return (ls_fault){LS_DDL_FAILS, action->carrier, action->trigger};
    if (is_lost(&now))
        return (ls_fault){LS_DATA_LOST, now.dropped, LS_NOT_IN_GROUP};
    return LS_NO_FAULT;
}
