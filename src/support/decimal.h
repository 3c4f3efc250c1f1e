/*
 * decimal.h - whole numbers as text; printf costs many times as much, and keys of maps are made of
 * them.
 */
#ifndef LS_SUPPORT_DECIMAL_H
#define LS_SUPPORT_DECIMAL_H

#include <stddef.h>

/* The digits of a number, and the 0 at their end. */
enum { LS_DECIMAL_ROOM = 21 };

/* The number in decimal, which ends where the room does. */
static inline const char *ls_decimal(char room[static LS_DECIMAL_ROOM], unsigned long number) {
    enum { BASE = 10 };
    char *first = room + LS_DECIMAL_ROOM - 1;
    *first = '\0';
    do {
        *--first = (char)('0' + number % BASE);
        number /= BASE;
    } while (number > 0);
    return first;
}

#endif
