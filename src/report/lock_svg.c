/*
 * lock_svg.c - all places are multiples of one grid, as in plan_svg.c. Colours are attributes,
 * which hold where styles are dropped; the classes let page.c change them for dark screens.
 */
#include "report/lock_svg.h"

#include "report/escape.h"
#include "report/intervals.h"
#include "report/timeline.h"

#include <string.h>

enum {
    COLUMN = 200,
    ROW = 42,
    BAR = 34,
    HEADER = 44,
    MARGIN = 8,
    LETTER = 8,
    NARROWEST_NAMES = 80,
    WIDEST_NAMES = 260,
    MOST_COLUMNS = 40,
    MOST_ROWS = 30,
};

typedef struct {
    ls_relation_id relation;
    const char *name;
} lock_row;

typedef struct {
    ls_buffer *out;
    const ls_timeline_file *file;
    LS_VECTOR(size_t) columns; /* numbers of statements */
    LS_VECTOR(lock_row) rows;
    ls_lock_intervals intervals; /* those that are drawn */
    unsigned names;              /* width of the column with the relations' names */
    size_t left_out;             /* columns and rows */
} lock_picture;

/* --- What is drawn --------------------------------------------------------------------------- */

static bool keeps_waiting(ls_lock_mode mode) {
    return ls_lock_blocks_reads(mode) || ls_lock_blocks_writes(mode);
}

static void choose_columns(lock_picture *picture, ls_arena *arena, const ls_findings_index *index) {
    for (size_t i = 0; i < picture->file->statements.count; i++) {
        if (!ls_entry_matters(index, picture->file, &picture->file->statements.items[i]))
            continue;
        if (picture->columns.count < MOST_COLUMNS)
            LS_PUSH(arena, &picture->columns, i);
        else
            picture->left_out++;
    }
}

static bool has_row(const lock_picture *picture, ls_relation_id relation) {
    for (LS_EACH(const lock_row, row, picture->rows))
        if (row->relation == relation)
            return true;
    return false;
}

static void choose_rows(lock_picture *picture, ls_arena *arena) {
    const ls_lock_intervals all = ls_intervals_of(arena, picture->file);
    for (LS_EACH(const ls_lock_interval, interval, all)) {
        if (!interval->others_know || !keeps_waiting(interval->mode))
            continue;
        if (!has_row(picture, interval->relation)) {
            if (picture->rows.count == MOST_ROWS) {
                picture->left_out++;
                continue;
            }
            LS_PUSH(arena, &picture->rows, ((lock_row){interval->relation, interval->name}));
        }
        LS_PUSH(arena, &picture->intervals, *interval);
    }
}

static unsigned width_of_names(const lock_picture *picture) {
    size_t widest = NARROWEST_NAMES;
    for (LS_EACH(const lock_row, row, picture->rows)) {
        const size_t width = ls_escape(NULL, row->name, strlen(row->name)) * LETTER;
        widest = width > widest ? width : widest;
    }
    return (unsigned)(widest > WIDEST_NAMES ? WIDEST_NAMES : widest) + 2 * MARGIN;
}

/* --- Places ---------------------------------------------------------------------------------- */

/* How many columns are of statements before this one. */
static unsigned columns_before(const lock_picture *picture, size_t statement) {
    unsigned before = 0;
    while (before < picture->columns.count && picture->columns.items[before] < statement)
        before++;
    return before;
}

static unsigned left_of(const lock_picture *picture, unsigned column) {
    return picture->names + column * COLUMN;
}

static unsigned top_of(const lock_picture *picture, ls_relation_id relation) {
    unsigned row = 0;
    while (picture->rows.items[row].relation != relation)
        row++;
    return HEADER + row * ROW;
}

static unsigned bottom_of(const lock_picture *picture) {
    return HEADER + (unsigned)picture->rows.count * ROW;
}

/* --- Drawing --------------------------------------------------------------------------------- */

static void draw_text(const lock_picture *picture, const char *attributes, unsigned left,
                      unsigned top, unsigned width, const char *text) {
    ls_buffer_format(picture->out,
                     "<svg x=\"%u\" y=\"%u\" width=\"%u\" height=\"16\"><text y=\"12\" %s>", left,
                     top, width, attributes);
    ls_escape_markup(picture->out, text);
    ls_buffer_string(picture->out, "</text></svg>\n");
}

static void draw_column(const lock_picture *picture, ls_arena *arena, unsigned column) {
    const ls_timeline_entry *entry =
        &picture->file->statements.items[picture->columns.items[column]];
    const unsigned left = left_of(picture, column);
    const unsigned long line =
        ls_source_position(picture->file->source, entry->statement->at.begin).line;
    const char *tag = entry->statement->tag;
    ls_buffer_format(picture->out,
                     "<path class=\"line\" d=\"M%u %d V%u\" fill=\"none\" stroke=\"#d1d9e0\"/>\n",
                     left, MARGIN, bottom_of(picture));
    draw_text(picture, "class=\"faint\" fill=\"#59636e\"", left + 4, MARGIN, COLUMN - MARGIN,
              ls_arena_format(arena, "line %lu", line));
    draw_text(picture, "fill=\"#1f2328\" font-weight=\"bold\"", left + 4, MARGIN + 16,
              COLUMN - MARGIN, tag == NULL ? "not analysed" : tag);
}

static const char *consequence_of(ls_lock_mode mode) {
    return ls_lock_blocks_reads(mode) ? "all wait" : "writes wait";
}

static void draw_bar(const lock_picture *picture, ls_arena *arena,
                     const ls_lock_interval *interval) {
    const unsigned first = columns_before(picture, interval->first);
    const unsigned last = columns_before(picture, interval->last + 1);
    if (last <= first)
        return;
    const unsigned left = left_of(picture, first) + 2, width = (last - first) * COLUMN - 4;
    const unsigned top = top_of(picture, interval->relation) + (ROW - BAR) / 2;
    const bool reads_wait = ls_lock_blocks_reads(interval->mode);
    ls_buffer_format(picture->out,
                     "<rect class=\"%s\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%d\" rx=\"3\" "
                     "fill=\"%s\"/>\n",
                     reads_wait ? "hard" : "soft", left, top, width, BAR,
                     reads_wait ? "#cf222e" : "#9a6700");
    draw_text(picture, "class=\"on-live\" fill=\"#ffffff\" font-size=\"11\"", left + 6, top + 1,
              width - MARGIN,
              ls_arena_format(arena, "%s: %s", ls_lock_name(interval->mode),
                              consequence_of(interval->mode)));
}

static const char *name_of_work(const ls_work_done *done, ls_relation_id relation) {
    if (done->work == LS_WORK_BUILD && done->table.id == relation)
        return "builds an index";
    if (done->relation.id != relation || done->by_query)
        return NULL;
    switch (done->work) {
    case LS_WORK_REWRITE:
        return "rewrites it";
    case LS_WORK_SCAN:
        return "reads all of it";
    case LS_WORK_COPY:
        return "copies it";
    case LS_WORK_BUILD:
        return "is built";
    default:
        return NULL;
    }
}

/* What is done to the relation in that column: the longest work alone. */
static void draw_work(const lock_picture *picture, unsigned column, const lock_row *row) {
    const ls_outcome *outcome =
        picture->file->statements.items[picture->columns.items[column]].outcome;
    const char *name = NULL;
    ls_work longest = LS_WORK_NONE;
    for (LS_EACH(const ls_work_done, done, outcome->work)) {
        const char *of_this = name_of_work(done, row->relation);
        if (of_this != NULL && done->work > longest) {
            name = of_this;
            longest = done->work;
        }
    }
    if (name == NULL)
        return;
    const unsigned left = left_of(picture, column) + 6, top = top_of(picture, row->relation) + 20;
    ls_buffer_format(picture->out,
                     "<rect x=\"%u\" y=\"%u\" width=\"%d\" height=\"15\" rx=\"2\" fill=\"#000000\" "
                     "fill-opacity=\"0.35\"/>\n",
                     left, top, COLUMN - 12);
    draw_text(picture, "class=\"on-live\" fill=\"#ffffff\" font-size=\"11\"", left + 4, top - 1,
              COLUMN - 20, name);
}

/* A weaker lock changes nothing for those who wait for a stronger one already. */
static bool is_covered(const lock_picture *picture, const ls_lock_interval *covered) {
    for (LS_EACH(const ls_lock_interval, interval, picture->intervals))
        if (interval->relation == covered->relation && interval->mode > covered->mode &&
            interval->first <= covered->first && interval->last >= covered->last)
            return true;
    return false;
}

static void draw_row(const lock_picture *picture, ls_arena *arena, const lock_row *row) {
    draw_text(picture, "fill=\"#1f2328\" font-weight=\"bold\"", MARGIN,
              top_of(picture, row->relation) + ROW / 2 - 8, picture->names - 2 * MARGIN, row->name);
    for (LS_EACH(const ls_lock_interval, interval, picture->intervals))
        if (interval->relation == row->relation && !is_covered(picture, interval))
            draw_bar(picture, arena, interval);
    for (unsigned column = 0; column < picture->columns.count; column++)
        draw_work(picture, column, row);
}

static void draw_frame(const lock_picture *picture, size_t number) {
    const unsigned width = left_of(picture, picture->columns.count) + MARGIN;
    const unsigned height = bottom_of(picture) + MARGIN;
    ls_buffer_format(picture->out,
                     "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %u\" "
                     "width=\"%u\" height=\"%u\" role=\"img\" aria-labelledby=\"lock-title-%zu "
                     "lock-words-%zu\" font-family=\"sans-serif\" font-size=\"12\">\n"
                     "<title id=\"lock-title-%zu\">The locks of ",
                     width, height, width, height, number, number, number);
    ls_escape_markup(picture->out, picture->file->source->name);
    ls_buffer_format(picture->out,
                     "</title>\n<desc id=\"lock-words-%zu\">The table below says the same in "
                     "words.</desc>\n"
                     "<rect class=\"paper\" width=\"%u\" height=\"%u\" fill=\"#ffffff\"/>\n",
                     number, width, height);
}

void ls_draw_locks(ls_buffer *out, const ls_findings_index *index, const ls_timeline_file *file,
                   size_t number) {
    ls_arena *arena = ls_arena_new();
    lock_picture picture = {.out = out, .file = file};
    choose_columns(&picture, arena, index);
    choose_rows(&picture, arena);
    picture.names = width_of_names(&picture);
    if (picture.rows.count > 0) {
        draw_frame(&picture, number);
        for (unsigned column = 0; column < picture.columns.count; column++)
            draw_column(&picture, arena, column);
        for (LS_EACH(const lock_row, row, picture.rows))
            draw_row(&picture, arena, row);
        ls_buffer_string(out, "</svg>\n");
        if (picture.left_out > 0)
            ls_buffer_format(out, "<p>The picture leaves out %zu more; the table has them.</p>\n",
                             picture.left_out);
    }
    ls_arena_free(arena);
}
