/*
 * type_comparison.c - can a foreign key compare the two types?
 *
 * PostgreSQL wants an equality operator of the referenced index's operator family for the pair, or
 * an implicit cast from the referencing type to the referenced one (ATAddForeignKeyConstraint).
 */
#include "effects/type_facts.h"
#include "effects/types.h"
#include "support/same.h"

/* btree operator families with operators across types: pg_amop of PostgreSQL 15; name and text
 * are one family from 12 on. */
static const char *const families[] = {
    " int2 int4 int8 ",
    " float4 float8 ",
    " date timestamp timestamptz ",
    " text varchar name ",
};

static bool share_family(const char *one, const char *other) {
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (ls_lists_name(families[i], one) && ls_lists_name(families[i], other))
            return true;
    return false;
}

static bool casts_implicitly(const ls_data_type *from, const ls_data_type *to) {
    const ls_type_facts *facts = ls_type_facts_of(to);
    const char *compared = facts->order ? facts->order : to->name;
    if (ls_same_text(from->name, compared))
        return true;
    ls_cast_method method = ls_listed_cast(from->name, compared, LS_CAST_IMPLICIT);
    return method != LS_CAST_NONE && method != LS_CAST_UNKNOWN;
}

/* The operators of enums take anyenum, which no domain matches (measured on 15). */
static bool is_domain_over_enum(const ls_catalog *catalog, const ls_data_type *type,
                                const ls_data_type *base) {
    if (ls_same_type(type, base) || base->dimensions > 0)
        return false;
    const ls_catalog_type *found = ls_catalog_find_type(catalog, base->schema, base->name);
    return found && found->kind == 'e';
}

bool ls_types_comparable(const ls_catalog *catalog, const ls_data_type *one,
                         const ls_data_type *other) {
    ls_data_type from = ls_base_type(catalog, one), to = ls_base_type(catalog, other);
    const ls_type_facts *from_facts = ls_type_facts_of(&from), *to_facts = ls_type_facts_of(&to);
    bool known = (from_facts || from.known) && (to_facts || to.known);
    if (!known)
        return true;
    if (is_domain_over_enum(catalog, one, &from) || is_domain_over_enum(catalog, other, &to))
        return false;
    if (ls_same_type(&from, &to))
        return true;
    if (from.dimensions > 0 || to.dimensions > 0 || !from_facts || !to_facts)
        return false;
    return share_family(from.name, to.name) || casts_implicitly(&from, &to);
}
