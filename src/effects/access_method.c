/*
 * access_method.c - what the index access methods of PostgreSQL cannot do (documentation: pg_am,
 * "Index Types"; pg_opclass; measured on 15). Extensions bring methods and operator classes of
 * their own: what does not stand here is let pass.
 */
#include "effects/families.h"

#include "support/same.h"

static const struct {
    const char *name;
    bool unique, multicolumn;
} methods[] = {
    {"btree", true, true}, {"hash", false, false},   {"gist", false, true},
    {"gin", false, true},  {"spgist", false, false}, {"brin", false, true},
};

/* Built-in types that btree has no default operator class for. */
static const char *const unordered[] = {
    "json", "xml", "jsonpath", "point", "line", "lseg", "box", "path", "polygon", "circle", "xid",
};

static bool is_unordered(const ls_data_type *type) {
    if (!type->known || type->dimensions > 0 || type->name == NULL ||
        !ls_same_text(type->schema, "pg_catalog"))
        return false;
    for (size_t i = 0; i < sizeof unordered / sizeof *unordered; i++)
        if (ls_same_text(unordered[i], type->name))
            return true;
    return false;
}

static void refuse_unordered(ls_builder *builder, const ls_create_index *create,
                             const ls_relation *table) {
    for (LS_EACH(const ls_index_element, element, create->elements)) {
        const ls_catalog_column *column =
            element->column == NULL ? NULL : ls_relation_column(table, element->column);
        if (column != NULL && element->operator_class == NULL && is_unordered(&column->type))
            ls_refuse(builder, element->at,
                      "data type %s has no default operator class for access method \"btree\"",
                      column->type.name);
    }
}

void ls_refuse_unfit_method(ls_builder *builder, const ls_create_index *create,
                            const ls_relation *table) {
    const char *method = create->method == NULL ? "btree" : create->method;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (!ls_same_text(methods[i].name, method))
            continue;
        if (create->unique && !methods[i].unique)
            ls_refuse(builder, create->elements_at,
                      "access method \"%s\" does not support unique indexes", method);
        if (create->elements.count > 1 && !methods[i].multicolumn)
            ls_refuse(builder, create->elements_at,
                      "access method \"%s\" does not support multicolumn indexes", method);
    }
    if (ls_same_text(method, "btree"))
        refuse_unordered(builder, create, table);
}
