/*
 * lower_dump.h - the statement model as one line of text, for tables of tests.
 *
 * A range is printed as the text that it cuts out, in « ». Each statement stands between other
 * text, with characters of more than one byte before it, so that a range that counts from the
 * wrong place cuts out the wrong words.
 */
#ifndef LS_TESTS_LOWER_DUMP_H
#define LS_TESTS_LOWER_DUMP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "sql/lower/lower.h"
#include "sql/script.h"
#include "support/buffer.h"

static ls_arena *arena;
static char *text; /* what the last statement was lowered from */
static ls_parse_error problem;

static inline int open_arena(void **state) {
    (void)state;
    arena = ls_arena_new();
    return 0;
}

static inline int close_arena(void **state) {
    (void)state;
    ls_arena_free(arena);
    return 0;
}

static inline ls_statement *lower(const char *sql) {
    static const char before[] = "SELECT 'äöü€';\n  ";
    text = ls_arena_format(arena, "%s%s  \n; SELECT 'after'", before, sql);
    char *untouched = ls_arena_string(arena, text);
    const size_t begin = strlen(before);
    ls_statement *statement =
        ls_lower(arena, text, ls_span_of(begin, begin + strlen(sql)), &problem);
    assert_string_equal(text, untouched);
    return statement;
}

/* A statement that must parse. */
static inline ls_statement *read(const char *sql) {
    ls_statement *statement = lower(sql);
    if (statement == NULL)
        fail_msg("%s\n%s", sql, problem.message == NULL ? "nothing" : problem.message);
    return statement;
}

static inline const char *cut(ls_span span) {
    if (ls_span_empty(span))
        return "";
    return ls_arena_copy(arena, text + span.begin, span.end - span.begin);
}

/* --- Parts -------------------------------------------------------------------------------- */

static inline void dump_name(ls_buffer *out, const ls_name *name) {
    if (name->schema != NULL)
        ls_buffer_format(out, "%s.", name->schema);
    ls_buffer_string(out, name->name == NULL ? "-" : name->name);
}

static inline void dump_words(ls_buffer *out, const char *label, const char *const *words,
                              size_t count) {
    if (count == 0)
        return;
    ls_buffer_format(out, " %s(", label);
    for (size_t i = 0; i < count; i++)
        ls_buffer_format(out, "%s%s", i == 0 ? "" : ",", words[i]);
    ls_buffer_string(out, ")");
}

#define DUMP_WORDS(out, label, list)                                                               \
    dump_words((out), (label), (const char *const *)(list).items, (list).count)

static inline void dump_type(ls_buffer *out, const ls_type_name *type) {
    if (type == NULL) {
        ls_buffer_string(out, "-");
        return;
    }
    if (type->setof)
        ls_buffer_string(out, "setof ");
    if (type->schema != NULL)
        ls_buffer_format(out, "%s.", type->schema);
    ls_buffer_format(out, "%s", type->name);
    if (type->column_type)
        ls_buffer_string(out, "%type");
    for (int i = 0; i < type->modifier_count; i++)
        ls_buffer_format(out, ":%d", type->modifiers[i]);
    for (int i = 0; i < type->dimensions; i++)
        ls_buffer_string(out, "[]");
    ls_buffer_format(out, " «%s»", cut(type->at));
}

static inline void dump_query(ls_buffer *out, const ls_query *query);

static inline const char *expression_word(const ls_expression *e) {
    static const char *const WORDS[] = {
        [LS_EXPR_IN] = "in",
        [LS_EXPR_BETWEEN] = "between",
        [LS_EXPR_LIKE] = "like",
        [LS_EXPR_ANY] = "any",
        [LS_EXPR_ALL] = "all",
        [LS_EXPR_DISTINCT] = "is-distinct",
        [LS_EXPR_AND] = "and",
        [LS_EXPR_OR] = "or",
        [LS_EXPR_NOT] = "not",
        [LS_EXPR_IS_NULL] = "is-null",
        [LS_EXPR_IS_BOOLEAN] = "is",
        [LS_EXPR_CAST] = "cast",
        [LS_EXPR_COLLATE] = "collate",
        [LS_EXPR_CASE] = "case",
        [LS_EXPR_ARRAY] = "array",
        [LS_EXPR_ROW] = "row",
        [LS_EXPR_SUBSCRIPT] = "subscript",
        [LS_EXPR_FIELD] = "field",
        [LS_EXPR_SUBQUERY] = "query",
        [LS_EXPR_OPERATOR] = "op",
        [LS_EXPR_OTHER] = "other",
    };
    return WORDS[e->kind];
}

static inline void dump_expression(ls_buffer *out, const ls_expression *e);

static inline void dump_compound(ls_buffer *out, const ls_expression *e) {
    if (e->kind == LS_EXPR_FUNCTION)
        dump_name(out, &e->name);
    else
        ls_buffer_format(out, "%s%s", e->negated ? "not-" : "", expression_word(e));
    if (e->text != NULL)
        ls_buffer_format(out, " %s", e->text);
    ls_buffer_string(out, e->star ? "(*" : "(");
    for (size_t i = 0; i < e->arguments.count; i++) {
        if (i > 0)
            ls_buffer_string(out, ", ");
        dump_expression(out, e->arguments.items[i]);
    }
    if (ls_expression_query(e) != NULL)
        dump_query(out, e->query);
    if (e->kind == LS_EXPR_CAST && e->type != NULL) {
        ls_buffer_string(out, " to ");
        dump_type(out, e->type);
    }
    ls_buffer_string(out, e->cut ? " cut)" : ")");
}

static inline void dump_expression(ls_buffer *out, const ls_expression *e) {
    if (e == NULL) {
        ls_buffer_string(out, "-");
        return;
    }
    switch (e->kind) {
    case LS_EXPR_NULL:
        ls_buffer_string(out, "null");
        break;
    case LS_EXPR_STRING:
        ls_buffer_format(out, "'%s'", e->text);
        break;
    case LS_EXPR_BOOLEAN:
    case LS_EXPR_INTEGER:
    case LS_EXPR_FLOAT:
    case LS_EXPR_BIT_STRING:
    case LS_EXPR_SQL_VALUE:
        ls_buffer_string(out, e->text);
        break;
    case LS_EXPR_CURRENT_OF:
        ls_buffer_format(out, "current-of %s", e->text);
        break;
    case LS_EXPR_COLUMN:
        for (size_t i = 0; i < e->names.count; i++)
            ls_buffer_format(out, "%s%s", i == 0 ? "" : ".", e->names.items[i]);
        if (e->star)
            ls_buffer_string(out, e->names.count > 0 ? ".*" : "*");
        break;
    case LS_EXPR_PARAMETER:
        ls_buffer_format(out, "$%d", (int)e->integer);
        break;
    case LS_EXPR_DEFAULT:
        ls_buffer_string(out, "default");
        break;
    default:
        dump_compound(out, e);
        break;
    }
}

static inline void dump_labelled(ls_buffer *out, const char *label, const ls_expression *e) {
    if (e == NULL)
        return;
    ls_buffer_format(out, " %s ", label);
    dump_expression(out, e);
}

/* --- Queries ------------------------------------------------------------------------------ */

static inline void dump_from(ls_buffer *out, const ls_from *from) {
    if (from == NULL) {
        ls_buffer_string(out, "-");
        return;
    }
    if (from->lateral)
        ls_buffer_string(out, "lateral ");
    if (from->only)
        ls_buffer_string(out, "only ");
    switch (from->kind) {
    case LS_FROM_RELATION:
        dump_name(out, &from->name);
        break;
    case LS_FROM_QUERY:
        dump_query(out, from->query);
        break;
    case LS_FROM_FUNCTION:
        dump_expression(out, from->function);
        break;
    case LS_FROM_JOIN:
        ls_buffer_string(out, "join(");
        dump_from(out, from->left);
        ls_buffer_string(out, ", ");
        dump_from(out, from->right);
        dump_labelled(out, "on", from->on);
        DUMP_WORDS(out, "using", from->using_columns);
        ls_buffer_string(out, ")");
        break;
    case LS_FROM_OTHER:
        ls_buffer_string(out, "other");
        break;
    }
    if (from->alias != NULL)
        ls_buffer_format(out, " as %s", from->alias);
    DUMP_WORDS(out, "columns", from->column_aliases);
}

static inline void dump_targets(ls_buffer *out, const char *label, const ls_target *targets,
                                size_t count) {
    if (count == 0)
        return;
    ls_buffer_format(out, " %s[", label);
    for (size_t i = 0; i < count; i++) {
        ls_buffer_string(out, i == 0 ? "" : ", ");
        if (targets[i].name != NULL)
            ls_buffer_format(out, "%s=", targets[i].name);
        dump_expression(out, targets[i].value);
        ls_buffer_format(out, " «%s»", cut(targets[i].at));
    }
    ls_buffer_string(out, "]");
}

static inline void dump_expressions(ls_buffer *out, const char *label, ls_expression *const *items,
                                    size_t count) {
    if (count == 0)
        return;
    ls_buffer_format(out, " %s(", label);
    for (size_t i = 0; i < count; i++) {
        ls_buffer_string(out, i == 0 ? "" : ", ");
        dump_expression(out, items[i]);
    }
    ls_buffer_string(out, ")");
}

#define DUMP_EXPRESSIONS(out, label, list)                                                         \
    dump_expressions((out), (label), (list).items, (list).count)

static inline void dump_change(ls_buffer *out, const ls_query *query) {
    if (query->target.name != NULL) {
        ls_buffer_string(out, query->target_only ? " only " : " ");
        ls_buffer_string(out, query->select_into ? "into " : "");
        dump_name(out, &query->target);
        ls_buffer_format(out, " «%s»", cut(query->target.at));
    }
    if (query->target_alias != NULL)
        ls_buffer_format(out, " as %s", query->target_alias);
    if (query->source != NULL) {
        ls_buffer_string(out, " source ");
        dump_query(out, query->source);
    }
    if (query->conflict == NULL)
        return;
    ls_buffer_string(out, query->conflict->update ? " conflict-update" : " conflict-nothing");
    DUMP_WORDS(out, "conflict", query->conflict->columns);
    if (query->conflict->constraint != NULL)
        ls_buffer_format(out, " conflict-constraint %s", query->conflict->constraint);
}

static inline void dump_clauses(ls_buffer *out, const ls_query *query) {
    const ls_query_clauses *clauses = query->clauses;
    if (clauses->distinct)
        ls_buffer_string(out, " distinct");
    dump_targets(out, "targets", query->targets.items, query->targets.count);
    for (size_t i = 0; i < query->from.count; i++) {
        ls_buffer_string(out, i == 0 ? " from " : ", ");
        dump_from(out, query->from.items[i]);
    }
    dump_labelled(out, "where", query->where);
    if (!ls_span_empty(query->where_at))
        ls_buffer_format(out, " «%s»", cut(query->where_at));
    DUMP_EXPRESSIONS(out, "group", clauses->group_by);
    dump_labelled(out, "having", clauses->having);
    DUMP_EXPRESSIONS(out, "order", clauses->order_by);
    dump_labelled(out, "limit", clauses->limit);
    dump_labelled(out, "offset", clauses->offset);
    if (clauses->for_update)
        ls_buffer_string(out, " for-update");
    if (query->kind == LS_QUERY_VALUES)
        ls_buffer_format(out, " rows %u", (unsigned)query->value_rows);
    DUMP_EXPRESSIONS(out, "values", query->values);
    dump_targets(out, "returning", clauses->returning.items, clauses->returning.count);
}

static inline void dump_query(ls_buffer *out, const ls_query *query) {
    static const char *const KINDS[] = {"select", "values", "set",   "insert",
                                        "update", "delete", "merge", "table"};
    if (query == NULL) {
        ls_buffer_string(out, "-");
        return;
    }
    ls_buffer_format(out, "{%s «%s»", KINDS[query->kind], cut(query->at));
    for (size_t i = 0; i < query->clauses->with.count; i++) {
        const ls_common_table *table = &query->clauses->with.items[i];
        ls_buffer_format(out, " with %s%s ", table->recursive ? "recursive " : "", table->name);
        dump_query(out, table->query);
    }
    dump_change(out, query);
    if (query->kind == LS_QUERY_SET_OPERATION) {
        ls_buffer_string(out, " ");
        dump_query(out, query->left);
        ls_buffer_string(out, " ");
        dump_query(out, query->right);
    }
    dump_clauses(out, query);
    ls_buffer_string(out, "}");
}

/* --- Parts of tables ---------------------------------------------------------------------- */

static inline void dump_options(ls_buffer *out, const ls_options *options) {
    for (size_t i = 0; i < options->count; i++) {
        const ls_option *option = &options->items[i];
        ls_buffer_string(out, i == 0 ? " options[" : ", ");
        if (option->schema != NULL)
            ls_buffer_format(out, "%s.", option->schema);
        ls_buffer_format(out, "%s=%s", option->name, option->value == NULL ? "-" : option->value);
        DUMP_WORDS(out, "list", option->list);
        ls_buffer_format(out, " «%s»", cut(option->at));
    }
    ls_buffer_string(out, options->count > 0 ? "]" : "");
}

static inline void dump_elements(ls_buffer *out, const ls_index_elements *elements) {
    ls_buffer_string(out, " [");
    for (size_t i = 0; i < elements->count; i++) {
        const ls_index_element *element = &elements->items[i];
        ls_buffer_string(out, i == 0 ? "" : ", ");
        if (element->column != NULL)
            ls_buffer_string(out, element->column);
        else
            dump_expression(out, element->expression);
        if (element->collation != NULL)
            ls_buffer_format(out, " collate %s", element->collation);
        if (element->operator_class != NULL)
            ls_buffer_format(out, " class %s", element->operator_class);
        if (element->exclude_operator != NULL)
            ls_buffer_format(out, " with %s", element->exclude_operator);
        ls_buffer_string(out, element->descending ? " desc" : "");
        ls_buffer_string(out, element->nulls_first ? " first" : "");
        ls_buffer_string(out, element->nulls_last ? " last" : "");
        ls_buffer_format(out, " «%s»", cut(element->at));
    }
    ls_buffer_string(out, "]");
}

static inline void dump_flags(ls_buffer *out, const ls_constraint *constraint) {
    ls_buffer_string(out, constraint->not_valid ? " not-valid" : "");
    ls_buffer_string(out, constraint->no_inherit ? " no-inherit" : "");
    ls_buffer_string(out, constraint->deferrable ? " deferrable" : "");
    ls_buffer_string(out, constraint->initially_deferred ? " deferred" : "");
    ls_buffer_string(out, constraint->nulls_not_distinct ? " nulls-not-distinct" : "");
    ls_buffer_string(out, constraint->generated_always ? " always" : "");
}

static inline void dump_reference(ls_buffer *out, const ls_key_reference *reference) {
    if (reference->relation.name == NULL)
        return;
    ls_buffer_string(out, " references ");
    dump_name(out, &reference->relation);
    DUMP_WORDS(out, "of", reference->columns);
    ls_buffer_format(out, " %c%c", reference->on_delete, reference->on_update);
}

static inline void dump_constraint(ls_buffer *out, const ls_constraint *constraint) {
    static const char *const KINDS[] = {"not-null", "null", "default", "identity", "generated",
                                        "check",    "pkey", "unique",  "exclude",  "fkey"};
    ls_buffer_string(out, KINDS[constraint->kind]);
    if (constraint->name != NULL)
        ls_buffer_format(out, " %s", constraint->name);
    DUMP_WORDS(out, "columns", constraint->columns);
    const ls_key_index *index = ls_constraint_index(constraint);
    DUMP_WORDS(out, "include", index->include);
    if (index->method != NULL)
        ls_buffer_format(out, " method %s", index->method);
    if (index->elements.count > 0)
        dump_elements(out, &index->elements);
    if (index->used != NULL)
        ls_buffer_format(out, " using %s", index->used);
    dump_options(out, &index->options);
    if (constraint->kind == LS_CONSTRAINT_IDENTITY)
        dump_options(out, constraint->sequence);
    if (index->tablespace != NULL)
        ls_buffer_format(out, " tablespace %s", index->tablespace);
    if (constraint->kind == LS_CONSTRAINT_FOREIGN_KEY)
        dump_reference(out, constraint->reference);
    dump_flags(out, constraint);
    if (constraint->expression != NULL) {
        dump_labelled(out, "expression", constraint->expression);
        ls_buffer_format(out, " «%s»", cut(constraint->expression->at));
    }
    ls_buffer_format(out, " «%s»", cut(constraint->at));
}

static inline void dump_constraints(ls_buffer *out, const ls_constraints *constraints) {
    for (size_t i = 0; i < constraints->count; i++) {
        ls_buffer_string(out, i == 0 ? " {" : "; ");
        dump_constraint(out, &constraints->items[i]);
    }
    ls_buffer_string(out, constraints->count > 0 ? "}" : "");
}

static inline void dump_column(ls_buffer *out, const ls_column *column) {
    ls_buffer_format(out, "%s «%s» ", column->name, cut(column->name_at));
    dump_type(out, column->type);
    if (column->collation != NULL)
        ls_buffer_format(out, " collate %s", column->collation);
    if (column->storage != NULL)
        ls_buffer_format(out, " storage %s", column->storage);
    if (column->compression != NULL)
        ls_buffer_format(out, " compression %s", column->compression);
    dump_constraints(out, &column->constraints);
    ls_buffer_format(out, " «%s»", cut(column->at));
}

static inline void dump_bound(ls_buffer *out, const ls_bound *bound) {
    static const char *const KINDS[] = {"", " default", " list", " range", " hash"};
    if (bound->kind == LS_BOUND_NONE)
        return;
    ls_buffer_format(out, "%s", KINDS[bound->kind]);
    DUMP_EXPRESSIONS(out, "lower", bound->lower);
    DUMP_EXPRESSIONS(out, "upper", bound->upper);
    if (bound->kind == LS_BOUND_HASH)
        ls_buffer_format(out, " %d/%d", bound->modulus, bound->remainder);
    ls_buffer_format(out, " «%s»", cut(bound->at));
}

/* What was dumped, moved to the arena. */
static inline const char *dumped(ls_buffer *out) {
    const char *result = ls_arena_string(arena, out->text == NULL ? "" : out->text);
    ls_buffer_free(out);
    return result;
}

/* A row of a table: a statement and what its dump must be. */
typedef struct {
    const char *sql, *expected;
} example;

static inline void check_examples(const example *examples, size_t count,
                                  void (*dump)(ls_buffer *out, const ls_statement *statement)) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        ls_buffer out = {0};
        dump(&out, read(examples[i].sql));
        const char *found = dumped(&out);
        if (strcmp(found, examples[i].expected) == 0)
            continue;
        print_error("%s\n  expected: %s\n  found:    %s\n", examples[i].sql, examples[i].expected,
                    found);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

#define CHECK_EXAMPLES(examples, dump)                                                             \
    check_examples((examples), sizeof(examples) / sizeof *(examples), (dump))

#endif
