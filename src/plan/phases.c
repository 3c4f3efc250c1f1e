/*
 * phases.c - what each effect does to running code.
 */
#include "plan/phases.h"

#include <string.h>

/* Effects that need no look at their attributes; those that are not listed do nothing. */
static const struct {
    ls_effect_kind kind;
    ls_phase phase;
} plain[] = {
    {LS_EFFECT_CREATE_TABLE, LS_PHASE_ADD},
    {LS_EFFECT_CREATE_TABLE_AS, LS_PHASE_ADD},
    {LS_EFFECT_CREATE_PARTITION, LS_PHASE_ADD},
    {LS_EFFECT_DROP_TABLE, LS_PHASE_REMOVE},
    {LS_EFFECT_TRUNCATE, LS_PHASE_REMOVE},
    {LS_EFFECT_ATTACH_PARTITION, LS_PHASE_TIGHTEN},
    {LS_EFFECT_DETACH_PARTITION, LS_PHASE_REMOVE},
    {LS_EFFECT_ADD_COLUMN, LS_PHASE_ADD},
    {LS_EFFECT_DROP_COLUMN, LS_PHASE_REMOVE},
    {LS_EFFECT_RENAME_COLUMN, LS_PHASE_RENAME},
    {LS_EFFECT_SET_DEFAULT, LS_PHASE_LOOSEN},
    {LS_EFFECT_SET_NOT_NULL, LS_PHASE_TIGHTEN},
    {LS_EFFECT_DROP_NOT_NULL, LS_PHASE_LOOSEN},
    {LS_EFFECT_ADD_IDENTITY, LS_PHASE_TIGHTEN},
    {LS_EFFECT_DROP_IDENTITY, LS_PHASE_REMOVE},
    {LS_EFFECT_DROP_EXPRESSION, LS_PHASE_LOOSEN},
    {LS_EFFECT_SET_EXPRESSION, LS_PHASE_TIGHTEN},
    {LS_EFFECT_ADD_CONSTRAINT, LS_PHASE_TIGHTEN},
    {LS_EFFECT_VALIDATE_CONSTRAINT, LS_PHASE_PROVE},
    {LS_EFFECT_DROP_CONSTRAINT, LS_PHASE_LOOSEN},
    {LS_EFFECT_CREATE_INDEX, LS_PHASE_INDEX},
    {LS_EFFECT_REINDEX, LS_PHASE_INDEX},
    {LS_EFFECT_CREATE_VIEW, LS_PHASE_ADD},
    {LS_EFFECT_DROP_VIEW, LS_PHASE_REMOVE},
    {LS_EFFECT_RENAME_VIEW, LS_PHASE_RENAME},
    {LS_EFFECT_CREATE_MATERIALIZED_VIEW, LS_PHASE_ADD},
    {LS_EFFECT_DROP_MATERIALIZED_VIEW, LS_PHASE_REMOVE},
    {LS_EFFECT_CREATE_SEQUENCE, LS_PHASE_ADD},
    {LS_EFFECT_ALTER_SEQUENCE, LS_PHASE_LOOSEN},
    {LS_EFFECT_DROP_SEQUENCE, LS_PHASE_REMOVE},
    {LS_EFFECT_CREATE_TYPE, LS_PHASE_ADD},
    {LS_EFFECT_ADD_ENUM_VALUE, LS_PHASE_ADD},
    {LS_EFFECT_RENAME_ENUM_VALUE, LS_PHASE_RENAME},
    {LS_EFFECT_RENAME_TYPE, LS_PHASE_RENAME},
    {LS_EFFECT_DROP_TYPE, LS_PHASE_REMOVE},
    {LS_EFFECT_CREATE_DOMAIN, LS_PHASE_ADD},
    {LS_EFFECT_CREATE_FUNCTION, LS_PHASE_ADD},
    {LS_EFFECT_DROP_FUNCTION, LS_PHASE_REMOVE},
    {LS_EFFECT_RENAME_FUNCTION, LS_PHASE_RENAME},
    {LS_EFFECT_CREATE_TRIGGER, LS_PHASE_ADD},
    {LS_EFFECT_DROP_TRIGGER, LS_PHASE_REMOVE},
    {LS_EFFECT_CREATE_POLICY, LS_PHASE_TIGHTEN},
    {LS_EFFECT_ALTER_POLICY, LS_PHASE_TIGHTEN},
    {LS_EFFECT_DROP_POLICY, LS_PHASE_LOOSEN},
    {LS_EFFECT_CREATE_SCHEMA, LS_PHASE_ADD},
    {LS_EFFECT_DROP_SCHEMA, LS_PHASE_REMOVE},
    {LS_EFFECT_RENAME_SCHEMA, LS_PHASE_RENAME},
    {LS_EFFECT_CREATE_EXTENSION, LS_PHASE_ADD},
    {LS_EFFECT_DROP_EXTENSION, LS_PHASE_REMOVE},
    {LS_EFFECT_CREATE_STATISTICS, LS_PHASE_ADD},
    {LS_EFFECT_DROP_STATISTICS, LS_PHASE_REMOVE},
    {LS_EFFECT_DROP_OTHER, LS_PHASE_REMOVE},
    {LS_EFFECT_GRANT, LS_PHASE_LOOSEN},
    {LS_EFFECT_REVOKE, LS_PHASE_TIGHTEN},
    {LS_EFFECT_INSERT, LS_PHASE_DATA},
    {LS_EFFECT_UPDATE, LS_PHASE_DATA},
    {LS_EFFECT_DELETE, LS_PHASE_DATA},
    {LS_EFFECT_MERGE, LS_PHASE_DATA},
    {LS_EFFECT_COPY_FROM, LS_PHASE_DATA},
    {LS_EFFECT_SELECT, LS_PHASE_READ},
};

static bool has(const ls_effect *effect, ls_attribute attribute, const char *text) {
    const char *value = ls_effect_text(effect, attribute);
    return value != NULL && strcmp(value, text) == 0;
}

static ls_phase phase_if(bool holds, ls_phase phase, ls_phase otherwise) {
    return holds ? phase : otherwise;
}

static ls_phase phase_of_domain(const ls_effect *effect) {
    const char *action = ls_effect_text(effect, LS_ATTRIBUTE_ACTION);
    if (action == NULL)
        return LS_PHASE_TIGHTEN;
    if (strcmp(action, "validate") == 0)
        return LS_PHASE_PROVE;
    return phase_if(strncmp(action, "drop", 4) == 0, LS_PHASE_LOOSEN, LS_PHASE_TIGHTEN);
}

ls_phase ls_phase_of(const ls_effect *effect) {
    const char *origin = ls_effect_text(effect, LS_ATTRIBUTE_RELATION_ORIGIN);
    bool is_new = origin != NULL && strcmp(origin, ls_origin_name(LS_ORIGIN_NEW_IN_FILE)) == 0;
    switch (effect->kind) {
    case LS_EFFECT_RENAME_TABLE:
    case LS_EFFECT_MOVE_TABLE:
        return phase_if(ls_effect_flag(effect, LS_ATTRIBUTE_REPLACED_BY_VIEW), LS_PHASE_ADD,
                        LS_PHASE_RENAME);
    case LS_EFFECT_ALTER_COLUMN_TYPE:
        return phase_if(ls_effect_flag(effect, LS_ATTRIBUTE_WIDENS), LS_PHASE_LOOSEN,
                        LS_PHASE_TIGHTEN);
    case LS_EFFECT_DROP_DEFAULT:
        return phase_if(ls_effect_flag(effect, LS_ATTRIBUTE_NOT_NULL), LS_PHASE_TIGHTEN,
                        LS_PHASE_LOOSEN);
    case LS_EFFECT_DROP_INDEX: /* what was left of a failed build */
        return phase_if(ls_effect_flag(effect, LS_ATTRIBUTE_IF_EXISTS) &&
                            !ls_effect_flag(effect, LS_ATTRIBUTE_EXISTS),
                        LS_PHASE_INDEX, LS_PHASE_REMOVE);
    case LS_EFFECT_SWITCH_TRIGGER:
        return phase_if(has(effect, LS_ATTRIBUTE_ACTION, "disable"), LS_PHASE_REMOVE, LS_PHASE_ADD);
    case LS_EFFECT_ROW_SECURITY:
        return phase_if(has(effect, LS_ATTRIBUTE_ACTION, "disable"), LS_PHASE_LOOSEN,
                        LS_PHASE_TIGHTEN);
    case LS_EFFECT_ALTER_DOMAIN:
        return phase_of_domain(effect);
    default:
        break;
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (plain[i].kind == effect->kind) {
            bool of_new = is_new && plain[i].phase >= LS_PHASE_LOOSEN;
            return phase_if(of_new, LS_PHASE_ADD, plain[i].phase);
        }
    return LS_PHASE_NONE;
}

const char *ls_phase_name(ls_phase phase) {
    static const char *const names[LS_PHASES_END] = {
        [LS_PHASE_NONE] = "none",   [LS_PHASE_READ] = "read",     [LS_PHASE_ADD] = "add",
        [LS_PHASE_INDEX] = "index", [LS_PHASE_LOOSEN] = "loosen", [LS_PHASE_TIGHTEN] = "tighten",
        [LS_PHASE_PROVE] = "prove", [LS_PHASE_REMOVE] = "remove", [LS_PHASE_RENAME] = "rename",
        [LS_PHASE_DATA] = "data",
    };
    return names[phase];
}

bool ls_phase_allowed(ls_plan_verb verb, ls_phase phase) {
    enum {
        ALWAYS = LS_PHASE_BIT(LS_PHASE_NONE) | LS_PHASE_BIT(LS_PHASE_READ),
    };
    static const unsigned allowed[LS_PLAN_VERBS] = {
        [LS_PLAN_EXPAND] = LS_PHASE_BIT(LS_PHASE_ADD) | LS_PHASE_BIT(LS_PHASE_INDEX) |
                           LS_PHASE_BIT(LS_PHASE_LOOSEN),
        [LS_PLAN_CONSTRAIN] = LS_PHASE_BIT(LS_PHASE_TIGHTEN) | LS_PHASE_BIT(LS_PHASE_PROVE) |
                              LS_PHASE_BIT(LS_PHASE_INDEX) | LS_PHASE_BIT(LS_PHASE_LOOSEN),
        [LS_PLAN_CONTRACT] = LS_PHASE_BIT(LS_PHASE_REMOVE) | LS_PHASE_BIT(LS_PHASE_RENAME) |
                             LS_PHASE_BIT(LS_PHASE_LOOSEN),
        [LS_PLAN_BACKFILL] = LS_PHASE_BIT(LS_PHASE_DATA),
    };
    return ((allowed[verb] | ALWAYS) & LS_PHASE_BIT(phase)) != 0;
}
