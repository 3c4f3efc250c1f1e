#include "report/places.h"

#include "support/path.h"

#include <ctype.h>
#include <string.h>

/* --- Regions --------------------------------------------------------------------------------- */

static uint32_t line_begin(const ls_source *source, uint32_t line) {
    return ls_source_line(source, line).begin;
}

/* How many more UTF-16 units than code points: one for each character of four bytes. */
static uint32_t surrogates(const ls_source *source, uint32_t begin, uint32_t end) {
    enum { FIRST_OF_FOUR = 0xF0 };
    uint32_t count = 0;
    for (uint32_t at = begin; at < end; at++)
        count += (unsigned char)source->text[at] >= FIRST_OF_FOUR;
    return count;
}

static ls_position position_in(const ls_source *source, uint32_t offset, ls_column_unit unit) {
    if (offset > source->length)
        offset = source->length;
    ls_position position = ls_source_position(source, offset);
    bool is_ascii = source->characters_before == NULL;
    if (unit == LS_COLUMN_CODE_POINTS || is_ascii)
        return position;
    uint32_t begin = line_begin(source, position.line);
    if (offset < begin)
        return position;
    position.column = unit == LS_COLUMN_BYTES ? offset - begin + 1
                                              : position.column + surrogates(source, begin, offset);
    return position;
}

ls_region ls_region_of(const ls_source *source, ls_span at, ls_column_unit unit) {
    ls_span there = ls_source_origin(source, at);
    const ls_source *written = ls_source_written(source);
    if (there.end < there.begin)
        there.end = there.begin;
    return (ls_region){position_in(written, there.begin, unit),
                       position_in(written, there.end, unit)};
}

/* --- Paths ----------------------------------------------------------------------------------- */

const char *ls_path_from_root(ls_arena *arena, const char *root, const char *path) {
    const char *below = ls_path_below(arena, root, path);
    return below == NULL ? path : below;
}

/* What RFC 3986 lets stand in a path as it is. A colon would end a scheme. */
static bool stands_in_uri(char byte) {
    return isalnum((unsigned char)byte) || (byte != 0 && strchr("-._~/!$&'()*+,;=@", byte) != NULL);
}

const char *ls_path_as_uri(ls_arena *arena, const char *path) {
    ls_buffer uri = {0};
    ls_buffer_string(&uri, path[0] == '/' ? "file://" : "");
    for (; *path != 0; path++) {
        if (stands_in_uri(*path))
            ls_buffer_add(&uri, path, 1);
        else
            ls_buffer_format(&uri, "%%%02X", (unsigned)(unsigned char)*path);
    }
    const char *copy = ls_arena_copy(arena, uri.text == NULL ? "" : uri.text, uri.length);
    ls_buffer_free(&uri);
    return copy;
}
