/*
 * server.c - what concerns the whole server or its neighbours: privileges, extensions,
 * publications, subscriptions, databases and tablespaces.
 */
#include "sql/lower/lower_internal.h"

/* --- Privileges --------------------------------------------------------------------------- */

static ls_words lower_privileges(const lowering *work, const List *privileges) {
    ls_words words = {0};
    for (LS_NODES(cell, privileges)) {
        const char *name = ls_lower_text(work, ((const AccessPriv *)lfirst(cell))->priv_name);
        LS_PUSH(work->arena, &words, name == NULL ? "all" : name);
    }
    return words;
}

static void fill_grant(const lowering *work, ls_grant *grant, const GrantStmt *written) {
    grant->grant = written->is_grant;
    grant->kind = ls_lower_object_kind(written->objtype);
    grant->all_in_schema = written->targtype == ACL_TARGET_ALL_IN_SCHEMA;
    grant->privileges = lower_privileges(work, written->privileges);
    grant->grantees = ls_lower_roles(work, written->grantees);
    grant->cascade = written->behavior == DROP_CASCADE;
    for (LS_NODES(cell, written->objects)) {
        const ls_name name = ls_lower_object_name(work, lfirst(cell), LS_NOWHERE);
        if (name.name == NULL)
            continue;
        LS_PUSH(work->arena, &grant->objects, name);
        LS_PUSH(work->arena, &grant->signatures, ls_lower_signature(work, lfirst(cell)));
    }
}

void ls_lower_grant(lowering *work, const Node *node, ls_statement *statement) {
    statement->grant = LS_NEW(work->arena, ls_grant);
    fill_grant(work, statement->grant, (const GrantStmt *)node);
    statement->tag = statement->grant->grant ? "GRANT" : "REVOKE";
}

void ls_lower_grant_role(lowering *work, const Node *node, ls_statement *statement) {
    const GrantRoleStmt *written = (const GrantRoleStmt *)node;
    statement->tag = written->is_grant ? "GRANT ROLE" : "REVOKE ROLE";
    statement->grant = LS_NEW(work->arena, ls_grant);
    statement->grant->grant = written->is_grant;
    statement->grant->kind = LS_OBJECT_ROLE;
    statement->grant->grantees = ls_lower_roles(work, written->grantee_roles);
    statement->grant->cascade = written->behavior == DROP_CASCADE;
    for (LS_NODES(cell, written->granted_roles)) {
        const AccessPriv *role = lfirst(cell);
        LS_PUSH(work->arena, &statement->grant->objects,
                ls_lower_plain_name(work, role->priv_name, LS_NOWHERE));
    }
}

/* The objects are the schemas that IN SCHEMA names. */
void ls_lower_default_privileges(lowering *work, const Node *node, ls_statement *statement) {
    const AlterDefaultPrivilegesStmt *written = (const AlterDefaultPrivilegesStmt *)node;
    statement->tag = "ALTER DEFAULT PRIVILEGES";
    statement->grant = LS_NEW(work->arena, ls_grant);
    fill_grant(work, statement->grant, written->action);
    statement->grant->default_privileges = true;
    const DefElem *schemas = ls_lower_find_option(written->options, "schemas");
    if (schemas == NULL)
        return;
    for (LS_NODES(cell, (const List *)schemas->arg))
        LS_PUSH(work->arena, &statement->grant->objects,
                ls_lower_object_name(work, lfirst(cell), LS_NOWHERE));
}

/* --- Extensions --------------------------------------------------------------------------- */

static const char *option_text(const lowering *work, const List *options, const char *name) {
    const DefElem *option = ls_lower_find_option(options, name);
    return option == NULL ? NULL : ls_lower_value_text(work, option->arg);
}

void ls_lower_create_extension(lowering *work, const Node *node, ls_statement *statement) {
    const CreateExtensionStmt *written = (const CreateExtensionStmt *)node;
    statement->tag = "CREATE EXTENSION";
    statement->extension = (ls_extension){.name = ls_lower_text(work, written->extname),
                                          .if_not_exists = written->if_not_exists,
                                          .schema = option_text(work, written->options, "schema")};
}

void ls_lower_alter_extension(lowering *work, const Node *node, ls_statement *statement) {
    const AlterExtensionStmt *written = (const AlterExtensionStmt *)node;
    statement->tag = "ALTER EXTENSION";
    statement->extension =
        (ls_extension){.name = ls_lower_text(work, written->extname), .alter = true};
}

void ls_lower_alter_extension_contents(lowering *work, const Node *node, ls_statement *statement) {
    const AlterExtensionContentsStmt *written = (const AlterExtensionContentsStmt *)node;
    statement->tag = "ALTER EXTENSION";
    statement->extension =
        (ls_extension){.name = ls_lower_text(work, written->extname), .alter = true};
}

/* --- Replication -------------------------------------------------------------------------- */

static void add_published(const lowering *work, ls_publication *publication, const List *objects) {
    for (LS_NODES(cell, objects)) {
        const PublicationObjSpec *object = lfirst(cell);
        if (object->pubtable != NULL)
            LS_PUSH(work->arena, &publication->tables,
                    ls_lower_relation(work, object->pubtable->relation));
        else if (object->name != NULL)
            LS_PUSH(work->arena, &publication->schemas, ls_lower_text(work, object->name));
    }
}

static const char *publish_option(const lowering *work, const List *written) {
    const ls_options options = ls_lower_options(work, written);
    for (LS_EACH(const ls_option, option, options))
        if (strcmp(option->name, "publish") == 0)
            return option->value;
    return NULL;
}

void ls_lower_create_publication(lowering *work, const Node *node, ls_statement *statement) {
    const CreatePublicationStmt *written = (const CreatePublicationStmt *)node;
    statement->tag = "CREATE PUBLICATION";
    statement->publication.name = ls_lower_text(work, written->pubname);
    statement->publication.all_tables = written->for_all_tables;
    statement->publication.publish = publish_option(work, written->options);
    add_published(work, &statement->publication, written->pubobjects);
}

void ls_lower_alter_publication(lowering *work, const Node *node, ls_statement *statement) {
    const AlterPublicationStmt *written = (const AlterPublicationStmt *)node;
    static const char CHANGES[] = {
        [AP_AddObjects] = '+', [AP_DropObjects] = '-', [AP_SetObjects] = '='};
    ls_publication *publication = &statement->publication;
    statement->tag = "ALTER PUBLICATION";
    publication->name = ls_lower_text(work, written->pubname);
    publication->alter = true;
    publication->change = written->options != NIL ? 0 : CHANGES[written->action];
    publication->all_tables = written->for_all_tables;
    publication->publish = publish_option(work, written->options);
    add_published(work, publication, written->pubobjects);
}

void ls_lower_create_subscription(lowering *work, const Node *node, ls_statement *statement) {
    statement->tag = "CREATE SUBSCRIPTION";
    statement->options = ls_lower_options(work, ((const CreateSubscriptionStmt *)node)->options);
}

/* --- Roles -------------------------------------------------------------------------------- */

/* What sets a role above GRANT and row-level security. */
static ls_options exemptions(const lowering *work, const List *options) {
    static const char *const names[] = {"superuser", "bypassrls"};
    ls_options given = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const DefElem *option = ls_lower_find_option(options, names[i]);
        if (ls_lower_option_is_true(option))
            LS_PUSH(work->arena, &given, ((ls_option){.name = names[i]}));
    }
    return given;
}

void ls_lower_create_role(lowering *work, const Node *node, ls_statement *statement) {
    statement->tag = "CREATE ROLE";
    statement->options = exemptions(work, ((const CreateRoleStmt *)node)->options);
}

void ls_lower_alter_role(lowering *work, const Node *node, ls_statement *statement) {
    statement->tag = "ALTER ROLE";
    statement->options = exemptions(work, ((const AlterRoleStmt *)node)->options);
}

/* --- Databases and tablespaces ------------------------------------------------------------ */

void ls_lower_create_database(lowering *work, const Node *node, ls_statement *statement) {
    statement->tag = "CREATE DATABASE";
    statement->options = ls_lower_options(work, ((const CreatedbStmt *)node)->options);
}

void ls_lower_alter_database(lowering *work, const Node *node, ls_statement *statement) {
    const List *options = ((const AlterDatabaseStmt *)node)->options;
    statement->tag = "ALTER DATABASE";
    statement->flag = ls_lower_find_option(options, "tablespace") != NULL;
    statement->options = ls_lower_options(work, options);
}

void ls_lower_alter_database_set(lowering *work, const Node *node, ls_statement *statement) {
    (void)work;
    (void)node;
    statement->tag = "ALTER DATABASE";
}

void ls_lower_create_tablespace(lowering *work, const Node *node, ls_statement *statement) {
    statement->tag = "CREATE TABLESPACE";
    statement->options = ls_lower_options(work, ((const CreateTableSpaceStmt *)node)->options);
}
