/*
 * buffer.h - text that is built piece by piece.
 *
 * A zeroed buffer is empty. The bytes belong to the buffer until ls_buffer_free; `text` is
 * NUL-terminated whenever it is not NULL.
 */
#ifndef LS_SUPPORT_BUFFER_H
#define LS_SUPPORT_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct ls_buffer ls_buffer;
struct ls_buffer {
    char *text;
    size_t length, capacity;
    bool (*drain)(const ls_buffer *text); /* takes the text away; false: it cannot. NULL: none */
    bool failed;                          /* it could not, and is asked no more */
};

void ls_buffer_add(ls_buffer *buffer, const char *text, size_t length);
void ls_buffer_string(ls_buffer *buffer, const char *text);
void ls_buffer_fill(ls_buffer *buffer, char byte, size_t count);
/* A number in decimal, with blanks before it to fill `width`. */
void ls_buffer_number(ls_buffer *buffer, unsigned long number, size_t width);
void ls_buffer_format(ls_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Lets the drain take the text, of which nothing is left here. False if it has ever failed. */
bool ls_buffer_drain(ls_buffer *buffer);
/* The same if there is a drain and the text is long: for one that is complete so far. */
void ls_buffer_drain_much(ls_buffer *buffer);
void ls_buffer_free(ls_buffer *buffer);

#endif
