/*
 * drop_relation.c - DROP TABLE, VIEW, MATERIALIZED VIEW, SEQUENCE, FOREIGN TABLE and DROP INDEX.
 */
#include "effects/drop.h"

#include "effects/ahead.h"
#include "effects/families.h"

#include <string.h>

/* --- Tables, views, sequences --------------------------------------------------------------- */

typedef struct {
    ls_object_kind object;
    ls_relation_kind relation;
    ls_effect_kind effect;
} kind_row;

static const kind_row kinds[] = {
    {LS_OBJECT_TABLE, LS_RELATION_TABLE, LS_EFFECT_DROP_TABLE},
    {LS_OBJECT_FOREIGN_TABLE, LS_RELATION_FOREIGN_TABLE, LS_EFFECT_DROP_TABLE},
    {LS_OBJECT_VIEW, LS_RELATION_VIEW, LS_EFFECT_DROP_VIEW},
    {LS_OBJECT_MATERIALIZED_VIEW, LS_RELATION_MATERIALIZED_VIEW, LS_EFFECT_DROP_MATERIALIZED_VIEW},
    {LS_OBJECT_SEQUENCE, LS_RELATION_SEQUENCE, LS_EFFECT_DROP_SEQUENCE},
};

static const kind_row *row_of(ls_object_kind object) {
    const kind_row *row = kinds;
    while (row->object != object)
        row++;
    return row;
}

/* The sequence of an identity column is a part of the column, CASCADE or not (measured on 15). */
static void refuse_identity_sequence(ls_builder *builder, const ls_relation *sequence, ls_span at) {
    const ls_relation *owner = ls_relation_of(builder, sequence->owner_table);
    if (sequence->kind == LS_RELATION_SEQUENCE && sequence->of_identity && owner)
        ls_refuse(builder, at, "cannot drop sequence %s because column %s of table %s requires it",
                  ls_shown(builder, sequence->id), sequence->owner_column,
                  ls_shown(builder, owner->id));
}

static bool is_dropped_too(const ls_dropping *dropping, ls_relation_id id) {
    for (LS_EACH(const ls_dropped, dropped, dropping->drop->objects))
        if (ls_known(dropping->builder, &dropped->name) == id)
            return true;
    return false;
}

/* The tables that lose the triggers of a foreign key. */
static void describe_referenced(const ls_dropping *dropping, ls_effect *effect,
                                const ls_relation *table) {
    ls_builder *builder = dropping->builder;
    for (LS_EACH(const ls_catalog_constraint, key, table->constraints)) {
        if (key->kind != LS_CONSTRAINT_FOREIGN_KEY || key->inherited ||
            !ls_existed(builder, key->referenced) || is_dropped_too(dropping, key->referenced))
            continue;
        ls_add_word(builder, effect, LS_ATTRIBUTE_LOCKED, ls_shown(builder, key->referenced));
        ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, key->name));
    }
}

static void describe_parent(const ls_dropping *dropping, ls_effect *effect,
                            const ls_relation *table) {
    ls_builder *builder = dropping->builder;
    const ls_relation_id id = table->is_partition ? table->parents.items[0] : 0;
    if (!ls_existed(builder, id) || is_dropped_too(dropping, id))
        return;
    const ls_relation_id rest = ls_default_partition(builder->catalog, ls_relation_of(builder, id));
    ls_set_text(builder, effect, LS_ATTRIBUTE_PARTITION_OF, ls_shown(builder, id));
    if (rest)
        ls_set_text(builder, effect, LS_ATTRIBUTE_DEFAULT_PARTITION, ls_shown(builder, rest));
}

/* Earlier migrations are known, and none of them made what IF EXISTS asks for. */
static bool is_hardly_there(const ls_dropping *dropping, const ls_relation *relation) {
    return dropping->drop->if_exists && relation->birth.source == NULL &&
           dropping->builder->birth.file > 0;
}

static void describe(ls_dropping *dropping, const ls_dropped *dropped, ls_relation_id id) {
    ls_builder *builder = dropping->builder;
    ls_effect *effect =
        ls_add_effect(builder, row_of(dropping->drop->kind)->effect, dropped->name.at, id);
    ls_describe_drop(builder, effect, dropping->drop);
    ls_break_users(builder, effect, &ls_relation_of(builder, id)->birth);
    if (row_of(dropping->drop->kind)->effect == LS_EFFECT_DROP_TABLE) {
        ls_set_flag(builder, effect, LS_ATTRIBUTE_EXISTS,
                    !is_hardly_there(dropping, ls_relation_of(builder, id)));
        ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_NAME_GIVEN, ls_is_table_renamed(builder, id));
    }
    if (dropping->drop->kind == LS_OBJECT_TABLE) {
        describe_referenced(dropping, effect, ls_relation_of(builder, id));
        describe_parent(dropping, effect, ls_relation_of(builder, id));
    }
}

static void collect(ls_dropping *dropping) {
    const kind_row *row = row_of(dropping->drop->kind);
    ls_builder *builder = dropping->builder;
    for (LS_EACH(const ls_dropped, dropped, dropping->drop->objects)) {
        if (ls_refuse_second_drop(builder, dropping->drop, &dropped->name))
            return;
        const ls_relation_id id = ls_named(builder, &dropped->name, row->relation);
        if (ls_refuse_other_kind(builder, id, row->relation, dropped->name.at))
            return;
        refuse_identity_sequence(builder, ls_relation_of(builder, id), dropped->name.at);
        describe(dropping, dropped, id);
        ls_drop_add(dropping, id);
    }
}

static void note_view(const ls_dropping *dropping, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(dropping->builder, id);
    if (relation)
        ls_note_dropped_view(dropping->builder, relation);
}

static void note_views(const ls_dropping *dropping) {
    for (LS_EACH(const ls_relation_id, id, dropping->relations))
        note_view(dropping, *id);
    for (LS_EACH(const ls_dependency, dependent, dropping->dependents))
        if (dependent->kind == LS_DEPENDS_VIEW)
            note_view(dropping, dependent->relation);
}

void ls_drop_relations(ls_builder *builder, const ls_drop *drop) {
    ls_dropping dropping = {.builder = builder, .drop = drop};
    collect(&dropping);
    ls_drop_closure(&dropping, builder->statement->at);
    if (ls_is_refused(builder))
        return;
    ls_drop_locks(&dropping, builder->statement->at);
    note_views(&dropping);
    ls_drop_apply(&dropping);
}

/* --- Indexes -------------------------------------------------------------------------------- */

/* Foreign keys may rest on a unique index that no constraint made. */
static void find_foreign_keys(ls_dropping *dropping, const ls_relation *index, ls_span at) {
    ls_builder *builder = dropping->builder;
    if (!index->unique || !ls_relation_of(builder, index->table))
        return;
    ls_catalog_constraint key = {
        .kind = LS_CONSTRAINT_UNIQUE, .name = index->name, .index = index->id};
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (element->column)
            LS_PUSH(builder->arena, &key.columns, element->column);
    const ls_dependencies keys =
        ls_dependents_of_key(builder->arena, builder->catalog, index->table, &key);
    ls_dependencies resting = {0};
    for (LS_EACH(const ls_dependency, dependent, keys)) {
        const ls_relation *table = ls_relation_of(builder, dependent->relation);
        const ls_catalog_constraint *foreign =
            table ? ls_relation_constraint(table, dependent->name) : NULL;
        if (foreign && foreign->index == index->id)
            LS_PUSH(builder->arena, &resting, *dependent);
    }
    const char *what = ls_arena_format(builder->arena, "index %s", ls_shown(builder, index->id));
    ls_drop_dependents(dropping, &resting, what, at);
}

static void refuse_required(ls_builder *builder, const ls_relation *index, ls_span at) {
    const ls_relation *parent = ls_relation_of(builder, index->parent_index);
    if (parent)
        ls_refuse(builder, at, "cannot drop index %s because index %s requires it",
                  ls_shown(builder, index->id), ls_shown(builder, parent->id));
    if (index->constraint)
        ls_refuse(builder, at, "cannot drop index %s because constraint %s on table %s requires it",
                  ls_shown(builder, index->id), ls_quoted(builder, index->constraint),
                  ls_shown(builder, index->table));
}

static void refuse_concurrently(ls_builder *builder, const ls_drop *drop, const ls_relation *index,
                                ls_span at) {
    if (drop->objects.count > 1)
        ls_refuse(builder, drop->concurrently_at,
                  "DROP INDEX CONCURRENTLY does not support dropping multiple objects");
    if (drop->cascade)
        ls_refuse(builder, drop->cascade_at, "DROP INDEX CONCURRENTLY does not support CASCADE");
    const ls_relation *table = ls_relation_of(builder, index->table);
    if (table && table->kind == LS_RELATION_PARTITIONED_TABLE)
        ls_refuse(builder, at, "cannot drop partitioned index \"%s\" concurrently", index->name);
}

/* An index that the history does not know has a table that it does not know either. */
static void describe_unknown_table(ls_builder *builder, ls_effect *effect) {
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION, "its table");
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RELATION_EXISTED, true);
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION_ORIGIN, ls_origin_name(LS_ORIGIN_UNKNOWN));
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION_KIND,
                ls_relation_kind_name(LS_RELATION_UNKNOWN));
}

/* Another unique index keeps the same columns unique. */
static bool is_replaced(const ls_builder *builder, const ls_relation *table,
                        const ls_relation *index) {
    ls_words columns = {0};
    for (LS_EACH(const ls_index_element, element, index->elements)) {
        if (!element->column)
            return false;
        LS_PUSH(builder->arena, &columns, element->column);
    }
    return table && !index->predicate && columns.count > 0 &&
           ls_stays_unique(builder, table, &columns, index->id);
}

/* What PostgreSQL keeps the index for. */
static void describe_owner(ls_builder *builder, ls_effect *effect, const ls_relation *index) {
    if (index->constraint)
        ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT,
                    ls_quoted(builder, index->constraint));
    if (ls_relation_of(builder, index->parent_index))
        ls_set_text(builder, effect, LS_ATTRIBUTE_OTHER, ls_shown(builder, index->parent_index));
}

static bool leads_with(const ls_relation *index, const ls_words *columns) {
    const char *first = index->elements.count > 0 ? index->elements.items[0].column : NULL;
    return first && !index->predicate && ls_has_word(columns, first);
}

static bool another_leads_with(const ls_builder *builder, const ls_relation *table,
                               const ls_words *columns, ls_relation_id without) {
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *id);
        if (index && index->id != without && index->valid && leads_with(index, columns))
            return true;
    }
    return false;
}

/* Without it each DELETE in the referenced table reads the whole of this one. */
static void describe_foreign_key(ls_builder *builder, ls_effect *effect, const ls_relation *table,
                                 const ls_relation *index) {
    for (LS_EACH(const ls_catalog_constraint, key, table->constraints)) {
        if (key->kind != LS_CONSTRAINT_FOREIGN_KEY || !leads_with(index, &key->columns) ||
            another_leads_with(builder, table, &key->columns, index->id))
            continue;
        ls_set_text(builder, effect, LS_ATTRIBUTE_FOREIGN_KEY, ls_quoted(builder, key->name));
        ls_set_text(builder, effect, LS_ATTRIBUTE_REFERENCED, ls_shown(builder, key->referenced));
    }
}

/* A later statement makes another index for the same queries: until then there is none. */
static void describe_replacement(ls_builder *builder, ls_effect *effect, const ls_relation *index) {
    const ls_statement *statement = ls_index_ahead(builder, index);
    if (!statement)
        return;
    const ls_create_index *later = statement->create_index;
    const ls_relation *wanted = ls_index_as_written(builder, later, statement->at);
    const bool same = later->name.name && strcmp(later->name.name, index->name) == 0;
    const char *name = later->name.name && !same
                           ? later->name.name
                           : ls_arena_format(builder->arena, "%s_new", index->name);
    ls_set_text(builder, effect, LS_ATTRIBUTE_REPLACEMENT, ls_quoted(builder, name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SAME, same);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REPLACEMENT_UNIQUE, later->unique);
    ls_set_written_in(builder, effect, LS_ATTRIBUTE_DEFINITION, statement->source,
                      wanted->definition_at);
}

static void describe_known_index(ls_builder *builder, ls_effect *effect, const ls_relation *table,
                                 const ls_relation *index) {
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_quoted(builder, index->name));
    describe_owner(builder, effect, index);
    describe_foreign_key(builder, effect, table, index);
    if (!index->parent_index && table->kind != LS_RELATION_PARTITIONED_TABLE)
        describe_replacement(builder, effect, index);
}

static void describe_index(ls_builder *builder, const ls_drop *drop, const ls_dropped *dropped,
                           const ls_relation *index, bool known) {
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_DROP_INDEX, dropped->name.at, index->table);
    const ls_relation *table = ls_relation_of(builder, index->table);
    if (!table)
        describe_unknown_table(builder, effect);
    else
        describe_known_index(builder, effect, table, index);
    ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX, ls_shown(builder, index->id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_CONCURRENTLY, drop->concurrently);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_UNIQUE, index->unique);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_REPLACED, is_replaced(builder, table, index));
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (element->column)
            ls_add_word(builder, effect, LS_ATTRIBUTE_COLUMNS, ls_quoted(builder, element->column));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_EXISTS, drop->if_exists);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_EXISTS, known);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_INDEX, ls_is_new(builder, &index->birth));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PARTITIONED,
                table && table->kind == LS_RELATION_PARTITIONED_TABLE);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_DROPPED_LATER,
                table && ls_drop_ahead(builder, table->id));
    /* ON CONFLICT (column) needs its unique index */
    ls_set_breaks(builder, effect, false, index->unique && !ls_is_new(builder, &index->birth));
}

static void lock_index(ls_builder *builder, const ls_relation *index, ls_lock_mode mode,
                       ls_span at) {
    ls_take_lock(builder, index->table, mode, at);
    ls_take_lock(builder, index->id, mode, at);
    const ls_relation_ids children = index->child_indexes;
    for (LS_EACH(const ls_relation_id, child, children)) {
        const ls_relation *below = ls_relation_of(builder, *child);
        if (below)
            lock_index(builder, below, mode, at);
    }
}

static void add_index(ls_dropping *dropping, const ls_dropped *dropped) {
    ls_builder *builder = dropping->builder;
    const ls_span at = dropped->name.at;
    if (ls_refuse_second_drop(builder, dropping->drop, &dropped->name))
        return;
    const bool known = ls_known(builder, &dropped->name) != 0;
    const ls_relation_id id = ls_named(builder, &dropped->name, LS_RELATION_INDEX);
    if (ls_refuse_other_kind(builder, id, LS_RELATION_INDEX, at))
        return;
    const ls_relation *index = ls_relation_of(builder, id);
    describe_index(builder, dropping->drop, dropped, index, known);
    refuse_required(builder, index, at);
    if (dropping->drop->concurrently)
        refuse_concurrently(builder, dropping->drop, index, at);
    find_foreign_keys(dropping, index, at);
    lock_index(builder, index,
               dropping->drop->concurrently ? LS_SHARE_UPDATE_EXCLUSIVE : LS_ACCESS_EXCLUSIVE, at);
    LS_PUSH(builder->arena, &dropping->relations, id);
    ls_note_drop(builder, dropped->name.name);
}

static void drop_index(ls_builder *builder, ls_relation_id id) {
    const ls_relation *index = ls_relation_of(builder, id);
    if (!index)
        return;
    const ls_relation_ids children = index->child_indexes;
    for (LS_EACH(const ls_relation_id, child, children))
        drop_index(builder, *child);
    ls_catalog_drop(builder->catalog, id);
}

static void lock_dependents(ls_dropping *dropping, ls_span at) {
    ls_dropping only_dependents = *dropping;
    only_dependents.relations.count = 0;
    ls_drop_locks(&only_dependents, at);
}

void ls_drop_indexes(ls_builder *builder, const ls_drop *drop) {
    ls_dropping dropping = {.builder = builder, .drop = drop};
    if (drop->concurrently)
        ls_forbid_in_transaction(builder, "DROP INDEX CONCURRENTLY");
    for (LS_EACH(const ls_dropped, dropped, drop->objects))
        add_index(&dropping, dropped);
    if (ls_is_refused(builder))
        return;
    lock_dependents(&dropping, builder->statement->at);
    for (LS_EACH(const ls_dependency, dependent, dropping.dependents))
        ls_catalog_drop_dependent(builder->catalog, dependent);
    for (LS_EACH(const ls_relation_id, id, dropping.relations))
        drop_index(builder, *id);
}
