/*
 * reference.c - foreign keys: what PostgreSQL refuses (measured: "ADD FK no unique on target", "ADD
 * FK type mismatch"), and what their definition says.
 *
 * Nothing is refused because of a referenced table of which the history does not know everything.
 */
#include "effects/families.h"

#include "catalog/names.h"
#include "sql/lexer.h"
#include "sql/split.h"

#include <string.h>

static const ls_words *primary_key(const ls_relation *table) {
    const ls_catalog_constraint *key = ls_relation_primary_key(table);
    return key ? &key->columns : NULL;
}

static bool indexes_exactly(const ls_relation *index, const ls_words *columns) {
    if (!index || !index->unique || index->predicate || index->elements.count != columns->count)
        return false;
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (!element->column || !ls_has_word(columns, element->column))
            return false;
    return true;
}

static ls_relation_id other_unique_index(const ls_builder *builder, const ls_relation *table,
                                         const ls_words *columns, ls_relation_id but) {
    for (LS_EACH(const ls_relation_id, index, table->indexes))
        if (*index != but && indexes_exactly(ls_relation_of(builder, *index), columns))
            return *index;
    return 0;
}

ls_relation_id ls_unique_index_on(const ls_builder *builder, const ls_relation *table,
                                  const ls_words *columns) {
    return other_unique_index(builder, table, columns, 0);
}

bool ls_stays_unique(const ls_builder *builder, const ls_relation *table, const ls_words *columns,
                     ls_relation_id without) {
    return other_unique_index(builder, table, columns, without) != 0;
}

static const char *key_name(ls_builder *builder, const ls_relation *table, const ls_constraint *key,
                            const ls_words *columns) {
    return key->name ? key->name
                     : ls_choose_constraint_name(builder->catalog, table, columns, "fkey");
}

static void check_types(ls_builder *builder, const ls_relation *table, const ls_constraint *key,
                        const ls_words *columns, const ls_relation *referenced,
                        const ls_words *referenced_columns) {
    for (size_t i = 0; i < columns->count && i < referenced_columns->count; i++) {
        const ls_catalog_column *from = ls_relation_column(table, columns->items[i]);
        const ls_catalog_column *to = ls_relation_column(referenced, referenced_columns->items[i]);
        if (!from || !to || !from->type.name || !to->type.name ||
            ls_types_comparable(builder->catalog, &from->type, &to->type))
            continue;
        ls_refuse(builder, key->at, "foreign key constraint \"%s\" cannot be implemented",
                  key_name(builder, table, key, columns));
        return;
    }
}

void ls_refuse_bad_reference(ls_builder *builder, const ls_relation *table,
                             const ls_constraint *key, const ls_words *columns) {
    const ls_relation *referenced =
        ls_relation_of(builder, ls_known(builder, &key->reference->relation));
    if (!referenced || !referenced->birth.known || !referenced->columns_complete ||
        referenced->constraints_open)
        return;
    const ls_words *wanted =
        key->reference->columns.count ? &key->reference->columns : primary_key(referenced);
    if (!wanted)
        ls_refuse(builder, key->at, "there is no primary key for referenced table \"%s\"",
                  referenced->name);
    else if (!ls_unique_index_on(builder, referenced, wanted))
        ls_refuse(builder, key->at,
                  "there is no unique constraint matching given keys for referenced table \"%s\"",
                  referenced->name);
    else
        check_types(builder, table, key, columns, referenced, wanted);
}

/* --- ON DELETE ------------------------------------------------------------------------------ */

/* The byte after the comment that starts at `at`; `at` itself if none does. */
static uint32_t skip_comment(const char *text, uint32_t at, uint32_t end) {
    if (text[at] == '-' && text[at + 1] == '-')
        return ls_skip_line(text, at, end);
    if (text[at] != '/' || text[at + 1] != '*')
        return at;
    const uint32_t close = ls_skip_block_comment(text, at, end);
    return close == LS_NEVER_CLOSED ? end : close;
}

/* The parser does not tell ON DELETE NO ACTION from nothing; the text does. */
static bool says_on_delete(const ls_builder *builder, const ls_constraint *key) {
    const char *text = builder->source->text;
    bool on = false;
    for (uint32_t at = key->at.begin, end; at < key->at.end; at = end) {
        end = skip_comment(text, at, key->at.end);
        if (end > at)
            continue;
        end = ls_split_skip(text, at, key->at.end);
        if (ls_is_space(text[at]))
            continue;
        if (on && ls_word_is(text + at, end - at, "delete"))
            return true;
        on = ls_word_is(text + at, end - at, "on");
    }
    return false;
}

const char *ls_written_on_delete(const ls_builder *builder, const ls_constraint *key) {
    switch (key->reference->on_delete) {
    case 'r':
        return "restrict";
    case 'c':
        return "cascade";
    case 'n':
        return "set null";
    case 'd':
        return "set default";
    default:
        return says_on_delete(builder, key) ? "no action" : NULL;
    }
}
