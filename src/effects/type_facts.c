/*
 * type_facts.c - built-in types and the casts between them, as tables.
 *
 * Both tables are sorted by name for bsearch. citext stands among the built-in types, because it
 * is the one extension type with binary casts that columns change to and from.
 */
#include "effects/type_facts.h"

#include "support/same.h"

#include <stdlib.h>
#include <string.h>

/* pg_type (typname, typcategory), pg_opclass (default btree classes) and format_type of
 * PostgreSQL 15; citext of its extension. Text widths: documentation 8.1, 8.6 and 8.12. */
static const ls_type_facts types[] = {
    {"bit", "bit", 'V', "bit", LS_MODIFIER_FIXED_LENGTH, 0},
    {"bool", "boolean", 'B', "bool", LS_MODIFIER_NONE, 5},
    {"box", "box", 'G', NULL, LS_MODIFIER_NONE, 0},
    {"bpchar", "char", 'S', "bpchar", LS_MODIFIER_FIXED_LENGTH, 0},
    {"bytea", "bytea", 'U', "bytea", LS_MODIFIER_NONE, 0},
    {"char", "\"char\"", 'Z', "char", LS_MODIFIER_NONE, 0},
    {"cidr", "cidr", 'I', "inet", LS_MODIFIER_NONE, 0},
    {"circle", "circle", 'G', NULL, LS_MODIFIER_NONE, 0},
    {"citext", "citext", 'S', "citext", LS_MODIFIER_NONE, 0},
    {"date", "date", 'D', "date", LS_MODIFIER_NONE, 0},
    {"datemultirange", "datemultirange", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"daterange", "daterange", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"float4", "real", 'N', "float4", LS_MODIFIER_NONE, 0},
    {"float8", "double precision", 'N', "float8", LS_MODIFIER_NONE, 0},
    {"inet", "inet", 'I', "inet", LS_MODIFIER_NONE, 0},
    {"int2", "smallint", 'N', "int2", LS_MODIFIER_NONE, 6},
    {"int4", "integer", 'N', "int4", LS_MODIFIER_NONE, 11},
    {"int4multirange", "int4multirange", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"int4range", "int4range", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"int8", "bigint", 'N', "int8", LS_MODIFIER_NONE, 20},
    {"int8multirange", "int8multirange", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"int8range", "int8range", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"interval", "interval", 'T', "interval", LS_MODIFIER_INTERVAL, 0},
    {"json", "json", 'U', NULL, LS_MODIFIER_NONE, 0},
    {"jsonb", "jsonb", 'U', "jsonb", LS_MODIFIER_NONE, 0},
    {"jsonpath", "jsonpath", 'U', NULL, LS_MODIFIER_NONE, 0},
    {"line", "line", 'G', NULL, LS_MODIFIER_NONE, 0},
    {"lseg", "lseg", 'G', NULL, LS_MODIFIER_NONE, 0},
    {"macaddr", "macaddr", 'U', "macaddr", LS_MODIFIER_NONE, 17},
    {"macaddr8", "macaddr8", 'U', "macaddr8", LS_MODIFIER_NONE, 23},
    {"money", "money", 'N', "money", LS_MODIFIER_NONE, 0},
    {"name", "name", 'S', "name", LS_MODIFIER_NONE, 0},
    {"numeric", "numeric", 'N', "numeric", LS_MODIFIER_NUMERIC, 0},
    {"nummultirange", "nummultirange", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"numrange", "numrange", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"oid", "oid", 'N', "oid", LS_MODIFIER_NONE, 10},
    {"path", "path", 'G', NULL, LS_MODIFIER_NONE, 0},
    {"pg_lsn", "pg_lsn", 'U', "pg_lsn", LS_MODIFIER_NONE, 0},
    {"point", "point", 'G', NULL, LS_MODIFIER_NONE, 0},
    {"polygon", "polygon", 'G', NULL, LS_MODIFIER_NONE, 0},
    {"refcursor", "refcursor", 'U', NULL, LS_MODIFIER_NONE, 0},
    {"regclass", "regclass", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"regcollation", "regcollation", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"regconfig", "regconfig", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"regdictionary", "regdictionary", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"regnamespace", "regnamespace", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"regoper", "regoper", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"regoperator", "regoperator", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"regproc", "regproc", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"regprocedure", "regprocedure", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"regrole", "regrole", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"regtype", "regtype", 'N', "oid", LS_MODIFIER_NONE, 0},
    {"text", "text", 'S', "text", LS_MODIFIER_NONE, 0},
    {"tid", "tid", 'U', "tid", LS_MODIFIER_NONE, 0},
    {"time", "time", 'D', "time", LS_MODIFIER_FRACTION, 0},
    {"timestamp", "timestamp", 'D', "timestamp", LS_MODIFIER_FRACTION, 0},
    {"timestamptz", "timestamptz", 'D', "timestamptz", LS_MODIFIER_FRACTION, 0},
    {"timetz", "timetz", 'D', "timetz", LS_MODIFIER_FRACTION, 0},
    {"tsmultirange", "tsmultirange", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"tsquery", "tsquery", 'U', "tsquery", LS_MODIFIER_NONE, 0},
    {"tsrange", "tsrange", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"tstzmultirange", "tstzmultirange", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"tstzrange", "tstzrange", 'R', NULL, LS_MODIFIER_NONE, 0},
    {"tsvector", "tsvector", 'U', "tsvector", LS_MODIFIER_NONE, 0},
    {"txid_snapshot", "txid_snapshot", 'U', NULL, LS_MODIFIER_NONE, 0},
    {"uuid", "uuid", 'U', "uuid", LS_MODIFIER_NONE, 36},
    {"varbit", "varbit", 'V', "varbit", LS_MODIFIER_LENGTH, 0},
    {"varchar", "varchar", 'S', "text", LS_MODIFIER_LENGTH, 0},
    {"xid", "xid", 'U', NULL, LS_MODIFIER_NONE, 0},
    {"xid8", "xid8", 'U', "xid8", LS_MODIFIER_NONE, 0},
    {"xml", "xml", 'U', NULL, LS_MODIFIER_NONE, 0},
};

typedef struct {
    const char *from;
    ls_cast_context context;
    ls_cast_method method;
    const char *to; /* names, each between blanks */
} cast_row;

/* pg_cast of PostgreSQL 15 (castcontext, castmethod) between different types; citext of its
 * extension. bytea <-> integers: release notes of 18. */
static const cast_row casts[] = {
    {"bit", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " int4 int8 "},
    {"bit", LS_CAST_IMPLICIT, LS_CAST_BINARY, " varbit "},
    {"bool", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " bpchar citext text varchar "},
    {"bool", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " int4 "},
    {"box", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " polygon "},
    {"box", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " circle lseg point "},
    {"bpchar", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " char citext "},
    {"bpchar", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " xml "},
    {"bpchar", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " name text varchar "},
    {"bytea", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " int2 int4 int8 "},
    {"char", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " bpchar varchar "},
    {"char", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " int4 "},
    {"char", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " text "},
    {"cidr", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " bpchar text varchar "},
    {"cidr", LS_CAST_IMPLICIT, LS_CAST_BINARY, " inet "},
    {"circle", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " box point polygon "},
    {"citext", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " bpchar "},
    {"citext", LS_CAST_IMPLICIT, LS_CAST_BINARY, " text varchar "},
    {"date", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " timestamp timestamptz "},
    {"daterange", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " datemultirange "},
    {"float4", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int2 int4 int8 numeric "},
    {"float4", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " float8 "},
    {"float8", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " float4 int2 int4 int8 numeric "},
    {"inet", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " bpchar cidr citext text varchar "},
    {"int2", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " bytea "},
    {"int2", LS_CAST_IMPLICIT, LS_CAST_FUNCTION,
     " float4 float8 int4 int8 numeric oid regclass regcollation regconfig regdictionary "
     "regnamespace regoper regoperator regproc regprocedure regrole regtype "},
    {"int4", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int2 money "},
    {"int4", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " bit bool char bytea "},
    {"int4", LS_CAST_IMPLICIT, LS_CAST_BINARY,
     " oid regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc "
     "regprocedure regrole regtype "},
    {"int4", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " float4 float8 int8 numeric "},
    {"int4range", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " int4multirange "},
    {"int8", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int2 int4 money "},
    {"int8", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " bit bytea "},
    {"int8", LS_CAST_IMPLICIT, LS_CAST_FUNCTION,
     " float4 float8 numeric oid regclass regcollation regconfig regdictionary regnamespace "
     "regoper regoperator regproc regprocedure regrole regtype "},
    {"int8range", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " int8multirange "},
    {"interval", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " time "},
    {"json", LS_CAST_ASSIGNMENT, LS_CAST_TEXT_FORM, " jsonb "},
    {"jsonb", LS_CAST_ASSIGNMENT, LS_CAST_TEXT_FORM, " json "},
    {"jsonb", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " bool float4 float8 int2 int4 int8 numeric "},
    {"lseg", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " point "},
    {"macaddr", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " macaddr8 "},
    {"macaddr8", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " macaddr "},
    {"money", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " numeric "},
    {"name", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " bpchar varchar "},
    {"name", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " text "},
    {"numeric", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int2 int4 int8 money "},
    {"numeric", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " float4 float8 "},
    {"numrange", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " nummultirange "},
    {"oid", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"oid", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"oid", LS_CAST_IMPLICIT, LS_CAST_BINARY,
     " regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc "
     "regprocedure regrole regtype "},
    {"path", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " polygon "},
    {"point", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " box "},
    {"polygon", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " path "},
    {"polygon", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " box circle point "},
    {"regclass", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regclass", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regclass", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid "},
    {"regcollation", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regcollation", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regcollation", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid "},
    {"regconfig", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regconfig", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regconfig", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid "},
    {"regdictionary", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regdictionary", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regdictionary", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid "},
    {"regnamespace", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regnamespace", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regnamespace", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid "},
    {"regoper", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regoper", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regoper", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid regoperator "},
    {"regoperator", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regoperator", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regoperator", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid regoper "},
    {"regproc", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regproc", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regproc", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid regprocedure "},
    {"regprocedure", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regprocedure", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regprocedure", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid regproc "},
    {"regrole", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regrole", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regrole", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid "},
    {"regtype", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " int4 "},
    {"regtype", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " int8 "},
    {"regtype", LS_CAST_IMPLICIT, LS_CAST_BINARY, " oid "},
    {"text", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " citext "},
    {"text", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " char "},
    {"text", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " xml "},
    {"text", LS_CAST_IMPLICIT, LS_CAST_BINARY, " bpchar varchar "},
    {"text", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " name regclass "},
    {"time", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " interval timetz "},
    {"timestamp", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " date time "},
    {"timestamp", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " timestamptz "},
    {"timestamptz", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " date time timestamp timetz "},
    {"timetz", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " time "},
    {"tsrange", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " tsmultirange "},
    {"tstzrange", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " tstzmultirange "},
    {"varbit", LS_CAST_IMPLICIT, LS_CAST_BINARY, " bit "},
    {"varchar", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " citext "},
    {"varchar", LS_CAST_ASSIGNMENT, LS_CAST_FUNCTION, " char "},
    {"varchar", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " xml "},
    {"varchar", LS_CAST_IMPLICIT, LS_CAST_BINARY, " bpchar text "},
    {"varchar", LS_CAST_IMPLICIT, LS_CAST_FUNCTION, " name regclass "},
    {"xid8", LS_CAST_EXPLICIT, LS_CAST_FUNCTION, " xid "},
    {"xml", LS_CAST_ASSIGNMENT, LS_CAST_BINARY, " bpchar text varchar "},
};

static int by_type_name(const void *name, const void *facts) {
    return strcmp(name, ((const ls_type_facts *)facts)->name);
}

const ls_type_facts *ls_type_facts_of(const ls_data_type *type) {
    bool is_citext = ls_same_text(type->name, "citext");
    if (type->schema && !ls_same_text(type->schema, "pg_catalog") && !is_citext)
        return NULL;
    return bsearch(type->name, types, sizeof types / sizeof *types, sizeof *types, by_type_name);
}

bool ls_lists_name(const char *names, const char *name) {
    size_t length = strlen(name);
    for (const char *at = strstr(names, name); at; at = strstr(at + 1, name))
        if (at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

ls_cast_method ls_listed_cast(const char *from, const char *to, ls_cast_context context) {
    for (size_t i = 0; i < sizeof casts / sizeof *casts; i++)
        if (ls_same_text(casts[i].from, from) && ls_lists_name(casts[i].to, to))
            return casts[i].context <= context ? casts[i].method : LS_CAST_NONE;
    return LS_CAST_UNKNOWN;
}

bool ls_has_binary_sources(const char *to) {
    for (size_t i = 0; i < sizeof casts / sizeof *casts; i++)
        if (casts[i].method == LS_CAST_BINARY && ls_lists_name(casts[i].to, to))
            return true;
    return false;
}
