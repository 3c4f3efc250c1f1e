/*
 * type_facts.h - what PostgreSQL's own catalog says about built-in types and casts.
 *
 * For types.c and its neighbours only. Types are named as pg_type.typname names them.
 */
#ifndef LS_EFFECTS_TYPE_FACTS_H
#define LS_EFFECTS_TYPE_FACTS_H

#include "catalog/catalog.h"

/* What the numbers in parentheses mean, and so when a change of them costs nothing. */
typedef enum {
    LS_MODIFIER_NONE,
    LS_MODIFIER_LENGTH,       /* varchar, varbit: a limit; widening is free */
    LS_MODIFIER_FIXED_LENGTH, /* char, bit: part of what is stored */
    LS_MODIFIER_NUMERIC,      /* precision and scale */
    LS_MODIFIER_FRACTION,     /* digits of a second */
    LS_MODIFIER_INTERVAL,     /* fields, and digits of a second */
} ls_modifier_kind;

typedef struct {
    const char *name;
    const char *spelling; /* as people write it */
    char category;        /* pg_type.typcategory: S strings, N numbers, ... */
    const char *order;    /* input type of its default btree operator class; NULL if it has none */
    ls_modifier_kind modifiers;
    int text_width; /* the longest text form of any value, 0 if there is no such bound */
} ls_type_facts;

/* The facts of a type by its name, array dimensions left aside; NULL for user types. */
const ls_type_facts *ls_type_facts_of(const ls_data_type *type);

/* True if the name is in the list, where each name stands between blanks. */
bool ls_lists_name(const char *names, const char *name);

/* From the most to the least willing: an implicit cast is also used in assignments. */
typedef enum { LS_CAST_IMPLICIT, LS_CAST_ASSIGNMENT, LS_CAST_EXPLICIT } ls_cast_context;

typedef enum {
    LS_CAST_NONE,      /* there is no such cast */
    LS_CAST_BINARY,    /* the stored bytes are the same */
    LS_CAST_FUNCTION,  /* a function converts */
    LS_CAST_TEXT_FORM, /* out through the text form and in again */
    LS_CAST_ELEMENTS,  /* array to array, element by element */
    LS_CAST_UNKNOWN,   /* one of the types is not known well enough */
} ls_cast_method;

/* The cast of pg_cast between two built-in types that may be used in that context;
 * LS_CAST_UNKNOWN if pg_cast has no entry for the pair at all. */
ls_cast_method ls_listed_cast(const char *from, const char *to, ls_cast_context context);

/* True if pg_cast has a binary cast from another type to this one. */
bool ls_has_binary_sources(const char *to);

/* The same type, modifiers left aside. */
bool ls_same_type(const ls_data_type *one, const ls_data_type *other);

/* The same modifiers, where numeric(10) is numeric(10,0). */
bool ls_same_modifiers(const ls_data_type *one, const ls_data_type *other);

/* The type under a domain, through domains over domains; the type itself if it is none. */
ls_data_type ls_base_type(const ls_catalog *catalog, const ls_data_type *type);

/* True if a value with the modifiers of `from` needs no work to get those of `to`, a type of the
 * same name: PostgreSQL's support functions (varchar_support, numeric_support, ...). */
bool ls_modifiers_are_kept(const ls_data_type *from, const ls_data_type *to);

/* What can become of values that were fine. */
enum { LS_FATE_REFUSED = 1, LS_FATE_ROUNDED = 2, LS_FATE_CUT = 4 };

/* The fates of a column's values that a change from one type to the other can bring about where
 * nothing but the assignment converts them; 0: every value is kept. Neither is a domain. Measured
 * on 15. */
unsigned ls_fates_of_change(const ls_data_type *from, const ls_data_type *to);
bool ls_type_narrows(const ls_data_type *from, const ls_data_type *to);

#endif
