/*
 * changelog.h - the order that a changelog of Liquibase's gives to SQL files.
 */
#ifndef LS_INPUT_CHANGELOG_H
#define LS_INPUT_CHANGELOG_H

#include "input/framework.h"

/* Lists in the layout what the changelog and those that it includes run; where one of them is not
 * understood, it is the layout's unread index. */
void ls_changelog_read(const ls_directory_view *view, const char *path, ls_layout *layout);

#endif
