/*
 * derive.c - from what queries mean to the lists of columns that a version reads and writes.
 *
 * The lists of a plan are about the plan's columns, and so a version with queries gets the same
 * lists, made longer. A `*` names no column: it stands for those that were there before the plan,
 * unless the app has left the column behind (it wrote it in an earlier version, and now neither
 * writes nor names it) or the version says itself which columns it reads.
 */
#include "plan/queries.h"

#include "plan/live.h"

#include <string.h>

typedef struct {
    ls_plan_facts *facts;
    ls_live_version *version;
    ls_plan_version *lists; /* that are made longer */
    ls_span at;             /* the file in the plan */
} deriving;

/* --- Lists ----------------------------------------------------------------------------------- */

/* The relation under the name that the query knows it by. */
static const ls_relation *relation_for(const deriving *work, ls_relation_id id) {
    const ls_plan_facts *facts = work->facts;
    unsigned deployed = work->version->stage == 0 ? 0 : work->version->stage - 1;
    const ls_relation *found = ls_state_of(facts, id, deployed);
    for (unsigned done = 0; found == NULL && done <= facts->stages.count; done++)
        found = ls_state_of(facts, id, done);
    return found;
}

static void add_word(const deriving *work, ls_plan_columns *words, const ls_relation *relation,
                     const char *column) {
    if (relation == NULL || column == NULL || ls_names_column(words, relation, column))
        return;
    ls_plan_column word = {.schema = relation->schema,
                           .table = relation->name,
                           .column = column,
                           .derived = true,
                           .at = work->at};
    LS_PUSH(work->facts->arena, words, word);
}

/* --- Reads ----------------------------------------------------------------------------------- */

static void add_reads(const deriving *work, const ls_query_meaning *meaning) {
    for (LS_EACH(const ls_name_meaning, name, meaning->names)) {
        bool is_named = name->kind == LS_MEANS_COLUMN || name->kind == LS_MEANS_NOTHING;
        if (is_named && name->relation != 0)
            add_word(work, &work->lists->reads, relation_for(work, name->relation), name->column);
    }
}

/* --- Writes ---------------------------------------------------------------------------------- */

/* The columns that an INSERT fills: those that it lists, or the first ones of the table. */
static ls_words filled_by(const deriving *work, const ls_query_meaning *meaning,
                          const ls_query *insert, const ls_relation *table) {
    ls_words columns = {0};
    for (LS_EACH(const ls_target, target, insert->targets))
        if (target->name != NULL)
            LS_PUSH(work->facts->arena, &columns, target->name);
    size_t width = 0;
    for (LS_EACH(const ls_query_width, one, meaning->queries))
        if (one->query == insert->source)
            width = one->columns_known ? one->columns : table->columns.count;
    for (uint32_t i = 0; insert->targets.count == 0 && i < width && i < table->columns.count; i++)
        LS_PUSH(work->facts->arena, &columns, table->columns.items[i].name);
    return columns;
}

static ls_words set_by(const deriving *work, const ls_target *targets, size_t count) {
    ls_words columns = {0};
    for (size_t i = 0; i < count; i++)
        if (targets[i].name != NULL)
            LS_PUSH(work->facts->arena, &columns, targets[i].name);
    return columns;
}

static void add_write(const deriving *work, const ls_query *change, ls_query_kind kind,
                      const ls_relation *table, ls_words columns) {
    for (LS_EACH(const char *, column, columns))
        add_word(work, &work->lists->writes, table, *column);
    ls_plan_write write = {
        .change = change, .kind = kind, .table = table->full_name, .columns = columns};
    LS_PUSH(work->facts->arena, &work->version->data_changes, write);
}

static void add_change(const deriving *work, const ls_query_meaning *meaning,
                       const ls_query *change) {
    const ls_relation *table = relation_for(work, ls_changed_relation(meaning, change));
    if (table == NULL)
        return;
    switch (change->kind) {
    case LS_QUERY_INSERT:
        add_write(work, change, LS_QUERY_INSERT, table, filled_by(work, meaning, change, table));
        if (change->conflict != NULL && change->conflict->update)
            add_write(work, change, LS_QUERY_UPDATE, table,
                      set_by(work, change->conflict->set.items, change->conflict->set.count));
        break;
    case LS_QUERY_UPDATE:
        add_write(work, change, LS_QUERY_UPDATE, table,
                  set_by(work, change->targets.items, change->targets.count));
        break;
    case LS_QUERY_MERGE:
        add_write(work, change, LS_QUERY_INSERT, table,
                  set_by(work, change->targets.items, change->targets.count));
        add_write(work, change, LS_QUERY_UPDATE, table,
                  set_by(work, change->targets.items, change->targets.count));
        break;
    case LS_QUERY_DELETE:
        add_write(work, change, LS_QUERY_DELETE, table, (ls_words){0});
        break;
    default:
        break;
    }
}

/* --- COPY ------------------------------------------------------------------------------------ */

static void add_copy(const deriving *work, const ls_query_meaning *meaning, const ls_copy *copy) {
    const ls_relation *table = meaning->relations.count == 0
                                   ? NULL
                                   : relation_for(work, meaning->relations.items[0].relation);
    if (table == NULL || copy->query != NULL)
        return;
    ls_words columns = copy->columns;
    bool all = columns.count == 0;
    for (uint32_t i = 0; all && i < table->columns.count; i++)
        LS_PUSH(work->facts->arena, &columns, table->columns.items[i].name);
    if (copy->from) {
        add_write(work, NULL, LS_QUERY_INSERT, table, columns);
        return;
    }
    for (LS_EACH(const char *, column, columns))
        add_word(work, &work->lists->reads, table, *column);
}

/* --- Stars ----------------------------------------------------------------------------------- */

static bool names(const ls_plan_version *lists, const ls_relation *table, const char *column) {
    return ls_names_column(&lists->reads, table, column) ||
           ls_names_column(&lists->writes, table, column);
}

static bool has_left_behind(const deriving *work, const ls_relation *table, const char *column) {
    if (names(work->lists, table, column))
        return false;
    for (LS_EACH(const ls_live_version, earlier, work->facts->versions)) {
        if (earlier == work->version)
            return false;
        if (strcmp(earlier->app, work->version->app) == 0 &&
            (earlier->version == NULL || ls_names_column(&earlier->version->writes, table, column)))
            return true;
    }
    return false;
}

static void add_star(const deriving *work, const ls_name_meaning *star) {
    const ls_relation *table = relation_for(work, star->relation);
    const ls_relation *first = ls_state_of(work->facts, star->relation, 0);
    if (table == NULL || (first != NULL && ls_relation_column(first, star->column) == NULL) ||
        ls_names_column(&work->lists->ignores, table, star->column) ||
        has_left_behind(work, table, star->column))
        return;
    add_word(work, &work->lists->reads, table, star->column);
}

static void add_stars(const deriving *work, const ls_query_meaning *meaning) {
    for (LS_EACH(const ls_name_meaning, name, meaning->names))
        if (name->kind == LS_MEANS_ROW)
            add_star(work, name);
}

/* --- Versions -------------------------------------------------------------------------------- */

static void derive_query(const deriving *work, const ls_plan_query *query) {
    const ls_query_meaning *meaning = ls_meaning_for(work->facts, work->version, query);
    const ls_statement *statement = query->query->statement;
    add_reads(work, meaning);
    for (LS_EACH(const ls_query_width, inner, meaning->queries))
        add_change(work, meaning, inner->query);
    if (statement->kind == LS_STATEMENT_COPY)
        add_copy(work, meaning, &statement->copy);
}

static const ls_plan_query *find_query(const ls_plan_facts *facts, const ls_app_query *query) {
    for (LS_EACH(const ls_plan_query, one, facts->queries))
        if (one->query == query)
            return one;
    return NULL;
}

static ls_plan_columns copy_of(ls_arena *arena, const ls_plan_columns *words) {
    ls_plan_columns copy = {0};
    for (LS_EACH(const ls_plan_column, word, *words))
        LS_PUSH(arena, &copy, *word);
    return copy;
}

static void derive(ls_plan_facts *facts, ls_live_version *version) {
    const ls_plan_version *given = version->version;
    ls_plan_version *lists = LS_NEW(facts->arena, ls_plan_version);
    *lists = *given;
    lists->reads = copy_of(facts->arena, &given->reads);
    lists->writes = copy_of(facts->arena, &given->writes);
    deriving work = {.facts = facts, .version = version, .lists = lists};
    for (LS_EACH(const ls_plan_word, word, given->queries)) {
        const ls_query_file *file =
            ls_plan_query_file(facts->arena, facts->plan, facts->files, word->text);
        work.at = word->at;
        for (LS_EACH(const ls_app_query, query, file->queries)) {
            const ls_plan_query *known = find_query(facts, query);
            LS_PUSH(facts->arena, &version->queries, known);
            derive_query(&work, known);
        }
    }
    for (size_t i = 0; given->reads.count == 0 && i < version->queries.count; i++)
        add_stars(&work, ls_meaning_for(facts, version, version->queries.items[i]));
    version->version = lists;
}

void ls_derive_versions(ls_plan_facts *facts) {
    for (LS_EACH(ls_live_version, version, facts->versions))
        if (version->version != NULL && version->version->queries.count > 0)
            derive(facts, version);
}
