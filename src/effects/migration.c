/*
 * migration.c - what follows from several statements together.
 *
 * Single statements say what they do themselves; this file adds what only the company they are in
 * makes dangerous: work that grows with a table while an earlier statement's lock is held, a
 * second relation asked for while the first is blocked, strong locks without a timeout, renames
 * and drops beside additions, schema and data changed in one transaction.
 */
#include "effects/replay_internal.h"

#include "support/same.h"

#include <string.h>

/* --- Strong locks --------------------------------------------------------------------------- */

static bool is_table_like(ls_relation_kind kind) {
    return kind != LS_RELATION_INDEX && kind != LS_RELATION_SEQUENCE &&
           kind != LS_RELATION_COMPOSITE_TYPE;
}

static bool is_temporary(const ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    return relation != NULL && relation->persistence == LS_TEMPORARY;
}

/* CREATE ... IF NOT EXISTS of this migration: most of the time nobody can want it yet. */
static bool may_be_new(const ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    return relation != NULL && ls_may_be_new(builder, &relation->birth);
}

/* Somebody else may wait for it: it blocks reads or writes of a relation that others can know. */
static bool is_strong(const ls_builder *builder, const ls_relation_lock *lock) {
    return ls_lock_blocks_writes(lock->mode) && is_table_like(lock->relation.kind) &&
           lock->relation.origin != LS_ORIGIN_NEW_IN_FILE &&
           !is_temporary(builder, lock->relation.id) && !may_be_new(builder, lock->relation.id);
}

/* The relation as messages name it, by the name that it had before the statement. */
static const char *shown(ls_builder *builder, const ls_touched *relation) {
    const char *dot = strchr(relation->name, '.');
    ls_name name = {.name = dot == NULL ? relation->name : dot + 1};
    if (dot != NULL)
        name.schema = ls_arena_copy(builder->arena, relation->name, (size_t)(dot - relation->name));
    return ls_shown_name(builder, &name);
}

/* What a lock keeps waiting, for messages. */
static const char *blocked(ls_lock_mode mode) {
    return ls_lock_blocks_reads(mode) ? "every read and write" : "every write";
}

static void note_strong_lock(ls_builder *builder, const ls_relation_lock *lock) {
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_STRONG_LOCK, lock->at, lock->relation.id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION, shown(builder, &lock->relation));
    ls_set_text(builder, effect, LS_ATTRIBUTE_LOCK, ls_lock_name(lock->mode));
    ls_describe_timeouts(builder, effect);
}

/* Where the relation is a partition, its parent stands for it. */
static bool is_partition(const ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    return relation != NULL && relation->is_partition;
}

static void note_several(ls_builder *builder, const ls_relation_lock *lock, size_t strong_before) {
    ls_transaction_mix *mix = &builder->replay->transaction_mix;
    ls_arena *arena = builder->replay->arena;
    const char *key = ls_arena_format(arena, "%u", lock->relation.id);
    if (is_partition(builder, lock->relation.id) || ls_map_get(&mix->strong_ids, key) != NULL)
        return;
    ls_map_set(arena, &mix->strong_ids, key, mix);
    LS_PUSH(arena, &mix->strong, ls_arena_string(arena, shown(builder, &lock->relation)));
    if (strong_before == 0 || !ls_span_empty(mix->several_at.at))
        return;
    mix->several_at = ls_present_place(builder, lock->at);
    mix->several_relation = lock->relation.id;
    mix->several_mode = lock->mode;
}

static void note_locks(ls_builder *builder) {
    const ls_relation_lock *first = NULL;
    size_t strong_before = builder->replay->transaction_mix.strong.count;
    for (LS_EACH(const ls_relation_lock, lock, builder->outcome->locks)) {
        if (!is_strong(builder, lock))
            continue;
        if (first == NULL || lock->mode > first->mode)
            first = lock;
        if (builder->outcome->in_transaction)
            note_several(builder, lock, strong_before);
    }
    if (first == NULL)
        return;
    ls_transaction_mix *mix = &builder->replay->transaction_mix;
    bool only_references = builder->statement->kind == LS_STATEMENT_CREATE_TABLE;
    if (builder->outcome->in_transaction && !only_references &&
        ls_span_empty(mix->changed_schema.at)) {
        mix->changed_schema = ls_present_place(builder, builder->statement->at);
        mix->schema_relation =
            ls_arena_string(builder->replay->arena, shown(builder, &first->relation));
    }
    ls_relation_lock strongest =
        *first; /* adding an effect may move nothing, but does not say so */
    note_strong_lock(builder, &strongest);
}

/* --- Work under an earlier lock ------------------------------------------------------------- */

/* A data change of rows that were there before, as many as the table has. */
static bool changes_many_rows(const ls_effect *effect) {
    switch (effect->kind) {
    case LS_EFFECT_UPDATE:
    case LS_EFFECT_DELETE:
    case LS_EFFECT_MERGE:
    case LS_EFFECT_INSERT:
        break;
    default:
        return false;
    }
    if (ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_SMALL) ||
        ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_EMPTY))
        return false;
    const char *rows = ls_effect_text(effect, LS_ATTRIBUTE_ROWS);
    return rows != NULL && (strcmp(rows, "all") == 0 || strcmp(rows, "many") == 0) &&
           (effect->kind == LS_EFFECT_INSERT ||
            ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_EXISTED));
}

static const char *data_verb(ls_effect_kind kind) {
    switch (kind) {
    case LS_EFFECT_UPDATE:
        return "updates rows of";
    case LS_EFFECT_DELETE:
        return "deletes rows of";
    case LS_EFFECT_MERGE:
        return "merges rows into";
    default:
        return "inserts the rows of a query into";
    }
}

static const char *work_verb(ls_work work) {
    switch (work) {
    case LS_WORK_SCAN:
        return "reads all of";
    case LS_WORK_COPY:
        return "copies";
    case LS_WORK_BUILD:
        return "builds an index on";
    case LS_WORK_REWRITE:
        return "rewrites";
    case LS_WORK_NONE:
    case LS_WORK_ROWS:
    case LS_WORK_UNKNOWN:
        break;
    }
    return NULL;
}

/* What the statement does that takes longer the larger a table is; NULL if nothing. */
static const char *growing_work(ls_builder *builder) {
    const ls_work_done *heaviest = NULL;
    const ls_touched *table = NULL;
    for (LS_EACH(const ls_work_done, done, builder->outcome->work)) {
        const ls_touched *on = done->work == LS_WORK_BUILD ? &done->table : &done->relation;
        if (work_verb(done->work) == NULL || done->by_query ||
            on->origin == LS_ORIGIN_NEW_IN_FILE || is_temporary(builder, on->id) ||
            may_be_new(builder, on->id) || ls_is_small(builder, on->id) ||
            ls_is_emptied(builder, on->id))
            continue;
        if (heaviest == NULL || done->work > heaviest->work) {
            heaviest = done;
            table = on;
        }
    }
    if (heaviest != NULL)
        return ls_arena_format(builder->arena, "%s %s", work_verb(heaviest->work),
                               shown(builder, table));
    for (size_t i = 0; i < builder->outcome->effects.count; i++) {
        const ls_effect *effect = builder->outcome->effects.items[i];
        if (changes_many_rows(effect))
            return ls_arena_format(builder->arena, "%s %s", data_verb(effect->kind),
                                   ls_effect_text(effect, LS_ATTRIBUTE_RELATION));
    }
    return NULL;
}

/* The statement blocks the held relation as much by itself: its own rules say so. */
static bool adds_nothing(const ls_outcome *outcome, const ls_lock_hold *held) {
    ls_lock_mode own = ls_outcome_lock(outcome, held->relation.id);
    return ls_lock_blocks_writes(own) &&
           (ls_lock_blocks_reads(own) || !ls_lock_blocks_reads(held->mode));
}

/* What comes after the first such work in the transaction has the same cause, and the same cure. */
static bool is_told(ls_builder *builder, const ls_lock_hold *held) {
    ls_map *told = &builder->replay->transaction_mix.worked_under;
    if (ls_map_get(told, held->relation.name) != NULL)
        return true;
    ls_map_set(builder->replay->arena, told, held->relation.name, told);
    return false;
}

static void note_work_under_lock(ls_builder *builder) {
    const ls_lock_hold *held = ls_session_strongest(&builder->replay->session);
    if (held == NULL || is_temporary(builder, held->relation.id) ||
        adds_nothing(builder->outcome, held))
        return;
    const char *what = growing_work(builder);
    if (what == NULL || is_told(builder, held))
        return;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_WORK_UNDER_LOCK, builder->statement->at,
                                      held->relation.id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION, shown(builder, &held->relation));
    ls_set_text(builder, effect, LS_ATTRIBUTE_MODE, ls_lock_name(held->mode));
    ls_set_text(builder, effect, LS_ATTRIBUTE_LOCK, ls_lock_name(held->mode));
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHAT, what);
    ls_set_text(builder, effect, LS_ATTRIBUTE_HELD_BY,
                ls_statement_place(builder, held->statement));
    ls_set_text(builder, effect, LS_ATTRIBUTE_BLOCKED, blocked(held->mode));
    if (ls_lock_blocks_reads(held->mode))
        ls_add_word(builder, effect, LS_ATTRIBUTE_BLOCKS, "reads");
    ls_add_word(builder, effect, LS_ATTRIBUTE_BLOCKS, "writes");
    ls_add_label(builder, effect, held->source, held->at,
                 ls_arena_format(builder->arena, "%s on %s is taken here", ls_lock_name(held->mode),
                                 shown(builder, &held->relation)));
}

/* --- Schema and data in one transaction ----------------------------------------------------- */

static void note_data(ls_builder *builder) {
    ls_transaction_mix *mix = &builder->replay->transaction_mix;
    if (!builder->outcome->in_transaction || !ls_span_empty(mix->changed_data.at))
        return;
    for (size_t i = 0; i < builder->outcome->effects.count; i++) {
        const ls_effect *effect = builder->outcome->effects.items[i];
        if (!changes_many_rows(effect) || !ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_EXISTED))
            continue;
        mix->changed_data = ls_present_place(builder, builder->statement->at);
        mix->changed_relation =
            ls_arena_string(builder->replay->arena, ls_effect_text(effect, LS_ATTRIBUTE_RELATION));
        return;
    }
}

static void note_schema_and_data(ls_builder *builder) {
    ls_transaction_mix *mix = &builder->replay->transaction_mix;
    if (mix->told || ls_span_empty(mix->changed_data.at) || ls_span_empty(mix->changed_schema.at))
        return;
    mix->told = true;
    bool data_last = mix->changed_data.source == builder->outcome->source &&
                     mix->changed_data.at.begin == builder->statement->at.begin;
    const ls_place other = data_last ? mix->changed_schema : mix->changed_data;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_SCHEMA_AND_DATA, builder->statement->at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION, mix->changed_relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OTHER, mix->schema_relation);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_SAME,
                ls_same_text(mix->changed_relation, mix->schema_relation));
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHAT, data_last ? "data" : "schema");
    ls_add_label(builder, effect, other.source, other.at,
                 data_last ? "the schema is changed here" : "the rows are changed here");
}

/* --- Contractions beside additions ---------------------------------------------------------- */

static const char *contraction_verb(const ls_effect *effect) {
    switch (effect->kind) {
    case LS_EFFECT_DROP_COLUMN:
    case LS_EFFECT_DROP_TABLE:
        return "drops";
    case LS_EFFECT_RENAME_COLUMN:
    case LS_EFFECT_RENAME_TABLE:
        return "renames";
    case LS_EFFECT_MOVE_TABLE:
        return "moves";
    default:
        return NULL;
    }
}

static const char *addition_verb(const ls_effect *effect) {
    switch (effect->kind) {
    case LS_EFFECT_ADD_COLUMN:
        return ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_EXISTED) ? "adds" : NULL;
    case LS_EFFECT_CREATE_TABLE:
    case LS_EFFECT_CREATE_TABLE_AS:
        return ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_TEMPORARY) ? NULL : "creates";
    default:
        return NULL;
    }
}

/* Outlives the statement. */
static const char *describe(ls_builder *builder, const char *verb, const ls_effect *effect) {
    ls_arena *arena = builder->replay->arena;
    const char *relation = ls_effect_text(effect, LS_ATTRIBUTE_RELATION);
    const char *column = ls_effect_text(effect, LS_ATTRIBUTE_COLUMN);
    if (relation == NULL)
        relation = ls_effect_text(effect, LS_ATTRIBUTE_NAME);
    if (column == NULL)
        return ls_arena_format(arena, "%s %s", verb, relation == NULL ? "it" : relation);
    return ls_arena_format(arena, "%s %s.%s", verb, relation, column);
}

/* What is dropped and made again is one change of its own; a name that another column takes is gone
 * for whoever asks for the old one. */
static bool is_contraction(const ls_effect *effect) {
    const bool is_drop =
        effect->kind == LS_EFFECT_DROP_COLUMN || effect->kind == LS_EFFECT_DROP_TABLE;
    const bool comes_back = is_drop && ls_effect_flag(effect, LS_ATTRIBUTE_RECREATED);
    return contraction_verb(effect) != NULL && !comes_back &&
           ls_effect_flag(effect, LS_ATTRIBUTE_RELATION_EXISTED) &&
           !ls_effect_flag(effect, LS_ATTRIBUTE_NEW_COLUMN);
}

static void note_mix(ls_builder *builder) {
    ls_migration_mix *mix = &builder->replay->mix;
    for (size_t i = 0; i < builder->outcome->effects.count; i++) {
        const ls_effect *effect = builder->outcome->effects.items[i];
        if (is_contraction(effect) && mix->contraction_count++ == 0) {
            mix->contraction = describe(builder, contraction_verb(effect), effect);
            mix->contraction_at = ls_present_place(builder, effect->at);
        } else if (addition_verb(effect) != NULL && mix->addition_count++ == 0) {
            mix->addition = describe(builder, addition_verb(effect), effect);
            mix->addition_at = ls_present_place(builder, effect->at);
        }
    }
}

/* --- Created again -------------------------------------------------------------------------- */

static ls_creation_kind creation_kind(ls_effect_kind kind) {
    switch (kind) {
    case LS_EFFECT_DROP_TABLE:
        return LS_CREATION_TABLE;
    case LS_EFFECT_DROP_VIEW:
    case LS_EFFECT_DROP_MATERIALIZED_VIEW:
    case LS_EFFECT_RENAME_TABLE:
    case LS_EFFECT_RENAME_VIEW:
    case LS_EFFECT_MOVE_TABLE:
        return LS_CREATION_VIEW;
    default:
        return LS_CREATION_NONE;
    }
}

static bool is_drop(ls_effect_kind kind) {
    return kind != LS_EFFECT_RENAME_TABLE && kind != LS_EFFECT_RENAME_VIEW &&
           kind != LS_EFFECT_MOVE_TABLE;
}

void ls_note_recreated(ls_builder *builder, size_t first) {
    for (size_t i = first; i < builder->outcome->effects.count; i++) {
        ls_effect *effect = builder->outcome->effects.items[i];
        const ls_creation_kind kind = creation_kind(effect->kind);
        const char *name = effect->relation_name;
        if (kind != LS_CREATION_NONE && name != NULL)
            ls_set_flag(builder, effect,
                        is_drop(effect->kind) ? LS_ATTRIBUTE_RECREATED
                                              : LS_ATTRIBUTE_REPLACED_BY_VIEW,
                        ls_is_made_again(builder, kind, name));
        if (effect->kind == LS_EFFECT_RENAME_TABLE && name != NULL)
            ls_set_flag(builder, effect, LS_ATTRIBUTE_RECREATED,
                        ls_is_made_again(builder, LS_CREATION_TABLE, name));
    }
}

void ls_migration_note(ls_builder *builder) {
    note_mix(builder);
    note_work_under_lock(builder);
    note_locks(builder);
    note_data(builder);
    note_schema_and_data(builder);
    ls_note_alteration(builder);
    ls_note_long_names(builder);
}

/* --- Ends ----------------------------------------------------------------------------------- */

/* "a, b, c and 23 more" */
static const char *first_of(ls_arena *arena, const ls_words *names) {
    enum { SHOWN = 3 };
    const char *text = names->items[0];
    for (size_t i = 1; i < names->count && (i < SHOWN || names->count == SHOWN + 1); i++)
        text = ls_arena_join(arena, text, ", ", names->items[i], NULL);
    if (names->count <= SHOWN + 1)
        return text;
    return ls_arena_format(arena, "%s and %u more", text, names->count - SHOWN);
}

void ls_migration_end_transaction(ls_replay *replay) {
    ls_transaction_mix mix = replay->transaction_mix;
    replay->transaction_mix = (ls_transaction_mix){0};
    if (ls_span_empty(mix.several_at.at))
        return;
    ls_outcome scratch = {.source = replay->script->source};
    ls_builder builder = ls_replay_builder(replay, NULL, &scratch);
    builder.arena = replay->arena; /* it is told at the end of the file */
    ls_effect *effect = ls_add_effect(&builder, LS_EFFECT_SEVERAL_RELATIONS_LOCKED,
                                      mix.several_at.at, mix.several_relation);
    effect->source = mix.several_at.source;
    ls_set_words(&builder, effect, LS_ATTRIBUTE_RELATIONS, &mix.strong);
    ls_set_text(&builder, effect, LS_ATTRIBUTE_WHAT, first_of(builder.arena, &mix.strong));
    ls_set_number(&builder, effect, LS_ATTRIBUTE_COUNT, (int64_t)mix.strong.count);
    ls_set_text(&builder, effect, LS_ATTRIBUTE_MODE, ls_lock_name(mix.several_mode));
    const ls_lock_hold *held = ls_session_first_blocking(&replay->session);
    ls_set_text(&builder, effect, LS_ATTRIBUTE_BLOCKED,
                blocked(held == NULL ? mix.several_mode : held->mode));
    if (held != NULL)
        ls_add_label(&builder, effect, held->source, held->at,
                     ls_arena_format(builder.arena, "%s on %s is held since here",
                                     ls_lock_name(held->mode), shown(&builder, &held->relation)));
    LS_PUSH(replay->arena, &replay->ended, effect);
}

void ls_migration_end(ls_builder *builder) {
    ls_replay *replay = builder->replay;
    for (size_t i = 0; i < replay->ended.count; i++)
        LS_PUSH(builder->arena, &builder->outcome->effects, replay->ended.items[i]);
    ls_note_migration(builder);
    const ls_migration_mix *mix = &replay->mix;
    if (mix->contraction == NULL || mix->addition == NULL)
        return;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_MIXED_CHANGE, mix->contraction_at.at, 0);
    effect->source = mix->contraction_at.source;
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONTRACTION, mix->contraction);
    ls_set_text(builder, effect, LS_ATTRIBUTE_ADDITION, mix->addition);
    ls_set_number(builder, effect, LS_ATTRIBUTE_COUNT, mix->contraction_count);
    ls_add_label(builder, effect, mix->addition_at.source, mix->addition_at.at,
                 ls_arena_format(builder->arena, "the same migration %s", mix->addition));
}
