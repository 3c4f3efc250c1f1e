/*
 * dispatch.c - which family a statement belongs to.
 */
#include "effects/families.h"
#include "effects/replay_internal.h"

/* Tables, views, indexes: false if the statement is none of these. */
static bool dispatch_relations(ls_builder *builder, const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_ALTER_TABLE:
        ls_effects_of_alter_table(builder, &statement->alter_table);
        return true;
    case LS_STATEMENT_MOVE_ALL:
        ls_effects_of_move_all(builder, &statement->move_all);
        return true;
    case LS_STATEMENT_CREATE_TABLE:
        ls_effects_of_create_table(builder, statement->create_table);
        return true;
    case LS_STATEMENT_CREATE_TABLE_AS:
        ls_effects_of_create_table_as(builder, &statement->create_table_as);
        return true;
    case LS_STATEMENT_CREATE_INDEX:
        ls_effects_of_create_index(builder, statement->create_index);
        return true;
    case LS_STATEMENT_CREATE_VIEW:
        ls_effects_of_create_view(builder, statement->create_view);
        return true;
    case LS_STATEMENT_REFRESH:
        ls_effects_of_refresh(builder, &statement->refresh);
        return true;
    case LS_STATEMENT_SEQUENCE:
        ls_effects_of_sequence(builder, &statement->sequence);
        return true;
    case LS_STATEMENT_REINDEX:
        ls_effects_of_reindex(builder, &statement->reindex);
        return true;
    case LS_STATEMENT_CLUSTER:
        ls_effects_of_cluster(builder, &statement->cluster);
        return true;
    case LS_STATEMENT_VACUUM:
        ls_effects_of_vacuum(builder, &statement->vacuum);
        return true;
    case LS_STATEMENT_TRUNCATE:
        ls_effects_of_truncate(builder, &statement->truncate);
        return true;
    case LS_STATEMENT_LOCK_TABLE:
        ls_effects_of_lock_table(builder, &statement->lock_table);
        return true;
    default:
        return false;
    }
}

/* Types, functions, parts of tables, schemas and what else is created. */
static bool dispatch_objects(ls_builder *builder, const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_CREATE_TYPE:
        ls_effects_of_create_type(builder, statement->create_type);
        return true;
    case LS_STATEMENT_ALTER_ENUM:
        ls_effects_of_alter_enum(builder, statement->alter_enum);
        return true;
    case LS_STATEMENT_CREATE_DOMAIN:
        ls_effects_of_create_domain(builder, &statement->create_domain);
        return true;
    case LS_STATEMENT_ALTER_DOMAIN:
        ls_effects_of_alter_domain(builder, statement->alter_domain);
        return true;
    case LS_STATEMENT_CREATE_FUNCTION:
        ls_effects_of_create_function(builder, statement->create_function);
        return true;
    case LS_STATEMENT_CREATE_TRIGGER:
        ls_effects_of_create_trigger(builder, statement->create_trigger);
        return true;
    case LS_STATEMENT_CREATE_RULE:
        ls_effects_of_create_rule(builder, &statement->create_rule);
        return true;
    case LS_STATEMENT_POLICY:
        ls_effects_of_policy(builder, statement->policy);
        return true;
    case LS_STATEMENT_CREATE_SCHEMA:
        ls_effects_of_create_schema(builder, &statement->create_schema);
        return true;
    case LS_STATEMENT_PUBLICATION:
        ls_effects_of_publication(builder, &statement->publication);
        return true;
    case LS_STATEMENT_EXTENSION:
        ls_effects_of_extension(builder, &statement->extension);
        return true;
    case LS_STATEMENT_CREATE_STATISTICS:
        ls_effects_of_create_statistics(builder, statement->create_statistics);
        return true;
    default:
        return false;
    }
}

/* What is done to objects of any kind, and to rows. */
static bool dispatch_general(ls_builder *builder, const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_DROP:
        ls_effects_of_drop(builder, &statement->drop);
        return true;
    case LS_STATEMENT_RENAME:
        ls_effects_of_rename(builder, statement->rename);
        return true;
    case LS_STATEMENT_SET_SCHEMA:
        ls_effects_of_set_schema(builder, statement->set_schema);
        return true;
    case LS_STATEMENT_SET_OWNER:
        ls_effects_of_set_owner(builder, statement->set_owner);
        return true;
    case LS_STATEMENT_COMMENT:
        ls_effects_of_comment(builder, statement->comment);
        return true;
    case LS_STATEMENT_GRANT:
        ls_effects_of_grant(builder, statement->grant);
        return true;
    case LS_STATEMENT_QUERY:
        ls_effects_of_query(builder, statement->query);
        return true;
    case LS_STATEMENT_COPY:
        ls_effects_of_copy(builder, &statement->copy);
        return true;
    case LS_STATEMENT_DO:
        ls_effects_of_do(builder, &statement->do_block);
        return true;
    case LS_STATEMENT_SET_CONSTRAINTS:
        ls_set_constraints(builder, statement->flag, statement->set.name == NULL);
        return true;
    default:
        return false;
    }
}

static bool takes_names_away(ls_statement_kind kind) {
    return kind == LS_STATEMENT_DROP || kind == LS_STATEMENT_RENAME ||
           kind == LS_STATEMENT_SET_SCHEMA;
}

void ls_effects_of(ls_builder *builder, const ls_statement *statement) {
    const size_t before = builder->outcome->effects.count;
    if (!dispatch_relations(builder, statement) && !dispatch_objects(builder, statement) &&
        !dispatch_general(builder, statement))
        ls_effects_of_other(builder, statement);
    if (takes_names_away(statement->kind) && !ls_serves_nobody(builder->replay))
        ls_note_recreated(builder, before);
    if (!ls_is_refused(builder))
        ls_note_said(builder, statement);
}
