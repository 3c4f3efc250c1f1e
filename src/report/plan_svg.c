/*
 * plan_svg.c - all places are multiples of one grid. Colours are attributes, which hold where
 * styles are dropped; the classes let plan_html.c change them for dark screens. Each colour has a
 * word beside it, and the whole is told in words to those who do not see it.
 */
#include "report/plan_svg.h"

#include "report/escape.h"

#include <string.h>

enum {
    COLUMN = 72,
    ROW = 30,
    MARGIN = 8,
    HEADER = 58,
    BAR = 20,
    STAGE_TOP = 26,
    STAGE_HEIGHT = 24,
    GATE_TIP = 8,
    LETTER = 8,
    NARROWEST_NAMES = 60,
    WIDEST_NAMES = 220,
    LEGEND = 26,
};

typedef struct {
    ls_buffer *out;
    const ls_report_plan *plan;
    const char **versions;
    size_t count;
    unsigned names; /* width of the column with the versions' names */
} plan_picture;

/* --- Versions -------------------------------------------------------------------------------- */

static bool has_word(const ls_words *words, const char *word) {
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->items[i], word) == 0)
            return true;
    return false;
}

static void add_versions(ls_arena *arena, ls_words *versions, const ls_words *more) {
    for (size_t i = 0; i < more->count; i++)
        if (!has_word(versions, more->items[i]))
            LS_PUSH(arena, versions, more->items[i]);
}

static ls_words versions_of(ls_arena *arena, const ls_report_plan *plan) {
    ls_words versions = {0};
    for (LS_EACH(const ls_report_stage, stage, plan->stages)) {
        add_versions(arena, &versions, &stage->live);
        add_versions(arena, &versions, &stage->may_roll_back);
    }
    return versions;
}

static unsigned width_of_names(const ls_words *versions) {
    unsigned widest = NARROWEST_NAMES;
    for (size_t i = 0; i < versions->count; i++) {
        size_t width = ls_escape(NULL, versions->items[i], strlen(versions->items[i])) * LETTER;
        widest = width > widest ? (unsigned)(width > WIDEST_NAMES ? WIDEST_NAMES : width) : widest;
    }
    return widest + 2 * MARGIN;
}

/* --- Columns --------------------------------------------------------------------------------- */

static unsigned left_of(const plan_picture *picture, const ls_report_stage *stage) {
    return picture->names + (unsigned)(stage - picture->plan->stages.items) * COLUMN;
}

static unsigned bottom_of(const plan_picture *picture) {
    return HEADER + (unsigned)picture->count * ROW;
}

static bool is_gate(const char *verb) {
    return strcmp(verb, "check") == 0 || strcmp(verb, "soak") == 0 || strcmp(verb, "rehearse") == 0;
}

static void draw_box(const plan_picture *picture, const ls_report_stage *stage, const char *verb) {
    bool deploys = strcmp(verb, "deploy") == 0;
    ls_buffer_format(picture->out,
                     "<rect class=\"%s\" x=\"%u\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" "
                     "fill=\"none\" stroke=\"%s\"/>\n",
                     deploys ? "deploy" : "change", left_of(picture, stage) + 2, STAGE_TOP,
                     COLUMN - 4, STAGE_HEIGHT, deploys ? STAGE_HEIGHT / 2 : 2,
                     deploys ? "#0969da" : "#59636e");
}

static void draw_gate(const plan_picture *picture, const ls_report_stage *stage) {
    unsigned left = left_of(picture, stage) + 2, right = left + COLUMN - 4;
    ls_buffer_format(picture->out,
                     "<path class=\"gate\" d=\"M%u %d L%u %d H%u L%u %d L%u %d H%u Z\" "
                     "fill=\"none\" stroke=\"#9a6700\"/>\n",
                     left, STAGE_TOP + STAGE_HEIGHT / 2, left + GATE_TIP, STAGE_TOP,
                     right - GATE_TIP, right, STAGE_TOP + STAGE_HEIGHT / 2, right - GATE_TIP,
                     STAGE_TOP + STAGE_HEIGHT, left + GATE_TIP);
}

static void draw_stage(const plan_picture *picture, const ls_report_stage *stage) {
    const char *verb = stage->verb == NULL ? "?" : stage->verb;
    unsigned middle = left_of(picture, stage) + COLUMN / 2;
    ls_buffer_format(picture->out, "<g><title>%u %s: ", stage->index, verb);
    ls_escape_markup(picture->out, stage->value == NULL ? "" : stage->value);
    ls_buffer_string(picture->out, "</title>\n");
    if (is_gate(verb))
        draw_gate(picture, stage);
    else
        draw_box(picture, stage, verb);
    ls_buffer_format(picture->out,
                     "<text class=\"faint\" x=\"%u\" y=\"18\" text-anchor=\"middle\" "
                     "fill=\"#59636e\">%u</text>\n"
                     "<text x=\"%u\" y=\"%d\" text-anchor=\"middle\" fill=\"#1f2328\">%s</text>"
                     "</g>\n",
                     middle, stage->index, middle, STAGE_TOP + 16, verb);
}

static void draw_point_of_no_return(const plan_picture *picture, const ls_report_stage *stage) {
    unsigned right = left_of(picture, stage) + COLUMN;
    ls_buffer_format(picture->out,
                     "<path class=\"stop\" d=\"M%u %d V%u\" fill=\"none\" stroke=\"#cf222e\" "
                     "stroke-width=\"2\"/>\n"
                     "<text class=\"stop\" x=\"%u\" y=\"%u\" text-anchor=\"end\" "
                     "fill=\"#cf222e\">point of no return</text>\n",
                     right, STAGE_TOP, bottom_of(picture) + 4, right, bottom_of(picture) + 16);
}

/* --- Rows ------------------------------------------------------------------------------------ */

typedef enum { ABSENT, LIVE, BACK } presence;

static presence presence_of(const ls_report_stage *stage, const char *version) {
    if (has_word(&stage->live, version))
        return LIVE;
    return has_word(&stage->may_roll_back, version) ? BACK : ABSENT;
}

static void draw_bar(const plan_picture *picture, const ls_report_stage *from, size_t stages,
                     presence kind, unsigned top) {
    static const char *const attributes[] = {
        [LIVE] = "class=\"live\" fill=\"#0969da\" stroke=\"#0969da\"",
        [BACK] = "class=\"back\" fill=\"none\" stroke=\"#54aeff\" stroke-dasharray=\"4 3\"",
    };
    unsigned left = left_of(picture, from);
    ls_buffer_format(picture->out,
                     "<rect %s x=\"%u\" y=\"%u\" width=\"%u\" height=\"%d\" rx=\"3\"/>\n"
                     "<text%s x=\"%u\" y=\"%u\" font-size=\"11\" fill=\"%s\">%s</text>\n",
                     attributes[kind], left + 2, top, (unsigned)stages * COLUMN - 4, BAR,
                     kind == LIVE ? " class=\"on-live\"" : "", left + MARGIN, top + 14,
                     kind == LIVE ? "#ffffff" : "#1f2328", kind == LIVE ? "live" : "way back");
}

/* A picture in the picture cuts off what is wider. */
static void draw_name(const plan_picture *picture, const char *version, unsigned top) {
    ls_buffer_format(picture->out,
                     "<svg x=\"%d\" y=\"%u\" width=\"%u\" height=\"%d\">"
                     "<text y=\"14\" font-weight=\"bold\" fill=\"#1f2328\">",
                     MARGIN, top, picture->names - 2 * MARGIN, BAR);
    ls_escape_markup(picture->out, version);
    ls_buffer_string(picture->out, "</text></svg>\n");
}

static void draw_version(const plan_picture *picture, size_t row) {
    const char *version = picture->versions[row];
    unsigned top = HEADER + (unsigned)row * ROW + (ROW - BAR) / 2;
    const ls_report_stage *stages = picture->plan->stages.items;
    size_t count = picture->plan->stages.count;
    draw_name(picture, version, top);
    for (size_t from = 0, to; from < count; from = to) {
        presence kind = presence_of(&stages[from], version);
        for (to = from + 1; to < count && presence_of(&stages[to], version) == kind;)
            to++;
        if (kind != ABSENT)
            draw_bar(picture, &stages[from], to - from, kind, top);
    }
}

/* --- The whole ------------------------------------------------------------------------------- */

static void draw_grid(const plan_picture *picture) {
    for (LS_EACH(const ls_report_stage, stage, picture->plan->stages))
        ls_buffer_format(picture->out,
                         "<path class=\"line\" d=\"M%u %d V%u\" fill=\"none\" "
                         "stroke=\"#d1d9e0\"/>\n",
                         left_of(picture, stage), HEADER - 4, bottom_of(picture));
}

static void draw_frame(const plan_picture *picture) {
    unsigned width = picture->names + (unsigned)picture->plan->stages.count * COLUMN + MARGIN;
    unsigned height = bottom_of(picture) + LEGEND;
    ls_buffer_format(picture->out,
                     "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %u\" "
                     "width=\"%u\" height=\"%u\" role=\"img\" font-family=\"sans-serif\" "
                     "font-size=\"12\">\n"
                     "<title>Stages, and who is live in each</title>\n"
                     "<desc>The table below says the same in words.</desc>\n"
                     "<rect class=\"paper\" width=\"%u\" height=\"%u\" fill=\"#ffffff\"/>\n",
                     width, height, width, height, width, height);
}

void ls_report_plan_svg(ls_buffer *out, const ls_report_plan *plan) {
    ls_arena *arena = ls_arena_new();
    const ls_words versions = versions_of(arena, plan);
    const plan_picture picture = {.out = out,
                                  .plan = plan,
                                  .versions = versions.items,
                                  .count = versions.count,
                                  .names = width_of_names(&versions)};
    draw_frame(&picture);
    draw_grid(&picture);
    for (LS_EACH(const ls_report_stage, stage, plan->stages))
        draw_stage(&picture, stage);
    for (size_t row = 0; row < picture.count; row++)
        draw_version(&picture, row);
    for (LS_EACH(const ls_report_stage, stage, plan->stages))
        if (stage->point_of_no_return)
            draw_point_of_no_return(&picture, stage);
    ls_buffer_string(out, "</svg>\n");
    ls_arena_free(arena);
}
