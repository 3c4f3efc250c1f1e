/*
 * interest.h - which kinds of effects somebody asks about, and which of their attributes are read.
 *
 * Of all that could be said of a statement, the rules of a run read a small part; what nobody reads
 * is not put together. What the replay and the judge read of effects themselves is always told.
 */
#ifndef LS_EFFECTS_INTEREST_H
#define LS_EFFECTS_INTEREST_H

#include "effects/effects.h"

typedef struct {
    bool asked[LS_EFFECTS_END]; /* by kind: somebody asks about effects of it */
    ls_effect_layout layouts[LS_EFFECTS_END];
} ls_interest;

/* Nobody asks about anything yet. */
void ls_interest_start(ls_interest *interest);

/* Somebody asks about effects of the kind. */
void ls_interest_ask(ls_interest *interest, ls_effect_kind kind);

/* Somebody reads the attribute where there are effects of the kind. */
void ls_interest_read(ls_interest *interest, ls_effect_kind kind, ls_attribute attribute);

/* Adds whatever the other is about. */
void ls_interest_join(ls_interest *interest, const ls_interest *other);

#endif
