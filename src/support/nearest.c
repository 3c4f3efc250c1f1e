#include "support/nearest.h"

#include <string.h>

/* Longer texts are no misspelt names. */
enum { LONGEST = 80 };

static size_t least(size_t one, size_t other) {
    return one < other ? one : other;
}

/* Levenshtein's distance, row by row. */
static size_t distance(const char *one, size_t one_length, const char *other, size_t other_length) {
    size_t row[LONGEST + 1];
    for (size_t column = 0; column <= other_length; column++)
        row[column] = column;
    for (size_t line = 1; line <= one_length; line++) {
        size_t diagonal = row[0];
        row[0] = line;
        for (size_t column = 1; column <= other_length; column++) {
            size_t changed = diagonal + (one[line - 1] != other[column - 1]);
            diagonal = row[column];
            row[column] = least(changed, least(diagonal, row[column - 1]) + 1);
        }
    }
    return row[other_length];
}

const char *ls_nearest(const char *misspelt, const char *const *names, size_t count) {
    size_t length = strlen(misspelt);
    if (length > LONGEST)
        return NULL;
    const char *nearest = NULL;
    size_t limit = length / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        size_t name_length = names[i] == NULL ? 0 : strlen(names[i]);
        if (name_length == 0 || name_length > LONGEST)
            continue;
        size_t found = distance(misspelt, length, names[i], name_length);
        if (found < limit) {
            nearest = names[i];
            limit = found;
        }
    }
    return nearest;
}
