/*
 * release.h - the release that new migrations go out with, as git shows it: the code that is
 * changed beside them.
 */
#ifndef LS_CLI_RELEASE_H
#define LS_CLI_RELEASE_H

#include "cli/scope.h"
#include "effects/release.h"
#include "input/input.h"

/* What has been found out about the code of the release. */
typedef struct {
    ls_arena *arena;
    ls_scope *scope;
    const ls_input *input;
    ls_words plans;   /* files that plans of the configuration run: these know better */
    ls_map last_uses; /* by name */
} ls_code;

/* How the release of the migration has to be asked about what it takes away; false: there is
 * nothing to ask, because it runs after the deploy, in a plan's order, or git is not asked. */
bool ls_code_release(ls_code *code, const ls_migration *migration, ls_release *release);

#endif
