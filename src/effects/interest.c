#include "effects/interest.h"

#include "effects/replay_internal.h"

/* Read by the judge, whatever the kind, and by the replay of the kinds that it looks at. */
static const ls_attribute read_of_all[] = {
    LS_ATTRIBUTE_RELATION,        LS_ATTRIBUTE_RELATION_EXISTED,
    LS_ATTRIBUTE_RELATION_ORIGIN, LS_ATTRIBUTE_RELATION_MAYBE_NEW,
    LS_ATTRIBUTE_RELATION_SMALL,  LS_ATTRIBUTE_RELATION_TEMPORARY,
    LS_ATTRIBUTE_COLUMN,          LS_ATTRIBUTE_RELATION_EMPTY,
};

/* Read by the replay and by those that rehearse with it: what follows from several effects, how
 * each can be undone, and what is not known. */
static const struct {
    ls_effect_kind kind;
    ls_attribute attribute;
} read_by_replay[] = {
    {LS_EFFECT_UPDATE, LS_ATTRIBUTE_ROWS},
    {LS_EFFECT_DELETE, LS_ATTRIBUTE_ROWS},
    {LS_EFFECT_MERGE, LS_ATTRIBUTE_ROWS},
    {LS_EFFECT_INSERT, LS_ATTRIBUTE_ROWS},
    {LS_EFFECT_DROP_CONSTRAINT, LS_ATTRIBUTE_OTHER},
    {LS_EFFECT_DROP_COLUMN, LS_ATTRIBUTE_NEW_COLUMN},
    {LS_EFFECT_DROP_COLUMN, LS_ATTRIBUTE_RECREATED},
    {LS_EFFECT_DROP_COLUMN, LS_ATTRIBUTE_INDEXES},
    {LS_EFFECT_DROP_COLUMN, LS_ATTRIBUTE_INDEX_STEPS},
    {LS_EFFECT_DROP_TABLE, LS_ATTRIBUTE_NEW_COLUMN},
    {LS_EFFECT_DROP_TABLE, LS_ATTRIBUTE_RECREATED},
    {LS_EFFECT_RENAME_COLUMN, LS_ATTRIBUTE_NEW_COLUMN},
    {LS_EFFECT_RENAME_TABLE, LS_ATTRIBUTE_NEW_COLUMN},
    {LS_EFFECT_MOVE_TABLE, LS_ATTRIBUTE_NEW_COLUMN},
    {LS_EFFECT_CREATE_TABLE, LS_ATTRIBUTE_NAME},
    {LS_EFFECT_CREATE_TABLE_AS, LS_ATTRIBUTE_NAME},
    {LS_EFFECT_CREATE_INDEX, LS_ATTRIBUTE_CONCURRENTLY},
    {LS_EFFECT_REINDEX, LS_ATTRIBUTE_CONCURRENTLY},
    {LS_EFFECT_REFRESH_MATERIALIZED_VIEW, LS_ATTRIBUTE_CONCURRENTLY},
    {LS_EFFECT_VALIDATE_CONSTRAINT, LS_ATTRIBUTE_ALREADY_VALID},
    {LS_EFFECT_ALTER_COLUMN_TYPE, LS_ATTRIBUTE_NARROWS},
    {LS_EFFECT_ALTER_COLUMN_TYPE, LS_ATTRIBUTE_USING},
    {LS_EFFECT_ALTER_COLUMN_TYPE, LS_ATTRIBUTE_ZONE},
    {LS_EFFECT_SET_PERSISTENCE, LS_ATTRIBUTE_TO},
    {LS_EFFECT_NOT_ANALYSED, LS_ATTRIBUTE_WHY},
    {LS_EFFECT_UNPARSED, LS_ATTRIBUTE_WHY},
};

void ls_interest_ask(ls_interest *interest, ls_effect_kind kind) {
    interest->asked[kind] = true;
}

void ls_interest_read(ls_interest *interest, ls_effect_kind kind, ls_attribute attribute) {
    ls_effect_layout *layout = &interest->layouts[kind];
    if (layout->places[attribute] == 0)
        layout->places[attribute] = ++layout->count;
}

void ls_interest_join(ls_interest *interest, const ls_interest *other) {
    for (size_t kind = 0; kind < LS_EFFECTS_END; kind++) {
        interest->asked[kind] = interest->asked[kind] || other->asked[kind];
        for (size_t i = 0; i < LS_ATTRIBUTES_END; i++)
            if (other->layouts[kind].places[i] != 0)
                ls_interest_read(interest, (ls_effect_kind)kind, (ls_attribute)i);
    }
}

void ls_interest_start(ls_interest *interest) {
    *interest = (ls_interest){0};
    for (size_t kind = 0; kind < LS_EFFECTS_END; kind++)
        for (size_t i = 0; i < sizeof read_of_all / sizeof *read_of_all; i++)
            ls_interest_read(interest, (ls_effect_kind)kind, read_of_all[i]);
    for (size_t i = 0; i < sizeof read_by_replay / sizeof *read_by_replay; i++)
        ls_interest_read(interest, read_by_replay[i].kind, read_by_replay[i].attribute);
    ls_long_names_read(interest);
}
