/*
 * json_value.h - what the JSON formats share, on top of jansson.
 *
 * Every string goes in as valid UTF-8, and comes out as ASCII with \u escapes: a control character
 * or a mark that reorders text does no harm where the JSON is shown on a terminal.
 */
#ifndef LS_REPORT_JSON_VALUE_H
#define LS_REPORT_JSON_VALUE_H

#include "effects/effects.h"
#include "support/buffer.h"

#include <jansson.h>

/* A string; NULL is "". */
json_t *ls_json_text(const char *text);

/* A string, or null. */
json_t *ls_json_text_or_null(const char *text);

json_t *ls_json_number(size_t number);

/* Sets "line" and "column" of a place. */
void ls_json_set_place(json_t *object, const ls_source *source, uint32_t offset);

/* Writes the document with a line end, and gives it up: for people, or on one line. */
void ls_json_write(ls_buffer *out, json_t *document);
void ls_json_write_line(ls_buffer *out, json_t *document);

#endif
