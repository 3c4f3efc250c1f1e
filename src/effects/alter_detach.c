/*
 * alter_detach.c - DETACH PARTITION, INHERIT and NO INHERIT.
 *
 * DETACH takes ACCESS EXCLUSIVE on the parent and, since 14, on the partition; CONCURRENTLY takes
 * SHARE UPDATE EXCLUSIVE on the parent and still ACCESS EXCLUSIVE on the partition in its second
 * phase. A table whose foreign key references the parent is read. Measured on 12 to 18; the locks
 * of the partition's own foreign keys on 15.
 */
#include "effects/ahead.h"
#include "effects/alter.h"

#include "catalog/dependencies.h"
#include "effects/partition.h"
#include "effects/recipe.h"

/* --- DETACH ---------------------------------------------------------------------------------- */

typedef struct {
    ls_alteration *alteration;
    const ls_action *action;
    ls_effect *effect;
    ls_relation_id child;
    bool concurrently; /* also FINALIZE */
} partition_detach;

static bool refuse_detach(const partition_detach *detaching) {
    ls_builder *builder = detaching->alteration->builder;
    const ls_relation *parent = ls_altered(detaching->alteration);
    const ls_relation *child = ls_relation_of(builder, detaching->child);
    ls_span at = detaching->action->at;
    bool has_default = ls_default_partition(builder->catalog, parent) != 0;
    if (detaching->concurrently && builder->postgres < 14)
        ls_refuse(builder, at, "DETACH PARTITION ... CONCURRENTLY needs PostgreSQL 14");
    else if (detaching->concurrently && detaching->action->kind == LS_ALTER_DETACH_PARTITION &&
             has_default)
        ls_refuse(builder, at,
                  "cannot detach partitions concurrently when a default partition exists");
    else if (parent->birth.known && child->birth.known && !child->is_partition)
        ls_refuse(builder, at, "relation %s is not a partition of relation %s",
                  ls_shown(builder, child->id), ls_shown(builder, parent->id));
    return ls_is_refused(builder);
}

static void lock_default(const partition_detach *detaching) {
    ls_builder *builder = detaching->alteration->builder;
    ls_relation_id id = ls_default_partition(builder->catalog, ls_altered(detaching->alteration));
    if (id == 0)
        return;
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, detaching->action->at);
    ls_set_text(builder, detaching->effect, LS_ATTRIBUTE_DEFAULT_PARTITION, ls_shown(builder, id));
}

static void describe_referencing(const partition_detach *detaching, const ls_dependency *user) {
    ls_builder *builder = detaching->alteration->builder;
    const ls_catalog_constraint *key =
        ls_relation_constraint(ls_relation_of(builder, user->relation), user->name);
    ls_set_text(builder, detaching->effect, LS_ATTRIBUTE_REFERENCING_SCANNED,
                ls_shown(builder, user->relation));
    ls_set_text(builder, detaching->effect, LS_ATTRIBUTE_CONSTRAINT,
                ls_quoted(builder, user->name));
    if (key != NULL)
        ls_set_text(builder, detaching->effect, LS_ATTRIBUTE_DEFINITION,
                    ls_foreign_key_clause(builder, key));
}

/* No row may reference the partition that goes: its triggers go, and each table with a foreign key
 * to the parent is read (measured). */
static bool check_referencing(const partition_detach *detaching) {
    ls_builder *builder = detaching->alteration->builder;
    ls_dependencies users = ls_dependents_of_relation(builder->arena, builder->catalog,
                                                      detaching->alteration->relation);
    bool any = false;
    for (LS_EACH(const ls_dependency, user, users)) {
        if (user->kind != LS_DEPENDS_FOREIGN_KEY)
            continue;
        ls_take_lock(builder, user->relation, LS_ACCESS_EXCLUSIVE, detaching->action->at);
        if (ls_has_storage(ls_relation_of(builder, user->relation)))
            ls_scan(builder, user->relation, detaching->action->at);
        describe_referencing(detaching, user);
        any = true;
    }
    return any;
}

/* What the child had from its parent is its own from now on. */
static void free_constraints(const partition_detach *detaching) {
    ls_builder *builder = detaching->alteration->builder;
    ls_relation *child = ls_catalog_edit(builder->catalog, detaching->child);
    for (LS_EACH(ls_catalog_constraint, constraint, child->constraints)) {
        if (constraint->inherited && constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
            ls_take_lock(builder, constraint->referenced, LS_SHARE_ROW_EXCLUSIVE,
                         detaching->action->at);
        constraint->inherited = false;
        constraint->local = true;
    }
}

/* What the bound said of every row stays as a CHECK (DetachAddConstraintIfNeeded in the server's
 * tablecmds.c; measured on 15). Of its condition only the columns are known. */
static void keep_bound(const partition_detach *detaching) {
    ls_builder *builder = detaching->alteration->builder;
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    ls_expression *condition = LS_NEW(arena, ls_expression);
    condition->kind = LS_EXPR_OTHER;
    for (LS_EACH(const ls_index_element, key,
                 ls_altered(detaching->alteration)->partitioning.keys)) {
        ls_expression *column = key->expression;
        if (column == NULL) {
            column = LS_NEW(arena, ls_expression);
            column->kind = LS_EXPR_COLUMN;
            LS_PUSH(arena, &column->names, key->column);
        }
        LS_PUSH(arena, &condition->arguments, column);
    }
    const ls_constraint check = {.kind = LS_CONSTRAINT_CHECK, .expression = condition};
    ls_define_constraint(builder, detaching->child, &check, NULL);
}

static void remove_id(ls_relation_ids *ids, ls_relation_id removed) {
    uint32_t kept = 0;
    for (size_t i = 0; i < ids->count; i++)
        if (ids->items[i] != removed)
            ids->items[kept++] = ids->items[i];
    ids->count = kept;
}

static void free_indexes(const partition_detach *detaching) {
    ls_builder *builder = detaching->alteration->builder;
    ls_relation_ids indexes = ls_relation_of(builder, detaching->child)->indexes;
    for (size_t i = 0; i < indexes.count; i++) {
        const ls_relation *index = ls_relation_of(builder, indexes.items[i]);
        if (index == NULL || index->parent_index == 0)
            continue;
        ls_take_lock(builder, index->id, LS_ACCESS_EXCLUSIVE, detaching->action->at);
        ls_relation_id parent = index->parent_index;
        ls_catalog_edit(builder->catalog, indexes.items[i])->parent_index = 0;
        if (ls_relation_of(builder, parent) != NULL)
            remove_id(&ls_catalog_edit(builder->catalog, parent)->child_indexes, indexes.items[i]);
    }
}

static void part(ls_alteration *alteration, ls_relation_id child_id) {
    ls_catalog *catalog = alteration->builder->catalog;
    remove_id(&ls_catalog_edit(catalog, alteration->relation)->children, child_id);
    ls_relation *child = ls_catalog_edit(catalog, child_id);
    remove_id(&child->parents, alteration->relation);
    child->is_partition = false;
    child->bound = NULL;
}

/* ACCESS EXCLUSIVE on the child since 14; the second phase of CONCURRENTLY takes it too. */
static ls_lock_mode child_mode(const partition_detach *detaching, bool referenced) {
    if (detaching->alteration->builder->postgres >= 14 || referenced)
        return LS_ACCESS_EXCLUSIVE;
    return LS_SHARE_UPDATE_EXCLUSIVE;
}

void ls_alter_detach(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    partition_detach detaching = {
        .alteration = alteration,
        .action = action,
        .child = ls_named(builder, &action->relation, LS_RELATION_TABLE),
        .concurrently = action->concurrently || action->kind == LS_ALTER_DETACH_FINALIZE,
    };
    detaching.effect =
        ls_add_effect(builder, LS_EFFECT_DETACH_PARTITION, action->at, alteration->relation);
    ls_set_text(builder, detaching.effect, LS_ATTRIBUTE_OTHER, ls_shown(builder, detaching.child));
    ls_set_flag(builder, detaching.effect, LS_ATTRIBUTE_CONCURRENTLY, detaching.concurrently);
    ls_set_flag(builder, detaching.effect, LS_ATTRIBUTE_DROPPED_LATER,
                ls_drop_ahead(builder, alteration->relation));
    if (action->concurrently)
        ls_forbid_in_transaction(builder, "ALTER TABLE ... DETACH CONCURRENTLY");
    if (refuse_detach(&detaching))
        return;
    lock_default(&detaching);
    bool referenced = check_referencing(&detaching);
    ls_set_work(builder, detaching.effect, referenced ? LS_WORK_SCAN : LS_WORK_NONE);
    ls_lock_mode mode = child_mode(&detaching, referenced);
    ls_take_lock(builder, detaching.child, mode, action->at);
    ls_take_lock_below(builder, detaching.child, mode, action->at);
    free_constraints(&detaching);
    free_indexes(&detaching);
    if (detaching.concurrently)
        keep_bound(&detaching);
    part(alteration, detaching.child);
}

/* --- Inheritance ----------------------------------------------------------------------------- */

static bool refuse_missing_checks(ls_builder *builder, const ls_relation *parent,
                                  const ls_relation *child, ls_span at) {
    for (LS_EACH(const ls_catalog_constraint, constraint, parent->constraints)) {
        if (constraint->kind != LS_CONSTRAINT_CHECK || constraint->no_inherit ||
            ls_relation_constraint(child, constraint->name) != NULL)
            continue;
        ls_refuse(builder, at, "child table is missing constraint %s",
                  ls_quoted(builder, constraint->name));
        return true;
    }
    return false;
}

bool ls_refuse_unlike_child(ls_builder *builder, ls_relation_id parent_id, ls_relation_id child_id,
                            ls_span at) {
    const ls_relation *parent = ls_relation_of(builder, parent_id);
    const ls_relation *child = ls_relation_of(builder, child_id);
    if (!ls_is_complete(child))
        return false;
    for (LS_EACH(const ls_catalog_column, column, parent->columns)) {
        const ls_catalog_column *same = ls_relation_column(child, column->name);
        if (same == NULL)
            ls_refuse(builder, at, "child table is missing column %s",
                      ls_quoted(builder, column->name));
        else if (column->not_null && !same->not_null)
            ls_refuse(builder, at, "column %s in child table must be marked NOT NULL",
                      ls_quoted(builder, column->name));
    }
    return ls_is_refused(builder) || refuse_missing_checks(builder, parent, child, at);
}

static bool is_parent(const ls_relation *relation, ls_relation_id parent) {
    for (size_t i = 0; i < relation->parents.count; i++)
        if (relation->parents.items[i] == parent)
            return true;
    return false;
}

static bool has_too(const ls_relation *parent, const ls_catalog_constraint *own) {
    const ls_catalog_constraint *above = own->kind == LS_CONSTRAINT_NOT_NULL
                                             ? ls_not_null_of(parent, own->columns.items[0])
                                             : ls_relation_constraint(parent, own->name);
    return above && above->kind == own->kind && !above->no_inherit;
}

/* What a parent has too is inherited, and nothing else; what none has any more is its own. */
static void share_constraints(ls_builder *builder, ls_relation_id id) {
    ls_relation *child = ls_catalog_edit(builder->catalog, id);
    for (LS_EACH(ls_catalog_constraint, constraint, child->constraints)) {
        if (constraint->kind != LS_CONSTRAINT_CHECK && constraint->kind != LS_CONSTRAINT_NOT_NULL)
            continue;
        constraint->inherited = false;
        for (LS_EACH(const ls_relation_id, parent, child->parents))
            constraint->inherited |= has_too(ls_relation_of(builder, *parent), constraint);
        constraint->local |= !constraint->inherited;
    }
}

void ls_alter_inherit(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_relation_id parent = ls_named(builder, &action->relation, LS_RELATION_TABLE);
    ls_take_lock(builder, parent, LS_SHARE_UPDATE_EXCLUSIVE, action->at);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_INHERIT, action->at, alteration->relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OTHER, ls_shown(builder, parent));
    if (ls_refuse_unlike_child(builder, parent, alteration->relation, action->at))
        return;
    ls_link_child(builder, parent, alteration->relation);
    share_constraints(builder, alteration->relation);
}

void ls_alter_no_inherit(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_relation_id parent = ls_named(builder, &action->relation, LS_RELATION_TABLE);
    ls_take_lock(builder, parent, LS_ACCESS_SHARE, action->at);
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_NO_INHERIT, action->at, alteration->relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OTHER, ls_shown(builder, parent));
    if (ls_relation_of(builder, parent)->birth.known && ls_altered(alteration)->birth.known &&
        !is_parent(ls_altered(alteration), parent)) {
        ls_refuse(builder, action->at, "relation %s is not a parent of relation %s",
                  ls_shown(builder, parent), ls_shown(builder, alteration->relation));
        return;
    }
    remove_id(&ls_catalog_edit(builder->catalog, parent)->children, alteration->relation);
    remove_id(&ls_catalog_edit(builder->catalog, alteration->relation)->parents, parent);
    share_constraints(builder, alteration->relation);
}
