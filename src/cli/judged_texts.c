#include "cli/judged_texts.h"

static void add_text(ls_run *run, ls_arena *arena, ls_judged_texts *texts, const ls_script *script,
                     uint32_t file) {
    const ls_chosen_rules *rules = ls_rule_policy_of(run->policy, script->source->name);
    const ls_judged_text text = {
        .script = script,
        .judge = ls_judge_new(arena, rules, script->source, file),
        .suppressions = ls_suppressions_of(arena, script),
    };
    LS_PUSH(arena, texts, text);
}

ls_judged_texts ls_judged_texts_of(ls_run *run, ls_arena *arena, const ls_script *script,
                                   uint32_t file) {
    ls_judged_texts texts = {0};
    if (script->texts.count == 0)
        add_text(run, arena, &texts, script, file);
    for (LS_EACH(const ls_script *, text, script->texts))
        add_text(run, arena, &texts, *text, file);
    return texts;
}

const ls_judged_text *ls_judged_text_around(const ls_judged_texts *texts,
                                            const ls_statement *statement) {
    const ls_source *written = ls_source_written(statement->source);
    for (LS_EACH(const ls_judged_text, text, *texts))
        if (text->script->source == written)
            return text;
    return texts->items;
}
