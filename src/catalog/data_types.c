/*
 * data_types.c - what a written type stands for.
 *
 * A name is looked up as the server does: through the schemas of the search_path, pg_catalog among
 * them, user types and row types of relations alike. What is found nowhere keeps its name and is
 * not known, unless an extension that the history created is known to bring it.
 */
#include "catalog/internal.h"

#include <stdlib.h>
#include <string.h>

/* pg_type of PostgreSQL 15: base, pseudo, range and multirange types that are not arrays; the same
 * on 12 to 18 but for multiranges (14). Sorted. */
static const char *const built_in_types[] = {
    "aclitem",
    "any",
    "anyarray",
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblemultirange",
    "anycompatiblenonarray",
    "anycompatiblerange",
    "anyelement",
    "anyenum",
    "anymultirange",
    "anynonarray",
    "anyrange",
    "bit",
    "bool",
    "box",
    "bpchar",
    "bytea",
    "char",
    "cid",
    "cidr",
    "circle",
    "cstring",
    "date",
    "datemultirange",
    "daterange",
    "event_trigger",
    "fdw_handler",
    "float4",
    "float8",
    "gtsvector",
    "index_am_handler",
    "inet",
    "int2",
    "int2vector",
    "int4",
    "int4multirange",
    "int4range",
    "int8",
    "int8multirange",
    "int8range",
    "internal",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "language_handler",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numeric",
    "nummultirange",
    "numrange",
    "oid",
    "oidvector",
    "path",
    "pg_brin_bloom_summary",
    "pg_brin_minmax_multi_summary",
    "pg_ddl_command",
    "pg_dependencies",
    "pg_lsn",
    "pg_mcv_list",
    "pg_ndistinct",
    "pg_node_tree",
    "pg_snapshot",
    "point",
    "polygon",
    "record",
    "refcursor",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "table_am_handler",
    "text",
    "tid",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "trigger",
    "tsm_handler",
    "tsmultirange",
    "tsquery",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "tsvector",
    "txid_snapshot",
    "unknown",
    "uuid",
    "varbit",
    "varchar",
    "void",
    "xid",
    "xid8",
    "xml",
};

/* Words of the grammar's column types that are no types (documentation: Serial Types). */
static const struct {
    const char *name, *type;
} serial_types[] = {
    {"serial", "int4"},  {"serial4", "int4"},     {"bigserial", "int8"},
    {"serial8", "int8"}, {"smallserial", "int2"}, {"serial2", "int2"},
};

/* Types of extensions that migrations often use, as their control scripts create them. */
static const struct {
    const char *name, *extension;
} extension_types[] = {
    {"citext", "citext"},     {"hstore", "hstore"},
    {"ltree", "ltree"},       {"lquery", "ltree"},
    {"ltxtquery", "ltree"},   {"cube", "cube"},
    {"seg", "seg"},           {"isbn", "isn"},
    {"isbn13", "isn"},        {"geometry", "postgis"},
    {"geography", "postgis"}, {"box2d", "postgis"},
    {"box3d", "postgis"},     {"raster", "postgis_raster"},
    {"vector", "vector"},     {"halfvec", "vector"},
    {"sparsevec", "vector"},
};

static int compare_names(const void *name, const void *entry) {
    return strcmp(name, *(const char *const *)entry);
}

static const char *built_in_type(const char *name) {
    const char *const *found =
        bsearch(name, built_in_types, sizeof built_in_types / sizeof *built_in_types,
                sizeof *built_in_types, compare_names);
    return found == NULL ? NULL : *found;
}

static const char *serial_type(const char *name) {
    for (size_t i = 0; i < sizeof serial_types / sizeof *serial_types; i++)
        if (ls_same_text(serial_types[i].name, name))
            return serial_types[i].type;
    return NULL;
}

static const char *extension_of(const char *name) {
    for (size_t i = 0; i < sizeof extension_types / sizeof *extension_types; i++)
        if (ls_same_text(extension_types[i].name, name))
            return extension_types[i].extension;
    return NULL;
}

static bool set_type(ls_data_type *result, const char *schema, const char *name) {
    result->schema = schema;
    result->name = name;
    result->known = true;
    return true;
}

/* A built-in type; one with an underscore before its name is the array of it. */
static bool find_built_in(ls_data_type *result, const char *name) {
    const char *found = built_in_type(name);
    if (found == NULL && *name == '_') {
        found = built_in_type(name + 1);
        if (found != NULL)
            result->dimensions++;
    }
    return found != NULL && set_type(result, "pg_catalog", found);
}

static bool find_in_schema(const ls_catalog *catalog, ls_data_type *result, const char *schema,
                           const char *name) {
    if (ls_same_text(schema, "pg_catalog") && find_built_in(result, name))
        return true;
    const ls_catalog_type *type = ls_catalog_find_type(catalog, schema, name);
    if (type != NULL)
        return set_type(result, type->schema, type->name);
    const ls_relation *row_type = ls_catalog_find(catalog, schema, name);
    return row_type != NULL && set_type(result, row_type->schema, row_type->name);
}

static ls_data_type type_of_column(const ls_catalog *catalog, const ls_type_name *type) {
    const ls_relation *relation = ls_catalog_find(catalog, NULL, type->schema);
    const ls_catalog_column *column =
        relation == NULL ? NULL : ls_relation_column(relation, type->name);
    if (column != NULL)
        return column->type;
    return (ls_data_type){.schema = type->schema, .name = type->name};
}

static ls_data_type unfound(const ls_catalog *catalog, ls_data_type result,
                            const ls_type_name *type) {
    const char *extension = extension_of(type->name);
    result.name = type->name;
    result.schema = type->schema;
    result.known = extension != NULL && ls_catalog_has_extension(catalog, extension);
    if (result.schema == NULL)
        result.schema = extension != NULL ? "public" : ls_catalog_creation_schema(catalog);
    return result;
}

ls_data_type ls_catalog_resolve_type(const ls_catalog *catalog, const ls_type_name *type) {
    if (type->column_type)
        return type_of_column(catalog, type);
    ls_data_type result = {
        .dimensions = type->dimensions,
        .modifiers = {type->modifiers[0], type->modifiers[1]},
        .modifier_count = type->modifier_count,
    };
    const char *integer = type->schema == NULL ? serial_type(type->name) : NULL;
    if (integer != NULL && set_type(&result, "pg_catalog", integer))
        return result;
    ls_words schemas = ls_searched_schemas(catalog, &type->schema);
    for (LS_EACH(const char *, schema, schemas))
        if (find_in_schema(catalog, &result, *schema, type->name))
            return result;
    return unfound(catalog, result, type);
}
