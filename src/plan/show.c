#include "plan/show.h"

#include "plan/judging.h"
#include "plan/model/words.h"

#include <string.h>

/* --- Statements ------------------------------------------------------------------------------ */

static const char *one_line(ls_arena *arena, const ls_plan_step *step) {
    enum { LONGEST = 96 };
    char *text = ls_source_copy(arena, step->source, step->statement->at);
    size_t length = 0;
    for (const char *from = text; *from != 0; from++) {
        bool blank = strchr(" \t\r\n", *from) != NULL;
        if (!blank)
            text[length++] = *from;
        else if (length > 0 && text[length - 1] != ' ')
            text[length++] = ' ';
    }
    text[length] = 0;
    if (length <= LONGEST)
        return text;
    length = LONGEST;
    while (((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    text[length] = 0;
    return ls_arena_join(arena, text, " ...", NULL);
}

static bool is_worth_showing(const ls_plan_step *step) {
    for (LS_EACH(const ls_plan_effect, one, step->effects))
        if (one->phase != LS_PHASE_NONE)
            return true;
    return false;
}

/* --- Modifiers ------------------------------------------------------------------------------- */

static const char *columns_in_words(const ls_plan_facts *facts, const char *verb,
                                    const ls_plan_columns *columns) {
    ls_arena *arena = facts->arena;
    const char *list = "";
    for (LS_EACH(const ls_plan_column, column, *columns))
        if (!column->derived || ls_is_of_plan(facts, column))
            list = ls_arena_join(arena, list, list[0] == 0 ? "" : ", ", column->table, ".",
                                 column->whole_row ? "*" : column->column, NULL);
    return ls_arena_join(arena, verb, " ", list[0] == 0 ? "nothing of the plan's columns" : list,
                         NULL);
}

/* The lists of the version that the stage deploys, with what its queries add to them. */
static const ls_plan_version *deployed_by(const ls_plan_facts *facts, const ls_plan_stage *stage) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (version->stage == stage->number)
            return version->version;
    return &stage->version;
}

static const char *words_in_line(ls_arena *arena, const char *before, const ls_plan_words *words) {
    const char *list = "";
    for (LS_EACH(const ls_plan_word, word, *words))
        list = ls_arena_join(arena, list, list[0] == 0 ? "" : ", ", word->text, NULL);
    return ls_arena_join(arena, before, list, NULL);
}

static void add_uses(const ls_plan_facts *facts, const ls_plan_stage *stage, ls_words *lines) {
    if (!stage->version.uses_given) {
        LS_PUSH(facts->arena, lines, "taken to read and write every column that is there");
        return;
    }
    const ls_plan_version *version = deployed_by(facts, stage);
    LS_PUSH(facts->arena, lines, columns_in_words(facts, "reads", &version->reads));
    LS_PUSH(facts->arena, lines, columns_in_words(facts, "writes", &version->writes));
}

static void add_modifiers(const ls_plan_facts *facts, const ls_plan_stage *stage, ls_words *lines) {
    ls_arena *arena = facts->arena;
    if (stage->verb == LS_PLAN_DEPLOY)
        add_uses(facts, stage, lines);
    if (stage->batch > 0)
        LS_PUSH(arena, lines,
                ls_arena_format(arena, "%lld rows at a time", (long long)stage->batch));
    if (stage->watch.count > 0)
        LS_PUSH(arena, lines, words_in_line(arena, "watch: ", &stage->watch));
    if (stage->measure.count > 0)
        LS_PUSH(arena, lines, words_in_line(arena, "measure: ", &stage->measure));
    if (stage->overlaps)
        LS_PUSH(arena, lines, "may start before the stage before it has ended");
    if (stage->irreversible.text != NULL)
        LS_PUSH(arena, lines,
                ls_arena_join(arena, "irreversible: ", stage->irreversible.text, NULL));
}

ls_words ls_stage_in_words(ls_arena *arena, const ls_plan_result *result, unsigned number) {
    ls_words lines = {0};
    const ls_stage_facts *stage = ls_stage_numbered(result->facts, number);
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        if (is_worth_showing(step))
            LS_PUSH(arena, &lines, one_line(arena, step));
    add_modifiers(result->facts, stage->stage, &lines);
    return lines;
}

/* --- Versions -------------------------------------------------------------------------------- */

ls_words ls_stage_live(ls_arena *arena, const ls_plan_result *result, unsigned number) {
    ls_words labels = {0};
    const ls_version_set live = ls_stage_numbered(result->facts, number)->live;
    for (LS_EACH(const ls_live_version, version, result->facts->versions))
        if (ls_is_live(result->facts, live, version))
            LS_PUSH(arena, &labels, version->label);
    return labels;
}

ls_words ls_stage_floor_words(ls_arena *arena, const ls_plan_result *result, unsigned number,
                              ls_words *reasons) {
    ls_words labels = {0};
    if (result->verdict == NULL)
        return labels;
    for (LS_EACH(const ls_way_back, way, result->verdict->floors.items[number - 1].ways)) {
        const char *label = result->model->versions.items[way->version].label;
        if (way->back == LS_BACK_UNSAFE) {
            LS_PUSH(arena, reasons, ls_model_way_back(arena, result->model, way));
            continue;
        }
        LS_PUSH(arena, &labels, label);
        if (way->back == LS_BACK_UNFILLS)
            LS_PUSH(arena, reasons, ls_model_way_back(arena, result->model, way));
    }
    return labels;
}

bool ls_stage_is_point_of_no_return(const ls_plan_result *result, unsigned number) {
    return result->verdict != NULL && result->verdict->floors.items[number - 1].point_of_no_return;
}
