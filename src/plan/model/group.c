/*
 * group.c - from the model to its groups.
 *
 * Which carriers are linked is found by merging sets: what a stage, a trigger or a backfill names
 * together stands for one value.
 */
#include "plan/model/group.h"

/* --- Which carriers belong together ---------------------------------------------------------- */

static ls_model_index root_of(ls_model_index *parents, ls_model_index carrier) {
    while (parents[carrier] != carrier) {
        parents[carrier] = parents[parents[carrier]];
        carrier = parents[carrier];
    }
    return carrier;
}

static void link_carriers(ls_model_index *parents, ls_model_index a, ls_model_index b) {
    if (a == LS_NONE || b == LS_NONE)
        return;
    ls_model_index one = root_of(parents, a), other = root_of(parents, b);
    if (one < other)
        parents[other] = one;
    else
        parents[one] = other;
}

static bool names_two(ls_model_act act) {
    return act == LS_ACT_RENAME_CARRIER || act == LS_ACT_SWAP_CARRIERS || act == LS_ACT_ADD_ALIAS ||
           act == LS_ACT_COPY;
}

static void link_stage(ls_model_index *parents, const ls_model_stage *stage) {
    for (LS_EACH(const ls_model_transaction, transaction, stage->transactions))
        for (LS_EACH(const ls_model_action, action, transaction->actions))
            if (names_two(action->act))
                link_carriers(parents, action->carrier, action->other);
    for (LS_EACH(const ls_model_backfill, backfill, stage->backfills))
        link_carriers(parents, backfill->target, backfill->source);
}

size_t ls_group_carriers(ls_arena *arena, const ls_model *model, ls_model_index *group_of) {
    ls_model_index *parents = LS_NEW_ARRAY(arena, ls_model_index, model->carriers.count);
    for (ls_model_index i = 0; i < model->carriers.count; i++)
        parents[i] = i;
    for (ls_model_index i = 0; i < model->carriers.count; i++)
        link_carriers(parents, i, model->carriers.items[i].of);
    for (LS_EACH(const ls_model_trigger, trigger, model->triggers))
        link_carriers(parents, trigger->source, trigger->target);
    for (LS_EACH(const ls_model_stage, stage, model->stages))
        link_stage(parents, stage);

    size_t count = 0;
    for (ls_model_index i = 0; i < model->carriers.count; i++) {
        ls_model_index root = root_of(parents, i);
        group_of[i] = root == i ? (ls_model_index)count++ : group_of[root];
    }
    return count;
}

/* --- Carriers -------------------------------------------------------------------------------- */

typedef struct {
    ls_arena *arena;
    ls_group *group;
    ls_local *local, *local_version;
} group_builder;

static ls_local local_of(const group_builder *builder, ls_model_index carrier) {
    return carrier == LS_NONE ? LS_NOT_IN_GROUP : builder->local[carrier];
}

static void add_carrier(group_builder *builder, ls_model_index index) {
    ls_group *group = builder->group;
    if (group->carriers.count == LS_GROUP_CARRIERS) {
        group->too_large = true;
        return;
    }
    const ls_model_carrier *carrier = &group->model->carriers.items[index];
    ls_local local = (ls_local)group->carriers.count;
    builder->local[index] = local;
    LS_PUSH(builder->arena, &group->carriers, index);
    group->defaults[local] = carrier->default_value;
    group->exists |= carrier->exists || carrier->of != LS_NONE ? ls_bit(local) : 0;
    group->not_null |= carrier->not_null ? ls_bit(local) : 0;
    group->filled |= carrier->filled ? ls_bit(local) : 0;
    group->apart |= carrier->apart ? ls_bit(local) : 0;
    group->properties |= carrier->of != LS_NONE ? ls_bit(local) : 0;
    group->only_when_written |= carrier->only_when_written ? ls_bit(local) : 0;
}

static void add_carriers(group_builder *builder, const ls_model_index *group_of,
                         ls_model_index number) {
    ls_group *group = builder->group;
    for (ls_model_index i = 0; i < group->model->carriers.count; i++) {
        builder->local[i] = LS_NOT_IN_GROUP;
        if (group_of[i] == number)
            add_carrier(builder, i);
    }
    for (LS_EACH_OF(property, group->properties)) {
        ls_local of =
            local_of(builder, group->model->carriers.items[group->carriers.items[property]].of);
        group->of[property] = of;
        if (of != LS_NOT_IN_GROUP)
            group->properties_of[of] |= ls_bit((ls_local)property);
    }
    group->linked =
        __builtin_popcount((ls_carrier_set)((UINT64_C(1) << group->carriers.count) - 1) &
                           ~group->properties) > 1;
}

/* --- Versions -------------------------------------------------------------------------------- */

/* Does a row of the group come into being where a row of the table does? */
static bool is_home(const ls_group *group, ls_model_index table) {
    for (uint32_t i = 0; i < group->carriers.count; i++)
        if (!ls_has(group->apart | group->properties, (ls_local)i) &&
            group->model->carriers.items[group->carriers.items[i]].table == table)
            return true;
    return false;
}

static bool has_table(const ls_group *group, ls_model_index table) {
    for (LS_EACH(const ls_model_index, carrier, group->carriers))
        if (group->model->carriers.items[*carrier].table == table)
            return true;
    return false;
}

static void add_write(group_builder *builder, ls_group_version *version,
                      const ls_model_write *model) {
    const ls_group *group = builder->group;
    ls_group_write write = {.kind = model->kind,
                            .creates =
                                model->kind == LS_WRITE_INSERT && is_home(group, model->table)};
    for (LS_EACH(const ls_model_index, carrier, model->carriers))
        if (local_of(builder, *carrier) != LS_NOT_IN_GROUP)
            write.carriers |= ls_bit(local_of(builder, *carrier));
    if (write.carriers == 0 && !has_table(group, model->table))
        return;
    if (model->kind == LS_WRITE_DELETE && !is_home(group, model->table))
        return;
    for (LS_EACH(const ls_group_write, same, version->writes))
        if (same->kind == write.kind && same->carriers == write.carriers &&
            same->creates == write.creates)
            return;
    version->written |= write.carriers;
    LS_PUSH(builder->arena, &version->writes, write);
}

static void add_version(group_builder *builder, ls_model_index index) {
    ls_group *group = builder->group;
    const ls_model_version *model = &group->model->versions.items[index];
    ls_group_version version = {.version = index};
    for (LS_EACH(const ls_model_read, read, model->reads)) {
        ls_local carrier = local_of(builder, read->carrier);
        if (carrier == LS_NOT_IN_GROUP)
            continue;
        version.reads |= ls_bit(carrier);
        version.null_allowed |= read->null_allowed ? ls_bit(carrier) : 0;
    }
    for (LS_EACH(const ls_model_write, write, model->writes))
        add_write(builder, &version, write);
    builder->local_version[index] = LS_NOT_IN_GROUP;
    if (version.reads == 0 && version.writes.count == 0)
        return;
    if (group->versions.count == LS_GROUP_VERSIONS) {
        group->too_large = true;
        return;
    }
    ls_local local = (ls_local)group->versions.count;
    builder->local_version[index] = local;
    LS_PUSH(builder->arena, &group->versions, version);
    group->today |= model->today ? ls_version_bit(local) : 0;
}

/* --- Stages ---------------------------------------------------------------------------------- */

static ls_local local_trigger(const ls_group *group, ls_model_index trigger) {
    for (uint32_t i = 0; trigger != LS_NONE && i < group->triggers.count; i++)
        if (group->triggers.items[i].trigger == trigger)
            return (ls_local)i;
    return LS_NOT_IN_GROUP;
}

static void add_triggers(group_builder *builder) {
    ls_group *group = builder->group;
    for (ls_model_index i = 0; i < group->model->triggers.count; i++) {
        const ls_model_trigger *model = &group->model->triggers.items[i];
        ls_group_trigger trigger = {.trigger = i,
                                    .model = model,
                                    .source = local_of(builder, model->source),
                                    .target = local_of(builder, model->target)};
        if (trigger.source == LS_NOT_IN_GROUP || trigger.target == LS_NOT_IN_GROUP)
            continue;
        if (group->triggers.count == LS_GROUP_TRIGGERS) {
            group->too_large = true;
            return;
        }
        group->filled |= ls_bit(trigger.target);
        LS_PUSH(builder->arena, &group->triggers, trigger);
    }
}

static bool is_about_trigger(ls_model_act act) {
    return act == LS_ACT_CREATE_TRIGGER || act == LS_ACT_DROP_TRIGGER ||
           act == LS_ACT_DISABLE_TRIGGER || act == LS_ACT_ENABLE_TRIGGER;
}

static bool constrains(ls_model_act act) {
    return act == LS_ACT_SET_NOT_NULL || act == LS_ACT_NOT_NULL_NOT_VALID ||
           act == LS_ACT_ADD_CHECK || act == LS_ACT_ADD_CHECK_NOT_VALID || act == LS_ACT_COPY;
}

static void add_action(group_builder *builder, ls_group_step *step, const ls_model_action *model) {
    ls_group_action action = {.act = model->act,
                              .carrier = LS_NOT_IN_GROUP,
                              .other = LS_NOT_IN_GROUP,
                              .trigger = LS_NOT_IN_GROUP,
                              .not_null = model->not_null,
                              .default_value = model->default_value};
    if (is_about_trigger(model->act)) {
        action.trigger = local_trigger(builder->group, model->trigger);
    } else {
        action.carrier = local_of(builder, model->carrier);
        if (names_two(model->act))
            action.other = local_of(builder, model->other);
    }
    if (action.carrier == LS_NOT_IN_GROUP && action.trigger == LS_NOT_IN_GROUP)
        return;
    if (constrains(action.act))
        builder->group->filled |= ls_bit(action.carrier);
    LS_PUSH(builder->arena, &step->actions, action);
}

static void add_transactions(group_builder *builder, ls_group_stage *stage,
                             const ls_model_stage *model) {
    for (uint32_t i = 0; i < model->transactions.count; i++) {
        ls_group_step step = {.kind = LS_STEP_TRANSACTION, .transaction = i};
        for (LS_EACH(const ls_model_action, action, model->transactions.items[i].actions))
            add_action(builder, &step, action);
        if (step.actions.count > 0)
            LS_PUSH(builder->arena, &stage->steps, step);
    }
}

static void add_backfills(group_builder *builder, ls_group_stage *stage,
                          const ls_model_stage *model) {
    for (LS_EACH(const ls_model_backfill, backfill, model->backfills)) {
        ls_group_step step = {.kind = LS_STEP_BACKFILL_ENDS,
                              .backfill = {.model = backfill,
                                           .target = local_of(builder, backfill->target),
                                           .source = local_of(builder, backfill->source)}};
        if (step.backfill.target == LS_NOT_IN_GROUP)
            continue;
        builder->group->filled |= ls_bit(step.backfill.target);
        LS_PUSH(builder->arena, &stage->steps, step);
    }
}

static void add_gates(group_builder *builder, ls_group_stage *stage, const ls_model_stage *model) {
    ls_group_step step = {.kind = LS_STEP_CHECK};
    for (LS_EACH(const ls_model_gate, gate, model->gates)) {
        ls_group_gate local = {local_of(builder, gate->carrier), local_of(builder, gate->source)};
        if (local.carrier != LS_NOT_IN_GROUP)
            LS_PUSH(builder->arena, &step.gates, local);
    }
    LS_PUSH(builder->arena, &stage->steps, step);
}

static void add_deploy(group_builder *builder, ls_group_stage *stage, const ls_model_stage *model) {
    ls_local version = builder->local_version[model->version];
    if (version == LS_NOT_IN_GROUP)
        return;
    ls_group_step begin = {.kind = LS_STEP_DEPLOY, .versions = ls_version_bit(version)};
    ls_group_step end = {.kind = LS_STEP_DEPLOY_ENDS};
    LS_PUSH(builder->arena, &stage->steps, begin);
    LS_PUSH(builder->arena, &stage->steps, end);
}

/* The last version of the app that is deployed before the stage; LS_NONE: none is. */
static ls_model_index newest_before(const ls_model *model, ls_model_index app, uint32_t stage) {
    for (uint32_t i = stage; i-- > 0;)
        if (model->stages.items[i].kind == LS_STAGE_DEPLOY &&
            model->versions.items[model->stages.items[i].version].app == app)
            return model->stages.items[i].version;
    return LS_NONE;
}

static bool overlapped_by(const ls_model *model, ls_model_index version, uint32_t stage) {
    if (stage + 1 >= model->stages.count)
        return false;
    const ls_model_stage *next = &model->stages.items[stage + 1];
    return next->overlaps && next->kind == LS_STAGE_DEPLOY && next->version == version;
}

/* Those that stay are each app's newest, and such as an overlapping stage has started since. */
static void add_soak(group_builder *builder, ls_group_stage *stage, uint32_t number) {
    const ls_model *model = builder->group->model;
    ls_group_step step = {.kind = LS_STEP_SOAK};
    for (uint32_t i = 0; i < builder->group->versions.count; i++) {
        ls_model_index version = builder->group->versions.items[i].version;
        ls_model_index newest = newest_before(model, model->versions.items[version].app, number);
        if (newest == LS_NONE || newest == version || overlapped_by(model, version, number))
            step.versions |= ls_version_bit((ls_local)i);
    }
    LS_PUSH(builder->arena, &stage->steps, step);
}

static void add_stage(group_builder *builder, uint32_t number) {
    ls_group *group = builder->group;
    const ls_model_stage *model = &group->model->stages.items[number];
    ls_group_stage stage = {.overlaps = model->overlaps};
    if (model->kind == LS_STAGE_SQL)
        add_transactions(builder, &stage, model);
    else if (model->kind == LS_STAGE_BACKFILL)
        add_backfills(builder, &stage, model);
    else if (model->kind == LS_STAGE_CHECK)
        add_gates(builder, &stage, model);
    else if (model->kind == LS_STAGE_DEPLOY)
        add_deploy(builder, &stage, model);
    else if (model->kind == LS_STAGE_SOAK)
        add_soak(builder, &stage, number);
    stage.starts_by_itself = model->kind == LS_STAGE_BACKFILL || model->kind == LS_STAGE_SOAK;
    ls_group_step nothing = {.kind = LS_STEP_NOTHING};
    if (stage.steps.count == 0)
        LS_PUSH(builder->arena, &stage.steps, nothing);
    group->too_large |= stage.steps.count >= LS_GROUP_STAGES;
    LS_PUSH(builder->arena, &group->stages, stage);
}

const ls_group *ls_group_new(ls_arena *arena, const ls_model *model, const ls_model_index *group_of,
                             ls_model_index number) {
    ls_group *group = LS_NEW(arena, ls_group);
    group_builder builder = {
        .arena = arena,
        .group = group,
        .local = LS_NEW_ARRAY(arena, ls_local, model->carriers.count),
        .local_version = LS_NEW_ARRAY(arena, ls_local, model->versions.count),
    };
    group->model = model;
    group->local = builder.local;
    group->local_version = builder.local_version;
    group->too_large = model->stages.count >= LS_GROUP_STAGES;
    add_carriers(&builder, group_of, number);
    for (ls_model_index i = 0; i < model->versions.count; i++)
        add_version(&builder, i);
    add_triggers(&builder);
    for (uint32_t i = 0; i < model->stages.count && !group->too_large; i++)
        add_stage(&builder, i);
    return group;
}
