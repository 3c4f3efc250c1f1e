/*
 * trigger_body.c - what a trigger function copies from column to column.
 *
 * PL/pgSQL is read as far as such functions go: assignments to NEW, INSERT and UPDATE of another
 * table with values of NEW, and the IFs around them, of which the tests of TG_OP, of a null and of
 * a change are understood. A body that does more is said not to be understood.
 */
#include "plan/facts.h"
#include "plan/words.h"
#include "sql/body.h"
#include "sql/lower/lower.h"

#include <string.h>

/* What holds where a statement stands. */
typedef struct {
    bool on_insert, on_update, not_null;
    ls_guard guard;
    const char *unchanged; /* the column that an IF before has found changed, or this is not run */
} branch;

typedef struct {
    branch outer; /* around the IF */
    branch left;  /* what is left for the next ELSIF and ELSE */
} conditional;

typedef struct {
    ls_arena *arena;
    ls_token_reader reader;
    ls_token token;
    ls_body sql;
    branch here;
    LS_VECTOR(conditional) conditionals;
    ls_trigger_body *body;
} body_reading;

static void advance(body_reading *reading) {
    reading->token = ls_read_token(&reading->reader);
}

static bool is_word(const body_reading *reading, const char *word) {
    return reading->token.kind == LS_TOKEN_WORD && !reading->token.quoted &&
           strcmp(reading->token.text, word) == 0;
}

static bool is_sign(const body_reading *reading, const char *sign) {
    return reading->token.kind == LS_TOKEN_SIGN && strcmp(reading->token.text, sign) == 0;
}

static void skip_statement(body_reading *reading) {
    while (reading->token.kind != LS_TOKEN_END && !is_sign(reading, ";"))
        advance(reading);
    advance(reading);
}

static void note_name(body_reading *reading, const char *name) {
    ls_words *names = &reading->body->names;
    if (!ls_has_word(names, name))
        LS_PUSH(reading->arena, names, name);
}

/* At NEW or OLD: the column behind it, with the token moved behind that; NULL if there is none. */
static const char *read_field(body_reading *reading) {
    advance(reading);
    if (!is_sign(reading, "."))
        return NULL;
    advance(reading);
    if (reading->token.kind != LS_TOKEN_WORD)
        return NULL;
    const char *column = reading->token.text;
    note_name(reading, column);
    advance(reading);
    return column;
}

/* --- Conditions ------------------------------------------------------------------------------ */

typedef struct {
    bool asks_operation, is_insert, is_update; /* TG_OP = 'INSERT' */
    ls_guard guard;
    const char *changed; /* the column that is tested for it */
    bool any, not_null;
    bool unknown; /* it tests something else besides */
} condition;

static void read_operation(body_reading *reading, condition *read) {
    read->asks_operation = true;
    advance(reading);
    if (is_sign(reading, "="))
        advance(reading);
    bool insert = strcmp(reading->token.text, "'INSERT'") == 0;
    bool update = strcmp(reading->token.text, "'UPDATE'") == 0;
    read->is_insert = read->is_insert || insert;
    read->is_update = read->is_update || update;
    advance(reading);
}

/* IS [NOT] NULL, IS [NOT] DISTINCT FROM, behind NEW.column. */
static void read_test(body_reading *reading, const char *column, condition *read) {
    bool negated = false, of_new = false;
    if (!is_word(reading, "is")) {
        read->unknown = true;
        return;
    }
    advance(reading);
    if (is_word(reading, "not")) {
        negated = true;
        advance(reading);
    }
    if (is_word(reading, "null")) {
        read->guard = negated ? read->guard : LS_GUARD_NULL;
        read->not_null = read->not_null || negated;
        advance(reading);
        return;
    }
    if (!is_word(reading, "distinct"))
        return;
    advance(reading);
    advance(reading);
    of_new = is_word(reading, "new");
    if (!of_new && !is_word(reading, "old")) {
        read->guard = read->guard == LS_GUARD_NONE ? LS_GUARD_DIFFERENT : read->guard;
        advance(reading); /* a constant: the column's default */
        return;
    }
    const char *other = read_field(reading);
    if (other == NULL || negated)
        return;
    if (of_new) {
        read->guard = LS_GUARD_DIFFERENT;
    } else if (strcmp(other, column) == 0) {
        read->guard = LS_GUARD_CHANGED;
        read->changed = column;
    }
}

/* What stands between tests, and the guard against triggers that call each other. */
static bool joins_tests(const body_reading *reading) {
    static const char *const words[] = {"and", "or", "pg_trigger_depth"};
    static const char *const signs[] = {"(", ")", "=", "<", "<=", ">"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(reading, words[i]))
            return true;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (is_sign(reading, signs[i]))
            return true;
    return reading->token.kind == LS_TOKEN_NUMBER;
}

/* Up to THEN. */
static condition read_condition(body_reading *reading) {
    condition read = {0};
    while (reading->token.kind != LS_TOKEN_END && !is_word(reading, "then")) {
        if (is_word(reading, "tg_op")) {
            read_operation(reading, &read);
        } else if (is_word(reading, "new")) {
            const char *column = read_field(reading);
            if (column != NULL)
                read_test(reading, column, &read);
        } else if (is_word(reading, "old")) {
            read_field(reading);
        } else {
            read.any = read.any || is_word(reading, "or");
            read.unknown = read.unknown || !joins_tests(reading);
            advance(reading);
        }
    }
    advance(reading);
    return read;
}

/* `TG_OP = 'INSERT' OR NEW.a IS DISTINCT FROM OLD.a` asks on UPDATE only. */
static branch under(const branch *outer, const condition *read) {
    branch inner = *outer;
    if (read->asks_operation && !read->any) {
        inner.on_insert = outer->on_insert && read->is_insert;
        inner.on_update = outer->on_update && read->is_update;
    }
    inner.not_null = outer->not_null || (read->not_null && !read->any);
    if (read->guard != LS_GUARD_NONE)
        inner.guard = outer->guard == LS_GUARD_DIFFERENT ? LS_GUARD_DIFFERENT : read->guard;
    return inner;
}

static branch without(const branch *left, const condition *read) {
    branch rest = *left;
    bool operation_alone = read->asks_operation && !read->any && read->guard == LS_GUARD_NONE;
    if (operation_alone) {
        rest.on_insert = left->on_insert && !read->is_insert;
        rest.on_update = left->on_update && !read->is_update;
    }
    if (!read->any && !read->asks_operation && read->guard == LS_GUARD_CHANGED)
        rest.unchanged = read->changed;
    return rest;
}

/* Of two tests of values, one within the other, only one is kept: that is enough where the outer
 * one finds the two columns different, and the inner one says which of them has changed. */
static void note_condition(body_reading *reading, const condition *read) {
    const ls_guard outer = reading->here.guard;
    bool nested =
        outer != LS_GUARD_NONE && outer != LS_GUARD_DIFFERENT && read->guard != LS_GUARD_NONE;
    if (read->unknown || nested)
        reading->body->understood = false;
}

static void begin_if(body_reading *reading) {
    conditional fresh = {.outer = reading->here, .left = reading->here};
    advance(reading);
    condition read = read_condition(reading);
    note_condition(reading, &read);
    reading->here = under(&fresh.left, &read);
    fresh.left = without(&fresh.left, &read);
    LS_PUSH(reading->arena, &reading->conditionals, fresh);
}

static void go_on_if(body_reading *reading, bool with_condition) {
    advance(reading);
    if (reading->conditionals.count == 0) {
        reading->body->understood = false;
        return;
    }
    conditional *innermost = &reading->conditionals.items[reading->conditionals.count - 1];
    reading->here = innermost->left;
    if (!with_condition)
        return;
    condition read = read_condition(reading);
    note_condition(reading, &read);
    reading->here = under(&innermost->left, &read);
    innermost->left = without(&innermost->left, &read);
}

static void end_if(body_reading *reading) {
    if (reading->conditionals.count > 0)
        reading->here = reading->conditionals.items[--reading->conditionals.count].outer;
    skip_statement(reading);
}

/* --- Statements ------------------------------------------------------------------------------ */

/* What stands behind a test whether the target has changed carries over a change of its source: the
 * other one of the two. */
static ls_guard guard_of(const body_reading *reading, const char *target, bool keeps_given) {
    const branch *here = &reading->here;
    if (here->guard != LS_GUARD_NONE)
        return here->guard;
    if (keeps_given)
        return LS_GUARD_NULL;
    bool otherwise = here->unchanged != NULL && strcmp(here->unchanged, target) == 0;
    return otherwise ? LS_GUARD_CHANGED : LS_GUARD_NONE;
}

/* `keeps_given`: coalesce(NEW.target, ...), which is about a target without a value. */
static void add(body_reading *reading, const ls_name *table, const char *target, const char *source,
                bool keeps_given) {
    ls_trigger_assignment assignment = {
        .target = target,
        .source = source,
        .on_insert = reading->here.on_insert,
        .on_update = reading->here.on_update,
        .guard = guard_of(reading, target, keeps_given),
        .skips_null = reading->here.not_null,
    };
    if (table != NULL)
        assignment.table = *table;
    LS_PUSH(reading->arena, &reading->body->assignments, assignment);
}

/* coalesce(NEW.target, from here on. */
static bool begins_with_coalesce_of(const body_reading *reading, const char *target) {
    static const char *const before[] = {"(", "new", "."};
    ls_token_reader ahead = reading->reader;
    if (!is_word(reading, "coalesce"))
        return false;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (strcmp(ls_read_token(&ahead).text, before[i]) != 0)
            return false;
    return strcmp(ls_read_token(&ahead).text, target) == 0;
}

/* NEW.target := ... ; */
static void read_assignment(body_reading *reading) {
    const char *target = read_field(reading), *source = NULL;
    bool assigns = is_sign(reading, ":=") || is_sign(reading, "=");
    if (target == NULL || !assigns) {
        reading->body->understood = false;
        skip_statement(reading);
        return;
    }
    advance(reading);
    bool keeps_given = begins_with_coalesce_of(reading, target);
    while (reading->token.kind != LS_TOKEN_END && !is_sign(reading, ";")) {
        if (!is_word(reading, "new") && !is_word(reading, "old")) {
            advance(reading);
            continue;
        }
        const char *column = read_field(reading);
        if (column != NULL && strcmp(column, target) != 0 && source == NULL)
            source = column;
    }
    advance(reading);
    add(reading, NULL, target, source, keeps_given);
}

/* The column of NEW that an expression is; NULL if it is another. */
static const char *field_of_new(const ls_expression *value) {
    while (value != NULL && value->kind == LS_EXPR_CAST && value->arguments.count == 1)
        value = value->arguments.items[0];
    bool is_field = value != NULL && value->kind == LS_EXPR_COLUMN && value->names.count == 2 &&
                    strcmp(value->names.items[0], "new") == 0;
    return is_field ? value->names.items[1] : NULL;
}

static void read_change(body_reading *reading, const ls_query *query) {
    const ls_query *source = query->source;
    for (uint32_t i = 0; i < query->targets.count; i++) {
        const ls_target *target = &query->targets.items[i];
        const ls_expression *value = target->value;
        if (query->kind == LS_QUERY_INSERT && source != NULL && source->value_rows == 1)
            value = i < source->values.count ? source->values.items[i] : NULL;
        const char *field = field_of_new(value);
        if (field != NULL && target->name != NULL)
            add(reading, &query->target, target->name, field, false);
    }
}

static void read_sql(body_reading *reading) {
    for (LS_EACH(const ls_body_item, item, reading->sql.items)) {
        ls_parse_error error;
        if (item->kind != LS_BODY_SQL || item->at.begin != reading->token.begin)
            continue;
        const ls_statement *statement =
            ls_lower(reading->arena, reading->sql.text, item->at, &error);
        if (statement != NULL && statement->kind == LS_STATEMENT_QUERY)
            read_change(reading, statement->query);
    }
    skip_statement(reading);
}

/* RETURN NULL or RETURN OLD, but of a row that is deleted. */
static void read_return(body_reading *reading) {
    advance(reading);
    const char *given = is_word(reading, "null") ? "NULL" : is_word(reading, "old") ? "OLD" : NULL;
    advance(reading);
    if (given != NULL && is_sign(reading, ";") &&
        (reading->here.on_insert || reading->here.on_update))
        reading->body->returns = given;
    skip_statement(reading);
}

static void read_statement(body_reading *reading) {
    static const char *const harmless[] = {"null", "end"};
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (is_word(reading, harmless[i])) {
            skip_statement(reading);
            return;
        }
    if (is_word(reading, "return")) {
        read_return(reading);
    } else if (is_word(reading, "new")) {
        read_assignment(reading);
    } else if (is_word(reading, "insert") || is_word(reading, "update")) {
        read_sql(reading);
    } else {
        reading->body->understood = false;
        skip_statement(reading);
    }
}

static bool ends_if(const body_reading *reading) {
    ls_token_reader ahead = reading->reader;
    return is_word(reading, "end") && strcmp(ls_read_token(&ahead).text, "if") == 0;
}

static void read_statements(body_reading *reading) {
    while (reading->token.kind != LS_TOKEN_END) {
        if (is_word(reading, "begin") || is_sign(reading, ";"))
            advance(reading);
        else if (is_word(reading, "if"))
            begin_if(reading);
        else if (is_word(reading, "elsif") || is_word(reading, "elseif"))
            go_on_if(reading, true);
        else if (is_word(reading, "else"))
            go_on_if(reading, false);
        else if (ends_if(reading))
            end_if(reading);
        else
            read_statement(reading);
    }
}

ls_trigger_body ls_read_trigger_body(ls_arena *arena, const char *text) {
    ls_trigger_body body = {.understood = true};
    body_reading reading = {
        .arena = arena,
        .reader = {.arena = arena, .text = text, .length = (uint32_t)strlen(text)},
        .here = {.on_insert = true, .on_update = true},
        .body = &body,
    };
    ls_body_read(arena, text, &reading.sql);
    advance(&reading);
    read_statements(&reading);
    return body;
}
