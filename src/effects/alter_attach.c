/*
 * alter_attach.c - ATTACH PARTITION, of tables and of indexes.
 *
 * ATTACH takes SHARE UPDATE EXCLUSIVE on the parent and ACCESS EXCLUSIVE on what becomes its
 * partition, and reads that unless valid CHECKs prove that all its rows belong there; it reads the
 * DEFAULT partition unless that one's CHECKs exclude the new bound; it builds the indexes and
 * verifies the foreign keys that the parent has and the child lacks. Measured on 12 to 18; foreign
 * keys that reference the parent, attached indexes and sub-partitions on 15.
 */
#include "effects/alter.h"

#include "catalog/dependencies.h"
#include "effects/partition.h"
#include "effects/predicates.h"
#include "effects/recipe.h"

#include <string.h>

typedef struct {
    ls_alteration *alteration;
    const ls_action *action;
    ls_effect *effect;
    ls_relation_id parent, child;
    ls_work work;
    size_t missing_indexes;
    const char *index_steps, *key_steps, *validation_steps; /* what is better done before */
} partition_attach;

/* --- Reading rows ---------------------------------------------------------------------------- */

/* All tables with rows at or below the relation. */
static void check_tree(partition_attach *attaching, ls_relation_id root) {
    ls_builder *builder = attaching->alteration->builder;
    ls_check_rows(attaching->alteration, root, attaching->action->at);
    ls_relation_ids below = ls_relation_descendants(builder->arena, builder->catalog, root);
    for (size_t i = 0; i < below.count; i++)
        ls_check_rows(attaching->alteration, below.items[i], attaching->action->at);
    attaching->work = LS_WORK_SCAN;
}

/* The bound, and those of the parent where it is a partition itself. */
static bool is_proven(const partition_attach *attaching) {
    const ls_builder *builder = attaching->alteration->builder;
    const ls_relation *child = ls_relation_of(builder, attaching->child);
    const ls_relation *parent = ls_relation_of(builder, attaching->parent);
    if (!parent->birth.known)
        return false;
    bool only_default =
        attaching->action->bound.kind == LS_BOUND_DEFAULT && parent->children.count == 0;
    if (!only_default &&
        !ls_table_implies_bound(child, &parent->partitioning, &attaching->action->bound))
        return false;
    while (parent->is_partition && parent->parents.count > 0) {
        const ls_relation *above = ls_relation_of(builder, parent->parents.items[0]);
        if (above == NULL || !ls_table_implies_bound(child, &above->partitioning, parent->bound))
            return false;
        parent = above;
    }
    return true;
}

static void check_default(partition_attach *attaching) {
    ls_builder *builder = attaching->alteration->builder;
    const ls_relation *parent = ls_relation_of(builder, attaching->parent);
    ls_relation_id id = ls_default_partition(builder->catalog, parent);
    if (id == 0)
        return;
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, attaching->action->at);
    ls_take_lock_below(builder, id, LS_ACCESS_EXCLUSIVE, attaching->action->at);
    bool excluded = ls_default_excludes_bound(ls_relation_of(builder, id), &parent->partitioning,
                                              &attaching->action->bound);
    ls_set_text(builder, attaching->effect, LS_ATTRIBUTE_DEFAULT_PARTITION, ls_shown(builder, id));
    ls_set_flag(builder, attaching->effect, LS_ATTRIBUTE_DEFAULT_SCANNED,
                !excluded && ls_existed(builder, id));
    if (!excluded)
        check_tree(attaching, id);
}

/* --- Indexes --------------------------------------------------------------------------------- */

/* An index of the child that can be attached: a constraint wants one that backs a constraint. */
static ls_relation_id find_equal_index(const ls_builder *builder, const ls_relation *child,
                                       const ls_relation *like) {
    for (size_t i = 0; i < child->indexes.count; i++) {
        const ls_relation *index = ls_relation_of(builder, child->indexes.items[i]);
        if (index == NULL || index->parent_index != 0 || !index->valid ||
            index->unique != like->unique || index->primary != like->primary ||
            (like->constraint != NULL && index->constraint == NULL) || !ls_same_index(index, like))
            continue;
        return index->id;
    }
    return 0;
}

static ls_relation_id build_like(partition_attach *attaching, ls_relation_id table,
                                 const ls_relation *like) {
    ls_builder *builder = attaching->alteration->builder;
    ls_relation_id made = ls_define_index_like(builder, table, like, NULL);
    ls_relation *index = ls_catalog_edit(builder->catalog, made);
    index->birth = builder->birth;
    if (ls_has_storage(ls_relation_of(builder, table))) {
        ls_build_index(builder, table, 0, index->name, attaching->action->at);
        attaching->work = LS_WORK_BUILD;
    }
    return made;
}

/* Built before the ATTACH it blocks nobody. */
static void note_missing_index(partition_attach *attaching, const ls_relation *like) {
    ls_builder *builder = attaching->alteration->builder;
    if (attaching->missing_indexes++ == 0)
        ls_set_text(builder, attaching->effect, LS_ATTRIBUTE_INDEX_MISSING,
                    ls_shown(builder, like->id));
    ls_add_index_step(builder, &attaching->index_steps, attaching->child, like);
}

/* The table gets what the parent's index needs, down to the last partition. */
static void match_index(partition_attach *attaching, ls_relation_id table,
                        ls_relation_id parent_index) {
    ls_builder *builder = attaching->alteration->builder;
    const ls_relation *like = ls_relation_of(builder, parent_index);
    ls_relation_id known = find_equal_index(builder, ls_relation_of(builder, table), like);
    if (known != 0) {
        ls_attach_index(builder, parent_index, known);
        return;
    }
    if (table == attaching->child)
        note_missing_index(attaching, like);
    ls_relation_id made = build_like(attaching, table, like);
    ls_attach_index(builder, parent_index, made);
    ls_relation_ids partitions = ls_relation_of(builder, table)->children;
    for (size_t i = 0; i < partitions.count; i++)
        match_index(attaching, partitions.items[i], made);
}

static void match_indexes(partition_attach *attaching) {
    ls_builder *builder = attaching->alteration->builder;
    ls_relation_ids indexes = ls_relation_of(builder, attaching->parent)->indexes;
    for (size_t i = 0; i < indexes.count; i++) {
        if (ls_relation_of(builder, indexes.items[i]) == NULL)
            continue;
        ls_take_lock(builder, indexes.items[i], LS_SHARE_UPDATE_EXCLUSIVE, attaching->action->at);
        match_index(attaching, attaching->child, indexes.items[i]);
    }
}

/* --- Constraints ----------------------------------------------------------------------------- */

static bool is_of_parent(const ls_relation *parent, const ls_catalog_constraint *constraint) {
    if (constraint->kind == LS_CONSTRAINT_NOT_NULL)
        return ls_not_null_of(parent, constraint->columns.items[0]) != NULL;
    return constraint->kind == LS_CONSTRAINT_CHECK &&
           ls_relation_constraint(parent, constraint->name) != NULL;
}

/* What both have is no longer the partition's own (MergeConstraintsIntoExisting of PostgreSQL). */
static void inherit_constraints(const partition_attach *attaching) {
    ls_builder *builder = attaching->alteration->builder;
    const ls_relation *parent = ls_relation_of(builder, attaching->parent);
    ls_relation *child = ls_catalog_edit(builder->catalog, attaching->child);
    for (LS_EACH(ls_catalog_constraint, constraint, child->constraints)) {
        if (!is_of_parent(parent, constraint))
            continue;
        constraint->inherited = true;
        constraint->local = false;
    }
}

static bool is_same_reference(const ls_catalog_constraint *one,
                              const ls_catalog_constraint *other) {
    return one->kind == LS_CONSTRAINT_FOREIGN_KEY && one->referenced == other->referenced &&
           ls_same_words(&one->columns, &other->columns) && one->valid;
}

/* The child's own foreign key takes the place of the parent's; its triggers on the referenced table
 * go, and that needs ACCESS EXCLUSIVE there (measured on 15). */
static bool take_over_reference(partition_attach *attaching, const ls_catalog_constraint *wanted) {
    ls_builder *builder = attaching->alteration->builder;
    ls_relation *child = ls_catalog_edit(builder->catalog, attaching->child);
    for (LS_EACH(ls_catalog_constraint, constraint, child->constraints)) {
        if (!is_same_reference(constraint, wanted))
            continue;
        constraint->inherited = true;
        constraint->local = false;
        ls_take_lock(builder, wanted->referenced, LS_ACCESS_EXCLUSIVE, attaching->action->at);
        return true;
    }
    return false;
}

static const char *with_line(const partition_attach *attaching, const char *lines,
                             const char *line) {
    return lines ? ls_arena_format(attaching->alteration->builder->arena, "%s\n%s", lines, line)
                 : line;
}

/* Added and validated before the ATTACH, the key is taken over as it is. */
static void note_missing_key(partition_attach *attaching, const ls_catalog_constraint *wanted) {
    ls_builder *builder = attaching->alteration->builder;
    const char *clause = ls_foreign_key_clause(builder, wanted);
    if (!clause)
        return;
    const char *child = ls_shown(builder, attaching->child);
    const char *name = ls_quoted(builder, wanted->name);
    attaching->key_steps =
        with_line(attaching, attaching->key_steps,
                  ls_arena_format(builder->arena, "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID;",
                                  child, name, clause));
    attaching->validation_steps = with_line(
        attaching, attaching->validation_steps,
        ls_arena_format(builder->arena, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", child, name));
}

static void clone_reference(partition_attach *attaching, const ls_catalog_constraint *wanted) {
    ls_builder *builder = attaching->alteration->builder;
    if (take_over_reference(attaching, wanted))
        return;
    ls_span at = attaching->action->at;
    ls_take_lock(builder, wanted->referenced, LS_SHARE_ROW_EXCLUSIVE, at);
    const ls_relation *referenced = ls_relation_of(builder, wanted->referenced);
    if (referenced != NULL && referenced->kind == LS_RELATION_PARTITIONED_TABLE)
        ls_take_lock_below(builder, wanted->referenced, LS_SHARE_ROW_EXCLUSIVE, at);
    if (wanted->valid && referenced != NULL) {
        ls_verify_foreign_key(builder, attaching->child, wanted->referenced, at);
        note_missing_key(attaching, wanted);
        ls_set_flag(builder, attaching->effect, LS_ATTRIBUTE_FOREIGN_KEY_SCANNED, true);
        if (attaching->work == LS_WORK_NONE)
            attaching->work = LS_WORK_SCAN;
    }
    ls_catalog_constraint copy = *wanted;
    copy.inherited = true;
    copy.local = false;
    copy.birth = builder->birth;
    if (ls_relation_constraint(ls_relation_of(builder, attaching->child), copy.name) == NULL)
        ls_push_constraint(builder, attaching->child, &copy);
    ls_catalog_note_dependent(builder->catalog, wanted->referenced, attaching->child);
}

static void clone_references(partition_attach *attaching) {
    ls_builder *builder = attaching->alteration->builder;
    const ls_relation *parent = ls_relation_of(builder, attaching->parent);
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const ls_catalog_constraint wanted = parent->constraints.items[i];
        if (wanted.kind == LS_CONSTRAINT_FOREIGN_KEY)
            clone_reference(attaching, &wanted);
        parent = ls_relation_of(builder, attaching->parent);
    }
    ls_dependencies users = ls_foreign_keys_to(builder->arena, builder->catalog, attaching->parent);
    for (LS_EACH(const ls_dependency, user, users))
        ls_take_lock(builder, user->relation, LS_SHARE_ROW_EXCLUSIVE, attaching->action->at);
}

/* --- ATTACH ---------------------------------------------------------------------------------- */

static bool refuse_attach(const partition_attach *attaching) {
    ls_builder *builder = attaching->alteration->builder;
    const ls_relation *parent = ls_relation_of(builder, attaching->parent);
    const ls_relation *child = ls_relation_of(builder, attaching->child);
    ls_span at = attaching->action->at;
    if (parent->birth.known && parent->kind != LS_RELATION_PARTITIONED_TABLE)
        ls_refuse(builder, at, "table %s is not partitioned", ls_shown(builder, parent->id));
    else if (child->is_partition)
        ls_refuse(builder, at, "%s is already a partition", ls_shown(builder, child->id));
    else if (child->parents.count > 0)
        ls_refuse(builder, at, "cannot attach inheritance child as partition");
    else if (attaching->action->bound.kind == LS_BOUND_DEFAULT &&
             ls_default_partition(builder->catalog, parent) != 0)
        ls_refuse(builder, at, "partition %s conflicts with the existing default partition",
                  ls_shown(builder, child->id));
    return ls_is_refused(builder) ||
           ls_refuse_unlike_child(builder, attaching->parent, attaching->child, at);
}

static void join(const partition_attach *attaching) {
    ls_catalog *catalog = attaching->alteration->builder->catalog;
    ls_catalog_amend(catalog, attaching->parent)->kind = LS_RELATION_PARTITIONED_TABLE;
    ls_link_child(attaching->alteration->builder, attaching->parent, attaching->child);
    ls_relation *child = ls_catalog_amend(catalog, attaching->child);
    child->is_partition = true;
    child->bound = &attaching->action->bound;
}

static void describe_bound(const partition_attach *attaching) {
    ls_builder *builder = attaching->alteration->builder;
    const ls_bound *bound = &attaching->action->bound;
    ls_effect *effect = attaching->effect;
    const ls_relation *parent = ls_relation_of(builder, attaching->parent);
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT,
                ls_bound_constraint(builder, ls_relation_of(builder, attaching->child)->name));
    ls_set_written(builder, effect, LS_ATTRIBUTE_BOUND, bound->at);
    ls_set_text(builder, effect, LS_ATTRIBUTE_CHECK, ls_bound_condition(builder, parent, bound));
    ls_set_text(builder, effect, LS_ATTRIBUTE_EXCLUSION,
                ls_bound_exclusion(builder, parent, bound));
}

static void describe_steps(const partition_attach *attaching) {
    ls_builder *builder = attaching->alteration->builder;
    ls_effect *effect = attaching->effect;
    ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX_STEPS, attaching->index_steps);
    ls_set_text(builder, effect, LS_ATTRIBUTE_KEY_STEPS, attaching->key_steps);
    ls_set_text(builder, effect, LS_ATTRIBUTE_VALIDATION_STEPS, attaching->validation_steps);
}

static void attach_partition(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    partition_attach attaching = {.alteration = alteration,
                                  .action = action,
                                  .parent = alteration->relation,
                                  .child = ls_named(builder, &action->relation, LS_RELATION_TABLE)};
    ls_take_lock(builder, attaching.child, LS_ACCESS_EXCLUSIVE, action->at);
    ls_take_lock_below(builder, attaching.child, LS_ACCESS_EXCLUSIVE, action->at);
    attaching.effect =
        ls_add_effect(builder, LS_EFFECT_ATTACH_PARTITION, action->at, attaching.parent);
    ls_set_text(builder, attaching.effect, LS_ATTRIBUTE_OTHER, ls_shown(builder, attaching.child));
    ls_set_flag(builder, attaching.effect, LS_ATTRIBUTE_OTHER_EXISTED,
                ls_existed(builder, attaching.child));
    ls_set_flag(builder, attaching.effect, LS_ATTRIBUTE_OTHER_HOT,
                ls_is_hot(builder, attaching.child));
    ls_set_flag(builder, attaching.effect, LS_ATTRIBUTE_OTHER_SMALL,
                ls_is_small(builder, attaching.child));
    ls_set_flag(builder, attaching.effect, LS_ATTRIBUTE_DEFAULT_SCANNED, false);
    ls_set_flag(builder, attaching.effect, LS_ATTRIBUTE_FOREIGN_KEY_SCANNED, false);
    if (refuse_attach(&attaching))
        return;
    describe_bound(&attaching);
    bool proven = is_proven(&attaching);
    ls_set_flag(builder, attaching.effect, LS_ATTRIBUTE_PROVEN, proven);
    if (!proven)
        check_tree(&attaching, attaching.child);
    check_default(&attaching);
    match_indexes(&attaching);
    clone_references(&attaching);
    inherit_constraints(&attaching);
    join(&attaching);
    ls_set_work(builder, attaching.effect, attaching.work);
    describe_steps(&attaching);
}

/* --- ALTER INDEX ... ATTACH PARTITION -------------------------------------------------------- */

/* An index on ONLY the parent becomes valid with the last partition's. */
static bool is_whole(const ls_builder *builder, const ls_relation *index) {
    const ls_relation *table = ls_relation_of(builder, index->table);
    if (table == NULL || !ls_is_complete(table))
        return false;
    for (size_t i = 0; i < index->child_indexes.count; i++) {
        const ls_relation *child = ls_relation_of(builder, index->child_indexes.items[i]);
        if (child != NULL && !child->valid)
            return false;
    }
    return index->child_indexes.count >= table->children.count;
}

static bool refuse_index(ls_alteration *alteration, const ls_action *action,
                         const ls_relation *child) {
    ls_builder *builder = alteration->builder;
    const ls_relation *index = ls_altered(alteration);
    if (!index->birth.known || !child->birth.known || ls_same_index(index, child))
        return false;
    ls_refuse(builder, action->at,
              "cannot attach index %s as a partition of index %s: the definitions do not match",
              ls_shown(builder, child->id), ls_shown(builder, index->id));
    return true;
}

static void attach_index_partition(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_relation_id child = ls_named(builder, &action->relation, LS_RELATION_INDEX);
    ls_take_lock(builder, child, LS_ACCESS_EXCLUSIVE, action->at);
    ls_relation_id tables[] = {ls_altered(alteration)->table,
                               ls_relation_of(builder, child)->table};
    for (size_t i = 0; i < 2; i++)
        ls_take_lock(builder, tables[i], LS_ACCESS_SHARE, action->at);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_ATTACH_INDEX, action->at,
                                      tables[0] != 0 ? tables[0] : alteration->relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_INDEX, ls_shown(builder, alteration->relation));
    ls_set_text(builder, effect, LS_ATTRIBUTE_OTHER, ls_shown(builder, child));
    if (refuse_index(alteration, action, ls_relation_of(builder, child)) ||
        ls_relation_of(builder, child)->parent_index == alteration->relation)
        return;
    ls_attach_index(builder, alteration->relation, child);
    if (!is_whole(builder, ls_altered(alteration)))
        return;
    ls_relation *index = ls_catalog_edit(builder->catalog, alteration->relation);
    index->valid = true;
    index->only_parent = false;
}

void ls_alter_attach(ls_alteration *alteration, const ls_action *action) {
    if (ls_altered(alteration)->kind == LS_RELATION_INDEX)
        attach_index_partition(alteration, action);
    else
        attach_partition(alteration, action);
}
