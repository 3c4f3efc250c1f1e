/*
 * directive.h - how a migration asks its runner for no transaction.
 */
#ifndef LS_INPUT_DIRECTIVE_H
#define LS_INPUT_DIRECTIVE_H

#include "input/migration.h"

/* What has to be written where into the migration's text, so that its runner wraps no transaction
 * around it. False if it does not, or cannot be asked in the text. */
bool ls_directive_against_transaction(ls_arena *arena, const ls_migration *migration, uint32_t *at,
                                      const char **text);

#endif
