/*
 * schema.c - schemas, sequences, types and domains.
 */
#include "sql/lower/lower_internal.h"

#include <string.h>

/* --- CREATE SCHEMA ------------------------------------------------------------------------ */

/* Where the next element starts: CREATE and GRANT are reserved and can be nothing else. */
static uint32_t next_element(const lowering *work, uint32_t from) {
    return ls_place_list(work, from, "create grant").end;
}

/* The grammar allows no other than these statements inside; each begins with its verb. */
void ls_lower_create_schema(lowering *work, const Node *node, ls_statement *statement) {
    const CreateSchemaStmt *written = (const CreateSchemaStmt *)node;
    ls_create_schema *schema = &statement->create_schema;
    statement->tag = "CREATE SCHEMA";
    schema->name = ls_lower_text(work, written->schemaname);
    schema->if_not_exists = written->if_not_exists;
    uint32_t end = next_element(work, ls_place_after(work, work->at.begin, "create").begin);
    for (LS_NODES(cell, written->schemaElts)) {
        const ls_span verb = ls_place_token(work, end);
        end = next_element(work, verb.end);
        LS_PUSH(work->arena, &schema->elements,
                ls_lower_statement(work, lfirst(cell), ls_span_of(verb.begin, end)));
    }
}

/* --- Sequences ---------------------------------------------------------------------------- */

void ls_lower_create_sequence(lowering *work, const Node *node, ls_statement *statement) {
    const CreateSeqStmt *written = (const CreateSeqStmt *)node;
    statement->tag = "CREATE SEQUENCE";
    statement->sequence =
        (ls_sequence_statement){.name = ls_lower_relation(work, written->sequence),
                                .if_not_exists = written->if_not_exists,
                                .persistence = ls_lower_persistence(written->sequence),
                                .options = ls_lower_options(work, written->options)};
}

void ls_lower_alter_sequence(lowering *work, const Node *node, ls_statement *statement) {
    const AlterSeqStmt *written = (const AlterSeqStmt *)node;
    statement->tag = "ALTER SEQUENCE";
    statement->sequence =
        (ls_sequence_statement){.name = ls_lower_relation(work, written->sequence),
                                .alter = true,
                                .if_not_exists = written->missing_ok,
                                .options = ls_lower_options(work, written->options)};
}

/* --- Types -------------------------------------------------------------------------------- */

static uint32_t type_place(const lowering *work) {
    return ls_place_after(work, work->at.begin, "create type").begin;
}

/* CREATE TYPE (base and shell); aggregates, operators and collations share the node. */
void ls_lower_define(lowering *work, const Node *node, ls_statement *statement) {
    const DefineStmt *written = (const DefineStmt *)node;
    statement->tag = ls_tag_of_object(work, "CREATE", written->kind);
    if (written->kind != OBJECT_TYPE) {
        statement->kind = LS_STATEMENT_OTHER;
        return;
    }
    statement->create_type = LS_NEW(work->arena, ls_create_type);
    statement->create_type->name = ls_lower_name_list(work, written->defnames, type_place(work));
    statement->create_type->kind = written->definition == NIL ? 's' : 'b';
}

void ls_lower_composite_type(lowering *work, const Node *node, ls_statement *statement) {
    const CompositeTypeStmt *written = (const CompositeTypeStmt *)node;
    statement->tag = "CREATE TYPE";
    statement->create_type = LS_NEW(work->arena, ls_create_type);
    statement->create_type->name = ls_lower_relation(work, written->typevar);
    statement->create_type->kind = 'c';
    for (LS_NODES(cell, written->coldeflist))
        LS_PUSH(work->arena, &statement->create_type->columns, ls_lower_column(work, lfirst(cell)));
}

void ls_lower_create_enum(lowering *work, const Node *node, ls_statement *statement) {
    const CreateEnumStmt *written = (const CreateEnumStmt *)node;
    statement->tag = "CREATE TYPE";
    statement->create_type = LS_NEW(work->arena, ls_create_type);
    statement->create_type->name = ls_lower_name_list(work, written->typeName, type_place(work));
    statement->create_type->kind = 'e';
    statement->create_type->labels = ls_lower_words(work, written->vals);
}

void ls_lower_create_range(lowering *work, const Node *node, ls_statement *statement) {
    const CreateRangeStmt *written = (const CreateRangeStmt *)node;
    statement->tag = "CREATE TYPE";
    statement->create_type = LS_NEW(work->arena, ls_create_type);
    statement->create_type->name = ls_lower_name_list(work, written->typeName, type_place(work));
    statement->create_type->kind = 'r';
}

void ls_lower_alter_enum(lowering *work, const Node *node, ls_statement *statement) {
    const AlterEnumStmt *written = (const AlterEnumStmt *)node;
    ls_alter_enum *alter = statement->alter_enum = LS_NEW(work->arena, ls_alter_enum);
    statement->tag = "ALTER TYPE";
    const ls_span name = ls_place_after(work, work->at.begin, "alter type");
    alter->name = ls_lower_name_list(work, written->typeName, name.begin);
    alter->old_label = ls_lower_text(work, written->oldVal);
    alter->new_label = ls_lower_text(work, written->newVal);
    alter->neighbour = ls_lower_text(work, written->newValNeighbor);
    alter->before = written->newValNeighbor != NULL && !written->newValIsAfter;
    alter->if_not_exists = written->skipIfNewValExists;
    if (written->oldVal == NULL)
        alter->label_at = ls_place_after(work, alter->name.at.end, "add value|?if not exists");
    else
        alter->label_at =
            ls_place_token(work, ls_place_find_last(work, alter->name.at.end, "to").end);
}

/* --- Domains ------------------------------------------------------------------------------ */

void ls_lower_create_domain(lowering *work, const Node *node, ls_statement *statement) {
    const CreateDomainStmt *written = (const CreateDomainStmt *)node;
    ls_create_domain *domain = &statement->create_domain;
    statement->tag = "CREATE DOMAIN";
    const ls_span name = ls_place_after(work, work->at.begin, "create domain");
    domain->name = ls_lower_name_list(work, written->domainname, name.begin);
    domain->type = ls_lower_type(work, written->typeName);
    if (written->collClause != NULL)
        domain->collation = ls_lower_last_string(work, written->collClause->collname);
    domain->constraints =
        ls_lower_constraints(work, written->constraints, written->collClause, work->at.end);
}

static ls_domain_action domain_action(const AlterDomainStmt *written) {
    switch (written->subtype) {
    case 'T':
        return written->def != NULL ? LS_DOMAIN_SET_DEFAULT : LS_DOMAIN_DROP_DEFAULT;
    case 'N':
        return LS_DOMAIN_DROP_NOT_NULL;
    case 'O':
        return LS_DOMAIN_SET_NOT_NULL;
    case 'C':
        return LS_DOMAIN_ADD_CONSTRAINT;
    case 'X':
        return LS_DOMAIN_DROP_CONSTRAINT;
    default:
        return LS_DOMAIN_VALIDATE_CONSTRAINT;
    }
}

static void place_default(const lowering *work, ls_expression *value) {
    const ls_span word = ls_place_find(work, work->at.begin, "default");
    value->at = ls_span_of(ls_place_token(work, word.end).begin, work->at.end);
}

void ls_lower_alter_domain(lowering *work, const Node *node, ls_statement *statement) {
    const AlterDomainStmt *written = (const AlterDomainStmt *)node;
    ls_alter_domain *alter = statement->alter_domain = LS_NEW(work->arena, ls_alter_domain);
    statement->tag = "ALTER DOMAIN";
    alter->action = domain_action(written);
    const ls_span name = ls_place_after(work, work->at.begin, "alter domain");
    alter->name = ls_lower_name_list(work, written->typeName, name.begin);
    alter->constraint_name = ls_lower_text(work, written->name);
    alter->if_exists = written->missing_ok;
    alter->cascade = written->behavior == DROP_CASCADE;
    if (alter->action == LS_DOMAIN_ADD_CONSTRAINT) {
        alter->constraint = LS_NEW(work->arena, ls_constraint);
        *alter->constraint =
            ls_lower_constraint(work, (const Constraint *)written->def, work->at.end);
        alter->constraint_name = alter->constraint->name;
    }
    if (alter->action == LS_DOMAIN_SET_DEFAULT) {
        alter->default_value = ls_lower_expression(work, written->def);
        place_default(work, alter->default_value);
    }
}
