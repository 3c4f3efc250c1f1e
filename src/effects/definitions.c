/*
 * definitions.c - columns, constraints and indexes come into the catalog.
 *
 * What CREATE TABLE writes, and what LIKE, INHERITS and PARTITION OF copy, is turned into the
 * catalog's own records here, with the names that PostgreSQL chooses where none is given. Nothing
 * in this file locks or judges: the statement's family has done that before.
 */
#include "effects/families.h"

#include "catalog/dependencies.h"
#include "catalog/names.h"

#include <stddef.h>
#include <string.h>

/* --- Sequences ------------------------------------------------------------------------------ */

/* serial in its spellings, and the type of its sequence (documentation: 8.1.4 "Serial Types"). */
static const char *const serial_types[][2] = {
    {"serial", "int4"},  {"serial4", "int4"},     {"bigserial", "int8"},
    {"serial8", "int8"}, {"smallserial", "int2"}, {"serial2", "int2"},
};

static bool is_serial(const ls_type_name *type) {
    if (!type || type->schema || type->dimensions > 0)
        return false;
    for (size_t i = 0; i < sizeof serial_types / sizeof *serial_types; i++)
        if (strcmp(type->name, serial_types[i][0]) == 0)
            return true;
    return false;
}

static ls_catalog_column *edit_column(ls_builder *builder, ls_relation_id table, const char *name) {
    const ls_catalog_column *column = ls_relation_column(ls_relation_of(builder, table), name);
    return column ? ls_catalog_edit_column(builder->catalog, table, column) : NULL;
}

/* nextval('s.t_a_seq'): the default that serial stands for. */
static const ls_expression *nextval_of(ls_builder *builder, const ls_relation *sequence) {
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    ls_expression *name = LS_NEW(arena, ls_expression);
    name->kind = LS_EXPR_STRING;
    name->text = sequence->full_name;
    ls_expression *call = LS_NEW(arena, ls_expression);
    call->kind = LS_EXPR_FUNCTION;
    call->name = (ls_name){.name = "nextval"};
    LS_PUSH(arena, &call->arguments, name);
    return call;
}

void ls_define_owned_sequence(ls_builder *builder, ls_relation_id table, const char *column,
                              bool identity) {
    const ls_relation *owner = ls_relation_of(builder, table);
    const ls_words columns = ls_one_word(builder, column);
    const char *name =
        ls_choose_relation_name(builder->catalog, owner->schema, owner->name, &columns, "seq");
    ls_relation *sequence =
        ls_catalog_create(builder->catalog, LS_RELATION_SEQUENCE, owner->persistence, owner->schema,
                          name, owner->birth);
    sequence->owner_table = table;
    sequence->owner_column = column;
    sequence->of_identity = identity;
    const ls_relation_id id = sequence->id;
    ls_catalog_column *of = edit_column(builder, table, column);
    sequence = ls_catalog_amend(builder->catalog, id);
    sequence->sequence_type = of->type.name;
    of->sequence = id;
    of->serial = !identity;
    of->not_null = true;
    if (!identity)
        of->default_value = nextval_of(builder, sequence);
    ls_catalog_note_dependent(builder->catalog, table, id);
    ls_catalog_note_dependent(builder->catalog, id, table);
}

/* --- Columns -------------------------------------------------------------------------------- */

/* What a constraint that is written at a column says about the column itself. */
static void apply_to_column(ls_catalog_column *column, const ls_constraint *constraint) {
    switch (constraint->kind) {
    case LS_CONSTRAINT_NOT_NULL:
    case LS_CONSTRAINT_PRIMARY_KEY:
        column->not_null = true;
        break;
    case LS_CONSTRAINT_DEFAULT:
        column->default_value = constraint->expression;
        break;
    case LS_CONSTRAINT_IDENTITY:
        column->identity = constraint->generated_always ? 'a' : 'd';
        column->not_null = true;
        break;
    case LS_CONSTRAINT_GENERATED:
        column->generated = constraint->generated_virtual ? 'v' : 's';
        column->generation = constraint->expression;
        break;
    default:
        break;
    }
}

static void push_column(ls_builder *builder, ls_relation_id table, ls_catalog_column column) {
    ls_catalog_column *known = edit_column(builder, table, column.name);
    if (known) {
        *known = column;
        return;
    }
    ls_relation *relation = ls_catalog_amend(builder->catalog, table);
    LS_PUSH(ls_catalog_arena(builder->catalog), &relation->columns, column);
}

void ls_define_column(ls_builder *builder, ls_relation_id table, const ls_column *written) {
    const ls_relation *relation = ls_relation_of(builder, table);
    const ls_catalog_column *merged = ls_relation_column(relation, written->name);
    ls_catalog_column column = {0};
    if (merged)
        column = *merged;
    column.name = ls_catalog_intern(builder->catalog, written->name);
    column.birth = relation->birth;
    if (written->type)
        column.type = ls_catalog_resolve_type(builder->catalog, written->type);
    if (written->collation)
        column.collation = written->collation;
    for (LS_EACH(const ls_constraint, constraint, written->constraints))
        apply_to_column(&column, constraint);
    column.default_value = ls_kept_default(builder, &column.type, column.default_value);
    push_column(builder, table, column);
    ls_catalog_note_type_user(builder->catalog, &column.type, table);
    ls_note_default(builder, table, column.default_value);
    if (is_serial(written->type))
        ls_define_owned_sequence(builder, table, column.name, false);
    else if (column.identity)
        ls_define_owned_sequence(builder, table, column.name, true);
}

/* Two parents have a column of that name: it is one, and not null if it is so in either. */
static bool merge_column(ls_builder *builder, ls_relation_id table, const ls_catalog_column *like) {
    ls_catalog_column *known = edit_column(builder, table, like->name);
    if (!known)
        return false;
    known->not_null |= like->not_null;
    if (!known->default_value)
        known->default_value = like->default_value;
    return true;
}

void ls_add_column_like(ls_builder *builder, ls_relation_id table, const ls_catalog_column *like) {
    if (merge_column(builder, table, like))
        return;
    ls_catalog_column column = *like;
    column.birth = ls_relation_of(builder, table)->birth;
    column.sequence = 0;
    column.serial = false;
    push_column(builder, table, column);
    ls_catalog_note_type_user(builder->catalog, &column.type, table);
    ls_note_default(builder, table, column.default_value);
}

/* --- Indexes -------------------------------------------------------------------------------- */

static ls_index_elements elements_of(ls_builder *builder, const ls_words *columns) {
    ls_index_elements elements = {0};
    for (LS_EACH(const char *, column, *columns)) {
        const ls_index_element element = {.column = *column};
        LS_PUSH(ls_catalog_arena(builder->catalog), &elements, element);
    }
    return elements;
}

static ls_index_elements key_elements(ls_builder *builder, const ls_constraint *constraint,
                                      const ls_words *columns) {
    const ls_index_elements written = ls_constraint_index(constraint)->elements;
    return written.count > 0 ? written : elements_of(builder, columns);
}

/* The label in the names of constraints' indexes: t_a_key, t_pkey, t_a_excl. */
static const char *index_label(ls_constraint_kind kind) {
    return kind == LS_CONSTRAINT_PRIMARY_KEY ? "pkey"
           : kind == LS_CONSTRAINT_UNIQUE    ? "key"
                                             : "excl";
}

static const char *index_name(ls_builder *builder, ls_relation_id table,
                              const ls_constraint *constraint, const ls_words *columns) {
    if (constraint->name)
        return constraint->name;
    const ls_relation *relation = ls_relation_of(builder, table);
    const ls_words none = {0};
    const bool primary = constraint->kind == LS_CONSTRAINT_PRIMARY_KEY;
    const ls_index_elements elements = key_elements(builder, constraint, columns);
    const ls_words keys =
        ls_index_column_names(builder->arena, &elements, &ls_constraint_index(constraint)->include);
    return ls_choose_relation_name(builder->catalog, relation->schema, relation->name,
                                   primary ? &none : &keys, index_label(constraint->kind));
}

static ls_relation_id define_constraint_index(ls_builder *builder, ls_relation_id table,
                                              const ls_constraint *constraint,
                                              const ls_words *columns, const char *name) {
    ls_relation *index = ls_catalog_create_index(builder->catalog, table, name,
                                                 ls_relation_of(builder, table)->birth);
    index->primary = constraint->kind == LS_CONSTRAINT_PRIMARY_KEY;
    index->unique = constraint->kind != LS_CONSTRAINT_EXCLUDE;
    index->nulls_not_distinct = constraint->nulls_not_distinct;
    index->valid = true;
    const ls_key_index *written = ls_constraint_index(constraint);
    index->method = written->method ? written->method : "btree";
    index->elements = key_elements(builder, constraint, columns);
    index->include = written->include;
    index->column_names = ls_index_column_names(ls_catalog_arena(builder->catalog),
                                                &index->elements, &index->include);
    if (constraint->kind == LS_CONSTRAINT_EXCLUDE)
        index->predicate = constraint->expression;
    index->constraint = name;
    return index->id;
}

/* --- Constraints ---------------------------------------------------------------------------- */

/* A check is named for its column where it has exactly one: t_a_check, else t_check. */
static ls_words named_columns(ls_builder *builder, const ls_constraint *constraint,
                              const ls_words *columns) {
    if (constraint->kind != LS_CONSTRAINT_CHECK)
        return *columns;
    ls_words read = ls_expression_columns(builder->arena, constraint->expression);
    if (read.count != 1 || !read.items[0])
        read.count = 0;
    return read;
}

static const char *constraint_name(ls_builder *builder, ls_relation_id table,
                                   const ls_constraint *constraint, const ls_words *columns) {
    if (constraint->name)
        return constraint->name;
    const char *label = constraint->kind == LS_CONSTRAINT_CHECK         ? "check"
                        : constraint->kind == LS_CONSTRAINT_FOREIGN_KEY ? "fkey"
                                                                        : "not_null";
    const ls_words named = named_columns(builder, constraint, columns);
    return ls_choose_constraint_name(builder->catalog, ls_relation_of(builder, table), &named,
                                     label);
}

static void fill_reference(ls_builder *builder, ls_relation_id table,
                           const ls_key_reference *written, ls_catalog_constraint *constraint) {
    constraint->referenced = ls_named(builder, &written->relation, LS_RELATION_TABLE);
    constraint->on_delete = written->on_delete;
    constraint->on_update = written->on_update;
    constraint->referenced_columns = written->columns;
    const ls_relation *referenced = ls_relation_of(builder, constraint->referenced);
    const ls_catalog_constraint *primary = ls_relation_primary_key(referenced);
    if (constraint->referenced_columns.count == 0 && primary) {
        constraint->referenced_columns = primary->columns;
        constraint->index = primary->index;
    } else {
        constraint->index =
            ls_unique_index_on(builder, referenced, &constraint->referenced_columns);
    }
    ls_catalog_note_dependent(builder->catalog, constraint->referenced, table);
}

/* DEFAULT, IDENTITY, GENERATED, NULL and (before 18) NOT NULL are the column's own. */
static bool is_kept(const ls_builder *builder, const ls_constraint *constraint) {
    return constraint->kind == LS_CONSTRAINT_CHECK ||
           constraint->kind == LS_CONSTRAINT_FOREIGN_KEY || ls_has_own_index(constraint->kind) ||
           (constraint->kind == LS_CONSTRAINT_NOT_NULL && builder->postgres >= 18);
}

static void mark_not_null(ls_builder *builder, ls_relation_id table, const ls_words *columns) {
    for (LS_EACH(const char *, name, *columns)) {
        ls_catalog_column *column = edit_column(builder, table, *name);
        if (column)
            column->not_null = true;
    }
}

static ls_catalog_constraint constraint_as_written(ls_builder *builder, ls_relation_id table,
                                                   const ls_constraint *written,
                                                   const ls_words *columns) {
    ls_catalog_constraint constraint = {
        .kind = written->kind,
        .expression = written->expression,
        .valid = true,
        .enforced = !written->not_enforced,
        .no_inherit = written->no_inherit,
        .local = true,
        .deferrable = written->deferrable,
        .initially_deferred = written->initially_deferred,
        .birth = ls_relation_of(builder, table)->birth,
    };
    constraint.validated = constraint.birth;
    if (written->kind == LS_CONSTRAINT_CHECK && written->expression &&
        !ls_span_empty(written->expression->at))
        constraint.text = ls_arena_string(ls_catalog_arena(builder->catalog),
                                          ls_text_of(builder, written->expression->at));
    for (LS_EACH(const char *, name, *columns))
        LS_PUSH(ls_catalog_arena(builder->catalog), &constraint.columns, *name);
    return constraint;
}

/* A CHECK that a parent has under the same name is the same constraint. */
static bool is_merged(ls_builder *builder, ls_relation_id table, const ls_constraint *written) {
    if (written->kind != LS_CONSTRAINT_CHECK || !written->name)
        return false;
    const ls_catalog_constraint *known =
        ls_relation_constraint(ls_relation_of(builder, table), written->name);
    if (!known || !known->inherited)
        return false;
    ls_catalog_edit_constraint(builder->catalog, table, known)->local =
        !ls_relation_of(builder, table)->is_partition;
    return true;
}

void ls_define_constraint(ls_builder *builder, ls_relation_id table, const ls_constraint *written,
                          const char *column) {
    if (!is_kept(builder, written) || is_merged(builder, table, written))
        return;
    const ls_words columns = column ? ls_one_word(builder, column) : written->columns;
    ls_catalog_constraint constraint = constraint_as_written(builder, table, written, &columns);
    const bool indexed = ls_has_own_index(written->kind);
    constraint.name = ls_catalog_intern(
        builder->catalog, indexed ? index_name(builder, table, written, &columns)
                                  : constraint_name(builder, table, written, &columns));
    if (indexed)
        constraint.index =
            define_constraint_index(builder, table, written, &columns, constraint.name);
    if (written->kind == LS_CONSTRAINT_FOREIGN_KEY)
        fill_reference(builder, table, written->reference, &constraint);
    if (written->kind == LS_CONSTRAINT_PRIMARY_KEY || written->kind == LS_CONSTRAINT_NOT_NULL)
        mark_not_null(builder, table, &constraint.columns);
    ls_relation *relation = ls_catalog_amend(builder->catalog, table);
    LS_PUSH(ls_catalog_arena(builder->catalog), &relation->constraints, constraint);
}

/* --- Copies --------------------------------------------------------------------------------- */

static const ls_catalog_constraint *constraint_of_index(const ls_builder *builder,
                                                        const ls_relation *index) {
    const ls_relation *table = ls_relation_of(builder, index->table);
    return index->constraint && table ? ls_relation_constraint(table, index->constraint) : NULL;
}

static const char *copied_name(ls_builder *builder, ls_relation_id table, const ls_relation *like) {
    const ls_relation *relation = ls_relation_of(builder, table);
    const ls_words none = {0};
    const ls_catalog_constraint *constraint = constraint_of_index(builder, like);
    const char *label = constraint ? index_label(constraint->kind) : "idx";
    return ls_choose_relation_name(builder->catalog, relation->schema, relation->name,
                                   like->primary ? &none : &like->column_names, label);
}

ls_relation_id ls_define_index_like(ls_builder *builder, ls_relation_id table,
                                    const ls_relation *like, const char *name) {
    const ls_relation model = *like;
    const ls_catalog_constraint *backed = constraint_of_index(builder, like);
    ls_catalog_constraint constraint = {0};
    if (backed)
        constraint = *backed;
    if (!name)
        name = copied_name(builder, table, &model);
    const ls_birth birth = ls_relation_of(builder, table)->birth;
    ls_relation *index = ls_catalog_create_index(builder->catalog, table, name, birth);
    const ls_relation_id id = index->id;
    index->unique = model.unique;
    index->nulls_not_distinct = model.nulls_not_distinct;
    index->primary = model.primary;
    index->valid = true;
    index->method = model.method;
    index->elements = model.elements;
    index->include = model.include;
    index->column_names = model.column_names;
    index->predicate = model.predicate;
    index->definition_source = model.definition_source;
    index->definition_at = model.definition_at;
    if (!backed)
        return id;
    index->constraint = index->name;
    constraint.name = index->name;
    constraint.index = id;
    constraint.birth = constraint.validated = birth;
    if (constraint.kind == LS_CONSTRAINT_PRIMARY_KEY)
        mark_not_null(builder, table, &constraint.columns);
    ls_relation *relation = ls_catalog_amend(builder->catalog, table);
    LS_PUSH(ls_catalog_arena(builder->catalog), &relation->constraints, constraint);
    return id;
}
