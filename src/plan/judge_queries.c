/*
 * judge_queries.c - what queries need besides columns (arbiters, indexes, tables that are tables),
 * and what the plan says of them.
 */
#include "plan/columns.h"
#include "plan/index_needs.h"
#include "plan/judging.h"
#include "plan/queries.h"
#include "plan/telling_queries.h"

#include <string.h>

/* A query of a version that is live in a stage. */
typedef struct {
    ls_plan_judging *judging;
    const ls_stage_facts *stage;
    const ls_live_version *version;
    const ls_plan_query *query;
    unsigned done; /* stages, the one at hand included */
} live_query;

static ls_effect *tell(const live_query *live, const char *cause, const char *label) {
    const ls_told_query told = {.version = live->version, .query = live->query->query};
    return ls_tell_query(live->judging, live->stage, cause, &told, label);
}

static bool is_deployed_here(const live_query *live) {
    return live->version->stage == live->stage->stage->number;
}

/* --- Arbiters -------------------------------------------------------------------------------- */

static bool same_set(const ls_relation *index, const ls_conflict *conflict) {
    if (index->elements.count != conflict->columns.count + conflict->expressions.count)
        return false;
    for (LS_EACH(const ls_index_element, element, index->elements)) {
        bool found = false;
        for (LS_EACH(const char *const, column, conflict->columns))
            found = found || (element->column != NULL && strcmp(element->column, *column) == 0);
        for (LS_EACH(ls_expression *const, value, conflict->expressions))
            found = found || (element->expression != NULL &&
                              ls_same_expression(element->expression, *value));
        if (!found)
            return false;
    }
    return true;
}

static bool has_arbiter(const ls_plan_facts *facts, const ls_relation *table,
                        const ls_conflict *conflict, unsigned done) {
    if (conflict->constraint != NULL)
        return ls_relation_constraint(table, conflict->constraint) != NULL;
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *index = ls_state_of(facts, *id, done);
        if (index != NULL && index->unique &&
            (index->predicate == NULL || conflict->predicate != NULL) && same_set(index, conflict))
            return true;
    }
    return false;
}

/* The table with all its indexes known, and without the arbiter. */
static const ls_relation *without_arbiter(const live_query *live, const ls_query *insert,
                                          unsigned done) {
    const ls_plan_facts *facts = live->judging->facts;
    ls_relation_id id = ls_changed_relation(ls_meaning_at(live->query, done), insert);
    const ls_relation *table = ls_state_of(facts, id, done);
    bool is_known =
        table != NULL && table->birth.known &&
        (table->kind == LS_RELATION_TABLE || table->kind == LS_RELATION_PARTITIONED_TABLE);
    return is_known && !has_arbiter(facts, table, insert->conflict, done) ? table : NULL;
}

static const char *arbiter_in_words(ls_arena *arena, const ls_conflict *conflict) {
    if (conflict->constraint != NULL)
        return ls_arena_join(arena, "ON CONSTRAINT ", conflict->constraint, NULL);
    const char *list = "";
    for (LS_EACH(const char *const, column, conflict->columns))
        list = ls_arena_join(arena, list, *list == 0 ? "" : ", ", *column, NULL);
    return ls_arena_join(arena, "ON CONFLICT (", list, ")", NULL);
}

static void judge_arbiter(const live_query *live, const ls_query *insert) {
    const ls_conflict *conflict = insert->conflict;
    bool names_one = conflict->constraint != NULL || conflict->columns.count > 0;
    const ls_relation *table = names_one ? without_arbiter(live, insert, live->done) : NULL;
    if (table == NULL ||
        (!is_deployed_here(live) && without_arbiter(live, insert, live->done - 1) != NULL))
        return;
    ls_effect *effect = tell(live, "arbiter-missing", "has nothing to compare with");
    if (effect == NULL)
        return;
    ls_tell_relation(live->judging, effect, table);
    ls_tell_text(live->judging, effect, LS_ATTRIBUTE_CONSTRAINT,
                 arbiter_in_words(live->judging->arena, conflict));
}

static void judge_arbiters(const live_query *live) {
    for (LS_EACH(const ls_query_width, inner, ls_meaning_at(live->query, live->done)->queries))
        if (inner->query->conflict != NULL)
            judge_arbiter(live, inner->query);
}

/* --- Indexes --------------------------------------------------------------------------------- */

/* The columns of the need that the table has then. */
static ls_words columns_there(const live_query *live, const ls_index_need *need, unsigned done) {
    const ls_relation *table = ls_state_of(live->judging->facts, need->relation, done);
    ls_words there = {0};
    for (size_t i = 0; table != NULL && table->birth.known && i < need->columns.count; i++)
        if (ls_relation_column(table, need->columns.items[i]) != NULL)
            LS_PUSH(live->judging->arena, &there, need->columns.items[i]);
    return there;
}

static void tell_need(const live_query *live, const ls_index_need *need, const ls_words *columns,
                      const char *cause) {
    ls_plan_judging *judging = live->judging;
    ls_effect *effect = tell(live, cause, "looks for rows by it");
    if (effect == NULL)
        return;
    ls_tell_relation(judging, effect, ls_state_of(judging->facts, need->relation, live->done));
    const char *list = columns->items[0];
    for (size_t i = 1; i < columns->count; i++)
        list = ls_arena_join(judging->arena, list, " or ", columns->items[i], NULL);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, list);
}

static void judge_lost_index(const live_query *live, const ls_index_need *need) {
    const ls_plan_facts *facts = live->judging->facts;
    const ls_words there = columns_there(live, need, live->done);
    bool met_before = false;
    for (size_t i = 0; i < there.count; i++) {
        const ls_relation *table = ls_state_of(facts, need->relation, live->done - 1);
        met_before = met_before || (table != NULL &&
                                    ls_has_index_on(facts, table, there.items[i], live->done - 1));
    }
    if (met_before && !ls_index_need_met(facts, need, live->done))
        tell_need(live, need, &there, "index-still-used");
}

/* A version before it, of the same app, looks for rows by one of the columns already. */
static bool is_old_need(const live_query *live, const ls_index_need *need) {
    const ls_live_version *before = ls_version_before(live->judging->facts, live->version);
    for (size_t i = 0; before != NULL && i < before->queries.count; i++) {
        const ls_index_needs needs = ls_index_needs_of(
            live->judging->arena, ls_meaning_at(before->queries.items[i], live->done));
        for (LS_EACH(const ls_index_need, old, needs))
            for (size_t j = 0; old->relation == need->relation && j < old->columns.count; j++)
                for (size_t k = 0; k < need->columns.count; k++)
                    if (strcmp(old->columns.items[j], need->columns.items[k]) == 0)
                        return true;
    }
    return false;
}

/* The plan adds the column, or an index that begins with it. */
static bool is_of_plan(const live_query *live, const ls_index_need *need) {
    const ls_plan_facts *facts = live->judging->facts;
    const ls_relation *first = ls_state_of(facts, need->relation, 0);
    for (size_t i = 0; i < need->columns.count; i++)
        if (first != NULL && ls_relation_column(first, need->columns.items[i]) == NULL)
            return true;
    return !ls_index_need_met(facts, need, 0) &&
           ls_index_need_met(facts, need, facts->stages.count);
}

static void judge_missing_index(const live_query *live, const ls_index_need *need) {
    const ls_plan_facts *facts = live->judging->facts;
    const ls_live_version *before = ls_version_before(facts, live->version);
    bool was_read = before != NULL && before->queries.count > 0;
    const ls_words there = columns_there(live, need, live->done);
    if (there.count == 0 || ls_index_need_met(facts, need, live->done) ||
        ls_state_of(facts, need->relation, 0) == NULL || is_old_need(live, need) ||
        (!was_read && !is_of_plan(live, need)))
        return;
    tell_need(live, need, &there, "read-before-index");
}

static void judge_indexes(const live_query *live) {
    const ls_index_needs needs =
        ls_index_needs_of(live->judging->arena, ls_meaning_at(live->query, live->done));
    for (LS_EACH(const ls_index_need, need, needs)) {
        if (is_deployed_here(live))
            judge_missing_index(live, need);
        else if (ls_plan_changes_schema(live->stage->stage->verb))
            judge_lost_index(live, need);
    }
}

/* --- Views in the place of tables ------------------------------------------------------------ */

/* pg_get_serial_sequence('users', ...) */
static bool asks_for_sequence(const ls_expression *expression, const char *table) {
    if (expression == NULL)
        return false;
    bool asks = expression->kind == LS_EXPR_FUNCTION && expression->name.name != NULL &&
                strcmp(expression->name.name, "pg_get_serial_sequence") == 0 &&
                expression->arguments.count > 0;
    const ls_expression *first = asks ? expression->arguments.items[0] : NULL;
    while (first != NULL && first->kind == LS_EXPR_CAST && first->arguments.count == 1)
        first = first->arguments.items[0];
    if (first != NULL && first->kind == LS_EXPR_STRING && strcmp(first->text, table) == 0)
        return true;
    for (LS_EACH(ls_expression *const, argument, expression->arguments))
        if (asks_for_sequence(*argument, table))
            return true;
    return false;
}

static bool query_asks_for_sequence(const ls_query_meaning *meaning, const char *table) {
    for (LS_EACH(const ls_query_width, inner, meaning->queries)) {
        for (LS_EACH(const ls_target, target, inner->query->targets))
            if (asks_for_sequence(target->value, table))
                return true;
        for (LS_EACH(ls_expression *const, value, inner->query->values))
            if (asks_for_sequence(*value, table))
                return true;
        if (asks_for_sequence(inner->query->where, table))
            return true;
    }
    return false;
}

/* What the query does to a table and cannot be done to a view; NULL: nothing. */
static const char *wants_table(const live_query *live, const ls_relation *view) {
    const ls_query_meaning *meaning = ls_meaning_at(live->query, live->done);
    const ls_statement *statement = live->query->query->statement;
    if (query_asks_for_sequence(meaning, view->name))
        return "pg_get_serial_sequence";
    if (statement->kind != LS_STATEMENT_COPY && statement->kind != LS_STATEMENT_TRUNCATE)
        return NULL;
    if (statement->kind == LS_STATEMENT_COPY && !statement->copy.from)
        return NULL;
    for (LS_EACH(const ls_named_relation, named, meaning->relations))
        if (named->relation == view->id)
            return statement->kind == LS_STATEMENT_COPY ? "COPY" : "TRUNCATE";
    return NULL;
}

static void judge_views(const live_query *live) {
    const ls_plan_facts *facts = live->judging->facts;
    const ls_relation_ids ids = ls_plan_relations(facts);
    for (size_t i = 0; i < ids.count; i++) {
        const ls_relation *view = ls_state_of(facts, ids.items[i], live->done);
        if (view == NULL || view->kind != LS_RELATION_VIEW ||
            ls_state_of(facts, view->id, live->done - 1) != NULL)
            continue;
        const ls_relation *before = ls_state_named(facts, view->schema, view->name, live->done - 1);
        const char *what =
            before == NULL || before->kind == LS_RELATION_VIEW ? NULL : wants_table(live, view);
        ls_effect *effect =
            what == NULL ? NULL : tell(live, "compat-view-gap", "does not work on a view");
        if (effect == NULL)
            continue;
        ls_tell_relation(live->judging, effect, view);
        ls_tell_text(live->judging, effect, LS_ATTRIBUTE_WHAT,
                     ls_arena_format(live->judging->arena, "%s wants a table, not a view, in %s",
                                     what, ls_effect_text(effect, LS_ATTRIBUTE_NAME)));
    }
}

/* --- The stages ------------------------------------------------------------------------------ */

static void judge_live(ls_plan_judging *judging, const ls_stage_facts *stage,
                       const ls_live_version *version) {
    live_query live = {
        .judging = judging, .stage = stage, .version = version, .done = stage->stage->number};
    for (LS_EACH(const ls_plan_query *const, query, version->queries)) {
        live.query = *query;
        if (!ls_plan_changes_schema(stage->stage->verb) && !is_deployed_here(&live))
            continue;
        judge_arbiters(&live);
        judge_indexes(&live);
        judge_views(&live);
    }
}

void ls_judge_queries(ls_plan_judging *judging) {
    const ls_plan_facts *facts = judging->facts;
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_live_version, version, facts->versions))
            if (ls_is_live(facts, stage->live, version))
                judge_live(judging, stage, version);
}
