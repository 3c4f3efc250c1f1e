/*
 * schema.h - the JSON Schema of a file that lockstep reads, made from the reader's own table of
 * keys.
 */
#ifndef LS_CONFIG_SCHEMA_H
#define LS_CONFIG_SCHEMA_H

#include "config/value_check.h"
#include "support/buffer.h"

/* Writes a schema with a line end. */
void ls_write_schema(ls_buffer *out, const char *title, const cyaml_schema_value_t *value,
                     ls_key_finder *key_at);

/* That of lockstep.yaml. */
void ls_config_write_schema(ls_buffer *out);

#endif
