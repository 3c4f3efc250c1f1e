#include "rules/downs.h"

#include "reversal/outcome.h"

#include <string.h>

/* --- Which rules, and how loud --------------------------------------------------------------- */

typedef enum { TELLS_ERRORS_AS_WARNINGS, TELLS_ALL, TELLS_NOTHING } loudness;

/* By group; others tell their errors as warnings, and what fails is told in any. Nobody's code
 * needs what a down drops: the code that did is rolled back first. */
static const struct {
    const char *group;
    loudness tells;
} groups[] = {
    {"down", TELLS_ALL},        {"suppressions", TELLS_ALL}, {"compatibility", TELLS_NOTHING},
    {"history", TELLS_NOTHING}, {"indexes", TELLS_NOTHING},  {"security", TELLS_NOTHING},
    {"style", TELLS_NOTHING},
};

static bool is_about_failures(const ls_rule *rule) {
    for (size_t i = 0; i < rule->effect_count; i++)
        if (rule->effects[i] == LS_EFFECT_REFUSED || rule->effects[i] == LS_EFFECT_UNPARSED ||
            rule->effects[i] == LS_EFFECT_FORBIDDEN_IN_TRANSACTION ||
            rule->effects[i] == LS_EFFECT_MISSING_RELATION)
            return true;
    return false;
}

static loudness loudness_of(const ls_rule *rule) {
    if (is_about_failures(rule))
        return TELLS_ALL;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (strcmp(groups[i].group, rule->group) == 0)
            return groups[i].tells;
    return TELLS_ERRORS_AS_WARNINGS;
}

static bool lower(const ls_rule *rule, ls_severity *severity) {
    loudness tells = loudness_of(rule);
    if (tells == TELLS_ALL)
        return true;
    if (tells == TELLS_NOTHING || *severity != LS_SEVERITY_ERROR)
        return false;
    *severity = LS_SEVERITY_WARNING;
    return true;
}

/* --- Judging --------------------------------------------------------------------------------- */

static void see(void *context, const ls_outcome *outcome) {
    ls_judge_outcome(context, outcome);
}

ls_reversal ls_judge_down(ls_arena *arena, ls_arena *scratch, ls_replay *replay,
                          const ls_chosen_rules *rules, const ls_direction *up,
                          const ls_direction *down, uint32_t file, ls_findings *findings,
                          ls_waived_findings *waived) {
    const ls_chosen_rules *lowered = ls_choose_anew(scratch, rules, lower);
    const ls_source *source = down->script->source;
    ls_judge *judge = ls_judge_new(arena, lowered, source, file);
    const ls_reversal reversal = ls_try_reversal(scratch, replay, up, down, see, judge);
    const ls_reversed of = {.up = up->script->source, .down = source};
    ls_judge_outcome(judge, ls_down_outcome(scratch, &of, &reversal));
    const ls_suppressions suppressions = ls_suppressions_of(arena, down->script);
    ls_judge_suppressions(judge, &suppressions);
    ls_judge_finish(judge, findings);
    ls_add_waived(arena, waived, ls_judge_suppressed(judge));
    return reversal;
}
