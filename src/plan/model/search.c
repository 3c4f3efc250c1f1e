#include "plan/model/search.h"

#include <string.h>

/* --- Packing --------------------------------------------------------------------------------- */

static const uint64_t ABSENT = UINT64_MAX;

static void pack(const ls_search *search, const ls_situation *situation, uint64_t words[3]) {
    words[0] = (uint64_t)situation->front << 48 | (uint64_t)situation->at << 33 |
               (uint64_t)situation->done << 32 | (uint64_t)situation->lag << 17 |
               (uint64_t)situation->lag_done << 16 | situation->schema;
    words[1] = situation->live;
    words[2] = situation->row.present ? 0 : ABSENT;
    for (uint32_t i = 0; situation->row.present && i < search->group->carriers.count; i++)
        words[2] |= (uint64_t)situation->row.value[i] << (2 * i);
}

void ls_situation_of(const ls_search *search, uint32_t state, ls_situation *situation) {
    const uint64_t *words = search->states.items[state].words;
    *situation = (ls_situation){
        .front = (uint32_t)(words[0] >> 48),
        .at = (uint32_t)(words[0] >> 33) & (LS_GROUP_STAGES - 1),
        .done = (words[0] >> 32 & 1) != 0,
        .lag = (uint32_t)(words[0] >> 17) & (LS_GROUP_STAGES - 1),
        .lag_done = (words[0] >> 16 & 1) != 0,
        .schema = (uint32_t)words[0] & UINT16_MAX,
        .live = words[1],
    };
    situation->row.present = words[2] != ABSENT;
    for (uint32_t i = 0; situation->row.present && i < search->group->carriers.count; i++)
        situation->row.value[i] = (uint8_t)(words[2] >> (2 * i) & 3);
}

/* --- The states that are known --------------------------------------------------------------- */

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static uint32_t *slot_for(const ls_search *search, const uint64_t words[3]) {
    uint64_t hash = mix(mix(mix(0, words[0]), words[1]), words[2]);
    size_t mask = search->slot_count - 1;
    for (size_t i = (size_t)(hash >> 17) & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &search->slots[i];
        if (*slot == 0 || memcmp(search->states.items[*slot - 1].words, words,
                                 sizeof search->states.items->words) == 0)
            return slot;
    }
}

static void enlarge(ls_search *search) {
    search->slot_count = search->slot_count == 0 ? 256 : search->slot_count * 2;
    search->slots = LS_NEW_ARRAY(search->arena, uint32_t, search->slot_count);
    for (uint32_t i = 0; i < search->states.count; i++)
        *slot_for(search, search->states.items[i].words) = i + 1;
}

static void keep(ls_search *search, const ls_situation *situation, uint32_t parent, ls_move move) {
    ls_state state = {.parent = parent, .move = move};
    pack(search, situation, state.words);
    if (((size_t)search->states.count + 1) * 2 > search->slot_count)
        enlarge(search);
    uint32_t *slot = slot_for(search, state.words);
    if (*slot != 0)
        return;
    LS_PUSH(search->arena, &search->states, state);
    *slot = search->states.count;
}

/* --- Faults ---------------------------------------------------------------------------------- */

/* The same fault at the same place of the plan, by the same statement, is told once: the first is
 * the shortest way to it. The place of a read matters, since what it misses has many origins. */
static bool is_known(const ls_search *search, const ls_search_fault *fault) {
    const ls_state *here = &search->states.items[fault->state];
    for (uint32_t i = search->faults.count; i-- > 0;) {
        const ls_search_fault *known = &search->faults.items[i];
        const ls_state *there = &search->states.items[known->state];
        if (known->fault.violation == fault->fault.violation &&
            known->fault.carrier == fault->fault.carrier && known->move.kind == fault->move.kind &&
            known->move.version == fault->move.version && known->move.item == fault->move.item &&
            there->words[0] == here->words[0] && there->words[2] == here->words[2] &&
            there->move.version == here->move.version && there->move.kind == here->move.kind)
            return true;
    }
    return false;
}

/* Nobody reads more findings: a search that has these ends, and says that it is not complete. */
enum { MOST_FAULTS = 2000 };

static void note_fault(ls_search *search, const ls_search_fault *fault) {
    if (search->faults.count < MOST_FAULTS && !is_known(search, fault))
        LS_PUSH(search->arena, &search->faults, *fault);
}

/* --- Searching ------------------------------------------------------------------------------- */

typedef struct {
    ls_search *search;
    uint32_t state;
    ls_situation situation;
} expansion;

static void expand_move(void *context, const ls_move *move) {
    expansion *here = context;
    ls_search *search = here->search;
    ls_situation next = here->situation;
    ls_search_fault fault = {
        .state = here->state, .move = *move, .fault = ls_move_make(search, &next, move)};
    search->transitions++;
    if (fault.fault.violation != LS_NO_VIOLATION)
        note_fault(search, &fault);
    if (move->kind != LS_STEP_READ &&
        (fault.fault.violation == LS_NO_VIOLATION || fault.fault.violation == LS_DATA_LOST))
        keep(search, &next, here->state, *move);
}

static void start(ls_search *search) {
    for (int present = 1; present >= 0; present--) {
        ls_situation situation;
        ls_situation_start(search, present == 1, &situation);
        keep(search, &situation, LS_NONE, (ls_move){.version = LS_NOT_IN_GROUP});
    }
}

ls_search *ls_search_group(ls_arena *arena, const ls_group *group, size_t state_limit) {
    ls_search *search = LS_NEW(arena, ls_search);
    search->arena = arena;
    search->group = group;
    if (group->too_large)
        return search;
    start(search);
    for (uint32_t i = 0; i < search->states.count; i++) {
        if (search->states.count > state_limit || search->schemas.count > UINT16_MAX ||
            search->faults.count == MOST_FAULTS)
            return search;
        expansion here = {.search = search, .state = i};
        ls_situation_of(search, i, &here.situation);
        ls_moves(search, &here.situation, expand_move, &here);
    }
    search->complete = true;
    return search;
}
