/*
 * recipe.c - the indexes and constraints of recipe.h.
 *
 * Definitions are the text of the CREATE INDEX that made the index, which knows more (options,
 * NULLS NOT DISTINCT) than the catalog does; those that a constraint made are written from their
 * columns. Names are those that PostgreSQL would choose itself.
 */
#include "effects/recipe.h"

#include "catalog/names.h"
#include "effects/families.h"
#include "support/buffer.h"

#include <string.h>

/* More than a reader follows; what is left is said in words. */
enum { MOST_PARTITIONS = 24 };

/* --- Texts ----------------------------------------------------------------------------------- */

const char *ls_column_list(ls_builder *builder, const ls_words *columns) {
    const char *list = "";
    for (size_t i = 0; i < columns->count; i++)
        list = ls_arena_format(builder->arena, "%s%s%s", list, i > 0 ? ", " : "",
                               ls_quoted(builder, columns->items[i]));
    return list;
}

static bool is_plain(const ls_index_element *element) {
    return element->column && !element->collation && !element->operator_class;
}

static const char *element_text(ls_builder *builder, const ls_index_element *element) {
    return ls_arena_format(builder->arena, "%s%s%s%s", ls_quoted(builder, element->column),
                           element->descending ? " DESC" : "",
                           element->nulls_first ? " NULLS FIRST" : "",
                           element->nulls_last ? " NULLS LAST" : "");
}

/* NULL for what columns alone do not tell. */
static const char *composed_definition(ls_builder *builder, const ls_relation *index) {
    const char *keys = "";
    if (index->predicate || index->elements.count == 0)
        return NULL;
    for (LS_EACH(const ls_index_element, element, index->elements)) {
        if (!is_plain(element))
            return NULL;
        keys = ls_arena_format(builder->arena, "%s%s%s", keys, *keys ? ", " : "",
                               element_text(builder, element));
    }
    const bool named = index->method && strcmp(index->method, "btree") != 0;
    const bool includes = index->include.count > 0;
    return ls_arena_format(
        builder->arena, "%s%s%s(%s)%s%s%s", named ? "USING " : "", named ? index->method : "",
        named ? " " : "", keys, includes ? " INCLUDE (" : "",
        includes ? ls_column_list(builder, &index->include) : "", includes ? ")" : "");
}

const char *ls_index_definition(ls_builder *builder, const ls_relation *index) {
    if (!index->definition_source)
        return composed_definition(builder, index);
    return ls_text_in(builder, index->definition_source, index->definition_at);
}

static const char *rule_text(char letter) {
    switch (letter) {
    case 'c':
        return "CASCADE";
    case 'r':
        return "RESTRICT";
    case 'n':
        return "SET NULL";
    case 'd':
        return "SET DEFAULT";
    default:
        return NULL;
    }
}

const char *ls_foreign_key_clause(ls_builder *builder, const ls_catalog_constraint *key) {
    const char *update = rule_text(key->on_update), *remove = rule_text(key->on_delete);
    const bool named = key->referenced_columns.count > 0;
    const char *referenced = ls_shown(builder, key->referenced);
    if (!referenced)
        return NULL;
    return ls_arena_format(builder->arena, "FOREIGN KEY (%s) REFERENCES %s%s%s%s%s%s%s%s%s%s",
                           ls_column_list(builder, &key->columns), referenced, named ? " (" : "",
                           named ? ls_column_list(builder, &key->referenced_columns) : "",
                           named ? ")" : "", update ? " ON UPDATE " : "", update ? update : "",
                           remove ? " ON DELETE " : "", remove ? remove : "",
                           key->deferrable ? " DEFERRABLE" : "",
                           key->initially_deferred ? " INITIALLY DEFERRED" : "");
}

/* --- Names ----------------------------------------------------------------------------------- */

static bool is_key(const ls_relation *like) {
    return like->constraint != NULL;
}

static const char *new_name(ls_builder *builder, const ls_relation *table,
                            const ls_relation *like) {
    const ls_index_elements none = {0};
    const ls_words nothing = {0};
    if (like->primary)
        return ls_choose_index_name(builder->catalog, table, &none, &nothing, "pkey");
    return ls_choose_index_name(builder->catalog, table, &like->elements, &like->include,
                                is_key(like) ? "key" : "idx");
}

/* Named with its schema where that is not public: an index lives in the schema of its table. */
static const char *shown_beside(ls_builder *builder, const ls_relation *table, const char *name) {
    const ls_name full = {.schema = table->schema, .name = name};
    return ls_shown_name(builder, &full);
}

/* --- Steps ----------------------------------------------------------------------------------- */

typedef struct {
    ls_builder *builder;
    const ls_relation *like;
    const char *definition;
    ls_buffer lines;
    size_t partitions, left_out;
} step_list;

static void add_build(step_list *steps, const ls_relation *table, const char *name) {
    ls_buffer_format(&steps->lines, "CREATE %sINDEX CONCURRENTLY %s ON %s %s;\n",
                     steps->like->unique ? "UNIQUE " : "", ls_quoted(steps->builder, name),
                     ls_shown(steps->builder, table->id), steps->definition);
}

static void add_constraint(step_list *steps, const ls_relation *table, const char *name) {
    const char *quoted = ls_quoted(steps->builder, name);
    ls_buffer_format(&steps->lines, "ALTER TABLE %s ADD CONSTRAINT %s %s USING INDEX %s;\n",
                     ls_shown(steps->builder, table->id), quoted,
                     steps->like->primary ? "PRIMARY KEY" : "UNIQUE", quoted);
}

static void add_attach(step_list *steps, const char *parent_index, const char *index) {
    ls_buffer_format(&steps->lines, "ALTER INDEX %s ATTACH PARTITION %s;\n", parent_index, index);
}

/* A partitioned table holds no rows: its index takes a moment. */
static void add_on_parent(step_list *steps, const ls_relation *table, const char *name) {
    const char *shown = ls_shown(steps->builder, table->id);
    const char *quoted = ls_quoted(steps->builder, name);
    if (is_key(steps->like))
        ls_buffer_format(&steps->lines, "ALTER TABLE ONLY %s ADD CONSTRAINT %s %s %s;\n", shown,
                         quoted, steps->like->primary ? "PRIMARY KEY" : "UNIQUE",
                         steps->definition);
    else
        ls_buffer_format(&steps->lines, "CREATE %sINDEX %s ON ONLY %s %s;\n",
                         steps->like->unique ? "UNIQUE " : "", quoted, shown, steps->definition);
}

static ls_relation_id fitting_index(const ls_builder *builder, const ls_relation *table,
                                    const ls_relation *like) {
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *id);
        if (index && index->valid && !index->parent_index && index->primary == like->primary &&
            index->unique == like->unique && is_key(index) == is_key(like) &&
            ls_same_index(index, like))
            return *id;
    }
    return 0;
}

static void add_partitions(step_list *steps, const ls_relation *parent, const char *parent_index);

static void add_partition(step_list *steps, const ls_relation *table, const char *parent_index) {
    ls_builder *builder = steps->builder;
    const ls_relation_id fits = fitting_index(builder, table, steps->like);
    if (fits) {
        add_attach(steps, parent_index, ls_shown(builder, fits));
        return;
    }
    const char *name = new_name(builder, table, steps->like);
    const char *shown = shown_beside(builder, table, name);
    const bool partitioned = table->kind == LS_RELATION_PARTITIONED_TABLE;
    if (partitioned)
        add_on_parent(steps, table, name);
    else
        add_build(steps, table, name);
    if (!partitioned && is_key(steps->like))
        add_constraint(steps, table, name);
    add_attach(steps, parent_index, shown);
    if (partitioned)
        add_partitions(steps, table, shown);
}

static void add_partitions(step_list *steps, const ls_relation *parent, const char *parent_index) {
    for (LS_EACH(const ls_relation_id, id, parent->children)) {
        const ls_relation *table = ls_relation_of(steps->builder, *id);
        if (!table || table->kind == LS_RELATION_FOREIGN_TABLE)
            continue;
        if (steps->partitions++ < MOST_PARTITIONS)
            add_partition(steps, table, parent_index);
        else
            steps->left_out++;
    }
}

/* Without the last newline: the template has its own. */
static const char *finish(step_list *steps) {
    if (steps->left_out)
        ls_buffer_format(&steps->lines, "-- and the same for the other %zu partitions\n",
                         steps->left_out);
    const size_t length = steps->lines.length;
    const char *text =
        length ? ls_arena_copy(steps->builder->arena, steps->lines.text, length - 1) : NULL;
    ls_buffer_free(&steps->lines);
    return text;
}

const char *ls_partition_recipe(ls_builder *builder, ls_relation_id parent, const ls_relation *like,
                                const char *parent_index) {
    step_list steps = {
        .builder = builder, .like = like, .definition = ls_index_definition(builder, like)};
    if (!steps.definition)
        return NULL;
    const ls_relation *table = ls_relation_of(builder, parent);
    add_partitions(&steps, table, shown_beside(builder, table, parent_index));
    return finish(&steps);
}

void ls_add_index_step(ls_builder *builder, const char **steps, ls_relation_id table_id,
                       const ls_relation *like) {
    step_list one = {
        .builder = builder, .like = like, .definition = ls_index_definition(builder, like)};
    const ls_relation *table = ls_relation_of(builder, table_id);
    if (!one.definition || table->kind == LS_RELATION_PARTITIONED_TABLE)
        return;
    const char *name = new_name(builder, table, like);
    add_build(&one, table, name);
    if (is_key(like))
        add_constraint(&one, table, name);
    const char *lines = finish(&one);
    *steps = *steps ? ls_arena_format(builder->arena, "%s\n%s", *steps, lines) : lines;
}
