/*
 * type.c - type names, equal when they mean the same.
 *
 * The grammar turns the SQL standard's spellings (integer, character varying) into catalog names
 * qualified with pg_catalog, and leaves every other word as it is, also where it is a catalog name
 * (int8) or a pseudo-type (serial). Both are brought to one form here.
 */
#include "sql/lower/lower_internal.h"

#include "support/same.h"

/* Catalog names of the types that the grammar has a spelling of its own for (SystemTypeName in
 * gram.y). */
static const char *const GRAMMAR_TYPES[] = {
    "bit",      "bool",    "bpchar", "float4", "float8",    "int2",        "int4",   "int8",
    "interval", "numeric", "time",   "timetz", "timestamp", "timestamptz", "varbit", "varchar",
};

/* The pseudo-types of transformColumnDefinition (parse_utilcmd.c). */
static const struct {
    const char *written, *name;
} SERIAL_TYPES[] = {{"smallserial", "serial2"}, {"serial", "serial4"}, {"bigserial", "serial8"}};

static void normalise(ls_type_name *type) {
    if (type->schema != NULL || type->name == NULL || type->column_type)
        return;
    for (size_t i = 0; i < sizeof SERIAL_TYPES / sizeof *SERIAL_TYPES; i++)
        if (ls_same_text(type->name, SERIAL_TYPES[i].written))
            type->name = SERIAL_TYPES[i].name;
    for (size_t i = 0; i < sizeof GRAMMAR_TYPES / sizeof *GRAMMAR_TYPES; i++)
        if (*type->name == *GRAMMAR_TYPES[i] && ls_same_text(type->name, GRAMMAR_TYPES[i]))
            type->schema = "pg_catalog";
}

/* A modifier that is no number (geometry's Point) counts as 0. */
static int modifier(const Node *node) {
    if (nodeTag(node) != T_A_Const)
        return 0;
    const A_Const *constant = (const A_Const *)node;
    if (constant->isnull || nodeTag(&constant->val.node) != T_Integer)
        return 0;
    return constant->val.ival.ival;
}

static void add_modifiers(ls_type_name *type, const List *modifiers) {
    for (LS_NODES(cell, modifiers)) {
        if (type->modifier_count == sizeof type->modifiers / sizeof *type->modifiers)
            return;
        type->modifiers[type->modifier_count++] = modifier(lfirst(cell));
    }
}

/* PostgreSQL takes any number of them for the same type. */
static int16_t dimensions(const List *bounds) {
    const int count = list_length(bounds);
    return count > INT16_MAX ? INT16_MAX : (int16_t)count;
}

ls_type_name *ls_lower_type(const lowering *work, const TypeName *written) {
    if (written == NULL)
        return NULL;
    ls_type_name *type = LS_NEW(work->arena, ls_type_name);
    const ls_name name = ls_lower_name_list(work, written->names, LS_NOWHERE);
    type->schema = name.schema;
    type->name = name.name;
    type->setof = written->setof;
    type->dimensions = dimensions(written->arrayBounds);
    type->column_type = written->pct_type;
    type->at = ls_place_type(work, ls_place_of(work, written->location));
    add_modifiers(type, written->typmods);
    normalise(type);
    return type;
}
