/*
 * value_check.h - what libcyaml's schemas cannot say, checked on a tree: each value against the
 * form that its key has in a table of keys.
 */
#ifndef LS_CONFIG_VALUE_CHECK_H
#define LS_CONFIG_VALUE_CHECK_H

#include "config/form.h"

/* The entry of a table for a key as it is reached from the top; NULL if it has none. */
typedef const ls_config_key *ls_key_finder(const char *key);

/* Notes every value below the root that does not have its key's form. Keys that the schema does not
 * know, and values of another kind than it expects, are left to ls_yaml_check. */
void ls_check_values(const ls_yaml *yaml, const cyaml_schema_value_t *schema,
                     ls_key_finder *key_at);

#endif
