#include "sql/parts.h"

#include "support/same.h"

bool ls_has_word(const ls_words *words, const char *word) {
    for (LS_EACH(const char *const, one, *words))
        if (ls_same_name(*one, word))
            return true;
    return false;
}
