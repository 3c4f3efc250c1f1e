/*
 * builder.c - the outcome of one statement, put together by its family.
 */
#include "effects/builder.h"

#include "effects/body_statements.h"
#include "effects/missing.h"
#include "effects/replay_internal.h"
#include "effects/sources.h"
#include "effects/undo.h"
#include "support/same.h"

#include <stdarg.h>

/* --- Relations ------------------------------------------------------------------------------ */

const ls_relation *ls_relation_of(const ls_builder *builder, ls_relation_id id) {
    return ls_catalog_relation(builder->catalog, id);
}

bool ls_may_be_new(const ls_builder *builder, const ls_birth *birth) {
    return !birth->known && birth->if_not_exists && birth->file == builder->replay->file;
}

/* What the system brings along was there before any migration. */
static ls_origin origin_of_relation(const ls_builder *builder, const ls_relation *relation) {
    const ls_name name = {.schema = relation->schema, .name = relation->name};
    if (!relation->birth.known && ls_is_system_name(&name))
        return LS_ORIGIN_EXISTED;
    return ls_origin_of(builder, &relation->birth);
}

static void assume_unknown(ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    if (relation == NULL || origin_of_relation(builder, relation) != LS_ORIGIN_UNKNOWN)
        return;
    if (ls_names_missing(builder->outcome))
        return; /* it fails, and rests on nothing */
    if (ls_may_be_new(builder, &relation->birth))
        ls_assume(builder, "IF NOT EXISTS does not prove that %s is new: assumed to hold data",
                  ls_shown(builder, id));
    else
        ls_assume(builder, "%s is not in the history: assumed to exist and to hold data",
                  ls_shown(builder, id));
}

ls_relation_id ls_named(ls_builder *builder, const ls_name *name, ls_relation_kind kind) {
    const ls_relation *known = ls_catalog_find(builder->catalog, name->schema, name->name);
    if (known == NULL)
        ls_note_missing(builder, name);
    ls_relation_id id =
        known != NULL ? known->id : ls_catalog_declare(builder->catalog, name, kind);
    assume_unknown(builder, id);
    return id;
}

ls_relation_id ls_known(const ls_builder *builder, const ls_name *name) {
    const ls_relation *known = ls_catalog_find(builder->catalog, name->schema, name->name);
    return known == NULL ? 0 : known->id;
}

ls_origin ls_origin_of(const ls_builder *builder, const ls_birth *birth) {
    const ls_replay *replay = builder->replay;
    bool created_earlier = birth->if_not_exists && birth->file < replay->first_of_run;
    if (!birth->known && !created_earlier)
        return LS_ORIGIN_UNKNOWN;
    if (birth->file >= replay->first_of_run)
        return LS_ORIGIN_NEW_IN_FILE;
    return birth->file >= replay->first_unapplied ? LS_ORIGIN_NEW_IN_CHANGE_SET : LS_ORIGIN_EXISTED;
}

bool ls_is_new(const ls_builder *builder, const ls_birth *birth) {
    return ls_origin_of(builder, birth) == LS_ORIGIN_NEW_IN_FILE;
}

bool ls_existed(const ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    return relation != NULL && relation->persistence != LS_TEMPORARY &&
           !ls_is_new(builder, &relation->birth);
}

bool ls_is_emptied(const ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    return relation != NULL && relation->emptied != NULL && ls_is_new(builder, relation->emptied);
}

void ls_note_emptied(ls_builder *builder, ls_relation_id id) {
    ls_birth *emptied = LS_NEW(ls_catalog_arena(builder->catalog), ls_birth);
    *emptied = builder->birth;
    ls_catalog_amend(builder->catalog, id)->emptied = emptied;
}

bool ls_is_of_this_transaction(const ls_builder *builder, const ls_birth *birth) {
    return ls_is_new(builder, birth) && ls_in_transaction(&builder->replay->session) &&
           birth->transaction == builder->replay->session.transaction;
}

/* Made by the very statement at hand. */
static bool is_of_this_statement(const ls_builder *builder, const ls_relation *relation) {
    return relation->birth.known && relation->birth.source == builder->birth.source &&
           relation->birth.at.begin == builder->birth.at.begin &&
           relation->birth.file == builder->birth.file;
}

static ls_touched touch(ls_builder *builder, const ls_relation *relation) {
    return (ls_touched){
        .id = relation->id,
        .name = relation->full_name,
        .kind = relation->kind,
        .origin = origin_of_relation(builder, relation),
    };
}

/* --- Locks ---------------------------------------------------------------------------------- */

void ls_take_lock(ls_builder *builder, ls_relation_id id, ls_lock_mode mode, ls_span at) {
    const ls_relation *relation = ls_relation_of(builder, id);
    if (relation == NULL || mode == LS_LOCK_NONE || is_of_this_statement(builder, relation))
        return;
    ls_relation_lock *known = ls_find_lock(builder->outcome, id);
    if (known == NULL) {
        const ls_relation_lock lock = {touch(builder, relation), mode, at};
        ls_add_lock(builder->arena, builder->outcome, &lock);
    } else if (mode > known->mode) {
        known->mode = mode;
        known->at = at;
    }
}

void ls_take_lock_below(ls_builder *builder, ls_relation_id id, ls_lock_mode mode, ls_span at) {
    const ls_relation *relation = ls_relation_of(builder, id);
    if (relation == NULL)
        return;
    for (size_t i = 0; i < relation->children.count; i++) {
        ls_take_lock(builder, relation->children.items[i], mode, at);
        ls_take_lock_below(builder, relation->children.items[i], mode, at);
    }
}

/* --- Work ----------------------------------------------------------------------------------- */

static ls_work_done *find_work(const ls_builder *builder, ls_relation_id id, ls_work work) {
    for (LS_EACH(ls_work_done, done, builder->outcome->work))
        if (done->relation.id == id && done->work == work && id != 0)
            return done;
    return NULL;
}

static ls_work_done *note_work(ls_builder *builder, ls_relation_id id, ls_work work, ls_span at) {
    const ls_relation *relation = ls_relation_of(builder, id);
    if (relation == NULL || is_of_this_statement(builder, relation))
        return NULL;
    ls_work_done *known = find_work(builder, id, work);
    if (known != NULL)
        return known;
    ls_work_done done = {.relation = touch(builder, relation), .work = work, .at = at};
    LS_PUSH(builder->arena, &builder->outcome->work, done);
    return &builder->outcome->work.items[builder->outcome->work.count - 1];
}

void ls_scan(ls_builder *builder, ls_relation_id table, ls_span at) {
    ls_work_done *done = note_work(builder, table, LS_WORK_SCAN, at);
    if (done != NULL)
        done->passes++;
}

void ls_read_rows(ls_builder *builder, ls_relation_id relation, ls_span at) {
    ls_work_done *done = note_work(builder, relation, LS_WORK_ROWS, at);
    if (done != NULL)
        done->by_query = true;
}

void ls_copy_files(ls_builder *builder, ls_relation_id relation, ls_span at) {
    note_work(builder, relation, LS_WORK_COPY, at);
}

bool ls_is_rewritten(const ls_builder *builder, ls_relation_id table) {
    return find_work(builder, table, LS_WORK_REWRITE) != NULL;
}

static void write_anew(ls_builder *builder, ls_relation_id id, bool by_query, ls_span at) {
    const ls_relation *table = ls_relation_of(builder, id);
    if (table == NULL || ls_is_rewritten(builder, id))
        return;
    ls_take_lock(builder, id, LS_ACCESS_EXCLUSIVE, at);
    ls_work_done *done = note_work(builder, id, LS_WORK_REWRITE, at);
    if (done == NULL)
        return;
    done->by_query = by_query;
    for (size_t i = 0; i < table->indexes.count; i++) {
        ls_take_lock(builder, table->indexes.items[i], LS_ACCESS_EXCLUSIVE, at);
        ls_build_index(builder, id, table->indexes.items[i], NULL, at);
    }
}

void ls_rewrite(ls_builder *builder, ls_relation_id table, ls_span at) {
    write_anew(builder, table, false, at);
}

void ls_refill(ls_builder *builder, ls_relation_id table, ls_span at) {
    write_anew(builder, table, true, at);
}

void ls_build_index(ls_builder *builder, ls_relation_id table_id, ls_relation_id index_id,
                    const char *name, ls_span at) {
    const ls_relation *table = ls_relation_of(builder, table_id);
    const ls_relation *index = ls_relation_of(builder, index_id);
    if (table == NULL || is_of_this_statement(builder, table))
        return;
    if (index != NULL && find_work(builder, index_id, LS_WORK_BUILD) != NULL)
        return;
    ls_work_done done = {.work = LS_WORK_BUILD, .table = touch(builder, table), .at = at};
    if (index != NULL)
        done.relation = touch(builder, index);
    else
        done.relation = (ls_touched){
            .name = ls_arena_join(builder->arena, table->schema, ".", name, NULL),
            .kind = LS_RELATION_INDEX,
            .origin = LS_ORIGIN_NEW_IN_FILE,
        };
    LS_PUSH(builder->arena, &builder->outcome->work, done);
}

/* --- Effects -------------------------------------------------------------------------------- */

void ls_set_text(ls_builder *builder, ls_effect *effect, ls_attribute attribute, const char *text) {
    (void)builder;
    ls_effect_set_text(effect, attribute, text);
}

void ls_set_written(ls_builder *builder, ls_effect *effect, ls_attribute attribute, ls_span at) {
    ls_attribute_value *value = ls_effect_slot(effect, attribute);
    if (value == NULL)
        return;
    effect->text = builder->source;
    value->at = at;
    value->written = true;
}

void ls_set_written_in(ls_builder *builder, ls_effect *effect, ls_attribute attribute,
                       const ls_source *source, ls_span at) {
    if (source == builder->source)
        ls_set_written(builder, effect, attribute, at);
    else if (ls_effect_asks(effect, attribute))
        ls_set_text(builder, effect, attribute, ls_text_in(builder, source, at));
}

void ls_set_flag(ls_builder *builder, ls_effect *effect, ls_attribute attribute, bool value) {
    ls_set_number(builder, effect, attribute, value);
}

void ls_set_number(ls_builder *builder, ls_effect *effect, ls_attribute attribute, int64_t value) {
    (void)builder;
    ls_attribute_value *slot = ls_effect_slot(effect, attribute);
    if (slot != NULL)
        slot->number = value;
}

void ls_set_words(ls_builder *builder, ls_effect *effect, ls_attribute attribute,
                  const ls_words *words) {
    ls_attribute_value *value = words->count == 0 ? NULL : ls_effect_slot(effect, attribute);
    if (value == NULL)
        return;
    ls_words *copy = LS_NEW(builder->arena, ls_words);
    *copy = *words;
    copy->capacity = copy->count; /* a later ls_add_word copies instead of writing into it */
    value->words = copy;
}

void ls_add_word(ls_builder *builder, ls_effect *effect, ls_attribute attribute, const char *word) {
    ls_attribute_value *value = ls_effect_slot(effect, attribute);
    if (value == NULL)
        return;
    ls_words *words = LS_NEW(builder->arena, ls_words);
    if (value->words != NULL)
        *words = *value->words;
    LS_PUSH(builder->arena, words, word);
    value->words = words;
}

/* The rows of a foreign table lie elsewhere, and ALTER leaves them there. */
static bool leaves_rows_alone(const ls_builder *builder, const ls_effect *effect, ls_work work) {
    const ls_relation *relation = ls_relation_of(builder, effect->relation);
    return relation != NULL && relation->kind == LS_RELATION_FOREIGN_TABLE && work != LS_WORK_ROWS;
}

void ls_set_work(ls_builder *builder, ls_effect *effect, ls_work work) {
    if (leaves_rows_alone(builder, effect, work))
        work = LS_WORK_NONE;
    ls_set_text(builder, effect, LS_ATTRIBUTE_WORK, ls_work_name(work));
}

void ls_set_breaks(ls_builder *builder, ls_effect *effect, bool readers, bool writers) {
    if (readers)
        ls_add_word(builder, effect, LS_ATTRIBUTE_BREAKS, "readers");
    if (writers)
        ls_add_word(builder, effect, LS_ATTRIBUTE_BREAKS, "writers");
}

ls_place ls_present_place(const ls_builder *builder, ls_span at) {
    return (ls_place){.source = builder->outcome->source, .at = at};
}

const char *ls_statement_place(const ls_builder *builder, const ls_statement *statement) {
    unsigned line = ls_source_position(statement->source, statement->at.begin).line;
    const char *file = statement->source->name;
    if (ls_same_text(file, builder->outcome->source->name))
        return ls_arena_format(builder->arena, "%s on line %u", statement->tag, line);
    return ls_arena_format(builder->arena, "%s on line %u of %s", statement->tag, line, file);
}

void ls_add_label(ls_builder *builder, ls_effect *effect, const ls_source *source, ls_span at,
                  const char *message) {
    ls_label label = {.source = source, .at = at, .message = message};
    LS_PUSH(builder->arena, &effect->labels, label);
}

/* CREATE TABLE IF NOT EXISTS of this migration, and no earlier one made it: where there are earlier
 * ones, they would have. */
static bool is_hardly_there(const ls_builder *builder, const ls_relation *relation) {
    return ls_may_be_new(builder, &relation->birth) && builder->replay->file > 0;
}

static void describe_relation(ls_builder *builder, ls_effect *effect, const ls_relation *relation) {
    ls_origin origin = origin_of_relation(builder, relation);
    bool temporary = relation->persistence == LS_TEMPORARY;
    effect->relation_name = relation->full_name;
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION, ls_shown(builder, relation->id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RELATION_EXISTED,
                ls_existed(builder, relation->id) && !is_hardly_there(builder, relation));
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION_ORIGIN, ls_origin_name(origin));
    if (ls_may_be_new(builder, &relation->birth))
        ls_set_flag(builder, effect, LS_ATTRIBUTE_RELATION_MAYBE_NEW, true);
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION_KIND, ls_relation_kind_name(relation->kind));
    ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION_SCHEMA, relation->schema);
    if (ls_effect_asks(effect, LS_ATTRIBUTE_RELATION_NAME))
        ls_set_text(builder, effect, LS_ATTRIBUTE_RELATION_NAME,
                    ls_quoted(builder, relation->name));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RELATION_TEMPORARY, temporary);
    if (ls_effect_asks(effect, LS_ATTRIBUTE_RELATION_PUBLISHED))
        ls_set_flag(builder, effect, LS_ATTRIBUTE_RELATION_PUBLISHED,
                    ls_catalog_is_published(builder->catalog, relation));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RELATION_HOT, ls_is_hot(builder, relation->id));
    ls_set_flag(builder, effect, LS_ATTRIBUTE_RELATION_SMALL, ls_is_small(builder, relation->id));
    if (ls_is_emptied(builder, relation->id))
        ls_set_flag(builder, effect, LS_ATTRIBUTE_RELATION_EMPTY, true);
}

bool ls_is_wanted(const ls_builder *builder, ls_effect_kind kind) {
    const ls_interest *interest = builder->replay->interest;
    return interest == NULL || interest->asked[kind];
}

ls_effect *ls_add_effect(ls_builder *builder, ls_effect_kind kind, ls_span at, ls_relation_id id) {
    const ls_interest *interest = builder->replay->interest;
    const ls_effect_layout *layout = interest == NULL ? NULL : &interest->layouts[kind];
    ls_effect *effect = ls_effect_new(builder->arena, layout, kind, at);
    effect->relation = id;
    const ls_relation *relation = ls_relation_of(builder, id);
    if (relation != NULL && !ls_serves_nobody(builder->replay))
        describe_relation(builder, effect, relation);
    if (ls_runs_in_one(builder->body))
        ls_set_flag(builder, effect, LS_ATTRIBUTE_IN_TRANSACTION, true);
    LS_PUSH(builder->arena, &builder->outcome->effects, effect);
    return effect;
}

/* Somebody reads the attribute, and nothing has been said of it yet. */
static bool is_open(const ls_effect *effect, ls_attribute attribute) {
    return ls_effect_asks(effect, attribute) && ls_effect_value(effect, attribute) == NULL;
}

static void describe_statement(ls_builder *builder, ls_effect *effect) {
    static const char *const transactions[] = {
        [LS_TRANSACTION_PER_STATEMENT] = "statement",
        [LS_TRANSACTION_PER_FILE] = "file",
        [LS_TRANSACTION_PER_RUN] = "all",
        [LS_TRANSACTION_IMPLICIT] = "file",
        [LS_TRANSACTION_EXPLICIT] = "explicit",
    };
    const ls_outcome *outcome = builder->outcome;
    ls_lock_mode mode = ls_outcome_lock(outcome, effect->relation);
    if (mode != LS_LOCK_NONE && is_open(effect, LS_ATTRIBUTE_LOCK))
        ls_set_text(builder, effect, LS_ATTRIBUTE_LOCK, ls_lock_name(mode));
    if (ls_lock_blocks_reads(mode))
        ls_add_word(builder, effect, LS_ATTRIBUTE_BLOCKS, "reads");
    if (ls_lock_blocks_writes(mode))
        ls_add_word(builder, effect, LS_ATTRIBUTE_BLOCKS, "writes");
    if (is_open(effect, LS_ATTRIBUTE_WORK))
        ls_set_work(builder, effect, LS_WORK_NONE);
    if (builder->statement != NULL)
        ls_set_text(builder, effect, LS_ATTRIBUTE_STATEMENT, builder->statement->tag);
    if (is_open(effect, LS_ATTRIBUTE_IN_TRANSACTION))
        ls_set_flag(builder, effect, LS_ATTRIBUTE_IN_TRANSACTION, outcome->in_transaction);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_ALONE, builder->replay->acting_statements < 2);
    ls_set_text(builder, effect, LS_ATTRIBUTE_TRANSACTION, transactions[outcome->transaction]);
    ls_set_number(builder, effect, LS_ATTRIBUTE_POSTGRES, builder->postgres);
    if (ls_effect_asks(effect, LS_ATTRIBUTE_UNDO))
        ls_set_text(builder, effect, LS_ATTRIBUTE_UNDO, ls_undo_name(ls_undo_of(effect)));
    ls_set_text(builder, effect, LS_ATTRIBUTE_CERTAINTY,
                outcome->assumptions.count > 0 ? "assumed" : "exact");
}

void ls_finish_effects(ls_builder *builder) {
    for (size_t i = 0; i < builder->outcome->effects.count; i++)
        describe_statement(builder, builder->outcome->effects.items[i]);
}

/* --- Verdicts ------------------------------------------------------------------------------- */

void ls_forbid_in_transaction(ls_builder *builder, const char *what) {
    builder->outcome->forbidden_in_transaction = what;
}

void ls_refuse(ls_builder *builder, ls_span at, const char *format, ...) {
    if (builder->outcome->refused != NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    builder->outcome->refused = ls_arena_vformat(builder->arena, format, arguments);
    va_end(arguments);
    builder->outcome->refused_at = at;
    builder->outcome->in_the_way = NULL;
}

void ls_say_what_is_in_the_way(ls_builder *builder, const char *removal) {
    builder->outcome->in_the_way = removal;
}

bool ls_is_refused(const ls_builder *builder) {
    return builder->outcome->refused != NULL;
}

void ls_assume(ls_builder *builder, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *text = ls_arena_vformat(builder->arena, format, arguments);
    va_end(arguments);
    for (size_t i = 0; i < builder->outcome->assumptions.count; i++)
        if (ls_same_text(builder->outcome->assumptions.items[i], text))
            return;
    LS_PUSH(builder->arena, &builder->outcome->assumptions, text);
}

void ls_not_analysed(ls_builder *builder, ls_span at, const char *what, const char *why) {
    builder->outcome->analysed = false;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_NOT_ANALYSED, at, 0);
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHAT, what);
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHY, why);
}

void ls_note_drop(ls_builder *builder, const char *name) {
    ls_map_set(builder->replay->arena, &builder->replay->dropped, name, builder->replay);
}

bool ls_was_dropped(const ls_builder *builder, const char *name) {
    return ls_map_get(&builder->replay->dropped, name) != NULL;
}
static const char *use_key(ls_arena *arena, ls_relation_id relation, const char *column) {
    return ls_arena_format(arena, "view of %u.%s", relation, column);
}

void ls_note_dropped_view(ls_builder *builder, const ls_relation *view) {
    ls_arena *arena = builder->replay->arena;
    for (LS_EACH(const ls_column_use, use, view->uses)) {
        if (use->column == NULL)
            continue;
        const char *key = use_key(arena, use->relation, use->column);
        ls_words *views = ls_map_get(&builder->replay->dropped, key);
        if (views == NULL) {
            views = LS_NEW(arena, ls_words);
            ls_map_set(arena, &builder->replay->dropped, key, views);
        }
        const char *shown = ls_arena_string(arena, ls_shown(builder, view->id));
        if (!ls_has_word(views, shown))
            LS_PUSH(arena, views, shown);
    }
}

ls_words ls_dropped_views(const ls_builder *builder, ls_relation_id table, const char *column) {
    const ls_words *views =
        ls_map_get(&builder->replay->dropped, use_key(builder->arena, table, column));
    return views == NULL ? (ls_words){0} : *views;
}
