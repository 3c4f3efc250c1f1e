#include "support/intern.h"

const char *ls_intern(ls_interner *interner, const char *name) {
    if (name == NULL)
        return NULL;
    const char *known = ls_map_get(&interner->names, name);
    if (known != NULL)
        return known;
    char *copy = ls_arena_string(interner->arena, name);
    ls_map_set(interner->arena, &interner->names, copy, copy);
    return copy;
}
