#include "sql/parts.h"

#include <string.h>

bool ls_has_word(const ls_words *words, const char *word) {
    for (LS_EACH(const char *const, one, *words))
        if (*one == word || (*one != NULL && word != NULL && strcmp(*one, word) == 0))
            return true;
    return false;
}
