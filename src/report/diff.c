/*
 * diff.c - the edits are known, so that nothing has to be compared: each becomes whole lines, old
 * and new, without those that it leaves as they are at either end; what lies near each other is
 * shown in one hunk.
 */
#include "report/diff.h"

#include "report/escape.h"
#include "report/style.h"

#include <string.h>

enum { CONTEXT = 3 /* lines */ };

/* Whole lines. */
typedef struct {
    const char *text;
    size_t length;
} lines;

/* Lines of the source that give way to others. */
typedef struct {
    ls_span old;
    lines new;
} change;

typedef struct {
    ls_buffer *out;
    ls_text_style style;
    const ls_source *source;
    ls_arena *arena;
    LS_VECTOR(change) changes;
} diff;

/* --- Lines ----------------------------------------------------------------------------------- */

/* Of the first line, with its end. */
static size_t first_length(lines some) {
    const char *end = memchr(some.text, '\n', some.length);
    return end == NULL ? some.length : (size_t)(end - some.text) + 1;
}

static size_t last_length(lines some) {
    size_t length = 1;
    while (length < some.length && some.text[some.length - length - 1] != '\n')
        length++;
    return length;
}

static unsigned long count_lines(lines some) {
    unsigned long count = 0;
    for (size_t length; some.length > 0; some.text += length, some.length -= length, count++)
        length = first_length(some);
    return count;
}

static lines lines_of(const ls_source *source, ls_span at) {
    return (lines){source->text + at.begin, at.end - at.begin};
}

/* Where the line begins that is so many before the one at the place. */
static uint32_t go_back(const ls_source *source, uint32_t at, unsigned count) {
    while (at > 0 && (source->text[at - 1] != '\n' || count-- > 0))
        at--;
    return at;
}

/* Where the lines end that begin at the place. */
static uint32_t go_on(const ls_source *source, uint32_t at, unsigned count) {
    for (; count > 0 && at < source->length; count--)
        at += (uint32_t)first_length(lines_of(source, ls_span_of(at, source->length)));
    return at;
}

/* --- Changes --------------------------------------------------------------------------------- */

static bool is_same(lines one, size_t one_at, lines other, size_t other_at, size_t length) {
    return memcmp(one.text + one_at, other.text + other_at, length) == 0;
}

/* Leaves out the lines at either end that are the same on both sides. */
static void trim(const ls_source *source, change *one) {
    lines old = lines_of(source, one->old);
    while (old.length > 0 && one->new.length > 0) {
        const size_t length = first_length(old);
        if (length != first_length(one->new) || !is_same(old, 0, one->new, 0, length))
            break;
        old = (lines){old.text + length, old.length - length};
        one->new = (lines){one->new.text + length, one->new.length - length};
        one->old.begin += (uint32_t)length;
    }
    while (old.length > 0 && one->new.length > 0) {
        const size_t length = last_length(old);
        if (length != last_length(one->new) ||
            !is_same(old, old.length - length, one->new, one->new.length - length, length))
            break;
        old.length -= length;
        one->new.length -= length;
        one->old.end -= (uint32_t)length;
    }
}

/* The lines that these edits make of those in the span. */
static lines edited(diff *of, ls_span at, const ls_edit *edits, const ls_edit *end) {
    ls_buffer text = {0};
    uint32_t reached = at.begin;
    for (const ls_edit *edit = edits; edit < end; edit++) {
        ls_buffer_add(&text, of->source->text + reached, edit->at.begin - reached);
        ls_buffer_string(&text, edit->text);
        reached = edit->at.end;
    }
    ls_buffer_add(&text, of->source->text + reached, at.end - reached);
    const lines made = {ls_arena_copy(of->arena, text.text, text.length), text.length};
    ls_buffer_free(&text);
    return made;
}

static void find_changes(diff *of, const ls_fix *fix) {
    const ls_edit *end = fix->edits.items + fix->edits.count;
    for (const ls_edit *edit = fix->edits.items; edit < end;) {
        const ls_edit *first = edit;
        change one = {.old.begin = go_back(of->source, edit->at.begin, 0)};
        do {
            one.old.end = go_on(of->source, go_back(of->source, edit->at.end, 0), 1);
            edit++;
        } while (edit < end && go_back(of->source, edit->at.begin, 0) < one.old.end);
        one.new = edited(of, one.old, first, edit);
        trim(of->source, &one);
        if (one.new.length > 0 || !ls_span_empty(one.old))
            LS_PUSH(of->arena, &of->changes, one);
    }
}

/* --- Hunks ----------------------------------------------------------------------------------- */

static void write_line(diff *of, char sign, const char *text, size_t length) {
    ls_buffer_add(of->out, &sign, 1);
    if (of->style.is_terminal)
        ls_escape(of->out, text, length);
    else
        ls_buffer_add(of->out, text, length);
}

static void begin_paint(diff *of, char sign) {
    if (sign != ' ')
        ls_paint_begin(of->out, &of->style, sign == '-' ? LS_PAINT_REMOVED : LS_PAINT_ADDED);
}

static void write_lines(diff *of, char sign, lines some) {
    for (size_t length; some.length > 0; some.text += length, some.length -= length) {
        length = first_length(some);
        const bool ends = some.text[length - 1] == '\n';
        begin_paint(of, sign);
        write_line(of, sign, some.text, ends ? length - 1 : length);
        if (sign != ' ')
            ls_paint_end(of->out, &of->style);
        ls_buffer_string(of->out, ends ? "\n" : "\n\\ No newline at end of file\n");
    }
}

/* A range without lines is numbered by the line before it. */
static void write_range(diff *of, char sign, unsigned long first, unsigned long count) {
    ls_buffer_format(of->out, " %c%lu", sign, count == 0 ? first - 1 : first);
    if (count != 1)
        ls_buffer_format(of->out, ",%lu", count);
}

static void write_hunk(diff *of, const change *first, const change *end, long moved) {
    const ls_span at = {go_back(of->source, first->old.begin, CONTEXT),
                        go_on(of->source, end[-1].old.end, CONTEXT)};
    const unsigned long line = ls_source_position(of->source, at.begin).line;
    const unsigned long old = count_lines(lines_of(of->source, at));
    unsigned long new = old;
    for (const change *one = first; one < end; one++)
        new = new - count_lines(lines_of(of->source, one->old)) + count_lines(one->new);
    ls_paint_begin(of->out, &of->style, LS_PAINT_RELATED);
    ls_buffer_string(of->out, "@@");
    write_range(of, '-', line, old);
    write_range(of, '+', (unsigned long)((long)line + moved), new);
    ls_buffer_string(of->out, " @@");
    ls_paint_end(of->out, &of->style);
    ls_buffer_string(of->out, "\n");
    uint32_t reached = at.begin;
    for (const change *one = first; one < end; one++) {
        write_lines(of, ' ', lines_of(of->source, ls_span_of(reached, one->old.begin)));
        write_lines(of, '-', lines_of(of->source, one->old));
        write_lines(of, '+', one->new);
        reached = one->old.end;
    }
    write_lines(of, ' ', lines_of(of->source, ls_span_of(reached, at.end)));
}

static void write_hunks(diff *of) {
    const change *end = of->changes.items + of->changes.count;
    long moved = 0;
    for (const change *one = of->changes.items; one < end;) {
        const change *first = one;
        long longer = 0;
        do {
            longer +=
                (long)count_lines(one->new) - (long)count_lines(lines_of(of->source, one->old));
            one++;
        } while (one < end && one->old.begin <= go_on(of->source, one[-1].old.end, 2 * CONTEXT));
        write_hunk(of, first, one, moved);
        moved += longer;
    }
}

/* --- Names ----------------------------------------------------------------------------------- */

/* What git writes behind a backslash, and the letters that it writes there. */
static const char ESCAPED[] = "\a\b\t\n\v\f\r\"\\", LETTERS[] = "abtnvfr\"\\";

static bool is_quoted(const char *path) {
    for (; *path != 0; path++)
        if (*path < ' ' || *path > '~' || *path == '"' || *path == '\\')
            return true;
    return false;
}

/* As git does unless core.quotePath is off: bytes that are not ASCII are written in octal. */
static void write_path(ls_buffer *out, const char *side, const char *path) {
    if (!is_quoted(path)) {
        ls_buffer_format(out, "%s%s", side, path);
        return;
    }
    ls_buffer_format(out, "\"%s", side);
    for (; *path != 0; path++) {
        const char *escaped = strchr(ESCAPED, *path);
        if (escaped != NULL)
            ls_buffer_format(out, "\\%c", LETTERS[escaped - ESCAPED]);
        else if (*path < ' ' || *path > '~')
            ls_buffer_format(out, "\\%03o", (unsigned)(unsigned char)*path);
        else
            ls_buffer_add(out, path, 1);
    }
    ls_buffer_string(out, "\"");
}

/* A tab ends a name with blanks for programs that read a time behind it. */
static void write_side(ls_buffer *out, const char *sign, const char *side, const char *path) {
    ls_buffer_string(out, sign);
    write_path(out, side, path);
    ls_buffer_string(out, strchr(path, ' ') != NULL ? "\t\n" : "\n");
}

static void write_header(diff *of, const char *path) {
    ls_paint_begin(of->out, &of->style, LS_PAINT_STRONG);
    ls_buffer_string(of->out, "diff --git ");
    write_path(of->out, "a/", path);
    ls_buffer_string(of->out, " ");
    write_path(of->out, "b/", path);
    ls_buffer_string(of->out, "\n");
    write_side(of->out, "--- ", "a/", path);
    write_side(of->out, "+++ ", "b/", path);
    ls_paint_end(of->out, &of->style);
}

void ls_write_diff(ls_buffer *out, const ls_text_style *style, const char *path,
                   const ls_source *source, const ls_fix *edits) {
    diff of = {.out = out, .style = *style, .source = source, .arena = ls_arena_new()};
    if (!of.style.is_terminal)
        of.style.colour = LS_COLOUR_NEVER;
    find_changes(&of, edits);
    if (of.changes.count > 0) {
        write_header(&of, path);
        write_hunks(&of);
    }
    ls_arena_free(of.arena);
}
