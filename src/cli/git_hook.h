/*
 * git_hook.h - a hook of git that judges what a commit would hold.
 */
#ifndef LS_CLI_GIT_HOOK_H
#define LS_CLI_GIT_HOOK_H

#include "cli/command.h"

/* init --git-hook: writes the hook of the repository that the directory lies in, or prints it. A
 * hook that somebody else has written stays, unless --force is given. */
int ls_init_git_hook(ls_arena *arena, const ls_command *command, const char *directory);

#endif
