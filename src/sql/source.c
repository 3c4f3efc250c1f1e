#include "sql/source.h"

char *ls_source_copy(ls_arena *arena, const ls_source *source, ls_span span) {
    return ls_arena_copy(arena, source->text + span.begin, span.end - span.begin);
}
