/*
 * remedy.c - from what a rule says of its places to bytes of the source.
 *
 * A remedy fits where its condition holds, its texts have all their values, and every place that it
 * names is there. The text is the user's own: what a variable or an included file brought cannot be
 * edited here, and has no places.
 */
#include "rules/remedy.h"

#include "rules/match.h"
#include "rules/template.h"
#include "sql/find_word.h"
#include "sql/lexer.h"
#include "support/buffer.h"

#include <string.h>

/* --- Places ---------------------------------------------------------------------------------- */

static bool find_place(const ls_remedy_edit *edit, const ls_effect *effect,
                       const ls_remedy_places *places, ls_span *place) {
    switch (edit->place) {
    case LS_PLACE_STATEMENT:
        *place = places->statement;
        return true;
    case LS_PLACE_CLAUSE:
        *place = places->clause;
        return true;
    case LS_PLACE_ATTRIBUTE:
        return ls_effect_written_at(effect, edit->attribute, places->source, place);
    }
    return false;
}

/* Behind the semicolon of a statement; false if it has none. */
static bool find_behind(const ls_source *source, ls_span statement, ls_span *at) {
    const uint32_t end = ls_skip_blanks(source, statement.end, source->length);
    *at = ls_span_of(end + 1, end + 1);
    return end < source->length && source->text[end] == ';';
}

/* A word that goes takes the blanks behind it along. */
static ls_span with_blanks(const ls_source *source, ls_span word) {
    while (word.end < source->length && ls_is_space(source->text[word.end]))
        word.end++;
    return word;
}

static bool find_spot(const ls_remedy_edit *edit, const ls_source *source, ls_span place,
                      ls_span *at) {
    ls_span word = {0};
    if (edit->word_count > 0 && !ls_find_word(source, place, edit->words, edit->word_count, &word))
        return false;
    switch (edit->spot) {
    case LS_SPOT_AFTER:
        *at = ls_span_of(word.end, word.end);
        return true;
    case LS_SPOT_INSTEAD_OF:
        *at = edit->write[0] == 0 ? with_blanks(source, word) : word;
        return true;
    case LS_SPOT_START:
        *at = ls_span_of(place.begin, place.begin);
        return true;
    case LS_SPOT_END:
        *at = ls_span_of(place.end, place.end);
        return true;
    case LS_SPOT_ALL:
        *at = place;
        return true;
    case LS_SPOT_BEHIND:
        return find_behind(source, place, at);
    }
    return false;
}

/* --- Texts ----------------------------------------------------------------------------------- */

/* What stands before the statement in its line, if that is blank. */
static ls_span indentation_of(const ls_source *source, ls_span statement) {
    uint32_t begin = statement.begin;
    while (begin > 0 && source->text[begin - 1] != '\n' && ls_is_space(source->text[begin - 1]))
        begin--;
    const bool is_first =
        begin == ls_source_mark_length(source) || (begin > 0 && source->text[begin - 1] == '\n');
    return ls_span_of(is_first ? begin : statement.begin, statement.begin);
}

/* A word more needs a blank between it and its neighbour. */
static bool needs_blank_before(const ls_remedy_edit *edit) {
    return (edit->spot == LS_SPOT_AFTER || edit->spot == LS_SPOT_END) && edit->write[0] != '\n';
}

static bool needs_blank_behind(const ls_remedy_edit *edit) {
    const size_t length = strlen(edit->write);
    return edit->spot == LS_SPOT_START && length > 0 && edit->write[length - 1] != '\n';
}

/* The text with the lines of the file. */
static const char *laid_out(ls_arena *arena, const ls_remedy_edit *edit, const char *text,
                            const ls_remedy_places *places) {
    const ls_span indentation = indentation_of(places->source, places->statement);
    ls_buffer out = {0};
    ls_buffer_string(&out, needs_blank_before(edit) ? " " : "");
    for (; *text != 0; text++) {
        if (*text != '\n') {
            ls_buffer_add(&out, text, 1);
            continue;
        }
        ls_buffer_string(&out, ls_source_line_end(places->source));
        ls_buffer_add(&out, places->source->text + indentation.begin,
                      indentation.end - indentation.begin);
    }
    ls_buffer_string(&out, needs_blank_behind(edit) ? " " : "");
    const char *copy = ls_arena_copy(arena, out.text == NULL ? "" : out.text, out.length);
    ls_buffer_free(&out);
    return copy;
}

/* --- The remedy ------------------------------------------------------------------------------ */

static bool add_edit(ls_arena *arena, const ls_remedy_edit *edit, const ls_effect *effect,
                     const ls_remedy_places *places, ls_fix *fix) {
    ls_span place, at;
    const char *text = ls_template_render(arena, ls_template_cut(arena, edit->write), effect, NULL);
    if (text == NULL || !find_place(edit, effect, places, &place) ||
        !find_spot(edit, places->source, place, &at))
        return false;
    LS_PUSH(arena, &fix->edits, ((ls_edit){at, laid_out(arena, edit, text, places)}));
    return true;
}

static bool fits(ls_arena *arena, const ls_remedy *remedy, const ls_effect *effect,
                 const ls_remedy_places *places, ls_fix *fix) {
    if (!ls_condition_holds(&remedy->when, effect))
        return false;
    const char *says =
        ls_template_render(arena, ls_template_cut(arena, remedy->says), effect, NULL);
    *fix = (ls_fix){
        .says = says, .safe = remedy->safe, .outside_transaction = remedy->outside_transaction};
    for (size_t i = 0; i < remedy->edit_count; i++)
        if (!add_edit(arena, &remedy->edits[i], effect, places, fix))
            return false;
    return says != NULL;
}

ls_fix ls_remedy_for(ls_arena *arena, const ls_rule *rule, const ls_effect *effect,
                     const ls_remedy_places *places) {
    ls_fix fix;
    for (size_t i = 0; i < rule->remedy_count; i++)
        if (fits(arena, &rule->remedies[i], effect, places, &fix))
            return fix;
    return (ls_fix){0};
}
