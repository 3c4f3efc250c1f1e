#include "effects/body_statements.h"

#include "sql/lower/lower.h"

#include <string.h>

ls_body_statements *ls_body_statements_new(ls_arena *arena, const ls_body *body) {
    ls_body_statements *of = LS_NEW(arena, ls_body_statements);
    *of = (ls_body_statements){.arena = arena, .body = body};
    return of;
}

static bool has_inside(const ls_body_step *step) {
    return step->kind == LS_BODY_PART || step->kind == LS_BODY_LOOP;
}

/* A part stands before what is in it: the last to claim an item is the innermost. */
static void find_parts(ls_body_statements *of) {
    const ls_body *body = of->body;
    ls_span *open = LS_NEW_ARRAY(of->arena, ls_span, body->steps.count + 1);
    uint32_t depth = 0;
    open[0] = ls_span_of(0, body->steps.count);
    for (uint32_t number = 0; number < body->steps.count; number++) {
        const ls_body_step *step = &body->steps.items[number];
        while (depth > 0 && number >= open[depth].end)
            depth--;
        if (has_inside(step))
            open[++depth] = ls_span_of(number, step->end);
        if (step->kind != LS_BODY_ITEM)
            continue;
        of->around[step->item] = open[depth];
        of->step_of[step->item] = number;
    }
}

static void read_statements(ls_body_statements *of) {
    const ls_body *body = of->body;
    ls_source *source = LS_NEW(of->arena, ls_source);
    *source = (ls_source){.name = "", .text = body->text, .length = (uint32_t)strlen(body->text)};
    for (uint32_t number = 0; number < body->items.count; number++) {
        const ls_body_item *item = &body->items.items[number];
        if (item->kind != LS_BODY_SQL)
            continue;
        ls_parse_error error = {0};
        ls_statement *statement = ls_lower(of->arena, body->text, item->at, &error);
        if (statement == NULL)
            continue;
        statement->number = number;
        statement->source = source;
        LS_PUSH(of->arena, &of->all, statement);
    }
}

const ls_statements *ls_body_statements_all(ls_body_statements *of) {
    if (of->read)
        return &of->all;
    of->read = true;
    of->around = LS_NEW_ARRAY(of->arena, ls_span, of->body->items.count);
    of->step_of = LS_NEW_ARRAY(of->arena, uint32_t, of->body->items.count);
    find_parts(of);
    read_statements(of);
    return &of->all;
}

bool ls_runs_in_one(const ls_body_statements *of) {
    return of != NULL && !of->body->has_commit;
}

bool ls_follows_in_body(const ls_body_statements *of, const ls_statement *statement) {
    if (statement->number <= of->present || !ls_runs_in_one(of))
        return false;
    const ls_body_item *item = &of->body->items.items[statement->number];
    if (!item->conditional && !item->in_loop)
        return true;
    const ls_span around = of->around[statement->number];
    const uint32_t present = of->step_of[of->present];
    return around.begin <= present && present < around.end;
}
