/*
 * type_narrowing.c - which type changes can refuse, cut or round a value.
 *
 * Three questions in this order: do the modifiers alone tell, does the new type's room for the old
 * one's text or digits, is the pair in the table. A pair that none of them knows does not narrow.
 */
#include "effects/type_facts.h"

#include "support/same.h"

enum { UNLIMITED = 1 << 20 }; /* more digits or characters than any limit */

/* Digits before the point that every value of an integer type has room in, and digits that always
 * fit into it (documentation 8.1). */
typedef struct {
    const char *name;
    int needs, holds;
} integer_facts;

static const integer_facts integers[] = {{"int2", 5, 4}, {"int4", 10, 9}, {"int8", 19, 18}};

enum {
    REFUSED = LS_FATE_REFUSED,
    ROUNDED = LS_FATE_ROUNDED,
    CUT = LS_FATE_CUT,
    ANY = REFUSED | ROUNDED | CUT /* only an explicit cast converts, or a number becomes another */
};

/* Documentation 8.1 to 8.9 and 8.14: ranges, precision and what the conversions drop; what becomes
 * of values that do not fit is measured on 15. */
static const struct {
    const char *from, *to; /* names, each between blanks */
    unsigned fates;
} narrowing[] = {
    {" int4 ", " int2 ", REFUSED},
    {" int4 ", " float4 ", ROUNDED},
    {" int8 ", " int2 int4 oid money ", REFUSED},
    {" int8 ", " float4 float8 ", ROUNDED},
    {" float4 ", " int2 int4 int8 ", REFUSED | ROUNDED},
    {" float4 float8 ", " numeric ", ROUNDED},
    {" float8 ", " float4 int2 int4 int8 ", REFUSED | ROUNDED},
    {" numeric ", " float4 float8 money ", REFUSED | ROUNDED},
    {" oid ", " int4 ", ANY},
    {" int4 ", " oid ", ANY},
    {" date ", " time timetz ", ANY},
    {" timestamp ", " date time timetz ", CUT},
    {" timestamptz ", " date time timetz ", CUT},
    {" timetz ", " time ", CUT},
    {" interval ", " time ", CUT},
    {" inet ", " cidr ", CUT},
    {" macaddr8 ", " macaddr ", REFUSED},
    {" json ", " jsonb ", REFUSED | CUT},
    {" jsonb ", " bool int2 int4 int8 float4 float8 numeric ", ANY},
    {" xid8 ", " xid ", ANY},
    {" text varchar bpchar citext ", " name char ", CUT},
    {" name ", " char ", ANY},
    {" polygon ", " box circle point path ", ANY},
    {" circle ", " box point polygon ", ANY},
    {" box ", " circle lseg point ", ANY},
    {" int2 int4 int8 ", " bool char bit ", ANY},
};

static unsigned fates_of_pair(const char *from, const char *to) {
    for (size_t i = 0; i < sizeof narrowing / sizeof *narrowing; i++)
        if (ls_lists_name(narrowing[i].from, from) && ls_lists_name(narrowing[i].to, to))
            return narrowing[i].fates;
    return 0;
}

static const integer_facts *integer_of(const ls_data_type *type) {
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
        if (ls_same_text(integers[i].name, type->name))
            return &integers[i];
    return NULL;
}

static bool is_numeric(const ls_data_type *type) {
    return ls_same_text(type->name, "numeric");
}

static int scale_of(const ls_data_type *type) {
    if (type->modifier_count == 0)
        return UNLIMITED;
    return type->modifier_count > 1 ? type->modifiers[1] : 0;
}

static int whole_digits(const ls_data_type *type) {
    return type->modifier_count == 0 ? UNLIMITED : type->modifiers[0] - scale_of(type);
}

static unsigned fates_of_decimals(const ls_data_type *from, const ls_data_type *to) {
    if (to->modifier_count == 0)
        return 0;
    const bool is_rounded = scale_of(to) < scale_of(from);
    const int left = whole_digits(to) - whole_digits(from);
    /* 99.99 rounded to one place needs a digit more before the point. */
    const bool is_refused = left < 0 || (is_rounded && left == 0);
    return (is_refused ? REFUSED : 0U) | (is_rounded ? ROUNDED : 0U);
}

static unsigned fates_of_digits(const ls_data_type *from, const ls_data_type *to) {
    const integer_facts *from_integer = integer_of(from), *to_integer = integer_of(to);
    if (is_numeric(from) && to_integer)
        return (whole_digits(from) > to_integer->holds ? REFUSED : 0U) |
               (scale_of(from) > 0 ? ROUNDED : 0U);
    if (from_integer && is_numeric(to))
        return (whole_digits(to) < from_integer->needs ? REFUSED : 0U) |
               (scale_of(to) < 0 ? ROUNDED : 0U);
    if (is_numeric(from) && is_numeric(to))
        return fates_of_decimals(from, to);
    /* Floating point and money: so many digits, and as many behind the point, as the value has. */
    const ls_type_facts *facts = ls_type_facts_of(from);
    const bool has_digits = facts != NULL && facts->category == 'N' && !from_integer;
    return has_digits && is_numeric(to) && to->modifier_count > 0 ? REFUSED | ROUNDED : 0;
}

/* Into a string type with a limit, from as long as the old type's text can be. */
static unsigned fates_of_text(const ls_type_facts *from_facts, const ls_data_type *from,
                              const ls_data_type *to) {
    if (to->modifier_count == 0)
        return 0;
    int width = from_facts->text_width ? from_facts->text_width : UNLIMITED;
    if (from_facts->category == 'S' && from->modifier_count > 0)
        width = from->modifiers[0];
    return width > to->modifiers[0] ? REFUSED : 0;
}

static unsigned fates_of_modifiers(const ls_type_facts *facts, const ls_data_type *from,
                                   const ls_data_type *to) {
    if (to->modifier_count == 0 || ls_same_modifiers(from, to))
        return 0;
    if (facts->modifiers == LS_MODIFIER_FIXED_LENGTH && from->modifier_count > 0)
        return to->modifiers[0] < from->modifiers[0] ? REFUSED : 0;
    if (facts->modifiers == LS_MODIFIER_NUMERIC)
        return fates_of_digits(from, to);
    if (ls_modifiers_are_kept(from, to))
        return 0;
    if (facts->category == 'D')
        return ROUNDED;
    return facts->category == 'T' ? ROUNDED | CUT : REFUSED;
}

static unsigned fates_of_element(const ls_data_type *from, const ls_data_type *to) {
    const ls_type_facts *from_facts = ls_type_facts_of(from), *to_facts = ls_type_facts_of(to);
    if (!to_facts)
        return from_facts && from_facts->category == 'S' && to->known ? REFUSED : 0;
    if (!from_facts)
        return to_facts->category == 'S' && to->modifier_count > 0 ? REFUSED : 0;
    if (ls_same_text(from->name, to->name))
        return fates_of_modifiers(to_facts, from, to);
    const unsigned fates = fates_of_pair(from->name, to->name) | fates_of_digits(from, to);
    if (fates != 0)
        return fates;
    if (to_facts->category == 'S')
        return fates_of_text(from_facts, from, to);
    if (from_facts->category == 'S')
        return ANY;
    const bool is_date = to->modifier_count > 0 && to_facts->category == 'D';
    return is_date && !ls_modifiers_are_kept(from, to) ? ROUNDED : 0;
}

unsigned ls_fates_of_change(const ls_data_type *from, const ls_data_type *to) {
    if ((from->dimensions > 0) == (to->dimensions > 0))
        return fates_of_element(from, to);
    if (from->dimensions > 0) { /* an array as text may be cut, anything else has to be computed */
        const ls_type_facts *facts = ls_type_facts_of(to);
        return facts && facts->category == 'S' && to->modifier_count > 0 ? ANY : 0;
    }
    return 0;
}

bool ls_type_narrows(const ls_data_type *from, const ls_data_type *to) {
    return ls_fates_of_change(from, to) != 0;
}
