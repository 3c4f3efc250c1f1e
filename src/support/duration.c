#include "support/duration.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* documentation: Setting Parameters, Parameter Names and Values. Case matters. */
static const struct {
    const char *name;
    int64_t microseconds;
} units[] = {
    {"", 1000},
    {"us", 1},
    {"ms", 1000},
    {"s", 1000000},
    {"min", 60000000},
    {"h", 3600000000LL},
    {"d", 24 * 3600000000LL},
};

const char ls_duration_pattern[] = "^[0-9]+ *(us|ms|s|min|h|d)?$";

static int64_t unit_of(const char *name) {
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].name, name) == 0)
            return units[i].microseconds;
    return 0;
}

bool ls_duration_read(const char *text, int *milliseconds) {
    const char *at = text;
    int64_t number = 0;
    for (; *at >= '0' && *at <= '9'; at++) {
        number = number * 10 + (*at - '0');
        if (number > INT_MAX * INT64_C(1000))
            return false;
    }
    int64_t unit = unit_of(at + strspn(at, " "));
    if (at == text || unit == 0 || number > INT64_MAX / unit - 1)
        return false;
    /* PostgreSQL rounds to its unit, which is milliseconds for every timeout. */
    int64_t rounded = number * unit / 1000 + (number * unit % 1000 >= 500);
    if (rounded > INT_MAX)
        return false;
    *milliseconds = (int)rounded;
    return true;
}
