/*
 * judge_names.c - what a change of the schema does to queries that run meanwhile: the same query,
 * asked before and after the stage.
 */
#include "plan/judging.h"
#include "plan/queries.h"
#include "plan/telling_queries.h"

#include <string.h>

typedef struct {
    ls_plan_judging *judging;
    const ls_stage_facts *stage;
    const ls_live_version *version;
    const ls_plan_query *query;
    const ls_query_meaning *before, *after;
} change_of_query;

/* NULL: it has been told of another query at the stage. */
static ls_effect *tell(const change_of_query *change, const char *cause, ls_attribute attribute,
                       const char *text, const char *label) {
    const ls_told_query told = {.version = change->version, .query = change->query->query};
    ls_effect *effect = ls_tell_query(change->judging, change->stage, cause, &told, label);
    if (effect != NULL)
        ls_tell_text(change->judging, effect, attribute, text);
    return effect;
}

/* --- Names ----------------------------------------------------------------------------------- */

static const ls_name_meaning *meant_before(const change_of_query *change,
                                           const ls_name_meaning *name) {
    for (LS_EACH(const ls_name_meaning, before, change->before->names))
        if (before->reference == name->reference &&
            (before->kind == name->kind || name->kind != LS_MEANS_COMMON) &&
            (before->kind != LS_MEANS_COMMON || name->kind == LS_MEANS_COMMON))
            return before;
    return NULL;
}

static bool is_join(const ls_query_meaning *meaning, const void *reference) {
    for (LS_EACH(const ls_name_meaning, name, meaning->names))
        if (name->reference == reference && name->kind == LS_MEANS_COMMON)
            return true;
    return false;
}

static bool became_ambiguous(const change_of_query *change, const ls_name_meaning *after) {
    const ls_name_meaning *before = meant_before(change, after);
    if (after->kind != LS_MEANS_SEVERAL)
        return false;
    /* A join with USING has no meaning as long as it is clear. */
    return before == NULL || before->kind == LS_MEANS_COLUMN || before->kind == LS_MEANS_OUTPUT ||
           is_join(change->before, after->reference);
}

static bool is_elsewhere(const ls_name_meaning *before, const ls_name_meaning *after) {
    return before->level != after->level || before->position != after->position ||
           (before->item != NULL && after->item != NULL && strcmp(before->item, after->item) != 0);
}

static bool means_something_else(const change_of_query *change, const ls_name_meaning *after) {
    const ls_name_meaning *before = meant_before(change, after);
    if (before == NULL || after->qualified)
        return false;
    if (after->kind == LS_MEANS_COMMON)
        return strcmp(before->column, after->column) != 0;
    if (after->kind != LS_MEANS_COLUMN)
        return false;
    return before->kind == LS_MEANS_OUTPUT || before->kind == LS_MEANS_ROW ||
           (before->kind == LS_MEANS_COLUMN && is_elsewhere(before, after));
}

static void judge_meanings(const change_of_query *change) {
    for (LS_EACH(const ls_name_meaning, name, change->after->names)) {
        if (became_ambiguous(change, name)) {
            tell(change, "name-becomes-ambiguous", LS_ATTRIBUTE_COLUMN, name->column,
                 "the name may mean several then");
            return;
        }
        if (means_something_else(change, name)) {
            bool common = name->kind == LS_MEANS_COMMON;
            tell(change, "name-rebinds", common ? LS_ATTRIBUTE_WHAT : LS_ATTRIBUTE_COLUMN,
                 name->column,
                 common ? "joins by other columns then" : "means another column then");
            return;
        }
    }
}

/* --- Positions ------------------------------------------------------------------------------- */

static const ls_query_width *width_of(const ls_query_meaning *meaning, const ls_query *query) {
    for (LS_EACH(const ls_query_width, width, meaning->queries))
        if (width->query == query)
            return width;
    return NULL;
}

/* So many values no longer fit into the table, or go to other columns of it. */
static bool places_differ(const ls_relation *before, size_t values_before, const ls_relation *after,
                          size_t values) {
    if (values > after->columns.count)
        return values_before <= before->columns.count;
    for (size_t i = 0; i < values && i < before->columns.count; i++)
        if (strcmp(before->columns.items[i].name, after->columns.items[i].name) != 0)
            return true;
    return false;
}

static const ls_relation *changed_table(const change_of_query *change, const ls_query *insert,
                                        bool after) {
    unsigned done = change->stage->stage->number - !after;
    ls_relation_id id = ls_changed_relation(after ? change->after : change->before, insert);
    const ls_relation *table = ls_state_of(change->judging->facts, id, done);
    return table != NULL && table->columns_complete ? table : NULL;
}

/* INSERT takes its values by their places. */
static bool insert_breaks(const change_of_query *change, const ls_query *insert) {
    const ls_query_width *before = width_of(change->before, insert->source),
                         *after = width_of(change->after, insert->source);
    if (before == NULL || after == NULL || !before->columns_known || !after->columns_known)
        return false;
    size_t width = change->query->query->stars_are_written ? before->columns : after->columns;
    if (insert->targets.count > 0)
        return before->columns == insert->targets.count && width != before->columns;
    const ls_relation *table = changed_table(change, insert, false),
                      *now = changed_table(change, insert, true);
    return table != NULL && now != NULL && places_differ(table, before->columns, now, width);
}

/* UNION and its like want as many columns on both sides. */
static bool sides_differ(const change_of_query *change, const ls_query *operation) {
    const ls_query_width *sides[2][2] = {
        {width_of(change->before, operation->left), width_of(change->before, operation->right)},
        {width_of(change->after, operation->left), width_of(change->after, operation->right)},
    };
    for (int i = 0; i < 2; i++)
        for (int side = 0; side < 2; side++)
            if (sides[i][side] == NULL || !sides[i][side]->columns_known)
                return false;
    return !change->query->query->stars_are_written &&
           sides[0][0]->columns == sides[0][1]->columns &&
           sides[1][0]->columns != sides[1][1]->columns;
}

static bool adds_or_drops_columns(const change_of_query *change, ls_relation_id table) {
    for (LS_EACH(const ls_plan_step, step, change->stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects))
            if (one->effect->relation == table && (one->effect->kind == LS_EFFECT_ADD_COLUMN ||
                                                   one->effect->kind == LS_EFFECT_DROP_COLUMN))
                return true;
    return false;
}

static bool copy_breaks(const change_of_query *change) {
    const ls_statement *statement = change->query->query->statement;
    return statement->kind == LS_STATEMENT_COPY && statement->copy.from &&
           statement->copy.columns.count == 0 && change->after->relations.count > 0 &&
           adds_or_drops_columns(change, change->after->relations.items[0].relation);
}

static bool judge_positions(const change_of_query *change) {
    const char *what = copy_breaks(change) ? "COPY without a list of columns" : NULL;
    for (LS_EACH(const ls_query_width, inner, change->after->queries)) {
        const ls_query *query = inner->query;
        if (query->kind == LS_QUERY_INSERT && insert_breaks(change, query))
            what = query->targets.count == 0 ? "INSERT without a list of columns"
                                             : "INSERT of all columns of a query";
        if (query->kind == LS_QUERY_SET_OPERATION && sides_differ(change, query))
            what = "a set operation over all columns";
    }
    if (what == NULL)
        return false;
    tell(change, "positional-use", LS_ATTRIBUTE_WHAT, what, "takes columns by their places");
    return true;
}

/* --- Stars ----------------------------------------------------------------------------------- */

static bool has_star(const ls_target *targets, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const ls_expression *value = targets[i].value;
        if (value != NULL && value->kind == LS_EXPR_COLUMN && value->star)
            return true;
    }
    return false;
}

static bool gives_star(const ls_query *query) {
    if (query == NULL)
        return false;
    if (query->kind == LS_QUERY_SET_OPERATION)
        return gives_star(query->left) || gives_star(query->right);
    return query->kind == LS_QUERY_SELECT
               ? has_star(query->targets.items, query->targets.count)
               : has_star(query->clauses->returning.items, query->clauses->returning.count);
}

static bool same_type(const ls_data_type *one, const ls_data_type *other) {
    if (!one->known || !other->known)
        return true;
    return strcmp(one->name, other->name) == 0 && one->dimensions == other->dimensions;
}

static bool result_differs(const change_of_query *change) {
    const ls_catalog_columns *before = &change->before->columns, *after = &change->after->columns;
    if (!change->before->columns_known || !change->after->columns_known) {
        for (LS_EACH(const ls_named_relation, named, change->after->relations))
            if (named->relation != 0 && adds_or_drops_columns(change, named->relation))
                return true;
        return false;
    }
    if (before->count != after->count)
        return true;
    for (uint32_t i = 0; i < before->count; i++)
        if (strcmp(before->items[i].name, after->items[i].name) != 0 ||
            !same_type(&before->items[i].type, &after->items[i].type))
            return true;
    return false;
}

/* A column that is gone and that the version reads is told where it is dropped or renamed. */
static bool loses_what_it_reads(const change_of_query *change) {
    const ls_plan_facts *facts = change->judging->facts;
    unsigned done = change->stage->stage->number;
    for (LS_EACH(const ls_named_relation, named, change->before->relations)) {
        const ls_relation *before = ls_state_of(facts, named->relation, done - 1),
                          *after = ls_state_of(facts, named->relation, done);
        for (uint32_t i = 0; before != NULL && i < before->columns.count; i++) {
            const char *column = before->columns.items[i].name;
            bool gone = after == NULL || ls_relation_column(after, column) == NULL;
            if (gone && ls_version_reads(facts, change->version, before, column))
                return true;
        }
    }
    return false;
}

static void judge_star(const change_of_query *change) {
    const ls_statement *statement = change->query->query->statement;
    if (statement->kind != LS_STATEMENT_QUERY || change->query->query->stars_are_written ||
        !gives_star(statement->query) || !result_differs(change) || loses_what_it_reads(change))
        return;
    ls_effect *effect =
        tell(change, "star-result-changes", LS_ATTRIBUTE_WHAT, NULL, "gives other columns then");
    if (effect != NULL)
        ls_tell_flag(change->judging, effect, LS_ATTRIBUTE_PREPARED,
                     change->judging->rollout->prepared_statements);
}

/* --- The stage ------------------------------------------------------------------------------- */

static void judge_version(ls_plan_judging *judging, const ls_stage_facts *stage,
                          const ls_live_version *version) {
    for (LS_EACH(const ls_plan_query *const, query, version->queries)) {
        const change_of_query change = {
            .judging = judging,
            .stage = stage,
            .version = version,
            .query = *query,
            .before = ls_meaning_at(*query, stage->stage->number - 1),
            .after = ls_meaning_at(*query, stage->stage->number),
        };
        if (change.before == change.after)
            continue;
        judge_meanings(&change);
        if (!judge_positions(&change))
            judge_star(&change);
    }
}

void ls_judge_names(ls_plan_judging *judging) {
    const ls_plan_facts *facts = judging->facts;
    for (LS_EACH(const ls_stage_facts, stage, facts->stages))
        for (LS_EACH(const ls_live_version, version, facts->versions))
            if (ls_is_live(facts, stage->live, version))
                judge_version(judging, stage, version);
}
