/*
 * describing.h - how descriptions are written; for the files of this room only.
 */
#ifndef LS_REVERSAL_DESCRIBING_H
#define LS_REVERSAL_DESCRIBING_H

#include "reversal/description.h"

/* A fact without a value is left out by itself: nothing and the usual are the same. */
void ls_add_fact(ls_description *to, ls_part *part, const char *property, const char *value);
/* One that is SQL as it was written. */
void ls_add_wording(ls_description *to, ls_part *part, const char *property, const char *value);
void ls_add_part(ls_description *to, const ls_part *part);

/* The facts that were noted of a relation, or of a part of one. */
void ls_add_notes(ls_description *to, ls_part *part, const ls_relation *relation,
                  ls_object_kind kind, const char *about, const ls_birth *since);

/* Tables, views, indexes, sequences, composite types, with all that is in them. */
void ls_describe_relation(ls_description *to, const ls_relation *relation);
void ls_describe_constraint(ls_description *to, const ls_relation *table,
                            const ls_catalog_constraint *constraint);
void ls_describe_type(ls_description *to, const ls_catalog_type *type);
void ls_describe_function(ls_description *to, const ls_catalog_function *function);
/* What was noted of these objects, and the notes among them, of whatever they are. */
void ls_describe_notes(ls_description *to, const ls_catalog_objects *objects);

/* How an object's key is made up, and what it is called. */
const char *ls_object_key(ls_arena *arena, const char *object, const char *schema,
                          const char *name);
const char *ls_type_word(const ls_catalog_type *type);
const char *ls_function_word(const ls_catalog_function *function);
const char *ls_signature_text(ls_arena *arena, const ls_catalog_function *function);

/* The key of a relation, and of a part of it. */
const char *ls_relation_key(ls_arena *arena, const ls_relation *relation);
const char *ls_part_key(ls_arena *arena, const char *object, const ls_relation *relation,
                        const char *name);

/* A name without "public." in front. */
const char *ls_without_public(const char *name);
const char *ls_plain_name(ls_arena *arena, const char *schema, const char *name);

/* An expression, list or text in one spelling. */
const char *ls_expression_text(ls_arena *arena, const ls_expression *expression);
const char *ls_list_text(ls_arena *arena, const ls_words *words);
const char *ls_elements_text(ls_arena *arena, const ls_index_elements *elements);
const char *ls_normal_text(ls_arena *arena, const ls_source *source, ls_span at);

#endif
