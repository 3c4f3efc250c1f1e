/*
 * yaml_writer.h - YAML for people to read and to review: block style, one value a line.
 *
 * Whatever text is written is quoted and escaped so that reading gives it back.
 */
#ifndef LS_SUPPORT_YAML_WRITER_H
#define LS_SUPPORT_YAML_WRITER_H

#include "support/buffer.h"
#include "support/yaml.h"

#include <yaml.h>

typedef struct {
    yaml_emitter_t emitter;
    bool failed;
} ls_yaml_writer;

/* Appends a document to the buffer, which has to stay where it is until the end. */
void ls_yaml_write_start(ls_yaml_writer *writer, ls_buffer *out);

/* A mapping takes keys and values in turn. */
void ls_yaml_write_open(ls_yaml_writer *writer, ls_yaml_kind kind);
void ls_yaml_write_close(ls_yaml_writer *writer, ls_yaml_kind kind);

/* A key, or another word that needs no quotes. */
void ls_yaml_write_word(ls_yaml_writer *writer, const char *word);

/* Any text of valid UTF-8. */
void ls_yaml_write_text(ls_yaml_writer *writer, const char *text);

/* False if some of it could not be written: it was no UTF-8. */
bool ls_yaml_write_end(ls_yaml_writer *writer);

#endif
