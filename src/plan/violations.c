#include "plan/violations.h"

#include "plan/model/words.h"

#include <string.h>

typedef struct {
    ls_plan_judging *judging;
    const ls_model *model;
    const ls_model_finding *finding;
} telling;

/* "users.email" */
static const char *carrier_name(const telling *of, ls_model_index carrier) {
    if (carrier == LS_NONE)
        return NULL;
    return ls_model_carrier_name(of->judging->arena, of->model, carrier);
}

static const char *label_of(const telling *of, ls_model_index version) {
    return version == LS_NONE ? NULL : of->model->versions.items[version].label;
}

static ls_shown_trace trace_of(const telling *of) {
    ls_trace_lines lines = {0};
    ls_shown_trace trace = {0};
    ls_model_trace_lines(of->judging->arena, of->model, of->finding, &lines);
    for (LS_EACH(const ls_trace_line, line, lines)) {
        ls_shown_step step = {.text = line->what,
                              .state = line->values == NULL ? "" : line->values};
        LS_PUSH(of->judging->arena, &trace, step);
    }
    return trace;
}

static void tell(const telling *of) {
    const ls_model_finding *finding = of->finding;
    const ls_plan_facts *facts = of->judging->facts;
    unsigned stage = finding->stage == LS_NONE ? 1 : finding->stage + 1;
    ls_effect *effect =
        ls_tell(of->judging, LS_EFFECT_PLAN_VIOLATION, ls_stage_numbered(facts, stage));
    const char *rule = ls_cause_rule(finding->cause);
    ls_plan_judging *judging = of->judging;
    ls_tell_text(judging, effect, LS_ATTRIBUTE_CAUSE, rule == NULL ? "refused" : rule);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, carrier_name(of, finding->carrier));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_SOURCE, carrier_name(of, finding->source));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, label_of(of, finding->version));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WRITER, label_of(of, finding->writer));
    if (finding->trigger != LS_NONE)
        ls_tell_text(judging, effect, LS_ATTRIBUTE_TRIGGER,
                     of->model->triggers.items[finding->trigger].name);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT,
                 ls_model_message(judging->arena, of->model, finding));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_CERTAINTY, finding->assumed ? "assumed" : "exact");
    effect->trace = trace_of(of);
}

void ls_judge_violations(ls_plan_judging *judging, const ls_model *model,
                         const ls_model_verdict *verdict) {
    for (LS_EACH(const ls_model_finding, finding, verdict->findings)) {
        const telling of = {.judging = judging, .model = model, .finding = finding};
        tell(&of);
    }
}
