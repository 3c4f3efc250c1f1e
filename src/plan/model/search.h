/*
 * search.h - all that can happen to a group, breadth first.
 *
 * A situation is where the plan stands, which versions are live, the schema and the row. Packed it
 * is three words; a state remembers the move that first led to it, so that the way to it is the
 * shortest. Schemas are few and are kept once.
 *
 * The plan stands at a step of a stage, the front. While an overlapping stage is the front, the one
 * before it (the lag) may still have steps to take.
 */
#ifndef LS_PLAN_MODEL_SEARCH_H
#define LS_PLAN_MODEL_SEARCH_H

#include "plan/model/row.h"

enum { LS_NO_LAG = LS_GROUP_STAGES - 1 };

typedef struct {
    uint32_t front, at;  /* the stage and its next step; front is the number of stages at the end */
    uint32_t lag;        /* the next step of the stage before the front, or LS_NO_LAG */
    bool done, lag_done; /* the backfill at that step has been at the row */
    uint32_t schema;
    ls_version_set live;
    ls_row row;
} ls_situation;

typedef struct {
    ls_step_kind kind;
    ls_local version; /* INSERT, UPDATE, DELETE, READ */
    uint8_t item;     /* the number of the write; READ: the carrier */
    bool of_lag;      /* a step of the lag, not of the front */
    bool starts;      /* the front becomes the lag first */
    bool passed_by;   /* INSERT: behind the backfill, which does not come to the row */
} ls_move;

typedef struct {
    uint64_t words[3];
    uint32_t parent; /* LS_NONE: of the start */
    ls_move move;
} ls_state;

typedef struct {
    uint32_t state;
    ls_move move;
    ls_fault fault;
} ls_search_fault;

typedef struct {
    ls_arena *arena;
    const ls_group *group;
    LS_VECTOR(ls_schema) schemas;
    LS_VECTOR(ls_state) states;
    LS_VECTOR(ls_search_fault)
    faults; /* in the order in which they were found, each once a place */
    size_t transitions;
    bool complete;
    uint32_t *slots; /* hash table of the numbers of states */
    size_t slot_count;
} ls_search;

ls_search *ls_search_group(ls_arena *arena, const ls_group *group, size_t state_limit);

void ls_situation_of(const ls_search *search, uint32_t state, ls_situation *situation);

/* The step of the plan that the move takes from the situation; NULL for a version's. */
const ls_group_step *ls_move_step(const ls_group *group, const ls_situation *situation,
                                  const ls_move *move, uint32_t *stage);

/* Makes the move. Where there is a fault other than DATA_LOST nothing is changed. */
ls_fault ls_move_make(ls_search *search, ls_situation *situation, const ls_move *move);

typedef void ls_move_visit(void *context, const ls_move *move);

/* Every move that the situation allows; those of the versions, then those of the plan. */
void ls_moves_of_version(const ls_search *search, const ls_situation *situation, ls_local version,
                         ls_move_visit *visit, void *context);
void ls_moves(const ls_search *search, const ls_situation *situation, ls_move_visit *visit,
              void *context);

/* The row and the schema before the first stage. */
void ls_situation_start(ls_search *search, bool present, ls_situation *situation);

#endif
