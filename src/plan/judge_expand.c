/*
 * judge_expand.c - what is added or loosened, and the older code that runs meanwhile: databases
 * that do not have it yet, values that mean something else, views, labels, rows that are hidden.
 */
#include "plan/judging.h"

#include <string.h>

typedef struct {
    ls_plan_judging *judging;
    const ls_stage_facts *stage;
    const ls_plan_step *step;
    const ls_effect *effect;
} addition;

static ls_effect *tell(const addition *of, const char *cause, const ls_relation *relation,
                       const char *label) {
    ls_effect *effect = ls_tell_problem(of->judging, of->stage, cause);
    ls_tell_relation(of->judging, effect, relation);
    ls_tell_place(of->judging, effect, of->step, of->effect->at, label);
    return effect;
}

static const ls_relation *table_before(const addition *of) {
    return ls_state_of(of->judging->facts, of->effect->relation, of->stage->stage->number - 1);
}

/* --- Databases ------------------------------------------------------------------------------- */

static bool runs_on(const ls_plan_stage *stage, const char *database) {
    for (LS_EACH(const ls_plan_word, word, stage->on))
        if (strcmp(word->text, database) == 0)
            return true;
    return stage->on.count == 0;
}

/* Those of the configuration; where it has none, those that the plan names. */
static ls_words databases_of(const ls_plan_judging *judging) {
    ls_words databases = {0};
    for (LS_EACH(const ls_config_word, word, judging->rollout->databases))
        LS_PUSH(judging->arena, &databases, word->text);
    if (databases.count > 0)
        return databases;
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages))
        for (LS_EACH(const ls_plan_word, word, stage->stage->on))
            LS_PUSH(judging->arena, &databases, word->text);
    return databases;
}

/* The file has run on the database before the stage. */
static bool has_run_on(const ls_plan_facts *facts, const char *path, const char *database,
                       unsigned before) {
    for (unsigned number = 1; number < before; number++) {
        const ls_stage_facts *stage = ls_stage_numbered(facts, number);
        if (stage->file->path != NULL && strcmp(stage->file->path, path) == 0 &&
            runs_on(stage->stage, database))
            return true;
    }
    return false;
}

/* A database of the deploy that the stage's file has not reached; NULL: it is everywhere. */
static const char *database_without(const ls_plan_judging *judging, const ls_stage_facts *expand,
                                    const ls_stage_facts *deploy) {
    const ls_words databases = databases_of(judging);
    for (size_t i = 0; i < databases.count; i++)
        if (runs_on(deploy->stage, databases.items[i]) &&
            !has_run_on(judging->facts, expand->file->path, databases.items[i],
                        deploy->stage->number))
            return databases.items[i];
    return NULL;
}

static void judge_databases(const addition *of) {
    const ls_plan_facts *facts = of->judging->facts;
    const unsigned number = of->stage->stage->number;
    const ls_relation *table = ls_state_of(facts, of->effect->relation, number);
    const char *column = ls_effect_column(of->judging->arena, of->effect);
    bool adds = of->effect->kind == LS_EFFECT_ADD_COLUMN ||
                of->effect->kind == LS_EFFECT_CREATE_TABLE ||
                of->effect->kind == LS_EFFECT_CREATE_VIEW;
    if (!adds || table == NULL || of->stage->stage->on.count == 0)
        return;
    for (LS_EACH(const ls_live_version, version, facts->versions)) {
        if (version->stage <= number || version->uses_all ||
            !ls_version_uses(facts, version, table, column))
            continue;
        const ls_stage_facts *deploy = ls_stage_numbered(facts, version->stage);
        const char *without = database_without(of->judging, of->stage, deploy);
        if (without == NULL)
            continue;
        ls_effect *effect = ls_tell_problem(of->judging, deploy, "not-everywhere");
        ls_tell_relation(of->judging, effect, table);
        ls_tell_text(of->judging, effect, LS_ATTRIBUTE_COLUMN, column);
        ls_tell_text(of->judging, effect, LS_ATTRIBUTE_VERSION, version->label);
        ls_tell_text(of->judging, effect, LS_ATTRIBUTE_OTHER, without);
        ls_tell_place(of->judging, effect, of->step, of->effect->at, "is added here");
        return;
    }
}

/* --- Defaults -------------------------------------------------------------------------------- */

/* A version that inserts into the table, and leaves the column to its default. */
static const ls_live_version *who_omits(const ls_plan_facts *facts, ls_version_set live,
                                        const ls_relation *table, const char *column) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (ls_is_live(facts, live, version) && ls_version_writes(facts, version, table, NULL) &&
            !ls_version_writes(facts, version, table, column))
            return version;
    return NULL;
}

static void judge_default(const addition *of) {
    const ls_plan_facts *facts = of->judging->facts;
    const ls_relation *before = table_before(of);
    const ls_relation *after = ls_state_of(facts, of->effect->relation, of->stage->stage->number);
    const char *column = ls_effect_column(of->judging->arena, of->effect);
    if (of->effect->kind != LS_EFFECT_SET_DEFAULT || before == NULL || after == NULL ||
        column == NULL || ls_is_swap(of->stage, of->step->transaction))
        return;
    const ls_catalog_column *old = ls_relation_column(before, column);
    const ls_catalog_column *new = ls_relation_column(after, column);
    if (old == NULL || new == NULL || old->default_value == NULL || new->default_value == NULL ||
        ls_same_expression(old->default_value, new->default_value))
        return;
    const ls_live_version *version = who_omits(facts, of->stage->live, before, column);
    if (version == NULL)
        return;
    ls_effect *effect = tell(of, "default-changed", before, "changes what an omitted value means");
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_COLUMN, column);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_VERSION, version->label);
}

/* --- Views in the place of tables ------------------------------------------------------------ */

static bool is_simply_updatable(const ls_query *query) {
    const ls_query_clauses *clauses = query->clauses;
    return query->kind == LS_QUERY_SELECT && clauses->with.count == 0 && query->from.count == 1 &&
           query->from.items[0]->kind == LS_FROM_RELATION && clauses->group_by.count == 0 &&
           clauses->having == NULL && clauses->limit == NULL && clauses->offset == NULL &&
           !clauses->distinct;
}

/* A table has had the view's name until this transaction. */
static bool takes_place_of_table(const addition *of, const ls_relation *view) {
    const ls_relation *before =
        ls_state_named(of->judging->facts, view->schema, view->name, of->stage->stage->number - 1);
    return before != NULL && before->id != view->id && before->kind != LS_RELATION_VIEW;
}

static const ls_live_version *writer_of(const ls_plan_facts *facts, ls_version_set live,
                                        const ls_relation *relation) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (ls_is_live(facts, live, version) && ls_version_writes(facts, version, relation, NULL))
            return version;
    return NULL;
}

static void judge_compatible_view(const addition *of) {
    const ls_plan_facts *facts = of->judging->facts;
    const ls_relation *view = ls_state_of(facts, of->effect->relation, of->stage->stage->number);
    if (of->effect->kind != LS_EFFECT_CREATE_VIEW || view == NULL ||
        of->step->statement->kind != LS_STATEMENT_CREATE_VIEW ||
        of->step->statement->create_view->query == NULL || !takes_place_of_table(of, view))
        return;
    const ls_live_version *writer = writer_of(facts, of->stage->live, view);
    if (writer == NULL || is_simply_updatable(of->step->statement->create_view->query))
        return;
    ls_effect *effect = tell(of, "compat-view-gap", view, "cannot be written to");
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_VERSION, writer->label);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_WHAT,
                 "the view that takes its name is not simply updatable");
}

/* The statement of a later transaction that gives the old name to a view; NULL: there is none. */
static const ls_plan_step *late_view(const addition *of, const char *schema, const char *name) {
    const ls_plan_facts *facts = of->judging->facts;
    for (unsigned number = of->stage->stage->number; number <= facts->stages.count; number++)
        for (LS_EACH(const ls_plan_step, step, ls_stage_numbered(facts, number)->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const ls_relation *made = ls_state_of(facts, one->effect->relation, number);
                if (one->effect->kind == LS_EFFECT_CREATE_VIEW && made != NULL &&
                    step->transaction > of->step->transaction && strcmp(made->name, name) == 0 &&
                    strcmp(made->schema, schema) == 0)
                    return step;
            }
    return NULL;
}

static void judge_rename(const addition *of) {
    const ls_relation *table = table_before(of);
    if (of->effect->kind != LS_EFFECT_RENAME_TABLE || table == NULL ||
        !ls_anyone_uses(of->judging->facts, of->stage->live, table, NULL))
        return;
    const ls_plan_step *view = late_view(of, table->schema, table->name);
    if (view == NULL)
        return;
    ls_effect *effect = tell(of, "compat-view-gap", table, "takes the name away");
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_WHAT,
                 "the view that gives it back comes in another transaction");
    ls_tell_place(of->judging, effect, view, view->statement->at, "gives it back");
}

/* --- Views in front of tables ---------------------------------------------------------------- */

bool ls_is_hidden_by_view(const ls_plan_facts *facts, const ls_relation *view, const char *column,
                          unsigned done) {
    if (view->kind != LS_RELATION_VIEW || column == NULL ||
        ls_relation_column(view, column) != NULL)
        return false;
    for (LS_EACH(const ls_column_use, use, view->uses)) {
        const ls_relation *table = ls_state_of(facts, use->relation, done);
        if (table != NULL && ls_relation_column(table, column) != NULL)
            return true;
    }
    return false;
}

static void judge_words(ls_plan_judging *judging, const ls_live_version *version,
                        const ls_plan_columns *words) {
    for (LS_EACH(const ls_plan_column, word, *words)) {
        const ls_relation *view =
            ls_state_named(judging->facts, word->schema, word->table, version->stage);
        if (view == NULL ||
            !ls_is_hidden_by_view(judging->facts, view, word->column, version->stage))
            continue;
        ls_effect *effect = ls_tell_problem(
            judging, ls_stage_numbered(judging->facts, version->stage), "view-hides-column");
        ls_tell_relation(judging, effect, view);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_COLUMN, word->column);
        ls_tell_text(judging, effect, LS_ATTRIBUTE_VERSION, version->label);
        return;
    }
}

/* --- Rows that are hidden -------------------------------------------------------------------- */

static bool predates_plan(const ls_plan_facts *facts, ls_version_set live, const ls_relation *table,
                          const char **label) {
    for (LS_EACH(const ls_live_version, version, facts->versions))
        if (version->today && ls_is_live(facts, live, version) &&
            ls_version_uses(facts, version, table, NULL)) {
            *label = version->label;
            return true;
        }
    return false;
}

static bool is_on(const ls_options *options, const char *name) {
    static const char *const off[] = {"false", "off", "0", "no"};
    for (LS_EACH(const ls_option, option, *options)) {
        if (strcmp(option->name, name) != 0)
            continue;
        for (size_t i = 0; i < sizeof off / sizeof *off; i++)
            if (option->value != NULL && strcmp(option->value, off[i]) == 0)
                return false;
        return true;
    }
    return false;
}

static const ls_relation *secured_under(const ls_plan_facts *facts, const ls_relation *view,
                                        unsigned done) {
    for (LS_EACH(const ls_column_use, use, view->uses)) {
        const ls_relation *table = ls_state_of(facts, use->relation, done);
        if (table != NULL && table->row_security)
            return table;
    }
    return NULL;
}

/* A view reads with the rights of its owner, unless it says security_invoker (15 and newer): the
 * policies of the table under it are then asked about somebody else. */
static void judge_view_owner(const addition *of) {
    const ls_plan_facts *facts = of->judging->facts;
    const unsigned number = of->stage->stage->number;
    const ls_relation *view = ls_state_of(facts, of->effect->relation, number);
    if (of->effect->kind != LS_EFFECT_CREATE_VIEW || view == NULL ||
        of->step->statement->kind != LS_STATEMENT_CREATE_VIEW ||
        is_on(&of->step->statement->create_view->options, "security_invoker") ||
        !takes_place_of_table(of, view))
        return;
    const ls_relation *table = secured_under(facts, view, number);
    const char *label;
    if (table == NULL || !predates_plan(facts, of->stage->live, view, &label))
        return;
    ls_effect *effect = tell(of, "hidden-rows", view, "asks its owner's policies");
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_VERSION, label);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_WHAT,
                 "sees what the view's owner may see, and not what it may see itself, of");
}

static void judge_hiding(const addition *of) {
    const ls_relation *table = table_before(of);
    const char *action = ls_effect_text(of->effect, LS_ATTRIBUTE_ACTION), *label;
    bool secures = of->effect->kind == LS_EFFECT_ROW_SECURITY && action != NULL &&
                   strcmp(action, "disable") != 0;
    if (!(secures || of->effect->kind == LS_EFFECT_REVOKE) || table == NULL ||
        !predates_plan(of->judging->facts, of->stage->live, table, &label))
        return;
    ls_effect *effect = tell(of, "hidden-rows", table, secures ? "hides rows" : "takes a right");
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_VERSION, label);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_WHAT,
                 secures ? "sees no rows of" : "may lose its rights on");
}

void ls_judge_expand(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages))
        for (LS_EACH(const ls_plan_step, step, stage->steps))
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const addition of = {
                    .judging = judging, .stage = stage, .step = step, .effect = one->effect};
                judge_databases(&of);
                judge_default(&of);
                judge_compatible_view(&of);
                judge_rename(&of);
                judge_hiding(&of);
                judge_view_owner(&of);
            }
    for (LS_EACH(const ls_live_version, version, judging->facts->versions))
        if (version->stage > 0 && !version->uses_all) {
            judge_words(judging, version, &version->version->reads);
            judge_words(judging, version, &version->version->writes);
        }
}
