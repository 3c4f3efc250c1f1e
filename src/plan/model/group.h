/*
 * group.h - one group of linked carriers, and what the model says about them alone.
 *
 * Carriers are numbered within the group, so that sets of them are bits of a word; what is about
 * other carriers is left out. A stage is the list of steps that it takes for this group: at least
 * one, so that positions in the plan are the same for all groups.
 */
#ifndef LS_PLAN_MODEL_GROUP_H
#define LS_PLAN_MODEL_GROUP_H

#include "plan/model/verdict.h"

enum {
    LS_GROUP_CARRIERS = 32, /* bits of ls_carrier_set; two bits each in a state's row */
    LS_GROUP_TRIGGERS = 32,
    LS_GROUP_VERSIONS = 64,
    LS_GROUP_STAGES = 1 << 15, /* what a packed state has room for; steps of one stage, too */
    LS_NOT_IN_GROUP = 255,
};

typedef uint32_t ls_carrier_set;
typedef uint32_t ls_trigger_set;
typedef uint64_t ls_version_set;

/* A carrier, trigger or version of the group. */
typedef uint8_t ls_local;

/* No bit for what is not in the group. */
static inline uint32_t ls_bit(ls_local local) {
    return local < 32 ? UINT32_C(1) << local : 0;
}

static inline uint64_t ls_version_bit(ls_local version) {
    return UINT64_C(1) << version;
}

static inline bool ls_has(ls_carrier_set set, ls_local carrier) {
    return (set & ls_bit(carrier)) != 0;
}

/* The first of a set that is not empty. */
static inline ls_local ls_first_of(uint64_t set) {
    return (ls_local)__builtin_ctzll(set);
}

/* for (LS_EACH_OF(carrier, set)) */
#define LS_EACH_OF(name, set)                                                                      \
    uint64_t name##_left = (set), name = name##_left == 0 ? 0 : ls_first_of(name##_left);          \
    name##_left != 0;                                                                              \
    name##_left &= name##_left - 1, name = name##_left == 0 ? 0 : ls_first_of(name##_left)

typedef struct {
    ls_model_write_kind kind;
    bool creates; /* INSERT: the row comes into being */
    ls_carrier_set carriers;
} ls_group_write;

typedef struct {
    ls_model_index version;
    ls_carrier_set reads, null_allowed, written;
    LS_VECTOR(ls_group_write) writes;
} ls_group_version;

typedef struct {
    ls_model_index trigger;
    const ls_model_trigger *model;
    ls_local source, target;
} ls_group_trigger;

typedef struct {
    ls_model_act act;
    ls_local carrier, other, trigger;
    bool not_null;
    ls_model_default default_value;
} ls_group_action;

typedef struct {
    const ls_model_backfill *model;
    ls_local target, source;
} ls_group_backfill;

typedef struct {
    ls_local carrier, source;
} ls_group_gate;

typedef struct {
    ls_step_kind kind; /* BACKFILL_ENDS stands for the statement and its end */
    unsigned transaction;
    LS_VECTOR(ls_group_action) actions;
    LS_VECTOR(ls_group_gate) gates;
    ls_group_backfill backfill;
    ls_version_set versions; /* DEPLOY: that start; SOAK: that stay */
} ls_group_step;

typedef struct {
    LS_VECTOR(ls_group_step) steps;
    bool overlaps;
    bool starts_by_itself; /* waits or works as soon as it is its turn, before its first step */
} ls_group_stage;

typedef struct {
    const ls_model *model;
    ls_model_indexes carriers;       /* by number within the group */
    const ls_local *local;           /* by number in the model: the number within the group */
    const ls_local *local_version;   /* the same */
    ls_carrier_set exists, not_null; /* before the first stage */
    ls_carrier_set filled, apart;
    ls_carrier_set properties, only_when_written;
    ls_local of[LS_GROUP_CARRIERS]; /* of properties */
    ls_carrier_set properties_of[LS_GROUP_CARRIERS];
    ls_model_default defaults[LS_GROUP_CARRIERS];
    bool linked; /* several columns hold the same value */
    LS_VECTOR(ls_group_version) versions;
    LS_VECTOR(ls_group_trigger) triggers;
    LS_VECTOR(ls_group_stage) stages;
    ls_version_set today;
    bool too_large; /* more than a packed state has room for */
} ls_group;

/* For each carrier of the model the number of its group; how many groups there are. */
size_t ls_group_carriers(ls_arena *arena, const ls_model *model, ls_model_index *group_of);

/* The group of the carriers whose group_of is `number`. */
const ls_group *ls_group_new(ls_arena *arena, const ls_model *model, const ls_model_index *group_of,
                             ls_model_index number);

#endif
