/*
 * create_table_like.c - see create_table_like.h.
 */
#include "effects/create_table_like.h"

#include "catalog/names.h"
#include "effects/families.h"

/* The sequence of a copied identity is a bigint, whatever the column is (measured on 15). */
static void copy_identity(ls_builder *builder, ls_relation_id table, const char *column) {
    ls_define_owned_sequence(builder, table, column, true);
    const ls_relation *copy = ls_relation_of(builder, table);
    ls_catalog_amend(builder->catalog, ls_relation_column(copy, column)->sequence)->sequence_type =
        "int8";
}

static void copy_like_column(ls_builder *builder, ls_relation_id table, const ls_like *like,
                             const ls_catalog_column *source) {
    ls_catalog_column column = *source;
    if (!like->including_defaults)
        column.default_value = NULL;
    if (!like->including_generated) {
        column.generated = 0;
        column.generation = NULL;
    }
    if (!like->including_identity)
        column.identity = 0;
    ls_add_column_like(builder, table, &column);
    if (column.identity)
        copy_identity(builder, table, column.name);
}

void ls_copy_checks(ls_builder *builder, ls_relation_id table, const ls_relation *source,
                    bool inherited) {
    const ls_birth birth = ls_relation_of(builder, table)->birth;
    for (LS_EACH(const ls_catalog_constraint, check, source->constraints)) {
        if (check->kind != LS_CONSTRAINT_CHECK || (inherited && check->no_inherit))
            continue;
        if (inherited && ls_relation_constraint(ls_relation_of(builder, table), check->name))
            continue; /* two parents have it: one constraint */
        ls_catalog_constraint copy = *check;
        copy.inherited = inherited;
        copy.local = !inherited;
        copy.birth = copy.validated = birth;
        copy.valid = true;
        ls_relation *relation = ls_catalog_amend(builder->catalog, table);
        LS_PUSH(ls_catalog_arena(builder->catalog), &relation->constraints, copy);
    }
}

void ls_forget_completeness(ls_builder *builder, ls_relation_id table) {
    ls_catalog_amend(builder->catalog, table)->columns_complete = false;
}

void ls_copy_like_columns(ls_builder *builder, ls_relation_id table, const ls_like *like) {
    const ls_relation source = *ls_relation_of(builder, ls_known(builder, &like->relation));
    for (LS_EACH(const ls_catalog_column, column, source.columns))
        copy_like_column(builder, table, like, column);
    if (!source.columns_complete)
        ls_forget_completeness(builder, table);
}

static void copy_statistics(ls_builder *builder, ls_relation_id table, ls_relation_id source) {
    const ls_statistics_list all = ls_catalog_statistics_objects(builder->arena, builder->catalog);
    for (LS_EACH(const ls_catalog_statistics *, statistics, all)) {
        if ((*statistics)->relation != source)
            continue;
        const ls_relation *owner = ls_relation_of(builder, table);
        ls_catalog_statistics copy = **statistics;
        copy.relation = table;
        copy.schema = owner->schema;
        copy.name = ls_choose_statistics_name(builder->catalog, owner, &copy.columns);
        ls_catalog_add_statistics(builder->catalog, &copy);
    }
}

/* What LIKE copies once the table is there. */
void ls_copy_like_parts(ls_builder *builder, ls_relation_id table, const ls_like *like) {
    const ls_relation source = *ls_relation_of(builder, ls_known(builder, &like->relation));
    ls_copy_not_null(builder, table, &source);
    if (like->including_constraints)
        ls_copy_checks(builder, table, &source, false);
    if (like->including_indexes)
        for (LS_EACH(const ls_relation_id, index, source.indexes))
            ls_define_index_like(builder, table, ls_relation_of(builder, *index), NULL);
    if (like->including_statistics)
        copy_statistics(builder, table, source.id);
}
