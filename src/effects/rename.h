/*
 * rename.h - what a renamed column or attribute takes along.
 */
#ifndef LS_EFFECTS_RENAME_H
#define LS_EFFECTS_RENAME_H

#include "effects/builder.h"

void ls_rename_column(ls_builder *builder, const ls_rename *rename);
void ls_rename_attribute(ls_builder *builder, const ls_rename *rename);

#endif
