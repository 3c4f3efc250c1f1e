/*
 * comment_grant.c - COMMENT, GRANT and REVOKE.
 *
 * COMMENT on a relation or column takes SHARE UPDATE EXCLUSIVE on the relation, on a part of a
 * table ACCESS SHARE on the table, on anything else nothing. GRANT and REVOKE on a table take
 * ACCESS SHARE from 18 on and nothing before (measured on 12 to 18; parts other than constraints on
 * 15).
 */
#include "effects/ahead.h"
#include "effects/families.h"

static ls_lock_mode comment_lock(ls_object_kind kind) {
    switch (kind) {
    case LS_OBJECT_TABLE:
    case LS_OBJECT_COLUMN:
    case LS_OBJECT_INDEX:
    case LS_OBJECT_VIEW:
    case LS_OBJECT_MATERIALIZED_VIEW:
    case LS_OBJECT_SEQUENCE:
    case LS_OBJECT_FOREIGN_TABLE:
        return LS_SHARE_UPDATE_EXCLUSIVE;
    case LS_OBJECT_CONSTRAINT:
    case LS_OBJECT_TRIGGER:
    case LS_OBJECT_RULE:
    case LS_OBJECT_POLICY:
        return LS_ACCESS_SHARE;
    default:
        return LS_LOCK_NONE;
    }
}

void ls_effects_of_comment(ls_builder *builder, const ls_comment *comment) {
    const ls_lock_mode mode = comment_lock(comment->kind);
    ls_relation_id id = 0;
    if (mode != LS_LOCK_NONE && comment->name.name) {
        id = ls_named(builder, &comment->name, LS_RELATION_UNKNOWN);
        ls_take_lock(builder, id, mode, builder->statement->at);
    }
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_COMMENT, builder->statement->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OBJECT, ls_object_words(comment->kind));
}

static bool is_relation(ls_object_kind kind) {
    return kind == LS_OBJECT_TABLE || kind == LS_OBJECT_SEQUENCE || kind == LS_OBJECT_VIEW ||
           kind == LS_OBJECT_FOREIGN_TABLE || kind == LS_OBJECT_MATERIALIZED_VIEW ||
           kind == LS_OBJECT_COLUMN;
}

static const char *joined(ls_builder *builder, const ls_words *words) {
    const char *text = NULL;
    for (LS_EACH(const char *, word, *words))
        text = text ? ls_arena_format(builder->arena, "%s, %s", text, *word) : *word;
    return text;
}

static ls_effect *describe_grant(ls_builder *builder, const ls_grant *grant, ls_relation_id id,
                                 ls_span at) {
    ls_effect *effect =
        ls_add_effect(builder, grant->grant ? LS_EFFECT_GRANT : LS_EFFECT_REVOKE, at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OBJECT, ls_object_words(grant->kind));
    ls_set_text(builder, effect, LS_ATTRIBUTE_TO, joined(builder, &grant->grantees));
    ls_set_words(builder, effect, LS_ATTRIBUTE_ROLES, &grant->grantees);
    if (grant->privileges.count == 0)
        ls_add_word(builder, effect, LS_ATTRIBUTE_PRIVILEGES, "all");
    ls_set_words(builder, effect, LS_ATTRIBUTE_PRIVILEGES, &grant->privileges);
    return effect;
}

static void grant_on(ls_builder *builder, const ls_grant *grant, const ls_name *name) {
    const ls_relation_id id = ls_named(builder, name, LS_RELATION_UNKNOWN);
    if (builder->postgres >= 18)
        ls_take_lock(builder, id, LS_ACCESS_SHARE, name->at);
    ls_effect *effect = describe_grant(builder, grant, id, name->at);
    if (!grant->grant)
        ls_set_flag(builder, effect, LS_ATTRIBUTE_DROPPED_LATER, ls_drop_ahead(builder, id));
}

void ls_effects_of_grant(ls_builder *builder, const ls_grant *grant) {
    const bool named = is_relation(grant->kind) && !grant->all_in_schema &&
                       !grant->default_privileges && grant->objects.count > 0;
    if (!named) {
        describe_grant(builder, grant, 0, builder->statement->at);
        return;
    }
    for (LS_EACH(const ls_name, name, grant->objects))
        grant_on(builder, grant, name);
}
