/*
 * buffer.h - text that is built piece by piece.
 *
 * A zeroed buffer is empty. The bytes belong to the buffer until ls_buffer_free; `text` is
 * NUL-terminated whenever it is not NULL.
 */
#ifndef LS_SUPPORT_BUFFER_H
#define LS_SUPPORT_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

typedef struct {
    char *text;
    size_t length, capacity;
} ls_buffer;

void ls_buffer_add(ls_buffer *buffer, const char *text, size_t length);
void ls_buffer_string(ls_buffer *buffer, const char *text);
void ls_buffer_fill(ls_buffer *buffer, char byte, size_t count);
/* A number in decimal, with blanks before it to fill `width`. */
void ls_buffer_number(ls_buffer *buffer, unsigned long number, size_t width);
void ls_buffer_format(ls_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ls_buffer_free(ls_buffer *buffer);

#endif
