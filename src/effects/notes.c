/*
 * notes.c - what statements say of objects beside what they are: comments, privileges, owners,
 * options, definitions that nothing else reads.
 *
 * None of it changes what a statement costs. It is kept so that two states of the schema can be
 * compared as a dump would show them. What is the default again is no note: a privilege that every
 * object of its kind comes with is noted when it is revoked.
 */
#include "effects/families.h"
#include "effects/noted_object.h"

#include <string.h>

/* Whoever creates an object owns it, and storage depends on the type (documentation: CREATE TABLE):
 * what these are where nothing was said is not known. */
static bool is_usual_unknown(const char *property) {
    return strcmp(property, "owner") == 0 || strcmp(property, "storage") == 0;
}

static ls_catalog_note note_of(const ls_builder *builder, ls_object_kind kind, const char *about,
                               const char *property, const char *text) {
    return (ls_catalog_note){.kind = kind,
                             .about = about,
                             .property = property,
                             .text = text,
                             .usual_unknown = is_usual_unknown(property),
                             .birth = builder->birth};
}

static void note_part(ls_builder *builder, ls_relation_id relation, ls_object_kind kind,
                      const char *about, const char *property, const char *text) {
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    const ls_catalog_note note =
        note_of(builder, kind, ls_arena_string(arena, about),
                ls_catalog_intern(builder->catalog, property), ls_arena_string(arena, text));
    ls_catalog_add_note(builder->catalog, relation, &note);
}

static void note_about(ls_builder *builder, const ls_noted_object *object, const char *about,
                       const char *property, const char *text) {
    ls_arena *arena = ls_catalog_arena(builder->catalog);
    ls_catalog_note note =
        note_of(builder, object->kind, ls_arena_string(arena, about),
                ls_catalog_intern(builder->catalog, property), ls_arena_string(arena, text));
    note.object = *object;
    ls_catalog_add_object_note(builder->catalog, &note);
}

static void note_object(ls_builder *builder, const ls_noted_object *object, const char *property,
                        const char *text) {
    note_about(builder, object, ls_noted_object_text(builder->arena, object), property, text);
}

static bool is_part(ls_object_kind kind) {
    switch (kind) {
    case LS_OBJECT_COLUMN:
    case LS_OBJECT_CONSTRAINT:
    case LS_OBJECT_TRIGGER:
    case LS_OBJECT_RULE:
    case LS_OBJECT_POLICY:
        return true;
    default:
        return false;
    }
}

/* --- Comments and owners -------------------------------------------------------------------- */

/* An empty comment is none (documentation: COMMENT). */
static void note_comment(ls_builder *builder, const ls_comment *comment) {
    const char *text = comment->text && *comment->text ? comment->text : NULL;
    if (!comment->name.name)
        return;
    if (is_part(comment->kind))
        note_part(builder, ls_known(builder, &comment->name), comment->kind, comment->member,
                  "comment", text);
    else if (ls_is_kind_of_relation(comment->kind))
        note_part(builder, ls_known(builder, &comment->name), LS_OBJECT_TABLE, NULL, "comment",
                  text);
    else {
        const ls_noted_object object =
            ls_noted_object_of(builder, comment->kind, &comment->name, &comment->signature);
        note_object(builder, &object, "comment", text);
    }
}

static void note_owner(ls_builder *builder, const ls_set_owner *set) {
    if (!set->name.name)
        return;
    if (ls_is_kind_of_relation(set->kind)) {
        note_part(builder, ls_known(builder, &set->name), LS_OBJECT_TABLE, NULL, "owner",
                  set->new_owner);
        return;
    }
    const ls_noted_object object =
        ls_noted_object_of(builder, set->kind, &set->name, &set->signature);
    note_object(builder, &object, "owner", set->new_owner);
}

/* --- Privileges ----------------------------------------------------------------------------- */

/* What ALL stands for, and what everybody has from the start (documentation: Privileges, tables
 * "Summary of Access Privileges"). */
static const struct {
    ls_object_kind kind;
    const char *all[8];
    const char *of_public;
} privileges[] = {
    {LS_OBJECT_TABLE,
     {"select", "insert", "update", "delete", "truncate", "references", "trigger"},
     NULL},
    {LS_OBJECT_SEQUENCE, {"usage", "select", "update"}, NULL},
    {LS_OBJECT_FUNCTION, {"execute"}, "execute"},
    {LS_OBJECT_SCHEMA, {"usage", "create"}, NULL},
    {LS_OBJECT_TYPE, {"usage"}, "usage"},
    {LS_OBJECT_DOMAIN, {"usage"}, "usage"},
};

/* One GRANT or REVOKE on its way to one object. */
typedef struct {
    ls_builder *builder;
    const ls_grant *grant;
    ls_relation_id relation; /* 0: it is none */
    ls_noted_object object;
    const char *about; /* the object in words */
} granting;

static const char *of_public(ls_object_kind kind) {
    for (size_t i = 0; i < sizeof privileges / sizeof *privileges; i++)
        if (privileges[i].kind == kind)
            return privileges[i].of_public;
    return NULL;
}

static void note_privilege(const granting *to, const char *privilege, const char *grantee) {
    const char *given = of_public(to->grant->kind);
    const bool in_schema = to->grant->default_privileges && to->grant->objects.count > 0;
    const bool is_default =
        !in_schema && given && strcmp(grantee, "public") == 0 && strcmp(given, privilege) == 0;
    const char *text =
        is_default ? (to->grant->grant ? NULL : "revoked") : (to->grant->grant ? "granted" : NULL);
    const char *property =
        ls_arena_format(to->builder->arena, "privilege %s of %s", privilege, grantee);
    if (to->relation)
        note_part(to->builder, to->relation, LS_OBJECT_TABLE, NULL, property, text);
    else
        note_about(to->builder, &to->object, to->about, property, text);
}

static void note_all(const granting *to, const char *grantee) {
    for (size_t i = 0; i < sizeof privileges / sizeof *privileges; i++)
        for (size_t j = 0; privileges[i].kind == to->grant->kind && privileges[i].all[j]; j++)
            note_privilege(to, privileges[i].all[j], grantee);
}

static void note_grant_to(const granting *to) {
    for (LS_EACH(const char *, grantee, to->grant->grantees)) {
        bool all = to->grant->privileges.count == 0;
        for (LS_EACH(const char *, privilege, to->grant->privileges))
            all |= strcmp(*privilege, "all") == 0;
        if (all)
            note_all(to, *grantee);
        else
            for (LS_EACH(const char *, privilege, to->grant->privileges))
                note_privilege(to, *privilege, *grantee);
    }
}

static bool is_of_kind(const ls_relation *relation, ls_object_kind kind) {
    const bool is_sequence = relation->kind == LS_RELATION_SEQUENCE;
    return kind == LS_OBJECT_SEQUENCE ? is_sequence
                                      : !is_sequence && relation->kind != LS_RELATION_INDEX &&
                                            relation->kind != LS_RELATION_COMPOSITE_TYPE;
}

static void note_grant_in_schema(ls_builder *builder, const ls_grant *grant, const char *schema) {
    const ls_relation_ids inside = ls_schema_relations(builder->arena, builder->catalog, schema);
    for (LS_EACH(const ls_relation_id, id, inside)) {
        const granting to = {.builder = builder, .grant = grant, .relation = *id};
        if (is_of_kind(ls_relation_of(builder, *id), grant->kind))
            note_grant_to(&to);
    }
}

static void note_default_privileges(ls_builder *builder, const ls_grant *grant) {
    const char *about = ls_arena_format(builder->arena, "default privileges on every %s",
                                        ls_object_words(grant->kind));
    granting to = {.builder = builder, .grant = grant, .object.kind = grant->kind, .about = about};
    if (grant->objects.count == 0)
        note_grant_to(&to);
    for (LS_EACH(const ls_name, schema, grant->objects)) {
        to.about = ls_arena_format(builder->arena, "%s in schema %s", about, schema->name);
        note_grant_to(&to);
    }
}

static void note_grant(ls_builder *builder, const ls_grant *grant) {
    if (grant->kind == LS_OBJECT_ROLE)
        return;
    if (grant->default_privileges) {
        note_default_privileges(builder, grant);
        return;
    }
    const bool relations = grant->kind == LS_OBJECT_TABLE || grant->kind == LS_OBJECT_SEQUENCE;
    for (size_t i = 0; i < grant->objects.count; i++) {
        const ls_name *name = &grant->objects.items[i];
        granting to = {.builder = builder, .grant = grant};
        if (grant->all_in_schema) {
            if (relations)
                note_grant_in_schema(builder, grant, name->name);
            continue;
        }
        if (relations) {
            to.relation = ls_known(builder, name);
        } else {
            to.object = ls_noted_object_of(builder, grant->kind, name, &grant->signatures.items[i]);
            to.about = ls_noted_object_text(builder->arena, &to.object);
        }
        if (!relations || to.relation)
            note_grant_to(&to);
    }
}

/* --- Options -------------------------------------------------------------------------------- */

static const char *option_property(ls_builder *builder, const ls_option *option) {
    return ls_arena_format(builder->arena, "option %s%s%s", option->schema ? option->schema : "",
                           option->schema ? "." : "", option->name);
}

static void note_options(ls_builder *builder, ls_relation_id relation, ls_object_kind kind,
                         const char *about, const ls_options *options, bool reset) {
    for (LS_EACH(const ls_option, option, *options))
        note_part(builder, relation, kind, about, option_property(builder, option),
                  reset           ? NULL
                  : option->value ? option->value
                                  : "true");
}

/* What an option of a sequence is where none is given (documentation: CREATE SEQUENCE). */
static bool is_usual_for_sequence(const ls_option *option) {
    static const char *const usual[][2] = {
        {"increment", "1"}, {"cache", "1"}, {"start", "1"}, {"minvalue", "1"}, {"cycle", "false"}};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (strcmp(option->name, usual[i][0]) == 0)
            return !option->value || strcmp(option->value, usual[i][1]) == 0;
    return !option->value;
}

static void note_sequence(ls_builder *builder, const ls_sequence_statement *sequence) {
    const ls_relation_id id = ls_known(builder, &sequence->name);
    for (LS_EACH(const ls_option, option, sequence->options)) {
        const bool elsewhere = strcmp(option->name, "owned_by") == 0 ||
                               strcmp(option->name, "as") == 0 ||
                               strcmp(option->name, "restart") == 0;
        if (!elsewhere)
            note_part(builder, id, LS_OBJECT_TABLE, NULL, option_property(builder, option),
                      is_usual_for_sequence(option) ? NULL : option->value);
    }
}

static void note_column(ls_builder *builder, ls_relation_id id, const ls_action *action) {
    const ls_object_kind kind = LS_OBJECT_COLUMN;
    const char *column = action->name;
    switch (action->kind) {
    case LS_ALTER_SET_STATISTICS:
        for (LS_EACH(const ls_option, option, action->options)) {
            const bool usual = !option->value || strcmp(option->value, "-1") == 0;
            note_part(builder, id, kind, column, "statistics target", usual ? NULL : option->value);
        }
        break;
    case LS_ALTER_SET_STORAGE:
        note_part(builder, id, kind, column, "storage", action->column->storage);
        break;
    case LS_ALTER_SET_COMPRESSION:
        note_part(builder, id, kind, column, "compression",
                  strcmp(action->column->compression, "default") == 0
                      ? NULL
                      : action->column->compression);
        break;
    case LS_ALTER_SET_COLUMN_OPTIONS:
    case LS_ALTER_RESET_COLUMN_OPTIONS:
        note_options(builder, id, kind, column, &action->options,
                     action->kind == LS_ALTER_RESET_COLUMN_OPTIONS);
        break;
    default:
        break;
    }
}

static void note_action(ls_builder *builder, ls_relation_id id, const ls_action *action) {
    const ls_object_kind table = LS_OBJECT_TABLE;
    switch (action->kind) {
    case LS_ALTER_SET_OPTIONS:
    case LS_ALTER_RESET_OPTIONS:
        note_options(builder, id, table, NULL, &action->options,
                     action->kind == LS_ALTER_RESET_OPTIONS);
        break;
    case LS_ALTER_OWNER:
        note_part(builder, id, table, NULL, "owner", action->name);
        break;
    case LS_ALTER_SET_TABLESPACE:
        note_part(builder, id, table, NULL, "tablespace",
                  action->name && strcmp(action->name, "pg_default") == 0 ? NULL : action->name);
        break;
    case LS_ALTER_CLUSTER_ON:
        note_part(builder, id, table, NULL, "index to cluster on", action->name);
        break;
    case LS_ALTER_SET_WITHOUT_CLUSTER:
        note_part(builder, id, table, NULL, "index to cluster on", NULL);
        break;
    case LS_ALTER_REPLICA_IDENTITY:
        note_part(builder, id, table, NULL, "replica identity index", action->name);
        break;
    case LS_ALTER_ENABLE_RULE:
    case LS_ALTER_DISABLE_RULE:
        note_part(builder, id, LS_OBJECT_RULE, action->name, "state",
                  action->kind == LS_ALTER_DISABLE_RULE ? "disabled" : NULL);
        break;
    default:
        note_column(builder, id, action);
        break;
    }
}

static void note_actions(ls_builder *builder, const ls_alter_table *alter) {
    const ls_relation_id id = ls_known(builder, &alter->name);
    for (LS_EACH(const ls_action, action, alter->actions))
        if (id)
            note_action(builder, id, action);
}

/* An index without a name is the last one of its table. */
static void note_index(ls_builder *builder, const ls_create_index *create) {
    const ls_relation *table = ls_relation_of(builder, ls_known(builder, &create->relation));
    const ls_relation *index = NULL;
    if (table && table->indexes.count > 0)
        index = ls_relation_of(builder, table->indexes.items[table->indexes.count - 1]);
    if (index && index->birth.source == builder->source &&
        index->birth.at.begin == builder->statement->at.begin)
        note_options(builder, index->id, LS_OBJECT_TABLE, NULL, &create->options, false);
}

static void note_rule(ls_builder *builder, const ls_create_rule *create) {
    ls_catalog_note note = note_of(builder, LS_OBJECT_RULE, create->name, "definition", NULL);
    note.source = builder->source;
    note.at = ls_span_of(create->relation.at.end, builder->statement->at.end);
    ls_catalog_add_note(builder->catalog, ls_known(builder, &create->relation), &note);
}

/* An extension's comment goes with it. */
static void note_drop(ls_builder *builder, const ls_drop *drop) {
    if (drop->kind != LS_OBJECT_EXTENSION)
        return;
    for (LS_EACH(const ls_dropped, dropped, drop->objects)) {
        const ls_noted_object object =
            ls_noted_object_of(builder, drop->kind, &dropped->name, &dropped->signature);
        note_object(builder, &object, "comment", NULL);
    }
}

/* --- Statements ----------------------------------------------------------------------------- */

void ls_note_said(ls_builder *builder, const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_COMMENT:
        note_comment(builder, statement->comment);
        break;
    case LS_STATEMENT_GRANT:
        note_grant(builder, statement->grant);
        break;
    case LS_STATEMENT_SET_OWNER:
        note_owner(builder, statement->set_owner);
        break;
    case LS_STATEMENT_ALTER_TABLE:
        note_actions(builder, &statement->alter_table);
        break;
    case LS_STATEMENT_CREATE_TABLE:
        note_options(builder, ls_known(builder, &statement->create_table->name), LS_OBJECT_TABLE,
                     NULL, &statement->create_table->options, false);
        break;
    case LS_STATEMENT_CREATE_INDEX:
        note_index(builder, statement->create_index);
        break;
    case LS_STATEMENT_SEQUENCE:
        note_sequence(builder, &statement->sequence);
        break;
    case LS_STATEMENT_CREATE_RULE:
        note_rule(builder, &statement->create_rule);
        break;
    case LS_STATEMENT_DROP:
        note_drop(builder, &statement->drop);
        break;
    default:
        break;
    }
}
