/*
 * template.h - texts with placeholders.
 *
 * {attribute} stands for the attribute's value, {attribute?text} for the text where the attribute
 * is there and not false, {attribute!text} for the text where it is not, {{ and }} for literal
 * braces. The text behind a mark is a template itself. {attribute+suffix} is a name with something
 * behind it, inside the quotes if it has any.
 */
#ifndef LS_RULES_TEMPLATE_H
#define LS_RULES_TEMPLATE_H

#include "effects/effects.h"

typedef enum {
    LS_TEMPLATE_TEXT,     /* bytes to be shown as they are */
    LS_TEMPLATE_VALUE,    /* {attribute} */
    LS_TEMPLATE_NAME,     /* {attribute+suffix} */
    LS_TEMPLATE_OPTIONAL, /* {attribute?text} */
    LS_TEMPLATE_UNLESS,   /* {attribute!text} */
    LS_TEMPLATE_BRACE,    /* a brace that opens or closes nothing */
    LS_TEMPLATE_END,
} ls_template_kind;

typedef struct {
    ls_template_kind kind;
    const char *name; /* of the attribute */
    const char *text; /* NUL-terminated if there is a name */
    size_t length;
} ls_template_part;

/* The next part of a template; *at moves behind it. */
ls_template_part ls_template_next(ls_arena *arena, const char **at);

/* True if the attribute has a value to show; a flag: if it is true. */
bool ls_value_is_there(const ls_attribute_value *value);

/* A template that has been cut into its parts, to be rendered many times. */
typedef struct ls_template ls_template;

/* The template has been checked by the loader. It lives in the arena; NULL stays NULL. */
const ls_template *ls_template_cut(ls_arena *arena, const char *text);

/* The template with the effect's values; what the effect does not have is shown as `absent`, and
 * where that is NULL there is no text at all. What stands in an optional text counts only where it
 * is shown. NULL stays NULL. A text in which something stands for what is absent is for people: of
 * many words it names the first three, and counts the others. */
const char *ls_template_render(ls_arena *arena, const ls_template *template,
                               const ls_effect *effect, const char *absent);

#endif
