/*
 * type.c - CREATE TYPE and ALTER TYPE ... ADD VALUE, RENAME VALUE; the use of fresh enum values.
 *
 * Enum values lock the type, no table (measured). A value that was added in a transaction cannot be
 * used before it commits: "unsafe use of new value" (measured on 12 to 18; 17 and 18 let it pass if
 * the type itself was created in the same transaction, 12 to 16 do not).
 */
#include "effects/families.h"

#include <string.h>

/* --- CREATE TYPE ---------------------------------------------------------------------------- */

static const char *kind_name(char kind) {
    switch (kind) {
    case 'e':
        return "enum";
    case 'c':
        return "composite";
    case 'r':
        return "range";
    case 'b':
        return "base";
    default:
        return "shell";
    }
}

static ls_relation_id define_row(ls_builder *builder, const ls_create_type *create) {
    const ls_relation_id id =
        ls_catalog_create(builder->catalog, LS_RELATION_COMPOSITE_TYPE, LS_PERMANENT,
                          create->name.schema, create->name.name, builder->birth)
            ->id;
    for (LS_EACH(const ls_column, column, create->columns))
        ls_define_column(builder, id, column);
    return id;
}

/* A shell type is replaced by the type that it was made for. */
static bool is_taken(ls_builder *builder, const ls_create_type *create) {
    const ls_catalog_type *there = ls_catalog_find_type(
        builder->catalog, ls_schema_of(builder, &create->name), create->name.name);
    if (!there || !there->birth.known || there->kind == 's')
        return false;
    ls_refuse(builder, create->name.at, "type \"%s\" already exists", create->name.name);
    return true;
}

void ls_effects_of_create_type(ls_builder *builder, const ls_create_type *create) {
    if (is_taken(builder, create))
        return;
    const ls_relation_id row = create->kind == 'c' ? define_row(builder, create) : 0;
    ls_catalog_type *type = ls_catalog_create_type(
        builder->catalog, create->kind, create->name.schema, create->name.name, builder->birth);
    type->relation = row;
    for (LS_EACH(const char *, word, create->labels)) {
        const ls_enum_label label = {.label = *word, .birth = builder->birth};
        LS_PUSH(ls_catalog_arena(builder->catalog), &type->labels, label);
    }
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_CREATE_TYPE, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NAME, ls_shown_name(builder, &create->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_KIND, kind_name(create->kind));
}

/* --- ALTER TYPE of enums -------------------------------------------------------------------- */

/* A type that the history does not know is remembered for the values that it gets. */
static const ls_catalog_type *find_enum(ls_builder *builder, const ls_name *name) {
    const ls_catalog_type *type = ls_catalog_find_type(builder->catalog, name->schema, name->name);
    if (type)
        return type;
    const ls_birth unknown = {0};
    return ls_catalog_create_type(builder->catalog, 'e', name->schema, name->name, unknown);
}

static const ls_enum_label *find_label(const ls_catalog_type *type, const char *label) {
    for (LS_EACH(const ls_enum_label, known, type->labels))
        if (strcmp(known->label, label) == 0)
            return known;
    return NULL;
}

static void describe_new_value(ls_builder *builder, const ls_alter_enum *alter,
                               const ls_catalog_type *type) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_ADD_ENUM_VALUE, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, ls_shown_name(builder, &alter->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_VALUE, alter->new_label);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_IF_NOT_EXISTS, alter->if_not_exists);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_TYPE, ls_is_new(builder, &type->birth));
}

/* Where BEFORE or AFTER says, else at the end. */
static void insert_label(ls_builder *builder, const ls_alter_enum *alter, ls_catalog_type *type,
                         ls_enum_label label) {
    LS_PUSH(ls_catalog_arena(builder->catalog), &type->labels, label);
    uint32_t place = 0;
    while (alter->neighbour && place + 1 < type->labels.count &&
           strcmp(type->labels.items[place].label, alter->neighbour) != 0)
        place++;
    if (!alter->neighbour || place + 1 == type->labels.count)
        return;
    place += !alter->before;
    for (uint32_t i = type->labels.count - 1; i > place; i--)
        type->labels.items[i] = type->labels.items[i - 1];
    type->labels.items[place] = label;
}

static void add_value(ls_builder *builder, const ls_alter_enum *alter,
                      const ls_catalog_type *type) {
    describe_new_value(builder, alter, type);
    if (find_label(type, alter->new_label)) {
        if (!alter->if_not_exists)
            ls_refuse(builder, alter->label_at, "enum label \"%s\" already exists",
                      alter->new_label);
        return;
    }
    const ls_enum_label label = {
        .label = alter->new_label,
        .birth = ls_birth_under(builder, alter->if_not_exists && !type->birth.known),
    };
    ls_catalog_type *edited = ls_catalog_edit_type(builder->catalog, type);
    insert_label(builder, alter, edited, label);
}

static const ls_expression *without_casts(const ls_expression *value) {
    while (value && value->kind == LS_EXPR_CAST && value->arguments.count == 1)
        value = value->arguments.items[0];
    return value;
}

/* A default holds the label itself, and so has its new name. */
static void rename_in_defaults(ls_builder *builder, const ls_alter_enum *alter,
                               const ls_catalog_type *type, ls_relation_id table) {
    const ls_relation *relation = ls_relation_of(builder, table);
    for (size_t i = 0; relation && i < relation->columns.count; i++) {
        const ls_catalog_column *column = &ls_relation_of(builder, table)->columns.items[i];
        const ls_expression *value = without_casts(column->default_value);
        const bool is_meant = value && value->kind == LS_EXPR_STRING && value->text &&
                              strcmp(value->text, alter->old_label) == 0 && column->type.name &&
                              strcmp(column->type.name, type->name) == 0 && column->type.schema &&
                              strcmp(column->type.schema, type->schema) == 0;
        if (!is_meant)
            continue;
        ls_expression *renamed = LS_NEW(ls_catalog_arena(builder->catalog), ls_expression);
        *renamed = *value;
        renamed->text = alter->new_label;
        ls_catalog_edit_column(builder->catalog, table, column)->default_value = renamed;
    }
}

static void rename_value(ls_builder *builder, const ls_alter_enum *alter,
                         const ls_catalog_type *type) {
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_RENAME_ENUM_VALUE, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, ls_shown_name(builder, &alter->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_VALUE, alter->old_label);
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME, alter->new_label);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_TYPE, ls_is_new(builder, &type->birth));
    ls_break_users(builder, effect, &type->birth);
    if (type->birth.known && !find_label(type, alter->old_label))
        ls_refuse(builder, alter->label_at, "\"%s\" is not an existing enum label",
                  alter->old_label);
    else if (find_label(type, alter->new_label))
        ls_refuse(builder, alter->label_at, "enum label \"%s\" already exists", alter->new_label);
    if (ls_is_refused(builder))
        return;
    ls_catalog_type *edited = ls_catalog_edit_type(builder->catalog, type);
    for (LS_EACH(ls_enum_label, label, edited->labels))
        if (strcmp(label->label, alter->old_label) == 0)
            label->label = alter->new_label;
    const ls_relation_ids users = edited->users;
    for (LS_EACH(const ls_relation_id, user, users))
        rename_in_defaults(builder, alter, edited, *user);
}

void ls_effects_of_alter_enum(ls_builder *builder, const ls_alter_enum *alter) {
    const ls_catalog_type *type = find_enum(builder, &alter->name);
    if (alter->old_label)
        rename_value(builder, alter, type);
    else
        add_value(builder, alter, type);
}

/* --- Fresh values --------------------------------------------------------------------------- */

static bool same_statement(const ls_birth *one, const ls_birth *other) {
    return one->source == other->source && one->at.begin == other->at.begin;
}

/* Added by ADD VALUE in the transaction that is still open. */
static bool is_unsafe(const ls_builder *builder, const ls_catalog_type *type,
                      const ls_enum_label *label) {
    if (!ls_is_of_this_transaction(builder, &label->birth) ||
        same_statement(&label->birth, &type->birth))
        return false;
    return builder->postgres < 17 || !ls_is_of_this_transaction(builder, &type->birth);
}

static void check_value(ls_builder *builder, const ls_catalog_type *type,
                        const ls_expression *value) {
    const ls_enum_label *label = find_label(type, value->text);
    if (!label || !is_unsafe(builder, type, label))
        return;
    const ls_name name = {.schema = type->schema, .name = type->name};
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_USE_NEW_ENUM_VALUE, value->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, ls_shown_name(builder, &name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_VALUE, label->label);
    ls_set_written(builder, effect, LS_ATTRIBUTE_DEFINITION, builder->statement->at);
    ls_add_label(builder, effect, label->birth.source, label->birth.at, "added here");
    ls_refuse(builder, value->at, "unsafe use of new value \"%s\" of enum type %s", label->label,
              type->name);
}

static const ls_catalog_type *enum_of(const ls_builder *builder, const ls_data_type *type) {
    if (!type || !type->name)
        return NULL;
    const ls_catalog_type *found = ls_catalog_find_type(builder->catalog, type->schema, type->name);
    return found && found->kind == 'e' ? found : NULL;
}

void ls_check_enum_use(ls_builder *builder, const ls_expression *value, const ls_data_type *type) {
    if (!value)
        return;
    if (value->kind == LS_EXPR_CAST && value->type && value->arguments.count == 1) {
        const ls_data_type cast = ls_catalog_resolve_type(builder->catalog, value->type);
        ls_check_enum_use(builder, value->arguments.items[0], &cast);
        return;
    }
    const ls_catalog_type *of = enum_of(builder, type);
    if (value->kind == LS_EXPR_STRING && value->text && of)
        check_value(builder, of, value);
    for (LS_EACH(ls_expression *, argument, value->arguments))
        ls_check_enum_use(builder, *argument, type);
}

/* The type of the first column that an operand of a comparison names. */
static const ls_data_type *compared_type(const ls_expression *comparison,
                                         const ls_relation *table) {
    for (LS_EACH(ls_expression *, operand, comparison->arguments)) {
        if ((*operand)->kind != LS_EXPR_COLUMN || (*operand)->names.count == 0)
            continue;
        const ls_catalog_column *column =
            ls_relation_column(table, (*operand)->names.items[(*operand)->names.count - 1]);
        if (column)
            return &column->type;
    }
    return NULL;
}

static bool is_comparison(const ls_expression *expression) {
    switch (expression->kind) {
    case LS_EXPR_OPERATOR:
    case LS_EXPR_IN:
    case LS_EXPR_BETWEEN:
    case LS_EXPR_ANY:
    case LS_EXPR_ALL:
    case LS_EXPR_DISTINCT:
        return true;
    default:
        return false;
    }
}

void ls_check_enum_condition(ls_builder *builder, const ls_expression *condition,
                             const ls_relation *table) {
    if (!condition)
        return;
    if (is_comparison(condition) || condition->kind == LS_EXPR_CAST) {
        ls_check_enum_use(builder, condition, compared_type(condition, table));
        return;
    }
    for (LS_EACH(ls_expression *, argument, condition->arguments))
        ls_check_enum_condition(builder, *argument, table);
}
