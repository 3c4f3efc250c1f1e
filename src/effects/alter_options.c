/*
 * alter_options.c - SET and RESET (...): storage parameters of tables, views and indexes.
 *
 * Which lock an option needs is a property of the option, wherever it is set (reloptions.c:
 * AlterTableGetRelOptionsLockLevel). The modes of tables' options and those of btree, gin, gist
 * and brin indexes are measured on 12 to 18.
 */
#include "effects/alter.h"

#include <string.h>

typedef struct {
    const char *name; /* with a trailing *: all that begin so */
    ls_lock_mode mode;
} option_lock;

/* What is not here takes ACCESS EXCLUSIVE: user_catalog_table, security_barrier, fastupdate,
 * gin_pending_list_limit, buffering, pages_per_range, autosummarize. */
static const option_lock option_locks[] = {
    {"fillfactor", LS_SHARE_UPDATE_EXCLUSIVE},
    {"autovacuum_*", LS_SHARE_UPDATE_EXCLUSIVE},
    {"parallel_workers", LS_SHARE_UPDATE_EXCLUSIVE},
    {"toast_tuple_target", LS_SHARE_UPDATE_EXCLUSIVE},
    {"log_autovacuum_min_duration", LS_SHARE_UPDATE_EXCLUSIVE},
    {"vacuum_*", LS_SHARE_UPDATE_EXCLUSIVE},
    {"deduplicate_items", LS_SHARE_UPDATE_EXCLUSIVE},
};

static bool fits(const char *pattern, const char *name) {
    size_t length = strlen(pattern);
    if (pattern[length - 1] == '*')
        return strncmp(pattern, name, length - 1) == 0;
    return strcmp(pattern, name) == 0;
}

static ls_lock_mode mode_of(const ls_option *option) {
    for (size_t i = 0; i < sizeof option_locks / sizeof *option_locks; i++)
        if (fits(option_locks[i].name, option->name))
            return option_locks[i].mode;
    return LS_ACCESS_EXCLUSIVE;
}

ls_lock_mode ls_options_lock(const ls_options *options) {
    ls_lock_mode strongest = LS_SHARE_UPDATE_EXCLUSIVE;
    for (LS_EACH(const ls_option, option, *options)) {
        ls_lock_mode mode = mode_of(option);
        if (mode > strongest)
            strongest = mode;
    }
    return strongest;
}

void ls_alter_options(ls_alteration *alteration, const ls_action *action) {
    ls_builder *builder = alteration->builder;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_SET_OPTIONS, action->at, alteration->relation);
    ls_set_written(builder, effect, LS_ATTRIBUTE_TEXT, builder->statement->at);
    ls_set_text(builder, effect, LS_ATTRIBUTE_OBJECT,
                ls_relation_kind_words(ls_altered(alteration)->kind));
    if (action->kind == LS_ALTER_SET_WITHOUT_OIDS)
        ls_add_word(builder, effect, LS_ATTRIBUTE_OPTIONS, "oids");
    if (action->options.count > 0 && ls_altered(alteration)->kind == LS_RELATION_PARTITIONED_TABLE)
        ls_refuse(builder, action->at, "cannot specify storage parameters for a partitioned table");
    for (LS_EACH(const ls_option, option, action->options)) {
        const char *name = option->schema == NULL ? option->name
                                                  : ls_arena_format(builder->arena, "%s.%s",
                                                                    option->schema, option->name);
        ls_add_word(builder, effect, LS_ATTRIBUTE_OPTIONS, name);
    }
}
