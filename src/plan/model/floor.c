#include "plan/model/floor.h"

/* --- Who has been there ---------------------------------------------------------------------- */

static ls_way_back *way_of(const ls_stage_floor *floor, ls_model_index version) {
    for (LS_EACH(ls_way_back, way, floor->ways))
        if (way->version == version)
            return way;
    return NULL;
}

static void add_way(ls_arena *arena, ls_stage_floor *floor, ls_model_index version) {
    ls_way_back way = {.version = version,
                       .live = true,
                       .carrier = LS_NONE,
                       .harmed = LS_NONE,
                       .repeat_from = LS_NONE};
    ls_way_back *known = way_of(floor, version);
    if (known != NULL)
        known->live = true;
    else
        LS_PUSH(arena, &floor->ways, way);
}

/* Only each app's version that was deployed last stays live; of apps without one, all do. */
static void end_stragglers(const ls_model *model, ls_stage_floor *floor, uint32_t stage) {
    for (LS_EACH(ls_way_back, way, floor->ways)) {
        ls_model_index app = model->versions.items[way->version].app;
        for (uint32_t i = stage; i-- > 0;) {
            const ls_model_stage *deploy = &model->stages.items[i];
            if (deploy->kind != LS_STAGE_DEPLOY ||
                model->versions.items[deploy->version].app != app)
                continue;
            way->live = deploy->version == way->version;
            break;
        }
    }
}

void ls_floors_start(ls_arena *arena, const ls_model *model, ls_model_verdict *verdict) {
    ls_stage_floor before = {0};
    for (uint32_t i = 0; i < model->versions.count; i++)
        if (model->versions.items[i].today)
            add_way(arena, &before, i);
    for (uint32_t i = 0; i < model->stages.count; i++) {
        const ls_model_stage *stage = &model->stages.items[i];
        ls_stage_floor floor = {0};
        for (LS_EACH(const ls_way_back, way, before.ways))
            LS_PUSH(arena, &floor.ways, *way);
        if (stage->kind == LS_STAGE_DEPLOY)
            add_way(arena, &floor, stage->version);
        else if (stage->kind == LS_STAGE_SOAK)
            end_stragglers(model, &floor, i);
        LS_PUSH(arena, &verdict->floors, floor);
        before = floor;
    }
}

/* --- Whether a version may run --------------------------------------------------------------- */

typedef struct {
    ls_search *search;
    const ls_group *group;
    uint32_t stage;
    ls_carrier_set filled;                       /* by backfills until now, in every state */
    ls_model_index filled_by[LS_GROUP_CARRIERS]; /* stage */
    ls_local version;
    ls_situation situation;
    ls_way_back *way;
} trial;

static void forbid(trial *now, ls_fault fault, ls_local harmed) {
    if (now->way->back == LS_BACK_UNSAFE)
        return;
    now->way->back = LS_BACK_UNSAFE;
    now->way->because = fault.violation;
    now->way->carrier =
        fault.carrier == LS_NOT_IN_GROUP ? LS_NONE : now->group->carriers.items[fault.carrier];
    now->way->harmed = now->group->versions.items[harmed].version;
}

static ls_fault read_of(const trial *now, ls_local reader, ls_local carrier,
                        const ls_situation *situation) {
    return ls_row_read(now->group, &now->search->schemas.items[situation->schema],
                       &now->group->versions.items[reader], carrier, &situation->row);
}

static void check_readers(trial *now, const ls_situation *after) {
    ls_version_set readers = now->situation.live | ls_version_bit(now->version);
    for (LS_EACH_OF(reader, readers)) {
        for (LS_EACH_OF(carrier, now->group->versions.items[reader].reads)) {
            ls_fault fault = read_of(now, (ls_local)reader, (ls_local)carrier, after);
            if (fault.violation != LS_NO_VIOLATION &&
                read_of(now, (ls_local)reader, (ls_local)carrier, &now->situation).violation ==
                    LS_NO_VIOLATION)
                forbid(now, fault, (ls_local)reader);
        }
    }
}

static void check_filled(trial *now, const ls_situation *after) {
    if (!after->row.present || now->way->back != LS_BACK_SAFE)
        return;
    for (LS_EACH_OF(carrier, now->filled)) {
        if (after->row.value[carrier] == LS_VALUE_FRESH)
            continue;
        now->way->back = LS_BACK_UNFILLS;
        now->way->carrier = now->group->carriers.items[carrier];
        now->way->repeat_from = now->filled_by[carrier];
        return;
    }
}

static void try_move(void *context, const ls_move *move) {
    trial *now = context;
    ls_situation after = now->situation;
    ls_fault fault = ls_move_make(now->search, &after, move);
    if (fault.violation != LS_NO_VIOLATION) {
        forbid(now, fault, now->version);
    } else if (move->kind != LS_STEP_READ) {
        check_readers(now, &after);
        check_filled(now, &after);
    }
}

/* --- Stage by stage -------------------------------------------------------------------------- */

/* The state stands between the stage and the next. */
static bool is_after(const ls_situation *situation, uint32_t stage) {
    return situation->front == stage + 1 && situation->at == 0 && situation->lag == LS_NO_LAG;
}

typedef LS_VECTOR(ls_situation) situations;

static void find_filled(trial *now, const situations *states) {
    now->filled = 0;
    for (uint32_t i = 0; i <= now->stage; i++)
        for (LS_EACH(const ls_group_step, step, now->group->stages.items[i].steps))
            if (step->kind == LS_STEP_BACKFILL_ENDS) {
                now->filled |= ls_bit(step->backfill.target);
                now->filled_by[step->backfill.target] = i;
            }
    for (LS_EACH(const ls_situation, state, *states)) {
        now->filled &= now->search->schemas.items[state->schema].exists;
        for (uint32_t i = 0; state->row.present && i < now->group->carriers.count; i++)
            if (state->row.value[i] != LS_VALUE_FRESH)
                now->filled &= ~ls_bit((ls_local)i);
    }
}

static void try_versions(trial *now, const situations *states, const ls_stage_floor *floor) {
    find_filled(now, states);
    for (uint32_t i = 0; i < now->group->versions.count; i++) {
        now->version = (ls_local)i;
        now->way = way_of(floor, now->group->versions.items[i].version);
        if (now->way == NULL)
            continue;
        for (LS_EACH(const ls_situation, state, *states)) {
            now->situation = *state;
            ls_moves_of_version(now->search, state, now->version, try_move, now);
        }
    }
}

/* --- What a stage's down takes away ---------------------------------------------------------- */

static bool names_missing(const ls_schema *schema, const ls_group_version *version) {
    return ((version->reads | version->written) & ~(schema->exists | schema->aliases)) != 0;
}

static bool inserts_fail(const ls_group *group, const ls_schema *schema,
                         const ls_group_version *version) {
    for (LS_EACH(const ls_group_write, write, version->writes)) {
        ls_row row = {0};
        if (write->creates && ls_row_write(group, schema, write, &row).violation != LS_NO_VIOLATION)
            return true;
    }
    return false;
}

static void add_once(ls_arena *arena, ls_model_indexes *indexes, ls_model_index index) {
    for (LS_EACH(const ls_model_index, known, *indexes))
        if (*known == index)
            return;
    LS_PUSH(arena, indexes, index);
}

static void find_needy(ls_arena *arena, const ls_search *search, const ls_situation *before,
                       const ls_situation *after, ls_stage_floor *floor) {
    if (before->schema == after->schema)
        return;
    const ls_schema *old = &search->schemas.items[before->schema];
    const ls_schema *new = &search->schemas.items[after->schema];
    for (LS_EACH(const ls_group_version, version, search->group->versions)) {
        bool misses = names_missing(old, version) && !names_missing(new, version);
        if (misses || (inserts_fail(search->group, old, version) &&
                       !inserts_fail(search->group, new, version)))
            add_once(arena, &floor->needed_by, version->version);
    }
}

static bool drops(const ls_group_stage *stage) {
    for (LS_EACH(const ls_group_step, step, stage->steps))
        for (LS_EACH(const ls_group_action, action, step->actions))
            if (action->act == LS_ACT_DROP_CARRIER)
                return true;
    return false;
}

void ls_floors_of_group(ls_arena *arena, ls_search *search, ls_model_verdict *verdict) {
    const ls_group *group = search->group;
    situations *after = LS_NEW_ARRAY(arena, situations, group->stages.count + 1);
    for (uint32_t i = 0; i < search->states.count; i++) {
        ls_situation situation;
        ls_situation_of(search, i, &situation);
        if (is_after(&situation, situation.front - 1))
            LS_PUSH(arena, &after[situation.front], situation);
    }
    for (uint32_t i = 0; i < group->stages.count; i++) {
        trial now = {.search = search, .group = group, .stage = i};
        ls_stage_floor *floor = &verdict->floors.items[i];
        floor->irreversible |= drops(&group->stages.items[i]);
        if (after[i + 1].count == 0)
            continue;
        try_versions(&now, &after[i + 1], floor);
        if (after[i].count > 0)
            find_needy(arena, search, &after[i].items[0], &after[i + 1].items[0], floor);
    }
}

/* --- The point of no return ------------------------------------------------------------------ */

ls_model_index ls_floors_finish(const ls_model *model, ls_model_verdict *verdict) {
    bool unsoaked = false;
    for (uint32_t i = 0; i < model->stages.count; i++) {
        ls_model_stage_kind kind = model->stages.items[i].kind;
        if (verdict->floors.items[i].irreversible) {
            verdict->floors.items[i].point_of_no_return = true;
            return unsoaked ? i : LS_NONE;
        }
        unsoaked = kind == LS_STAGE_DEPLOY || (unsoaked && kind != LS_STAGE_SOAK);
    }
    return LS_NONE;
}
