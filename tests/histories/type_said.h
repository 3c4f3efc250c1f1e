/*
 * type_said.h - a type's name as format_type gives it.
 */
#ifndef LS_TESTS_HISTORIES_TYPE_SAID_H
#define LS_TESTS_HISTORIES_TYPE_SAID_H

#include "catalog/catalog.h"

/* Types of extensions and of users with their schema, arrays always as []; "?" for a type that is
 * not known. */
const char *ls_type_said(ls_arena *arena, const ls_data_type *type);

#endif
