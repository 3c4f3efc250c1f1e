/*
 * retype.c - what is told of a column that gets another type.
 */
#include "effects/retype.h"

#include "effects/ahead.h"

#include "catalog/dependencies.h"
#include "catalog/names.h"
#include "effects/domain_condition.h"
#include "effects/later.h"
#include "effects/replacement.h"
#include "effects/type_facts.h"
#include "support/same.h"

static bool is_timestamp(const ls_data_type *type) {
    return ls_same_text(type->name, "timestamp") || ls_same_text(type->name, "timestamptz");
}

static void describe_zone(const ls_column_retype *retyping) {
    static const char *const zones[] = {
        [LS_ZONE_UNKNOWN] = "unknown", [LS_ZONE_UTC] = "utc", [LS_ZONE_OTHER] = "other"};
    ls_builder *builder = retyping->alteration->builder;
    const ls_data_type *from = &retyping->column.type;
    if (from->known && is_timestamp(from) && is_timestamp(&retyping->to) &&
        !ls_same_text(from->name, retyping->to.name))
        ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_ZONE, zones[builder->time_zone]);
}

/* With the collation where that is what changes. */
static const char *type_in_words(ls_builder *builder, const ls_column_retype *retyping,
                                 const ls_data_type *type, const char *collation) {
    const char *text = ls_type_text(builder->arena, type);
    const char *before = retyping->column.collation, *after = retyping->collation;
    bool changes =
        (before == NULL) != (after == NULL) || (before != NULL && !ls_same_text(before, after));
    if (!changes)
        return text;
    if (collation == NULL)
        return ls_arena_format(builder->arena, "%s COLLATE \"default\"", text);
    return ls_arena_format(builder->arena, "%s COLLATE %s", text, ls_quoted(builder, collation));
}

static void describe_constraint_name(const ls_column_retype *retyping) {
    ls_builder *builder = retyping->alteration->builder;
    const ls_words columns = ls_one_word(builder, retyping->action->name);
    const char *name = ls_choose_constraint_name(builder->catalog, ls_altered(retyping->alteration),
                                                 &columns, "check");
    ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, name));
}

static const ls_catalog_type *enum_of(const ls_catalog *catalog, const ls_data_type *type) {
    const ls_catalog_type *found = ls_catalog_find_type(catalog, type->schema, type->name);
    return found != NULL && found->kind == 'e' && found->birth.known ? found : NULL;
}

static bool has_label(const ls_catalog_type *type, const char *wanted) {
    for (LS_EACH(const ls_enum_label, label, type->labels))
        if (ls_same_text(label->label, wanted))
            return true;
    return false;
}

/* From enum to enum: the labels that are left out, as literals. */
static void describe_labels(const ls_column_retype *retyping) {
    ls_builder *builder = retyping->alteration->builder;
    if (!retyping->column.type.known)
        return;
    const ls_catalog_type *from = enum_of(builder->catalog, &retyping->column.type);
    const ls_catalog_type *to = enum_of(builder->catalog, &retyping->to);
    if (from == NULL || to == NULL)
        return;
    for (LS_EACH(const ls_enum_label, label, from->labels))
        if (!has_label(to, label->label))
            ls_add_word(builder, retyping->effect, LS_ATTRIBUTE_REMOVED,
                        ls_literal(builder, label->label));
    describe_constraint_name(retyping);
}

static const char *fates_in_words(unsigned fates) {
    static const char *const words[] = {
        [LS_FATE_REFUSED] = "the migration fails on the first that does not",
        [LS_FATE_ROUNDED] = "they are rounded",
        [LS_FATE_CUT] = "what does not fit is cut off",
        [LS_FATE_REFUSED | LS_FATE_ROUNDED] = "the migration fails, or they are rounded",
        [LS_FATE_REFUSED | LS_FATE_CUT] = "the migration fails, or part of them is lost",
        [LS_FATE_ROUNDED | LS_FATE_CUT] = "they are rounded or cut",
        [LS_FATE_REFUSED | LS_FATE_ROUNDED | LS_FATE_CUT] =
            "the migration fails, or they are rounded or cut",
    };
    return words[fates];
}

/* What a cast makes of them, which is another than the assignment's, is not told apart. */
static unsigned fates_of(const ls_column_retype *retyping) {
    return retyping->action->expression == NULL ? retyping->change.fates
                                                : LS_FATE_REFUSED | LS_FATE_ROUNDED | LS_FATE_CUT;
}

/* A CHECK keeps the values as short as the new type would, and needs no rewrite. */
static void describe_narrowing(const ls_column_retype *retyping) {
    ls_builder *builder = retyping->alteration->builder;
    ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_WHAT, fates_in_words(fates_of(retyping)));
    ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_CONDITION,
                ls_narrowed_condition(builder->arena, &retyping->column.type, &retyping->to,
                                      ls_quoted(builder, retyping->action->name)));
    describe_constraint_name(retyping);
}

/* `index`: that of a primary key which is this column alone. */
static void describe_primary_key(const ls_column_retype *retyping) {
    ls_builder *builder = retyping->alteration->builder;
    for (LS_EACH(const ls_catalog_constraint, key, ls_altered(retyping->alteration)->constraints)) {
        if (key->kind != LS_CONSTRAINT_PRIMARY_KEY ||
            !ls_has_word(&key->columns, retyping->action->name))
            continue;
        ls_set_flag(builder, retyping->effect, LS_ATTRIBUTE_PRIMARY_KEY, true);
        if (key->columns.count == 1)
            ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_INDEX,
                        ls_quoted(builder, key->name));
    }
}

/* The expression makes the new values out of something else. */
static bool values_are_lost(const ls_column_retype *retyping) {
    const ls_expression *using = retyping->action->expression;
    if (using == NULL)
        return false;
    const ls_words columns = ls_expression_columns(retyping->alteration->builder->arena, using);
    for (LS_EACH(const char *, column, columns))
        if (*column == NULL || ls_same_text(*column, retyping->action->name))
            return false;
    return true;
}

/* varchar(20) to varchar(40) or to text, numeric(8,2) to numeric(12,2). */
static bool only_widens(const ls_data_type *from, const ls_data_type *to) {
    if (!from->known || from->name == NULL || to->name == NULL ||
        from->dimensions != to->dimensions)
        return false;
    return ls_same_text(from->name, to->name) ||
           (ls_same_text(from->name, "varchar") && ls_same_text(to->name, "text"));
}

static bool is_column(const ls_expression *expression, const char *column) {
    return expression->kind == LS_EXPR_COLUMN && expression->names.count > 0 &&
           ls_same_text(expression->names.items[expression->names.count - 1], column);
}

/* USING that says no more than the change does by itself: the column, and between times also the
 * column with a cast. */
static bool says_nothing(const ls_column_retype *retyping) {
    const ls_expression *using = retyping->action->expression;
    const bool is_cast = using->kind == LS_EXPR_CAST && using->arguments.count == 1 &&
                         ls_effect_value(retyping->effect, LS_ATTRIBUTE_ZONE) != NULL;
    return is_column(is_cast ? using->arguments.items[0] : using, retyping->action->name);
}

/* What the new column gets: what USING says; between timestamp and timestamptz not the zone of
 * whatever session fills it, but one that is written out. NULL: the old column as it is. */
static const char *value_of(const ls_column_retype *retyping) {
    ls_builder *builder = retyping->alteration->builder;
    const ls_expression *using = retyping->action->expression;
    if (using != NULL && !says_nothing(retyping))
        return ls_text_of(builder, using->at);
    if (ls_effect_value(retyping->effect, LS_ATTRIBUTE_ZONE) == NULL)
        return NULL;
    return ls_arena_format(builder->arena, "%s AT TIME ZONE 'UTC'",
                           ls_quoted(builder, retyping->action->name));
}

/* The default that this statement or a later one gives to the column of the new type. */
static void describe_new_default(const ls_column_retype *retyping) {
    ls_builder *builder = retyping->alteration->builder;
    const ls_action *given = ls_action_ahead(builder, retyping->alteration->relation,
                                             LS_ALTER_SET_DEFAULT, retyping->action->name);
    if (given != NULL && given->expression != NULL)
        ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_DEFAULT,
                    ls_text_in(builder,
                               ls_source_ahead(builder, retyping->alteration->relation, given),
                               given->expression->at));
}

static void describe_replacement(const ls_column_retype *retyping) {
    ls_alteration *alteration = retyping->alteration;
    ls_builder *builder = alteration->builder;
    ls_describe_replacement(builder, retyping->effect, alteration->relation, retyping->action->name,
                            value_of(retyping));
    ls_set_flag(builder, retyping->effect, LS_ATTRIBUTE_NOT_NULL, retyping->column.not_null);
    ls_set_flag(builder, retyping->effect, LS_ATTRIBUTE_HAS_DEFAULT,
                retyping->column.default_value != NULL);
    describe_new_default(retyping);
    describe_primary_key(retyping);
    ls_set_flag(builder, retyping->effect, LS_ATTRIBUTE_ANALYZED_LATER,
                ls_analyzed_later(builder, alteration->relation));
    const ls_words views = ls_dropped_views(builder, alteration->relation, retyping->action->name);
    ls_set_words(builder, retyping->effect, LS_ATTRIBUTE_RELATIONS, &views);
}

void ls_describe_retype(const ls_column_retype *retyping) {
    ls_builder *builder = retyping->alteration->builder;
    ls_effect *effect = retyping->effect;
    const ls_type_change *change = &retyping->change;
    ls_set_text(builder, effect, LS_ATTRIBUTE_COLUMN, ls_quoted(builder, retyping->action->name));
    if (retyping->column.type.known)
        ls_set_text(
            builder, effect, LS_ATTRIBUTE_FROM,
            type_in_words(builder, retyping, &retyping->column.type, retyping->column.collation));
    ls_set_text(builder, effect, LS_ATTRIBUTE_TO,
                type_in_words(builder, retyping, &retyping->to, retyping->collation));
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHY, change->why);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NARROWS, change->fates != 0);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SAME, change->same);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_WIDENS,
                change->fates == 0 && only_widens(&retyping->column.type, &retyping->to));
    if (change->fates != 0)
        describe_narrowing(retyping);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_COLUMN,
                ls_is_new(builder, &retyping->column.birth));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_VALUES_LOST, values_are_lost(retyping));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PUBLISHED,
                ls_catalog_is_published(builder->catalog, ls_altered(retyping->alteration)));
    describe_zone(retyping);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_USING,
                retyping->action->expression != NULL && !says_nothing(retyping));
    describe_replacement(retyping);
    ls_domain_facts domain = ls_domain_facts_of(builder->catalog, &retyping->to);
    if (domain.has_check || domain.not_null)
        ls_describe_domain(builder, effect, ls_altered(retyping->alteration), &retyping->to,
                           retyping->action->name);
    describe_labels(retyping);
}
