/*
 * live.h - who runs when, and what they use.
 */
#ifndef LS_PLAN_LIVE_H
#define LS_PLAN_LIVE_H

#include "plan/facts.h"

/* Lists the versions, and sets who is live in each of the stages. */
void ls_find_live(ls_plan_facts *facts);

bool ls_is_live(const ls_plan_facts *facts, ls_version_set set, const ls_live_version *version);

/* The word, or one of them, names the column of the relation; column NULL: any of it. */
bool ls_word_names(const ls_plan_column *word, const ls_relation *relation, const char *column);
bool ls_names_column(const ls_plan_columns *words, const ls_relation *relation, const char *column);

/* The version reads, writes or does one of both to the column; NULL: to any of the relation. */
bool ls_version_reads(const ls_plan_facts *facts, const ls_live_version *version,
                      const ls_relation *relation, const char *column);
bool ls_version_writes(const ls_plan_facts *facts, const ls_live_version *version,
                       const ls_relation *relation, const char *column);
bool ls_version_uses(const ls_plan_facts *facts, const ls_live_version *version,
                     const ls_relation *relation, const char *column);
bool ls_anyone_uses(const ls_plan_facts *facts, ls_version_set set, const ls_relation *relation,
                    const char *column);

/* "v0, v1" */
const char *ls_version_names(const ls_plan_facts *facts, ls_version_set set);

#endif
