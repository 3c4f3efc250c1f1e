/*
 * frame.c - first the marks are cut into pieces that each lie on one line, then the lines with
 * pieces are drawn in order. A primary mark over several lines is drawn as a bar at the left:
 *
 *    2 | / ALTER TABLE users
 *    3 | |   ADD COLUMN plan_id bigint;
 *      | |____________________________^ label
 */
#include "report/frame.h"

#include "report/escape.h"
#include "report/window.h"

#include <stdlib.h>
#include <string.h>

enum {
    LINES_SHOWN_WHOLE = 5, /* a bar over more lines shows only its first and its last */
    BAR_WIDTH = 2,
    GUTTER_WIDTH = 4, /* without the digits: a blank before, " | " behind */
    NARROWEST = 24,
};

typedef enum {
    PIECE_MARK,   /* underlined */
    PIECE_OPENS,  /* the bar begins here, in the midst of the line */
    PIECE_INSIDE, /* a line at the bar, shown for itself */
    PIECE_CLOSES, /* the bar ends here */
} piece_kind;

typedef struct {
    piece_kind kind;
    uint32_t line;
    ls_span at; /* on that line; at least one byte unless it stands at the line's end */
    const char *label;
    bool primary, drawn;
} piece;
typedef LS_VECTOR(piece) pieces;

typedef struct {
    ls_buffer *out;
    const ls_text_style *style;
    const ls_source *source;
    ls_paint primary;
    unsigned digits;
    bool has_bar, bar_from_line_start;
    uint32_t bar_first, bar_last; /* lines */
    bool bar_open;                /* what is drawn now is at the bar */
    ls_arena *arena;
    pieces pieces;
} frame_drawing;

void ls_gutter(ls_buffer *out, const ls_text_style *style, unsigned digits, char sign) {
    ls_buffer_fill(out, ' ', digits + 2);
    ls_paint_begin(out, style, LS_PAINT_GUTTER);
    if (sign != 0)
        ls_buffer_fill(out, sign, 1);
    ls_paint_end(out, style);
}

/* --- From marks to pieces ------------------------------------------------------------------- */

static uint32_t line_at(const ls_source *source, uint32_t offset) {
    return ls_source_position(source, offset).line;
}

/* The last line that a span touches. */
static uint32_t last_line(const ls_source *source, ls_span at) {
    return line_at(source, at.end > at.begin ? at.end - 1 : at.begin);
}

static ls_span clip(ls_span at, ls_span line) {
    uint32_t begin = at.begin < line.begin ? line.begin : at.begin;
    if (begin > line.end)
        begin = line.end;
    uint32_t end = at.end > line.end ? line.end : at.end;
    return (ls_span){begin, end < begin ? begin : end};
}

static uint32_t first_significant(const ls_source *source, ls_span line) {
    uint32_t at = line.begin;
    while (at < line.end && (source->text[at] == ' ' || source->text[at] == '\t'))
        at++;
    return at;
}

static void add_piece(frame_drawing *drawing, piece_kind kind, uint32_t line, ls_span at,
                      const ls_mark *mark, const char *label) {
    piece fresh = {kind,  line,          clip(at, ls_source_line(drawing->source, line)),
                   label, mark->primary, false};
    LS_PUSH(drawing->arena, &drawing->pieces, fresh);
}

static void add_bar(frame_drawing *drawing, const ls_mark *mark, uint32_t first, uint32_t last) {
    const ls_source *source = drawing->source;
    ls_span opening = ls_source_line(source, first);
    drawing->has_bar = true;
    drawing->bar_first = first;
    drawing->bar_last = last;
    drawing->bar_from_line_start = mark->at.begin <= first_significant(source, opening);
    piece_kind opens = drawing->bar_from_line_start ? PIECE_INSIDE : PIECE_OPENS;
    add_piece(drawing, opens, first, (ls_span){mark->at.begin, mark->at.begin + 1}, mark, NULL);
    for (uint32_t line = first + 1; line < last && last - first < LINES_SHOWN_WHOLE; line++) {
        ls_span whole = ls_source_line(source, line);
        add_piece(drawing, PIECE_INSIDE, line, (ls_span){whole.begin, whole.begin}, mark, NULL);
    }
    add_piece(drawing, PIECE_CLOSES, last, (ls_span){mark->at.end - 1, mark->at.end}, mark,
              mark->label);
}

static void add_mark(frame_drawing *drawing, const ls_mark *mark) {
    uint32_t first = line_at(drawing->source, mark->at.begin);
    uint32_t last = last_line(drawing->source, mark->at);
    if (mark->primary && last > first)
        add_bar(drawing, mark, first, last);
    else
        add_piece(drawing, PIECE_MARK, first, mark->at, mark, mark->label);
}

static int by_place(const void *one, const void *other) {
    const piece *a = one, *b = other;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->at.begin != b->at.begin)
        return a->at.begin < b->at.begin ? -1 : 1;
    return (int)a->primary - (int)b->primary;
}

/* --- Rows ----------------------------------------------------------------------------------- */

static size_t cells_for_text(const frame_drawing *drawing) {
    size_t taken = drawing->digits + GUTTER_WIDTH + (drawing->has_bar ? BAR_WIDTH : 0);
    size_t width = drawing->style->width;
    return width > taken + NARROWEST ? width - taken : NARROWEST;
}

static void begin_row(const frame_drawing *drawing, uint32_t number, char bar) {
    ls_paint_begin(drawing->out, drawing->style, LS_PAINT_GUTTER);
    ls_buffer_fill(drawing->out, ' ', 1);
    if (number == 0)
        ls_buffer_fill(drawing->out, ' ', drawing->digits);
    else
        ls_buffer_number(drawing->out, number, drawing->digits);
    ls_buffer_string(drawing->out, " | ");
    ls_paint_end(drawing->out, drawing->style);
    if (!drawing->has_bar)
        return;
    ls_paint_begin(drawing->out, drawing->style, drawing->primary);
    ls_buffer_fill(drawing->out, bar, 1);
    ls_paint_end(drawing->out, drawing->style);
    ls_buffer_fill(drawing->out, ' ', 1);
}

/* Blanks at a row's end are not printed: they show in a diff of two reports. */
static void end_row(const frame_drawing *drawing) {
    ls_buffer *out = drawing->out;
    while (out->length > 0 && out->text[out->length - 1] == ' ')
        out->length--;
    ls_buffer_string(out, "\n");
}

static char bar_now(const frame_drawing *drawing) {
    return drawing->bar_open ? '|' : ' ';
}

static void draw_label(const frame_drawing *drawing, const piece *mark) {
    ls_paint_begin(drawing->out, drawing->style,
                   mark->primary ? drawing->primary : LS_PAINT_RELATED);
    ls_escape_string(drawing->out, mark->label);
    ls_paint_end(drawing->out, drawing->style);
}

/* One row of signs; the primary ones have their own colour. */
static void draw_signs(const frame_drawing *drawing, const char *signs, size_t length) {
    for (size_t at = 0, run; at < length; at += run) {
        run = strspn(signs + at, " ");
        if (run > 0) {
            ls_buffer_fill(drawing->out, ' ', run);
            continue;
        }
        bool primary = signs[at] == '^';
        run = primary ? strspn(signs + at, "^") : strcspn(signs + at, " ^");
        ls_paint_begin(drawing->out, drawing->style, primary ? drawing->primary : LS_PAINT_RELATED);
        ls_buffer_add(drawing->out, signs + at, run);
        ls_paint_end(drawing->out, drawing->style);
    }
}

static void set_signs(ls_buffer *signs, size_t begin, size_t end, char sign) {
    if (signs->length < end)
        ls_buffer_fill(signs, ' ', end - signs->length);
    memset(signs->text + begin, sign, end - begin);
}

/* The cells that a mark covers: at least one. */
static void covered(const ls_window *window, const piece *mark, size_t *begin, size_t *end) {
    *begin = ls_window_column(window, mark->at.begin);
    *end = ls_window_column(window, mark->at.end);
    if (*end <= *begin)
        *end = *begin + 1;
}

static void underline(ls_buffer *signs, const ls_window *window, piece *const *marks, size_t count,
                      bool primary) {
    for (size_t i = 0; i < count; i++) {
        size_t begin, end;
        if (marks[i]->primary != primary)
            continue;
        covered(window, marks[i], &begin, &end);
        set_signs(signs, begin, end, primary ? '^' : '-');
    }
}

/* A row of | under the marks that still wait for their label, and that label if there is one. */
static void draw_hanging(const frame_drawing *drawing, const ls_window *window, piece *const *marks,
                         size_t count, const piece *labelled) {
    size_t limit = labelled == NULL ? SIZE_MAX : ls_window_column(window, labelled->at.begin);
    ls_buffer signs = {0};
    for (size_t i = 0; i < count; i++) {
        size_t column = ls_window_column(window, marks[i]->at.begin);
        if (column < limit && marks[i]->label != NULL)
            set_signs(&signs, column, column + 1, '|');
    }
    begin_row(drawing, 0, bar_now(drawing));
    if (labelled != NULL && signs.length < limit)
        ls_buffer_fill(&signs, ' ', limit - signs.length);
    if (signs.length > 0)
        draw_signs(drawing, signs.text, signs.length);
    if (labelled != NULL)
        draw_label(drawing, labelled);
    end_row(drawing);
    ls_buffer_free(&signs);
}

/* A label that would leave the screen hangs below instead, where there is more room. */
static bool fits_behind(const frame_drawing *drawing, const piece *mark, size_t end) {
    if (mark->label == NULL)
        return false;
    size_t cells = ls_escape(NULL, mark->label, strlen(mark->label));
    return end + 1 + cells <= cells_for_text(drawing);
}

/* The underlines of one line in one row, the last mark's label behind them, the other labels
 * hanging below, from right to left. */
static void draw_marks(const frame_drawing *drawing, const ls_window *window, piece *const *marks,
                       size_t count) {
    ls_buffer signs = {0};
    underline(&signs, window, marks, count, false);
    underline(&signs, window, marks, count, true);
    const piece *last = marks[count - 1];
    size_t begin, end;
    covered(window, last, &begin, &end);
    bool behind = end == signs.length && fits_behind(drawing, last, end);
    begin_row(drawing, 0, bar_now(drawing));
    draw_signs(drawing, signs.text, signs.length);
    ls_buffer_free(&signs);
    if (behind) {
        ls_buffer_string(drawing->out, " ");
        draw_label(drawing, last);
        count--;
    }
    end_row(drawing);
    bool connected = count == 1;
    for (size_t i = count; i-- > 0;) {
        if (marks[i]->label == NULL)
            continue;
        if (!connected)
            draw_hanging(drawing, window, marks, i + 1, NULL);
        connected = true;
        draw_hanging(drawing, window, marks, i, marks[i]);
    }
}

/* The bar's corner: from the gutter to the byte where it begins or ends. */
static void draw_corner(frame_drawing *drawing, const ls_window *window, const piece *mark) {
    bool closes = mark->kind == PIECE_CLOSES;
    size_t column = ls_window_column(window, mark->at.begin);
    begin_row(drawing, 0, closes ? '|' : ' ');
    drawing->out->length--;
    ls_paint_begin(drawing->out, drawing->style, drawing->primary);
    ls_buffer_fill(drawing->out, '_', column + 1);
    ls_buffer_string(drawing->out, "^");
    ls_paint_end(drawing->out, drawing->style);
    drawing->bar_open = !closes;
    if (mark->label != NULL) {
        ls_buffer_string(drawing->out, " ");
        draw_label(drawing, mark);
    }
    end_row(drawing);
}

/* --- Lines ---------------------------------------------------------------------------------- */

static void draw_text(frame_drawing *drawing, const ls_window *window, uint32_t line) {
    bool opens = drawing->has_bar && line == drawing->bar_first && drawing->bar_from_line_start;
    begin_row(drawing, line, opens ? '/' : bar_now(drawing));
    ls_window_draw(drawing->out, window);
    end_row(drawing);
    if (opens)
        drawing->bar_open = true;
}

static bool fits(const ls_window *window, const piece *mark) {
    return mark->at.begin >= window->shown.begin && mark->at.end <= window->shown.end;
}

/* Draws the line around its first mark that is not drawn yet, with all marks that fit in. */
static void draw_part(frame_drawing *drawing, piece *first, size_t count) {
    uint32_t line = first->line;
    ls_window window = ls_window_around(drawing->source, ls_source_line(drawing->source, line),
                                        first->at, cells_for_text(drawing));
    draw_text(drawing, &window, line);
    piece **marks = LS_NEW_ARRAY(drawing->arena, piece *, count);
    piece **corners = LS_NEW_ARRAY(drawing->arena, piece *, count);
    size_t mark_count = 0, corner_count = 0;
    for (piece *each = first; each < first + count; each++) {
        if (each->drawn || (each != first && !fits(&window, each)))
            continue;
        each->drawn = true;
        if (each->kind == PIECE_MARK)
            marks[mark_count++] = each;
        else if (each->kind != PIECE_INSIDE)
            corners[corner_count++] = each;
    }
    if (mark_count > 0)
        draw_marks(drawing, &window, marks, mark_count);
    for (size_t i = 0; i < corner_count; i++)
        draw_corner(drawing, &window, corners[i]);
}

static void draw_gap(frame_drawing *drawing, uint32_t after, uint32_t before) {
    if (before - after == 2) {
        ls_span line = ls_source_line(drawing->source, after + 1);
        ls_window window = ls_window_around(
            drawing->source, line, (ls_span){line.begin, line.begin}, cells_for_text(drawing));
        draw_text(drawing, &window, after + 1);
        return;
    }
    ls_paint_string(drawing->out, drawing->style, LS_PAINT_GUTTER, "...");
    if (drawing->bar_open) {
        ls_buffer_fill(drawing->out, ' ', drawing->digits + 1);
        ls_paint_string(drawing->out, drawing->style, drawing->primary, "|");
    }
    ls_buffer_string(drawing->out, "\n");
}

static void draw_lines(frame_drawing *drawing) {
    uint32_t line_before = 0;
    for (size_t i = 0, next; i < drawing->pieces.count; i = next) {
        piece *first = &drawing->pieces.items[i];
        for (next = i + 1; next < drawing->pieces.count; next++)
            if (drawing->pieces.items[next].line != first->line)
                break;
        if (line_before > 0 && first->line - line_before > 1)
            draw_gap(drawing, line_before, first->line);
        for (size_t j = i; j < next; j++)
            if (!drawing->pieces.items[j].drawn)
                draw_part(drawing, &drawing->pieces.items[j], next - j);
        line_before = first->line;
    }
}

unsigned ls_frame_digits(const ls_frame *frame) {
    uint32_t largest = 1;
    for (LS_EACH(const ls_mark, mark, frame->marks)) {
        uint32_t line = mark->primary ? last_line(frame->source, mark->at)
                                      : line_at(frame->source, mark->at.begin);
        largest = line > largest ? line : largest;
    }
    unsigned digits = 1;
    for (; largest >= 10; largest /= 10)
        digits++;
    return digits;
}

void ls_frame_draw(ls_buffer *out, const ls_text_style *style, ls_arena *scratch,
                   const ls_frame *frame, unsigned digits, ls_paint primary) {
    frame_drawing drawing = {.out = out,
                             .style = style,
                             .source = frame->source,
                             .primary = primary,
                             .digits = digits,
                             .arena = scratch};
    for (LS_EACH(const ls_mark, mark, frame->marks))
        add_mark(&drawing, mark);
    if (drawing.pieces.count > 0)
        qsort(drawing.pieces.items, drawing.pieces.count, sizeof(piece), by_place);
    ls_gutter(out, style, digits, '|');
    ls_buffer_string(out, "\n");
    draw_lines(&drawing);
}
