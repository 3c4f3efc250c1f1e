/*
 * alter_composite.c - ALTER TYPE of a composite type: ADD, DROP and ALTER ATTRIBUTE.
 *
 * ACCESS EXCLUSIVE on the type's relation; with CASCADE on the tables made of the type too, whose
 * rows are written anew when an attribute's type changes. A table that has the type in a column
 * is not locked, but keeps an attribute's type from being changed (measured on 12 to 18; types of
 * attributes on 15).
 */
#include "effects/alter.h"

#include "catalog/dependencies.h"

#include <string.h>

static const char *action_name(ls_action_kind kind) {
    switch (kind) {
    case LS_ALTER_ADD_COLUMN:
        return "add_attribute";
    case LS_ALTER_DROP_COLUMN:
        return "drop_attribute";
    case LS_ALTER_COLUMN_TYPE:
        return "alter_attribute";
    case LS_ALTER_OWNER:
        return "owner";
    default:
        return "other";
    }
}

static bool changes_attributes(const ls_action *action) {
    return action->kind == LS_ALTER_ADD_COLUMN || action->kind == LS_ALTER_DROP_COLUMN ||
           action->kind == LS_ALTER_COLUMN_TYPE;
}

static bool refuse_user(ls_alteration *alteration, const ls_action *action,
                        const ls_dependency *user) {
    ls_builder *builder = alteration->builder;
    const char *type = ls_shown(builder, alteration->relation);
    if (user->kind == LS_DEPENDS_TABLE && !action->cascade)
        ls_refuse(builder, action->at,
                  "cannot alter type %s because it is the type of a typed table: %s", type,
                  ls_shown(builder, user->relation));
    else if (user->kind == LS_DEPENDS_COLUMN && action->kind == LS_ALTER_COLUMN_TYPE)
        ls_refuse(builder, action->at, "cannot alter type %s because column %s.%s uses it", type,
                  ls_shown(builder, user->relation), ls_quoted(builder, user->name));
    return ls_is_refused(builder);
}

static void change_attribute(ls_builder *builder, ls_relation_id table, const ls_action *action) {
    if (action->kind == LS_ALTER_DROP_COLUMN) {
        ls_remove_column(builder, table, action->name);
        return;
    }
    if (action->column == NULL || action->column->type == NULL)
        return;
    ls_data_type type = ls_catalog_resolve_type(builder->catalog, action->column->type);
    const char *name = action->kind == LS_ALTER_ADD_COLUMN ? action->column->name : action->name;
    const ls_catalog_column *known = ls_relation_column(ls_relation_of(builder, table), name);
    if (known != NULL) {
        ls_catalog_edit_column(builder->catalog, table, known)->type = type;
        return;
    }
    ls_catalog_column made = {
        .name = ls_catalog_intern(builder->catalog, name), .type = type, .birth = builder->birth};
    LS_PUSH(ls_catalog_arena(builder->catalog), &ls_catalog_amend(builder->catalog, table)->columns,
            made);
}

static ls_work change_typed_table(ls_alteration *alteration, ls_relation_id table,
                                  const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_take_lock(builder, table, LS_ACCESS_EXCLUSIVE, action->at);
    bool rewrites = action->kind == LS_ALTER_COLUMN_TYPE;
    if (rewrites && ls_has_storage(ls_relation_of(builder, table)))
        ls_rewrite(builder, table, action->at);
    change_attribute(builder, table, action);
    return rewrites ? LS_WORK_REWRITE : LS_WORK_NONE;
}

static ls_effect *describe(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_ALTER_TYPE, action->at, alteration->relation);
    const char *attribute = action->kind == LS_ALTER_ADD_COLUMN && action->column != NULL
                                ? action->column->name
                                : action->name;
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, ls_shown(builder, alteration->relation));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION, action_name(action->kind));
    if (changes_attributes(action) && attribute != NULL)
        ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, attribute));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_CASCADE, action->cascade);
    return effect;
}

static void change(ls_alteration *alteration, const ls_action *action,
                   const ls_dependencies *users) {
    ls_builder *builder = alteration->builder;
    ls_effect *effect = describe(alteration, action);
    if (!changes_attributes(action))
        return;
    for (LS_EACH(const ls_dependency, user, *users))
        if (refuse_user(alteration, action, user))
            return;
    ls_work work = LS_WORK_NONE;
    for (LS_EACH(const ls_dependency, user, *users))
        if (user->kind == LS_DEPENDS_TABLE)
            work = change_typed_table(alteration, user->relation, action);
    change_attribute(builder, alteration->relation, action);
    ls_set_work(builder, effect, work);
}

void ls_alter_composite(ls_alteration *alteration) {
    ls_builder *builder = alteration->builder;
    const ls_alter_table *statement = alteration->statement;
    ls_take_lock(builder, alteration->relation, LS_ACCESS_EXCLUSIVE, statement->name.at);
    const ls_catalog_type *type =
        ls_catalog_find_type(builder->catalog, statement->name.schema, statement->name.name);
    ls_dependencies users = {0};
    if (type != NULL)
        users = ls_dependents_of_type(builder->arena, builder->catalog, type);
    for (LS_EACH(const ls_action, action, statement->actions))
        if (!ls_is_refused(builder))
            change(alteration, action, &users);
}
