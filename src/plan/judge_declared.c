/*
 * judge_declared.c - the lists of a version beside its queries, and queries that cannot be read.
 */
#include "plan/judging.h"
#include "plan/queries.h"
#include "plan/telling_queries.h"

#include <string.h>

/* The stage that a version is told at: its own, or for one of today's the first. */
static const ls_stage_facts *stage_of(const ls_plan_facts *facts, const ls_live_version *version) {
    return ls_stage_numbered(facts, version->stage == 0 ? 1 : version->stage);
}

/* --- What the lists leave out ---------------------------------------------------------------- */

/* The query that reads or writes the column; NULL if it cannot be told. */
static const ls_app_query *query_with(const ls_plan_facts *facts, const ls_live_version *version,
                                      const ls_plan_column *column, bool writes) {
    for (LS_EACH(const ls_plan_query *const, query, version->queries)) {
        const ls_query_meaning *meaning = ls_meaning_for(facts, version, *query);
        for (LS_EACH(const ls_plan_write, change, version->data_changes))
            for (LS_EACH(const ls_query_width, inner, meaning->queries))
                for (size_t i = 0;
                     writes && inner->query == change->change && i < change->columns.count; i++)
                    if (strcmp(change->columns.items[i], column->column) == 0)
                        return (*query)->query;
        for (LS_EACH(const ls_name_meaning, name, meaning->names))
            if (!writes && name->kind == LS_MEANS_COLUMN && name->relation != 0 &&
                strcmp(name->column, column->column) == 0)
                return (*query)->query;
    }
    return version->queries.items[0]->query;
}

static void judge_list(ls_plan_judging *judging, const ls_live_version *version, bool writes) {
    const ls_plan_facts *facts = judging->facts;
    const ls_plan_columns *list = writes ? &version->version->writes : &version->version->reads;
    for (LS_EACH(const ls_plan_column, column, *list)) {
        if (!column->derived || !ls_is_of_plan(facts, column))
            continue;
        const ls_told_query told = {.version = version,
                                    .query = query_with(facts, version, column, writes)};
        ls_effect *effect = ls_tell_query(judging, stage_of(facts, version), "declared-vs-derived",
                                          &told, writes ? "writes the column" : "reads the column");
        if (effect == NULL)
            continue;
        ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN,
                     ls_arena_join(judging->arena, column->table, ".", column->column, NULL));
        ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, writes ? "writes" : "reads");
    }
}

static bool has_lists(const ls_plan_version *version) {
    for (LS_EACH(const ls_plan_column, word, version->reads))
        if (!word->derived)
            return true;
    for (LS_EACH(const ls_plan_column, word, version->writes))
        if (!word->derived)
            return true;
    return false;
}

/* --- What cannot be read --------------------------------------------------------------------- */

static void judge_unread(ls_plan_judging *judging, const ls_live_version *version) {
    const ls_plan_facts *facts = judging->facts;
    ls_effect *effect = NULL;
    int64_t count = 0;
    for (LS_EACH(const ls_plan_word, word, version->version->queries)) {
        const ls_query_file *file =
            ls_plan_query_file(judging->arena, facts->plan, facts->files, word->text);
        for (LS_EACH(const ls_statement *const, statement, file->unparsed)) {
            if (effect == NULL)
                effect = ls_tell_problem(judging, stage_of(facts, version), "query-not-read");
            ls_label label = {.source = file->source,
                              .at = (*statement)->at,
                              .message = (*statement)->kind == LS_STATEMENT_PSQL
                                             ? "hides what is run"
                                             : (*statement)->problem.message};
            LS_PUSH(judging->arena, &effect->labels, label);
            count++;
        }
    }
    if (effect == NULL)
        return;
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, version->label);
    ls_tell_number(judging, effect, LS_ATTRIBUTE_COUNT, count);
}

void ls_judge_declared(ls_plan_judging *judging) {
    for (LS_EACH(const ls_live_version, version, judging->facts->versions)) {
        if (version->version == NULL)
            continue;
        judge_unread(judging, version);
        if (version->queries.count == 0 || !has_lists(version->version))
            continue;
        judge_list(judging, version, false);
        judge_list(judging, version, true);
    }
}
