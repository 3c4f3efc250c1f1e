/*
 * view.c - CREATE VIEW and REFRESH MATERIALIZED VIEW.
 *
 * A view takes ACCESS SHARE on what it names, and ACCESS EXCLUSIVE on itself where it is replaced.
 * REFRESH fills new files under ACCESS EXCLUSIVE, CONCURRENTLY changes rows under EXCLUSIVE
 * (measured on 12 to 18; with indexes on 15).
 */
#include "effects/families.h"
#include "effects/sources.h"

#include "catalog/dependencies.h"
#include "sql/normal.h"

#include <string.h>

/* --- CREATE VIEW ---------------------------------------------------------------------------- */

/* The view's columns as the query and the list of names give them. */
static ls_catalog_columns columns_of(ls_builder *builder, const ls_create_view *create,
                                     bool *complete) {
    ls_catalog_columns columns =
        ls_query_columns(builder->arena, builder->catalog, create->query, complete);
    for (size_t i = 0; i < create->columns.count && i < columns.count; i++)
        columns.items[i].name = ls_catalog_intern(builder->catalog, create->columns.items[i]);
    return columns;
}

static bool is_other_type(const ls_data_type *one, const ls_data_type *other) {
    if (!one->known || !other->known || !one->name || !other->name)
        return false;
    return strcmp(one->name, other->name) != 0 || one->dimensions != other->dimensions ||
           one->modifier_count != other->modifier_count ||
           memcmp(one->modifiers, other->modifiers,
                  (size_t)one->modifier_count * sizeof *one->modifiers) != 0;
}

static void check_column(ls_builder *builder, const ls_catalog_column *old,
                         const ls_catalog_column *new, ls_span at) {
    if (!old->name || !new->name)
        return;
    if (strcmp(old->name, new->name) != 0)
        ls_refuse(builder, at, "cannot change name of view column \"%s\" to \"%s\"", old->name,
                  new->name);
    else if (is_other_type(&old->type, &new->type))
        ls_refuse(builder, at, "cannot change data type of view column \"%s\" from %s to %s",
                  old->name, ls_type_text(builder->arena, &old->type),
                  ls_type_text(builder->arena, &new->type));
}

static const char *normal_text(ls_builder *builder, const ls_source *source, ls_span at) {
    ls_buffer buffer = {0};
    ls_normal_add(&buffer, source, at);
    const char *text = ls_arena_copy(builder->arena, buffer.text, buffer.length);
    ls_buffer_free(&buffer);
    return text;
}

/* Whether a column's value stands in the definition that is replaced, both in normal form. */
static bool is_written_as_before(ls_builder *builder, const ls_expression *value,
                                 const char *definition) {
    return value != NULL && !ls_span_empty(value->at) &&
           strstr(definition, normal_text(builder, builder->source, value->at)) != NULL;
}

/* Of columns whose types are not known, it is those that are not written as they were. */
static void doubt_types(ls_builder *builder, const ls_create_view *create, const ls_relation *old,
                        const ls_catalog_columns *columns) {
    const bool is_listed =
        create->query->targets.count == columns->count && old->definition_source != NULL;
    const char *definition = NULL;
    for (size_t i = 0; i < old->columns.count && !builder->outcome->doubt; i++) {
        if (old->columns.items[i].type.known && columns->items[i].type.known)
            continue;
        if (is_listed && definition == NULL)
            definition = normal_text(builder, old->definition_source, old->definition_at);
        if (is_listed &&
            is_written_as_before(builder, create->query->targets.items[i].value, definition))
            continue;
        builder->outcome->doubt =
            ls_arena_format(builder->arena, "whether view column \"%s\" keeps its type",
                            old->columns.items[i].name);
    }
}

/* OR REPLACE may only add columns at the end. True if columns are dropped. */
static bool check_replacement(ls_builder *builder, const ls_create_view *create,
                              const ls_relation *old) {
    bool complete = true;
    const ls_catalog_columns columns = columns_of(builder, create, &complete);
    if (!complete || !old->birth.known || !old->columns_complete)
        return false;
    if (columns.count < old->columns.count) {
        ls_refuse(builder, create->name.at, "cannot drop columns from view");
        return true;
    }
    for (size_t i = 0; i < old->columns.count; i++)
        check_column(builder, &old->columns.items[i], &columns.items[i], create->name.at);
    doubt_types(builder, create, old, &columns);
    return false;
}

static void fill(ls_builder *builder, const ls_create_view *create, ls_relation_id id) {
    bool complete = true;
    const ls_catalog_columns columns = columns_of(builder, create, &complete);
    ls_relation *view = ls_catalog_edit(builder->catalog, id);
    view->definition_source = builder->source;
    view->definition_at = ls_span_of(create->name.at.end, builder->statement->at.end);
    view->columns_complete = complete;
    view->columns.count = 0;
    for (LS_EACH(ls_catalog_column, column, columns)) {
        column->birth = builder->birth;
        column->not_null = false;
        if (column->name)
            LS_PUSH(ls_catalog_arena(builder->catalog), &view->columns, *column);
    }
    for (LS_EACH(const ls_catalog_column, column, columns))
        ls_catalog_note_type_user(builder->catalog, &column->type, id);
    ls_set_uses(builder, id, create->query);
}

static ls_persistence persistence_of(const ls_create_view *create) {
    return create->temporary ? LS_TEMPORARY : LS_PERMANENT;
}

static ls_relation_id find_replaced(ls_builder *builder, const ls_create_view *create) {
    const ls_relation_id there = ls_in_the_way(builder, &create->name, persistence_of(create));
    if (!there || ls_refuse_other_kind(builder, there, LS_RELATION_VIEW, create->name.at))
        return 0;
    if (!create->or_replace && ls_surely_exists(builder, there))
        ls_refuse(builder, create->name.at, "relation \"%s\" already exists", create->name.name);
    return there;
}

static ls_relation_id define(ls_builder *builder, const ls_create_view *create) {
    ls_birth birth = builder->birth;
    birth.if_not_exists = create->or_replace;
    return ls_catalog_create(builder->catalog, LS_RELATION_VIEW, persistence_of(create),
                             create->name.schema, create->name.name, birth)
        ->id;
}

void ls_effects_of_create_view(ls_builder *builder, const ls_create_view *create) {
    const ls_span at = builder->statement->at;
    const ls_relation_id replaced = find_replaced(builder, create);
    if (ls_is_refused(builder))
        return;
    ls_lock_sources(builder, create->query, LS_QUERY_ANALYSED, create->name.at);
    bool drops = false;
    if (replaced) {
        ls_take_lock(builder, replaced, LS_ACCESS_EXCLUSIVE, create->name.at);
        drops = check_replacement(builder, create, ls_relation_of(builder, replaced));
    }
    const bool refused = ls_is_refused(builder);
    const ls_relation_id id = replaced ? replaced : define(builder, create);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_CREATE_VIEW, at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_shown(builder, id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_QUALIFIED, create->name.schema != NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_STAR, ls_selects_star(create->query));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REPLACES, replaced != 0);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_DROPS_COLUMNS, drops);
    if (!refused)
        fill(builder, create, id);
}

/* --- REFRESH MATERIALIZED VIEW -------------------------------------------------------------- */

static bool has_unique_index(const ls_builder *builder, const ls_relation *view) {
    for (LS_EACH(const ls_relation_id, id, view->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *id);
        bool plain = index && index->unique && index->valid && !index->predicate;
        for (size_t i = 0; plain && i < index->elements.count; i++)
            plain = index->elements.items[i].column != NULL;
        if (plain)
            return true;
    }
    return false;
}

/* The rows that stand there are compared with the new ones: one pass over the view, before 14 two
 * (measured). */
static void refresh_concurrently(ls_builder *builder, ls_relation_id id, ls_span at) {
    ls_take_lock_with_indexes(builder, id, LS_EXCLUSIVE, LS_ROW_EXCLUSIVE, at);
    ls_scan(builder, id, at);
    if (builder->postgres < 14)
        ls_scan(builder, id, at);
}

static void refresh_anew(ls_builder *builder, const ls_refresh *refresh, ls_relation_id id,
                         ls_span at) {
    ls_take_lock_with_indexes(builder, id, LS_ACCESS_EXCLUSIVE, LS_ACCESS_EXCLUSIVE, at);
    if (!refresh->with_no_data)
        ls_refill(builder, id, at);
}

static void read_sources(ls_builder *builder, const ls_relation *view, ls_span at) {
    const ls_relation_ids sources = ls_view_sources(builder, view);
    for (LS_EACH(const ls_relation_id, source, sources))
        ls_lock_source(builder, *source, LS_QUERY_COPIED, at);
}

static ls_effect *describe_refresh(ls_builder *builder, const ls_refresh *refresh,
                                   ls_relation_id id) {
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_REFRESH_MATERIALIZED_VIEW, builder->statement->at, id);
    const ls_relation *view = ls_relation_of(builder, id);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_CONCURRENTLY, refresh->concurrently);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_WITH_DATA, !refresh->with_no_data);
    if (view->birth.known) {
        ls_set_flag(builder, effect, LS_ATTRIBUTE_HAS_UNIQUE_INDEX,
                    has_unique_index(builder, view));
        ls_set_flag(builder, effect, LS_ATTRIBUTE_POPULATED, view->populated);
    }
    if (!refresh->with_no_data)
        ls_set_work(builder, effect, refresh->concurrently ? LS_WORK_SCAN : LS_WORK_REWRITE);
    return effect;
}

void ls_effects_of_refresh(ls_builder *builder, const ls_refresh *refresh) {
    const ls_span at = builder->statement->at;
    const ls_relation_id id = ls_named(builder, &refresh->name, LS_RELATION_MATERIALIZED_VIEW);
    if (ls_refuse_other_kind(builder, id, LS_RELATION_MATERIALIZED_VIEW, refresh->name.at))
        return;
    const ls_relation *view = ls_relation_of(builder, id);
    describe_refresh(builder, refresh, id);
    if (refresh->concurrently && view->birth.known && !has_unique_index(builder, view)) {
        ls_refuse(builder, at, "cannot refresh materialized view \"%s\" concurrently",
                  view->full_name);
        return;
    }
    if (!refresh->with_no_data)
        read_sources(builder, view, at);
    if (refresh->concurrently)
        refresh_concurrently(builder, id, at);
    else
        refresh_anew(builder, refresh, id, at);
    ls_catalog_edit(builder->catalog, id)->populated = !refresh->with_no_data;
}
