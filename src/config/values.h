/*
 * values.h - forms of values that libcyaml's schemas cannot say: each with the check of a text and
 * with what a JSON Schema says of it, side by side, so that the two agree.
 */
#ifndef LS_CONFIG_VALUES_H
#define LS_CONFIG_VALUES_H

#include "config/config.h"

#include <jansson.h>

typedef struct {
    /* Notes what is wrong with the value; `key` is what messages call it. A value of another
     * kind (a list where a text is expected) is left to libcyaml's schema. */
    void (*check)(const ls_yaml *yaml, const ls_yaml_node *value, const char *key);
    /* Adds to the JSON Schema of the value. */
    void (*describe)(json_t *schema);
} ls_value_form;

extern const ls_value_form ls_value_any;       /* the schema says all */
extern const ls_value_form ls_value_text;      /* no number, true, false or null */
extern const ls_value_form ls_value_version;   /* of PostgreSQL */
extern const ls_value_form ls_value_migration; /* the version of a migration */
extern const ls_value_form ls_value_framework; /* that is known */
extern const ls_value_form ls_value_duration;
extern const ls_value_form ls_value_depth;    /* a small number */
extern const ls_value_form ls_value_table;    /* table or schema.table, with globs */
extern const ls_value_form ls_value_glob;     /* of paths below the configuration's directory */
extern const ls_value_form ls_value_severity; /* a mapping from rules to severities */
extern const ls_value_form ls_value_later;    /* the key is of a later version */

/* The severity that a word means; NOT_GIVEN if it means none. */
ls_config_level ls_severity_level(const char *word);

#endif
