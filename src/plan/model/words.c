#include "plan/model/words.h"

#include "support/buffer.h"

#include <string.h>

/* --- Names ----------------------------------------------------------------------------------- */

const char *ls_model_carrier_name(ls_arena *arena, const ls_model *model, ls_model_index carrier) {
    const ls_model_carrier *named = &model->carriers.items[carrier];
    return ls_arena_join(arena, model->tables.items[named->table], ".", named->name, NULL);
}

const char *ls_violation_name(ls_violation violation) {
    static const char *const NAMES[LS_VIOLATIONS] = {
        [LS_NO_VIOLATION] = "NONE",
        [LS_MISSING] = "MISSING",
        [LS_INSERT_FAILS] = "INSERT-FAILS",
        [LS_UPDATE_FAILS] = "UPDATE-FAILS",
        [LS_STALE_READ] = "STALE-READ",
        [LS_UNFILLED_READ] = "UNFILLED-READ",
        [LS_DDL_FAILS] = "DDL-FAILS",
        [LS_BACKFILL_FAILS] = "BACKFILL-FAILS",
        [LS_TRIGGER_BROKEN] = "TRIGGER-BROKEN",
        [LS_DATA_LOST] = "DATA-LOST",
    };
    return NAMES[violation];
}

typedef struct {
    ls_arena *arena;
    const ls_model *model;
    const ls_model_finding *finding;
    bool one_table; /* all that the trace shows is in one: its name need not be repeated */
} telling;

static const char *carrier_or(const telling *now, ls_model_index carrier, const char *none) {
    return carrier == LS_NONE ? none : ls_model_carrier_name(now->arena, now->model, carrier);
}

static const char *version_or(const telling *now, ls_model_index version, const char *none) {
    return version == LS_NONE ? none : now->model->versions.items[version].label;
}

static const char *stage_or(const telling *now, ls_model_index stage, const char *none) {
    return stage == LS_NONE ? none : now->model->stages.items[stage].name;
}

static const char *trigger_of(const telling *now) {
    return now->finding->trigger == LS_NONE
               ? "a trigger"
               : now->model->triggers.items[now->finding->trigger].name;
}

static bool is_property(const telling *now) {
    return now->finding->carrier != LS_NONE &&
           now->model->carriers.items[now->finding->carrier].of != LS_NONE;
}

/* --- The message ----------------------------------------------------------------------------- */

static const char *const MESSAGES[LS_CAUSE_COUNT] = {
    [LS_CAUSE_USE_BEFORE_EXISTS] = "{version} uses {carrier} before it exists",
    [LS_CAUSE_REQUIRED_COLUMN] = "{carrier} is added NOT NULL without a default: rows that there "
                                 "are and inserts that omit it are refused",
    [LS_CAUSE_RENAME_IN_USE] = "the rename leaves {version} without {carrier}",
    [LS_CAUSE_BACKFILL_BEFORE_DUAL_WRITE] =
        "the backfill copies {source} to {carrier} while {writer} can still write {source} alone",
    [LS_CAUSE_BACKFILL_BEFORE_SOAK] =
        "the backfill of {carrier} starts while {writer}, which writes {source} alone, may still "
        "run",
    [LS_CAUSE_NULL_PREDICATE] =
        "the backfill leaves out rows in which {carrier} is not null, though {writer} may have "
        "written {source} alone since",
    [LS_CAUSE_TRIGGER_DROPPED_EARLY] =
        "{trigger} no longer carries writes over to {carrier} while {writer} writes without it",
    [LS_CAUSE_ONE_WAY_TRIGGER_CLOBBERS] =
        "{trigger} copies one way only and overwrites what {writer} writes",
    [LS_CAUSE_REVERSE_SYNC_MISSING] =
        "{writer} writes {source} alone while {version} still reads {carrier}",
    [LS_CAUSE_TRIGGER_ORPHAN] =
        "{trigger} names {carrier}, which is not there: every write that fires it fails",
    [LS_CAUSE_DUAL_WRITE_GAP] = "{writer} writes {source} and not {carrier}, which others rely on",
    [LS_CAUSE_SKIP_LOCKED_EXIT] =
        "the backfill ends though rows that were locked have no right {carrier} yet, and no check "
        "waits for them",
    [LS_CAUSE_OVERWRITES_LIVE_COLUMN] =
        "the backfill overwrites what a live version has written to {carrier}",
    [LS_CAUSE_CONSTRAIN_BEFORE_WRITERS] =
        "{carrier} is constrained while {version} can still write what violates it",
    [LS_CAUSE_CONSTRAIN_BEFORE_FILL] =
        "{carrier} is constrained before it is filled: updates of rows without it fail",
    [LS_CAUSE_VALIDATE_BEFORE_FILL] = "the constraint of {carrier} is proven before it is filled",
    [LS_CAUSE_READ_BEFORE_FILL] = "{version} reads {carrier} before it is filled",
    [LS_CAUSE_READ_BEFORE_SYNC] =
        "{version} reads {carrier} while {writer} can still write {source} alone",
    [LS_CAUSE_DROP_IN_USE] = "{carrier} is dropped while {version} uses it",
    [LS_CAUSE_DROP_WITHOUT_SOAK] =
        "{carrier} is dropped without a soak after the deploy that ended its use: {version} may "
        "still run",
    [LS_CAUSE_STOP_WRITE_NOT_NULL] = "{version} inserts rows without {carrier}, which is NOT NULL",
    [LS_CAUSE_SOLE_COPY_DROPPED] =
        "{carrier} is dropped while it may hold the only copy of the last write",
    [LS_CAUSE_NO_RETURN_BEFORE_SOAK] =
        "\"{stage}\" cannot be undone, and the deploy before it has had no soak",
    [LS_CAUSE_DEFAULT_DROPPED_EARLY] =
        "the default of {carrier} is dropped while {version} inserts rows without it",
    [LS_CAUSE_TRIGGER_BLIND_TO_DEFAULT] =
        "{trigger} takes the default of {carrier} for a value that was written",
    [LS_CAUSE_TRIGGER_ONE_EVENT] = "{trigger} does not carry every write over to {carrier}",
    [LS_CAUSE_REFUSED] = "\"{stage}\" is refused",
};

/* Where no other carrier holds the value in the meantime. */
static const char *const WITHOUT_SOURCE[LS_CAUSE_COUNT] = {
    [LS_CAUSE_BACKFILL_BEFORE_DUAL_WRITE] =
        "the backfill fills {carrier} while {writer} can still write rows without it",
    [LS_CAUSE_BACKFILL_BEFORE_SOAK] =
        "the backfill of {carrier} starts while {writer}, which writes rows without it, may still "
        "run",
    [LS_CAUSE_DUAL_WRITE_GAP] = "{writer} does not write {carrier}, which others rely on",
    [LS_CAUSE_REVERSE_SYNC_MISSING] =
        "{writer} does not write {carrier} while {version} still reads it",
    [LS_CAUSE_READ_BEFORE_SYNC] =
        "{version} reads {carrier} while {writer} can still write rows without it",
};

static const char *message_for(const ls_model_finding *finding) {
    const char *without = WITHOUT_SOURCE[finding->cause];
    return finding->source == LS_NONE && without != NULL ? without : MESSAGES[finding->cause];
}

static const char *word_for(const telling *now, const char *name, size_t length) {
    const ls_model_finding *finding = now->finding;
    const char *stage = stage_or(now, finding->stage, "the start");
    const char *version = version_or(now, finding->version, stage_or(now, finding->during, stage));
    if (strncmp(name, "version", length) == 0)
        return version;
    if (strncmp(name, "writer", length) == 0)
        return version_or(now, finding->writer,
                          version_or(now, finding->version, "a live version"));
    if (strncmp(name, "carrier", length) == 0)
        return carrier_or(now, finding->carrier, "a column");
    if (strncmp(name, "source", length) == 0)
        return carrier_or(now, finding->source, "its source");
    if (strncmp(name, "trigger", length) == 0)
        return trigger_of(now);
    return stage;
}

const char *ls_model_message(ls_arena *arena, const ls_model *model,
                             const ls_model_finding *finding) {
    telling now = {.arena = arena, .model = model, .finding = finding};
    ls_buffer text = {0};
    for (const char *rest = message_for(finding); *rest != '\0';) {
        size_t plain = strcspn(rest, "{");
        ls_buffer_add(&text, rest, plain);
        rest += plain;
        if (*rest == '\0')
            break;
        size_t length = strcspn(rest, "}") - 1;
        ls_buffer_string(&text, word_for(&now, rest + 1, length));
        rest += length + 2;
    }
    const char *message = ls_arena_string(arena, text.text);
    ls_buffer_free(&text);
    return message;
}

/* --- Steps ----------------------------------------------------------------------------------- */

static const char *list_carriers(const telling *now, const ls_trace_step *step) {
    const char *list = "";
    for (LS_EACH(const ls_model_index, carrier, step->carriers))
        list = ls_arena_join(now->arena, list, list[0] == '\0' ? " " : ", ",
                             ls_model_carrier_name(now->arena, now->model, *carrier), NULL);
    return list;
}

static const char *short_name(const telling *now, ls_model_index carrier) {
    return now->one_table ? now->model->carriers.items[carrier].name
                          : ls_model_carrier_name(now->arena, now->model, carrier);
}

static const char *describe_step(const telling *now, const ls_trace_step *step) {
    const char *version = version_or(now, step->version, "");
    const char *stage = stage_or(now, step->stage, "");
    switch (step->kind) {
    case LS_STEP_INSERT:
        return ls_arena_join(now->arena, version, " INSERT", list_carriers(now, step), NULL);
    case LS_STEP_UPDATE:
        return ls_arena_join(
            now->arena, version, " UPDATE",
            step->carriers.count == 0 ? " of another column" : list_carriers(now, step), NULL);
    case LS_STEP_DELETE:
        return ls_arena_join(now->arena, version, " DELETE", NULL);
    case LS_STEP_READ:
        return ls_arena_join(now->arena, version, " reads ",
                             short_name(now, step->carriers.items[0]), NULL);
    case LS_STEP_BACKFILL:
        return "backfill fills the row";
    case LS_STEP_BACKFILL_ENDS:
        return ls_arena_join(now->arena, stage, " ends", NULL);
    case LS_STEP_DEPLOY:
    case LS_STEP_DEPLOY_ENDS:
    case LS_STEP_TRANSACTION:
    case LS_STEP_CHECK:
    case LS_STEP_SOAK:
    case LS_STEP_NOTHING:
        break;
    }
    return stage;
}

static const char *value_text(const telling *now, const ls_trace_value *value) {
    if (value->write == 0)
        return "null";
    if (value->write == LS_WRITE_OF_DEFAULT)
        return "default";
    if (value->write == LS_WRITE_OF_BACKFILL)
        return "computed";
    return value->write <= 26 ? ls_arena_format(now->arena, "%c", (char)('a' + value->write - 1))
                              : ls_arena_format(now->arena, "write %u", value->write);
}

/* What a version has just written is nowhere: something else has come over it at once. */
static bool is_overwritten(const ls_trace_step *step) {
    if (step->version == LS_NONE || step->carriers.count == 0 || step->last_write == 0)
        return false;
    for (LS_EACH(const ls_trace_value, value, step->values))
        if (value->write == step->last_write)
            return false;
    return true;
}

static const char *list_values(const telling *now, const ls_trace_step *step) {
    if (!step->row)
        return "no row";
    const char *list = "";
    for (LS_EACH(const ls_trace_value, value, step->values))
        list = ls_arena_join(now->arena, list, list[0] == '\0' ? "" : "  ",
                             short_name(now, value->carrier), "=", value_text(now, value), NULL);
    const ls_trace_value written = {.write = step->last_write};
    return is_overwritten(step)
               ? ls_arena_join(now->arena, list, ", ", value_text(now, &written), " is lost", NULL)
               : list;
}

/* --- What is wrong with the last step -------------------------------------------------------- */

static const char *what_is_seen(const telling *now, const ls_trace_step *step) {
    ls_trace_value last = {.write = step->last_write};
    for (LS_EACH(const ls_trace_value, value, step->values)) {
        if (value->carrier != step->carriers.items[0])
            continue;
        const char *seen = value_text(now, value);
        return last.write == 0 || last.write == value->write
                   ? ls_arena_join(now->arena, "sees ", seen, NULL)
                   : ls_arena_join(now->arena, "sees ", seen, ", last write was ",
                                   value_text(now, &last), NULL);
    }
    return now->finding->violation == LS_STALE_READ ? "sees an old value" : "sees null";
}

static const char *refused_row(const telling *now, const char *carrier) {
    return is_property(now)
               ? ls_arena_join(now->arena, "fails: the row violates the constraint of ", carrier,
                               NULL)
               : ls_arena_join(now->arena, "fails: ", carrier, " is null", NULL);
}

static const char *what_goes_wrong(const telling *now, const ls_trace_step *step) {
    const char *carrier = carrier_or(now, now->finding->carrier, "it");
    switch (now->finding->violation) {
    case LS_MISSING:
        return ls_arena_join(now->arena, "fails: ", carrier, " does not exist", NULL);
    case LS_INSERT_FAILS:
    case LS_UPDATE_FAILS:
        return refused_row(now, carrier);
    case LS_STALE_READ:
    case LS_UNFILLED_READ:
        return what_is_seen(now, step);
    case LS_DDL_FAILS:
        return refused_row(now, carrier);
    case LS_BACKFILL_FAILS:
        return ls_arena_join(now->arena, "fails on ", carrier, NULL);
    case LS_TRIGGER_BROKEN:
        return ls_arena_join(now->arena, "fails: ", trigger_of(now), " names ", carrier, NULL);
    case LS_DATA_LOST:
        return ls_arena_join(now->arena, list_values(now, step), ", the last write is lost", NULL);
    case LS_NO_VIOLATION:
    case LS_VIOLATIONS:
        break;
    }
    return "";
}

static bool all_in_one_table(const ls_model *model, const ls_trace *trace) {
    ls_model_index table = LS_NONE;
    for (LS_EACH(const ls_trace_step, step, *trace))
        for (LS_EACH(const ls_trace_value, value, step->values)) {
            ls_model_index of = model->carriers.items[value->carrier].table;
            if (table != LS_NONE && table != of)
                return false;
            table = of;
        }
    return true;
}

void ls_model_trace_lines(ls_arena *arena, const ls_model *model, const ls_model_finding *finding,
                          ls_trace_lines *lines) {
    telling now = {.arena = arena, .model = model, .finding = finding};
    now.one_table = all_in_one_table(model, &finding->trace);
    for (uint32_t i = 0; i < finding->trace.count; i++) {
        const ls_trace_step *step = &finding->trace.items[i];
        if (!step->told)
            continue;
        bool last = i + 1 == finding->trace.count;
        ls_trace_line line = {describe_step(&now, step),
                              last ? what_goes_wrong(&now, step) : list_values(&now, step)};
        LS_PUSH(arena, lines, line);
    }
}

/* --- The way back ---------------------------------------------------------------------------- */

const char *ls_model_way_back(ls_arena *arena, const ls_model *model, const ls_way_back *way) {
    static const char *const VERBS[LS_VIOLATIONS] = {
        [LS_NO_VIOLATION] = "runs without",
        [LS_MISSING] = "uses",
        [LS_INSERT_FAILS] = "insert fails on",
        [LS_UPDATE_FAILS] = "update fails on",
        [LS_STALE_READ] = "reads stale",
        [LS_UNFILLED_READ] = "reads unfilled",
        [LS_DDL_FAILS] = "fails on",
        [LS_BACKFILL_FAILS] = "fails on",
        [LS_TRIGGER_BROKEN] = "trigger fails on",
        [LS_DATA_LOST] = "loses",
    };
    const char *carrier =
        way->carrier == LS_NONE ? "it" : ls_model_carrier_name(arena, model, way->carrier);
    const char *label = model->versions.items[way->version].label;
    if (way->back == LS_BACK_SAFE)
        return ls_arena_join(arena, label, " may run", NULL);
    if (way->back == LS_BACK_UNFILLS)
        return ls_arena_join(arena, label, " un-fills ", carrier, ": repeat from \"",
                             model->stages.items[way->repeat_from].name, "\"", NULL);
    const char *harmed = model->versions.items[way->harmed].label;
    return way->harmed == way->version
               ? ls_arena_join(arena, label, ": ", VERBS[way->because], " ", carrier, NULL)
               : ls_arena_join(arena, label, ": ", harmed, " then ", VERBS[way->because], " ",
                               carrier, NULL);
}
