#include "sql/one_line.h"

#include "sql/lexer.h"
#include "sql/split.h"

#include <string.h>

const char *ls_on_one_line(ls_arena *arena, const ls_source *source, ls_span at) {
    const char *text = source->text;
    char *line = ls_arena_alloc(arena, at.end > at.begin ? at.end - at.begin + 1 : 1);
    size_t length = 0;
    for (uint32_t i = at.begin; i < at.end;) {
        uint32_t next = ls_is_space(text[i]) ? i + 1 : ls_skip_comment(text, i, at.end);
        if (next > i) {
            if (length > 0 && line[length - 1] != ' ')
                line[length++] = ' ';
            i = next;
            continue;
        }
        next = ls_split_skip(text, i, at.end);
        memcpy(line + length, text + i, next - i);
        length += next - i;
        i = next;
    }
    if (length > 0 && line[length - 1] == ' ')
        length--;
    line[length] = 0;
    return line;
}
