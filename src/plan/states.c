#include "plan/states.h"

#include <string.h>

typedef struct {
    unsigned done;
    const ls_relation *relation; /* NULL: gone */
} state;

typedef struct {
    ls_relation_id id;
    bool touched;
    LS_VECTOR(state) states; /* by `done` */
} history;

struct ls_plan_states {
    ls_arena *arena;
    ls_catalog *catalog;
    LS_VECTOR(history) histories; /* by id */
};

/* --- Copying --------------------------------------------------------------------------------- */

#define COPY_ITEMS(arena, vector)                                                                  \
    do {                                                                                           \
        if ((vector).count > 0) {                                                                  \
            void *items = ls_arena_alloc((arena), sizeof *(vector).items * (vector).count);        \
            memcpy(items, (vector).items, sizeof *(vector).items *(vector).count);                 \
            (vector).items = items;                                                                \
            (vector).capacity = (vector).count;                                                    \
        }                                                                                          \
    } while (0)

static void copy_parts(ls_arena *arena, ls_relation *copy) {
    COPY_ITEMS(arena, copy->columns);
    COPY_ITEMS(arena, copy->constraints);
    COPY_ITEMS(arena, copy->indexes);
    COPY_ITEMS(arena, copy->triggers);
}

static const ls_relation *copy_of(ls_arena *arena, const ls_relation *relation) {
    if (relation == NULL)
        return NULL;
    ls_relation *copy = LS_NEW(arena, ls_relation);
    *copy = *relation;
    copy_parts(arena, copy);
    COPY_ITEMS(arena, copy->policies);
    COPY_ITEMS(arena, copy->elements);
    COPY_ITEMS(arena, copy->uses);
    return copy;
}

/* --- Keeping --------------------------------------------------------------------------------- */

static uint32_t place_of(const ls_plan_states *states, ls_relation_id id) {
    uint32_t low = 0, high = states->histories.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (states->histories.items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static history *history_of(const ls_plan_states *states, ls_relation_id id) {
    uint32_t place = place_of(states, id);
    bool known = place < states->histories.count && states->histories.items[place].id == id;
    return known ? &states->histories.items[place] : NULL;
}

static history *add_history(ls_plan_states *states, ls_relation_id id) {
    uint32_t place = place_of(states, id);
    LS_PUSH(states->arena, &states->histories, (history){0});
    history *items = states->histories.items;
    memmove(items + place + 1, items + place,
            sizeof *items * (states->histories.count - 1 - place));
    items[place] = (history){.id = id};
    return &items[place];
}

static void push_state(ls_plan_states *states, history *of, unsigned done) {
    const ls_relation *now = ls_catalog_relation(states->catalog, of->id);
    state fresh = {.done = done, .relation = copy_of(states->arena, now)};
    if (of->states.count > 0 && of->states.items[of->states.count - 1].done == done)
        of->states.items[of->states.count - 1] = fresh;
    else
        LS_PUSH(states->arena, &of->states, fresh);
}

ls_plan_states *ls_states_new(ls_arena *arena, ls_catalog *catalog) {
    ls_plan_states *states = LS_NEW(arena, ls_plan_states);
    states->arena = arena;
    states->catalog = catalog;
    const ls_relation_ids all = ls_catalog_relations(arena, catalog);
    for (size_t i = 0; i < all.count; i++)
        push_state(states, add_history(states, all.items[i]), 0);
    return states;
}

/* One that the history does not show may have been there all the time, without what has a birth. */
static const ls_relation *before_the_plan(ls_plan_states *states, ls_relation_id id) {
    const ls_relation *now = ls_catalog_relation(states->catalog, id);
    if (now == NULL || now->birth.known)
        return NULL;
    ls_relation *then = LS_NEW(states->arena, ls_relation);
    *then = *copy_of(states->arena, now);
    then->columns.count = then->constraints.count = then->triggers.count = 0;
    then->indexes.count = then->policies.count = 0;
    for (LS_EACH(const ls_catalog_column, column, now->columns))
        if (!column->birth.known)
            LS_PUSH(states->arena, &then->columns, *column);
    return then;
}

void ls_states_note(ls_plan_states *states, ls_relation_id id, unsigned done) {
    history *of = history_of(states, id);
    if (of == NULL) {
        of = add_history(states, id);
        const ls_relation *then = before_the_plan(states, id);
        if (then != NULL)
            LS_PUSH(states->arena, &of->states, ((state){.relation = then}));
    }
    of->touched = true;
    push_state(states, of, done);
}

/* --- Asking ---------------------------------------------------------------------------------- */

static const ls_relation *at(const history *of, unsigned done) {
    const ls_relation *found = NULL;
    for (LS_EACH(const state, one, of->states))
        if (one->done <= done)
            found = one->relation;
    return found;
}

const ls_relation *ls_states_at(const ls_plan_states *states, ls_relation_id id, unsigned done) {
    const history *of = history_of(states, id);
    return of == NULL ? NULL : at(of, done);
}

const ls_relation *ls_states_named(const ls_plan_states *states, const char *schema,
                                   const char *name, unsigned done) {
    const ls_relation *found = NULL;
    for (LS_EACH(const history, of, states->histories)) {
        const ls_relation *relation = at(of, done);
        if (relation == NULL || strcmp(relation->name, name) != 0 ||
            relation->kind == LS_RELATION_INDEX || relation->kind == LS_RELATION_SEQUENCE)
            continue;
        if (schema != NULL ? strcmp(relation->schema, schema) == 0
                           : strcmp(relation->schema, "public") == 0)
            return relation;
        if (schema == NULL)
            found = relation;
    }
    return found;
}

ls_relation_ids ls_states_relations(const ls_plan_states *states) {
    ls_relation_ids ids = {0};
    for (LS_EACH(const history, of, states->histories))
        LS_PUSH(states->arena, &ids, of->id);
    return ids;
}

ls_relation_ids ls_states_touched(const ls_plan_states *states) {
    ls_relation_ids ids = {0};
    for (LS_EACH(const history, of, states->histories))
        if (of->touched)
            LS_PUSH(states->arena, &ids, of->id);
    return ids;
}
