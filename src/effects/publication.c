/*
 * publication.c - publications, extensions, statistics objects.
 *
 * A table is published, and taken out again, under SHARE UPDATE EXCLUSIVE; inheritance children go
 * with their parent, partitions are not locked (measured: the table on 12 to 18, children on 15).
 * FOR ALL TABLES and whole schemas lock no table.
 */
#include "effects/ahead.h"
#include "effects/families.h"

#include "catalog/dependencies.h"

#include <string.h>

/* --- Publications --------------------------------------------------------------------------- */

static const char *action_of(const ls_publication *publication) {
    if (!publication->alter)
        return "create";
    switch (publication->change) {
    case '+':
        return "add";
    case '-':
        return "drop";
    case '=':
        return "set";
    default:
        return "options";
    }
}

bool ls_is_unidentified(const ls_builder *builder, const ls_relation *table) {
    if (table->kind != LS_RELATION_TABLE || table->persistence != LS_PERMANENT ||
        !table->birth.known || !table->columns_complete)
        return false;
    if (table->replica_identity == 'f' || table->replica_identity == 'i' ||
        (table->replica_identity != 'n' && ls_relation_primary_key(table) != NULL))
        return false;
    return !ls_identity_ahead(builder, table->id);
}

/* Of those that a publication has from now on; the effect is about no one table. */
static void describe_unidentified(ls_builder *builder, ls_effect *effect) {
    const char *names = NULL;
    const ls_relation_ids all = ls_catalog_relations(builder->arena, builder->catalog);
    for (LS_EACH(const ls_relation_id, id, all)) {
        const ls_relation *table = ls_relation_of(builder, *id);
        if (table && ls_catalog_publishes_changes(builder->catalog, table) &&
            ls_is_unidentified(builder, table)) {
            ls_add_word(builder, effect, LS_ATTRIBUTE_RELATIONS, ls_shown(builder, *id));
            names =
                names ? ls_arena_format(builder->arena, "%s and %s", names, ls_shown(builder, *id))
                      : ls_shown(builder, *id);
        }
    }
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION, names);
}

static ls_effect *describe_change(ls_builder *builder, const ls_publication *publication,
                                  ls_relation_id table, ls_span at) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_CHANGE_PUBLICATION, at, table);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_quoted(builder, publication->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION, action_of(publication));
    ls_set_written(builder, effect, LS_ATTRIBUTE_TEXT, builder->statement->at);
    return effect;
}

static void lock_published(ls_builder *builder, ls_relation_id id, ls_span at) {
    ls_take_lock(builder, id, LS_SHARE_UPDATE_EXCLUSIVE, at);
    if (ls_relation_of(builder, id)->kind != LS_RELATION_PARTITIONED_TABLE)
        ls_take_lock_below(builder, id, LS_SHARE_UPDATE_EXCLUSIVE, at);
}

static void forget_table(ls_catalog_publication *state, ls_relation_id id) {
    uint32_t kept = 0;
    for (size_t i = 0; i < state->tables.count; i++)
        if (state->tables.items[i] != id)
            state->tables.items[kept++] = state->tables.items[i];
    state->tables.count = kept;
}

static ls_catalog_publication *edit(ls_builder *builder, const ls_publication *publication) {
    ls_catalog_publication *state =
        ls_catalog_edit_publication(builder->catalog, publication->name, !publication->alter);
    return state ? state : ls_catalog_edit_publication(builder->catalog, publication->name, true);
}

static void change_table(ls_builder *builder, const ls_publication *publication,
                         const ls_name *name) {
    const ls_relation_id id = ls_named(builder, name, LS_RELATION_TABLE);
    lock_published(builder, id, name->at);
    ls_effect *effect = describe_change(builder, publication, id, name->at);
    ls_catalog_publication *state = edit(builder, publication);
    forget_table(state, id);
    if (publication->alter && publication->change == '-')
        return;
    LS_PUSH(ls_catalog_arena(builder->catalog), &state->tables, id);
    if (!state->only_inserts && ls_is_unidentified(builder, ls_relation_of(builder, id)))
        ls_add_word(builder, effect, LS_ATTRIBUTE_RELATIONS, ls_shown(builder, id));
}

static void change_schemas(ls_builder *builder, const ls_publication *publication) {
    ls_catalog_publication *state = edit(builder, publication);
    if (publication->change == '=')
        state->schemas.count = 0;
    for (LS_EACH(const char *, schema, publication->schemas))
        if (publication->change != '-' && !ls_has_word(&state->schemas, *schema))
            LS_PUSH(ls_catalog_arena(builder->catalog), &state->schemas, *schema);
}

/* SET locks the tables that it takes out as well. */
static void clear_tables(ls_builder *builder, const ls_publication *publication) {
    ls_catalog_publication *state = edit(builder, publication);
    const ls_relation_ids tables = state->tables;
    for (LS_EACH(const ls_relation_id, id, tables))
        if (ls_relation_of(builder, *id))
            lock_published(builder, *id, builder->statement->at);
    state->tables.count = 0;
}

void ls_effects_of_publication(ls_builder *builder, const ls_publication *publication) {
    if (publication->alter && publication->change == '=')
        clear_tables(builder, publication);
    edit(builder, publication)->all_tables |= publication->all_tables;
    if (publication->publish)
        edit(builder, publication)->only_inserts =
            !strstr(publication->publish, "update") && !strstr(publication->publish, "delete");
    change_schemas(builder, publication);
    for (LS_EACH(const ls_name, name, publication->tables))
        change_table(builder, publication, name);
    if (publication->tables.count == 0)
        describe_unidentified(builder,
                              describe_change(builder, publication, 0, builder->statement->at));
}

/* --- Extensions ----------------------------------------------------------------------------- */

void ls_effects_of_extension(ls_builder *builder, const ls_extension *extension) {
    ls_effect *effect = ls_add_effect(
        builder, extension->alter ? LS_EFFECT_OTHER_STATEMENT : LS_EFFECT_CREATE_EXTENSION,
        builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME,
                extension->alter ? builder->statement->tag : ls_quoted(builder, extension->name));
    if (!extension->alter)
        ls_catalog_create_extension(builder->catalog, extension->name);
}

/* --- Statistics objects --------------------------------------------------------------------- */

/* PostgreSQL's choice: t_a_b_stat. */
static const char *statistics_name(ls_builder *builder, const ls_create_statistics *create,
                                   const ls_relation *table) {
    const char *name = table->name;
    for (LS_EACH(const char *, column, create->columns))
        name = ls_arena_format(ls_catalog_arena(builder->catalog), "%s_%s", name, *column);
    return ls_arena_format(ls_catalog_arena(builder->catalog), "%s_stat", name);
}

void ls_effects_of_create_statistics(ls_builder *builder, const ls_create_statistics *create) {
    const ls_relation_id id = ls_named(builder, &create->relation, LS_RELATION_TABLE);
    const ls_relation *table = ls_relation_of(builder, id);
    ls_take_lock(builder, id, LS_SHARE_UPDATE_EXCLUSIVE, builder->statement->at);
    ls_catalog_statistics statistics = {
        .schema = create->name.schema ? create->name.schema
                                      : ls_catalog_creation_schema(builder->catalog),
        .name = create->name.name ? create->name.name : statistics_name(builder, create, table),
        .relation = id,
        .columns = create->columns,
    };
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_CREATE_STATISTICS, builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_quoted(builder, statistics.name));
    const bool there =
        ls_catalog_find_statistics(builder->catalog, statistics.schema, statistics.name) != NULL;
    if (there && !create->if_not_exists)
        ls_refuse(builder, builder->statement->at, "statistics object \"%s\" already exists",
                  statistics.name);
    else if (!there)
        ls_catalog_add_statistics(builder->catalog, &statistics);
}
