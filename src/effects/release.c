#include "effects/release.h"

#include <string.h>

/* What takes a name away, and which. */
static const struct {
    ls_effect_kind kind;
    ls_attribute name;
} removals[] = {
    {LS_EFFECT_DROP_COLUMN, LS_ATTRIBUTE_COLUMN},
    {LS_EFFECT_RENAME_COLUMN, LS_ATTRIBUTE_COLUMN},
    {LS_EFFECT_DROP_TABLE, LS_ATTRIBUTE_RELATION_NAME},
    {LS_EFFECT_RENAME_TABLE, LS_ATTRIBUTE_RELATION_NAME},
    {LS_EFFECT_DROP_VIEW, LS_ATTRIBUTE_RELATION_NAME},
    {LS_EFFECT_RENAME_VIEW, LS_ATTRIBUTE_RELATION_NAME},
    {LS_EFFECT_DROP_MATERIALIZED_VIEW, LS_ATTRIBUTE_RELATION_NAME},
};
enum { REMOVALS = sizeof removals / sizeof *removals };

/* Where one of these holds, the name stays, or was never there for code that is running. */
static const ls_attribute exemptions[] = {
    LS_ATTRIBUTE_NEW_COLUMN, LS_ATTRIBUTE_NEW_NAME_GIVEN,   LS_ATTRIBUTE_RECREATED,
    LS_ATTRIBUTE_REPLACED,   LS_ATTRIBUTE_REPLACED_BY_VIEW,
};
enum { EXEMPTIONS = sizeof exemptions / sizeof *exemptions };

void ls_release_asks(ls_interest *interest) {
    if (!interest->asked[LS_EFFECT_RELEASE])
        return;
    for (size_t i = 0; i < REMOVALS; i++) {
        ls_interest_ask(interest, removals[i].kind);
        ls_interest_read(interest, removals[i].kind, removals[i].name);
        for (size_t j = 0; j < EXEMPTIONS; j++)
            if (ls_effect_has(removals[i].kind, exemptions[j]))
                ls_interest_read(interest, removals[i].kind, exemptions[j]);
    }
}

static bool is_exempt(const ls_effect *effect) {
    for (size_t i = 0; i < EXEMPTIONS; i++)
        if (ls_effect_has(effect->kind, exemptions[i]) && ls_effect_flag(effect, exemptions[i]))
            return true;
    return !ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_EXISTED);
}

/* NULL: it takes no name away. */
static const char *name_taken(const ls_effect *effect) {
    for (size_t i = 0; i < REMOVALS; i++)
        if (removals[i].kind == effect->kind && !is_exempt(effect))
            return ls_effect_text(effect, removals[i].name);
    return NULL;
}

static void copy_text(ls_effect *to, const ls_effect *from, ls_attribute attribute) {
    if (ls_effect_has(from->kind, attribute))
        ls_effect_set_text(to, attribute,
                           ls_arena_string(to->arena, ls_effect_text(from, attribute)));
}

static ls_effect *effect_of(ls_arena *arena, const ls_effect *removal, const char *name,
                            const char *place, const ls_release *release) {
    ls_effect *effect = ls_effect_new(arena, NULL, LS_EFFECT_RELEASE, removal->at);
    effect->relation = removal->relation;
    effect->relation_name = removal->relation_name;
    effect->source = removal->source;
    copy_text(effect, removal, LS_ATTRIBUTE_RELATION);
    copy_text(effect, removal, LS_ATTRIBUTE_COLUMN);
    ls_effect_set_text(effect, LS_ATTRIBUTE_NAME, ls_arena_string(arena, name));
    ls_effect_set_text(effect, LS_ATTRIBUTE_PLACE, place);
    ls_effect_slot(effect, LS_ATTRIBUTE_BEFORE_DEPLOY)->number = release->before_deploy;
    return effect;
}

const ls_outcome *ls_release_outcome(ls_arena *arena, const ls_outcome *outcome,
                                     const ls_release *release) {
    ls_outcome *told = NULL;
    for (LS_EACH(ls_effect *const, effect, outcome->effects)) {
        const char *name = name_taken(*effect);
        const char *place = name == NULL ? NULL : release->last_use(release->context, name);
        if (place == NULL)
            continue;
        if (told == NULL) {
            told = LS_NEW(arena, ls_outcome);
            *told = (ls_outcome){
                .statement = outcome->statement, .source = outcome->source, .analysed = true};
        }
        LS_PUSH(arena, &told->effects, effect_of(arena, *effect, name, place, release));
    }
    return told;
}
