#include "plan/model/history.h"

static void add_event(ls_arena *arena, ls_history *history, const ls_move *move, uint32_t *begun) {
    ls_event event = {.move = *move, .after = ls_last_event(history)->after};
    event.front = event.after.front;
    event.step = ls_move_step(history->group, &event.after, move, &event.stage);
    if (event.step == NULL)
        event.stage = *begun;
    else if (*begun == LS_NONE || event.stage > *begun)
        *begun = event.stage;
    ls_fault fault = ls_move_make(history->search, &event.after, move);
    history->fault = fault;
    LS_PUSH(arena, &history->events, event);
}

void ls_history_of(ls_arena *arena, ls_search *search, const ls_search_fault *fault,
                   ls_history *history) {
    *history = (ls_history){.search = search, .group = search->group};
    LS_VECTOR(ls_move) moves = {0};
    LS_PUSH(arena, &moves, fault->move);
    uint32_t state = fault->state;
    for (; search->states.items[state].parent != LS_NONE;
         state = search->states.items[state].parent)
        LS_PUSH(arena, &moves, search->states.items[state].move);

    ls_event start = {.move = {.kind = LS_STEP_NOTHING, .version = LS_NOT_IN_GROUP},
                      .stage = LS_NONE};
    ls_situation situation;
    ls_situation_of(search, state, &situation);
    ls_situation_start(search, situation.row.present, &start.after);
    LS_PUSH(arena, &history->events, start);
    uint32_t begun = LS_NONE;
    for (uint32_t i = moves.count; i-- > 0;)
        add_event(arena, history, &moves.items[i], &begun);
}

const ls_schema *ls_schema_after(const ls_history *history, const ls_event *event) {
    return &history->search->schemas.items[event->after.schema];
}

const ls_group_write *ls_write_of(const ls_history *history, const ls_event *event) {
    if (event->move.kind != LS_STEP_INSERT && event->move.kind != LS_STEP_UPDATE)
        return NULL;
    return &history->group->versions.items[event->move.version].writes.items[event->move.item];
}

static ls_local name_before_action(const ls_group_action *action, ls_local name) {
    if (action->act == LS_ACT_RENAME_CARRIER && action->other == name)
        return action->carrier;
    if (action->act == LS_ACT_ADD_CARRIER && action->carrier == name)
        return LS_NOT_IN_GROUP;
    if (action->act == LS_ACT_SWAP_CARRIERS && action->carrier == name)
        return action->other;
    if (action->act == LS_ACT_SWAP_CARRIERS && action->other == name)
        return action->carrier;
    return name;
}

ls_local ls_name_before(const ls_event *event, ls_local name) {
    if (event->step == NULL || event->step->kind != LS_STEP_TRANSACTION)
        return name;
    for (uint32_t i = event->step->actions.count; i-- > 0 && name != LS_NOT_IN_GROUP;)
        name = name_before_action(&event->step->actions.items[i], name);
    return name;
}

ls_model_index ls_stage_of_trigger(const ls_group *group, ls_local trigger) {
    for (uint32_t i = 0; i < group->stages.count; i++)
        for (LS_EACH(const ls_group_step, step, group->stages.items[i].steps))
            for (LS_EACH(const ls_group_action, action, step->actions))
                if (action->act == LS_ACT_CREATE_TRIGGER && action->trigger == trigger)
                    return i;
    return LS_NONE;
}

/* --- Versions in the plan -------------------------------------------------------------------- */

ls_model_index ls_deploy_of(const ls_group *group, ls_local version) {
    ls_model_index number = group->versions.items[version].version;
    if (group->model->versions.items[number].today)
        return LS_NONE;
    for (uint32_t i = 0; i < group->model->stages.count; i++)
        if (group->model->stages.items[i].kind == LS_STAGE_DEPLOY &&
            group->model->stages.items[i].version == number)
            return i;
    return LS_NONE;
}

bool ls_deployed_before(const ls_group *group, ls_local version, uint32_t stage) {
    ls_model_index deploy = ls_deploy_of(group, version);
    return deploy == LS_NONE || deploy < stage;
}

bool ls_is_older(const ls_group *group, ls_local version, ls_local other) {
    ls_model_index deploy = ls_deploy_of(group, other);
    return deploy != LS_NONE && version != other && ls_deployed_before(group, version, deploy);
}

bool ls_same_app(const ls_group *group, ls_local version, ls_local other) {
    const ls_model_version *versions = group->model->versions.items;
    return versions[group->versions.items[version].version].app ==
           versions[group->versions.items[other].version].app;
}
