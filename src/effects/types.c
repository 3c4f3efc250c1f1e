/*
 * types.c - what ALTER COLUMN TYPE costs.
 *
 * The conversion is followed as the server builds and simplifies it: first what casts the old type
 * to the base type of the new one (pg_cast, the text form, or element by element), then the
 * domain's modifiers and constraints, then the length coercion for the new modifiers. The table is
 * rewritten unless every step is dropped: a binary cast, a length coercion that its support
 * function finds idle, a domain without constraints, timestamp <-> timestamptz under UTC. A USING
 * expression that is a chain of casts of the column is followed in the same way; any other is
 * computed for every row. (ATPrepAlterColumnType, ATColumnChangeRequiresRewrite; measured on 11 to
 * 18, and for all pairs of testdata/facts/type-changes-15.tsv on 15.)
 *
 * What is not rewritten may still need its indexes built again: when the default btree operator
 * class or the collation differs (CheckIndexCompatible).
 */
#include "effects/types.h"

#include "effects/type_facts.h"
#include "support/same.h"

enum {
    CASTS_DEEP = 32,
    COLLATE_DROPPED_SINCE = 15, /* USING column COLLATE: measured on 15; before it is not known */
};

/* A value on its way from the old column to the new one. */
typedef struct {
    const ls_type_world *world;
    ls_data_type type; /* so far */
    ls_type_work work;
    bool zone_decides; /* the TimeZone is not known, and nothing else makes a rewrite */
    bool refused;      /* there is no cast in that context */
    const char *reason;
} conversion;

bool ls_same_type(const ls_data_type *one, const ls_data_type *other) {
    if (one->name == NULL || !ls_same_name(one->name, other->name) ||
        (one->dimensions > 0) != (other->dimensions > 0))
        return false;
    return !one->schema || !other->schema || ls_same_text(one->schema, other->schema);
}

static ls_data_type without_modifiers(ls_data_type type) {
    type.modifier_count = 0;
    return type;
}

static ls_data_type element_of(ls_data_type type) {
    type.dimensions = 0;
    return type;
}

static bool is_string(const ls_data_type *type) {
    const ls_type_facts *facts = type->dimensions > 0 ? NULL : ls_type_facts_of(type);
    return facts && facts->category == 'S';
}

static bool is_known(const ls_data_type *type) {
    return type->known || ls_type_facts_of(type);
}

/* Every type has a text form: it is assigned to strings, and read from them when asked to. */
static ls_cast_method text_form_cast(const ls_data_type *from, const ls_data_type *to,
                                     ls_cast_context context) {
    bool possible = is_string(to) ? context >= LS_CAST_ASSIGNMENT
                                  : is_string(from) && context == LS_CAST_EXPLICIT;
    return possible ? LS_CAST_TEXT_FORM : LS_CAST_NONE;
}

static ls_cast_method scalar_cast(const ls_data_type *from, const ls_data_type *to,
                                  ls_cast_context context) {
    if (!is_known(from) || !is_known(to))
        return LS_CAST_UNKNOWN;
    bool both_scalar = from->dimensions == 0 && to->dimensions == 0;
    if (both_scalar && ls_type_facts_of(from) && ls_type_facts_of(to)) {
        ls_cast_method listed = ls_listed_cast(from->name, to->name, context);
        if (listed != LS_CAST_UNKNOWN)
            return listed;
    }
    return text_form_cast(from, to, context);
}

/* How a value is cast, domains on both sides looked through (find_coercion_pathway). */
static ls_cast_method find_cast(const ls_catalog *catalog, const ls_data_type *from,
                                const ls_data_type *to, ls_cast_context context) {
    ls_data_type from_base = ls_base_type(catalog, from), to_base = ls_base_type(catalog, to);
    if (ls_same_type(&from_base, &to_base))
        return LS_CAST_BINARY;
    if (from_base.dimensions == 0 || to_base.dimensions == 0)
        return scalar_cast(&from_base, &to_base, context);
    ls_data_type from_element = element_of(from_base), to_element = element_of(to_base);
    ls_data_type from_inner = ls_base_type(catalog, &from_element);
    ls_data_type to_inner = ls_base_type(catalog, &to_element);
    if (ls_same_type(&from_inner, &to_inner))
        return LS_CAST_ELEMENTS;
    ls_cast_method element = scalar_cast(&from_inner, &to_inner, context);
    bool possible = element != LS_CAST_NONE && element != LS_CAST_UNKNOWN;
    return possible ? LS_CAST_ELEMENTS : element;
}

static void rewrite(conversion *value, const char *reason) {
    if (value->work == LS_TYPE_REWRITES)
        return;
    value->work = LS_TYPE_REWRITES;
    value->zone_decides = false;
    value->reason = reason;
}

static void give_up(conversion *value, const char *reason) {
    if (value->work == LS_TYPE_REWRITES)
        return;
    value->work = LS_TYPE_WORK_UNKNOWN;
    value->reason = reason;
}

static bool shifts_zone(const ls_data_type *from, const ls_data_type *to) {
    const char *one = from->name, *other = to->name;
    return (ls_same_text(one, "timestamp") && ls_same_text(other, "timestamptz")) ||
           (ls_same_text(one, "timestamptz") && ls_same_text(other, "timestamp"));
}

static void convert_by_function(conversion *value, const ls_data_type *from,
                                const ls_data_type *to) {
    if (!shifts_zone(from, to) || value->world->time_zone == LS_ZONE_OTHER) {
        rewrite(value, shifts_zone(from, to) ? "shifts every value by the session's TimeZone"
                                             : "converts every value");
        return;
    }
    if (value->world->time_zone == LS_ZONE_UNKNOWN && value->work == LS_TYPE_KEEPS) {
        give_up(value, "rewrites the table unless the session's TimeZone is UTC");
        value->zone_decides = true;
    }
}

static void convert(conversion *value, const ls_data_type *to, ls_cast_context context) {
    const ls_catalog *catalog = value->world->catalog;
    ls_data_type from_base = ls_base_type(catalog, &value->type);
    ls_data_type to_base = ls_base_type(catalog, to);
    switch (find_cast(catalog, &value->type, to, context)) {
    case LS_CAST_BINARY:
        break;
    case LS_CAST_FUNCTION:
        convert_by_function(value, &from_base, &to_base);
        break;
    case LS_CAST_TEXT_FORM:
        rewrite(value, "converts every value through its text form");
        break;
    case LS_CAST_ELEMENTS:
        rewrite(value, "converts every element of every array");
        break;
    case LS_CAST_NONE:
        value->refused = true;
        rewrite(value, "converts every value");
        break;
    case LS_CAST_UNKNOWN:
        give_up(value, "is a change between types that the history does not tell enough about");
        break;
    }
}

static void apply_modifiers(conversion *value, const ls_data_type *to) {
    if (!ls_modifiers_are_kept(&value->type, to))
        rewrite(value, "checks every value against the new limit");
}

/* A domain's own modifiers are applied first, to the old value if its cast costs nothing. */
static void enter_domain(conversion *value, const ls_data_type *from, const ls_data_type *to) {
    ls_domain_facts domain = ls_domain_facts_of(value->world->catalog, to);
    if (!domain.is_domain)
        return;
    ls_data_type base = ls_base_type(value->world->catalog, to);
    ls_data_type before = ls_same_type(from, &base) ? *from : without_modifiers(base);
    if (!ls_modifiers_are_kept(&before, &base))
        rewrite(value, "checks every value against the domain's limit");
    if (domain.has_check || domain.not_null)
        rewrite(value, "checks every value against the domain's constraints");
}

/* One cast of the value, as coerce_to_target_type builds it. */
static void coerce(conversion *value, const ls_data_type *to, ls_cast_context context) {
    if (!ls_same_type(&value->type, to)) {
        ls_data_type from = value->type;
        convert(value, to, context);
        enter_domain(value, &from, to);
        value->type = without_modifiers(*to);
    }
    apply_modifiers(value, to);
    value->type = *to;
}

static bool names_column(const ls_expression *expression, const char *column) {
    size_t count = expression->names.count;
    return !expression->star && count > 0 && column &&
           ls_same_text(expression->names.items[count - 1], column);
}

/* Follows a chain of casts of the column; false if the expression is anything else. */
static bool follow_casts(conversion *value, const ls_expression *expression, const char *column,
                         int depth) {
    if (expression->kind == LS_EXPR_COLUMN)
        return names_column(expression, column);
    bool is_cast = expression->kind == LS_EXPR_CAST && expression->type;
    bool is_collation =
        expression->kind == LS_EXPR_COLLATE && value->world->postgres >= COLLATE_DROPPED_SINCE;
    if (!(is_cast || is_collation) || expression->arguments.count != 1 || depth >= CASTS_DEEP)
        return false;
    if (!follow_casts(value, expression->arguments.items[0], column, depth + 1))
        return false;
    if (is_collation)
        return true;
    ls_data_type to = ls_catalog_resolve_type(value->world->catalog, expression->type);
    coerce(value, &to, LS_CAST_EXPLICIT);
    return true;
}

/* The class that a btree index on the column sorts by: that of the base type. Arrays, enums and
 * ranges share polymorphic classes, whose indexes are tied to the very type of the column. */
static const char *order_of(const ls_catalog *catalog, const ls_data_type *type) {
    ls_data_type base = ls_base_type(catalog, type);
    const ls_type_facts *facts = base.dimensions > 0 ? NULL : ls_type_facts_of(&base);
    if (!facts || facts->category == 'R')
        return type->name;
    return facts->order;
}

static bool sorts_alike(const ls_catalog *catalog, const ls_data_type *from,
                        const ls_data_type *to) {
    const char *one = order_of(catalog, from), *other = order_of(catalog, to);
    return !one || !other || ls_same_text(one, other);
}

static const char *effective_collation(const ls_catalog *catalog, const ls_data_type *type,
                                       const char *collation) {
    if (collation)
        return collation;
    const ls_catalog_type *domain =
        ls_type_facts_of(type) ? NULL : ls_catalog_find_type(catalog, type->schema, type->name);
    return domain && domain->collation ? domain->collation : "default";
}

static bool same_collation(const ls_catalog *catalog, const ls_data_type *from,
                           const char *from_collation, const ls_data_type *to,
                           const char *to_collation) {
    return ls_same_text(effective_collation(catalog, from, from_collation),
                        effective_collation(catalog, to, to_collation));
}

/* A type of which no other type has the stored form: whatever the column was, it is converted. */
static bool only_itself_is_kept(const ls_catalog *catalog, const ls_data_type *type) {
    const ls_type_facts *facts = ls_type_facts_of(type);
    if (!facts || type->dimensions > 0)
        return ls_domain_facts_of(catalog, type).has_check;
    return type->modifier_count == 0 && !ls_has_binary_sources(type->name) &&
           facts->modifiers == LS_MODIFIER_NONE;
}

static void convert_unknown(conversion *value, const ls_data_type *to) {
    if (only_itself_is_kept(value->world->catalog, to))
        rewrite(value, "converts every value, whatever type it had");
    else
        give_up(value, "is a change from a type that the history does not tell");
}

static void run(conversion *value, const ls_data_type *to, const ls_expression *using_expression,
                const char *column) {
    if (using_expression && !follow_casts(value, using_expression, column, 0)) {
        rewrite(value, "computes every value anew with the USING expression");
        return;
    }
    if (!is_known(&value->type) && !ls_same_type(&value->type, to))
        convert_unknown(value, to);
    else
        coerce(value, to, LS_CAST_ASSIGNMENT);
}

static bool cannot_be_assigned(const ls_type_world *world, const ls_data_type *from,
                               const ls_data_type *to) {
    return !ls_same_type(from, to) &&
           find_cast(world->catalog, from, to, LS_CAST_ASSIGNMENT) == LS_CAST_NONE;
}

static unsigned fates(const ls_type_world *world, const ls_data_type *from,
                      const ls_data_type *to) {
    if (!is_known(from) || (ls_same_type(from, to) && ls_same_modifiers(from, to)))
        return 0;
    ls_data_type from_base = ls_base_type(world->catalog, from);
    ls_data_type to_base = ls_base_type(world->catalog, to);
    return ls_fates_of_change(&from_base, &to_base);
}

static const char *explain(ls_arena *arena, const ls_data_type *from, const ls_data_type *to,
                           const ls_type_change *change, const char *reason) {
    if (change->same)
        return ls_arena_format(arena, "the type is %s already", ls_type_text(arena, to));
    const char *from_text = is_known(from) ? ls_type_text(arena, from) : "an unknown type";
    return ls_arena_format(arena, "%s to %s %s", from_text, ls_type_text(arena, to), reason);
}

ls_type_change ls_judge_type_change(const ls_type_world *world, const ls_data_type *from,
                                    const char *from_collation, const ls_data_type *to,
                                    const char *to_collation, const ls_expression *using_expression,
                                    const char *column, ls_arena *arena) {
    conversion value = {.world = world, .type = *from, .work = LS_TYPE_KEEPS};
    run(&value, to, using_expression, column);
    bool collated = same_collation(world->catalog, from, from_collation, to, to_collation);
    ls_type_change change = {
        .work = value.work,
        .fates = fates(world, from, to),
        .needs_using = cannot_be_assigned(world, from, to),
        .depends_on_zone = value.zone_decides,
    };
    const char *reason = value.reason ? value.reason : "keeps what is stored";
    if (value.work == LS_TYPE_KEEPS) {
        bool ordered = sorts_alike(world->catalog, from, to);
        change.same = collated && ls_same_type(from, to) && ls_same_modifiers(from, to);
        if (!ordered || !collated)
            change.work = LS_TYPE_REBUILDS_INDEXES;
        if (!ordered)
            reason = "keeps what is stored, but indexes sort it in another way";
        else if (!collated)
            reason = "keeps what is stored, but under another collation";
    }
    change.why = explain(arena, from, to, &change, reason);
    return change;
}
