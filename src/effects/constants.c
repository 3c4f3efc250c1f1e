/*
 * constants.c - comparing literals as PostgreSQL would compare their values.
 *
 * Numbers compare as integers, dates and timestamps as text of one shape, anything else only as
 * equal or, where equal values have one text, as different. What needs more than that (a locale, a
 * TimeZone, an input function) is unknown.
 */
#include "effects/constants.h"

#include "support/same.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DATE_LENGTH = sizeof "2024-01-01" - 1, CASTS_DEEP = 8 };

typedef enum { IS_NUMBER, IS_TIME, IS_TEXT, IS_OTHER } type_family;

static const struct {
    const char *type;
    type_family family;
} families[] = {
    {"int2", IS_NUMBER},    {"int4", IS_NUMBER},  {"int8", IS_NUMBER},
    {"numeric", IS_NUMBER}, {"date", IS_TIME},    {"text", IS_TEXT},
    {"timestamp", IS_TIME}, {"varchar", IS_TEXT}, {"timestamptz", IS_TIME},
};

static type_family family_of(const char *type) {
    for (size_t i = 0; type && i < sizeof families / sizeof *families; i++)
        if (ls_same_text(families[i].type, type))
            return families[i].family;
    return IS_OTHER;
}

/* A cast that leaves the comparison to the operator of the key's type: to that type, or among
 * integers and among strings, which share their operators. */
static bool cast_is_harmless(const char *type, const ls_type_name *to) {
    if (!to || to->dimensions > 0 || to->column_type)
        return false;
    if (!type)
        return to->modifier_count == 0;
    type_family family = family_of(type);
    bool shared = (family == IS_NUMBER && !ls_same_text(type, "numeric") &&
                   !ls_same_text(to->name, "numeric")) ||
                  family == IS_TEXT;
    return ls_same_text(type, to->name) || (shared && family_of(to->name) == family);
}

static const ls_expression *strip_casts(const char *type, const ls_expression *constant) {
    for (int depth = 0; depth < CASTS_DEEP && constant && constant->kind == LS_EXPR_CAST; depth++) {
        if (constant->arguments.count != 1 || !cast_is_harmless(type, constant->type))
            return NULL;
        constant = constant->arguments.items[0];
    }
    return constant;
}

static bool read_digits(const char *text, int64_t *integer) {
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || end == text || *end)
        return false;
    *integer = value;
    return true;
}

static bool read_integer(const char *type, const ls_expression *constant, int64_t *integer) {
    bool quoted = constant->kind == LS_EXPR_STRING && family_of(type) == IS_NUMBER;
    if (constant->kind == LS_EXPR_INTEGER) {
        *integer = constant->integer;
        return true;
    }
    if (constant->kind == LS_EXPR_OPERATOR && constant->arguments.count == 1 && constant->text &&
        ls_same_text(constant->text, "-") && constant->arguments.items[0] &&
        constant->arguments.items[0]->kind == LS_EXPR_INTEGER) {
        *integer = -constant->arguments.items[0]->integer;
        return true;
    }
    return (quoted || constant->kind == LS_EXPR_FLOAT) && constant->text &&
           read_digits(constant->text, integer);
}

/* "2024-01-01", with or without a time of day behind it. */
static bool starts_with_date(const char *text) {
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < DATE_LENGTH; i++)
        if (shape[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != shape[i])
            return false;
    return text[DATE_LENGTH] == '\0' || text[DATE_LENGTH] == ' ' || text[DATE_LENGTH] == 'T';
}

/* Where the zone begins, which must be the same on both sides. */
static size_t zone_start(const char *text) {
    size_t length = DATE_LENGTH;
    if (text[length])
        length++;
    return length + strspn(text + length, "0123456789:.");
}

/* The digits of a time of day; a date alone is midnight. */
static const char *time_of_day(const char *text) {
    static const char midnight[] = "00:00:00";
    return text[DATE_LENGTH] ? text + DATE_LENGTH + 1 : midnight;
}

static ls_order order_of_sign(int sign) {
    return sign < 0 ? LS_ORDER_LESS : sign > 0 ? LS_ORDER_GREATER : LS_ORDER_EQUAL;
}

static ls_order compare_times(const char *one, const char *other) {
    if (!starts_with_date(one) || !starts_with_date(other) ||
        !ls_same_text(one + zone_start(one), other + zone_start(other)))
        return LS_ORDER_UNKNOWN;
    int dates = strncmp(one, other, DATE_LENGTH);
    if (dates != 0)
        return order_of_sign(dates);
    const char *one_time = time_of_day(one), *other_time = time_of_day(other);
    size_t length = strspn(one_time, "0123456789:.");
    if (strspn(other_time, "0123456789:.") != length)
        return LS_ORDER_UNKNOWN;
    return order_of_sign(strncmp(one_time, other_time, length));
}

static ls_order compare_texts(type_family family, const char *one, const char *other) {
    if (ls_same_text(one, other))
        return LS_ORDER_EQUAL;
    if (family == IS_TIME)
        return compare_times(one, other);
    return family == IS_TEXT ? LS_ORDER_DIFFERENT : LS_ORDER_UNKNOWN;
}

ls_order ls_compare_constants(const char *type, const ls_expression *one,
                              const ls_expression *other) {
    one = strip_casts(type, one);
    other = strip_casts(type, other);
    if (!one || !other)
        return LS_ORDER_UNKNOWN;
    int64_t one_integer, other_integer;
    if (read_integer(type, one, &one_integer) && read_integer(type, other, &other_integer))
        return order_of_sign((one_integer > other_integer) - (one_integer < other_integer));
    if (one->kind != LS_EXPR_STRING || other->kind != LS_EXPR_STRING || !one->text || !other->text)
        return LS_ORDER_UNKNOWN;
    return compare_texts(family_of(type), one->text, other->text);
}
