#include "rules/texts.h"

ls_rule_texts *ls_rule_texts_new(ls_arena *arena) {
    ls_rule_texts *texts = LS_NEW(arena, ls_rule_texts);
    texts->arena = arena;
    return texts;
}

const ls_rule_texts *ls_texts_of(const ls_chosen_rule *chosen) {
    const ls_rule *rule = chosen->rule;
    ls_rule_texts *texts = chosen->texts;
    if (texts->message != NULL)
        return texts;
    texts->message = ls_template_cut(texts->arena, rule->message);
    texts->label = ls_template_cut(texts->arena, rule->label);
    texts->help = LS_NEW_ARRAY(texts->arena, const ls_template *, rule->advice_count);
    for (size_t i = 0; i < rule->advice_count; i++)
        texts->help[i] = ls_template_cut(texts->arena, rule->advice[i].text);
    return texts;
}
