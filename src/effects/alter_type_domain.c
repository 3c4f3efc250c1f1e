/*
 * alter_type_domain.c - what a domain asks of a column that gets it as its type.
 *
 * PostgreSQL verifies a domain's CHECKs for every row, even where a CHECK of the table says the
 * same: the proof tells only that the statement will not fail for it.
 */
#include "effects/alter.h"

#include "effects/predicates.h"

enum { DOMAINS_DEEP = 32 }; /* as in domains.c */

static bool has_equal_check(const ls_relation *table, const char *column,
                            const ls_expression *asked) {
    for (LS_EACH(const ls_catalog_constraint, own, table->constraints))
        if (own->kind == LS_CONSTRAINT_CHECK && own->valid && own->enforced &&
            ls_check_says_of_column(own->expression, column, asked))
            return true;
    return false;
}

static bool is_guaranteed(const ls_relation *table, const ls_catalog_column *column,
                          const ls_catalog_type *domain) {
    if (domain->not_null && !ls_is_proven_not_null(table, column->name))
        return false;
    for (LS_EACH(const ls_catalog_constraint, asked, domain->constraints))
        if (!has_equal_check(table, column->name, asked->expression))
            return false;
    return true;
}

void ls_describe_domain(ls_alteration *alteration, ls_effect *effect,
                        const ls_catalog_column *column, const ls_data_type *to) {
    ls_builder *builder = alteration->builder;
    ls_domain_facts facts = ls_domain_facts_of(builder->catalog, to);
    if (!facts.has_check && !facts.not_null)
        return;
    bool proven = true;
    const ls_catalog_type *domain = ls_domain_of(builder->catalog, to);
    for (int depth = 0; depth < DOMAINS_DEEP && domain != NULL && proven; depth++) {
        proven = is_guaranteed(ls_altered(alteration), column, domain);
        domain = ls_domain_of(builder->catalog, &domain->base);
    }
    ls_set_text(builder, effect, LS_ATTRIBUTE_DOMAIN, ls_type_text(builder->arena, to));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_DOMAIN_NOT_NULL, facts.not_null);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_PROVEN, proven);
}
