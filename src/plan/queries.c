/*
 * queries.c - queries asked of the catalog as it is after each stage.
 *
 * A version is written for the schema that it is deployed on. Where a name of it is not there then
 * (because the deploy comes too early, or what it needs has been dropped), the moment in which it
 * is there says which column is meant.
 */
#include "plan/queries.h"

#include "plan/live.h"

#include <string.h>

void ls_list_queries(ls_plan_facts *facts) {
    for (LS_EACH(const ls_query_file *const, file, facts->files->queries))
        for (LS_EACH(const ls_app_query, query, (*file)->queries))
            LS_PUSH(facts->arena, &facts->queries, ((ls_plan_query){.query = query}));
}

/* --- Meanings -------------------------------------------------------------------------------- */

static ls_query_meaning meaning_of_statement(ls_plan_facts *facts, const ls_statement *statement) {
    if (statement->kind == LS_STATEMENT_QUERY || statement->kind == LS_STATEMENT_CALL)
        return ls_query_meaning_of(facts->arena, facts->catalog, statement->query);
    if (statement->kind == LS_STATEMENT_COPY && statement->copy.query != NULL)
        return ls_query_meaning_of(facts->arena, facts->catalog, statement->copy.query);
    ls_query_meaning meaning = {.complete = true};
    ls_names names = {0};
    if (statement->kind == LS_STATEMENT_COPY)
        LS_PUSH(facts->arena, &names, statement->copy.relation);
    else
        names = statement->truncate.relations;
    for (LS_EACH(const ls_name, name, names)) {
        const ls_relation *relation = ls_catalog_find(facts->catalog, name->schema, name->name);
        ls_named_relation named = {.name = *name, .relation = relation == NULL ? 0 : relation->id};
        LS_PUSH(facts->arena, &meaning.relations, named);
    }
    return meaning;
}

void ls_ask_queries(ls_plan_facts *facts, unsigned done) {
    for (LS_EACH(ls_plan_query, query, facts->queries)) {
        ls_query_moment moment = {.done = done,
                                  .meaning = meaning_of_statement(facts, query->query->statement)};
        LS_PUSH(facts->arena, &query->moments, moment);
    }
}

const ls_query_meaning *ls_meaning_at(const ls_plan_query *query, unsigned done) {
    const ls_query_meaning *found = &query->moments.items[0].meaning;
    for (LS_EACH(const ls_query_moment, moment, query->moments))
        if (moment->done <= done)
            found = &moment->meaning;
    return found;
}

static unsigned count_missing(const ls_query_meaning *meaning) {
    unsigned missing = 0;
    for (LS_EACH(const ls_name_meaning, name, meaning->names))
        missing += name->kind == LS_MEANS_NOTHING || name->kind == LS_MEANS_SEVERAL;
    for (LS_EACH(const ls_named_relation, named, meaning->relations))
        missing += named->relation == 0;
    return missing;
}

const ls_query_meaning *ls_meaning_for(const ls_plan_facts *facts, const ls_live_version *version,
                                       const ls_plan_query *query) {
    unsigned deployed = version->stage == 0 ? 0 : version->stage - 1;
    const ls_query_meaning *best = ls_meaning_at(query, deployed);
    unsigned least = count_missing(best);
    for (unsigned step = 1; least > 0 && step <= facts->stages.count; step++) {
        unsigned sides[2] = {deployed + step, deployed < step ? 0 : deployed - step};
        for (int i = 0; i < 2; i++) {
            const ls_query_meaning *other = ls_meaning_at(query, sides[i]);
            unsigned missing = count_missing(other);
            if (missing < least) {
                best = other;
                least = missing;
            }
        }
    }
    return best;
}

ls_relation_id ls_changed_relation(const ls_query_meaning *meaning, const ls_query *change) {
    for (LS_EACH(const ls_named_relation, named, meaning->relations))
        if (named->query == change && named->name.at.begin == change->target.at.begin)
            return named->relation;
    return 0;
}
