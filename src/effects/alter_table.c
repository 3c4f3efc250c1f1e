/*
 * alter_table.c - ALTER TABLE and its kin: which action takes which lock, and in which order.
 *
 * PostgreSQL takes one lock, the strongest that any of the actions needs, on the relation and on
 * all that the actions reach below it, and works in passes whatever the order of writing: first
 * what is dropped, then changed types, new columns, attributes of columns, keys, constraints, and
 * the rest (tablecmds.c: AlterTableGetLockLevel, AlterTablePass). Both stand in one table here.
 */
#include "effects/alter.h"

#include "catalog/dependencies.h"

typedef enum {
    PASS_DROP,
    PASS_REWRITE, /* changed types, and what else writes the table anew */
    PASS_ADD_COLUMN,
    PASS_ATTRIBUTES,
    PASS_KEYS,
    PASS_CONSTRAINTS,
    PASS_REST,
    PASSES,
} alter_pass;

/* Which relations below the altered one take the lock too, unless the action says otherwise. */
typedef enum { ITSELF, PARTITIONS, CHILDREN } alter_reach;

/* What an action can be done to, by kind of relation. */
enum {
    TABLE = 1,
    VIEW = 2,
    MATERIALIZED = 4,
    INDEX = 8,
    SEQUENCE = 16,
    STORED = TABLE | MATERIALIZED,
    ANYTHING = TABLE | VIEW | MATERIALIZED | INDEX | SEQUENCE,
};

typedef struct {
    ls_lock_mode mode; /* LS_LOCK_NONE: asked of a function below */
    alter_pass pass;
    alter_reach reach;
    unsigned targets;
    ls_alter_function *apply;
} action_facts;

#define AE  LS_ACCESS_EXCLUSIVE
#define SRE LS_SHARE_ROW_EXCLUSIVE
#define SUE LS_SHARE_UPDATE_EXCLUSIVE

/* Modes: measured on 12 to 18, all versions alike (documentation: ALTER TABLE; tablecmds.c:
 * AlterTableGetLockLevel). Reach: measured on 15 and, for partitions, on 12 to 18. */
static const action_facts facts_of[] = {
    [LS_ALTER_ADD_COLUMN] = {AE, PASS_ADD_COLUMN, CHILDREN, TABLE, ls_alter_add_column},
    [LS_ALTER_DROP_COLUMN] = {AE, PASS_DROP, CHILDREN, TABLE, ls_alter_drop_column},
    [LS_ALTER_COLUMN_TYPE] = {AE, PASS_REWRITE, CHILDREN, TABLE, ls_alter_column_type},
    [LS_ALTER_SET_DEFAULT] = {AE, PASS_CONSTRAINTS, CHILDREN, TABLE | VIEW, ls_alter_set_default},
    [LS_ALTER_DROP_DEFAULT] = {AE, PASS_DROP, CHILDREN, TABLE | VIEW, ls_alter_drop_default},
    [LS_ALTER_SET_NOT_NULL] = {AE, PASS_ATTRIBUTES, CHILDREN, TABLE, ls_alter_set_not_null},
    [LS_ALTER_DROP_NOT_NULL] = {AE, PASS_DROP, CHILDREN, TABLE, ls_alter_drop_not_null},
    [LS_ALTER_SET_EXPRESSION] = {AE, PASS_REWRITE, CHILDREN, TABLE, ls_alter_set_expression},
    [LS_ALTER_DROP_EXPRESSION] = {AE, PASS_DROP, CHILDREN, TABLE, ls_alter_drop_expression},
    [LS_ALTER_ADD_IDENTITY] = {AE, PASS_CONSTRAINTS, PARTITIONS, TABLE, ls_alter_add_identity},
    [LS_ALTER_SET_IDENTITY] = {AE, PASS_REST, PARTITIONS, TABLE, ls_alter_set_identity},
    [LS_ALTER_DROP_IDENTITY] = {AE, PASS_DROP, PARTITIONS, TABLE, ls_alter_drop_identity},
    [LS_ALTER_SET_STATISTICS] = {SUE, PASS_REST, CHILDREN, STORED | INDEX,
                                 ls_alter_column_property},
    [LS_ALTER_SET_COLUMN_OPTIONS] = {SUE, PASS_REST, ITSELF, STORED | INDEX,
                                     ls_alter_column_property},
    [LS_ALTER_RESET_COLUMN_OPTIONS] = {SUE, PASS_REST, ITSELF, STORED | INDEX,
                                       ls_alter_column_property},
    [LS_ALTER_SET_STORAGE] = {AE, PASS_REST, CHILDREN, STORED, ls_alter_column_property},
    [LS_ALTER_SET_COMPRESSION] = {AE, PASS_REST, ITSELF, STORED, ls_alter_column_property},
    [LS_ALTER_ADD_CONSTRAINT] = {LS_LOCK_NONE, PASS_CONSTRAINTS, ITSELF, TABLE,
                                 ls_alter_add_constraint},
    [LS_ALTER_DROP_CONSTRAINT] = {AE, PASS_DROP, PARTITIONS, TABLE, ls_alter_drop_constraint},
    [LS_ALTER_VALIDATE_CONSTRAINT] = {SUE, PASS_REST, ITSELF, TABLE, ls_alter_validate_constraint},
    [LS_ALTER_ALTER_CONSTRAINT] = {AE, PASS_REST, PARTITIONS, TABLE, ls_alter_alter_constraint},
    [LS_ALTER_CLUSTER_ON] = {SUE, PASS_REST, ITSELF, STORED, ls_alter_cluster_on},
    [LS_ALTER_SET_WITHOUT_CLUSTER] = {SUE, PASS_REST, ITSELF, STORED, ls_alter_cluster_on},
    [LS_ALTER_SET_LOGGED] = {AE, PASS_REWRITE, ITSELF, TABLE | SEQUENCE, ls_alter_persistence},
    [LS_ALTER_SET_UNLOGGED] = {AE, PASS_REWRITE, ITSELF, TABLE | SEQUENCE, ls_alter_persistence},
    [LS_ALTER_SET_WITHOUT_OIDS] = {AE, PASS_REST, CHILDREN, TABLE, ls_alter_options},
    [LS_ALTER_SET_ACCESS_METHOD] = {AE, PASS_REWRITE, ITSELF, STORED, ls_alter_access_method},
    [LS_ALTER_SET_TABLESPACE] = {AE, PASS_REST, ITSELF, STORED | INDEX, ls_alter_tablespace},
    [LS_ALTER_SET_OPTIONS] = {LS_LOCK_NONE, PASS_REST, ITSELF, STORED | VIEW | INDEX,
                              ls_alter_options},
    [LS_ALTER_RESET_OPTIONS] = {LS_LOCK_NONE, PASS_REST, ITSELF, STORED | VIEW | INDEX,
                                ls_alter_options},
    [LS_ALTER_ENABLE_TRIGGER] = {SRE, PASS_REST, PARTITIONS, TABLE, ls_alter_trigger},
    [LS_ALTER_DISABLE_TRIGGER] = {SRE, PASS_REST, PARTITIONS, TABLE, ls_alter_trigger},
    [LS_ALTER_ENABLE_RULE] = {AE, PASS_REST, ITSELF, TABLE, ls_alter_rule},
    [LS_ALTER_DISABLE_RULE] = {AE, PASS_REST, ITSELF, TABLE, ls_alter_rule},
    [LS_ALTER_INHERIT] = {AE, PASS_REST, ITSELF, TABLE, ls_alter_inherit},
    [LS_ALTER_NO_INHERIT] = {AE, PASS_REST, ITSELF, TABLE, ls_alter_no_inherit},
    [LS_ALTER_OF_TYPE] = {AE, PASS_REST, ITSELF, TABLE, ls_alter_of_type},
    [LS_ALTER_NOT_OF] = {AE, PASS_REST, ITSELF, TABLE, ls_alter_of_type},
    [LS_ALTER_OWNER] = {AE, PASS_REST, ITSELF, ANYTHING, ls_alter_owner},
    [LS_ALTER_REPLICA_IDENTITY] = {AE, PASS_REST, ITSELF, STORED, ls_alter_replica_identity},
    [LS_ALTER_ENABLE_ROW_SECURITY] = {AE, PASS_REST, ITSELF, TABLE, ls_alter_row_security},
    [LS_ALTER_DISABLE_ROW_SECURITY] = {AE, PASS_REST, ITSELF, TABLE, ls_alter_row_security},
    [LS_ALTER_FORCE_ROW_SECURITY] = {AE, PASS_REST, ITSELF, TABLE, ls_alter_row_security},
    [LS_ALTER_NO_FORCE_ROW_SECURITY] = {AE, PASS_REST, ITSELF, TABLE, ls_alter_row_security},
    [LS_ALTER_ATTACH_PARTITION] = {SUE, PASS_REST, ITSELF, TABLE | INDEX, ls_alter_attach},
    [LS_ALTER_DETACH_PARTITION] = {LS_LOCK_NONE, PASS_REST, ITSELF, TABLE, ls_alter_detach},
    [LS_ALTER_DETACH_FINALIZE] = {SUE, PASS_REST, ITSELF, TABLE, ls_alter_detach},
    [LS_ALTER_OTHER] = {AE, PASS_REST, ITSELF, ANYTHING, ls_alter_unanalysed},
};

/* --- Lock modes, passes and reach that depend on more than the kind of action ---------------- */

static bool adds_foreign_key(const ls_action *action) {
    return action->kind == LS_ALTER_ADD_CONSTRAINT &&
           action->constraint->kind == LS_CONSTRAINT_FOREIGN_KEY;
}

static ls_lock_mode mode_of(const ls_action *action) {
    switch (action->kind) {
    case LS_ALTER_ADD_CONSTRAINT:
        return adds_foreign_key(action) ? SRE : AE;
    case LS_ALTER_SET_OPTIONS:
    case LS_ALTER_RESET_OPTIONS:
        return ls_options_lock(&action->options);
    case LS_ALTER_DETACH_PARTITION:
        return action->concurrently ? SUE : AE;
    default:
        return facts_of[action->kind].mode;
    }
}

static alter_pass pass_of(const ls_action *action) {
    if (action->kind != LS_ALTER_ADD_CONSTRAINT)
        return facts_of[action->kind].pass;
    switch (action->constraint->kind) {
    case LS_CONSTRAINT_PRIMARY_KEY:
    case LS_CONSTRAINT_UNIQUE:
    case LS_CONSTRAINT_EXCLUDE:
        return PASS_KEYS;
    case LS_CONSTRAINT_NOT_NULL:
        return PASS_ATTRIBUTES;
    default:
        return PASS_CONSTRAINTS;
    }
}

static alter_reach reach_of(const ls_action *action) {
    if (action->kind != LS_ALTER_ADD_CONSTRAINT)
        return facts_of[action->kind].reach;
    switch (action->constraint->kind) {
    case LS_CONSTRAINT_CHECK:
        return action->constraint->no_inherit ? ITSELF : CHILDREN;
    case LS_CONSTRAINT_NOT_NULL:
        return CHILDREN;
    case LS_CONSTRAINT_FOREIGN_KEY:
        return PARTITIONS;
    default:
        return ITSELF;
    }
}

/* --- The statement --------------------------------------------------------------------------- */

static unsigned target_of(const ls_relation *relation) {
    switch (relation->kind) {
    case LS_RELATION_VIEW:
        return VIEW;
    case LS_RELATION_MATERIALIZED_VIEW:
        return MATERIALIZED;
    case LS_RELATION_INDEX:
        return INDEX;
    case LS_RELATION_SEQUENCE:
        return SEQUENCE;
    case LS_RELATION_COMPOSITE_TYPE:
        return 0;
    case LS_RELATION_UNKNOWN:
        return ANYTHING;
    default:
        return TABLE;
    }
}

static bool refuse_wrong_targets(ls_alteration *alteration) {
    ls_builder *builder = alteration->builder;
    const ls_relation *relation = ls_altered(alteration);
    for (LS_EACH(const ls_action, action, alteration->statement->actions)) {
        if ((facts_of[action->kind].targets & target_of(relation)) != 0)
            continue;
        ls_refuse(builder, action->at, "%s cannot be done to %s, which is a %s",
                  ls_text_of(builder, action->at), ls_shown(builder, relation->id),
                  ls_relation_kind_words(relation->kind));
        return true;
    }
    return false;
}

static void take_locks(ls_alteration *alteration) {
    ls_builder *builder = alteration->builder;
    ls_span at = alteration->statement->name.at;
    for (LS_EACH(const ls_action, action, alteration->statement->actions)) {
        ls_lock_mode mode = mode_of(action);
        if (mode > alteration->mode) {
            alteration->mode = mode;
            at = action->at;
        }
    }
    ls_take_lock(builder, alteration->relation, alteration->mode, at);
    bool partitioned = ls_altered(alteration)->kind == LS_RELATION_PARTITIONED_TABLE;
    for (LS_EACH(const ls_action, action, alteration->statement->actions)) {
        alter_reach reach = reach_of(action);
        if (reach == CHILDREN || (reach == PARTITIONS && partitioned))
            ls_lock_children(alteration, action->at);
    }
}

static void find_tables(ls_alteration *alteration) {
    ls_builder *builder = alteration->builder;
    LS_PUSH(builder->arena, &alteration->tables, alteration->relation);
    if (alteration->statement->only)
        return;
    ls_relation_ids below =
        ls_relation_descendants(builder->arena, builder->catalog, alteration->relation);
    for (size_t i = 0; i < below.count; i++)
        LS_PUSH(builder->arena, &alteration->tables, below.items[i]);
}

static void apply_actions(ls_alteration *alteration) {
    for (alter_pass pass = PASS_DROP; pass < PASSES; pass++)
        for (LS_EACH(const ls_action, action, alteration->statement->actions))
            if (pass_of(action) == pass && !ls_is_refused(alteration->builder))
                facts_of[action->kind].apply(alteration, action);
    ls_finish_row_checks(alteration);
}

/* Effects stand in the order of writing, not of the passes. */
static void sort_effects(ls_outcome *outcome, size_t first) {
    ls_effect **effects = outcome->effects.items;
    for (size_t i = first + 1; i < outcome->effects.count; i++) {
        ls_effect *moved = effects[i];
        size_t to = i;
        for (; to > first && effects[to - 1]->at.begin > moved->at.begin; to--)
            effects[to] = effects[to - 1];
        effects[to] = moved;
    }
}

/* No row that is there could have a value for a column that the statement adds: whatever else it
 * does is done to an empty table, or not at all. */
static void note_emptied(ls_alteration *alteration) {
    const ls_relation *relation = ls_altered(alteration);
    if (!ls_existed(alteration->builder, relation->id))
        return;
    for (LS_EACH(const ls_action, action, alteration->statement->actions))
        if (action->kind == LS_ALTER_ADD_COLUMN && ls_needs_value(action->column) &&
            (!action->if_not_exists ||
             (ls_is_complete(relation) &&
              ls_relation_column(relation, action->column->name) == NULL))) {
            ls_note_emptied(alteration->builder, relation->id);
            return;
        }
}

static void alter_relation(ls_alteration *alteration) {
    find_tables(alteration);
    if (alteration->statement->kind == LS_OBJECT_TYPE) {
        ls_alter_composite(alteration);
        return;
    }
    take_locks(alteration);
    if (refuse_wrong_targets(alteration))
        return;
    note_emptied(alteration);
    apply_actions(alteration);
    ls_keep_not_null(alteration->builder, alteration->relation);
}

/* A refused statement leaves nothing behind, whatever its first actions did. */
void ls_effects_of_alter_table(ls_builder *builder, const ls_alter_table *alter) {
    ls_alteration alteration = {
        .builder = builder,
        .statement = alter,
        .relation = ls_named(builder, &alter->name, ls_relation_kind_meant(alter->kind)),
    };
    size_t first = builder->outcome->effects.count;
    ls_catalog_point before = ls_catalog_mark(builder->catalog);
    alter_relation(&alteration);
    if (ls_is_refused(builder))
        ls_catalog_undo(builder->catalog, before);
    else
        ls_catalog_forget(builder->catalog, before);
    sort_effects(builder->outcome, first);
}
