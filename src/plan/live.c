/*
 * live.c - which versions may be running while a stage runs.
 *
 * While a version is rolled out, the old one runs beside it, and both stay until a soak: requests
 * that hang, jobs that wait, a deploy that is taken back. The soak ends the time of all but the
 * newest version of each app.
 */
#include "plan/live.h"

#include <string.h>

static ls_version_set set_of(uint32_t index) {
    return UINT64_C(1) << index;
}

static bool has_app(const ls_plan_facts *facts, const char *app) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (strcmp(version->app, app) == 0)
            return true;
    return false;
}

static void add_version(ls_plan_facts *facts, ls_live_version version) {
    LS_PUSH(facts->arena, &facts->versions, version);
}

static const char *label_of_today(ls_plan_facts *facts, const char *app) {
    static const char nameless[] = "v0";
    if (strcmp(app, ls_plan_usual_app) == 0)
        return nameless;
    return ls_arena_format(facts->arena, "today's %s", app);
}

static void add_given(ls_plan_facts *facts, const ls_plan_version *given) {
    ls_live_version version = {
        .version = given,
        .app = given->app,
        .label = given->label != NULL ? given->label : label_of_today(facts, given->app),
        .today = true,
        .uses_all = !given->uses_given,
    };
    add_version(facts, version);
}

static void add_implied(ls_plan_facts *facts, const char *app) {
    ls_live_version version = {
        .app = app, .label = label_of_today(facts, app), .today = true, .uses_all = true};
    add_version(facts, version);
}

/* Where nothing is said of today, every app that is deployed has been running before. */
static void list_today(ls_plan_facts *facts) {
    const ls_plan *plan = facts->plan;
    for (LS_EACH(const ls_plan_version, given, plan->today))
        add_given(facts, given);
    if (plan->today.count > 0)
        return;
    for (LS_EACH(const ls_plan_stage, stage, plan->stages))
        if (stage->verbs == 1 && stage->verb == LS_PLAN_DEPLOY &&
            !has_app(facts, stage->version.app))
            add_implied(facts, stage->version.app);
    if (facts->versions.count == 0)
        add_implied(facts, ls_plan_usual_app);
}

static void list_deployed(ls_plan_facts *facts) {
    for (LS_EACH(const ls_plan_stage, stage, facts->plan->stages))
        if (stage->verbs == 1 && stage->verb == LS_PLAN_DEPLOY)
            add_version(facts, (ls_live_version){
                                   .version = &stage->version,
                                   .app = stage->version.app,
                                   .label = stage->version.label,
                                   .uses_all = !stage->version.uses_given,
                                   .stage = stage->number,
                               });
}

/* Of each app the newest that is among the versions. */
static ls_version_set newest_of(const ls_plan_facts *facts, ls_version_set versions) {
    ls_version_set newest = 0;
    for (uint32_t i = 0; i < facts->versions.count; i++) {
        bool is_newest = (versions & set_of(i)) != 0;
        for (uint32_t later = i + 1; is_newest && later < facts->versions.count; later++)
            is_newest = (versions & set_of(later)) == 0 ||
                        strcmp(facts->versions.items[i].app, facts->versions.items[later].app) != 0;
        newest |= is_newest ? set_of(i) : 0;
    }
    return newest;
}

static ls_version_set deployed_by(const ls_plan_facts *facts, unsigned stage) {
    for (uint32_t i = 0; i < facts->versions.count; i++)
        if (facts->versions.items[i].stage == stage)
            return set_of(i);
    return 0;
}

void ls_find_live(ls_plan_facts *facts) {
    list_today(facts);
    list_deployed(facts);
    ls_version_set live = 0;
    for (uint32_t i = 0; i < facts->versions.count; i++)
        if (facts->versions.items[i].today)
            live |= set_of(i);
    for (LS_EACH(ls_stage_facts, stage, facts->stages)) {
        if (stage->stage->verbs == 1 && stage->stage->verb == LS_PLAN_DEPLOY)
            live |= deployed_by(facts, stage->stage->number);
        stage->live = live;
        if (stage->stage->verbs == 1 && stage->stage->verb == LS_PLAN_SOAK)
            live = newest_of(facts, live);
        stage->after = live;
    }
}

/* --- What they use --------------------------------------------------------------------------- */

bool ls_is_live(const ls_plan_facts *facts, ls_version_set set, const ls_live_version *version) {
    return (set & set_of((uint32_t)(version - facts->versions.items))) != 0;
}

bool ls_word_names(const ls_plan_column *word, const ls_relation *relation, const char *column) {
    if (word->schema != NULL && strcmp(word->schema, relation->schema) != 0)
        return false;
    return strcmp(word->table, relation->name) == 0 &&
           (word->whole_row || (column == NULL || strcmp(word->column, column) == 0));
}

bool ls_names_column(const ls_plan_columns *words, const ls_relation *relation,
                     const char *column) {
    for (LS_EACH(const ls_plan_column, word, *words))
        if (ls_word_names(word, relation, column))
            return true;
    return false;
}

/* A version of which nothing is said is taken to use what was there when it was deployed. */
static bool was_there(const ls_plan_facts *facts, const ls_live_version *version,
                      const ls_relation *relation, const char *column) {
    const ls_relation *then =
        ls_state_of(facts, relation->id, version->stage == 0 ? 0 : version->stage - 1);
    if (then == NULL)
        return false;
    return column == NULL || ls_relation_column(then, column) != NULL || !then->columns_complete;
}

bool ls_version_reads(const ls_plan_facts *facts, const ls_live_version *version,
                      const ls_relation *relation, const char *column) {
    return version->uses_all ? was_there(facts, version, relation, column)
                             : ls_names_column(&version->version->reads, relation, column);
}

bool ls_version_writes(const ls_plan_facts *facts, const ls_live_version *version,
                       const ls_relation *relation, const char *column) {
    return version->uses_all ? was_there(facts, version, relation, column)
                             : ls_names_column(&version->version->writes, relation, column);
}

bool ls_version_uses(const ls_plan_facts *facts, const ls_live_version *version,
                     const ls_relation *relation, const char *column) {
    return ls_version_reads(facts, version, relation, column) ||
           ls_version_writes(facts, version, relation, column);
}

bool ls_anyone_uses(const ls_plan_facts *facts, ls_version_set set, const ls_relation *relation,
                    const char *column) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (ls_is_live(facts, set, version) && ls_version_uses(facts, version, relation, column))
            return true;
    return false;
}

const char *ls_version_names(const ls_plan_facts *facts, ls_version_set set) {
    const char *list = "";
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (ls_is_live(facts, set, version))
            list =
                ls_arena_join(facts->arena, list, list[0] == 0 ? "" : ", ", version->label, NULL);
    return list;
}
