#include "support/nearest.h"

#include <string.h>

/* Longer texts are no misspelt names. */
enum { LONGEST = 80 };

static size_t least(size_t one, size_t other) {
    return one < other ? one : other;
}

/* Levenshtein's distance, row by row; two letters that stand the wrong way round are one mistake.
 */
static size_t distance(const char *one, size_t one_length, const char *other, size_t other_length) {
    size_t rows[3][LONGEST + 1];
    for (size_t column = 0; column <= other_length; column++)
        rows[0][column] = column;
    for (size_t line = 1; line <= one_length; line++) {
        const size_t *above = rows[(line - 1) % 3], *two_above = rows[(line + 1) % 3];
        size_t *row = rows[line % 3];
        row[0] = line;
        for (size_t column = 1; column <= other_length; column++) {
            const char *here = one + line - 1, *there = other + column - 1;
            row[column] = least(above[column - 1] + (*here != *there),
                                least(above[column], row[column - 1]) + 1);
            if (line > 1 && column > 1 && *here == there[-1] && here[-1] == *there)
                row[column] = least(row[column], two_above[column - 2] + 1);
        }
    }
    return rows[one_length % 3][other_length];
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
