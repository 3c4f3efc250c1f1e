#include "effects/history.h"

#include "sql/normal.h"

#include <string.h>

static const char *const ACTIONS[] = {
    [LS_HISTORY_NONE] = "none",
    [LS_HISTORY_EDITED] = "edited",
    [LS_HISTORY_RENAMED] = "renamed",
    [LS_HISTORY_DELETED] = "deleted",
    [LS_HISTORY_SAME_VERSION] = "same_version",
    [LS_HISTORY_OUT_OF_ORDER] = "out_of_order",
};

static ls_span beginning(const ls_script *script) {
    if (script->statements.count == 0)
        return (ls_span){0};
    ls_span at = script->statements.items[0]->at;
    const char *text = script->source->text + at.begin;
    uint32_t length = (uint32_t)strcspn(text, "\r\n");
    return ls_span_of(at.begin, at.end - at.begin < length ? at.end : at.begin + length);
}

static ls_effect *effect_of(ls_arena *arena, ls_span at, const ls_history_fact *fact) {
    ls_effect *effect = ls_effect_new(arena, NULL, LS_EFFECT_HISTORY, at);
    ls_effect_set_text(effect, LS_ATTRIBUTE_ACTION, ACTIONS[fact->kind]);
    ls_effect_set_text(effect, LS_ATTRIBUTE_FILE, fact->file);
    ls_effect_set_text(effect, LS_ATTRIBUTE_OTHER, fact->other);
    ls_effect_set_text(effect, LS_ATTRIBUTE_VERSION, fact->version);
    if (fact->more > 0)
        ls_effect_slot(effect, LS_ATTRIBUTE_COUNT)->number = fact->more;
    return effect;
}

const ls_outcome *ls_history_outcome(ls_arena *arena, const ls_script *script,
                                     const ls_history_facts *facts) {
    ls_outcome *outcome = LS_NEW(arena, ls_outcome);
    *outcome = (ls_outcome){.source = script->source, .analysed = true};
    for (LS_EACH(const ls_history_fact, fact, *facts))
        LS_PUSH(arena, &outcome->effects, effect_of(arena, beginning(script), fact));
    return outcome;
}

bool ls_history_reads_alike(const ls_source *left, const ls_source *right) {
    ls_buffer texts[2] = {{0}, {0}};
    ls_normal_add(&texts[0], left, ls_span_of(0, left->length));
    ls_normal_add(&texts[1], right, ls_span_of(0, right->length));
    bool alike =
        texts[0].length == texts[1].length &&
        (texts[0].length == 0 || memcmp(texts[0].text, texts[1].text, texts[0].length) == 0);
    ls_buffer_free(&texts[0]);
    ls_buffer_free(&texts[1]);
    return alike;
}
