/*
 * names.c - the words that rules and people use for effects, attributes and their values.
 */
#include "effects/effects.h"

#include "support/same.h"

#include <string.h>

typedef struct {
    const char *name;
    const char *attributes; /* separated by blanks */
} effect_name;

static const effect_name effects[LS_EFFECTS_END] = {
#define LS_EFFECT(enumerator, name, attributes) [LS_EFFECT_##enumerator] = {name, attributes},
#include "effects/effects.def"
#undef LS_EFFECT
};

typedef struct {
    const char *name;
    ls_value_kind kind;
} attribute_name;

static const attribute_name attributes[LS_ATTRIBUTES_END] = {
#define LS_ATTRIBUTE(enumerator, name, kind) [LS_ATTRIBUTE_##enumerator] = {name, LS_VALUE_##kind},
#include "effects/attributes.def"
#undef LS_ATTRIBUTE
};

/* attributes.def starts with those that every effect may have. */
static const ls_attribute last_common = LS_ATTRIBUTE_CERTAINTY;

static const char *const works[] = {
    [LS_WORK_NONE] = "none",       [LS_WORK_ROWS] = "rows",   [LS_WORK_SCAN] = "scan",
    [LS_WORK_COPY] = "copy",       [LS_WORK_BUILD] = "build", [LS_WORK_REWRITE] = "rewrite",
    [LS_WORK_UNKNOWN] = "unknown",
};

static const char *const origins[] = {
    [LS_ORIGIN_UNKNOWN] = "unknown",
    [LS_ORIGIN_EXISTED] = "existed",
    [LS_ORIGIN_NEW_IN_CHANGE_SET] = "new_in_change_set",
    [LS_ORIGIN_NEW_IN_FILE] = "new_in_file",
};

static const char *const relation_kinds[] = {
    [LS_RELATION_TABLE] = "table",
    [LS_RELATION_PARTITIONED_TABLE] = "partitioned_table",
    [LS_RELATION_FOREIGN_TABLE] = "foreign_table",
    [LS_RELATION_VIEW] = "view",
    [LS_RELATION_MATERIALIZED_VIEW] = "materialized_view",
    [LS_RELATION_INDEX] = "index",
    [LS_RELATION_SEQUENCE] = "sequence",
    [LS_RELATION_COMPOSITE_TYPE] = "composite_type",
    [LS_RELATION_UNKNOWN] = "unknown",
};

const char *ls_effect_name(ls_effect_kind kind) {
    return effects[kind].name;
}

bool ls_effect_by_name(const char *name, ls_effect_kind *kind) {
    for (size_t i = 0; i < LS_EFFECTS_END; i++)
        if (ls_same_text(effects[i].name, name)) {
            *kind = (ls_effect_kind)i;
            return true;
        }
    return false;
}

const char *ls_attribute_name(ls_attribute attribute) {
    return attributes[attribute].name;
}

bool ls_attribute_by_name(const char *name, ls_attribute *attribute) {
    for (size_t i = 0; i < LS_ATTRIBUTES_END; i++)
        if (attributes[i].name[0] == name[0] && ls_same_text(attributes[i].name, name)) {
            *attribute = (ls_attribute)i;
            return true;
        }
    return false;
}

ls_value_kind ls_attribute_kind(ls_attribute attribute) {
    return attributes[attribute].kind;
}

bool ls_effect_has(ls_effect_kind kind, ls_attribute attribute) {
    if (attribute <= last_common)
        return true;
    const char *name = attributes[attribute].name;
    size_t length = strlen(name);
    const char *word = effects[kind].attributes;
    while (*word != 0) {
        size_t word_length = strcspn(word, " ");
        if (word_length == length && memcmp(word, name, length) == 0)
            return true;
        word += word_length;
        word += strspn(word, " ");
    }
    return false;
}

const char *ls_work_name(ls_work work) {
    return works[work];
}

const char *ls_origin_name(ls_origin origin) {
    return origins[origin];
}

const char *ls_relation_kind_name(ls_relation_kind kind) {
    return relation_kinds[kind];
}
