#include "rules/fixes.h"

#include "support/buffer.h"
#include "support/map.h"

#include <string.h>

/* Statements that are replayed for the trials of one file: more would be felt. */
enum { MOST_REPLAYED = 60000 };

/* --- Edits ----------------------------------------------------------------------------------- */

/* The text from `begin` to `end` with those edits made that stand there; they are in order. */
static const char *edited(ls_arena *arena, const ls_source *source, const ls_fix *fix,
                          ls_span part) {
    ls_buffer out = {0};
    uint32_t reached = part.begin;
    for (LS_EACH(const ls_edit, edit, fix->edits)) {
        ls_buffer_add(&out, source->text + reached, edit->at.begin - reached);
        ls_buffer_string(&out, edit->text);
        reached = edit->at.end;
    }
    ls_buffer_add(&out, source->text + reached, part.end - reached);
    const char *text = ls_arena_copy(arena, out.text, out.length);
    ls_buffer_free(&out);
    return text;
}

const char *ls_fixed_text(ls_arena *arena, const ls_source *source, const ls_fix *fix) {
    return edited(arena, source, fix, ls_span_of(0, source->length));
}

ls_edit ls_fix_as_one_edit(ls_arena *arena, const ls_source *source, const ls_fix *fix) {
    const ls_span all =
        ls_span_of(fix->edits.items[0].at.begin, fix->edits.items[fix->edits.count - 1].at.end);
    return (ls_edit){all, edited(arena, source, fix, all)};
}

/* --- Before and after ------------------------------------------------------------------------ */

/* How often something is found. The message tells what a finding is about, not where it stands. */
typedef struct {
    uint32_t in_all, loud; /* errors and warnings */
} tally;

static const char *key_of(ls_arena *arena, const ls_finding *finding) {
    return ls_arena_format(arena, "%s: %s", finding->rule->id, finding->message);
}

static ls_map tallies_of(ls_arena *arena, const ls_findings *findings) {
    ls_map tallies = {0};
    for (LS_EACH(const ls_finding, finding, *findings)) {
        const char *key = key_of(arena, finding);
        tally *count = ls_map_get(&tallies, key);
        if (count == NULL) {
            count = LS_NEW(arena, tally);
            ls_map_set(arena, &tallies, key, count);
        }
        count->in_all++;
        count->loud += finding->severity != LS_SEVERITY_INFO;
    }
    return tallies;
}

static tally tally_of(const ls_map *tallies, const char *key) {
    const tally *count = ls_map_get(tallies, key);
    return count == NULL ? (tally){0} : *count;
}

bool ls_has_safe_fix(const ls_finding *finding) {
    return finding->fix.edits.count > 0 && finding->fix.safe;
}

static const ls_finding *first_new(ls_arena *arena, const ls_map *before, const ls_map *after,
                                   const ls_findings *found) {
    for (LS_EACH(const ls_finding, left, *found)) {
        const char *key = key_of(arena, left);
        if (tally_of(after, key).loud > tally_of(before, key).loud)
            return left;
    }
    return NULL;
}

const ls_finding *ls_new_finding(const ls_findings *before, const ls_findings *after) {
    ls_arena *arena = ls_arena_new();
    const ls_map were = tallies_of(arena, before), are = tallies_of(arena, after);
    const ls_finding *new = first_new(arena, &were, &are, after);
    ls_arena_free(arena);
    return new;
}

static bool is_better(ls_arena *arena, const ls_finding *finding, const ls_map *before,
                      const ls_findings *found) {
    const ls_map after = tallies_of(arena, found);
    const char *target = key_of(arena, finding);
    return tally_of(&after, target).in_all < tally_of(before, target).in_all &&
           first_new(arena, before, &after, found) == NULL;
}

static bool is_good(const ls_fix_trials *trials, const ls_finding *finding, const ls_map *before) {
    ls_arena *arena = ls_arena_new();
    const char *text = ls_fixed_text(arena, trials->source, &finding->fix);
    ls_findings found = {0};
    const bool good = trials->trial(trials->context, arena, text, &found) &&
                      is_better(arena, finding, before, &found);
    ls_arena_free(arena);
    return good;
}

void ls_keep_good_fixes(ls_findings *findings, const ls_fix_trials *trials) {
    ls_arena *arena = ls_arena_new();
    const ls_map before = tallies_of(arena, findings);
    uint32_t replayed = 0;
    for (LS_EACH(ls_finding, finding, *findings)) {
        if (finding->fix.edits.count == 0)
            continue;
        replayed += trials->statements;
        if (finding->source != trials->source || replayed > MOST_REPLAYED ||
            !is_good(trials, finding, &before))
            finding->fix = (ls_fix){0};
    }
    ls_arena_free(arena);
}
