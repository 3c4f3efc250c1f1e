/*
 * type_modifiers.c - the numbers in a type's parentheses.
 *
 * PostgreSQL drops a length coercion that cannot change a value: a support function beside the
 * coercion function decides (prosupport: varchar_support, varbit_support, numeric_support,
 * timestamp_support, time_support, interval_support). char(n) and bit(n) have none. The decisions
 * here follow them; measured on 11 to 18 for every row of the oracle, and for the whole matrix of
 * testdata/facts/type-changes-15.tsv on 15.
 */
#include "effects/type_facts.h"

#include <string.h>

enum {
    WHOLE_RANGE = 0x7FFF,   /* INTERVAL_FULL_RANGE: no fields were named */
    ANY_PRECISION = 0xFFFF, /* INTERVAL_FULL_PRECISION: no digits were named */
    MICROSECONDS = 6,       /* the most digits of a second that are stored */
    UNLIMITED = -1,
};

/* INTERVAL_MASK of the fields, from the finest to the coarsest (utils/timestamp.h). */
static const int interval_fields[] = {1 << 12, 1 << 11, 1 << 10, 1 << 3, 1 << 1, 1 << 2};
enum { INTERVAL_FIELDS = sizeof interval_fields / sizeof *interval_fields };

/* 0 for seconds, which no field range at all means too, up to 5 for years. */
static int finest_field(const ls_data_type *type) {
    if (type->modifier_count == 0 || type->modifiers[0] == WHOLE_RANGE)
        return 0;
    for (int field = 0; field < INTERVAL_FIELDS; field++)
        if (type->modifiers[0] & interval_fields[field])
            return field;
    return 0;
}

static int interval_precision(const ls_data_type *type) {
    return type->modifier_count > 1 ? type->modifiers[1] : ANY_PRECISION;
}

static bool interval_is_kept(const ls_data_type *from, const ls_data_type *to) {
    int from_field = finest_field(from), to_precision = interval_precision(to);
    if (finest_field(to) > from_field)
        return false;
    return from_field > 0 || to_precision >= MICROSECONDS ||
           to_precision >= interval_precision(from);
}

static int limit_of(const ls_data_type *type) {
    return type->modifier_count > 0 ? type->modifiers[0] : UNLIMITED;
}

static int scale_of(const ls_data_type *type) {
    return type->modifier_count > 1 ? type->modifiers[1] : 0;
}

static bool numeric_is_kept(const ls_data_type *from, const ls_data_type *to) {
    return from->modifier_count > 0 && scale_of(to) == scale_of(from) &&
           limit_of(to) >= limit_of(from);
}

bool ls_same_modifiers(const ls_data_type *one, const ls_data_type *other) {
    if (one->modifier_count == 0 || other->modifier_count == 0)
        return one->modifier_count == other->modifier_count;
    if (one->modifiers[0] != other->modifiers[0])
        return false;
    if (strcmp(one->name, "interval") == 0)
        return interval_precision(one) == interval_precision(other);
    return scale_of(one) == scale_of(other);
}

bool ls_modifiers_are_kept(const ls_data_type *from, const ls_data_type *to) {
    if (to->modifier_count == 0 || ls_same_modifiers(from, to))
        return true;
    const ls_type_facts *facts = ls_type_facts_of(to);
    if (!facts || to->dimensions > 0)
        return false;
    bool limited = from->modifier_count > 0;
    switch (facts->modifiers) {
    case LS_MODIFIER_LENGTH:
        return limited && limit_of(from) <= limit_of(to);
    case LS_MODIFIER_NUMERIC:
        return numeric_is_kept(from, to);
    case LS_MODIFIER_FRACTION:
        return limit_of(to) >= MICROSECONDS || (limited && limit_of(to) >= limit_of(from));
    case LS_MODIFIER_INTERVAL:
        return interval_is_kept(from, to);
    case LS_MODIFIER_FIXED_LENGTH:
    case LS_MODIFIER_NONE:
        return false;
    }
    return false;
}
