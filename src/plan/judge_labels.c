/*
 * judge_labels.c - labels that the plan adds to an enum: who writes them, and who meets them.
 *
 * A version that names a label (`order_state.cancelled`) among what it writes is taken by its word.
 * Where no version names it, the next one that writes a column of the type is taken for its writer.
 */
#include "plan/judging.h"
#include "plan/states.h"

#include <string.h>

typedef struct {
    ls_plan_judging *judging;
    const ls_stage_facts *stage; /* that adds it */
    const ls_plan_step *step;
    const char *type, *label; /* unquoted, without a schema */
    ls_span at;
} new_label;

static const char *last_name(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot == NULL ? name : dot + 1;
}

static bool names_label(const ls_plan_columns *words, const new_label *of) {
    for (LS_EACH(const ls_plan_column, word, *words))
        if (!word->whole_row && strcmp(word->table, of->type) == 0 &&
            strcmp(word->column, of->label) == 0)
            return true;
    return false;
}

static const ls_live_version *who_names(const new_label *of) {
    for (LS_EACH(const ls_live_version, version, of->judging->facts->versions))
        if (!version->uses_all && names_label(&version->version->writes, of))
            return version;
    return NULL;
}

typedef bool column_user(const ls_plan_facts *facts, const ls_live_version *version,
                         const ls_relation *relation, const char *column);

/* A column of the type that the version uses in that way. */
static bool uses_type(const new_label *of, const ls_live_version *version, column_user *uses) {
    const ls_plan_facts *facts = of->judging->facts;
    const ls_relation_ids ids = ls_states_relations(facts->states);
    for (size_t i = 0; i < ids.count; i++) {
        const ls_relation *table = ls_state_of(facts, ids.items[i], of->stage->stage->number);
        for (uint32_t j = 0; table != NULL && j < table->columns.count; j++) {
            const ls_catalog_column *column = &table->columns.items[j];
            if (strcmp(column->type.name, of->type) == 0 &&
                uses(facts, version, table, column->name))
                return true;
        }
    }
    return false;
}

static const ls_live_version *first_writer(const new_label *of) {
    const ls_live_version *named = who_names(of);
    if (named != NULL)
        return named;
    for (LS_EACH(const ls_live_version, version, of->judging->facts->versions))
        if (version->stage > of->stage->stage->number && !version->uses_all &&
            uses_type(of, version, ls_version_writes))
            return version;
    return NULL;
}

/* One that was there before the plan, and reads what the new version writes. */
static const ls_live_version *old_reader(const new_label *of, const ls_live_version *writer) {
    const ls_plan_facts *facts = of->judging->facts;
    const ls_version_set live = ls_stage_numbered(facts, writer->stage)->live;
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (version->today && ls_is_live(facts, live, version) &&
            uses_type(of, version, ls_version_reads))
            return version;
    return NULL;
}

static ls_effect *tell(const new_label *of, const char *cause, const ls_live_version *version) {
    const ls_stage_facts *stage =
        version->stage == 0 ? of->stage : ls_stage_numbered(of->judging->facts, version->stage);
    ls_effect *effect = ls_tell_problem(of->judging, stage, cause);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_TYPE, of->type);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_VALUE, of->label);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_VERSION, version->label);
    ls_tell_place(of->judging, effect, of->step, of->at, "adds the label");
    return effect;
}

static void judge_label(const new_label *of) {
    const ls_live_version *writer = first_writer(of);
    if (writer == NULL)
        return;
    if (writer->stage < of->stage->stage->number) {
        ls_effect *effect = tell(of, "enum-write-before-add", writer);
        ls_tell_text(of->judging, effect, LS_ATTRIBUTE_WHAT,
                     ls_arena_join(of->judging->arena, writer->label,
                                   " writes it before it is there", NULL));
        return;
    }
    const ls_live_version *reader = old_reader(of, writer);
    if (reader != NULL)
        ls_tell_text(of->judging, tell(of, "enum-readers-first", writer), LS_ATTRIBUTE_OTHER,
                     reader->label);
}

/* The transaction that adds a label cannot use it. */
static void judge_use(ls_plan_judging *judging, const ls_stage_facts *stage,
                      const ls_plan_step *step, const ls_effect *effect) {
    ls_effect *told = ls_tell_problem(judging, stage, "enum-write-before-add");
    ls_tell_text(judging, told, LS_ATTRIBUTE_TYPE, ls_effect_text(effect, LS_ATTRIBUTE_TYPE));
    ls_tell_text(judging, told, LS_ATTRIBUTE_VALUE, ls_effect_text(effect, LS_ATTRIBUTE_VALUE));
    ls_tell_text(judging, told, LS_ATTRIBUTE_WHAT, "the transaction that adds it uses it");
    ls_tell_place(judging, told, step, effect->at, "is refused: the label is not committed yet");
}

void ls_judge_labels(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                if (one->effect->kind == LS_EFFECT_USE_NEW_ENUM_VALUE)
                    judge_use(judging, stage, step, one->effect);
                const char *type = ls_effect_text(one->effect, LS_ATTRIBUTE_TYPE);
                const char *label = ls_effect_text(one->effect, LS_ATTRIBUTE_VALUE);
                if (one->effect->kind != LS_EFFECT_ADD_ENUM_VALUE || type == NULL || label == NULL)
                    continue;
                const new_label of = {
                    .judging = judging,
                    .stage = stage,
                    .step = step,
                    .type = ls_unquoted(judging->arena, last_name(type)),
                    .label = label,
                    .at = one->effect->at,
                };
                judge_label(&of);
            }
}
