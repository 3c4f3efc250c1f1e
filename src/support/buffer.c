#include "support/buffer.h"

#include "support/decimal.h"
#include "support/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256, MUCH = 128 << 10 };

static void free_text(ls_buffer *buffer) {
    if (buffer->capacity >= LS_PAGES_LEAST)
        ls_give_back_pages(buffer->text, buffer->capacity);
    else
        free(buffer->text);
}

/* Large texts have whole pages of their own. */
static void move_to_pages(ls_buffer *buffer, size_t capacity) {
    char *text = ls_take_pages(capacity);
    if (buffer->length > 0)
        memcpy(text, buffer->text, buffer->length);
    free_text(buffer);
    buffer->text = text;
}

static void reserve(ls_buffer *buffer, size_t more) {
    size_t wanted = buffer->length + more + 1;
    if (wanted <= buffer->capacity)
        return;
    size_t capacity = buffer->capacity == 0 ? FIRST_CAPACITY : buffer->capacity;
    while (capacity < wanted)
        capacity *= 2;
    if (capacity >= LS_PAGES_LEAST)
        move_to_pages(buffer, capacity);
    else
        buffer->text = ls_reallocate(buffer->text, capacity);
    buffer->capacity = capacity;
}

void ls_buffer_add(ls_buffer *buffer, const char *text, size_t length) {
    reserve(buffer, length);
    if (length > 0)
        memcpy(buffer->text + buffer->length, text, length);
    buffer->length += length;
    buffer->text[buffer->length] = 0;
}

void ls_buffer_string(ls_buffer *buffer, const char *text) {
    ls_buffer_add(buffer, text, strlen(text));
}

void ls_buffer_fill(ls_buffer *buffer, char byte, size_t count) {
    reserve(buffer, count);
    memset(buffer->text + buffer->length, byte, count);
    buffer->length += count;
    buffer->text[buffer->length] = 0;
}

void ls_buffer_number(ls_buffer *buffer, unsigned long number, size_t width) {
    char room[LS_DECIMAL_ROOM];
    const char *digits = ls_decimal(room, number);
    const size_t count = (size_t)(room + sizeof room - 1 - digits);
    if (count < width)
        ls_buffer_fill(buffer, ' ', width - count);
    ls_buffer_add(buffer, digits, count);
}

void ls_buffer_format(ls_buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    reserve(buffer, 0);
    size_t room = buffer->capacity - buffer->length;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(buffer->text + buffer->length, room, format, arguments);
    va_end(arguments);
    if (length > 0) {
        reserve(buffer, (size_t)length);
        if ((size_t)length >= room)
            vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

bool ls_buffer_drain(ls_buffer *buffer) {
    if (!buffer->failed)
        buffer->failed = !buffer->drain(buffer);
    buffer->length = 0;
    return !buffer->failed;
}

void ls_buffer_drain_much(ls_buffer *buffer) {
    if (buffer->drain != NULL && buffer->length >= MUCH)
        ls_buffer_drain(buffer);
}

void ls_buffer_free(ls_buffer *buffer) {
    free_text(buffer);
    *buffer = (ls_buffer){0};
}
