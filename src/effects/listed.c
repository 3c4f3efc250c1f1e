/*
 * listed.c - what the configuration says of tables that migrations cannot tell.
 */
#include "effects/replay_internal.h"

#include <fnmatch.h>
#include <string.h>

static bool is_named(const ls_words *patterns, const ls_relation *relation) {
    for (size_t i = 0; i < patterns->count; i++) {
        const char *pattern = patterns->items[i];
        const char *name = strchr(pattern, '.') == NULL ? relation->name : relation->full_name;
        if (fnmatch(pattern, name, 0) == 0)
            return true;
    }
    return false;
}

/* Names go for what is below: an index of the table, a partition of it at any depth. Recursion
 * goes as deep as partitions are nested. */
static bool is_listed(const ls_builder *builder, const ls_words *patterns, ls_relation_id id) {
    const ls_relation *relation = ls_relation_of(builder, id);
    if (relation == NULL || patterns->count == 0)
        return false;
    if (is_named(patterns, relation))
        return true;
    if (relation->kind == LS_RELATION_INDEX)
        return is_listed(builder, patterns, relation->table);
    for (size_t i = 0; i < relation->parents.count; i++)
        if (is_listed(builder, patterns, relation->parents.items[i]))
            return true;
    return false;
}

bool ls_is_hot(const ls_builder *builder, ls_relation_id id) {
    return is_listed(builder, &builder->replay->options.hot_tables, id);
}

bool ls_is_small(const ls_builder *builder, ls_relation_id id) {
    return is_listed(builder, &builder->replay->options.small_tables, id);
}
