/*
 * data.c - queries and data changes.
 *
 * A query locks what it reads with ACCESS SHARE (ROW SHARE where it locks rows), what it changes
 * with ROW EXCLUSIVE; the planner opens every index of a relation with the relation's own mode,
 * INSERT alone opens none that stays locked (measured on 11 to 18). What the rows make the server
 * look up elsewhere is row_checks.c's.
 */
#include "catalog/dependencies.h"
#include "effects/families.h"
#include "effects/predicates.h"
#include "effects/replacement.h"
#include "effects/row_checks.h"
#include "effects/sources.h"
#include "support/same.h"

#include <string.h>
#include <strings.h>

/* The names of the common table expressions that hide relations, innermost first. */
typedef struct scope scope;
struct scope {
    const ls_query *query;
    const scope *outer;
};

static bool is_common_table(const scope *in, const ls_name *name) {
    if (name->schema != NULL)
        return false;
    for (; in != NULL; in = in->outer)
        for (LS_EACH(const ls_common_table, table, in->query->clauses->with))
            if (ls_same_text(table->name, name->name))
                return true;
    return false;
}

static void visit_query(ls_builder *builder, const ls_query *query, const scope *outer);
static void visit_expression(ls_builder *builder, const ls_expression *expression, const scope *in);

/* --- Functions that a query calls ----------------------------------------------------------- */

static const char *text_argument(const ls_expression *call, size_t number) {
    if (call->arguments.count <= number)
        return NULL;
    const ls_expression *argument = call->arguments.items[number];
    while (argument->kind == LS_EXPR_CAST && argument->arguments.count == 1)
        argument = argument->arguments.items[0];
    return argument->kind == LS_EXPR_STRING ? argument->text : NULL;
}

/* A relation named in a text, as regclass reads it (quotes are not understood). */
static const ls_relation *relation_in_text(ls_builder *builder, const char *name) {
    if (name == NULL)
        return NULL;
    const char *dot = strchr(name, '.');
    const char *schema =
        dot == NULL ? NULL : ls_arena_copy(builder->arena, name, (size_t)(dot - name));
    return ls_catalog_find(builder->catalog, schema, dot == NULL ? name : dot + 1);
}

/* The sequence that nextval, setval or currval is about, named by a text or by
 * pg_get_serial_sequence('table', 'column'); 0 if that cannot be known. */
static ls_relation_id sequence_of(ls_builder *builder, const ls_expression *call) {
    const ls_relation *named = relation_in_text(builder, text_argument(call, 0));
    if (named != NULL)
        return named->kind == LS_RELATION_SEQUENCE ? named->id : 0;
    const ls_expression *inner = call->arguments.count > 0 ? call->arguments.items[0] : NULL;
    if (inner == NULL || inner->kind != LS_EXPR_FUNCTION || inner->name.name == NULL ||
        !ls_same_text(inner->name.name, "pg_get_serial_sequence"))
        return 0;
    const ls_relation *table = relation_in_text(builder, text_argument(inner, 0));
    const char *column = text_argument(inner, 1);
    const ls_catalog_column *owner =
        table == NULL || column == NULL ? NULL : ls_relation_column(table, column);
    return owner == NULL ? 0 : owner->sequence;
}

/* nextval('schema.sequence') locks the sequence with ROW EXCLUSIVE, as setval does (measured). */
static void use_sequence(ls_builder *builder, const ls_expression *call) {
    ls_relation_id sequence = sequence_of(builder, call);
    if (sequence != 0)
        ls_take_lock(builder, sequence, LS_ROW_EXCLUSIVE, call->at);
    if (ls_same_text(call->name.name, "setval"))
        ls_sequence_was_set(builder, sequence);
}

/* set_config('lock_timeout', '5s', false) is SET by another name. */
static void configure(ls_builder *builder, const ls_expression *call) {
    const char *parameter = text_argument(call, 0), *value = text_argument(call, 1);
    if (parameter == NULL || value == NULL || call->arguments.count < 3)
        return;
    const ls_expression *local = call->arguments.items[2];
    ls_words values = {0};
    LS_PUSH(ls_catalog_arena(builder->catalog), &values, value);
    ls_change_setting(builder, call->at, parameter, &values,
                      local->kind == LS_EXPR_BOOLEAN && local->integer != 0);
}

static void visit_call(ls_builder *builder, const ls_expression *call) {
    static const char *const sequence_functions[] = {"nextval", "setval", "currval"};
    for (size_t i = 0; i < sizeof sequence_functions / sizeof *sequence_functions; i++)
        if (ls_same_text(call->name.name, sequence_functions[i]))
            use_sequence(builder, call);
    if (ls_same_text(call->name.name, "set_config"))
        configure(builder, call);
}

/* --- Reading -------------------------------------------------------------------------------- */

static void read_relation(ls_builder *builder, const ls_name *name, bool only, ls_lock_mode mode,
                          const scope *in) {
    if (is_common_table(in, name))
        return;
    ls_relation_id id = ls_known(builder, name);
    if (id == 0) {
        if (name->schema != NULL && (ls_same_text(name->schema, "pg_catalog") ||
                                     ls_same_text(name->schema, "information_schema")))
            return;
        if (strncmp(name->name, "pg_", 3) == 0)
            return;
        id = ls_named(builder, name, LS_RELATION_UNKNOWN);
    }
    ls_lock_planned(builder, id, mode, only, name->at);
    ls_read_rows(builder, id, name->at);
}

static void visit_from(ls_builder *builder, const ls_from *from, ls_lock_mode mode,
                       const scope *in) {
    if (from == NULL)
        return;
    switch (from->kind) {
    case LS_FROM_RELATION:
        read_relation(builder, &from->name, from->only, mode, in);
        break;
    case LS_FROM_QUERY:
        visit_query(builder, from->query, in);
        break;
    case LS_FROM_FUNCTION:
        visit_expression(builder, from->function, in);
        break;
    case LS_FROM_JOIN:
        visit_from(builder, from->left, mode, in);
        visit_from(builder, from->right, mode, in);
        visit_expression(builder, from->on, in);
        break;
    case LS_FROM_OTHER:
        break;
    }
}

static void visit_expression(ls_builder *builder, const ls_expression *expression,
                             const scope *in) {
    if (expression == NULL)
        return;
    if (expression->kind == LS_EXPR_FUNCTION && expression->name.name != NULL)
        visit_call(builder, expression);
    visit_query(builder, ls_expression_query(expression), in);
    for (size_t i = 0; i < expression->arguments.count; i++)
        visit_expression(builder, expression->arguments.items[i], in);
}

static void visit_targets(ls_builder *builder, const ls_query *query, const scope *in) {
    for (LS_EACH(const ls_target, target, query->targets))
        visit_expression(builder, target->value, in);
    for (LS_EACH(const ls_target, target, query->clauses->returning))
        visit_expression(builder, target->value, in);
    for (size_t i = 0; i < query->values.count; i++)
        visit_expression(builder, query->values.items[i], in);
}

/* --- Changing ------------------------------------------------------------------------------- */

static const char *row_bound_name(ls_row_bound bound) {
    static const char *const names[] = {"all", "many", "bounded", "few"};
    return names[bound];
}

static void note_rows_written(ls_builder *builder, ls_relation_id id, bool written) {
    const ls_relation *relation = ls_relation_of(builder, id);
    if (relation != NULL && relation->rows_written != written)
        ls_catalog_amend(builder->catalog, id)->rows_written = written;
}

static void note_rows_possible(ls_builder *builder, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    if (relation == NULL || (relation->rows_possible && relation->emptied == NULL))
        return;
    ls_relation *table = ls_catalog_amend(builder->catalog, id);
    table->rows_possible = true;
    table->emptied = NULL;
}

static bool reads_relation(const ls_from *from) {
    if (from == NULL || from->kind == LS_FROM_FUNCTION)
        return false;
    return from->kind != LS_FROM_JOIN || reads_relation(from->left) || reads_relation(from->right);
}

/* VALUES, or rows made up by functions: there are some for certain. A query of tables may find
 * none. */
static bool surely_gives_rows(const ls_query *source) {
    if (source == NULL || source->kind == LS_QUERY_VALUES)
        return source != NULL && source->value_rows > 0;
    if (source->kind != LS_QUERY_SELECT || source->where != NULL || source->clauses->limit != NULL)
        return false;
    for (size_t i = 0; i < source->from.count; i++)
        if (reads_relation(source->from.items[i]))
            return false;
    return true;
}

static const ls_catalog_column *target_column(const ls_relation *table, const ls_query *insert,
                                              size_t number) {
    if (insert->targets.count > 0)
        return number < insert->targets.count
                   ? ls_relation_column(table, insert->targets.items[number].name)
                   : NULL;
    return number < table->columns.count ? &table->columns.items[number] : NULL;
}

static void check_inserted_enums(ls_builder *builder, const ls_relation *table,
                                 const ls_query *insert) {
    const ls_query *source = insert->source;
    if (source == NULL || source->kind != LS_QUERY_VALUES)
        return;
    const size_t width = ls_values_width(source);
    for (size_t i = 0; i < source->values.count && width > 0; i++) {
        const ls_catalog_column *column = target_column(table, insert, i % width);
        if (column != NULL)
            ls_check_enum_use(builder, source->values.items[i], &column->type);
    }
}

static void check_set_enums(ls_builder *builder, const ls_relation *table, const ls_query *update) {
    for (LS_EACH(const ls_target, target, update->targets)) {
        const ls_catalog_column *column =
            target->name == NULL ? NULL : ls_relation_column(table, target->name);
        if (column != NULL)
            ls_check_enum_use(builder, target->value, &column->type);
    }
}

static bool groups_rows(const ls_query *query);

static bool item_groups_rows(const ls_from *item) {
    if (item->kind == LS_FROM_JOIN)
        return item_groups_rows(item->left) || item_groups_rows(item->right);
    return item->kind == LS_FROM_QUERY && groups_rows(item->query);
}

/* A row that it gives is made of several, which a range of the source's key may part. */
static bool groups_rows(const ls_query *query) {
    const ls_query_clauses *clauses = query->clauses;
    if (clauses->group_by.count > 0 || clauses->having != NULL || clauses->distinct)
        return true;
    for (LS_EACH(const ls_common_table, table, clauses->with))
        if (groups_rows(table->query))
            return true;
    for (LS_EACH(ls_from *const, item, query->from))
        if (item_groups_rows(*item))
            return true;
    return false;
}

static const char *column_text(ls_builder *builder, const ls_expression *column) {
    const char *text = "";
    for (uint32_t i = 0; i < column->names.count; i++)
        text = ls_arena_join(builder->arena, text, i == 0 ? "" : ".",
                             ls_quoted(builder, column->names.items[i]), NULL);
    return text;
}

/* GROUP BY 1 is the first of the select list. */
static const ls_expression *grouped_by(const ls_query *query, const ls_expression *key) {
    bool is_number = key->kind == LS_EXPR_INTEGER && key->integer > 0 &&
                     (uint64_t)key->integer <= query->targets.count;
    return is_number ? query->targets.items[key->integer - 1].value : key;
}

/* A range of any column that the rows are grouped by parts no group; NULL where none is seen. */
static const char *grouping_column(ls_builder *builder, const ls_query *query) {
    for (LS_EACH(ls_expression *const, one, query->clauses->group_by)) {
        const ls_expression *key = grouped_by(query, *one);
        if (key != NULL && key->kind == LS_EXPR_COLUMN && !key->star)
            return column_text(builder, key);
    }
    return NULL;
}

/* What help needs to say which ranges can be copied one after the other. */
static void describe_copy(ls_builder *builder, ls_effect *effect, const ls_query *insert) {
    if (insert->conflict != NULL)
        ls_set_text(builder, effect, LS_ATTRIBUTE_ACTION,
                    insert->conflict->update ? "update" : "nothing");
    if (!groups_rows(insert) && !groups_rows(insert->source))
        return;
    ls_set_text(builder, effect, LS_ATTRIBUTE_KIND, "grouped");
    ls_set_text(builder, effect, LS_ATTRIBUTE_KEY, grouping_column(builder, insert->source));
}

static void effects_of_insert(ls_builder *builder, const ls_query *insert, ls_relation_id id) {
    const ls_relation *table = ls_relation_of(builder, id);
    ls_take_lock(builder, id, LS_ROW_EXCLUSIVE, insert->target.at);
    ls_look_up_referenced(builder, id, insert->target.at);
    ls_lock_inserted_defaults(builder, id, insert);
    ls_lock_arbiters(builder, id, insert);
    check_inserted_enums(builder, table, insert);
    bool from_rows = insert->source != NULL && insert->source->kind != LS_QUERY_VALUES &&
                     insert->source->from.count + (insert->source->left != NULL) > 0;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_INSERT, insert->at, id);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_FROM_QUERY, from_rows);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_NAMED,
                insert->targets.count > 0 || insert->source == NULL);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_STAR, ls_selects_star(insert->source));
    ls_set_text(builder, effect, LS_ATTRIBUTE_ROWS,
                !from_rows
                    ? "values"
                    : row_bound_name(ls_where_bound(builder->catalog, NULL, insert->source)));
    if (from_rows)
        describe_copy(builder, effect, insert);
    ls_set_work(builder, effect, LS_WORK_ROWS);
    ls_note_deferred_events(builder, id, insert, insert->at);
    ls_note_inserted_keys(builder, id, insert);
    note_rows_possible(builder, id);
    if (surely_gives_rows(insert->source) && insert->conflict == NULL)
        note_rows_written(builder, id, true);
}

enum { WHERE_LENGTH = sizeof "WHERE" - 1 };

/* What help needs to do the same in batches: the SET list and the condition as written. Aliases and
 * other tables would have to come along, and a dollar quote cannot stand in the block's own. */
static void describe_batch(ls_builder *builder, ls_effect *effect, const ls_query *change) {
    if (change->clauses->with.count > 0 || change->from.count > 0 || change->target_alias != NULL ||
        ls_span_empty(change->at) || strstr(ls_text_of(builder, change->at), "$$") != NULL)
        return;
    ls_describe_key(builder, effect, effect->relation);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_ONE_TABLE, true);
    if (change->kind == LS_QUERY_UPDATE)
        ls_set_written(builder, effect, LS_ATTRIBUTE_ASSIGNMENTS, change->assignments_at);
    const ls_span where = change->where_at;
    if (!ls_span_empty(where))
        ls_set_written(builder, effect, LS_ATTRIBUTE_CONDITION,
                       ls_span_of(where.begin + WHERE_LENGTH, where.end));
}

/* The system's own catalogs grow with the schema, not with what it holds. */
static ls_row_bound bound_of_change(const ls_builder *builder, const ls_query *change,
                                    const ls_relation *table) {
    if (ls_is_system_name(&change->target))
        return LS_ROWS_BOUNDED;
    return change->kind == LS_QUERY_MERGE ? LS_ROWS_MANY
                                          : ls_where_bound(builder->catalog, table, change);
}

static void effects_of_change(ls_builder *builder, const ls_query *change, ls_relation_id id) {
    static const ls_effect_kind kinds[] = {
        [LS_QUERY_UPDATE] = LS_EFFECT_UPDATE,
        [LS_QUERY_DELETE] = LS_EFFECT_DELETE,
        [LS_QUERY_MERGE] = LS_EFFECT_MERGE,
    };
    const ls_relation *table = ls_relation_of(builder, id);
    ls_lock_planned(builder, id, LS_ROW_EXCLUSIVE, change->target_only, change->target.at);
    ls_read_rows(builder, id, change->target.at);
    if (change->kind == LS_QUERY_MERGE)
        note_rows_possible(builder, id);
    if (change->kind == LS_QUERY_UPDATE) {
        check_set_enums(builder, table, change);
        ls_look_up_updated(builder, id, change);
    }
    if (change->kind == LS_QUERY_DELETE)
        ls_look_up_referencing(builder, id, change->target.at);
    ls_effect *effect = ls_add_effect(builder, kinds[change->kind], change->at, id);
    ls_set_text(builder, effect, LS_ATTRIBUTE_ROWS,
                row_bound_name(bound_of_change(builder, change, table)));
    if (change->kind != LS_QUERY_MERGE)
        describe_batch(builder, effect, change);
    if (change->kind == LS_QUERY_DELETE)
        note_rows_written(builder, id, false); /* whether any is left is not known */
    if (change->kind == LS_QUERY_UPDATE)
        for (LS_EACH(const ls_target, target, change->targets))
            if (target->name != NULL)
                ls_add_word(builder, effect, LS_ATTRIBUTE_COLUMNS,
                            ls_quoted(builder, target->name));
    ls_set_work(builder, effect, LS_WORK_ROWS);
    ls_note_deferred_events(builder, id, change, change->at);
}

static void change_rows(ls_builder *builder, const ls_query *query) {
    ls_relation_id id = ls_named(builder, &query->target, LS_RELATION_TABLE);
    if (query->kind == LS_QUERY_INSERT || query->kind == LS_QUERY_UPDATE)
        ls_refuse_targets(builder, query, ls_relation_of(builder, id));
    ls_refuse_literals(builder, query, ls_relation_of(builder, id));
    if (query->kind == LS_QUERY_INSERT)
        effects_of_insert(builder, query, id);
    else
        effects_of_change(builder, query, id);
}

static bool changes_rows(const ls_query *query) {
    return query->target.name != NULL &&
           (query->kind == LS_QUERY_INSERT || query->kind == LS_QUERY_UPDATE ||
            query->kind == LS_QUERY_DELETE || query->kind == LS_QUERY_MERGE);
}

static void visit_query(ls_builder *builder, const ls_query *query, const scope *outer) {
    if (query == NULL)
        return;
    scope in = {.query = query, .outer = outer};
    for (LS_EACH(const ls_common_table, table, query->clauses->with))
        visit_query(builder, table->query, &in);
    if (changes_rows(query))
        change_rows(builder, query);
    for (size_t i = 0; i < query->from.count; i++)
        visit_from(builder, query->from.items[i],
                   query->clauses->for_update ? LS_ROW_SHARE : LS_ACCESS_SHARE, &in);
    visit_query(builder, query->source, &in);
    visit_query(builder, query->left, &in);
    visit_query(builder, query->right, &in);
    visit_targets(builder, query, &in);
    visit_expression(builder, query->where, &in);
    visit_expression(builder, query->clauses->having, &in);
    for (size_t i = 0; i < query->clauses->order_by.count; i++)
        visit_expression(builder, query->clauses->order_by.items[i], &in);
    visit_expression(builder, query->clauses->limit, &in);
}

void ls_effects_of_query(ls_builder *builder, const ls_query *query) {
    visit_query(builder, query, NULL);
    if (query->kind == LS_QUERY_SELECT && query->from.count == 0)
        for (LS_EACH(const ls_target, target, query->targets))
            ls_run_routine(builder, target->value);
    if (!changes_rows(query) && query->kind != LS_QUERY_TABLE)
        ls_add_effect(builder, LS_EFFECT_SELECT, query->at, 0);
}

void ls_effects_of_copy(ls_builder *builder, const ls_copy *copy) {
    if (copy->query != NULL)
        visit_query(builder, copy->query, NULL);
    if (copy->relation.name == NULL)
        return;
    ls_relation_id id = ls_named(builder, &copy->relation, LS_RELATION_TABLE);
    if (!copy->from) {
        ls_take_lock(builder, id, LS_ACCESS_SHARE, copy->relation.at);
        return;
    }
    ls_take_lock(builder, id, LS_ROW_EXCLUSIVE, copy->relation.at);
    ls_look_up_referenced(builder, id, copy->relation.at);
    ls_lock_copied_defaults(builder, id, copy);
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_COPY_FROM, builder->statement->at, id);
    ls_set_work(builder, effect, LS_WORK_ROWS);
    ls_note_deferred_events(builder, id, NULL, copy->relation.at);
    ls_note_copied_keys(builder, id, copy);
    note_rows_possible(builder, id);
    note_rows_written(builder, id, true);
}
