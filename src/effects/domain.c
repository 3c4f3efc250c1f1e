/*
 * domain.c - CREATE DOMAIN and ALTER DOMAIN.
 *
 * A new constraint is checked in every table and materialized view that has a column of the domain,
 * or of a domain over it: SHARE and a scan on each (measured on 12 to 18; domains over domains and
 * materialized views on 15). NOT VALID checks nothing.
 */
#include "effects/domain_condition.h"
#include "effects/families.h"

#include "catalog/dependencies.h"
#include "catalog/names.h"
#include "support/same.h"

/* --- CREATE DOMAIN -------------------------------------------------------------------------- */

/* A domain's checks are named for the domain: d_check. */
static const char *check_name(ls_builder *builder, const ls_catalog_type *domain,
                              const ls_constraint *written) {
    if (written->name)
        return written->name;
    const ls_relation named = {.schema = domain->schema, .name = domain->name};
    const ls_words none = {0};
    return ls_choose_constraint_name(builder->catalog, &named, &none, "check");
}

static void add_check(ls_builder *builder, ls_catalog_type *domain, const ls_constraint *written) {
    const char *text = written->expression ? ls_text_of(builder, written->expression->at) : NULL;
    const ls_catalog_constraint check = {
        .kind = LS_CONSTRAINT_CHECK,
        .text = ls_arena_string(ls_catalog_arena(builder->catalog), text),
        .name = check_name(builder, domain, written),
        .expression = written->expression,
        .valid = !written->not_valid,
        .enforced = true,
        .birth = builder->birth,
        .validated = builder->birth,
    };
    LS_PUSH(ls_catalog_arena(builder->catalog), &domain->constraints, check);
}

static void apply_constraint(ls_builder *builder, ls_catalog_type *domain,
                             const ls_constraint *written) {
    if (written->kind == LS_CONSTRAINT_NOT_NULL)
        domain->not_null = true;
    else if (written->kind == LS_CONSTRAINT_DEFAULT)
        domain->default_value = ls_kept_default(builder, &domain->base, written->expression);
    else if (written->kind == LS_CONSTRAINT_CHECK)
        add_check(builder, domain, written);
}

/* A domain over a domain starts with that one's default (measured on 15). */
static const ls_expression *default_of_base(const ls_builder *builder, const ls_data_type *base) {
    const ls_catalog_type *type = ls_catalog_find_type(builder->catalog, base->schema, base->name);
    return type && type->kind == 'd' && base->dimensions == 0 ? type->default_value : NULL;
}

void ls_effects_of_create_domain(ls_builder *builder, const ls_create_domain *create) {
    const ls_catalog_type *there = ls_catalog_find_type(
        builder->catalog, ls_schema_of(builder, &create->name), create->name.name);
    if (there && there->birth.known) {
        ls_refuse(builder, create->name.at, "type \"%s\" already exists", create->name.name);
        return;
    }
    ls_catalog_type *domain = ls_catalog_create_type(builder->catalog, 'd', create->name.schema,
                                                     create->name.name, builder->birth);
    domain->base = ls_catalog_resolve_type(builder->catalog, create->type);
    domain->collation = create->collation;
    domain->default_value = default_of_base(builder, &domain->base);
    for (LS_EACH(const ls_constraint, constraint, create->constraints))
        apply_constraint(builder, domain, constraint);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_CREATE_DOMAIN, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, ls_shown_name(builder, &create->name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_CONSTRAINED,
                domain->not_null || domain->constraints.count > 0);
}

/* --- Who uses it ---------------------------------------------------------------------------- */

enum { DOMAIN_DEPTH = 20 }; /* domains over domains; deeper ones are not followed */

static void collect_users(ls_builder *builder, const ls_catalog_type *domain,
                          ls_relation_ids *users, int depth) {
    const ls_dependencies dependents =
        ls_dependents_of_type(builder->arena, builder->catalog, domain);
    for (LS_EACH(const ls_dependency, dependent, dependents)) {
        if (dependent->kind == LS_DEPENDS_TYPE && depth < DOMAIN_DEPTH) {
            const ls_catalog_type *above =
                ls_catalog_find_type(builder->catalog, dependent->schema, dependent->name);
            if (above)
                collect_users(builder, above, users, depth + 1);
            continue;
        }
        const ls_relation *relation = ls_relation_of(builder, dependent->relation);
        if (dependent->kind == LS_DEPENDS_COLUMN && relation &&
            (relation->kind == LS_RELATION_TABLE ||
             relation->kind == LS_RELATION_MATERIALIZED_VIEW))
            LS_PUSH(builder->arena, users, relation->id);
    }
}

static bool is_before(const ls_relation_ids *users, size_t number) {
    for (size_t i = 0; i < number; i++)
        if (users->items[i] == users->items[number])
            return true;
    return false;
}

static ls_relation_ids users_of(ls_builder *builder, const ls_catalog_type *domain) {
    ls_relation_ids all = {0}, users = {0};
    collect_users(builder, domain, &all, 0);
    for (size_t i = 0; i < all.count; i++)
        if (!is_before(&all, i))
            LS_PUSH(builder->arena, &users, all.items[i]);
    return users;
}

/* --- ALTER DOMAIN --------------------------------------------------------------------------- */

static const char *action_name(ls_domain_action action) {
    static const char *const names[] = {
        [LS_DOMAIN_SET_DEFAULT] = "set_default",
        [LS_DOMAIN_DROP_DEFAULT] = "drop_default",
        [LS_DOMAIN_SET_NOT_NULL] = "set_not_null",
        [LS_DOMAIN_DROP_NOT_NULL] = "drop_not_null",
        [LS_DOMAIN_ADD_CONSTRAINT] = "add_constraint",
        [LS_DOMAIN_DROP_CONSTRAINT] = "drop_constraint",
        [LS_DOMAIN_VALIDATE_CONSTRAINT] = "validate_constraint",
    };
    return names[action];
}

static bool checks_rows(const ls_alter_domain *alter, const ls_catalog_type *domain) {
    switch (alter->action) {
    case LS_DOMAIN_SET_NOT_NULL:
        return !domain || !domain->not_null;
    case LS_DOMAIN_ADD_CONSTRAINT:
        return alter->constraint && !alter->constraint->not_valid;
    case LS_DOMAIN_VALIDATE_CONSTRAINT:
        return true;
    default:
        return false;
    }
}

static void check_users(ls_builder *builder, ls_effect *effect, const ls_relation_ids *users) {
    for (LS_EACH(const ls_relation_id, user, *users)) {
        ls_take_lock(builder, *user, LS_SHARE, builder->statement->at);
        ls_scan(builder, *user, builder->statement->at);
    }
    ls_set_work(builder, effect, LS_WORK_SCAN);
}

static void describe(ls_builder *builder, const ls_alter_domain *alter, ls_effect *effect,
                     const ls_catalog_type *domain) {
    const char *constraint = alter->constraint ? alter->constraint->name : alter->constraint_name;
    ls_set_text(builder, effect, LS_ATTRIBUTE_TYPE, ls_shown_name(builder, &alter->name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION, action_name(alter->action));
    if (constraint)
        ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, constraint));
    if (alter->constraint)
        ls_set_flag(builder, effect, LS_ATTRIBUTE_NOT_VALID, alter->constraint->not_valid);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NEW_TYPE,
                domain && ls_is_new(builder, &domain->birth));
}

static void remove_check(ls_catalog_type *domain, const char *name) {
    uint32_t kept = 0;
    for (size_t i = 0; i < domain->constraints.count; i++)
        if (!ls_same_text(domain->constraints.items[i].name, name))
            domain->constraints.items[kept++] = domain->constraints.items[i];
    domain->constraints.count = kept;
}

static void validate_check(ls_builder *builder, ls_catalog_type *domain, const char *name) {
    for (LS_EACH(ls_catalog_constraint, check, domain->constraints))
        if (ls_same_text(check->name, name)) {
            check->valid = true;
            check->validated = builder->birth;
        }
}

static void apply(ls_builder *builder, const ls_alter_domain *alter, ls_catalog_type *domain) {
    switch (alter->action) {
    case LS_DOMAIN_SET_DEFAULT:
        domain->default_value = ls_kept_default(builder, &domain->base, alter->default_value);
        break;
    case LS_DOMAIN_DROP_DEFAULT:
        domain->default_value = NULL;
        break;
    case LS_DOMAIN_SET_NOT_NULL:
    case LS_DOMAIN_DROP_NOT_NULL:
        domain->not_null = alter->action == LS_DOMAIN_SET_NOT_NULL;
        break;
    case LS_DOMAIN_ADD_CONSTRAINT:
        if (alter->constraint)
            apply_constraint(builder, domain, alter->constraint);
        break;
    case LS_DOMAIN_DROP_CONSTRAINT:
        remove_check(domain, alter->constraint_name);
        break;
    case LS_DOMAIN_VALIDATE_CONSTRAINT:
        validate_check(builder, domain, alter->constraint_name);
        break;
    }
}

/* The one column of the domain in the table; NULL if there are several. */
static const ls_catalog_column *only_column(const ls_relation *table,
                                            const ls_catalog_type *domain) {
    const ls_catalog_column *only = NULL;
    for (LS_EACH(const ls_catalog_column, column, table->columns)) {
        if (!column->type.known || !ls_same_text(column->type.name, domain->name))
            continue;
        if (only)
            return NULL;
        only = column;
    }
    return only;
}

static const char *new_condition(ls_builder *builder, const ls_alter_domain *alter,
                                 const ls_catalog_type *domain, const char *column) {
    if (alter->action == LS_DOMAIN_SET_NOT_NULL)
        return ls_arena_format(builder->arena, "%s IS NOT NULL", column);
    if (alter->constraint && alter->constraint->expression)
        return ls_condition_on(builder, ls_text_of(builder, alter->constraint->expression->at),
                               column);
    for (LS_EACH(const ls_catalog_constraint, check, domain->constraints))
        if (alter->constraint_name && ls_same_text(check->name, alter->constraint_name))
            return ls_condition_on(builder, check->text, column);
    return NULL;
}

/* What says the same of the one column that has the type. */
static void describe_only_user(ls_builder *builder, const ls_alter_domain *alter, ls_effect *effect,
                               const ls_catalog_type *domain, ls_relation_id user) {
    const ls_relation *table = ls_relation_of(builder, user);
    const ls_catalog_column *column = only_column(table, domain);
    if (!column || table->kind != LS_RELATION_TABLE)
        return;
    const char *shown = ls_quoted(builder, column->name);
    const ls_words columns = ls_one_word(builder, column->name);
    const char *check = ls_choose_constraint_name(builder->catalog, table, &columns, "check");
    ls_set_text(builder, effect, LS_ATTRIBUTE_OTHER, ls_shown(builder, user));
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONDITION,
                new_condition(builder, alter, domain, shown));
    ls_set_text(builder, effect, LS_ATTRIBUTE_NEW_NAME, ls_quoted(builder, check));
}

void ls_effects_of_alter_domain(ls_builder *builder, const ls_alter_domain *alter) {
    const ls_catalog_type *domain =
        ls_catalog_find_type(builder->catalog, alter->name.schema, alter->name.name);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_ALTER_DOMAIN, builder->statement->at, 0);
    describe(builder, alter, effect, domain);
    const bool checks = checks_rows(alter, domain);
    if (!domain) {
        ls_assume(builder, "domain %s is not in the history: the tables that use it are not known",
                  ls_shown_name(builder, &alter->name));
        ls_add_word(builder, effect, LS_ATTRIBUTE_USERS, "every table that uses it");
        if (checks)
            ls_set_work(builder, effect, LS_WORK_SCAN);
        return;
    }
    const ls_relation_ids users = users_of(builder, domain);
    if (checks && users.count == 1)
        describe_only_user(builder, alter, effect, domain, users.items[0]);
    for (LS_EACH(const ls_relation_id, user, users))
        ls_add_word(builder, effect, LS_ATTRIBUTE_USERS, ls_shown(builder, *user));
    if (checks && users.count > 0)
        check_users(builder, effect, &users);
    apply(builder, alter, ls_catalog_edit_type(builder->catalog, domain));
}
