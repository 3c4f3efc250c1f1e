#include "plan/form.h"

#include "config/schema.h"
#include "plan/values.h"

#include <string.h>

enum { LONGEST = 4096, MOST = 1000 };

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define REQUIRED     CYAML_FLAG_POINTER
#define OPTIONAL     (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define STRICT       (CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT)

/* --- What libcyaml fills --------------------------------------------------------------------- */

typedef struct {
    const char **reads, **writes, **queries, **ignores;
    uint32_t reads_count, writes_count, queries_count, ignores_count;
    const char *app;
} uses_form;

typedef struct {
    const char *version;
    uses_form uses;
} today_form;

typedef struct {
    const char *rule, *because;
} allow_form;

typedef struct {
    const char *expand, *constrain, *contract, *backfill, *check, *deploy, *soak, *rehearse;
    uses_form uses;
    const int *batch;
    const char *pause, *max_lag, *key, *down, *irreversible, *note;
    const char **watch, **on;
    int data, overlaps;
    int *measure;
    allow_form *allow;
    uint32_t watch_count, measure_count, on_count, allow_count;
} stage_form;

typedef struct {
    int lockstep;
    const char *title, *closed;
    const char **after;
    today_form *today;
    stage_form *stages;
    uint32_t after_count, today_count, stages_count;
} plan_form;

/* --- Types ----------------------------------------------------------------------------------- */

#define TEXT(key, type, member) CYAML_FIELD_STRING_PTR(key, OPTIONAL, type, member, 1, LONGEST)
#define LIST(key, type, member, least)                                                             \
    CYAML_FIELD_SEQUENCE(key, OPTIONAL, type, member, &text_value, least, MOST)

static const cyaml_schema_value_t text_value = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, LONGEST),
};

enum { DATA_EMPTY = 1, DATA_SAMPLE, DATA_FULL };
static const cyaml_strval_t data_words[] = {
    {"empty", DATA_EMPTY},
    {"sample", DATA_SAMPLE},
    {"full", DATA_FULL},
};

static const cyaml_strval_t measure_words[] = {
    {"duration", 0},   {"locks", 1}, {"table_size", 2},
    {"index_size", 3}, {"wal", 4},   {"query_plans", 5},
};
static const cyaml_schema_value_t measure_value = {
    CYAML_VALUE_ENUM(CYAML_FLAG_STRICT, int, measure_words, COUNT(measure_words)),
};

/* An empty list says that nothing is read or written, which is worth saying; queries are files. */
#define USES_FIELDS(type)                                                                          \
    CYAML_FIELD_SEQUENCE_COUNT("reads", OPTIONAL, type, uses.reads, uses.reads_count, &text_value, \
                               0, MOST),                                                           \
        CYAML_FIELD_SEQUENCE_COUNT("writes", OPTIONAL, type, uses.writes, uses.writes_count,       \
                                   &text_value, 0, MOST),                                          \
        CYAML_FIELD_SEQUENCE_COUNT("queries", OPTIONAL, type, uses.queries, uses.queries_count,    \
                                   &text_value, 1, MOST),                                          \
        CYAML_FIELD_SEQUENCE_COUNT("ignores", OPTIONAL, type, uses.ignores, uses.ignores_count,    \
                                   &text_value, 1, MOST),                                          \
        TEXT("app", type, uses.app)

static const cyaml_schema_field_t today_fields[] = {
    TEXT("version", today_form, version),
    USES_FIELDS(today_form),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t today_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, today_form, today_fields),
};

static const cyaml_schema_field_t allow_fields[] = {
    CYAML_FIELD_STRING_PTR("rule", REQUIRED, allow_form, rule, 1, LONGEST),
    CYAML_FIELD_STRING_PTR("because", REQUIRED, allow_form, because, 1, LONGEST),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t allow_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, allow_form, allow_fields),
};

static const cyaml_schema_field_t stage_fields[] = {
    TEXT("expand", stage_form, expand),
    TEXT("constrain", stage_form, constrain),
    TEXT("contract", stage_form, contract),
    TEXT("backfill", stage_form, backfill),
    TEXT("check", stage_form, check),
    TEXT("deploy", stage_form, deploy),
    TEXT("soak", stage_form, soak),
    TEXT("rehearse", stage_form, rehearse),
    USES_FIELDS(stage_form),
    CYAML_FIELD_INT_PTR("batch", OPTIONAL, stage_form, batch),
    TEXT("pause", stage_form, pause),
    TEXT("max_lag", stage_form, max_lag),
    TEXT("key", stage_form, key),
    TEXT("down", stage_form, down),
    TEXT("irreversible", stage_form, irreversible),
    LIST("watch", stage_form, watch, 1),
    CYAML_FIELD_ENUM("data", STRICT, stage_form, data, data_words, COUNT(data_words)),
    CYAML_FIELD_SEQUENCE("measure", OPTIONAL, stage_form, measure, &measure_value, 1, MOST),
    LIST("on", stage_form, on, 1),
    CYAML_FIELD_ENUM("overlaps", STRICT, stage_form, overlaps, ls_yaml_booleans, LS_YAML_BOOLEANS),
    CYAML_FIELD_SEQUENCE("allow", OPTIONAL, stage_form, allow, &allow_value, 1, MOST),
    TEXT("note", stage_form, note),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t stage_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, stage_form, stage_fields),
};

static const cyaml_schema_field_t plan_fields[] = {
    CYAML_FIELD_INT("lockstep", CYAML_FLAG_DEFAULT, plan_form, lockstep),
    TEXT("title", plan_form, title),
    CYAML_FIELD_SEQUENCE("today", OPTIONAL, plan_form, today, &today_value, 1, MOST),
    LIST("after", plan_form, after, 1),
    TEXT("closed", plan_form, closed),
    CYAML_FIELD_SEQUENCE("stages", REQUIRED, plan_form, stages, &stage_value, 1, MOST),
    CYAML_FIELD_END,
};

const cyaml_schema_value_t ls_plan_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, plan_form, plan_fields),
};

/* --- What libcyaml cannot say ---------------------------------------------------------------- */

#define USES_KEYS(of)                                                                              \
    {of ".reads", &ls_plan_value_column,                                                           \
     "Every column of the plan's tables that this version reads."},                                \
        {of ".writes", &ls_plan_value_column,                                                      \
         "Every column of the plan's tables that this version writes."},                           \
        {of ".queries", &ls_plan_value_path,                                                       \
         "SQL files with the statements of this version, in place of reads and writes."},          \
        {of ".ignores", &ls_plan_value_column, "Columns that an ORM was told to forget."}, {       \
        of ".app", &ls_value_text, "Which of several apps; app if there is only one."              \
    }

static const ls_config_key keys[] = {
    {"lockstep", &ls_plan_value_format, "The version of the plan format."},
    {"title", &ls_value_text, "What the plan is for, in a few words."},
    {"today", &ls_value_any,
     "The versions that run before the first stage. Not given: one app that reads and writes every "
     "column there is."},
    {"today.version", &ls_value_text, "Its label."},
    USES_KEYS("today"),
    {"after", &ls_value_text, "Plans that have to be done before this one: names of their files."},
    {"closed", &ls_plan_value_date, "The day on which the plan was done."},
    {"stages", &ls_value_any, "What happens, in this order."},
    {"stages.expand", &ls_plan_value_path, "A SQL file that only adds and loosens."},
    {"stages.constrain", &ls_plan_value_path,
     "A SQL file that makes the server refuse what it took before, or proves old rows."},
    {"stages.contract", &ls_plan_value_path,
     "A SQL file that removes, renames or swaps what nobody uses any more."},
    {"stages.backfill", &ls_plan_value_path, "A SQL file that changes rows in batches."},
    {"stages.check", &ls_plan_value_path, "A SQL file with one SELECT that has to be true."},
    {"stages.deploy", &ls_value_text,
     "The version that is rolled out: old and new code run together until it is done."},
    {"stages.soak", &ls_plan_value_time, "Waiting, until nothing of the old version is left."},
    {"stages.rehearse", &ls_value_text, "The environment of a dry run."},
    USES_KEYS("stages"),
    {"stages.batch", &ls_plan_value_batch, "How many rows at a time."},
    {"stages.pause", &ls_plan_value_time, "How long to wait between batches."},
    {"stages.max_lag", &ls_plan_value_time, "The lag of a replica at which the backfill waits."},
    {"stages.key", &ls_value_text,
     "The column that the backfill goes along, where the SQL does not tell."},
    {"stages.down", &ls_plan_value_path,
     "The file that takes the stage back, where its name does not tell."},
    {"stages.irreversible", &ls_plan_value_reason, "What is lost, and how one would recover."},
    {"stages.watch", &ls_value_text, "What somebody looks at meanwhile."},
    {"stages.data", &ls_value_any, "What the rehearsal's database holds."},
    {"stages.measure", &ls_value_any, "What the rehearsal measures."},
    {"stages.on", &ls_value_text, "Only on these databases."},
    {"stages.overlaps", &ls_value_any, "It may start before the stage before it has ended."},
    {"stages.allow", &ls_value_any, "Findings about this stage that are accepted."},
    {"stages.allow.rule", &ls_value_text, "The rule."},
    {"stages.allow.because", &ls_plan_value_reason, "Why it may be broken here."},
    {"stages.note", &ls_value_text, "A word to the reviewer."},
};

const ls_config_key *ls_plan_key_at(const char *key) {
    for (size_t i = 0; i < COUNT(keys); i++)
        if (strcmp(keys[i].key, key) == 0)
            return &keys[i];
    return NULL;
}

enum {
    SCHEMA_VERBS = LS_PLAN_BIT(LS_PLAN_EXPAND) | LS_PLAN_BIT(LS_PLAN_CONSTRAIN) |
                   LS_PLAN_BIT(LS_PLAN_CONTRACT),
    SQL_VERBS = SCHEMA_VERBS | LS_PLAN_BIT(LS_PLAN_BACKFILL) | LS_PLAN_BIT(LS_PLAN_CHECK),
    ANY_VERB = LS_PLAN_BIT(LS_PLAN_VERBS) - 1,
};

static const struct {
    const char *modifier;
    unsigned verbs;
} modifiers[] = {
    {"reads", LS_PLAN_BIT(LS_PLAN_DEPLOY)},
    {"writes", LS_PLAN_BIT(LS_PLAN_DEPLOY)},
    {"queries", LS_PLAN_BIT(LS_PLAN_DEPLOY)},
    {"ignores", LS_PLAN_BIT(LS_PLAN_DEPLOY)},
    {"app", LS_PLAN_BIT(LS_PLAN_DEPLOY)},
    {"batch", LS_PLAN_BIT(LS_PLAN_BACKFILL)},
    {"pause", LS_PLAN_BIT(LS_PLAN_BACKFILL)},
    {"max_lag", LS_PLAN_BIT(LS_PLAN_BACKFILL)},
    {"key", LS_PLAN_BIT(LS_PLAN_BACKFILL)},
    {"down", SCHEMA_VERBS},
    {"irreversible", SQL_VERBS},
    {"watch", LS_PLAN_BIT(LS_PLAN_SOAK)},
    {"data", LS_PLAN_BIT(LS_PLAN_REHEARSE)},
    {"measure", LS_PLAN_BIT(LS_PLAN_REHEARSE)},
    {"on", ANY_VERB},
    {"overlaps", ANY_VERB},
    {"allow", ANY_VERB},
    {"note", ANY_VERB},
};

unsigned ls_plan_verbs_with(const char *modifier) {
    for (size_t i = 0; i < COUNT(modifiers); i++)
        if (strcmp(modifiers[i].modifier, modifier) == 0)
            return modifiers[i].verbs;
    return 0;
}

void ls_plan_write_schema(ls_buffer *out) {
    ls_write_schema(out, "rollout plan of lockstep", &ls_plan_schema, ls_plan_key_at);
}
