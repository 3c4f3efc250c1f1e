/*
 * partition.c - index elements, partition keys and partition bounds.
 */
#include "sql/lower/lower_internal.h"

/* --- Index elements ----------------------------------------------------------------------- */

/* A column in parentheses is a column, with a COLLATE inside them too: (x COLLATE y) is read as x
 * COLLATE y is (ComputeIndexAttrs and ComputePartitionAttrs, 11 to 18). */
static void take_column(ls_index_element *element) {
    const ls_expression *inner = element->expression;
    const char *collation = element->collation;
    for (; inner != NULL && inner->kind == LS_EXPR_COLLATE; inner = inner->arguments.items[0])
        collation = collation == NULL ? inner->text : collation;
    if (inner == NULL || inner->kind != LS_EXPR_COLUMN || inner->star)
        return;
    element->column = inner->names.items[inner->names.count - 1];
    element->expression = NULL;
    element->collation = collation;
}

ls_index_element ls_lower_index_element(lowering *work, const IndexElem *written, uint32_t from) {
    ls_index_element element = {.column = ls_lower_text(work, written->name)};
    element.expression = ls_lower_expression(work, written->expr);
    element.collation = ls_lower_last_string(work, written->collation);
    take_column(&element);
    element.operator_class = ls_lower_last_string(work, written->opclass);
    element.descending = written->ordering == SORTBY_DESC;
    element.nulls_first = written->nulls_ordering == SORTBY_NULLS_FIRST;
    element.nulls_last = written->nulls_ordering == SORTBY_NULLS_LAST;
    element.at = ls_place_clause(work, from, NULL);
    return element;
}

ls_index_elements ls_lower_index_elements(lowering *work, const List *written, uint32_t open) {
    ls_index_elements elements = {0};
    uint32_t from = open + 1;
    for (LS_NODES(cell, written)) {
        ls_index_element element = ls_lower_index_element(work, lfirst(cell), from);
        LS_PUSH(work->arena, &elements, element);
        from = ls_place_token(work, element.at.end).end;
    }
    return elements;
}

/* --- Partition keys ----------------------------------------------------------------------- */

static ls_index_element lower_key(lowering *work, const PartitionElem *written) {
    ls_index_element key = {.column = ls_lower_text(work, written->name)};
    key.expression = ls_lower_expression(work, written->expr);
    key.collation = ls_lower_last_string(work, written->collation);
    take_column(&key);
    key.operator_class = ls_lower_last_string(work, written->opclass);
    if (written->location >= 0)
        key.at = ls_place_clause(work, ls_place_of(work, written->location), NULL);
    return key;
}

ls_partitioning ls_lower_partitioning(lowering *work, const PartitionSpec *specification) {
    ls_partitioning partitioning = {0};
    if (specification == NULL)
        return partitioning;
    partitioning.strategy = LS_PARTITION_STRATEGY(specification);
    for (LS_NODES(cell, specification->partParams))
        LS_PUSH(work->arena, &partitioning.keys, lower_key(work, lfirst(cell)));
    return partitioning;
}

/* --- Partition bounds --------------------------------------------------------------------- */

typedef LS_VECTOR(ls_expression *) values;

/* The grammar reads MINVALUE and MAXVALUE as columns of these names, in lower case. */
static values lower_values(lowering *work, const List *written) {
    values result = {0};
    for (LS_NODES(cell, written)) {
        ls_expression *value = ls_lower_expression(work, lfirst(cell));
        if (value != NULL)
            LS_PUSH(work->arena, &result, value);
    }
    return result;
}

/* The parser's place is that of WITH, IN or FROM, or of DEFAULT. */
static ls_span bound_place(const lowering *work, const PartitionBoundSpec *bound) {
    const uint32_t word = ls_place_of(work, bound->location);
    if (word == LS_NOWHERE)
        return (ls_span){0, 0};
    if (bound->is_default)
        return ls_place_token(work, word);
    ls_span open = ls_place_token(work, ls_place_token(work, word).end);
    uint32_t end = ls_place_group(work, open.begin).end;
    const ls_span to = ls_place_token(work, end);
    if (ls_place_is(work, to, "to"))
        end = ls_place_group(work, ls_place_token(work, to.end).begin).end;
    return ls_span_of(ls_place_back_to(work, word, "for"), end);
}

ls_bound ls_lower_bound(lowering *work, const PartitionBoundSpec *written) {
    ls_bound bound = {0};
    if (written == NULL)
        return bound;
    bound.at = bound_place(work, written);
    const bool list = written->strategy == 'l';
    bound.kind = written->is_default        ? LS_BOUND_DEFAULT
                 : list                     ? LS_BOUND_LIST
                 : written->strategy == 'r' ? LS_BOUND_RANGE
                                            : LS_BOUND_HASH;
    const values lower = lower_values(work, list ? written->listdatums : written->lowerdatums);
    const values upper = lower_values(work, written->upperdatums);
    LS_SET_WORDS(bound.lower, lower);
    LS_SET_WORDS(bound.upper, upper);
    bound.modulus = written->modulus;
    bound.remainder = written->remainder;
    return bound;
}
