/*
 * translate_versions.c - what each version reads and writes of the columns that the plan is about.
 *
 * A version whose queries are known runs these statements and no others. Of any other there are the
 * lists, which hold the plan's columns only. A version whose app has written a table goes
 * on to write it, though it lists none of its columns any more: that is how a column is left
 * behind. Not so where the table is to be dropped, or where the version has moved on to another
 * name.
 */
#include "plan/judging.h"
#include "plan/live.h"
#include "plan/translating.h"

#include <string.h>

static ls_model_index app_of(ls_translation *translation, const char *app) {
    ls_model *model = translation->model;
    for (uint32_t i = 0; i < model->apps.count; i++)
        if (strcmp(model->apps.items[i], app) == 0)
            return i;
    LS_PUSH(translation->arena, &model->apps, app);
    return model->apps.count - 1;
}

static bool is_named(const char *full_name, const ls_plan_column *word) {
    const char *dot = strchr(full_name, '.'), *name = dot == NULL ? full_name : dot + 1;
    if (strcmp(word->table, name) != 0)
        return false;
    if (dot == NULL)
        return word->schema == NULL || strcmp(word->schema, "public") == 0;
    return word->schema == NULL ||
           (strlen(word->schema) == (size_t)(dot - full_name) &&
            strncmp(word->schema, full_name, (size_t)(dot - full_name)) == 0);
}

static const ls_plan_column *find_word(const ls_translation *translation,
                                       const ls_plan_columns *words,
                                       const ls_model_carrier *carrier) {
    const char *table = translation->model->tables.items[carrier->table];
    for (LS_EACH(const ls_plan_column, word, *words))
        if (is_named(table, word) && (word->whole_row || strcmp(word->column, carrier->name) == 0))
            return word;
    return NULL;
}

/* All that there is when the version comes is used by one of which nothing is said. */
static bool was_there(const ls_translation *translation, const ls_live_version *version,
                      const ls_model_carrier *carrier) {
    if (version->stage == 0)
        return carrier->exists;
    const ls_relation *relation = ls_state_shown(
        translation->facts, translation->model->tables.items[carrier->table], version->stage - 1);
    return relation != NULL && ls_relation_column(relation, carrier->name) != NULL;
}

static bool reads(const ls_translation *translation, const ls_live_version *version,
                  const ls_model_carrier *carrier, bool *optional) {
    *optional = false;
    if (version->uses_all)
        return was_there(translation, version, carrier);
    const ls_plan_column *word = find_word(translation, &version->version->reads, carrier);
    *optional = word != NULL && word->optional;
    return word != NULL;
}

static bool writes(const ls_translation *translation, const ls_live_version *version,
                   const ls_model_carrier *carrier) {
    return version->uses_all ? was_there(translation, version, carrier)
                             : find_word(translation, &version->version->writes, carrier) != NULL;
}

static void add_reads(ls_translation *translation, const ls_live_version *version,
                      ls_model_version *made) {
    for (uint32_t i = 0; i < translation->model->carriers.count; i++) {
        const ls_model_carrier *carrier = &translation->model->carriers.items[i];
        bool optional;
        if (carrier->of != LS_NONE || !reads(translation, version, carrier, &optional))
            continue;
        ls_model_read read = {.carrier = i, .null_allowed = optional};
        LS_PUSH(translation->arena, &made->reads, read);
    }
}

/* --- Writes ---------------------------------------------------------------------------------- */

static bool names_table(const ls_plan_columns *words, const char *table) {
    for (LS_EACH(const ls_plan_column, word, *words))
        if (is_named(table, word))
            return true;
    return false;
}

static bool writes_itself(const ls_translation *translation, const ls_live_version *version,
                          ls_model_index table) {
    if (!version->uses_all)
        return names_table(&version->version->writes, translation->model->tables.items[table]);
    for (LS_EACH(const ls_model_carrier, carrier, translation->model->carriers))
        if (carrier->table == table && carrier->of == LS_NONE &&
            was_there(translation, version, carrier))
            return true;
    return false;
}

static bool is_dropped(const ls_plan_facts *facts, const char *table) {
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const ls_effect_kind kind = one->effect->kind;
                bool ends = kind == LS_EFFECT_DROP_TABLE || kind == LS_EFFECT_RENAME_TABLE ||
                            kind == LS_EFFECT_MOVE_TABLE || kind == LS_EFFECT_DROP_VIEW;
                if (ends && one->effect->relation_name != NULL &&
                    strcmp(ls_shown_relation(one->effect->relation_name), table) == 0)
                    return true;
            }
    return false;
}

static bool app_has_written(const ls_translation *translation, const ls_live_version *version,
                            ls_model_index table) {
    for (LS_EACH(const ls_live_version, earlier, translation->facts->versions)) {
        if (earlier == version)
            return false;
        if (strcmp(earlier->app, version->app) == 0 && writes_itself(translation, earlier, table))
            return true;
    }
    return false;
}

static bool is_view_of(const ls_plan_facts *facts, const char *view, const char *table,
                       unsigned done) {
    const ls_relation *relation = ls_state_shown(facts, view, done);
    const ls_relation *base = ls_state_shown(facts, table, done);
    if (relation == NULL || base == NULL || relation->kind != LS_RELATION_VIEW)
        return false;
    for (LS_EACH(const ls_column_use, use, relation->uses))
        if (use->relation == base->id)
            return true;
    return false;
}

/* The rows of the table, by a view's name for it. */
static bool writes_view_of(const ls_translation *translation, const ls_live_version *version,
                           ls_model_index table) {
    const ls_model *model = translation->model;
    for (uint32_t view = 0; view < model->tables.count; view++)
        if (view != table && writes_itself(translation, version, view) &&
            is_view_of(translation->facts, model->tables.items[view], model->tables.items[table],
                       version->stage))
            return true;
    return false;
}

static bool writes_table(const ls_translation *translation, const ls_live_version *version,
                         ls_model_index table) {
    return writes_itself(translation, version, table) ||
           (app_has_written(translation, version, table) &&
            !writes_view_of(translation, version, table) &&
            !is_dropped(translation->facts, translation->model->tables.items[table]));
}

/* A version that the plan brings is written for the constraints that it will meet. */
static bool keeps(const ls_live_version *version, const ls_model_carrier *property) {
    return property->of != LS_NONE && version->stage > 0;
}

/* Lists name what the version keeps in step: columns of two tables are written in one transaction.
 * Of a version of which nothing is said that is not known. */
static void add_writes(ls_translation *translation, const ls_live_version *version,
                       ls_model_version *made, ls_model_index table) {
    const ls_model *model = translation->model;
    ls_model_indexes written = {0};
    for (uint32_t i = 0; i < model->carriers.count; i++) {
        const ls_model_carrier *carrier = &model->carriers.items[i];
        if (carrier->table != table && version->uses_all)
            continue;
        const ls_model_carrier *column =
            carrier->of == LS_NONE ? carrier : &model->carriers.items[carrier->of];
        bool kept = carrier->of == LS_NONE || keeps(version, carrier);
        if (kept && writes(translation, version, column))
            LS_PUSH(translation->arena, &written, i);
    }
    ls_model_writes(translation->arena, made, table, written.items, written.count);
}

/* --- Statements ------------------------------------------------------------------------------ */

static bool sets(const ls_words *columns, const char *name) {
    for (LS_EACH(const char *, column, *columns))
        if (strcmp(*column, name) == 0)
            return true;
    return false;
}

static ls_model_indexes carriers_set(const ls_translation *translation,
                                     const ls_live_version *version, const ls_plan_write *change,
                                     ls_model_index table) {
    const ls_model *model = translation->model;
    ls_model_indexes set = {0};
    for (uint32_t i = 0; i < model->carriers.count; i++) {
        const ls_model_carrier *carrier = &model->carriers.items[i];
        const ls_model_carrier *column =
            carrier->of == LS_NONE ? carrier : &model->carriers.items[carrier->of];
        if (carrier->table == table && (carrier->of == LS_NONE || keeps(version, carrier)) &&
            sets(&change->columns, column->name))
            LS_PUSH(translation->arena, &set, i);
    }
    return set;
}

static bool same_write(const ls_model_write *one, const ls_model_write *other) {
    if (one->kind != other->kind || one->table != other->table ||
        one->carriers.count != other->carriers.count)
        return false;
    for (LS_EACH(const ls_model_index, carrier, one->carriers))
        if (*carrier != other->carriers.items[carrier - one->carriers.items])
            return false;
    return true;
}

static void add_change(ls_translation *translation, const ls_live_version *version,
                       const ls_plan_write *change, ls_model_version *made) {
    const ls_model *model = translation->model;
    for (uint32_t table = 0; table < model->tables.count; table++) {
        if (strcmp(model->tables.items[table], ls_shown_relation(change->table)) != 0)
            continue;
        ls_model_write write = {
            .kind = change->kind == LS_QUERY_INSERT   ? LS_WRITE_INSERT
                    : change->kind == LS_QUERY_UPDATE ? LS_WRITE_UPDATE
                                                      : LS_WRITE_DELETE,
            .table = table,
            .carriers = carriers_set(translation, version, change, table),
        };
        bool known = false;
        for (LS_EACH(const ls_model_write, other, made->writes))
            known = known || same_write(other, &write);
        if (!known)
            LS_PUSH(translation->arena, &made->writes, write);
    }
}

/* --- Versions -------------------------------------------------------------------------------- */

static void add_lists(ls_translation *translation, const ls_live_version *version,
                      ls_model_version *made) {
    for (uint32_t table = 0; table < translation->model->tables.count; table++)
        if (writes_table(translation, version, table))
            add_writes(translation, version, made, table);
}

static void add_version(ls_translation *translation, const ls_live_version *version) {
    ls_model_version made = {
        .app = app_of(translation, version->app),
        .label = version->label,
        .today = version->today,
    };
    add_reads(translation, version, &made);
    if (version->queries.count == 0)
        add_lists(translation, version, &made);
    for (LS_EACH(const ls_plan_write, change, version->data_changes))
        add_change(translation, version, change, &made);
    LS_PUSH(translation->arena, &translation->model->versions, made);
}

/* Columns that versions name, and nothing else does, are the plan's too: they may not be there. */
static void add_named(ls_translation *translation, const ls_plan_columns *words) {
    for (LS_EACH(const ls_plan_column, word, *words)) {
        const ls_relation *relation = NULL;
        for (unsigned done = 0; relation == NULL && done <= translation->facts->stages.count;
             done++)
            relation = ls_state_named(translation->facts, word->schema, word->table, done);
        if (relation == NULL || word->whole_row)
            continue;
        bool some_time = false, always = true;
        for (unsigned done = 0; done <= translation->facts->stages.count; done++) {
            bool there = ls_state_column(translation->facts, word, done) != NULL;
            some_time = some_time || there;
            always = always && there;
        }
        if (word->derived && always)
            continue;
        if (some_time || !relation->columns_complete)
            ls_carrier(translation, relation->full_name, word->column);
    }
}

static bool is_written_today(const ls_model *model, ls_model_index carrier, bool *table_written) {
    bool written = false;
    for (LS_EACH(const ls_model_version, version, model->versions))
        for (LS_EACH(const ls_model_write, write, version->writes)) {
            if (!version->today || write->kind != LS_WRITE_INSERT ||
                write->table != model->carriers.items[carrier].table)
                continue;
            *table_written = true;
            for (size_t i = 0; i < write->carriers.count; i++)
                written = written || write->carriers.items[i] == carrier;
        }
    return written;
}

/* Today's versions insert rows. Where their lists leave out a column that wants a value, the lists
 * are silent about it: it is none of the plan's, and all versions go on to write it. */
static void forget_silent(ls_model *model) {
    for (uint32_t i = 0; i < model->carriers.count; i++) {
        ls_model_carrier *carrier = &model->carriers.items[i];
        bool table_written = false;
        if (carrier->exists && carrier->not_null && carrier->default_value == 0 &&
            !is_written_today(model, i, &table_written) && table_written)
            carrier->not_null = false;
    }
}

void ls_translate_versions(ls_translation *translation) {
    const ls_plan_facts *facts = translation->facts;
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (!version->uses_all) {
            add_named(translation, &version->version->reads);
            add_named(translation, &version->version->writes);
        }
    for (LS_EACH(const ls_live_version, version, facts->versions))
        add_version(translation, version);
    forget_silent(translation->model);
}
