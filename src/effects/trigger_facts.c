#include "effects/trigger_facts.h"

#include <string.h>

bool ls_trigger_changes_row(char timing) {
    return timing == 'b';
}

const char *ls_trigger_loss(char timing, bool assigns_to_new, const char *returned) {
    if (timing == 'a' && assigns_to_new)
        return "it fires AFTER the row is written, so that what it assigns to NEW goes nowhere";
    if (!ls_trigger_changes_row(timing) || returned == NULL)
        return NULL;
    return strcmp(returned, "NULL") == 0
               ? "RETURN NULL leaves the row out of the INSERT or UPDATE, without an error"
               : "RETURN OLD gives back the row as it was, without an error";
}
