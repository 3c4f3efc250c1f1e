/*
 * load.c - from the text to the plan. The tree is checked against libcyaml's schema and the forms
 * of values side by side, so that all mistakes come out in one run; the plan is then taken from the
 * tree, which knows where everything stands.
 */
#include "config/value_check.h"
#include "plan/form.h"
#include "plan/values.h"
#include "support/path.h"

#include <string.h>

const char ls_plan_usual_app[] = "app";

static const char *const verb_names[LS_PLAN_VERBS] = {
    [LS_PLAN_EXPAND] = "expand",     [LS_PLAN_CONSTRAIN] = "constrain",
    [LS_PLAN_CONTRACT] = "contract", [LS_PLAN_BACKFILL] = "backfill",
    [LS_PLAN_CHECK] = "check",       [LS_PLAN_DEPLOY] = "deploy",
    [LS_PLAN_SOAK] = "soak",         [LS_PLAN_REHEARSE] = "rehearse",
};

const char *ls_plan_verb_name(ls_plan_verb verb) {
    return verb_names[verb];
}

bool ls_plan_runs_sql(ls_plan_verb verb) {
    return verb <= LS_PLAN_CHECK;
}

bool ls_plan_changes_schema(ls_plan_verb verb) {
    return verb <= LS_PLAN_CONTRACT;
}

typedef struct {
    ls_arena *arena;
    const ls_source *source;
    const ls_yaml *yaml;
    ls_plan *plan;
} plan_loading;

/* --- Places ---------------------------------------------------------------------------------- */

/* The offset of a place that counts code points. */
static uint32_t offset_of(const ls_source *source, unsigned line, unsigned column) {
    ls_span span = ls_source_line(source, line);
    uint32_t at = span.begin;
    for (unsigned passed = 1; passed < column && at < span.end; passed++)
        do
            at++;
        while (at < span.end && ((unsigned char)source->text[at] & 0xC0) == 0x80);
    return at;
}

/* What a scalar takes on its first line. */
static ls_span span_of(const ls_source *source, const ls_yaml_node *node) {
    uint32_t begin = offset_of(source, node->line, node->column);
    ls_span line = ls_source_line(source, node->line);
    size_t length = node->kind == LS_YAML_SCALAR ? strlen(node->text) : 1;
    if (node->kind == LS_YAML_SCALAR && !node->plain)
        length += 2;
    uint32_t end = length > line.end - begin ? line.end : begin + (uint32_t)length;
    return ls_span_of(begin, end);
}

/* A key and its value where that stands on the same line. */
static ls_span span_of_entry(const ls_source *source, const ls_yaml_entry *entry) {
    ls_span key = span_of(source, entry->key);
    if (entry->value->kind != LS_YAML_SCALAR || entry->value->line != entry->key->line)
        return key;
    return ls_span_of(key.begin, span_of(source, entry->value).end);
}

/* --- Words ----------------------------------------------------------------------------------- */

static const char *text_of(const ls_yaml_node *mapping, const char *key) {
    const ls_yaml_node *node = ls_yaml_get(mapping, key);
    return node == NULL ? NULL : node->text;
}

static ls_plan_word word_of(const plan_loading *loading, const ls_yaml_node *mapping,
                            const char *key) {
    const ls_yaml_node *node = ls_yaml_get(mapping, key);
    if (node == NULL)
        return (ls_plan_word){0};
    return (ls_plan_word){.text = node->text, .at = span_of(loading->source, node)};
}

static ls_plan_words words_of(const plan_loading *loading, const ls_yaml_node *mapping,
                              const char *key) {
    ls_plan_words words = {0};
    const ls_yaml_node *list = ls_yaml_get(mapping, key);
    for (uint32_t i = 0; list != NULL && i < list->entries.count; i++) {
        const ls_yaml_node *node = list->entries.items[i].value;
        ls_plan_word word = {.text = node->text, .at = span_of(loading->source, node)};
        LS_PUSH(loading->arena, &words, word);
    }
    return words;
}

static ls_plan_columns columns_of(const plan_loading *loading, const ls_yaml_node *mapping,
                                  const char *key) {
    ls_plan_columns columns = {0};
    const ls_plan_words words = words_of(loading, mapping, key);
    for (LS_EACH(const ls_plan_word, word, words)) {
        ls_plan_column column;
        ls_plan_column_read(loading->arena, word->text, &column);
        column.at = word->at;
        LS_PUSH(loading->arena, &columns, column);
    }
    return columns;
}

static ls_plan_time time_of(const ls_yaml_node *mapping, const char *key) {
    ls_plan_time time = {0};
    const char *text = text_of(mapping, key);
    if (text != NULL)
        ls_plan_time_read(text, &time);
    return time;
}

/* --- Versions -------------------------------------------------------------------------------- */

static ls_plan_version version_of(const plan_loading *loading, const ls_yaml_node *mapping) {
    const char *app = text_of(mapping, "app");
    ls_plan_version version = {
        .app = app == NULL ? ls_plan_usual_app : app,
        .uses_given = ls_yaml_get(mapping, "reads") != NULL ||
                      ls_yaml_get(mapping, "writes") != NULL ||
                      ls_yaml_get(mapping, "queries") != NULL,
        .reads = columns_of(loading, mapping, "reads"),
        .writes = columns_of(loading, mapping, "writes"),
        .ignores = columns_of(loading, mapping, "ignores"),
        .queries = words_of(loading, mapping, "queries"),
        .at = span_of(loading->source, mapping),
    };
    return version;
}

static void take_today(const plan_loading *loading) {
    const ls_yaml_node *list = ls_yaml_get(loading->yaml->root, "today");
    for (uint32_t i = 0; list != NULL && i < list->entries.count; i++) {
        const ls_yaml_node *node = list->entries.items[i].value;
        ls_plan_version version = version_of(loading, node);
        version.label = text_of(node, "version");
        LS_PUSH(loading->arena, &loading->plan->today, version);
    }
}

/* --- Stages ---------------------------------------------------------------------------------- */

static bool is_verb(const char *key, ls_plan_verb *verb) {
    for (int i = 0; i < LS_PLAN_VERBS; i++)
        if (strcmp(key, verb_names[i]) == 0) {
            *verb = (ls_plan_verb)i;
            return true;
        }
    return false;
}

/* The verb that a stage has besides those listed so far. */
static const char *with_verb(const plan_loading *loading, const char *list, const char *verb) {
    return list == NULL ? verb : ls_arena_join(loading->arena, list, " and ", verb, NULL);
}

static void take_verb(const plan_loading *loading, const ls_yaml_node *node, ls_plan_stage *stage) {
    for (LS_EACH(const ls_yaml_entry, entry, node->entries)) {
        ls_plan_verb verb;
        if (!is_verb(entry->key->text, &verb))
            continue;
        stage->verb_list = with_verb(loading, stage->verb_list, verb_names[verb]);
        if (stage->verbs++ > 0)
            continue;
        stage->verb = verb;
        stage->value = entry->value->text;
        stage->at = span_of_entry(loading->source, entry);
    }
}

static void take_exemptions(const plan_loading *loading, const ls_yaml_node *node,
                            ls_plan_stage *stage) {
    const ls_yaml_node *list = ls_yaml_get(node, "allow");
    for (uint32_t i = 0; list != NULL && i < list->entries.count; i++) {
        const ls_yaml_node *one = list->entries.items[i].value;
        ls_plan_exemption exemption = {
            .rule = word_of(loading, one, "rule"),
            .because = text_of(one, "because"),
        };
        LS_PUSH(loading->arena, &stage->allow, exemption);
    }
}

static void take_modifiers(const plan_loading *loading, const ls_yaml_node *node,
                           ls_plan_stage *stage) {
    const ls_yaml_node *batch = ls_yaml_get(node, "batch");
    const char *overlaps = text_of(node, "overlaps");
    if (batch != NULL)
        ls_yaml_integer(batch, &stage->batch);
    stage->pause = time_of(node, "pause");
    stage->max_lag = time_of(node, "max_lag");
    stage->key = text_of(node, "key");
    stage->down = word_of(loading, node, "down");
    stage->irreversible = word_of(loading, node, "irreversible");
    stage->watch = words_of(loading, node, "watch");
    stage->data = text_of(node, "data");
    stage->measure = words_of(loading, node, "measure");
    stage->on = words_of(loading, node, "on");
    stage->overlaps = overlaps != NULL && strcmp(overlaps, "true") == 0;
    take_exemptions(loading, node, stage);
}

static void take_stage(const plan_loading *loading, const ls_yaml_node *node, unsigned number) {
    ls_plan_stage stage = {.number = number, .at = span_of(loading->source, node)};
    take_verb(loading, node, &stage);
    take_modifiers(loading, node, &stage);
    if (stage.verbs > 0 && stage.verb == LS_PLAN_DEPLOY) {
        stage.version = version_of(loading, node);
        stage.version.label = stage.value;
        stage.version.at = stage.at;
    }
    if (stage.verbs > 0 && stage.verb == LS_PLAN_SOAK)
        stage.lasts = time_of(node, "soak");
    LS_PUSH(loading->arena, &loading->plan->stages, stage);
}

static void take(const plan_loading *loading) {
    const ls_yaml_node *root = loading->yaml->root, *stages = ls_yaml_get(root, "stages");
    loading->plan->title = text_of(root, "title");
    loading->plan->closed = text_of(root, "closed");
    loading->plan->after = words_of(loading, root, "after");
    take_today(loading);
    for (uint32_t i = 0; i < stages->entries.count; i++)
        take_stage(loading, stages->entries.items[i].value, i + 1);
}

/* --- What keys say together ------------------------------------------------------------------ */

/* The verbs of a stage, a bit for each. */
static unsigned verbs_of(const ls_yaml_node *stage) {
    unsigned verbs = 0;
    ls_plan_verb verb;
    for (LS_EACH(const ls_yaml_entry, entry, stage->entries))
        if (is_verb(entry->key->text, &verb))
            verbs |= LS_PLAN_BIT(verb);
    return verbs;
}

static void check_modifiers(const ls_yaml *yaml, const ls_yaml_node *stage) {
    unsigned verbs = verbs_of(stage);
    if (verbs == 0)
        return;
    for (LS_EACH(const ls_yaml_entry, entry, stage->entries)) {
        unsigned belongs = ls_plan_verbs_with(entry->key->text);
        if (belongs == 0 || (belongs & verbs) != 0)
            continue;
        const char *names[LS_PLAN_VERBS];
        size_t count = 0;
        for (int verb = 0; verb < LS_PLAN_VERBS; verb++)
            if ((belongs & LS_PLAN_BIT(verb)) != 0)
                names[count++] = verb_names[verb];
        ls_yaml_wrong(yaml, entry->key, "%s belongs to a stage with %s", entry->key->text,
                      ls_yaml_alternatives(yaml->arena, names, count));
    }
}

/* `queries` are what reads and writes are derived from: lists beside them would have to agree. */
static void check_versions(const ls_yaml *yaml) {
    const ls_yaml_node *today = ls_yaml_get(yaml->root, "today");
    bool is_list = today != NULL && today->kind == LS_YAML_SEQUENCE;
    for (uint32_t i = 0; is_list && i < today->entries.count; i++)
        for (uint32_t j = 0; j < i; j++) {
            const ls_yaml_node *one = today->entries.items[i].value;
            const char *app = text_of(one, "app"),
                       *other = text_of(today->entries.items[j].value, "app");
            if (strcmp(app == NULL ? ls_plan_usual_app : app,
                       other == NULL ? ls_plan_usual_app : other) == 0)
                ls_yaml_wrong(yaml, one, "today has two versions of %s; expected one of each app",
                              app == NULL ? ls_plan_usual_app : ls_yaml_quoted(yaml, app));
        }
}

static void check(const ls_yaml *yaml) {
    ls_yaml_check(yaml, &ls_plan_schema);
    ls_check_values(yaml, &ls_plan_schema, ls_plan_key_at);
    const ls_yaml_node *stages = ls_yaml_get(yaml->root, "stages");
    bool is_list = stages != NULL && stages->kind == LS_YAML_SEQUENCE;
    for (uint32_t i = 0; is_list && i < stages->entries.count; i++)
        if (stages->entries.items[i].value->kind == LS_YAML_MAPPING)
            check_modifiers(yaml, stages->entries.items[i].value);
    check_versions(yaml);
}

/* --- The plan -------------------------------------------------------------------------------- */

/* The file's name without its directory and what stands behind its last dot. */
static const char *name_of(ls_arena *arena, const char *path) {
    const char *base = ls_path_last(path);
    const char *dot = strrchr(base, '.');
    return ls_arena_copy(arena, base, dot == NULL ? strlen(base) : (size_t)(dot - base));
}

static bool is_deploy(const ls_plan_stage *stage) {
    return stage->verbs == 1 && stage->verb == LS_PLAN_DEPLOY;
}

/* Where nothing is said of today, every app that is deployed has been running before. */
static uint32_t versions_today(const ls_plan *plan) {
    uint32_t apps = plan->today.count;
    for (uint32_t i = 0; plan->today.count == 0 && i < plan->stages.count; i++) {
        const ls_plan_stage *stage = &plan->stages.items[i];
        bool is_first = is_deploy(stage);
        for (uint32_t j = 0; is_first && j < i; j++)
            is_first = !is_deploy(&plan->stages.items[j]) ||
                       strcmp(plan->stages.items[j].version.app, stage->version.app) != 0;
        apps += is_first;
    }
    return apps == 0 ? 1 : apps;
}

static bool check_version_count(const plan_loading *loading, ls_yaml_problems *problems) {
    uint32_t versions = versions_today(loading->plan);
    for (LS_EACH(const ls_plan_stage, stage, loading->plan->stages)) {
        versions += is_deploy(stage);
        if (versions <= LS_PLAN_MOST_VERSIONS)
            continue;
        const ls_position at = ls_source_position(loading->source, stage->at.begin);
        const ls_yaml_problem problem = {
            .file = loading->source->name,
            .line = at.line,
            .column = at.column,
            .message = ls_arena_format(loading->arena,
                                       "the plan has more versions than the %d that are verified "
                                       "together, today's included; make two plans of it, the "
                                       "second with after: the first",
                                       LS_PLAN_MOST_VERSIONS),
        };
        LS_PUSH(loading->arena, problems, problem);
        return false;
    }
    return true;
}

ls_plan *ls_plan_read(ls_arena *arena, const ls_source *source, const char *directory,
                      ls_yaml_problems *problems) {
    ls_yaml yaml;
    uint32_t before = problems->count;
    ls_yaml_read(&yaml, arena, source->name, source->text, source->length, problems);
    if (yaml.root == NULL)
        return NULL;
    check(&yaml);
    if (problems->count > before || ls_yaml_load(&yaml, &ls_plan_schema) == NULL)
        return NULL;
    ls_plan *plan = LS_NEW(arena, ls_plan);
    plan->source = source;
    plan->name = name_of(arena, source->name);
    plan->directory = directory;
    const plan_loading loading = {.arena = arena, .source = source, .yaml = &yaml, .plan = plan};
    take(&loading);
    return check_version_count(&loading, problems) ? plan : NULL;
}
