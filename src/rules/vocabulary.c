/*
 * vocabulary.c - a condition on a word that no statement ever has would never hold, and nobody
 * would notice: the sets that attributes.def describes stand here for the loader to check.
 */
#include "rules/vocabulary.h"

#define MOST_WORDS 10

typedef struct {
    ls_attribute attribute;
    const char *words[MOST_WORDS];
} word_set;

static const word_set sets[] = {
    {LS_ATTRIBUTE_RELATION_ORIGIN, {"unknown", "existed", "new_in_change_set", "new_in_file"}},
    {LS_ATTRIBUTE_RELATION_KIND,
     {"table", "partitioned_table", "foreign_table", "view", "materialized_view", "index",
      "sequence", "composite_type", "unknown"}},
    {LS_ATTRIBUTE_BLOCKS, {"reads", "writes"}},
    {LS_ATTRIBUTE_WORK, {"none", "rows", "scan", "copy", "build", "rewrite", "unknown"}},
    {LS_ATTRIBUTE_TRANSACTION, {"statement", "file", "all", "explicit"}},
    {LS_ATTRIBUTE_UNDO, {"none_needed", "exact", "loses_data", "impossible"}},
    {LS_ATTRIBUTE_CERTAINTY, {"exact", "assumed"}},
    {LS_ATTRIBUTE_BREAKS, {"readers", "writers"}},
    {LS_ATTRIBUTE_CONSTRAINT_KIND,
     {"check", "foreign_key", "unique", "primary_key", "exclude", "not_null", "unknown"}},
    {LS_ATTRIBUTE_GENERATED, {"stored", "virtual"}},
    {LS_ATTRIBUTE_DATA, {"empty", "sample", "full"}},
    {LS_ATTRIBUTE_VERB,
     {"expand", "constrain", "contract", "backfill", "check", "deploy", "soak", "rehearse"}},
    {LS_ATTRIBUTE_PHASE,
     {"none", "read", "add", "index", "loosen", "tighten", "prove", "remove", "rename", "data"}},
    {LS_ATTRIBUTE_PERSISTENCE, {"permanent", "unlogged", "temporary"}},
    {LS_ATTRIBUTE_PROBLEM, {"malformed", "no_reason", "unknown_rule", "unused"}},
    {LS_ATTRIBUTE_ROWS, {"all", "many", "bounded", "few", "values"}},
    {LS_ATTRIBUTE_TIMEOUT, {"none", "zero", "set", "runner"}},
    {LS_ATTRIBUTE_STATEMENT_TIMEOUT, {"none", "zero", "set", "runner"}},
};

const char *const *ls_vocabulary(ls_attribute attribute, size_t *count) {
    if (attribute == LS_ATTRIBUTE_LOCK || attribute == LS_ATTRIBUTE_MODE)
        return ls_lock_names(count);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (sets[i].attribute == attribute) {
            *count = 0;
            while (*count < MOST_WORDS && sets[i].words[*count] != NULL)
                ++*count;
            return sets[i].words;
        }
    *count = 0;
    return NULL;
}
