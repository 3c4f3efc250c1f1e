/*
 * properties.h - the settings files of frameworks: key = value, one a line, in sections or not.
 */
#ifndef LS_INPUT_PROPERTIES_H
#define LS_INPUT_PROPERTIES_H

#include "support/map.h"
#include "support/vector.h"

/* Values by key, that of a section with the section's name and a dot before it. A list in brackets
 * is one value with commas. Reads as much of TOML and of Java's properties as migration tools use;
 * what it does not understand is left out. */
ls_map ls_properties_read(ls_arena *arena, const char *text);

/* The keys, in order. */
typedef LS_VECTOR(const char *) ls_property_keys;
ls_property_keys ls_property_keys_of(ls_arena *arena, const char *text);

/* Does the key have this value? */
bool ls_property_is(const ls_map *properties, const char *key, const char *value);

#endif
