/*
 * index_compare.c - whether one index does what another does.
 *
 * Compared is what is written: the same keys in the same order with the same operator class,
 * collation and direction, the same predicate. What PostgreSQL would treat alike but is written
 * differently (a default operator class that is named) counts as different: no false alarm.
 */
#include "effects/families.h"
#include "effects/predicates.h"
#include "support/same.h"

static bool same_text(const char *one, const char *other) {
    return one == other || (one && other && ls_same_text(one, other));
}

static bool same_expression(const ls_expression *one, const ls_expression *other) {
    return one && other ? ls_expressions_equal(one, other) : !one && !other;
}

static bool same_element(const ls_index_element *one, const ls_index_element *other) {
    const bool nulls_first_one = one->nulls_first || (one->descending && !one->nulls_last);
    const bool nulls_first_other = other->nulls_first || (other->descending && !other->nulls_last);
    return same_text(one->column, other->column) && same_text(one->collation, other->collation) &&
           same_text(one->operator_class, other->operator_class) &&
           one->descending == other->descending && nulls_first_one == nulls_first_other &&
           same_expression(one->expression, other->expression);
}

bool ls_same_index(const ls_relation *one, const ls_relation *other) {
    if (one->elements.count != other->elements.count || !same_text(one->method, other->method) ||
        !ls_same_words(&one->include, &other->include) ||
        one->nulls_not_distinct != other->nulls_not_distinct ||
        !same_expression(one->predicate, other->predicate))
        return false;
    for (size_t i = 0; i < one->elements.count; i++)
        if (!same_element(&one->elements.items[i], &other->elements.items[i]))
            return false;
    return true;
}

ls_relation_id ls_duplicate_index(const ls_builder *builder, const ls_relation *table,
                                  const ls_relation *wanted) {
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *id);
        if (index && index->valid && (index->unique || !wanted->unique) &&
            ls_same_index(index, wanted))
            return *id;
    }
    return 0;
}

/* --- Prefixes -------------------------------------------------------------------------------- */

bool ls_indexes_column(const ls_relation *index, const char *column) {
    for (LS_EACH(const ls_index_element, element, index->elements))
        if (element->column && ls_same_text(element->column, column))
            return true;
    return ls_has_word(&index->include, column);
}

static bool includes_all(const ls_relation *index, const ls_words *columns) {
    for (LS_EACH(const char *, column, *columns))
        if (!ls_indexes_column(index, *column))
            return false;
    return true;
}

/* Only btree is read by a prefix of its keys. */
bool ls_serves_all_of(const ls_relation *wide, const ls_relation *narrow) {
    if (narrow->unique || narrow->elements.count > wide->elements.count ||
        !ls_same_text(wide->method, "btree") || !ls_same_text(narrow->method, "btree") ||
        !same_expression(wide->predicate, narrow->predicate) ||
        !includes_all(wide, &narrow->include))
        return false;
    for (size_t i = 0; i < narrow->elements.count; i++)
        if (!same_element(&wide->elements.items[i], &narrow->elements.items[i]))
            return false;
    return true;
}

ls_relation_id ls_covering_index(const ls_builder *builder, const ls_relation *table,
                                 const ls_relation *wanted) {
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *id);
        if (index && index->valid && ls_serves_all_of(index, wanted))
            return *id;
    }
    return 0;
}

ls_relation_id ls_covered_index(const ls_builder *builder, const ls_relation *table,
                                const ls_relation *wanted) {
    for (LS_EACH(const ls_relation_id, id, table->indexes)) {
        const ls_relation *index = ls_relation_of(builder, *id);
        if (index && !index->constraint && !index->parent_index && ls_serves_all_of(wanted, index))
            return *id;
    }
    return 0;
}

bool ls_leads_alike(const ls_relation *one, const ls_relation *other) {
    return one->elements.count > 0 && other->elements.count > 0 &&
           same_text(one->method, other->method) &&
           same_element(&one->elements.items[0], &other->elements.items[0]);
}
