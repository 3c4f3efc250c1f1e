/*
 * verify.c - from the model to the verdict: every group searched, every fault put down to its
 * cause, and one finding left of each cause.
 */
#include "plan/model/cause.h"
#include "plan/model/floor.h"

/* --- Traces ---------------------------------------------------------------------------------- */

static void add_values(ls_arena *arena, const ls_history *history, const ls_event *event,
                       ls_trace_step *step) {
    const ls_group *group = history->group;
    const ls_row *row = &event->after.row;
    step->row = row->present;
    step->last_write = row->last_write;
    if (!row->present)
        return;
    for (LS_EACH_OF(carrier, ls_schema_after(history, event)->exists & ~group->properties)) {
        ls_trace_value value = {.carrier = group->carriers.items[carrier],
                                .value = (ls_model_value)row->value[carrier],
                                .write = row->write[carrier]};
        LS_PUSH(arena, &step->values, value);
    }
}

static ls_carrier_set carriers_of(const ls_history *history, const ls_event *event) {
    const ls_group_write *write = ls_write_of(history, event);
    if (write != NULL)
        return write->carriers & ~history->group->properties;
    if (event->move.kind == LS_STEP_READ)
        return ls_bit(event->move.item);
    if (event->move.kind == LS_STEP_BACKFILL || event->move.kind == LS_STEP_BACKFILL_ENDS)
        return ls_bit(event->step->backfill.target);
    return 0;
}

static bool is_about(const ls_event *event, ls_local carrier) {
    if (event->move.kind != LS_STEP_TRANSACTION)
        return false;
    for (LS_EACH(const ls_group_action, action, event->step->actions))
        if (action->act != LS_ACT_ADD_CARRIER &&
            (action->carrier == carrier || action->other == carrier))
            return true;
    return false;
}

static bool takes_trigger(const ls_event *event, ls_local trigger) {
    for (LS_EACH(const ls_group_action, action, event->step->actions))
        if ((action->act == LS_ACT_DROP_TRIGGER || action->act == LS_ACT_DISABLE_TRIGGER) &&
            action->trigger == trigger)
            return true;
    return false;
}

/* The very thing that is blamed, though the row may have no part in it: a backfill that has ended
 * too early for the row, a trigger that goes. */
static bool is_blamed(const ls_blame *blame, const ls_event *event) {
    if (event->stage != blame->stage)
        return false;
    return (event->move.kind == LS_STEP_BACKFILL_ENDS &&
            blame->cause != LS_CAUSE_OVERWRITES_LIVE_COLUMN) ||
           (event->move.kind == LS_STEP_TRANSACTION && blame->trigger != LS_NOT_IN_GROUP &&
            takes_trigger(event, blame->trigger));
}

/* The row's story, the SQL that comes into it, and the stages that it goes through. */
static bool is_told(const ls_history *history, const ls_blame *blame, const ls_event *event,
                    bool begun) {
    if (is_blamed(blame, event))
        return true;
    switch (event->move.kind) {
    case LS_STEP_INSERT:
    case LS_STEP_UPDATE:
    case LS_STEP_DELETE:
    case LS_STEP_READ:
    case LS_STEP_BACKFILL:
        return true;
    case LS_STEP_TRANSACTION:
        return begun || event == ls_last_event(history) || is_about(event, history->fault.carrier);
    case LS_STEP_DEPLOY:
    case LS_STEP_SOAK:
    case LS_STEP_CHECK:
    case LS_STEP_BACKFILL_ENDS:
        return begun;
    default:
        return false;
    }
}

static void tell(ls_arena *arena, const ls_history *history, const ls_blame *blame,
                 ls_trace *trace) {
    const ls_group *group = history->group;
    bool begun = false;
    for (LS_EACH(const ls_event, event, history->events)) {
        ls_local version = event->move.kind == LS_STEP_DEPLOY ? ls_first_of(event->step->versions)
                                                              : event->move.version;
        ls_trace_step step = {
            .kind = event->move.kind,
            .stage = event->stage,
            .version =
                version == LS_NOT_IN_GROUP ? LS_NONE : group->versions.items[version].version,
            .transaction = event->step == NULL ? 0 : event->step->transaction,
            .told = event != history->events.items && is_told(history, blame, event, begun),
        };
        begun |= step.told;
        for (LS_EACH_OF(carrier, carriers_of(history, event)))
            LS_PUSH(arena, &step.carriers, group->carriers.items[carrier]);
        add_values(arena, history, event, &step);
        LS_PUSH(arena, trace, step);
    }
}

/* --- Findings -------------------------------------------------------------------------------- */

typedef struct {
    ls_model_finding finding;
    ls_model_index group, app; /* of the reader */
    bool lost, folded;
    ls_cause behind;
} candidate;
typedef LS_VECTOR(candidate) candidates;

static ls_model_index carrier_index(const ls_group *group, ls_local carrier) {
    return carrier == LS_NOT_IN_GROUP ? LS_NONE : group->carriers.items[carrier];
}

static ls_model_index version_index(const ls_group *group, ls_local version) {
    return version == LS_NOT_IN_GROUP ? LS_NONE : group->versions.items[version].version;
}

/* A carrier other than the one that has the last write, or what the last backfill copied from. */
static ls_local source_of(const ls_history *history, ls_local carrier) {
    const ls_event *last = ls_last_event(history);
    for (LS_EACH_OF(other, ls_schema_after(history, last)->exists & ~history->group->properties))
        if (other != carrier && last->after.row.value[other] == LS_VALUE_FRESH)
            return (ls_local)other;
    return LS_NOT_IN_GROUP;
}

static candidate describe(const ls_history *history, const ls_blame *blame, ls_model_index number) {
    const ls_group *group = history->group;
    const ls_event *last = ls_last_event(history);
    candidate result = {.group = number, .lost = blame->lost, .behind = blame->behind};
    result.finding = (ls_model_finding){
        .cause = blame->cause,
        .violation = history->fault.violation,
        .also = 1U << history->fault.violation,
        .stage = blame->stage,
        .during = last->stage,
        .version = version_index(group, last->move.version),
        .writer = version_index(group, blame->writer),
        .carrier = carrier_index(group, blame->carrier),
        .source = carrier_index(group, source_of(history, blame->carrier)),
        .trigger = blame->trigger == LS_NOT_IN_GROUP
                       ? LS_NONE
                       : group->triggers.items[blame->trigger].trigger,
        .assumed = blame->assumed,
    };
    result.app = result.finding.version == LS_NONE
                     ? LS_NONE
                     : group->model->versions.items[result.finding.version].app;
    return result;
}

static bool is_about_reader(ls_cause cause) {
    return cause == LS_CAUSE_READ_BEFORE_FILL || cause == LS_CAUSE_READ_BEFORE_SYNC;
}

/* Causes that are about one carrier, though another has the same at the same stage. */
static bool is_about_carrier(ls_cause cause) {
    return is_about_reader(cause) || cause == LS_CAUSE_USE_BEFORE_EXISTS ||
           cause == LS_CAUSE_REQUIRED_COLUMN || cause == LS_CAUSE_STOP_WRITE_NOT_NULL;
}

static bool is_same(const candidate *a, const candidate *b) {
    if (a->finding.cause != b->finding.cause)
        return false;
    if (is_about_carrier(a->finding.cause) && a->group != b->group)
        return false;
    return is_about_reader(a->finding.cause) ? a->app == b->app
                                             : a->finding.stage == b->finding.stage;
}

static void add_candidate(ls_arena *arena, candidates *known, candidate *new,
                          const ls_history *history, const ls_blame *blame) {
    for (LS_EACH(candidate, same, *known)) {
        if (!is_same(same, new))
            continue;
        same->finding.also |= new->finding.also;
        return;
    }
    tell(arena, history, blame, &new->finding.trace);
    LS_PUSH(arena, known, *new);
}

static void judge_group(ls_arena *arena, ls_search *search, ls_model_index number,
                        candidates *known) {
    for (LS_EACH(const ls_search_fault, fault, search->faults)) {
        ls_history history;
        ls_history_of(arena, search, fault, &history);
        ls_blame blame = ls_blame_fault(&history);
        candidate found = describe(&history, &blame, number);
        add_candidate(arena, known, &found, &history, &blame);
    }
}

/* --- One finding a cause --------------------------------------------------------------------- */

/* What is there only because another finding's cause is. */
static bool is_consequence(const candidate *one, const candidate *other) {
    ls_cause cause = one->finding.cause, of = other->finding.cause;
    bool same_stage = one->finding.stage == other->finding.stage;
    if (one->lost && one->group == other->group)
        return one->behind == of && !is_about_reader(of);
    if (cause == LS_CAUSE_CONSTRAIN_BEFORE_FILL)
        return of == LS_CAUSE_CONSTRAIN_BEFORE_WRITERS && same_stage;
    if (cause == LS_CAUSE_NO_RETURN_BEFORE_SOAK)
        return (of == LS_CAUSE_DROP_WITHOUT_SOAK || of == LS_CAUSE_DROP_IN_USE) && same_stage;
    return false;
}

static bool is_folded(const candidates *all, const candidate *one) {
    for (LS_EACH(candidate, other, *all)) {
        if (other == one || !is_consequence(one, other))
            continue;
        other->finding.also |= one->finding.also;
        return true;
    }
    return false;
}

static bool comes_first(const ls_model_finding *a, const ls_model_finding *b) {
    ls_model_index one = a->stage == LS_NONE ? 0 : a->stage + 1;
    ls_model_index other = b->stage == LS_NONE ? 0 : b->stage + 1;
    return one != other ? one < other : a->cause < b->cause;
}

static void add_finding(ls_arena *arena, ls_model_verdict *verdict,
                        const ls_model_finding *finding) {
    LS_PUSH(arena, &verdict->findings, *finding);
    ls_model_finding *items = verdict->findings.items;
    for (uint32_t i = verdict->findings.count - 1; i > 0 && comes_first(finding, &items[i - 1]);
         i--) {
        items[i] = items[i - 1];
        items[i - 1] = *finding;
    }
}

static void add_no_return(ls_arena *arena, candidates *all, ls_model_index stage) {
    candidate none = {.group = LS_NONE, .app = LS_NONE};
    none.finding = (ls_model_finding){.cause = LS_CAUSE_NO_RETURN_BEFORE_SOAK,
                                      .violation = LS_NO_VIOLATION,
                                      .stage = stage,
                                      .during = stage,
                                      .version = LS_NONE,
                                      .writer = LS_NONE,
                                      .carrier = LS_NONE,
                                      .source = LS_NONE,
                                      .trigger = LS_NONE};
    LS_PUSH(arena, all, none);
}

/* --- The whole ------------------------------------------------------------------------------- */

static void verify_group(ls_arena *arena, const ls_group *group, ls_model_index number,
                         size_t state_limit, candidates *all, ls_model_verdict *verdict) {
    ls_search *search = ls_search_group(arena, group, state_limit);
    ls_model_group_size size = {.carriers = group->carriers,
                                .states = search->states.count,
                                .transitions = search->transitions,
                                .complete = search->complete};
    LS_PUSH(arena, &verdict->groups, size);
    verdict->states += size.states;
    verdict->transitions += size.transitions;
    verdict->complete &= size.complete;
    judge_group(arena, search, number, all);
    if (!group->too_large)
        ls_floors_of_group(arena, search, verdict);
}

const ls_model_verdict *ls_model_verify(ls_arena *arena, const ls_model *model,
                                        size_t state_limit) {
    ls_model_verdict *verdict = LS_NEW(arena, ls_model_verdict);
    ls_model_index *group_of = LS_NEW_ARRAY(arena, ls_model_index, model->carriers.count);
    size_t count = ls_group_carriers(arena, model, group_of);
    candidates all = {0};
    verdict->complete = true;
    ls_floors_start(arena, model, verdict);
    for (ls_model_index i = 0; i < count; i++)
        verify_group(arena, ls_group_new(arena, model, group_of, i), i,
                     state_limit == 0 ? LS_MODEL_STATE_LIMIT : state_limit, &all, verdict);
    ls_model_index no_return = ls_floors_finish(model, verdict);
    if (no_return != LS_NONE)
        add_no_return(arena, &all, no_return);
    for (LS_EACH(candidate, one, all))
        one->folded = is_folded(&all, one);
    for (LS_EACH(const candidate, one, all))
        if (!one->folded)
            add_finding(arena, verdict, &one->finding);
    return verdict;
}
