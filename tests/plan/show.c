#include "notation.h"
#include "plan/model/words.h"
#include <stdio.h>
int main(void) {
    static char text[65536];
    size_t n = fread(text, 1, sizeof text - 1, stdin);
    text[n] = 0;
    ls_arena *arena = ls_arena_new();
    ls_model *model = ls_notation_read(arena, text);
    const ls_model_verdict *v = ls_model_verify(arena, model, 0);
    printf("%zu states %zu transitions complete %d groups %u\n", v->states, v->transitions,
           v->complete, v->groups.count);
    for (LS_EACH(const ls_model_finding, f, v->findings)) {
        const char *id = ls_cause_rule(f->cause);
        printf("%s viol %d also %x stage %d: %s\n", id ? id : "refused", f->violation, f->also,
               (int)f->stage, f->stage == LS_NONE ? "today" : model->stages.items[f->stage].name);
        printf("  %s\n", ls_model_message(arena, model, f));
        ls_trace_lines lines = {0};
        ls_model_trace_lines(arena, model, f, &lines);
        for (uint32_t i = 0; i < lines.count; i++)
            printf("    %u  %-40s %s\n", i + 1, lines.items[i].what, lines.items[i].values);
    }
    for (uint32_t i = 0; i < v->floors.count; i++) {
        printf("%u %-40s", i + 1, model->stages.items[i].name);
        for (LS_EACH(const ls_way_back, w, v->floors.items[i].ways))
            printf(" %s%s%s", model->versions.items[w->version].label,
                   w->back == LS_BACK_SAFE      ? ""
                   : w->back == LS_BACK_UNFILLS ? "(unfills)"
                                                : "(unsafe)",
                   w->live ? "*" : "");
        printf("%s\n", v->floors.items[i].point_of_no_return ? " NO RETURN" : "");
    }
    return 0;
}
