/*
 * targets.c - the columns that INSERT and UPDATE write.
 */
#include "effects/families.h"

#include "support/same.h"

/* A column may be given twice only in parts: elements of an array, fields of a row. */
static void refuse_given_twice(ls_builder *builder, const ls_query *query) {
    for (size_t i = 0; i < query->targets.count; i++)
        for (size_t earlier = 0; earlier < i; earlier++) {
            const ls_target *one = &query->targets.items[earlier],
                            *other = &query->targets.items[i];
            if (one->part || other->part || one->name == NULL || other->name == NULL ||
                !ls_same_text(one->name, other->name))
                continue;
            ls_refuse(builder, other->at,
                      query->kind == LS_QUERY_UPDATE ? "multiple assignments to same column \"%s\""
                                                     : "column \"%s\" specified more than once",
                      other->name);
            return;
        }
}

static void refuse_unknown(ls_builder *builder, const ls_query *query, const ls_relation *table) {
    if (!table->columns_complete)
        return;
    for (LS_EACH(const ls_target, target, query->targets))
        if (target->name != NULL && ls_relation_column(table, target->name) == NULL)
            ls_refuse(builder, target->at, "column \"%s\" of relation %s does not exist",
                      target->name, ls_shown(builder, table->id));
}

void ls_refuse_targets(ls_builder *builder, const ls_query *query, const ls_relation *table) {
    refuse_given_twice(builder, query);
    refuse_unknown(builder, query, table);
}
