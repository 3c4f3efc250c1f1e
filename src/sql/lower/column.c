/*
 * column.c - column definitions.
 *
 * A definition runs from its name to the comma or bracket that ends it. The raw tree keeps what is
 * written after the type in one list, COLLATE apart, and all of it with its place.
 */
#include "sql/lower/lower_internal.h"

ls_column ls_lower_column(lowering *work, const ColumnDef *written) {
    ls_column column = {.name = ls_lower_text(work, written->colname)};
    const uint32_t begin = ls_place_of(work, written->location);
    if (begin != LS_NOWHERE) {
        column.at = ls_place_clause(work, begin, NULL);
        column.name_at = ls_place_token(work, begin);
    }
    column.type = ls_lower_type(work, written->typeName);
    if (written->collClause != NULL)
        column.collation = ls_lower_last_string(work, written->collClause->collname);
    column.storage = ls_lower_text(work, LS_COLUMN_STORAGE(written));
    column.compression = ls_lower_text(work, written->compression);
    column.constraints =
        ls_lower_constraints(work, written->constraints, written->collClause, column.at.end);
    return column;
}
