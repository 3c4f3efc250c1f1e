/*
 * characters.h - code points as a terminal shows them.
 *
 * Text that is echoed is untrusted: a byte that would move the cursor, colour the screen, reorder
 * or hide what is around it is not sent to the terminal but shown, as in \x1b or <U+202E>. CI
 * services take "##[" and "##name[" anywhere in a line of their log for a command: two such marks
 * are kept apart by a backslash. What is shown has a width in cells, so that an underline stands
 * under what it means.
 */
#ifndef LS_REPORT_CHARACTERS_H
#define LS_REPORT_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LS_INVALID_BYTE = -1, /* as a code point: the byte is no part of valid UTF-8 */
    LS_SHOWN_SIZE = 16,   /* bytes that ls_show may write */
};

/* Reads the code point at the start of `text` (at least one byte) and returns how many bytes it
 * takes; 1 with LS_INVALID_BYTE where they are not valid UTF-8. */
size_t ls_read_character(const char *text, size_t length, int32_t *character);

/* Whether the character at the start of the text, which takes `*step` bytes, is white space of
 * Unicode that is shown as it is. */
bool ls_is_blank(const char *text, size_t length, size_t *step);

/* A byte that is shown as it is, whatever stands beside it: nearly all are. '#' is not one. */
static inline bool ls_is_plain(char byte) {
    return byte >= ' ' && byte <= '~' && byte != '#';
}

/* How many bytes from the start of the text on are plain. */
size_t ls_plain_length(const char *text, size_t length);

/* One character as it is shown. */
typedef struct {
    char text[LS_SHOWN_SIZE];
    unsigned length; /* bytes in `text` */
    unsigned width;  /* cells: 0 for a combining mark, 2 for an East Asian wide one */
} ls_shown_character;

/* Reads the character at the start of `text`, which takes `*step` bytes, and shows it. A tab is
 * four blanks. */
ls_shown_character ls_show(const char *text, size_t length, size_t *step);

#endif
