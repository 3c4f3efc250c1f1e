/*
 * relation.c - relations with their columns, constraints, triggers, policies and rules.
 *
 * An index that a constraint brings along is described with the constraint. What belongs to a
 * partition because it belongs to its parent is described all the same: the parent's own difference
 * stands for it.
 */
#include "reversal/describing.h"

#include "effects/types.h"
#include "support/decimal.h"

#include <string.h>

static const char *object_of(const ls_relation *relation) {
    static const char *const words[] = {
        [LS_RELATION_TABLE] = "table",
        [LS_RELATION_PARTITIONED_TABLE] = "table",
        [LS_RELATION_FOREIGN_TABLE] = "foreign table",
        [LS_RELATION_VIEW] = "view",
        [LS_RELATION_MATERIALIZED_VIEW] = "materialized view",
        [LS_RELATION_INDEX] = "index",
        [LS_RELATION_SEQUENCE] = "sequence",
        [LS_RELATION_COMPOSITE_TYPE] = "composite type",
        [LS_RELATION_UNKNOWN] = "table",
    };
    return words[relation->kind];
}

const char *ls_relation_key(ls_arena *arena, const ls_relation *relation) {
    return ls_arena_join(arena, object_of(relation), " ", relation->full_name, NULL);
}

const char *ls_part_key(ls_arena *arena, const char *object, const ls_relation *relation,
                        const char *name) {
    return ls_arena_join(arena, object, " ", relation->full_name, ".", name, NULL);
}

static ls_part part_of_relation(ls_description *to, const char *object, const ls_relation *relation,
                                const char *name, const ls_birth *birth) {
    const char *table = ls_without_public(relation->full_name);
    return (ls_part){
        .key = ls_part_key(to->arena, object, relation, name),
        .object = object,
        .shown = ls_arena_join(to->arena, table, ".", name, NULL),
        .container = ls_relation_key(to->arena, relation),
        .relation = table,
        .schema = relation->schema,
        .name = relation->name,
        .whole = true,
        .birth = *birth,
    };
}

static void goes_with_columns(ls_description *to, ls_part *part, const ls_relation *relation,
                              const ls_words *columns) {
    for (LS_EACH(const char *, column, *columns))
        if (*column != NULL)
            LS_PUSH(to->arena, &part->columns, ls_part_key(to->arena, "column", relation, *column));
}

static const char *name_of(const ls_description *to, ls_relation_id id) {
    const ls_relation *relation = ls_catalog_relation(to->catalog, id);
    return relation == NULL ? NULL : ls_without_public(relation->full_name);
}

/* --- Columns --------------------------------------------------------------------------------- */

/* A constant between quotes that the server reads as one of the type, and shows without them. */
static bool is_shown_plain(const ls_data_type *type, const ls_expression *value) {
    const char *text = value->text;
    if (value->kind != LS_EXPR_STRING || text == NULL || type->name == NULL)
        return false;
    if (strcmp(type->name, "bool") == 0)
        return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
    return strcmp(type->name, "int4") == 0 && *text != '\0' &&
           text[strspn(text, "0123456789")] == '\0';
}

static const char *default_text(ls_description *to, const ls_catalog_column *column) {
    const ls_expression *value = column->default_value;
    while (value != NULL && value->kind == LS_EXPR_CAST && value->arguments.count == 1)
        value = value->arguments.items[0];
    if (value != NULL && is_shown_plain(&column->type, value))
        return value->text;
    const char *sequence = column->serial ? name_of(to, column->sequence) : NULL;
    if (sequence != NULL && column->default_value == NULL)
        return ls_arena_join(to->arena, "nextval('", sequence, "')", NULL);
    return ls_expression_text(to->arena, column->default_value);
}

static const char *generation_text(ls_description *to, const ls_catalog_column *column) {
    if (column->generated == 0)
        return NULL;
    const char *text = ls_expression_text(to->arena, column->generation);
    return ls_arena_join(to->arena, text == NULL ? "" : text,
                         column->generated == 's' ? " STORED" : " VIRTUAL", NULL);
}

/* A fact that every part of the kind has, though it may not be known. */
static void add_known(ls_description *to, ls_part *part, const char *property, const char *text) {
    if (text != NULL)
        LS_PUSH(to->arena, &part->facts,
                ((ls_fact){.property = property, .value = text, .usual_unknown = true}));
}

/* That of a column of a query may not be known. */
static void add_type(ls_description *to, ls_part *part, const ls_data_type *type) {
    add_known(to, part, "type", type->name == NULL ? NULL : ls_type_text(to->arena, type));
}

/* NOT NULL with the name of its constraint, where 18 has given it one that is not the usual one. */
static const char *nullability_text(ls_arena *arena, const ls_relation *relation,
                                    const ls_catalog_column *column) {
    const char *usual = ls_arena_join(arena, relation->name, "_", column->name, "_not_null", NULL);
    for (LS_EACH(const ls_catalog_constraint, constraint, relation->constraints)) {
        if (constraint->kind != LS_CONSTRAINT_NOT_NULL || constraint->columns.count != 1 ||
            strcmp(constraint->columns.items[0], column->name) != 0)
            continue;
        bool is_usual = constraint->name == NULL || strcmp(constraint->name, usual) == 0;
        return ls_arena_join(arena, is_usual ? "" : "CONSTRAINT ", is_usual ? "" : constraint->name,
                             is_usual ? "" : " ", "NOT NULL",
                             constraint->no_inherit ? " NO INHERIT" : "",
                             constraint->valid ? "" : " NOT VALID", NULL);
    }
    return column->not_null ? "NOT NULL" : "nullable";
}

static const char *identity_of(ls_arena *arena, const ls_relation *relation,
                               const ls_catalog_column *column, uint32_t number) {
    char id[LS_DECIMAL_ROOM], position[LS_DECIMAL_ROOM], begin[LS_DECIMAL_ROOM];
    if (!column->birth.known)
        return NULL;
    return ls_arena_join(arena, ls_decimal(id, relation->id), " ", ls_decimal(position, number),
                         " ", ls_decimal(begin, column->birth.at.begin), NULL);
}

static void describe_column(ls_description *to, const ls_relation *relation,
                            const ls_catalog_column *column, uint32_t number) {
    ls_part part = part_of_relation(to, "column", relation, column->name, &column->birth);
    part.same_as = identity_of(to->arena, relation, column, number);
    add_type(to, &part, &column->type);
    ls_add_fact(to, &part, "collation", column->collation);
    ls_add_fact(to, &part, "nullability", nullability_text(to->arena, relation, column));
    ls_add_wording(to, &part, "default", default_text(to, column));
    ls_add_fact(to, &part, "identity",
                column->identity == 'a'   ? "GENERATED ALWAYS AS IDENTITY"
                : column->identity == 'd' ? "GENERATED BY DEFAULT AS IDENTITY"
                                          : NULL);
    ls_add_wording(to, &part, "expression", generation_text(to, column));
    ls_add_notes(to, &part, relation, LS_OBJECT_COLUMN, column->name, &column->birth);
    ls_add_part(to, &part);
}

/* --- Constraints ----------------------------------------------------------------------------- */

static const char *constraint_word(ls_constraint_kind kind) {
    switch (kind) {
    case LS_CONSTRAINT_PRIMARY_KEY:
        return "PRIMARY KEY";
    case LS_CONSTRAINT_UNIQUE:
        return "UNIQUE";
    case LS_CONSTRAINT_EXCLUDE:
        return "EXCLUDE";
    case LS_CONSTRAINT_FOREIGN_KEY:
        return "FOREIGN KEY";
    default:
        return "CHECK";
    }
}

static const char *action_word(char letter) {
    switch (letter) {
    case 'r':
        return "RESTRICT";
    case 'c':
        return "CASCADE";
    case 'n':
        return "SET NULL";
    case 'd':
        return "SET DEFAULT";
    default:
        return NULL;
    }
}

static void describe_index_of(ls_description *to, ls_part *part, ls_relation_id id) {
    const ls_relation *index = ls_catalog_relation(to->catalog, id);
    if (index == NULL)
        return;
    ls_add_fact(to, part, "keys", ls_elements_text(to->arena, &index->elements));
    ls_add_fact(to, part, "included columns",
                index->include.count == 0 ? NULL : ls_list_text(to->arena, &index->include));
    ls_add_fact(to, part, "treatment of nulls",
                index->nulls_not_distinct ? "NULLS NOT DISTINCT" : NULL);
    ls_add_wording(to, part, "predicate", ls_expression_text(to->arena, index->predicate));
}

static void describe_reference(ls_description *to, ls_part *part,
                               const ls_catalog_constraint *key) {
    ls_add_fact(to, part, "referenced table", name_of(to, key->referenced));
    if (key->referenced_columns.count > 0)
        add_known(to, part, "referenced columns",
                  ls_list_text(to->arena, &key->referenced_columns));
    ls_add_fact(to, part, "ON DELETE", action_word(key->on_delete));
    ls_add_fact(to, part, "ON UPDATE", action_word(key->on_update));
}

void ls_describe_constraint(ls_description *to, const ls_relation *table,
                            const ls_catalog_constraint *constraint) {
    const char *name = constraint->name == NULL ? "" : constraint->name;
    ls_part part = part_of_relation(to, "constraint", table, name, &constraint->birth);
    part.shown = ls_arena_join(to->arena, name, " on ", part.relation, NULL);
    goes_with_columns(to, &part, table, &constraint->columns);
    ls_add_fact(to, &part, "kind", constraint_word(constraint->kind));
    if (constraint->kind == LS_CONSTRAINT_CHECK)
        ls_add_wording(to, &part, "condition",
                       ls_expression_text(to->arena, constraint->expression));
    else
        ls_add_fact(to, &part, "columns", ls_list_text(to->arena, &constraint->columns));
    if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
        describe_reference(to, &part, constraint);
    else
        describe_index_of(to, &part, constraint->index);
    ls_add_fact(to, &part, "validity", constraint->valid ? "valid" : "NOT VALID");
    ls_add_fact(to, &part, "enforcement", constraint->enforced ? NULL : "NOT ENFORCED");
    ls_add_fact(to, &part, "inheritance", constraint->no_inherit ? "NO INHERIT" : NULL);
    ls_add_fact(to, &part, "deferrability",
                constraint->initially_deferred ? "INITIALLY DEFERRED"
                : constraint->deferrable       ? "DEFERRABLE"
                                               : NULL);
    ls_add_notes(to, &part, table, LS_OBJECT_CONSTRAINT, constraint->name, &constraint->birth);
    ls_add_part(to, &part);
}

/* --- Triggers, policies, rules --------------------------------------------------------------- */

static const char *events_text(ls_arena *arena, const ls_catalog_trigger *trigger) {
    return ls_arena_join(
        arena, trigger->constraint ? "CONSTRAINT " : "",
        trigger->timing == 'b'   ? "BEFORE"
        : trigger->timing == 'i' ? "INSTEAD OF"
                                 : "AFTER",
        trigger->on_insert ? " INSERT" : "", trigger->on_update ? " UPDATE" : "",
        trigger->on_delete ? " DELETE" : "", trigger->on_truncate ? " TRUNCATE" : "",
        trigger->columns.count == 0 ? "" : " OF ", ls_list_text(arena, &trigger->columns), NULL);
}

/* What is said after the table's name, but for the function, which may have another name by now:
 * "for each row when (...) execute" and the arguments. */
static const char *trigger_definition(ls_arena *arena, const ls_catalog_trigger *trigger) {
    static const char EXECUTE[] = "execute ";
    const char *text = ls_normal_text(arena, trigger->definition_source, trigger->definition_at);
    const char *call = NULL;
    for (const char *at = text; at != NULL && (at = strstr(at, EXECUTE)) != NULL; at++)
        call = at;
    const char *arguments = call == NULL ? NULL : strchr(call, '(');
    if (arguments == NULL)
        return text;
    return ls_arena_format(arena, "%.*s%s", (int)(call + strlen(EXECUTE) - text), text, arguments);
}

static void describe_trigger(ls_description *to, const ls_relation *table,
                             const ls_catalog_trigger *trigger) {
    ls_part part = part_of_relation(to, "trigger", table, trigger->name, &trigger->birth);
    part.shown = ls_arena_join(to->arena, trigger->name, " on ", part.relation, NULL);
    ls_add_fact(to, &part, "events", events_text(to->arena, trigger));
    ls_add_wording(to, &part, "definition", trigger_definition(to->arena, trigger));
    ls_add_fact(to, &part, "function",
                ls_plain_name(to->arena, trigger->function_schema, trigger->function));
    ls_add_fact(to, &part, "state", trigger->disabled ? "disabled" : "enabled");
    ls_add_notes(to, &part, table, LS_OBJECT_TRIGGER, trigger->name, &trigger->birth);
    ls_add_part(to, &part);
}

static void describe_policy(ls_description *to, const ls_relation *table,
                            const ls_catalog_policy *policy) {
    ls_part part = part_of_relation(to, "policy", table, policy->name, &policy->birth);
    part.shown = ls_arena_join(to->arena, policy->name, " on ", part.relation, NULL);
    ls_add_fact(to, &part, "command", policy->command);
    ls_add_fact(to, &part, "roles",
                policy->roles.count == 0 ? "public" : ls_list_text(to->arena, &policy->roles));
    ls_add_wording(to, &part, "USING", ls_expression_text(to->arena, policy->using_expression));
    ls_add_wording(to, &part, "WITH CHECK",
                   ls_expression_text(to->arena, policy->check_expression));
    ls_add_notes(to, &part, table, LS_OBJECT_POLICY, policy->name, &policy->birth);
    ls_add_part(to, &part);
}

static void describe_rule(ls_description *to, const ls_relation *table, const char *rule) {
    ls_part part = part_of_relation(to, "rule", table, rule, &(ls_birth){0});
    part.shown = ls_arena_join(to->arena, rule, " on ", part.relation, NULL);
    ls_add_notes(to, &part, table, LS_OBJECT_RULE, rule, &(ls_birth){0});
    ls_add_part(to, &part);
}

/* --- Relations ------------------------------------------------------------------------------- */

static void describe_index(ls_description *to, ls_part *part, const ls_relation *index) {
    const ls_relation *table = ls_catalog_relation(to->catalog, index->table);
    if (table != NULL) {
        part->container = ls_relation_key(to->arena, table);
        part->relation = ls_without_public(table->full_name);
        for (LS_EACH(const ls_index_element, element, index->elements))
            if (element->column != NULL)
                LS_PUSH(to->arena, &part->columns,
                        ls_part_key(to->arena, "column", table, element->column));
        goes_with_columns(to, part, table, &index->include);
    }
    ls_add_fact(to, part, "table", part->relation);
    ls_add_fact(to, part, "uniqueness", index->unique ? "UNIQUE" : NULL);
    ls_add_fact(to, part, "method", index->method);
    ls_add_fact(to, part, "parent", name_of(to, index->parent_index));
    describe_index_of(to, part, index->id);
}

static void describe_sequence(ls_description *to, ls_part *part, const ls_relation *sequence) {
    const ls_relation *table = ls_catalog_relation(to->catalog, sequence->owner_table);
    ls_add_fact(to, part, "type", sequence->sequence_type);
    if (table == NULL || sequence->owner_column == NULL)
        return;
    part->container = ls_relation_key(to->arena, table);
    part->relation = ls_without_public(table->full_name);
    LS_PUSH(to->arena, &part->columns,
            ls_part_key(to->arena, "column", table, sequence->owner_column));
    ls_add_fact(to, part, "owning column",
                ls_arena_join(to->arena, part->relation, ".", sequence->owner_column, NULL));
}

static const char *partitioning_text(ls_arena *arena, const ls_relation *table) {
    const char *strategy = table->partitioning.strategy == 'r'   ? "RANGE"
                           : table->partitioning.strategy == 'l' ? "LIST"
                           : table->partitioning.strategy == 'h' ? "HASH"
                                                                 : NULL;
    return strategy == NULL
               ? NULL
               : ls_arena_join(arena, strategy, " (",
                               ls_elements_text(arena, &table->partitioning.keys), ")", NULL);
}

static const char *expressions_text(ls_arena *arena, ls_expression *const *items, uint32_t count) {
    const char *text = "";
    for (uint32_t i = 0; i < count; i++)
        text = ls_arena_join(arena, text, i == 0 ? "" : ", ", ls_expression_text(arena, items[i]),
                             NULL);
    return text;
}

static const char *bound_text(ls_arena *arena, const ls_bound *bound) {
    switch (bound->kind) {
    case LS_BOUND_NONE:
        return NULL;
    case LS_BOUND_DEFAULT:
        return "DEFAULT";
    case LS_BOUND_HASH:
        return ls_arena_format(arena, "modulus %d, remainder %d", bound->modulus, bound->remainder);
    case LS_BOUND_LIST:
        return expressions_text(arena, bound->lower.items, bound->lower.count);
    case LS_BOUND_RANGE:
        break;
    }
    return ls_arena_join(arena, "from ",
                         expressions_text(arena, bound->lower.items, bound->lower.count), " to ",
                         expressions_text(arena, bound->upper.items, bound->upper.count), NULL);
}

static const char *replica_identity_text(char letter) {
    switch (letter) {
    case 'n':
        return "NOTHING";
    case 'f':
        return "FULL";
    case 'i':
        return "USING INDEX";
    default:
        return NULL;
    }
}

static void describe_table(ls_description *to, ls_part *part, const ls_relation *table) {
    ls_words parents = {0};
    for (LS_EACH(const ls_relation_id, id, table->parents)) {
        const char *parent = name_of(to, *id);
        if (parent != NULL)
            LS_PUSH(to->arena, &parents, parent);
    }
    ls_add_fact(to, part, "partitioning", partitioning_text(to->arena, table));
    ls_add_fact(to, part, "parents", parents.count == 0 ? NULL : ls_list_text(to->arena, &parents));
    ls_add_fact(to, part, "bounds",
                table->is_partition ? bound_text(to->arena, table->bound) : NULL);
    ls_add_fact(to, part, "type", table->of_type);
    ls_add_fact(to, part, "access method", table->access_method);
    ls_add_fact(to, part, "row security", table->row_security ? "enabled" : NULL);
    ls_add_fact(to, part, "row security of the owner", table->force_row_security ? "forced" : NULL);
    ls_add_fact(to, part, "replica identity", replica_identity_text(table->replica_identity));
}

static void describe_parts(ls_description *to, const ls_relation *relation) {
    for (uint32_t i = 0; i < relation->columns.count; i++)
        describe_column(to, relation, &relation->columns.items[i], i);
    for (LS_EACH(const ls_catalog_constraint, constraint, relation->constraints))
        if (constraint->kind != LS_CONSTRAINT_NOT_NULL)
            ls_describe_constraint(to, relation, constraint);
    for (LS_EACH(const ls_catalog_trigger, trigger, relation->triggers))
        describe_trigger(to, relation, trigger);
    for (LS_EACH(const ls_catalog_policy, policy, relation->policies))
        describe_policy(to, relation, policy);
    for (LS_EACH(const char *, rule, relation->rules))
        describe_rule(to, relation, *rule);
}

static ls_part whole_of(ls_description *to, const ls_relation *relation) {
    char id[LS_DECIMAL_ROOM];
    ls_part part = {
        .key = ls_relation_key(to->arena, relation),
        .object = object_of(relation),
        .shown = ls_without_public(relation->full_name),
        .container = ls_arena_join(to->arena, "schema ", relation->schema, NULL),
        .relation = ls_without_public(relation->full_name),
        .schema = relation->schema,
        .name = relation->name,
        .id = relation->id,
        .same_as = ls_arena_string(to->arena, ls_decimal(id, relation->id)),
        .lacks_partitions =
            relation->kind == LS_RELATION_PARTITIONED_TABLE && relation->children.count == 0,
        .declared = !relation->birth.known,
        .may_have_been = !relation->birth.known && relation->birth.if_not_exists,
        .whole = relation->birth.known && relation->columns_complete,
        .birth = relation->birth,
    };
    for (LS_EACH(const ls_catalog_column, column, relation->columns))
        LS_PUSH(to->arena, &part.order, column->name);
    return part;
}

/* A sequence of an identity column is the column's matter, as is the index of a constraint the
 * constraint's; temporary relations end with the session. */
static bool is_left_out(const ls_relation *relation) {
    return relation->persistence == LS_TEMPORARY || relation->constraint != NULL ||
           relation->of_identity || strcmp(relation->schema, "pg_catalog") == 0;
}

static bool is_view(const ls_relation *relation) {
    return relation->kind == LS_RELATION_VIEW || relation->kind == LS_RELATION_MATERIALIZED_VIEW;
}

/* The same query has other columns where it selects *, and a table has others. */
static void describe_view(ls_description *to, ls_part *part, const ls_relation *view) {
    if (view->columns_complete)
        ls_add_fact(to, part, "columns", ls_list_text(to->arena, &part->order));
    ls_add_wording(to, part, "definition",
                   ls_normal_text(to->arena, view->definition_source, view->definition_at));
    part->order.count = 0;
}

void ls_describe_relation(ls_description *to, const ls_relation *relation) {
    if (is_left_out(relation))
        return;
    ls_part part = whole_of(to, relation);
    ls_add_fact(to, &part, "persistence", relation->persistence == LS_UNLOGGED ? "UNLOGGED" : NULL);
    if (relation->kind == LS_RELATION_INDEX)
        describe_index(to, &part, relation);
    else if (relation->kind == LS_RELATION_SEQUENCE)
        describe_sequence(to, &part, relation);
    else if (is_view(relation))
        describe_view(to, &part, relation);
    else
        describe_table(to, &part, relation);
    ls_add_notes(to, &part, relation, LS_OBJECT_TABLE, NULL, &relation->birth);
    ls_add_part(to, &part);
    if (!is_view(relation))
        describe_parts(to, relation);
}
