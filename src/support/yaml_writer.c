#include "support/yaml_writer.h"

#include <string.h>

static int append(void *buffer, unsigned char *bytes, size_t size) {
    ls_buffer_add(buffer, (const char *)bytes, size);
    return 1;
}

/* `made`: the event could be initialised. The emitter takes it over. */
static void emit(ls_yaml_writer *writer, int made, yaml_event_t *event) {
    if (made == 0 || yaml_emitter_emit(&writer->emitter, event) == 0)
        writer->failed = true;
}

void ls_yaml_write_start(ls_yaml_writer *writer, ls_buffer *out) {
    *writer = (ls_yaml_writer){0};
    writer->failed = yaml_emitter_initialize(&writer->emitter) == 0;
    if (writer->failed)
        return;
    yaml_emitter_set_output(&writer->emitter, append, out);
    yaml_emitter_set_unicode(&writer->emitter, 1);
    yaml_emitter_set_width(&writer->emitter, -1);
    yaml_event_t event;
    emit(writer, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING), &event);
    emit(writer, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1), &event);
}

void ls_yaml_write_open(ls_yaml_writer *writer, ls_yaml_kind kind) {
    yaml_event_t event;
    if (writer->failed)
        return;
    if (kind == LS_YAML_MAPPING)
        emit(writer,
             yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE),
             &event);
    else
        emit(writer,
             yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE),
             &event);
}

void ls_yaml_write_close(ls_yaml_writer *writer, ls_yaml_kind kind) {
    yaml_event_t event;
    if (writer->failed)
        return;
    emit(writer,
         kind == LS_YAML_MAPPING ? yaml_mapping_end_event_initialize(&event)
                                 : yaml_sequence_end_event_initialize(&event),
         &event);
}

static void write_scalar(ls_yaml_writer *writer, const char *text, yaml_scalar_style_t style) {
    yaml_event_t event;
    if (writer->failed)
        return;
    emit(writer,
         yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)text,
                                      (int)strlen(text), 1, 1, style),
         &event);
}

void ls_yaml_write_word(ls_yaml_writer *writer, const char *word) {
    write_scalar(writer, word, YAML_PLAIN_SCALAR_STYLE);
}

void ls_yaml_write_text(ls_yaml_writer *writer, const char *text) {
    write_scalar(writer, text, YAML_SINGLE_QUOTED_SCALAR_STYLE);
}

bool ls_yaml_write_end(ls_yaml_writer *writer) {
    yaml_event_t event;
    if (!writer->failed)
        emit(writer, yaml_document_end_event_initialize(&event, 1), &event);
    if (!writer->failed)
        emit(writer, yaml_stream_end_event_initialize(&event), &event);
    yaml_emitter_delete(&writer->emitter);
    return !writer->failed;
}
