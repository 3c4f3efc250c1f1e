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

/* Documentation 8.1 to 8.9 and 8.14: ranges, precision and what the conversions drop. */
static const struct {
    const char *from, *to; /* names, each between blanks */
} narrowing[] = {
    {" int4 ", " int2 float4 money "},
    {" int8 ", " int2 int4 float4 float8 oid money "},
    {" float4 ", " int2 int4 int8 numeric "},
    {" float8 ", " float4 int2 int4 int8 numeric "},
    {" numeric ", " float4 float8 money "},
    {" money ", " numeric "},
    {" oid ", " int4 "},
    {" int4 ", " oid "},
    {" date ", " time timetz "},
    {" timestamp ", " date time timetz "},
    {" timestamptz ", " date time timetz "},
    {" timetz ", " time "},
    {" interval ", " time "},
    {" inet ", " cidr "},
    {" macaddr8 ", " macaddr "},
    {" json ", " jsonb "},
    {" jsonb ", " bool int2 int4 int8 float4 float8 numeric "},
    {" xid8 ", " xid "},
    {" text varchar bpchar citext ", " name char "},
    {" name ", " char "},
    {" polygon ", " box circle point path "},
    {" circle ", " box point polygon "},
    {" box ", " circle lseg point "},
    {" int2 int4 int8 ", " bool char bit "},
};

static bool pair_narrows(const char *from, const char *to) {
    for (size_t i = 0; i < sizeof narrowing / sizeof *narrowing; i++)
        if (ls_lists_name(narrowing[i].from, from) && ls_lists_name(narrowing[i].to, to))
            return true;
    return false;
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

static bool digits_are_lost(const ls_data_type *from, const ls_data_type *to) {
    const integer_facts *from_integer = integer_of(from), *to_integer = integer_of(to);
    if (is_numeric(from) && to_integer)
        return scale_of(from) > 0 || whole_digits(from) > to_integer->holds;
    if (from_integer && is_numeric(to))
        return whole_digits(to) < from_integer->needs || scale_of(to) < 0;
    if (is_numeric(from) && is_numeric(to))
        return to->modifier_count > 0 &&
               (whole_digits(to) < whole_digits(from) || scale_of(to) < scale_of(from));
    return false;
}

/* A string type with a limit, and how long the old type's text can be. */
static bool text_is_cut(const ls_type_facts *from_facts, const ls_data_type *from,
                        const ls_data_type *to) {
    if (to->modifier_count == 0)
        return false;
    int width = from_facts->text_width ? from_facts->text_width : UNLIMITED;
    if (from_facts->category == 'S' && from->modifier_count > 0)
        width = from->modifiers[0];
    return width > to->modifiers[0];
}

static bool modifiers_narrow(const ls_type_facts *facts, const ls_data_type *from,
                             const ls_data_type *to) {
    if (to->modifier_count == 0 || ls_same_modifiers(from, to))
        return false;
    if (facts->modifiers == LS_MODIFIER_FIXED_LENGTH && from->modifier_count > 0)
        return to->modifiers[0] < from->modifiers[0];
    if (facts->modifiers == LS_MODIFIER_NUMERIC)
        return digits_are_lost(from, to);
    return !ls_modifiers_are_kept(from, to);
}

static bool element_narrows(const ls_data_type *from, const ls_data_type *to) {
    const ls_type_facts *from_facts = ls_type_facts_of(from), *to_facts = ls_type_facts_of(to);
    if (!to_facts)
        return from_facts && from_facts->category == 'S' && to->known;
    if (!from_facts)
        return to_facts->category == 'S' && to->modifier_count > 0;
    if (ls_same_text(from->name, to->name))
        return modifiers_narrow(to_facts, from, to);
    if (pair_narrows(from->name, to->name) || digits_are_lost(from, to))
        return true;
    if (to_facts->category == 'S')
        return text_is_cut(from_facts, from, to);
    if (from_facts->category == 'S')
        return true;
    return to->modifier_count > 0 && to_facts->category == 'D' && !ls_modifiers_are_kept(from, to);
}

bool ls_type_narrows(const ls_data_type *from, const ls_data_type *to) {
    if ((from->dimensions > 0) == (to->dimensions > 0))
        return element_narrows(from, to);
    if (from->dimensions > 0) { /* an array as text may be cut, anything else has to be computed */
        const ls_type_facts *facts = ls_type_facts_of(to);
        return facts && facts->category == 'S' && to->modifier_count > 0;
    }
    return false;
}
