/*
 * object.c - what is said of objects of any kind: DROP, RENAME, SET SCHEMA, OWNER TO, COMMENT.
 *
 * Most of these nodes have no places. The name they are about stands after the words of the
 * statement's tag and IF EXISTS; the tag says how many words that is.
 */
#include "sql/lower/lower_internal.h"

#include <string.h>

/* The first token after the words of the statement's tag and IF EXISTS. */
static uint32_t after_tag(const lowering *work, const char *tag) {
    uint32_t at = work->at.begin;
    for (const char *word = tag; word != NULL; word = strchr(word + 1, ' '))
        at = ls_place_token(work, at).end;
    return ls_place_after(work, at, "?concurrently|?if exists|?only").begin;
}

/* Triggers, rules and policies are named inside a table. */
static bool is_table_member(ObjectType type) {
    return type == OBJECT_TRIGGER || type == OBJECT_RULE || type == OBJECT_POLICY;
}

/* --- DROP --------------------------------------------------------------------------------- */

/* A list that names a table's member ends with the member's name. */
static ls_dropped dropped_member(const lowering *work, const List *names, uint32_t at) {
    ls_dropped dropped = {0};
    dropped.name = ls_lower_plain_name(work, ls_lower_last_string(work, names), at);
    const ls_span table = ls_place_after(work, dropped.name.at.end, "on");
    dropped.relation = ls_lower_name_prefix(work, names, 1, table.begin);
    return dropped;
}

static ls_dropped lower_dropped(const lowering *work, const DropStmt *drop, const Node *object,
                                uint32_t at) {
    if (is_table_member(drop->removeType) && nodeTag(object) == T_List)
        return dropped_member(work, (const List *)object, at);
    return (ls_dropped){.name = ls_lower_object_name(work, object, at),
                        .signature = ls_lower_signature(work, object)};
}

/* The word CONCURRENTLY, or the empty place after INDEX where it would stand. */
static ls_span concurrently_place(const lowering *work) {
    const ls_span index = ls_place_after(work, work->at.begin, "drop");
    const ls_span next = ls_place_token(work, index.end);
    return ls_place_is(work, next, "concurrently") ? next : ls_span_of(index.end, index.end);
}

static void place_cascade(const lowering *work, ls_drop *drop) {
    const ls_span word = ls_place_find_last(work, work->at.begin, "cascade");
    if (drop->cascade && word.end == work->at.end)
        drop->cascade_at = word;
}

void ls_lower_drop(lowering *work, const Node *node, ls_statement *statement) {
    const DropStmt *written = (const DropStmt *)node;
    ls_drop *drop = &statement->drop;
    statement->tag = ls_tag_of_object(work, "DROP", written->removeType);
    drop->kind = ls_lower_object_kind(written->removeType);
    drop->if_exists = written->missing_ok;
    drop->cascade = written->behavior == DROP_CASCADE;
    drop->concurrently = written->concurrent;
    if (drop->kind == LS_OBJECT_INDEX)
        drop->concurrently_at = concurrently_place(work);
    place_cascade(work, drop);
    uint32_t at = after_tag(work, statement->tag);
    for (LS_NODES(cell, written->objects)) {
        const ls_dropped dropped = lower_dropped(work, written, lfirst(cell), at);
        LS_PUSH(work->arena, &drop->objects, dropped);
        const ls_span item = ls_place_clause(work, at, NULL);
        at = ls_place_token(work, ls_place_token(work, item.end).end).begin;
    }
}

static void drop_one(const lowering *work, ls_statement *statement, ObjectType type,
                     const char *name, bool if_exists) {
    statement->tag = ls_tag_of_object(work, "DROP", type);
    statement->drop.kind = ls_lower_object_kind(type);
    statement->drop.if_exists = if_exists;
    const ls_dropped dropped = {
        .name = ls_lower_plain_name(work, name, after_tag(work, statement->tag))};
    LS_PUSH(work->arena, &statement->drop.objects, dropped);
}

void ls_lower_drop_database(lowering *work, const Node *node, ls_statement *statement) {
    const DropdbStmt *written = (const DropdbStmt *)node;
    drop_one(work, statement, OBJECT_DATABASE, written->dbname, written->missing_ok);
}

void ls_lower_drop_tablespace(lowering *work, const Node *node, ls_statement *statement) {
    const DropTableSpaceStmt *written = (const DropTableSpaceStmt *)node;
    drop_one(work, statement, OBJECT_TABLESPACE, written->tablespacename, written->missing_ok);
}

void ls_lower_drop_subscription(lowering *work, const Node *node, ls_statement *statement) {
    const DropSubscriptionStmt *written = (const DropSubscriptionStmt *)node;
    drop_one(work, statement, OBJECT_SUBSCRIPTION, written->subname, written->missing_ok);
    statement->drop.cascade = written->behavior == DROP_CASCADE;
    place_cascade(work, &statement->drop);
}

void ls_lower_drop_role(lowering *work, const Node *node, ls_statement *statement) {
    const DropRoleStmt *written = (const DropRoleStmt *)node;
    statement->tag = "DROP ROLE";
    statement->drop.kind = LS_OBJECT_ROLE;
    statement->drop.if_exists = written->missing_ok;
    for (LS_NODES(cell, written->roles)) {
        const RoleSpec *role = lfirst(cell);
        ls_dropped dropped = {.name.name = ls_lower_role(work, role)};
        dropped.name.at = ls_place_name(work, ls_place_of(work, role->location));
        LS_PUSH(work->arena, &statement->drop.objects, dropped);
    }
}

void ls_lower_drop_owned(lowering *work, const Node *node, ls_statement *statement) {
    (void)work;
    (void)node;
    statement->tag = "DROP OWNED";
}

/* --- RENAME ------------------------------------------------------------------------------- */

/* A member renamed by ALTER TABLE stands before TO, one of its own statement after the tag. */
static void place_rename(const lowering *work, const char *tag, ls_rename *rename) {
    const ls_span word = ls_place_find_last(work, work->at.begin, "rename");
    ls_span member = ls_place_after(work, word.end, "?column|?constraint|?attribute");
    if (ls_place_is(work, member, "to") &&
        !ls_place_is(work, ls_place_token(work, member.end), "to"))
        member = ls_place_token(work, after_tag(work, tag));
    if (rename->member != NULL)
        rename->member_at = member;
    const ls_span to = ls_place_find_last(work, work->at.begin, "to");
    rename->new_name_at = ls_place_token(work, to.end);
}

static void name_renamed(const lowering *work, const RenameStmt *written, ls_statement *statement) {
    ls_rename *rename = statement->rename;
    const uint32_t at = after_tag(work, statement->tag);
    if (written->relation != NULL)
        rename->name = ls_lower_relation(work, written->relation);
    else if (written->object != NULL)
        rename->name = ls_lower_object_name(work, written->object, at);
    else
        rename->name = ls_lower_plain_name(work, written->subname, at);
    if (written->relation != NULL || written->object != NULL)
        rename->member = ls_lower_text(work, written->subname);
}

void ls_lower_rename(lowering *work, const Node *node, ls_statement *statement) {
    const RenameStmt *written = (const RenameStmt *)node;
    ls_rename *rename = statement->rename = LS_NEW(work->arena, ls_rename);
    const bool column = written->renameType == OBJECT_COLUMN;
    statement->tag =
        ls_tag_of_object(work, "ALTER", column ? written->relationType : written->renameType);
    rename->kind = ls_lower_object_kind(written->renameType);
    rename->relation_kind = column ? ls_lower_object_kind(written->relationType) : LS_OBJECT_TABLE;
    rename->signature = ls_lower_signature(work, written->object);
    rename->new_name = ls_lower_text(work, written->newname);
    rename->if_exists = written->missing_ok;
    name_renamed(work, written, statement);
    place_rename(work, statement->tag, rename);
}

/* --- SET SCHEMA, OWNER TO ----------------------------------------------------------------- */

void ls_lower_set_schema(lowering *work, const Node *node, ls_statement *statement) {
    const AlterObjectSchemaStmt *written = (const AlterObjectSchemaStmt *)node;
    ls_set_schema *set = statement->set_schema = LS_NEW(work->arena, ls_set_schema);
    statement->tag = ls_tag_of_object(work, "ALTER", written->objectType);
    set->kind = ls_lower_object_kind(written->objectType);
    set->name = written->relation != NULL
                    ? ls_lower_relation(work, written->relation)
                    : ls_lower_object_name(work, written->object, after_tag(work, statement->tag));
    set->signature = ls_lower_signature(work, written->object);
    set->new_schema = ls_lower_text(work, written->newschema);
    set->if_exists = written->missing_ok;
}

void ls_lower_set_owner(lowering *work, const Node *node, ls_statement *statement) {
    const AlterOwnerStmt *written = (const AlterOwnerStmt *)node;
    ls_set_owner *set = statement->set_owner = LS_NEW(work->arena, ls_set_owner);
    statement->tag = ls_tag_of_object(work, "ALTER", written->objectType);
    set->kind = ls_lower_object_kind(written->objectType);
    set->name = written->relation != NULL
                    ? ls_lower_relation(work, written->relation)
                    : ls_lower_object_name(work, written->object, after_tag(work, statement->tag));
    set->signature = ls_lower_signature(work, written->object);
    set->new_owner = ls_lower_role(work, written->newowner);
}

/* --- COMMENT ------------------------------------------------------------------------------ */

/* COMMENT ON CONSTRAINT c ON DOMAIN d has the domain's type and the name as a pair. */
static void comment_on_domain_constraint(const lowering *work, ls_comment *comment,
                                         const List *pair, uint32_t domain) {
    comment->name = ls_lower_object_name(work, linitial(pair), domain);
    comment->member = ls_lower_last_string(work, pair);
}

/* t.c without what follows its last dot. */
static void comment_on_column(const lowering *work, ls_comment *comment, const List *names,
                              uint32_t at) {
    comment->name = ls_lower_name_prefix(work, names, 1, at);
    comment->member = ls_lower_last_string(work, names);
    uint32_t part = at;
    uint32_t end = at;
    while (part < comment->name.at.end) {
        const ls_span dot = ls_place_token(work, ls_place_token(work, part).end);
        if (dot.end > comment->name.at.end)
            break;
        end = ls_place_token(work, part).end;
        part = ls_place_token(work, dot.end).begin;
    }
    comment->name.at.end = end;
}

/* The token after COMMENT ON and the words for the kind of object. */
static uint32_t commented_place(const lowering *work, ObjectType type) {
    const uint32_t kind = ls_place_after(work, work->at.begin, "comment on").begin;
    const char *words = ls_tag_of_object(work, "", type);
    uint32_t at = kind;
    if (type == OBJECT_TABCONSTRAINT || type == OBJECT_DOMCONSTRAINT || type == OBJECT_COLUMN)
        words = " ";
    for (; words != NULL && *words != '\0'; words = strchr(words + 1, ' '))
        at = ls_place_token(work, at).end;
    return ls_place_token(work, at).begin;
}

void ls_lower_comment(lowering *work, const Node *node, ls_statement *statement) {
    const CommentStmt *written = (const CommentStmt *)node;
    ls_comment *comment = statement->comment = LS_NEW(work->arena, ls_comment);
    const ObjectType type = written->objtype;
    statement->tag = "COMMENT";
    comment->kind = ls_lower_object_kind(type);
    comment->text = ls_lower_text(work, written->comment);
    const uint32_t at = commented_place(work, type);
    const uint32_t owner = ls_place_after(work, ls_place_find(work, at, "on").end, "?domain").begin;
    if (type == OBJECT_DOMCONSTRAINT) {
        comment_on_domain_constraint(work, comment, (const List *)written->object, owner);
    } else if (type == OBJECT_COLUMN) {
        comment_on_column(work, comment, (const List *)written->object, at);
    } else if (type == OBJECT_TABCONSTRAINT || is_table_member(type)) {
        comment->name = ls_lower_name_prefix(work, (const List *)written->object, 1, owner);
        comment->member = ls_lower_last_string(work, (const List *)written->object);
    } else {
        comment->name = ls_lower_object_name(work, written->object, at);
        comment->signature = ls_lower_signature(work, written->object);
    }
}
