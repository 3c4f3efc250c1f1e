#include "histories/said.h"

#include "catalog/dependencies.h"
#include "histories/type_said.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    ls_arena *arena;
    ls_catalog *catalog;
    ls_items items;
} saying;

static const char *yes(bool is_so) {
    return is_so ? "yes" : "";
}

static const char *qualified(saying *s, const char *schema, const char *name) {
    return ls_arena_format(s->arena, "%s.%s", schema, name);
}

static const char *joined(saying *s, const ls_words *words) {
    const char *text = "";
    for (LS_EACH(const char *, word, *words))
        text = ls_arena_join(s->arena, text, *text == '\0' ? "" : ", ",
                             *word == NULL ? UNKNOWN : *word, NULL);
    return text;
}

static int by_name(const void *one, const void *other) {
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static const char *sorted(saying *s, const ls_words *words) {
    ls_words copy = {0};
    for (LS_EACH(const char *, word, *words))
        LS_PUSH(s->arena, &copy, *word);
    if (copy.count > 0)
        qsort(copy.items, copy.count, sizeof *copy.items, by_name);
    return joined(s, &copy);
}

static const char *name_of(saying *s, ls_relation_id id) {
    const ls_relation *relation = ls_catalog_relation(s->catalog, id);
    return relation == NULL ? "" : relation->full_name;
}

static void tell(saying *s, ls_item *item, const char *fact, const char *value) {
    ls_item_fact(&s->items, item, fact, value);
}

/* --- Relations ------------------------------------------------------------------------------- */

static const char *kind_said(ls_relation_kind kind) {
    static const char *const kinds[] = {
        [LS_RELATION_TABLE] = "table",
        [LS_RELATION_PARTITIONED_TABLE] = "partitioned table",
        [LS_RELATION_FOREIGN_TABLE] = "foreign table",
        [LS_RELATION_VIEW] = "view",
        [LS_RELATION_MATERIALIZED_VIEW] = "materialized view",
        [LS_RELATION_SEQUENCE] = "sequence",
        [LS_RELATION_COMPOSITE_TYPE] = "composite type",
        [LS_RELATION_UNKNOWN] = UNKNOWN,
    };
    return kinds[kind];
}

static const char *bound_said(saying *s, const ls_relation *relation) {
    static const char *const kinds[] = {
        [LS_BOUND_NONE] = "",
        [LS_BOUND_DEFAULT] = "default",
        [LS_BOUND_LIST] = "list",
        [LS_BOUND_RANGE] = "range",
    };
    const ls_bound *bound = relation->bound;
    if (!relation->is_partition)
        return "";
    if (bound->kind == LS_BOUND_HASH)
        return ls_arena_format(s->arena, "hash %d %d", bound->modulus, bound->remainder);
    return kinds[bound->kind];
}

static const char *partitioning_said(saying *s, const ls_relation *relation) {
    const char strategy = relation->partitioning.strategy;
    if (strategy == 0)
        return "";
    ls_words keys = {0};
    for (LS_EACH(const ls_index_element, key, relation->partitioning.keys))
        LS_PUSH(s->arena, &keys, key->column == NULL ? "(expression)" : key->column);
    return ls_arena_format(s->arena, "%s (%s)",
                           strategy == 'r'   ? "range"
                           : strategy == 'l' ? "list"
                                             : "hash",
                           joined(s, &keys));
}

static const char *parents_said(saying *s, const ls_relation *relation) {
    ls_words names = {0};
    for (LS_EACH(const ls_relation_id, parent, relation->parents))
        LS_PUSH(s->arena, &names, name_of(s, *parent));
    return joined(s, &names);
}

static const char *letter_said(saying *s, char letter, char usual) {
    return letter == 0 || letter == usual ? "" : ls_arena_format(s->arena, "%c", letter);
}

static void tell_sequence(saying *s, ls_item *item, const ls_relation *sequence) {
    const char *table = name_of(s, sequence->owner_table);
    if (*table != '\0')
        tell(s, item, "owned_by", qualified(s, table, sequence->owner_column));
    tell(s, item, "of_identity", yes(sequence->of_identity));
    const ls_data_type type = {
        .schema = "pg_catalog", .name = sequence->sequence_type, .known = true};
    tell(s, item, "sequence_type",
         sequence->sequence_type == NULL ? UNKNOWN : ls_type_said(s->arena, &type));
}

/* No statement creates it, not even if it is not there. */
static bool is_supposed(const ls_relation *relation) {
    return !relation->birth.known && !relation->birth.if_not_exists;
}

static void tell_relation(saying *s, const ls_relation *relation) {
    ls_item *item = ls_items_add(&s->items, "relation", relation->full_name, "");
    item->open = !relation->columns_complete || !relation->birth.known;
    item->constraints_open = relation->constraints_open;
    item->supposed = is_supposed(relation);
    tell(s, item, "is", kind_said(relation->kind));
    tell(s, item, "persistence", relation->persistence == LS_UNLOGGED ? "unlogged" : "");
    tell(s, item, "parents", parents_said(s, relation));
    tell(s, item, "partitioned_by", partitioning_said(s, relation));
    tell(s, item, "bound", bound_said(s, relation));
    if (relation->of_type != NULL)
        tell(s, item, "of_type",
             relation->of_type_schema == NULL
                 ? UNKNOWN
                 : qualified(s, relation->of_type_schema, relation->of_type));
    tell(s, item, "access_method", relation->access_method);
    tell(s, item, "row_security", yes(relation->row_security));
    tell(s, item, "force_row_security", yes(relation->force_row_security));
    tell(s, item, "replica_identity", letter_said(s, relation->replica_identity, 'd'));
    tell(s, item, "not_populated",
         yes(relation->kind == LS_RELATION_MATERIALIZED_VIEW && !relation->populated));
    if (relation->kind == LS_RELATION_SEQUENCE)
        tell_sequence(s, item, relation);
}

static void tell_columns(saying *s, const ls_relation *relation) {
    int position = 0;
    for (LS_EACH(const ls_catalog_column, column, relation->columns)) {
        position++;
        if (column->name == NULL)
            continue;
        ls_item *item =
            ls_items_add(&s->items, "column", qualified(s, relation->full_name, column->name),
                         relation->full_name);
        tell(s, item, "position",
             is_supposed(relation) ? UNKNOWN : ls_arena_format(s->arena, "%d", position));
        tell(s, item, "type", ls_type_said(s->arena, &column->type));
        tell(s, item, "not_null", yes(column->not_null));
        tell(s, item, "has_default", yes(column->default_value != NULL));
        tell(s, item, "identity",
             column->identity == 'a'   ? "always"
             : column->identity == 'd' ? "by default"
                                       : "");
        tell(s, item, "generated",
             column->generated == 's'   ? "stored"
             : column->generated == 'v' ? "virtual"
                                        : "");
        tell(s, item, "collation", column->collation);
    }
}

/* --- Constraints ----------------------------------------------------------------------------- */

static const char *constraint_kind_said(ls_constraint_kind kind) {
    static const char *const kinds[] = {
        [LS_CONSTRAINT_CHECK] = "check",     [LS_CONSTRAINT_PRIMARY_KEY] = "primary key",
        [LS_CONSTRAINT_UNIQUE] = "unique",   [LS_CONSTRAINT_FOREIGN_KEY] = "foreign key",
        [LS_CONSTRAINT_EXCLUDE] = "exclude", [LS_CONSTRAINT_NOT_NULL] = "not null",
    };
    return kinds[kind];
}

static const char *action_said(char action) {
    switch (action) {
    case 'r':
        return "restrict";
    case 'c':
        return "cascade";
    case 'n':
        return "set null";
    case 'd':
        return "set default";
    default:
        return "";
    }
}

static const char *deferrable_said(bool deferrable, bool initially_deferred) {
    return initially_deferred ? "initially deferred" : yes(deferrable);
}

/* A CHECK by the columns of the table that it reads, in order of their names. */
static const char *check_columns(saying *s, const ls_relation *table,
                                 const ls_catalog_constraint *check) {
    const ls_words read = ls_expression_columns(s->arena, check->expression);
    ls_words columns = {0};
    for (LS_EACH(const char *, name, read)) {
        if (*name == NULL)
            return UNKNOWN;
        if (ls_relation_column(table, *name) != NULL)
            LS_PUSH(s->arena, &columns, *name);
    }
    return sorted(s, &columns);
}

static void tell_reference(saying *s, ls_item *item, const ls_catalog_constraint *key) {
    tell(s, item, "referenced", name_of(s, key->referenced));
    tell(s, item, "referenced_columns",
         key->referenced_columns.count == 0 ? UNKNOWN : joined(s, &key->referenced_columns));
    tell(s, item, "on_delete", action_said(key->on_delete));
    tell(s, item, "on_update", action_said(key->on_update));
}

/* It may have gone with its constraint, or have another name. */
static bool is_doubted_index(const saying *s, const ls_relation *index) {
    const ls_relation *table = ls_catalog_relation(s->catalog, index->table);
    const ls_catalog_constraint *constraint =
        table == NULL || index->constraint == NULL
            ? NULL
            : ls_relation_constraint(table, index->constraint);
    return constraint != NULL && constraint->doubted;
}

static const char *constraint_index(saying *s, const ls_catalog_constraint *constraint) {
    const ls_relation *index = ls_catalog_relation(s->catalog, constraint->index);
    if (index != NULL)
        return is_doubted_index(s, index) ? UNKNOWN : index->name;
    return constraint->kind == LS_CONSTRAINT_FOREIGN_KEY ? UNKNOWN : "";
}

/* Of keys and NOT NULL it is not compared. */
static bool is_inherited(const ls_catalog_constraint *constraint) {
    return constraint->inherited && (constraint->kind == LS_CONSTRAINT_CHECK ||
                                     constraint->kind == LS_CONSTRAINT_FOREIGN_KEY);
}

static void tell_constraint(saying *s, const char *owner, const ls_relation *table,
                            const ls_catalog_constraint *constraint) {
    ls_item *item =
        ls_items_add(&s->items, "constraint", qualified(s, owner, constraint->name), owner);
    item->supposed = constraint->doubted;
    tell(s, item, "is", constraint_kind_said(constraint->kind));
    if (constraint->kind == LS_CONSTRAINT_CHECK && table != NULL)
        tell(s, item, "columns", check_columns(s, table, constraint));
    else if (constraint->kind != LS_CONSTRAINT_EXCLUDE)
        tell(s, item, "columns", joined(s, &constraint->columns));
    tell(s, item, "not_valid", yes(!constraint->valid));
    tell(s, item, "not_enforced", yes(table != NULL && !constraint->enforced));
    tell(s, item, "no_inherit",
         yes(constraint->kind == LS_CONSTRAINT_CHECK && constraint->no_inherit));
    tell(s, item, "inherited", yes(is_inherited(constraint)));
    tell(s, item, "deferrable",
         deferrable_said(constraint->deferrable, constraint->initially_deferred));
    if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
        tell_reference(s, item, constraint);
    tell(s, item, "index", constraint_index(s, constraint));
}

/* --- Indexes --------------------------------------------------------------------------------- */

/* NULLS FIRST is usual where the order is descending, and is only shown where it is not. */
static const char *elements_said(saying *s, const ls_index_elements *elements) {
    ls_words texts = {0};
    for (LS_EACH(const ls_index_element, element, *elements)) {
        const char *nulls = element->descending && element->nulls_last     ? " nulls last"
                            : !element->descending && element->nulls_first ? " nulls first"
                                                                           : "";
        LS_PUSH(s->arena, &texts,
                ls_arena_join(s->arena, element->column == NULL ? "(expression)" : element->column,
                              element->descending ? " desc" : "", nulls, NULL));
    }
    return joined(s, &texts);
}

static void tell_index(saying *s, const ls_relation *index) {
    const char *table = name_of(s, index->table);
    ls_item *item = ls_items_add(&s->items, "index", index->full_name, table);
    item->supposed = is_doubted_index(s, index);
    tell(s, item, "table", table);
    tell(s, item, "unique", yes(index->unique));
    tell(s, item, "primary", yes(index->primary));
    tell(s, item, "not_valid", yes(!index->valid));
    tell(s, item, "nulls_not_distinct", yes(index->nulls_not_distinct));
    tell(s, item, "method", index->method);
    tell(s, item, "columns", elements_said(s, &index->elements));
    tell(s, item, "include", joined(s, &index->include));
    tell(s, item, "partial", yes(index->predicate != NULL));
    tell(s, item, "parent", name_of(s, index->parent_index));
    tell(s, item, "constraint", index->constraint);
}

/* --- Triggers, policies, rules --------------------------------------------------------------- */

static void tell_trigger(saying *s, const ls_relation *table, const ls_catalog_trigger *trigger) {
    ls_item *item = ls_items_add(&s->items, "trigger",
                                 qualified(s, table->full_name, trigger->name), table->full_name);
    tell(s, item, "fires",
         ls_arena_join(s->arena,
                       trigger->timing == 'b'   ? "before"
                       : trigger->timing == 'i' ? "instead of"
                                                : "after",
                       trigger->on_insert ? " insert" : "", trigger->on_update ? " update" : "",
                       trigger->on_delete ? " delete" : "", trigger->on_truncate ? " truncate" : "",
                       NULL));
    tell(s, item, "row", yes(trigger->row));
    tell(s, item, "columns", joined(s, &trigger->columns));
    tell(s, item, "function",
         trigger->function_schema == NULL
             ? UNKNOWN
             : qualified(s, trigger->function_schema, trigger->function));
    tell(s, item, "constraint", yes(trigger->constraint));
    tell(s, item, "deferrable", deferrable_said(trigger->deferrable, trigger->initially_deferred));
    tell(s, item, "disabled", yes(trigger->disabled));
}

static void tell_parts(saying *s, const ls_relation *relation) {
    tell_columns(s, relation);
    for (LS_EACH(const ls_catalog_constraint, constraint, relation->constraints))
        tell_constraint(s, relation->full_name, relation, constraint);
    for (LS_EACH(const ls_catalog_trigger, trigger, relation->triggers))
        tell_trigger(s, relation, trigger);
    for (LS_EACH(const ls_catalog_policy, policy, relation->policies))
        ls_items_add(&s->items, "policy", qualified(s, relation->full_name, policy->name),
                     relation->full_name);
    for (LS_EACH(const char *, rule, relation->rules))
        ls_items_add(&s->items, "rule", qualified(s, relation->full_name, *rule),
                     relation->full_name);
}

static void tell_relations(saying *s) {
    const ls_relation_ids ids = ls_catalog_relations(ls_catalog_arena(s->catalog), s->catalog);
    for (LS_EACH(const ls_relation_id, id, ids)) {
        const ls_relation *relation = ls_catalog_relation(s->catalog, *id);
        if (strcmp(relation->schema, "pg_temp") == 0 ||
            strcmp(relation->schema, "pg_catalog") == 0 ||
            strcmp(relation->schema, "information_schema") == 0)
            continue;
        if (relation->kind == LS_RELATION_INDEX) {
            tell_index(s, relation);
            continue;
        }
        tell_relation(s, relation);
        tell_parts(s, relation);
    }
}

/* --- Types ----------------------------------------------------------------------------------- */

static const char *type_kind_said(char kind) {
    switch (kind) {
    case 'e':
        return "enum";
    case 'd':
        return "domain";
    case 'c':
        return "composite";
    case 'r':
        return "range";
    case 's':
        return "shell";
    default:
        return "base";
    }
}

static void tell_type(saying *s, const ls_catalog_type *type) {
    const char *name = qualified(s, type->schema, type->name);
    ls_item *item = ls_items_add(&s->items, "type", name, "");
    item->open = !type->birth.known;
    ls_words labels = {0};
    for (LS_EACH(const ls_enum_label, label, type->labels))
        LS_PUSH(s->arena, &labels, label->label);
    tell(s, item, "is", type_kind_said(type->kind));
    tell(s, item, "labels", joined(s, &labels));
    if (type->kind == 'd')
        tell(s, item, "over", ls_type_said(s->arena, &type->base));
    tell(s, item, "not_null", yes(type->not_null));
    tell(s, item, "has_default", yes(type->default_value != NULL));
    for (LS_EACH(const ls_catalog_constraint, constraint, type->constraints))
        tell_constraint(s, name, NULL, constraint);
}

/* --- Functions and the rest ------------------------------------------------------------------ */

static const char *signature(saying *s, const ls_catalog_function *function) {
    ls_words types = {0};
    for (LS_EACH(const ls_data_type, type, function->arguments)) {
        ls_data_type bare = *type;
        bare.modifier_count = 0;
        LS_PUSH(s->arena, &types, ls_type_said(s->arena, &bare));
    }
    return ls_arena_format(s->arena, "%s.%s(%s)", function->schema, function->name,
                           joined(s, &types));
}

static const char *returns_said(saying *s, const ls_catalog_function *function) {
    if (function->procedure)
        return "";
    if (function->returns_nothing)
        return UNKNOWN;
    ls_data_type bare = function->returns;
    bare.modifier_count = 0;
    const char *type = ls_type_said(s->arena, &bare);
    return function->returns_set && strcmp(type, UNKNOWN) != 0
               ? ls_arena_join(s->arena, "setof ", type, NULL)
               : type;
}

static void tell_function(saying *s, const ls_catalog_function *function) {
    ls_item *item = ls_items_add(&s->items, "function", signature(s, function), "");
    tell(s, item, "procedure", yes(function->procedure));
    tell(s, item, "returns", returns_said(s, function));
    tell(s, item, "language", function->language);
    tell(s, item, "volatility",
         function->volatility == 'i'   ? "immutable"
         : function->volatility == 's' ? "stable"
                                       : "volatile");
}

static void tell_statistics(saying *s, const ls_catalog_statistics *statistics) {
    const char *table = name_of(s, statistics->relation);
    ls_item *item = ls_items_add(&s->items, "statistics",
                                 qualified(s, statistics->schema, statistics->name), table);
    tell(s, item, "table", table);
    tell(s, item, "columns", sorted(s, &statistics->columns));
}

static void tell_schemas(saying *s) {
    const ls_words schemas = ls_catalog_schemas(ls_catalog_arena(s->catalog), s->catalog);
    for (LS_EACH(const char *, schema, schemas))
        if (strcmp(*schema, "pg_catalog") != 0 && strcmp(*schema, "information_schema") != 0)
            ls_items_add(&s->items, "schema", *schema, "");
}

static void tell_extensions(saying *s) {
    const ls_words extensions = ls_catalog_extensions(ls_catalog_arena(s->catalog), s->catalog);
    for (LS_EACH(const char *, extension, extensions))
        if (strcmp(*extension, "plpgsql") != 0)
            ls_items_add(&s->items, "extension", *extension, "");
}

ls_items ls_items_said(ls_arena *arena, ls_catalog *catalog) {
    saying s = {.arena = arena, .catalog = catalog, .items = {.arena = arena}};
    tell_schemas(&s);
    tell_extensions(&s);
    tell_relations(&s);
    const ls_types types = ls_catalog_types(ls_catalog_arena(catalog), catalog);
    for (LS_EACH(const ls_catalog_type *, type, types))
        tell_type(&s, *type);
    const ls_functions functions = ls_catalog_functions(ls_catalog_arena(catalog), catalog);
    for (LS_EACH(const ls_catalog_function *, function, functions))
        tell_function(&s, *function);
    const ls_statistics_list statistics =
        ls_catalog_statistics_objects(ls_catalog_arena(catalog), catalog);
    for (LS_EACH(const ls_catalog_statistics *, one, statistics))
        tell_statistics(&s, *one);
    ls_items_sort(&s.items);
    return s.items;
}
