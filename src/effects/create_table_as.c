/*
 * create_table_as.c - CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW.
 *
 * The sources are read under ACCESS SHARE, and so are their indexes; WITH NO DATA runs no query and
 * locks only what the query names (measured on 12 to 18).
 */
#include "effects/families.h"
#include "effects/sources.h"

#include "catalog/dependencies.h"

#include <string.h>

static void name_columns(ls_builder *builder, ls_catalog_columns *columns, const ls_words *names) {
    for (size_t i = 0; i < names->count; i++) {
        if (i == columns->count) {
            const ls_catalog_column column = {0};
            LS_PUSH(builder->arena, columns, column);
        }
        columns->items[i].name = ls_catalog_intern(builder->catalog, names->items[i]);
    }
}

static void add_columns(ls_builder *builder, ls_relation *relation,
                        const ls_create_table_as *create) {
    bool complete = true;
    ls_catalog_columns columns =
        ls_query_columns(builder->arena, builder->catalog, create->query, &complete);
    name_columns(builder, &columns, &create->columns);
    relation->columns_complete = complete && !create->if_not_exists;
    for (LS_EACH(ls_catalog_column, column, columns)) {
        column->birth = relation->birth;
        column->not_null = false;
        if (column->name)
            LS_PUSH(ls_catalog_arena(builder->catalog), &relation->columns, *column);
    }
}

static ls_relation_id define(ls_builder *builder, const ls_create_table_as *create) {
    ls_relation *relation = ls_catalog_create(
        builder->catalog,
        create->materialized_view ? LS_RELATION_MATERIALIZED_VIEW : LS_RELATION_TABLE,
        create->persistence, create->name.schema, create->name.name,
        ls_birth_under(builder, create->if_not_exists));
    const ls_relation_id id = relation->id;
    add_columns(builder, relation, create);
    relation->populated = !create->with_no_data;
    relation->rows_possible = relation->populated;
    relation->replica_identity = 'd';
    for (LS_EACH(const ls_catalog_column, column, relation->columns))
        ls_catalog_note_type_user(builder->catalog, &column->type, id);
    if (create->materialized_view) {
        ls_relation *view = ls_catalog_edit(builder->catalog, id);
        view->definition_source = builder->source;
        view->definition_at = ls_span_of(create->name.at.end, builder->statement->at.end);
        ls_set_uses(builder, id, create->query);
    }
    return id;
}

/* What its query reads: views stand for others, and indexes for their tables. */
static bool has_rows(const ls_relation *relation) {
    return relation->kind != LS_RELATION_INDEX && relation->kind != LS_RELATION_VIEW;
}

static void note_sources(ls_builder *builder, ls_effect *effect) {
    for (LS_EACH(const ls_relation_lock, lock, builder->outcome->locks)) {
        const ls_relation_id id = lock->relation.id;
        if (ls_existed(builder, id) && has_rows(ls_relation_of(builder, id)))
            ls_add_word(builder, effect, LS_ATTRIBUTE_RELATIONS, ls_shown(builder, id));
    }
}

static void describe(ls_builder *builder, const ls_create_table_as *create, ls_relation_id id) {
    ls_effect *effect = ls_add_effect(builder,
                                      create->materialized_view ? LS_EFFECT_CREATE_MATERIALIZED_VIEW
                                                                : LS_EFFECT_CREATE_TABLE_AS,
                                      builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_shown(builder, id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_QUALIFIED, create->name.schema != NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_STAR, ls_selects_star(create->query));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_WITH_DATA, !create->with_no_data);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_NOT_EXISTS, create->if_not_exists);
    ls_set_written(builder, effect, LS_ATTRIBUTE_TEXT, builder->statement->at);
    note_sources(builder, effect);
    if (!create->with_no_data)
        ls_set_work(builder, effect, LS_WORK_ROWS);
}

void ls_effects_of_create_table_as(ls_builder *builder, const ls_create_table_as *create) {
    const ls_relation_id there = ls_in_the_way(builder, &create->name, create->persistence);
    if (ls_is_taken(builder, &create->name, there, create->if_not_exists)) {
        if (create->if_not_exists)
            describe(builder, create, there);
        return;
    }
    ls_lock_sources(builder, create->query,
                    create->with_no_data ? LS_QUERY_ANALYSED : LS_QUERY_EXECUTED,
                    create->query ? create->query->at : builder->statement->at);
    describe(builder, create, define(builder, create));
}
