/*
 * template.h - texts with placeholders: {attribute}, with {{ and }} for literal braces.
 */
#ifndef LS_RULES_TEMPLATE_H
#define LS_RULES_TEMPLATE_H

#include "effects/effects.h"

typedef enum {
    LS_TEMPLATE_TEXT,  /* bytes to be shown as they are */
    LS_TEMPLATE_NAME,  /* the name between the braces */
    LS_TEMPLATE_BRACE, /* a brace that opens or closes nothing */
    LS_TEMPLATE_END,
} ls_template_kind;

typedef struct {
    ls_template_kind kind;
    const char *text; /* not NUL-terminated */
    size_t length;
} ls_template_part;

/* The next part of a template; *at moves behind it. */
ls_template_part ls_template_next(const char **at);

/* The template with the effect's values; what the effect does not have is shown as `absent`. The
 * template has been checked by the loader. NULL stays NULL. */
const char *ls_template_render(ls_arena *arena, const char *text, const ls_effect *effect,
                               const char *absent);

#endif
