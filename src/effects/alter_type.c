/*
 * alter_type.c - ALTER COLUMN TYPE, and what hangs on the column.
 *
 * types.h judges what the change does to the rows. Whatever it says, every index and constraint on
 * the column is dropped and made again: an index keeps its file only if the change keeps the order
 * of plain columns; indexes with an expression or a condition, and those of partitioned tables, are
 * built again; a CHECK is verified again; a foreign key takes ACCESS EXCLUSIVE on the other table,
 * and is verified again if the table is rewritten or the comparison is another one (measured on 12
 * to 18, the indexes of partitioned tables and narrowed foreign keys on 15).
 */
#include "effects/ahead.h"
#include "effects/retype.h"

#include "catalog/dependencies.h"

#include <string.h>

static ls_span place(const ls_column_retype *retyping) {
    const ls_column *written = retyping->action->column;
    return written->type != NULL ? written->type->at : retyping->action->at;
}

static void note_work(ls_column_retype *retyping, ls_work work) {
    if (work > retyping->work)
        retyping->work = work;
}

/* --- What is refused ------------------------------------------------------------------------- */

/* The users of a column that keep its type from being changed (measured, 12 to 18; functions with
 * a SQL-standard body 14 and newer). */
static const struct {
    ls_dependency_kind kind;
    const char *used, *what;
} blocking_users[] = {
    {LS_DEPENDS_VIEW, "by a view or rule", "view"},
    {LS_DEPENDS_TRIGGER, "in a trigger definition", "trigger"},
    {LS_DEPENDS_POLICY, "in a policy definition", "policy"},
    {LS_DEPENDS_GENERATED, "by a generated column", "column"},
    {LS_DEPENDS_FUNCTION, "by a function or procedure", "function"},
};

/* What can be made again from its definition when the type has changed. */
static const char *removal_of(ls_builder *builder, const ls_dependency *user, const char *name) {
    const char *table = ls_shown(builder, user->relation);
    const ls_relation *relation = ls_relation_of(builder, user->relation);
    switch (user->kind) {
    case LS_DEPENDS_VIEW:
        return ls_arena_format(
            builder->arena, "DROP %sVIEW %s;",
            relation->kind == LS_RELATION_MATERIALIZED_VIEW ? "MATERIALIZED " : "", name);
    case LS_DEPENDS_TRIGGER:
        return ls_arena_format(builder->arena, "DROP TRIGGER %s ON %s;", name, table);
    case LS_DEPENDS_POLICY:
        return ls_arena_format(builder->arena, "DROP POLICY %s ON %s;", name, table);
    case LS_DEPENDS_GENERATED:
        return ls_arena_format(builder->arena, "ALTER TABLE %s DROP COLUMN %s;", table, name);
    default:
        return NULL;
    }
}

static bool refuse_user(const ls_column_retype *retyping, const ls_dependency *user) {
    ls_builder *builder = retyping->alteration->builder;
    const char *name =
        user->name != NULL ? ls_quoted(builder, user->name) : ls_shown(builder, user->relation);
    for (size_t i = 0; i < sizeof blocking_users / sizeof *blocking_users; i++) {
        if (blocking_users[i].kind != user->kind)
            continue;
        ls_refuse(builder, retyping->action->at,
                  "cannot alter type of a column used %s: %s %s depends on column %s",
                  blocking_users[i].used, blocking_users[i].what, name,
                  ls_quoted(builder, retyping->action->name));
        ls_say_what_is_in_the_way(builder, removal_of(builder, user, name));
        return true;
    }
    return false;
}

static bool refuse_users(const ls_column_retype *retyping) {
    ls_alteration *alteration = retyping->alteration;
    ls_builder *builder = alteration->builder;
    for (size_t i = 0; i < alteration->tables.count; i++) {
        ls_dependencies users = ls_dependents_of_column(
            builder->arena, builder->catalog, alteration->tables.items[i], retyping->action->name);
        for (LS_EACH(const ls_dependency, user, users))
            if (refuse_user(retyping, user))
                return true;
    }
    return false;
}

static bool refuse_serial(const ls_column_retype *retyping) {
    const ls_type_name *type = retyping->action->column->type;
    if (!ls_is_serial_type(type))
        return false;
    ls_refuse(retyping->alteration->builder, type->at,
              "type %s does not exist: it only stands for the type of a new column",
              ls_text_of(retyping->alteration->builder, type->at));
    return true;
}

static bool refuse_identity(const ls_column_retype *retyping) {
    const char *const allowed[] = {"int2", "int4", "int8"};
    if (retyping->column.identity == 0 || !retyping->to.known)
        return false;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (strcmp(retyping->to.name, allowed[i]) == 0)
            return false;
    ls_refuse(retyping->alteration->builder, place(retyping),
              "identity column type must be smallint, integer, or bigint");
    return true;
}

static bool refuse_only(const ls_column_retype *retyping) {
    const ls_alteration *alteration = retyping->alteration;
    if (!alteration->statement->only || ls_altered(alteration)->children.count == 0)
        return false;
    ls_refuse(alteration->builder, retyping->action->at,
              "type of inherited column %s must be changed in child tables too",
              ls_quoted(alteration->builder, retyping->action->name));
    return true;
}

static bool refuse(const ls_column_retype *retyping) {
    ls_builder *builder = retyping->alteration->builder;
    if (refuse_serial(retyping) || refuse_identity(retyping) || refuse_only(retyping) ||
        ls_refuse_inherited_column(retyping->alteration, retyping->action, "alter") ||
        ls_refuse_partition_key(retyping->alteration, retyping->action, "alter") ||
        refuse_users(retyping))
        return true;
    if (!retyping->change.needs_using || retyping->action->expression != NULL)
        return false;
    ls_refuse(builder, place(retyping), "column %s cannot be cast automatically to type %s",
              ls_quoted(builder, retyping->action->name),
              ls_type_text(builder->arena, &retyping->to));
    return true;
}

/* --- Indexes --------------------------------------------------------------------------------- */

static bool uses_expressions(const ls_relation *index) {
    if (index->predicate != NULL)
        return true;
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (element->expression != NULL)
            return true;
    return false;
}

static bool keeps_file(const ls_column_retype *retyping, const ls_relation *index) {
    return retyping->change.work == LS_TYPE_KEEPS && !uses_expressions(index) &&
           index->parent_index == 0;
}

static void remake_index(ls_column_retype *retyping, ls_relation_id id) {
    ls_builder *builder = retyping->alteration->builder;
    const ls_relation *index = ls_relation_of(builder, id);
    if (index == NULL)
        return;
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, place(retyping));
    ls_add_word(builder, retyping->effect, LS_ATTRIBUTE_INDEXES, ls_shown(builder, id));
    if (keeps_file(retyping, index) || !ls_has_storage(ls_relation_of(builder, index->table)) ||
        ls_is_rewritten(builder, index->table))
        return;
    ls_build_index(builder, index->table, id, NULL, place(retyping));
    note_work(retyping, LS_WORK_BUILD);
}

/* --- Constraints ----------------------------------------------------------------------------- */

static void recheck(ls_column_retype *retyping, ls_relation_id table,
                    const ls_catalog_constraint *constraint) {
    ls_builder *builder = retyping->alteration->builder;
    if (!constraint->valid)
        return;
    ls_check_rows(retyping->alteration, table, place(retyping));
    ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_CONSTRAINT_RESCANNED,
                ls_quoted(builder, constraint->name));
    ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_CONDITION, constraint->text);
    note_work(retyping, LS_WORK_SCAN);
}

/* The type whose operators compare values of the type (documentation: pg_amop; varchar has none of
 * its own, neither has cidr). */
static const char *compared_as(const ls_data_type *type) {
    if (strcmp(type->name, "varchar") == 0)
        return "text";
    return strcmp(type->name, "cidr") == 0 ? "inet" : type->name;
}

static ls_data_type base_of(const ls_catalog *catalog, ls_data_type type) {
    for (int depth = 0; depth < 32; depth++) {
        const ls_catalog_type *domain = ls_catalog_find_type(catalog, type.schema, type.name);
        if (domain == NULL || domain->kind != 'd' || type.dimensions > 0)
            break;
        type = domain->base;
    }
    return type;
}

static bool compares_otherwise(const ls_column_retype *retyping) {
    const ls_catalog *catalog = retyping->alteration->builder->catalog;
    if (!retyping->column.type.known || !retyping->to.known)
        return true;
    ls_data_type from = base_of(catalog, retyping->column.type);
    ls_data_type to = base_of(catalog, retyping->to);
    return strcmp(compared_as(&from), compared_as(&to)) != 0;
}

/* The type of the column at the other end of the foreign key. */
static const ls_data_type *other_type(const ls_column_retype *retyping,
                                      const ls_catalog_constraint *constraint, ls_relation_id other,
                                      bool is_referenced) {
    const ls_words *here = is_referenced ? &constraint->referenced_columns : &constraint->columns;
    const ls_words *there = is_referenced ? &constraint->columns : &constraint->referenced_columns;
    const ls_relation *relation = ls_relation_of(retyping->alteration->builder, other);
    for (size_t i = 0; i < here->count && i < there->count; i++) {
        if (strcmp(here->items[i], retyping->action->name) != 0)
            continue;
        const ls_catalog_column *column = ls_relation_column(relation, there->items[i]);
        return column == NULL || !column->type.known ? NULL : &column->type;
    }
    return NULL;
}

static bool refuse_foreign_key(const ls_column_retype *retyping,
                               const ls_catalog_constraint *constraint, ls_relation_id other,
                               bool is_referenced) {
    ls_builder *builder = retyping->alteration->builder;
    const ls_data_type *type = other_type(retyping, constraint, other, is_referenced);
    if (type == NULL || ls_types_comparable(builder->catalog, type, &retyping->to))
        return false;
    ls_refuse(builder, place(retyping), "foreign key constraint %s cannot be implemented",
              ls_quoted(builder, constraint->name));
    return true;
}

/* A foreign key on the column, or one that references it. */
static void remake_foreign_key(ls_column_retype *retyping, ls_relation_id table, const char *name,
                               ls_relation_id retyped) {
    ls_builder *builder = retyping->alteration->builder;
    const ls_catalog_constraint *constraint =
        ls_relation_constraint(ls_relation_of(builder, table), name);
    if (constraint == NULL || constraint->referenced == 0)
        return;
    ls_relation_id other = table == retyped ? constraint->referenced : table;
    if (other != retyped && refuse_foreign_key(retyping, constraint, other, table != retyped))
        return;
    ls_take_lock(builder, other, LS_ACCESS_EXCLUSIVE, place(retyping));
    ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_FOREIGN_KEY, ls_quoted(builder, name));
    ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_OTHER, ls_shown(builder, other));
    bool again = ls_is_rewritten(builder, retyped) || compares_otherwise(retyping);
    if (!again || !constraint->valid)
        return;
    ls_verify_foreign_key(builder, table, constraint->referenced, place(retyping));
    note_work(retyping, LS_WORK_SCAN);
}

static void remake_constraint(ls_column_retype *retyping, ls_relation_id table, const char *name) {
    const ls_catalog_constraint *constraint =
        ls_relation_constraint(ls_relation_of(retyping->alteration->builder, table), name);
    if (constraint == NULL)
        return;
    if (constraint->kind == LS_CONSTRAINT_CHECK)
        recheck(retyping, table, constraint);
    else if (constraint->kind != LS_CONSTRAINT_FOREIGN_KEY)
        remake_index(retyping, constraint->index);
}

static void remake_dependents(ls_column_retype *retyping, ls_relation_id table) {
    ls_builder *builder = retyping->alteration->builder;
    ls_dependencies dependents =
        ls_dependents_of_column(builder->arena, builder->catalog, table, retyping->action->name);
    for (LS_EACH(const ls_dependency, dependent, dependents)) {
        if (dependent->kind == LS_DEPENDS_INDEX)
            remake_index(retyping, dependent->relation);
        else if (dependent->kind == LS_DEPENDS_CONSTRAINT)
            remake_constraint(retyping, table, dependent->name);
        else if (dependent->kind == LS_DEPENDS_FOREIGN_KEY)
            remake_foreign_key(retyping, dependent->relation, dependent->name, table);
    }
}

/* --- Sequences ------------------------------------------------------------------------------- */

/* An identity's sequence follows the column; that of a serial stays what it is and runs out where
 * it always did (measured). */
static void change_sequence(ls_column_retype *retyping) {
    ls_builder *builder = retyping->alteration->builder;
    const ls_relation *sequence = ls_relation_of(builder, retyping->column.sequence);
    if (sequence == NULL || retyping->change.same)
        return;
    if (retyping->column.identity != 0) {
        ls_take_lock(builder, sequence->id, LS_SHARE_ROW_EXCLUSIVE, place(retyping));
        ls_catalog_edit(builder->catalog, sequence->id)->sequence_type = retyping->to.name;
        return;
    }
    ls_data_type type = {.schema = "pg_catalog", .name = sequence->sequence_type, .known = true};
    ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_SEQUENCE, ls_shown(builder, sequence->id));
    ls_set_flag(builder, retyping->effect, LS_ATTRIBUTE_RESTORED,
                ls_sequence_type_ahead(builder, sequence->id));
    if (type.name != NULL)
        ls_set_text(builder, retyping->effect, LS_ATTRIBUTE_SEQUENCE_TYPE,
                    ls_type_text(builder->arena, &type));
}

/* --- The action ------------------------------------------------------------------------------ */

static void judge(ls_column_retype *retyping) {
    ls_builder *builder = retyping->alteration->builder;
    const ls_column *written = retyping->action->column;
    retyping->to = ls_catalog_resolve_type(builder->catalog, written->type);
    retyping->collation = written->collation;
    ls_type_world world = {
        .catalog = builder->catalog,
        .postgres = builder->postgres,
        .time_zone = builder->time_zone,
    };
    if (!retyping->column.type.known && retyping->column.type.name == NULL) {
        retyping->change = (ls_type_change){.work = LS_TYPE_WORK_UNKNOWN,
                                            .why = "the type that the column has is not known"};
        return;
    }
    retyping->change = ls_judge_type_change(
        &world, &retyping->column.type, retyping->column.collation, &retyping->to,
        retyping->collation, retyping->action->expression, retyping->action->name, builder->arena);
}

static void apply(const ls_column_retype *retyping) {
    ls_alteration *alteration = retyping->alteration;
    ls_builder *builder = alteration->builder;
    for (size_t i = 0; i < alteration->tables.count; i++) {
        ls_relation_id table = alteration->tables.items[i];
        ls_catalog_column *column = ls_edit_column(builder, table, retyping->action->name);
        if (column == NULL)
            continue;
        column->type = retyping->to;
        column->collation = retyping->collation;
        ls_catalog_note_type_user(builder->catalog, &retyping->to, table);
    }
}

static void do_work(ls_column_retype *retyping) {
    ls_alteration *alteration = retyping->alteration;
    if (retyping->change.work == LS_TYPE_REWRITES) {
        ls_rewrite_all(alteration, place(retyping));
        note_work(retyping, LS_WORK_REWRITE);
    } else if (retyping->change.work == LS_TYPE_WORK_UNKNOWN) {
        ls_assume(alteration->builder, "%s.%s: %s",
                  ls_shown(alteration->builder, alteration->relation),
                  ls_quoted(alteration->builder, retyping->action->name), retyping->change.why);
        note_work(retyping, LS_WORK_UNKNOWN);
    }
    for (size_t i = 0; i < alteration->tables.count; i++)
        remake_dependents(retyping, alteration->tables.items[i]);
}

void ls_alter_column_type(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_column_retype retyping = {.alteration = alteration, .action = action};
    if (action->column == NULL || action->column->type == NULL ||
        !ls_find_column(alteration, action->name, action->at, &retyping.column))
        return;
    judge(&retyping);
    retyping.effect =
        ls_add_effect(builder, LS_EFFECT_ALTER_COLUMN_TYPE, place(&retyping), alteration->relation);
    ls_describe_retype(&retyping);
    if (refuse(&retyping))
        return;
    do_work(&retyping);
    change_sequence(&retyping);
    ls_set_work(builder, retyping.effect, retyping.work);
    apply(&retyping);
}
