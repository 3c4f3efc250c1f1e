/*
 * judge_removal.c - what hangs on the things that a plan removes or replaces: objects that depend
 * on them, indexes and checks that go along, other tables that are locked, lists of columns that
 * an ORM keeps, statements that are prepared, and what replication knows rows by.
 */
#include "plan/judging.h"

#include <string.h>

typedef struct {
    ls_plan_judging *judging;
    const ls_stage_facts *stage;
    const ls_plan_step *step;
    const ls_effect *effect;
    const ls_relation *before; /* the table; NULL: not there */
    const char *column;        /* NULL: none */
} removal;

static ls_effect *tell(const removal *of, const char *cause, const char *label) {
    ls_effect *effect = ls_tell_problem(of->judging, of->stage, cause);
    ls_tell_relation(of->judging, effect, of->before);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_COLUMN, of->column);
    ls_tell_place(of->judging, effect, of->step, of->effect->at, label);
    return effect;
}

static bool drops_column(const removal *of) {
    return of->effect->kind == LS_EFFECT_DROP_COLUMN && of->before != NULL && of->column != NULL;
}

/* --- Dependents ------------------------------------------------------------------------------ */

static void judge_cascade(const removal *of) {
    bool drops =
        drops_column(of) || (of->effect->kind == LS_EFFECT_DROP_TABLE && of->before != NULL);
    if (!drops || !ls_effect_flag(of->effect, LS_ATTRIBUTE_CASCADE))
        return;
    const char *name = of->column == NULL
                           ? ls_shown_relation(of->before->full_name)
                           : ls_shown_column(of->judging->arena, of->before, of->column);
    ls_tell_text(of->judging, tell(of, "drop-dependents", "removes what depends on it, too"),
                 LS_ATTRIBUTE_WHAT,
                 ls_arena_join(of->judging->arena, "CASCADE drops with ", name,
                               " whatever depends on it: views, constraints, policies", NULL));
}

/* The replay knows what the server refuses to drop, and why. */
static void judge_refusal(ls_plan_judging *judging, const ls_stage_facts *stage,
                          const ls_plan_step *step) {
    static const char refusal[] = "cannot drop ";
    if (step->refused == NULL || strncmp(step->refused, refusal, strlen(refusal)) != 0)
        return;
    ls_effect *effect = ls_tell_problem(judging, stage, "drop-dependents");
    ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT,
                 ls_arena_join(judging->arena, "the statement fails: ", step->refused, NULL));
    ls_tell_place(judging, effect, step, step->statement->at, "is refused");
}

/* --- What goes along ------------------------------------------------------------------------- */

static const char *shared_check(const removal *of) {
    for (LS_EACH(const ls_catalog_constraint, constraint, of->before->constraints)) {
        const ls_words columns = ls_constrained_columns(of->judging->arena, constraint);
        bool names = false, others = false;
        for (size_t i = 0; i < columns.count; i++) {
            bool same = strcmp(columns.items[i], of->column) == 0;
            names = names || same;
            others = others || !same;
        }
        if (constraint->kind == LS_CONSTRAINT_CHECK && names && others)
            return constraint->name;
    }
    return NULL;
}

/* The first column of the index besides this one; NULL: the index is not about the column, or about
 * nothing else. */
static const char *other_column(const ls_relation *index, const char *column) {
    const char *other = NULL;
    bool names = false;
    for (LS_EACH(const ls_index_element, element, index->elements)) {
        bool same = element->column != NULL && strcmp(element->column, column) == 0;
        names = names || same;
        other = other == NULL && !same ? element->column : other;
    }
    return names ? other : NULL;
}

/* An index whose other columns have none of their own when the stage is done. */
static const char *shared_index(const removal *of) {
    const ls_plan_facts *facts = of->judging->facts;
    const unsigned number = of->stage->stage->number;
    const ls_relation *after = ls_state_of(facts, of->before->id, number);
    for (size_t i = 0; after != NULL && i < of->before->indexes.count; i++) {
        const ls_relation *index = ls_state_of(facts, of->before->indexes.items[i], number - 1);
        const char *other = index == NULL ? NULL : other_column(index, of->column);
        if (other != NULL && !ls_has_index_on(facts, after, other, number))
            return index->name;
    }
    return NULL;
}

static void judge_company(const removal *of) {
    if (!drops_column(of) || of->step->refused != NULL)
        return;
    const char *index = shared_index(of), *name = index != NULL ? index : shared_check(of);
    if (name == NULL)
        return;
    ls_effect *effect = tell(of, "indexes-go-along", "removes more than the column");
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_NAME, name);
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_WHAT, index != NULL ? "the index" : "the check");
}

/* --- Other tables that are locked ------------------------------------------------------------ */

static bool is_dropped_in(const ls_stage_facts *stage, unsigned transaction, ls_relation_id id) {
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (size_t i = 0; step->transaction == transaction && i < step->effects.count; i++)
            if (step->effects.items[i].effect->kind == LS_EFFECT_DROP_TABLE &&
                step->effects.items[i].effect->relation == id)
                return true;
    return false;
}

static bool is_foreign_key(const ls_effect *effect) {
    const char *kind = ls_effect_text(effect, LS_ATTRIBUTE_CONSTRAINT_KIND);
    return effect->kind == LS_EFFECT_DROP_CONSTRAINT && kind != NULL &&
           strcmp(kind, "foreign_key") == 0;
}

/* The tables besides those that are dropped, that a transaction holds against writers. */
static ls_words held_tables(const ls_plan_judging *judging, const ls_stage_facts *stage,
                            unsigned transaction) {
    ls_words names = {0};
    for (LS_EACH(const ls_plan_step, step, stage->steps))
        for (size_t i = 0; step->transaction == transaction && i < step->locks.count; i++) {
            const ls_relation_lock *lock = &step->locks.items[i];
            const ls_relation *table =
                ls_state_of(judging->facts, lock->relation.id, stage->stage->number - 1);
            bool known = false;
            if (table == NULL || !ls_lock_blocks_writes(lock->mode) ||
                (table->kind != LS_RELATION_TABLE &&
                 table->kind != LS_RELATION_PARTITIONED_TABLE) ||
                is_dropped_in(stage, transaction, table->id))
                continue;
            for (size_t j = 0; j < names.count; j++)
                known = known || strcmp(names.items[j], table->full_name) == 0;
            if (!known)
                LS_PUSH(judging->arena, &names, table->full_name);
        }
    return names;
}

/* One foreign key is between two tables, and cannot be dropped with fewer. */
static void judge_many_locks(ls_plan_judging *judging, const ls_stage_facts *stage) {
    enum { OF_ONE_KEY = 2 };
    unsigned judged = 0;
    for (LS_EACH(const ls_plan_step, step, stage->steps)) {
        bool drops = false, table = false;
        for (LS_EACH(const ls_plan_effect, one, step->effects)) {
            table = table || one->effect->kind == LS_EFFECT_DROP_TABLE;
            drops = drops || table || is_foreign_key(one->effect);
        }
        if (!drops || step->transaction == judged || ls_is_swap(stage, step->transaction))
            continue;
        judged = step->transaction;
        const ls_words held = held_tables(judging, stage, step->transaction);
        if (held.count < (size_t)(table ? OF_ONE_KEY : OF_ONE_KEY + 1))
            continue;
        const char *list = "";
        for (size_t i = 0; i < held.count; i++)
            list = ls_arena_join(judging->arena, list, i == 0 ? "" : ", ",
                                 ls_shown_relation(held.items[i]), NULL);
        ls_effect *effect = ls_tell_problem(judging, stage, "drop-table-many-locks");
        ls_tell_text(judging, effect, LS_ATTRIBUTE_WHAT, list);
        ls_tell_number(judging, effect, LS_ATTRIBUTE_COUNT, (int64_t)held.count);
        ls_tell_place(judging, effect, step, step->statement->at, "takes all of these locks");
    }
}

/* --- Lists of columns in the code ------------------------------------------------------------ */

static bool was_there_for(const ls_plan_facts *facts, const ls_live_version *version,
                          const removal *of) {
    const ls_relation *then =
        ls_state_of(facts, of->before->id, version->stage == 0 ? 0 : version->stage - 1);
    return then != NULL && ls_relation_column(then, of->column) != NULL;
}

static bool uses_table(const ls_plan_facts *facts, const ls_live_version *version,
                       const ls_relation *table) {
    for (const ls_live_version *one = version; one != NULL; one = ls_version_before(facts, one))
        if (ls_version_uses(facts, one, table, NULL))
            return true;
    return false;
}

static void judge_orm(const removal *of) {
    static const char *const names[] = {
        [LS_CONFIG_ORM_RAILS] = "Rails", [LS_CONFIG_ORM_DJANGO] = "Django"};
    const ls_plan_facts *facts = of->judging->facts;
    const ls_config_orm orm = of->judging->rollout->orm;
    if (orm == LS_CONFIG_ORM_NONE || !drops_column(of))
        return;
    for (LS_EACH(const ls_live_version, version, facts->versions)) {
        if (!ls_is_live(facts, of->stage->live, version) || version->uses_all ||
            ls_version_uses(facts, version, of->before, of->column) ||
            !uses_table(facts, version, of->before) || !was_there_for(facts, version, of) ||
            ls_names_column(&version->version->ignores, of->before, of->column))
            continue;
        ls_effect *effect = tell(of, "orm-still-knows", "is still in its list of columns");
        ls_tell_text(of->judging, effect, LS_ATTRIBUTE_VERSION, version->label);
        ls_tell_text(of->judging, effect, LS_ATTRIBUTE_NAME, names[orm]);
        return;
    }
}

/* --- Prepared statements --------------------------------------------------------------------- */

static bool restarts_next(const ls_plan_facts *facts, const ls_stage_facts *stage) {
    const unsigned next = stage->stage->number + 1;
    return next <= facts->stages.count &&
           ls_stage_is(ls_stage_numbered(facts, next), LS_PLAN_DEPLOY);
}

static void judge_type_swap(const removal *of) {
    const ls_plan_facts *facts = of->judging->facts;
    const ls_relation *after = ls_state_of(facts, of->effect->relation, of->stage->stage->number);
    const char *name =
        ls_unquoted(of->judging->arena, ls_effect_text(of->effect, LS_ATTRIBUTE_NEW_NAME));
    if (!of->judging->rollout->prepared_statements || of->before == NULL || after == NULL ||
        of->effect->kind != LS_EFFECT_RENAME_COLUMN || name == NULL ||
        !ls_is_swap(of->stage, of->step->transaction) || restarts_next(facts, of->stage))
        return;
    const ls_catalog_column *old = ls_relation_column(of->before, name);
    const ls_catalog_column *new = ls_relation_column(after, name);
    if (old == NULL || new == NULL || strcmp(old->type.name, new->type.name) == 0 ||
        !ls_anyone_uses(facts, of->stage->live, of->before, name))
        return;
    ls_effect *effect = tell(of, "type-swap-cached-plans", "gives the name to another type");
    ls_tell_text(of->judging, effect, LS_ATTRIBUTE_COLUMN, name);
}

/* --- What replication knows rows by ---------------------------------------------------------- */

static bool sets_identity(const removal *of) {
    for (LS_EACH(const ls_plan_step, step, of->stage->steps))
        for (size_t i = 0; i < step->effects.count; i++) {
            const ls_effect *effect = step->effects.items[i].effect;
            if (step->transaction == of->step->transaction &&
                effect->kind == LS_EFFECT_REPLICA_IDENTITY &&
                effect->relation == of->effect->relation)
                return true;
        }
    return false;
}

static bool takes_key(const ls_effect *effect) {
    const char *kind = ls_effect_text(effect, LS_ATTRIBUTE_CONSTRAINT_KIND);
    return effect->kind == LS_EFFECT_DROP_CONSTRAINT && kind != NULL &&
           strcmp(kind, "primary_key") == 0;
}

/* A column of the primary key takes the key with it. */
static bool takes_key_column(const removal *of) {
    if (!drops_column(of))
        return false;
    for (LS_EACH(const ls_catalog_constraint, constraint, of->before->constraints))
        if (constraint->kind == LS_CONSTRAINT_PRIMARY_KEY &&
            ls_has_word(&constraint->columns, of->column))
            return true;
    return false;
}

static void judge_identity(const removal *of) {
    if (of->before != NULL && ls_effect_flag(of->effect, LS_ATTRIBUTE_RELATION_PUBLISHED) &&
        (takes_key(of->effect) || takes_key_column(of)) && of->before->replica_identity == 'd' &&
        !sets_identity(of))
        tell(of, "replica-identity", "takes the primary key away");
}

void ls_judge_removal(ls_plan_judging *judging) {
    for (LS_EACH(const ls_stage_facts, stage, judging->facts->stages)) {
        judge_many_locks(judging, stage);
        for (LS_EACH(const ls_plan_step, step, stage->steps)) {
            judge_refusal(judging, stage, step);
            for (LS_EACH(const ls_plan_effect, one, step->effects)) {
                const removal of = {
                    .judging = judging,
                    .stage = stage,
                    .step = step,
                    .effect = one->effect,
                    .before = ls_state_of(judging->facts, one->effect->relation,
                                          stage->stage->number - 1),
                    .column = ls_effect_column(judging->arena, one->effect),
                };
                judge_cascade(&of);
                judge_company(&of);
                judge_orm(&of);
                judge_type_swap(&of);
                judge_identity(&of);
            }
        }
    }
}
