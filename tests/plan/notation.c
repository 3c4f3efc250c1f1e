#include "notation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    ls_arena *arena;
    ls_model *model;
} reading;

static _Noreturn void wrong(const char *what, const char *text) {
    fprintf(stderr, "notation: %s: %s\n", what, text);
    exit(2);
}

/* --- Words ----------------------------------------------------------------------------------- */

typedef LS_VECTOR(const char *) words;

static words cut(ls_arena *arena, const char *text, const char *separators) {
    words parts = {0};
    char *rest = ls_arena_string(arena, text), *saved = NULL;
    for (char *part = strtok_r(rest, separators, &saved); part != NULL;
         part = strtok_r(NULL, separators, &saved))
        LS_PUSH(arena, &parts, part);
    return parts;
}

static const char *word(const words *parts, uint32_t number) {
    return number < parts->count ? parts->items[number] : "";
}

static bool has_word(const words *parts, const char *wanted) {
    for (LS_EACH(const char *const, part, *parts))
        if (strcmp(*part, wanted) == 0)
            return true;
    return false;
}

static ls_model_default default_of(const words *parts) {
    for (uint32_t i = 0; i + 1 < parts->count; i++)
        if (strcmp(parts->items[i], "default") == 0)
            return (ls_model_default)strtoul(parts->items[i + 1], NULL, 10);
    return 0;
}

/* --- Names ----------------------------------------------------------------------------------- */

static ls_model_index name_in(ls_arena *arena, void *names, const char *name) {
    LS_VECTOR(const char *) *list = names;
    for (ls_model_index i = 0; i < list->count; i++)
        if (strcmp(list->items[i], name) == 0)
            return i;
    LS_PUSH(arena, list, name);
    return list->count - 1;
}

static ls_model_index carrier_named(reading *now, const char *name) {
    const char *dot = strchr(name, '.');
    const char *table = dot == NULL ? "t" : ls_arena_copy(now->arena, name, (size_t)(dot - name));
    ls_model_carrier carrier = {.table = name_in(now->arena, &now->model->tables, table),
                                .name = dot == NULL ? name : dot + 1,
                                .of = LS_NONE};
    ls_model *model = now->model;
    for (ls_model_index i = 0; i < model->carriers.count; i++)
        if (model->carriers.items[i].table == carrier.table &&
            strcmp(model->carriers.items[i].name, carrier.name) == 0)
            return i;
    LS_PUSH(now->arena, &model->carriers, carrier);
    return model->carriers.count - 1;
}

ls_model_index ls_notation_carrier(const ls_model *model, const char *name) {
    for (ls_model_index i = 0; i < model->carriers.count; i++)
        if (strcmp(model->carriers.items[i].name, name) == 0)
            return i;
    wrong("no such carrier", name);
}

/* --- Versions -------------------------------------------------------------------------------- */

static void read_reads(reading *now, ls_model_version *version, const char *list) {
    words names = cut(now->arena, list, ",");
    for (LS_EACH(const char *const, name, names)) {
        size_t length = strlen(*name);
        bool null_allowed = (*name)[length - 1] == '?';
        ls_model_read read = {
            carrier_named(now, ls_arena_copy(now->arena, *name, length - null_allowed)),
            null_allowed};
        LS_PUSH(now->arena, &version->reads, read);
    }
}

static void read_writes(reading *now, ls_model_version *version, const char *list) {
    words names = cut(now->arena, list, ",");
    if (has_word(&names, "-")) {
        ls_model_writes(now->arena, version, name_in(now->arena, &now->model->tables, "t"), NULL,
                        0);
        return;
    }
    for (LS_EACH(const char *const, name, names))
        carrier_named(now, *name);
    for (ls_model_index table = 0; table < now->model->tables.count; table++) {
        ls_model_indexes carriers = {0};
        for (LS_EACH(const char *const, name, names)) {
            ls_model_index carrier = carrier_named(now, *name);
            if (now->model->carriers.items[carrier].table == table)
                LS_PUSH(now->arena, &carriers, carrier);
        }
        if (carriers.count > 0)
            ls_model_writes(now->arena, version, table, carriers.items, carriers.count);
    }
}

/* v1 or web/v1, then r: and w: */
static ls_model_index read_version(reading *now, const words *parts, bool today) {
    const char *label = word(parts, 1), *slash = strchr(label, '/');
    const char *app =
        slash == NULL ? "app" : ls_arena_copy(now->arena, label, (size_t)(slash - label));
    ls_model_version version = {.app = name_in(now->arena, &now->model->apps, app),
                                .label = slash == NULL ? label : slash + 1,
                                .today = today};
    for (LS_EACH(const char *const, part, *parts)) {
        if (strncmp(*part, "r:", 2) == 0)
            read_reads(now, &version, *part + 2);
        else if (strncmp(*part, "w:", 2) == 0)
            read_writes(now, &version, *part + 2);
    }
    LS_PUSH(now->arena, &now->model->versions, version);
    return now->model->versions.count - 1;
}

/* --- Triggers -------------------------------------------------------------------------------- */

static ls_model_fire fire_of(const char *name) {
    static const char *const NAMES[] = {
        [LS_FIRE_NEVER] = "never",     [LS_FIRE_ALWAYS] = "always",       [LS_FIRE_NULL] = "null",
        [LS_FIRE_CHANGED] = "changed", [LS_FIRE_DIFFERENT] = "different",
    };
    for (int i = 0; i < (int)(sizeof NAMES / sizeof *NAMES); i++)
        if (strcmp(NAMES[i], name) == 0)
            return (ls_model_fire)i;
    wrong("no such way to fire", name);
}

static ls_model_index trigger_named(reading *now, const char *name) {
    for (ls_model_index i = 0; i < now->model->triggers.count; i++)
        if (strcmp(now->model->triggers.items[i].name, name) == 0)
            return i;
    wrong("no such trigger", name);
}

static ls_model_index read_trigger(reading *now, const words *parts, bool exists) {
    const char *way = word(parts, 2);
    words ends = cut(now->arena, way, "<>");
    ls_model_trigger trigger = {.name = word(parts, 1),
                                .source = carrier_named(now, word(&ends, 0)),
                                .target = carrier_named(now, word(&ends, 1)),
                                .exists = exists,
                                .two_way = strstr(way, "<>") != NULL,
                                .on_insert = fire_of(word(parts, 3)),
                                .on_update = fire_of(word(parts, 4)),
                                .skips_null = has_word(parts, "skipnull"),
                                .unknown = has_word(parts, "unknown")};
    LS_PUSH(now->arena, &now->model->triggers, trigger);
    return now->model->triggers.count - 1;
}

/* --- SQL ------------------------------------------------------------------------------------- */

static const struct {
    const char *word;
    ls_model_act act;
    bool trigger; /* names one; else the first word is a carrier, and the second where there is one
                   */
} ACTIONS[] = {
    {"add", LS_ACT_ADD_CARRIER, false},
    {"drop", LS_ACT_DROP_CARRIER, false},
    {"rename", LS_ACT_RENAME_CARRIER, false},
    {"swap", LS_ACT_SWAP_CARRIERS, false},
    {"nn", LS_ACT_SET_NOT_NULL, false},
    {"nn-not-valid", LS_ACT_NOT_NULL_NOT_VALID, false},
    {"drop-nn", LS_ACT_DROP_NOT_NULL, false},
    {"check", LS_ACT_ADD_CHECK, false},
    {"check-not-valid", LS_ACT_ADD_CHECK_NOT_VALID, false},
    {"validate", LS_ACT_VALIDATE, false},
    {"drop-check", LS_ACT_DROP_CHECK, false},
    {"set-default", LS_ACT_SET_DEFAULT, false},
    {"drop-default", LS_ACT_DROP_DEFAULT, false},
    {"drop-trigger", LS_ACT_DROP_TRIGGER, true},
    {"disable", LS_ACT_DISABLE_TRIGGER, true},
    {"enable", LS_ACT_ENABLE_TRIGGER, true},
    {"alias", LS_ACT_ADD_ALIAS, false},
    {"drop-alias", LS_ACT_DROP_ALIAS, false},
    {"copy", LS_ACT_COPY, false},
};

static bool names_two(ls_model_act act) {
    return act == LS_ACT_RENAME_CARRIER || act == LS_ACT_SWAP_CARRIERS || act == LS_ACT_ADD_ALIAS ||
           act == LS_ACT_COPY;
}

static ls_model_action read_action(reading *now, const char *text) {
    words parts = cut(now->arena, text, " ");
    ls_model_action action = {.carrier = LS_NONE, .other = LS_NONE, .trigger = LS_NONE};
    if (strcmp(word(&parts, 0), "trigger") == 0) {
        action.act = LS_ACT_CREATE_TRIGGER;
        action.trigger = read_trigger(now, &parts, false);
        return action;
    }
    for (size_t i = 0; i < sizeof ACTIONS / sizeof *ACTIONS; i++) {
        if (strcmp(ACTIONS[i].word, word(&parts, 0)) != 0)
            continue;
        action.act = ACTIONS[i].act;
        if (ACTIONS[i].trigger)
            action.trigger = trigger_named(now, word(&parts, 1));
        else
            action.carrier = carrier_named(now, word(&parts, 1));
        if (names_two(action.act))
            action.other = carrier_named(now, word(&parts, 2));
        action.not_null = has_word(&parts, "nn");
        action.default_value = action.act == LS_ACT_SET_DEFAULT
                                   ? (ls_model_default)strtoul(word(&parts, 2), NULL, 10)
                                   : default_of(&parts);
        return action;
    }
    wrong("no such action", text);
}

static void read_sql(reading *now, ls_model_stage *stage, const char *text) {
    words transactions = cut(now->arena, text, "|");
    for (LS_EACH(const char *const, transaction, transactions)) {
        ls_model_transaction read = {0};
        words actions = cut(now->arena, *transaction, ";");
        for (LS_EACH(const char *const, action, actions))
            LS_PUSH(now->arena, &read.actions, read_action(now, *action));
        LS_PUSH(now->arena, &stage->transactions, read);
    }
}

/* --- Stages ---------------------------------------------------------------------------------- */

static void read_backfill(reading *now, ls_model_stage *stage, const words *parts) {
    words ends = cut(now->arena, word(parts, 1), "=");
    bool is_computed = strcmp(word(&ends, 1), "?") == 0;
    ls_model_backfill backfill = {.target = carrier_named(now, word(&ends, 0)),
                                  .source =
                                      is_computed ? LS_NONE : carrier_named(now, word(&ends, 1)),
                                  .rows = has_word(parts, "null")       ? LS_MODEL_ROWS_NULL
                                          : has_word(parts, "distinct") ? LS_MODEL_ROWS_DISTINCT
                                                                        : LS_MODEL_ROWS_ALL,
                                  .skip_locked = has_word(parts, "skip"),
                                  .unknown = has_word(parts, "unknown")};
    LS_PUSH(now->arena, &stage->backfills, backfill);
}

static void read_gate(reading *now, ls_model_stage *stage, const words *parts) {
    words ends = cut(now->arena, word(parts, 1), "=");
    if (ends.count == 0)
        return;
    ls_model_gate gate = {carrier_named(now, word(&ends, 0)),
                          ends.count < 2 ? LS_NONE : carrier_named(now, word(&ends, 1))};
    LS_PUSH(now->arena, &stage->gates, gate);
}

static void read_stage(reading *now, const char *line) {
    bool overlaps = line[0] == '~';
    words parts = cut(now->arena, line + overlaps, " ");
    ls_model_stage stage = {.name = line + overlaps, .overlaps = overlaps, .version = LS_NONE};
    switch (word(&parts, 0)[0]) {
    case 'E':
    case 'K':
    case 'X':
        stage.kind = LS_STAGE_SQL;
        read_sql(now, &stage, line + overlaps + 1);
        break;
    case 'B':
        stage.kind = LS_STAGE_BACKFILL;
        read_backfill(now, &stage, &parts);
        break;
    case 'C':
        stage.kind = LS_STAGE_CHECK;
        read_gate(now, &stage, &parts);
        break;
    case 'D':
        stage.kind = LS_STAGE_DEPLOY;
        stage.version = read_version(now, &parts, false);
        break;
    case 'S':
        stage.kind = LS_STAGE_SOAK;
        break;
    case 'R':
        stage.kind = LS_STAGE_OTHER;
        break;
    default:
        wrong("no such stage", line);
    }
    LS_PUSH(now->arena, &now->model->stages, stage);
}

/* --- What there is before the first stage ---------------------------------------------------- */

static void read_columns(reading *now, const char *list) {
    words columns = cut(now->arena, list, ",");
    for (LS_EACH(const char *const, column, columns)) {
        words parts = cut(now->arena, *column, " ");
        ls_model_index index = carrier_named(now, word(&parts, 0));
        ls_model_carrier *carrier = &now->model->carriers.items[index];
        carrier->exists = true;
        carrier->not_null = has_word(&parts, "nn");
        carrier->default_value = default_of(&parts);
    }
}

static bool read_beginning(reading *now, const char *line) {
    words parts = cut(now->arena, line, " ");
    const char *first = word(&parts, 0);
    if (strcmp(first, "has") == 0) {
        read_columns(now, line + strlen("has"));
    } else if (strcmp(first, "run") == 0) {
        read_version(now, &parts, true);
    } else if (strcmp(first, "trigger") == 0) {
        read_trigger(now, &parts, true);
    } else if (strcmp(first, "apart") == 0) {
        ls_model_index carrier = carrier_named(now, word(&parts, 1));
        now->model->carriers.items[carrier].apart = true;
    } else if (strcmp(first, "property") == 0 || strcmp(first, "key") == 0) {
        ls_model_index property = carrier_named(now, word(&parts, 1));
        ls_model_index of = carrier_named(now, word(&parts, 3));
        now->model->carriers.items[property].of = of;
        now->model->carriers.items[property].only_when_written = strcmp(first, "key") == 0;
    } else {
        return false;
    }
    return true;
}

ls_model *ls_notation_read(ls_arena *arena, const char *text) {
    ls_model *model = LS_NEW(arena, ls_model);
    reading now = {.arena = arena, .model = model};
    name_in(arena, &model->tables, "t");
    words lines = cut(arena, text, "\n");
    for (LS_EACH(const char *const, line, lines)) {
        const char *start = *line + strspn(*line, " ");
        if (*start != '\0' && !read_beginning(&now, start))
            read_stage(&now, start);
    }
    return model;
}
