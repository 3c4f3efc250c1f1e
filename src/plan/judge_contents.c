/*
 * judge_contents.c - the plan against its files: verbs against effects, names against the schema,
 * the order of the stages against that of the tool.
 */
#include "plan/judging.h"

#include "input/order.h"
#include "support/nearest.h"
#include "support/path.h"

#include <string.h>

/* --- Verbs ----------------------------------------------------------------------------------- */

static const char *phase_in_words(ls_phase phase) {
    static const char *const words[LS_PHASES_END] = {
        [LS_PHASE_NONE] = "does nothing",
        [LS_PHASE_READ] = "reads rows",
        [LS_PHASE_ADD] = "adds something",
        [LS_PHASE_INDEX] = "builds an index",
        [LS_PHASE_LOOSEN] = "loosens the schema",
        [LS_PHASE_TIGHTEN] = "refuses what was taken before",
        [LS_PHASE_PROVE] = "verifies rows",
        [LS_PHASE_REMOVE] = "removes something",
        [LS_PHASE_RENAME] = "takes a name away",
        [LS_PHASE_DATA] = "changes rows",
    };
    return words[phase];
}

static void tell_statement(ls_plan_judging *judging, const ls_stage_facts *stage,
                           const ls_plan_step *step, const ls_plan_effect *one) {
    ls_effect *effect = ls_tell(judging, LS_EFFECT_PLAN_STATEMENT, stage);
    const ls_relation *relation =
        ls_state_of(judging->facts, one->effect->relation, stage->stage->number - 1);
    bool swap = ls_is_swap(stage, step->transaction);
    ls_tell_relation(judging, effect, relation);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN,
                 ls_effect_text(one->effect, LS_ATTRIBUTE_COLUMN));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_PHASE, ls_phase_name(one->phase));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, phase_in_words(one->phase));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_STATEMENT, step->statement->tag);
    ls_tell_flag(judging, effect, LS_ATTRIBUTE_SWAP, swap);
    bool exempt = swap && stage->stage->verb == LS_PLAN_CONTRACT && one->phase != LS_PHASE_DATA;
    ls_tell_flag(judging, effect, LS_ATTRIBUTE_ALLOWED,
                 exempt || ls_phase_allowed(stage->stage->verb, one->phase));
    ls_tell_place(judging, effect, step, one->effect->at, phase_in_words(one->phase));
}

static void judge_verbs(ls_plan_judging *judging, const ls_stage_facts *stage) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects))
            if (one->phase != LS_PHASE_NONE)
                tell_statement(judging, stage, step, one);
}

/* --- What one file mixes --------------------------------------------------------------------- */

enum {
    GROWS = LS_PHASE_BIT(LS_PHASE_ADD),
    SHRINKS = LS_PHASE_BIT(LS_PHASE_REMOVE) | LS_PHASE_BIT(LS_PHASE_RENAME) |
              LS_PHASE_BIT(LS_PHASE_TIGHTEN),
    CHANGES_SCHEMA = LS_PHASE_BIT(LS_PHASE_ADD) | LS_PHASE_BIT(LS_PHASE_INDEX) |
                     LS_PHASE_BIT(LS_PHASE_LOOSEN) | LS_PHASE_BIT(LS_PHASE_PROVE) | SHRINKS,
};

/* A constraint on what the same file adds concerns nobody yet. */
static bool concerns_old(const ls_plan_facts *facts, const ls_stage_facts *stage,
                         const ls_plan_effect *one) {
    const ls_relation *before = ls_state_of(facts, one->effect->relation, stage->stage->number - 1);
    const char *column = ls_effect_column(facts->arena, one->effect);
    if (before == NULL || ls_is_new_table(facts, before->id, stage->stage->number))
        return false;
    return column == NULL || one->phase == LS_PHASE_ADD || !before->columns_complete ||
           ls_relation_column(before, column) != NULL;
}

static const ls_plan_effect *find_phase(const ls_plan_facts *facts, const ls_stage_facts *stage,
                                        unsigned phases, unsigned transaction,
                                        ls_relation_id relation, const ls_plan_step **in) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (LS_EACH(const ls_plan_effect, one, step->effects)) {
            if ((LS_PHASE_BIT(one->phase) & phases) == 0 ||
                (transaction != 0 && step->transaction != transaction) ||
                (relation != 0 && one->effect->relation != relation) ||
                one->effect->relation == 0 || !concerns_old(facts, stage, one))
                continue;
            *in = step;
            return one;
        }
    return NULL;
}

static void judge_mixture(ls_plan_judging *judging, const ls_stage_facts *stage) {
    const ls_plan_facts *facts = judging->facts;
    const ls_plan_step *adding, *removing;
    const ls_plan_effect *added = find_phase(facts, stage, GROWS, 0, 0, &adding);
    if (added == NULL || ls_is_swap(stage, adding->transaction))
        return;
    const ls_plan_effect *removed =
        find_phase(facts, stage, SHRINKS, 0, added->effect->relation, &removing);
    if (removed == NULL || ls_is_swap(stage, removing->transaction))
        return;
    ls_effect *effect = ls_tell_problem(judging, stage, "mixed-phases");
    ls_tell_relation(judging, effect,
                     ls_state_of(facts, added->effect->relation, stage->stage->number - 1));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->path));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, phase_in_words(removed->phase));
    ls_tell_place(judging, effect, adding, added->effect->at, phase_in_words(added->phase));
    ls_tell_place(judging, effect, removing, removed->effect->at, phase_in_words(removed->phase));
}

static void judge_data_beside_schema(ls_plan_judging *judging, const ls_stage_facts *stage) {
    const ls_plan_facts *facts = judging->facts;
    for (LS_EACH(const ls_row_change, change, stage->changes)) {
        const ls_plan_step *altering;
        if (change->relation == 0 || ls_is_new_table(facts, change->relation, stage->stage->number))
            continue;
        const ls_plan_effect *altered = find_phase(
            facts, stage, CHANGES_SCHEMA, change->step->transaction, change->relation, &altering);
        if (altered == NULL)
            continue;
        ls_effect *effect = ls_tell_problem(judging, stage, "ddl-with-dml");
        ls_tell_relation(judging, effect,
                         ls_state_of(facts, change->relation, stage->stage->number));
        ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->path));
        ls_tell_place(judging, effect, altering, altered->effect->at, "locks the table");
        ls_tell_place(judging, effect, change->step, change->at, "changes rows under the lock");
        return;
    }
}

/* --- Files ----------------------------------------------------------------------------------- */

static void judge_repeated_file(ls_plan_judging *judging, const ls_stage_facts *stage) {
    if (stage->again)
        return;
    for (LS_EACH(const ls_stage_facts, earlier, judging->facts->stages)) {
        if (earlier == stage)
            return;
        if (earlier->file->path == NULL || strcmp(earlier->file->path, stage->file->path) != 0 ||
            stage->stage->verb == LS_PLAN_CHECK)
            continue;
        ls_effect *effect = ls_tell_problem(judging, stage, "file-in-two-stages");
        ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(stage->file->path));
        ls_tell_number(judging, effect, LS_ATTRIBUTE_COUNT, earlier->stage->number);
        return;
    }
}

/* The tool runs files by their versions: one that is before its predecessor in the plan. */
static void judge_order(ls_plan_judging *judging, const ls_stage_facts *stage) {
    const ls_plan_file *own = stage->file;
    if (own->migration == NULL || own->migration->version == NULL)
        return;
    for (LS_EACH(const ls_stage_facts, earlier, judging->facts->stages)) {
        const ls_plan_file *other = earlier->file;
        if (earlier == stage)
            return;
        if (other->migration == NULL || other->migration->version == NULL ||
            other->place <= own->place)
            continue;
        ls_effect *effect = ls_tell_problem(judging, stage, "tool-order-differs");
        ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last(own->path));
        ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER, ls_path_last(other->path));
        return;
    }
}

static const ls_plan_step *touching(const ls_plan_facts *facts, const ls_migration *migration,
                                    const ls_relation **touched) {
    const ls_relation_ids ids = ls_plan_relations(facts);
    for (LS_EACH(const ls_plan_step, step, facts->others)) {
        if (step->source != migration->source)
            continue;
        for (LS_EACH(const ls_plan_effect, one, step->effects))
            for (size_t i = 0; one->phase > LS_PHASE_READ && i < ids.count; i++)
                if (ids.items[i] == one->effect->relation) {
                    *touched = ls_state_of(facts, ids.items[i], facts->stages.count);
                    if (*touched != NULL)
                        return step;
                }
    }
    return NULL;
}

/* A migration that the tool would run between the plan's own, or behind them. */
static void judge_strangers(ls_plan_judging *judging) {
    const ls_plan_facts *facts = judging->facts;
    for (LS_EACH(const ls_migration *const, migration, facts->files->between)) {
        const ls_relation *touched;
        const ls_plan_step *step = touching(facts, *migration, &touched);
        if (step == NULL)
            continue;
        const ls_stage_facts *next = NULL, *last = NULL;
        for (LS_EACH(const ls_stage_facts, stage, facts->stages)) {
            if (stage->file->migration == NULL)
                continue;
            last = stage;
            if (next == NULL && stage->file->migration > *migration)
                next = stage;
        }
        ls_effect *effect =
            ls_tell_problem(judging, next != NULL ? next : last,
                            next != NULL ? "file-not-in-plan" : "foreign-migration");
        ls_tell_relation(judging, effect, touched);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_FILE, ls_path_last((*migration)->name));
        ls_tell_place(judging, effect, step, step->statement->at, "is in no stage");
    }
}

/* --- Names ----------------------------------------------------------------------------------- */

static bool is_enum_label(const ls_plan_facts *facts, const ls_plan_column *word) {
    const ls_catalog_type *type = ls_catalog_find_type(facts->catalog, word->schema, word->table);
    if (type == NULL || word->column == NULL)
        return false;
    for (LS_EACH(const ls_enum_label, label, type->labels))
        if (strcmp(label->label, word->column) == 0)
            return true;
    return false;
}

static bool is_hidden(const ls_plan_facts *facts, const ls_plan_column *word, unsigned done) {
    const ls_relation *view = ls_state_named(facts, word->schema, word->table, done);
    return view != NULL && ls_is_hidden_by_view(facts, view, word->column, done);
}

static bool exists_some_time(const ls_plan_facts *facts, const ls_plan_column *word) {
    bool relation_known = false;
    for (unsigned done = 0; done <= facts->stages.count; done++) {
        const ls_relation *relation = ls_state_named(facts, word->schema, word->table, done);
        if (relation == NULL)
            continue;
        relation_known = true;
        if (word->whole_row || ls_relation_column(relation, word->column) != NULL ||
            !relation->columns_complete || is_hidden(facts, word, done))
            return true;
    }
    return !relation_known ? is_enum_label(facts, word) || facts->files->history.count == 0
                           : is_enum_label(facts, word);
}

/* The name of a column, as a plan writes it, that the word may have been meant for; NULL: none. */
static const char *meant_by(const ls_plan_judging *judging, const ls_plan_column *word) {
    const ls_plan_facts *facts = judging->facts;
    const ls_relation_ids tables = ls_plan_relations(facts);
    ls_words names = {0};
    for (unsigned done = 0; done <= facts->stages.count; done++)
        for (size_t i = 0; i < tables.count; i++) {
            const ls_relation *table = ls_state_of(facts, tables.items[i], done);
            for (uint32_t j = 0; table != NULL && j < table->columns.count; j++)
                LS_PUSH(judging->arena, &names,
                        ls_shown_column(judging->arena, table, table->columns.items[j].name));
        }
    const char *written = word->whole_row
                              ? NULL
                              : ls_arena_join(judging->arena, word->table, ".", word->column, NULL);
    return written == NULL ? NULL : ls_nearest(written, names.items, names.count);
}

/* The finding that the same name has had before; NULL: it is the first. */
static ls_effect *told_of(const ls_plan_judging *judging, const char *column) {
    for (LS_EACH(ls_effect *const, effect, judging->effects)) {
        const char *cause = ls_effect_text(*effect, LS_ATTRIBUTE_CAUSE);
        if (cause != NULL && strcmp(cause, "unknown-column") == 0 &&
            strcmp(ls_effect_text(*effect, LS_ATTRIBUTE_COLUMN), column) == 0)
            return *effect;
    }
    return NULL;
}

static void tell_unknown(ls_plan_judging *judging, const ls_stage_facts *stage,
                         const ls_plan_column *word, const char *list) {
    const char *column =
        ls_arena_join(judging->arena, word->table, ".", word->whole_row ? "*" : word->column, NULL);
    ls_effect *effect = told_of(judging, column);
    if (effect != NULL) {
        ls_label again = {judging->facts->plan->source, word->at, "and here"};
        LS_PUSH(judging->arena, &effect->labels, again);
        return;
    }
    effect = ls_tell_problem(judging, stage, "unknown-column");
    effect->at = word->at;
    ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, column);
    ls_tell_text(judging, effect, LS_ATTRIBUTE_OTHER, meant_by(judging, word));
    ls_tell_text(judging, effect, LS_ATTRIBUTE_NAME, word->derived ? "queries" : list);
}

static void judge_names(ls_plan_judging *judging, const ls_stage_facts *stage,
                        const ls_plan_columns *words, const char *list) {
    for (LS_EACH(const ls_plan_column, word, *words))
        if (!exists_some_time(judging->facts, word))
            tell_unknown(judging, stage, word, list);
}

static void judge_version(ls_plan_judging *judging, const ls_stage_facts *stage,
                          const ls_plan_version *version) {
    judge_names(judging, stage, &version->reads, "reads");
    judge_names(judging, stage, &version->writes, "writes");
    judge_names(judging, stage, &version->ignores, "ignores");
}

static bool same_columns(const ls_plan_columns *one, const ls_plan_columns *other) {
    if (one->count != other->count)
        return false;
    for (LS_EACH(const ls_plan_column, column, *one)) {
        bool found = false;
        for (LS_EACH(const ls_plan_column, match, *other)) {
            bool same_row = column->whole_row == match->whole_row;
            found = found || (same_row && strcmp(column->table, match->table) == 0 &&
                              (column->whole_row || strcmp(column->column, match->column) == 0));
        }
        if (!found)
            return false;
    }
    return true;
}

/* --- Deploys that change nothing ------------------------------------------------------------- */

static const ls_live_version *deployed_by(const ls_plan_facts *facts, const ls_stage_facts *stage) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (version->stage == stage->stage->number)
            return version;
    return NULL;
}

static bool same_files(const ls_plan_words *one, const ls_plan_words *other) {
    if (one->count != other->count)
        return false;
    for (uint32_t i = 0; i < one->count; i++)
        if (strcmp(one->items[i].text, other->items[i].text) != 0)
            return false;
    return true;
}

static void judge_repeated_version(ls_plan_judging *judging, const ls_stage_facts *stage) {
    const ls_live_version *deployed = deployed_by(judging->facts, stage),
                          *last =
                              deployed == NULL ? NULL : ls_version_before(judging->facts, deployed);
    if (last == NULL || last->version == NULL)
        return;
    const ls_plan_version *own = deployed->version, *before = last->version;
    if (!own->uses_given || !before->uses_given || !same_files(&own->queries, &before->queries) ||
        !same_columns(&own->reads, &before->reads) ||
        !same_columns(&own->writes, &before->writes) ||
        !same_columns(&own->ignores, &before->ignores))
        return;
    ls_effect *effect = ls_tell_problem(judging, stage, "deploy-changes-nothing");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, own->label);
}

void ls_judge_contents(ls_plan_judging *judging) {
    const ls_plan_facts *facts = judging->facts;
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (version->version != NULL)
            judge_version(judging,
                          ls_stage_numbered(facts, version->stage == 0 ? 1 : version->stage),
                          version->version);
    for (LS_EACH(const ls_stage_facts, stage, facts->stages)) {
        if (stage->file->path != NULL) {
            judge_verbs(judging, stage);
            judge_repeated_file(judging, stage);
            judge_order(judging, stage);
        }
        if (ls_plan_changes_schema(stage->stage->verb))
            judge_mixture(judging, stage);
        judge_data_beside_schema(judging, stage);
        if (ls_stage_is(stage, LS_PLAN_DEPLOY))
            judge_repeated_version(judging, stage);
    }
    if (facts->plan->closed == NULL)
        judge_strangers(judging);
}
