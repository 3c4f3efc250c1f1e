/*
 * undo.c - reversibility by kind of effect.
 *
 * Source: each statement's page in the documentation. Exact where PostgreSQL has the inverse
 * (DROP for CREATE, the other rename, SET for DROP DEFAULT with the old value at hand); data is
 * lost where rows or values went; a label that ALTER TYPE ... ADD VALUE added cannot be taken away
 * by any statement (documentation: ALTER TYPE, notes).
 */
#include "effects/undo.h"

#include <string.h>

/* Kinds that are not listed are exact. */
static const struct {
    ls_effect_kind kind;
    ls_undo undo;
} exceptions[] = {
    {LS_EFFECT_DROP_TABLE, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_DROP_COLUMN, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_DROP_SCHEMA, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_DROP_SEQUENCE, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_DROP_EXTENSION, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_DROP_OTHER, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_TRUNCATE, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_UPDATE, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_DELETE, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_MERGE, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_SET_EXPRESSION, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_ALTER_SEQUENCE, LS_UNDO_LOSES_DATA},
    {LS_EFFECT_ADD_ENUM_VALUE, LS_UNDO_IMPOSSIBLE},
    {LS_EFFECT_DO_BLOCK, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_SELECT, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_SET_PARAMETER, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_LOCK_TABLE, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_ANALYZE, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_VACUUM, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_CLUSTER, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_REINDEX, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_REFRESH_MATERIALIZED_VIEW, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_VALIDATE_CONSTRAINT, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_ALTER_TABLE, LS_UNDO_NONE_NEEDED}, /* its actions are effects of their own */
    {LS_EFFECT_MIGRATION, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_LONG_NAME, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_HISTORY, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_DOWN, LS_UNDO_NONE_NEEDED},
    {LS_EFFECT_RELEASE, LS_UNDO_NONE_NEEDED},
};

static bool is_column_change_that_loses(const ls_effect *effect) {
    return effect->kind == LS_EFFECT_ALTER_COLUMN_TYPE &&
           (ls_effect_flag(effect, LS_ATTRIBUTE_NARROWS) ||
            ls_effect_flag(effect, LS_ATTRIBUTE_USING));
}

static bool is_persistence_that_loses(const ls_effect *effect) {
    /* an unlogged table is emptied by a crash (documentation: CREATE TABLE) */
    const char *to = ls_effect_text(effect, LS_ATTRIBUTE_TO);
    return effect->kind == LS_EFFECT_SET_PERSISTENCE && to != NULL && strcmp(to, "unlogged") == 0;
}

ls_undo ls_undo_of(const ls_effect *effect) {
    if (is_column_change_that_loses(effect) || is_persistence_that_loses(effect))
        return LS_UNDO_LOSES_DATA;
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
        if (exceptions[i].kind == effect->kind)
            return exceptions[i].undo;
    return LS_UNDO_EXACT;
}

/* They change nothing in the database, or what is not of the database: the session, a server
 * process, roles, parameters (documentation: each statement's page). */
bool ls_leaves_no_trace(const char *tag) {
    static const char *const harmless[] = {
        "SHOW",      "LISTEN",      "UNLISTEN",     "NOTIFY",        "CHECKPOINT",
        "DISCARD",   "LOAD",        "DECLARE",      "FETCH",         "CLOSE",
        "EXPLAIN",   "PREPARE",     "DEALLOCATE",   "CREATE ROLE",   "ALTER ROLE",
        "DROP ROLE", "CREATE USER", "ALTER SYSTEM", "ALTER DATABASE"};
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (strncmp(tag, harmless[i], strlen(harmless[i])) == 0)
            return true;
    return false;
}

const char *ls_undo_name(ls_undo undo) {
    static const char *const names[] = {"none_needed", "exact", "loses_data", "impossible"};
    return names[undo];
}
