#include "report/picture.h"

#include "report/escape.h"
#include "report/intervals.h"

#include <string.h>

enum {
    ROWS_SHOWN = 40, /* relations in one part */
    INDENT = 2,
    NAME_WIDTH_LIMIT = 40, /* a longer name pushes its row to the right */
    FEWEST_COLUMNS = 20,
};

/* Capitals keep INSERT, UPDATE and DELETE waiting. */
static const char LETTERS[] = {
    [LS_LOCK_NONE] = '.',
    [LS_ACCESS_SHARE] = 'a',
    [LS_ROW_SHARE] = 'r',
    [LS_ROW_EXCLUSIVE] = 'w',
    [LS_SHARE_UPDATE_EXCLUSIVE] = 'u',
    [LS_SHARE] = 'S',
    [LS_SHARE_ROW_EXCLUSIVE] = 'R',
    [LS_EXCLUSIVE] = 'E',
    [LS_ACCESS_EXCLUSIVE] = 'A',
};

typedef struct {
    const char *name;
    unsigned char *modes; /* a ls_lock_mode for each column */
} picture_row;

/* The statements [first, first + count). */
typedef struct {
    size_t first, count;
    LS_VECTOR(picture_row *) rows;
    ls_map by_relation;
} picture_part;

typedef struct {
    ls_buffer *out;
    const ls_text_style *style;
    ls_arena *arena;
    ls_lock_intervals intervals;
    size_t statements, name_width;
    bool used[LS_ACCESS_EXCLUSIVE + 1];
} lock_picture;

static picture_row *row_of(lock_picture *picture, picture_part *part,
                           const ls_lock_interval *interval) {
    const char *key = ls_arena_format(picture->arena, "%lu", (unsigned long)interval->relation);
    picture_row *known = ls_map_get(&part->by_relation, key);
    if (known != NULL)
        return known;
    picture_row *fresh = LS_NEW(picture->arena, picture_row);
    fresh->name = interval->name;
    fresh->modes = LS_NEW_ARRAY(picture->arena, unsigned char, part->count);
    ls_map_set(picture->arena, &part->by_relation, key, fresh);
    LS_PUSH(picture->arena, &part->rows, fresh);
    return fresh;
}

static void fill(lock_picture *picture, picture_part *part, const ls_lock_interval *interval) {
    size_t end = part->first + part->count;
    if (interval->last < part->first || interval->first >= end)
        return;
    unsigned char *modes = row_of(picture, part, interval)->modes;
    size_t from = interval->first > part->first ? interval->first : part->first;
    for (size_t i = from; i < end && i <= interval->last; i++)
        if (modes[i - part->first] < interval->mode)
            modes[i - part->first] = (unsigned char)interval->mode;
}

static void draw_row(lock_picture *picture, const picture_row *row, size_t count) {
    ls_buffer_fill(picture->out, ' ', INDENT);
    size_t cells = ls_escape_first(picture->out, row->name);
    size_t blanks = cells < picture->name_width ? picture->name_width - cells : 0;
    ls_buffer_fill(picture->out, ' ', blanks + 2);
    for (size_t i = 0; i < count; i++) {
        picture->used[row->modes[i]] = true;
        ls_buffer_fill(picture->out, LETTERS[row->modes[i]], 1);
    }
    ls_buffer_string(picture->out, "\n");
}

static void draw_part(lock_picture *picture, size_t first, size_t count) {
    picture_part part = {.first = first, .count = count};
    for (LS_EACH(const ls_lock_interval, interval, picture->intervals))
        fill(picture, &part, interval);
    if (part.rows.count == 0)
        return;
    if (count < picture->statements)
        ls_buffer_format(picture->out, "  statements %zu to %zu:\n", first + 1, first + count);
    for (size_t i = 0; i < part.rows.count && i < ROWS_SHOWN; i++)
        draw_row(picture, part.rows.items[i], count);
    if (part.rows.count > ROWS_SHOWN)
        ls_buffer_format(picture->out, "  and %u more relations\n", part.rows.count - ROWS_SHOWN);
}

static void draw_legend(lock_picture *picture) {
    ls_buffer legend = {0};
    for (int mode = LS_ACCESS_EXCLUSIVE; mode > LS_LOCK_NONE; mode--)
        if (picture->used[mode])
            ls_buffer_format(&legend, "%c = %s, ", LETTERS[mode], ls_lock_name((ls_lock_mode)mode));
    ls_buffer_string(&legend, "a column is a statement");
    ls_buffer_fill(picture->out, ' ', INDENT);
    ls_wrap(picture->out, picture->style, INDENT, legend.text);
    ls_buffer_string(picture->out, "\n");
    ls_buffer_free(&legend);
}

static size_t widest_name(const lock_picture *picture) {
    size_t widest = 0;
    for (LS_EACH(const ls_lock_interval, interval, picture->intervals)) {
        size_t cells = ls_escape_first(NULL, interval->name);
        if (cells > widest && cells <= NAME_WIDTH_LIMIT)
            widest = cells;
    }
    return widest;
}

void ls_picture_draw(ls_buffer *out, const ls_text_style *style, const ls_timeline_file *file) {
    lock_picture picture = {.out = out, .style = style, .arena = ls_arena_new()};
    picture.statements = file->statements.count;
    picture.intervals = ls_intervals_of(picture.arena, file);
    picture.name_width = widest_name(&picture);
    size_t taken = INDENT + picture.name_width + 2;
    size_t columns = style->width > taken + FEWEST_COLUMNS ? style->width - taken : FEWEST_COLUMNS;
    for (size_t first = 0; first < picture.statements && picture.intervals.count > 0;
         first += columns) {
        size_t left = picture.statements - first;
        draw_part(&picture, first, left < columns ? left : columns);
    }
    if (picture.intervals.count > 0)
        draw_legend(&picture);
    ls_arena_free(picture.arena);
}
