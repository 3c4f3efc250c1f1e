/*
 * drop.h - what the parts of DROP share.
 *
 * A DROP takes more than it names: partitions, indexes and owned sequences go with their table, and
 * with CASCADE everything that depends on it. The closure is computed first, without touching the
 * catalog, so that a refusal changes nothing and every lock is noted under the old names.
 */
#ifndef LS_EFFECTS_DROP_H
#define LS_EFFECTS_DROP_H

#include "effects/builder.h"

#include "catalog/dependencies.h"

typedef struct {
    ls_builder *builder;
    const ls_drop *drop;
    ls_relation_ids relations;  /* that go: named ones, their partitions, views by CASCADE */
    ls_dependencies dependents; /* that CASCADE takes: foreign keys, defaults, columns, ... */
} ls_dropping;

/* Adds a relation that goes, with its partitions; its dependents are found by ls_drop_closure. */
void ls_drop_add(ls_dropping *dropping, ls_relation_id id);
bool ls_drop_has(const ls_dropping *dropping, ls_relation_id id);

/* Adds what depends on an object that goes. Without CASCADE the statement is refused for it:
 * "cannot drop table t because other objects depend on it"; `what` is "table t". */
void ls_drop_dependents(ls_dropping *dropping, const ls_dependencies *dependents, const char *what,
                        ls_span at);

/* Adds the dependents of every relation that goes, until nothing new is found. */
void ls_drop_closure(ls_dropping *dropping, ls_span at);

/* Notes the locks on all that goes and on all that loses a part. */
void ls_drop_locks(ls_dropping *dropping, ls_span at);

/* Takes all of it out of the catalog. */
void ls_drop_apply(ls_dropping *dropping);

/* --- The kinds ------------------------------------------------------------------------------ */

void ls_drop_relations(ls_builder *builder, const ls_drop *drop);
void ls_drop_indexes(ls_builder *builder, const ls_drop *drop);
void ls_drop_types(ls_builder *builder, const ls_drop *drop);
void ls_drop_functions(ls_builder *builder, const ls_drop *drop);
void ls_drop_schemas(ls_builder *builder, const ls_drop *drop);
/* Triggers, rules and policies. */
void ls_drop_table_parts(ls_builder *builder, const ls_drop *drop);
/* Statistics, extensions, publications, databases, roles and everything else. */
void ls_drop_others(ls_builder *builder, const ls_drop *drop);

/* cascade and if_exists, as every drop effect has them. */
void ls_describe_drop(ls_builder *builder, ls_effect *effect, const ls_drop *drop);

/* Refuses what was there when the migration began and has been dropped since, and a name with its
 * schema in one pair of quotes; of another that nothing has named so far it is doubted that it is
 * there. In second_drop.c. */
bool ls_refuse_second_drop(ls_builder *builder, const ls_drop *drop, const ls_name *name);

#endif
