/*
 * vocabulary.h - the words that an attribute of a fixed set can be.
 */
#ifndef LS_RULES_VOCABULARY_H
#define LS_RULES_VOCABULARY_H

#include "effects/effects.h"

/* The words, *count of them; NULL where any text is possible. */
const char *const *ls_vocabulary(ls_attribute attribute, size_t *count);

#endif
