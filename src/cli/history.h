/*
 * history.h - what has become of the migrations that may have run already: edited, renamed,
 * deleted, and what new ones do to their order.
 */
#ifndef LS_CLI_HISTORY_H
#define LS_CLI_HISTORY_H

#include "cli/scope.h"
#include "effects/history.h"

/* A migration that the base has and nothing else. */
typedef struct {
    const ls_script *script;
    ls_history_facts facts;
} ls_deleted_migration;

typedef struct {
    ls_history_facts *of_files; /* of each file of the input */
    LS_VECTOR(ls_deleted_migration) deleted;
} ls_history;

/* When all files are parsed. */
ls_history ls_history_find(ls_arena *arena, ls_scope *scope, const ls_input *input);

#endif
