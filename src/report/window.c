#include "report/window.h"

#include "report/characters.h"
#include "report/escape.h"

static const char CUT[] = "...";
enum {
    CUT_WIDTH = sizeof CUT - 1,
    BYTES_A_CELL = 8, /* no more than that of a window is read: combining marks take no cell */
};

/* The cells of one character, and the bytes that it takes. */
static size_t width_of(const char *text, size_t length, size_t *step) {
    *step = 1;
    return ls_is_plain(*text) ? 1 : ls_show(text, length, step).width;
}

static size_t least(size_t one, size_t other) {
    return one < other ? one : other;
}

/* The end of what fits into so many cells from `begin` on. */
static uint32_t fit_right(const ls_source *source, ls_span line, uint32_t begin, size_t cells) {
    size_t used = 0, bytes_left = cells * BYTES_A_CELL;
    uint32_t at = begin;
    while (at < line.end && bytes_left > 0) {
        size_t most = least(least(cells - used, bytes_left), line.end - at);
        size_t step = ls_plain_length(source->text + at, most);
        if (step > 0) {
            at += (uint32_t)step;
            used += step;
            bytes_left -= step;
            continue;
        }
        size_t width = width_of(source->text + at, line.end - at, &step);
        if (used + width > cells)
            break;
        used += width;
        at += (uint32_t)step;
        bytes_left -= least(step, bytes_left);
    }
    return at;
}

static uint32_t previous(const ls_source *source, uint32_t begin, uint32_t at) {
    do
        at--;
    while (at > begin && ((unsigned char)source->text[at] & 0xC0) == 0x80);
    return at;
}

/* The start of what fits into so many cells before `end`. */
static uint32_t fit_left(const ls_source *source, ls_span line, uint32_t end, size_t cells) {
    size_t used = 0, characters_left = cells * BYTES_A_CELL;
    uint32_t at = end;
    while (at > line.begin && characters_left-- > 0) {
        size_t step;
        uint32_t before = previous(source, line.begin, at);
        size_t width = width_of(source->text + before, line.end - before, &step);
        if (used + width > cells)
            break;
        used += width;
        at = before;
    }
    return at;
}

ls_window ls_window_around(const ls_source *source, ls_span line, ls_span focus, size_t cells) {
    ls_window window = {.source = source, .shown = line};
    if (fit_right(source, line, line.begin, cells) == line.end)
        return window;
    size_t room = cells > 3UL * CUT_WIDTH ? cells - 2UL * CUT_WIDTH : CUT_WIDTH;
    ls_span focus_on_line = {focus.begin, focus.end < line.end ? focus.end : line.end};
    uint32_t focus_end = fit_right(source, focus_on_line, focus.begin, room);
    size_t used = ls_escape(NULL, source->text + focus.begin, focus_end - focus.begin);
    window.shown.begin = fit_left(source, line, focus.begin, (room - used) / 2);
    window.shown.end = fit_right(source, line, window.shown.begin, room);
    window.cut_left = window.shown.begin > line.begin;
    window.cut_right = window.shown.end < line.end;
    return window;
}

void ls_window_draw(ls_buffer *out, const ls_window *window) {
    if (window->cut_left)
        ls_buffer_string(out, CUT);
    ls_escape(out, window->source->text + window->shown.begin,
              window->shown.end - window->shown.begin);
    if (window->cut_right)
        ls_buffer_string(out, CUT);
}

size_t ls_window_column(const ls_window *window, uint32_t offset) {
    ls_span shown = window->shown;
    size_t column = window->cut_left ? CUT_WIDTH : 0;
    const char *text = window->source->text;
    const uint32_t end = offset < shown.end ? offset : shown.end;
    for (uint32_t at = shown.begin; at < end;) {
        size_t step = ls_plain_length(text + at, end - at);
        column += step > 0 ? step : width_of(text + at, shown.end - at, &step);
        at += (uint32_t)step;
    }
    return column;
}
