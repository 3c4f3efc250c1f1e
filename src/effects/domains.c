/*
 * domains.c - what lies under a domain, and what it asks of a value.
 *
 * A domain may be over a domain; the chain is followed to its end. A history that was read wrong
 * could close it to a circle, hence the limit.
 */
#include "effects/type_facts.h"
#include "effects/types.h"

enum { DOMAINS_DEEP = 32 };

static const ls_catalog_type *domain_of(const ls_catalog *catalog, const ls_data_type *type) {
    if (type->dimensions > 0 || !type->name || ls_type_facts_of(type))
        return NULL;
    const ls_catalog_type *found = ls_catalog_find_type(catalog, type->schema, type->name);
    return found && found->kind == 'd' ? found : NULL;
}

ls_data_type ls_base_type(const ls_catalog *catalog, const ls_data_type *type) {
    ls_data_type base = *type;
    const ls_catalog_type *domain;
    for (int depth = 0; depth < DOMAINS_DEEP && (domain = domain_of(catalog, &base)); depth++)
        base = domain->base;
    return base;
}

ls_domain_facts ls_domain_facts_of(const ls_catalog *catalog, const ls_data_type *type) {
    ls_domain_facts facts = {0};
    const ls_catalog_type *domain = domain_of(catalog, type);
    for (int depth = 0; depth < DOMAINS_DEEP && domain; depth++) {
        facts.is_domain = true;
        facts.has_check |= domain->constraints.count > 0;
        facts.not_null |= domain->not_null;
        if (!facts.default_value)
            facts.default_value = domain->default_value;
        domain = domain_of(catalog, &domain->base);
    }
    return facts;
}
