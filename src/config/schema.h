/*
 * schema.h - the JSON Schema of lockstep.yaml, made from the reader's own table of keys.
 */
#ifndef LS_CONFIG_SCHEMA_H
#define LS_CONFIG_SCHEMA_H

#include "support/buffer.h"

/* Writes the schema with a line end. */
void ls_config_write_schema(ls_buffer *out);

#endif
