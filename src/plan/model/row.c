#include "plan/model/row.h"

/* A value on its way through an INSERT: the column's default, whose worth depends on what the
 * triggers do and on whether the statement writes the value under another name. */
enum { VALUE_DEFAULT = LS_VALUE_STALE + 1 };

static ls_fault fault_at(ls_violation violation, uint64_t carrier) {
    return (ls_fault){violation, (ls_local)carrier, LS_NOT_IN_GROUP};
}

static void set_value(ls_row *row, ls_local carrier, int value, unsigned write) {
    row->value[carrier] = (uint8_t)value;
    row->write[carrier] = (uint8_t)write;
}

void ls_schema_start(const ls_group *group, ls_schema *schema) {
    *schema = (ls_schema){.exists = group->exists, .not_null = group->not_null};
    for (uint32_t i = 0; i < group->carriers.count; i++)
        schema->defaults[i] = group->defaults[i];
    for (uint32_t i = 0; i < group->triggers.count; i++)
        if (group->triggers.items[i].model->exists)
            schema->made |= ls_bit((ls_local)i);
    schema->triggers = schema->made;
}

/* --- Constraints ----------------------------------------------------------------------------- */

bool ls_row_satisfies(const ls_group *group, const ls_row *row, ls_local carrier) {
    return ls_has(group->properties, carrier) ? row->value[carrier] == LS_VALUE_FRESH
                                              : row->value[carrier] != LS_VALUE_NULL;
}

/* `written`: what the statement lists. */
static ls_fault check_row(const ls_group *group, const ls_schema *schema, const ls_row *row,
                          ls_carrier_set written, ls_violation violation) {
    ls_carrier_set required = (schema->not_null | schema->checked) & schema->exists & ~group->apart;
    for (LS_EACH_OF(carrier, required)) {
        if (ls_row_satisfies(group, row, (ls_local)carrier))
            continue;
        if (ls_has(group->only_when_written, (ls_local)carrier) &&
            !ls_has(written, group->of[carrier]))
            continue;
        return fault_at(violation, carrier);
    }
    return LS_NO_FAULT;
}

/* --- Triggers -------------------------------------------------------------------------------- */

typedef struct {
    const ls_group *group;
    const ls_schema *schema;
    ls_row *row;
    bool insert, inserts_apart;
    ls_carrier_set changed;                       /* NEW differs from OLD */
    ls_model_default defaults[LS_GROUP_CARRIERS]; /* which one a VALUE_DEFAULT is */
} statement;

/* Two stale values may differ or not; nothing depends on it, since copying makes them stale too. */
static bool differ(const statement *now, ls_local a, ls_local b) {
    const ls_row *row = now->row;
    if (row->value[a] != row->value[b])
        return true;
    return row->value[a] == VALUE_DEFAULT && now->defaults[a] != now->defaults[b];
}

static bool lacks(const statement *now, ls_local carrier) {
    return !ls_has(now->schema->exists, carrier);
}

static ls_local lacking_of(const statement *now, ls_local a, ls_local b) {
    return lacks(now, a) ? a : lacks(now, b) ? b : LS_NOT_IN_GROUP;
}

/* Gives back the carrier that the trigger names and that is not there. PL/pgSQL asks for a field
 * of NEW only when it comes to it. */
static ls_local assign(statement *now, const ls_group_trigger *trigger, ls_local to,
                       ls_local from) {
    ls_row *row = now->row;
    ls_local lacking = lacking_of(now, from, to);
    if (lacking != LS_NOT_IN_GROUP ||
        (trigger->model->skips_null && row->value[from] == LS_VALUE_NULL))
        return lacking;
    if (differ(now, to, from))
        now->changed |= ls_bit(to);
    set_value(row, to, row->value[from], row->write[from]);
    now->defaults[to] = now->defaults[from];
    if (trigger->model->unknown)
        row->value[to] = LS_VALUE_STALE;
    return LS_NOT_IN_GROUP;
}

/* What the condition of a copy asks for and is not there. */
static ls_local lacking_in(const statement *now, ls_model_fire fire, ls_local to, ls_local from) {
    if (fire == LS_FIRE_DIFFERENT)
        return lacking_of(now, from, to);
    if (fire == LS_FIRE_NULL)
        return lacking_of(now, to, to);
    return fire == LS_FIRE_CHANGED && !now->insert ? lacking_of(now, from, from) : LS_NOT_IN_GROUP;
}

static bool wants_copy(const statement *now, ls_model_fire fire, ls_local to, ls_local from) {
    switch (fire) {
    case LS_FIRE_NEVER:
        return false;
    case LS_FIRE_ALWAYS:
        return true;
    case LS_FIRE_NULL:
        return now->row->value[to] == LS_VALUE_NULL;
    case LS_FIRE_CHANGED:
        return now->insert || ls_has(now->changed, from);
    case LS_FIRE_DIFFERENT:
        return now->row->value[to] == VALUE_DEFAULT && differ(now, to, from);
    }
    return false;
}

/* The same, of the whole trigger; LS_NOT_IN_GROUP: it ran. */
static ls_local fire(statement *now, const ls_group_trigger *trigger) {
    ls_local source = trigger->source, target = trigger->target;
    ls_model_fire how = now->insert ? trigger->model->on_insert : trigger->model->on_update;
    ls_local lacking = lacking_in(now, how, target, source);
    if (lacking != LS_NOT_IN_GROUP)
        return lacking;
    if (wants_copy(now, how, target, source))
        return assign(now, trigger, target, source);
    bool inserted = now->insert || now->inserts_apart;
    if (!trigger->model->two_way || (inserted && trigger->model->only_updates_back))
        return LS_NOT_IN_GROUP;
    lacking = lacking_in(now, how, source, target);
    if (lacking != LS_NOT_IN_GROUP)
        return lacking;
    bool back = how == LS_FIRE_DIFFERENT ? differ(now, source, target)
                                         : wants_copy(now, how, source, target);
    return back ? assign(now, trigger, source, target) : LS_NOT_IN_GROUP;
}

static bool fires_on(const ls_group_trigger *trigger, bool insert) {
    return (insert ? trigger->model->on_insert : trigger->model->on_update) != LS_FIRE_NEVER;
}

static ls_fault fire_all(statement *now) {
    for (LS_EACH_OF(i, now->schema->triggers)) {
        const ls_group_trigger *trigger = &now->group->triggers.items[i];
        if (!fires_on(trigger, now->insert))
            continue;
        ls_local lacking = fire(now, trigger);
        if (lacking != LS_NOT_IN_GROUP)
            return (ls_fault){LS_TRIGGER_BROKEN, lacking, (ls_local)i};
    }
    return LS_NO_FAULT;
}

/* --- Writes ---------------------------------------------------------------------------------- */

static ls_carrier_set resolve_all(const ls_schema *schema, ls_carrier_set names) {
    ls_carrier_set resolved = names & ~schema->aliases;
    for (LS_EACH_OF(name, names & schema->aliases))
        resolved |= ls_bit(schema->stands_for[name]);
    return resolved;
}

static void write_properties(const ls_group *group, ls_carrier_set written, bool insert,
                             ls_row *row) {
    for (LS_EACH_OF(property, group->properties)) {
        bool of_written = ls_has(written, group->of[property]);
        if (of_written && !ls_has(written, (ls_local)property))
            set_value(row, (ls_local)property, LS_VALUE_STALE, 0);
        else if (of_written || insert)
            set_value(row, (ls_local)property, LS_VALUE_FRESH, 0);
    }
}

static void write_columns(statement *now, ls_carrier_set written) {
    ls_row *row = now->row;
    for (LS_EACH_OF(carrier, now->schema->exists & ~now->group->properties)) {
        ls_local local = (ls_local)carrier;
        if (ls_has(written, local))
            set_value(row, local, LS_VALUE_FRESH, row->last_write);
        else if (now->insert && now->schema->defaults[local] != 0)
            set_value(row, local, VALUE_DEFAULT, LS_WRITE_OF_DEFAULT);
        else if (now->insert)
            set_value(row, local, LS_VALUE_NULL, 0);
        else if (row->value[local] == LS_VALUE_FRESH)
            row->value[local] = LS_VALUE_STALE;
        now->defaults[local] = now->schema->defaults[local];
    }
}

/* A default is the value itself where the statement writes it under no name; else it is none of
 * the last write. */
static void settle_defaults(statement *now, bool written) {
    ls_model_default meant = 0;
    for (LS_EACH_OF(carrier, now->schema->exists)) {
        if (now->row->value[carrier] != VALUE_DEFAULT)
            continue;
        if (meant == 0)
            meant = now->defaults[carrier];
        bool is_meant = !written && now->defaults[carrier] == meant;
        now->row->value[carrier] = is_meant ? LS_VALUE_FRESH : LS_VALUE_STALE;
    }
}

static ls_fault write_row(statement *now, ls_carrier_set written) {
    ls_carrier_set columns = written & ~now->group->properties;
    if (columns != 0)
        now->row->last_write++;
    if (columns != 0 || now->insert)
        write_columns(now, columns);
    write_properties(now->group, written, now->insert, now->row);
    now->changed = columns;
    ls_fault fault = fire_all(now);
    if (now->insert)
        settle_defaults(now, columns != 0);
    if (fault.violation != LS_NO_VIOLATION)
        return fault;
    return check_row(now->group, now->schema, now->row, written,
                     now->insert ? LS_INSERT_FAILS : LS_UPDATE_FAILS);
}

/* What comes into a table of its own, beside a row that is there. Where its columns have values,
 * the row there is too, and the statement can only change it. */
static bool inserts_apart(const ls_group *group, const ls_group_write *write, const ls_row *row) {
    if (write->kind != LS_WRITE_INSERT || write->creates)
        return false;
    for (LS_EACH_OF(carrier, write->carriers & group->apart))
        if (row->value[carrier] != LS_VALUE_NULL)
            return false;
    return true;
}

ls_fault ls_row_write(const ls_group *group, const ls_schema *schema, const ls_group_write *write,
                      ls_row *row) {
    ls_carrier_set lacking = write->carriers & ~(schema->exists | schema->aliases);
    if (lacking != 0)
        return fault_at(LS_MISSING, ls_first_of(lacking));
    if (write->kind == LS_WRITE_DELETE) {
        *row = (ls_row){0};
        return LS_NO_FAULT;
    }
    statement now = {.group = group,
                     .schema = schema,
                     .row = row,
                     .insert = write->creates,
                     .inserts_apart = inserts_apart(group, write, row)};
    row->present = true;
    return write_row(&now, resolve_all(schema, write->carriers));
}

/* --- Reads ----------------------------------------------------------------------------------- */

/* In a group of several columns a null is right where there is no value at all. */
static bool is_unfilled(const ls_group *group, const ls_schema *schema, const ls_row *row,
                        ls_local carrier) {
    if (!group->linked)
        return ls_has(group->filled, carrier);
    for (LS_EACH_OF(other, schema->exists & ~group->properties))
        if (row->value[other] != LS_VALUE_NULL)
            return true;
    return false;
}

ls_fault ls_row_read(const ls_group *group, const ls_schema *schema,
                     const ls_group_version *version, ls_local name, const ls_row *row) {
    if (!ls_has(schema->exists | schema->aliases, name))
        return fault_at(LS_MISSING, name);
    ls_local carrier = ls_resolve(schema, name);
    if (!row->present)
        return LS_NO_FAULT;
    if (row->value[carrier] == LS_VALUE_STALE)
        return fault_at(LS_STALE_READ, name);
    if (row->value[carrier] == LS_VALUE_NULL && !ls_has(version->null_allowed, name) &&
        is_unfilled(group, schema, row, carrier))
        return fault_at(LS_UNFILLED_READ, name);
    return LS_NO_FAULT;
}

/* --- Backfills and checks -------------------------------------------------------------------- */

bool ls_row_left(const ls_group *group, const ls_group_backfill *backfill, const ls_row *row,
                 bool done) {
    if (!row->present)
        return false;
    switch (backfill->model->rows) {
    case LS_MODEL_ROWS_ALL:
        return !done;
    case LS_MODEL_ROWS_NULL:
        return !ls_row_satisfies(group, row, backfill->target);
    case LS_MODEL_ROWS_DISTINCT:
        return backfill->source == LS_NOT_IN_GROUP
                   ? !ls_row_satisfies(group, row, backfill->target)
                   : row->value[backfill->target] != row->value[backfill->source];
    }
    return false;
}

/* What a computed value is worth beside what is there. */
static ls_model_value computed(const ls_row *row, ls_local target, bool contested) {
    if (row->value[target] == LS_VALUE_FRESH && contested)
        return LS_VALUE_STALE;
    return row->value[target] == LS_VALUE_STALE ? LS_VALUE_STALE : LS_VALUE_FRESH;
}

static void fill(const ls_group *group, const ls_group_backfill *backfill, bool contested,
                 ls_row *row) {
    ls_local target = backfill->target;
    if (backfill->source != LS_NOT_IN_GROUP)
        set_value(row, target, row->value[backfill->source], row->write[backfill->source]);
    else if (ls_has(group->properties, target))
        set_value(row, target, LS_VALUE_FRESH, 0);
    else
        set_value(row, target, computed(row, target, contested), LS_WRITE_OF_BACKFILL);
    if (backfill->model->unknown)
        row->value[target] = LS_VALUE_STALE;
}

ls_fault ls_row_backfill(const ls_group *group, const ls_schema *schema,
                         const ls_group_backfill *backfill, bool contested, ls_row *row) {
    ls_group_backfill resolved = *backfill;
    if (!ls_has(schema->exists | schema->aliases, backfill->target))
        return fault_at(LS_BACKFILL_FAILS, backfill->target);
    resolved.target = ls_resolve(schema, backfill->target);
    if (backfill->source != LS_NOT_IN_GROUP) {
        if (!ls_has(schema->exists | schema->aliases, backfill->source))
            return fault_at(LS_BACKFILL_FAILS, backfill->source);
        resolved.source = ls_resolve(schema, backfill->source);
    }
    uint8_t before = row->value[resolved.target];
    fill(group, &resolved, contested, row);
    statement now = {.group = group, .schema = schema, .row = row};
    if (row->value[resolved.target] != before)
        now.changed = ls_bit(resolved.target);
    ls_fault fault = fire_all(&now);
    if (fault.violation != LS_NO_VIOLATION)
        return fault;
    return check_row(group, schema, row, ls_bit(resolved.target), LS_BACKFILL_FAILS);
}

static bool passes(const ls_group *group, const ls_schema *schema, const ls_group_gate *gate,
                   const ls_row *row) {
    ls_local carrier = ls_resolve(schema, gate->carrier);
    if (gate->source == LS_NOT_IN_GROUP)
        return ls_row_satisfies(group, row, carrier);
    return row->value[carrier] == row->value[ls_resolve(schema, gate->source)];
}

bool ls_row_passes(const ls_group *group, const ls_schema *schema, const ls_group_step *step,
                   const ls_row *row) {
    for (LS_EACH(const ls_group_gate, gate, step->gates))
        if (row->present && !passes(group, schema, gate, row))
            return false;
    return true;
}

ls_fault ls_schema_check(const ls_schema *schema, const ls_group_step *step) {
    for (LS_EACH(const ls_group_gate, gate, step->gates)) {
        if (!ls_has(schema->exists | schema->aliases, gate->carrier))
            return fault_at(LS_DDL_FAILS, gate->carrier);
        if (gate->source != LS_NOT_IN_GROUP &&
            !ls_has(schema->exists | schema->aliases, gate->source))
            return fault_at(LS_DDL_FAILS, gate->source);
    }
    return LS_NO_FAULT;
}
