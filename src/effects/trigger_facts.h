/*
 * trigger_facts.h - what comes of the row that a row trigger gives back (PostgreSQL's manual,
 * "Overview of Trigger Behavior").
 */
#ifndef LS_EFFECTS_TRIGGER_FACTS_H
#define LS_EFFECTS_TRIGGER_FACTS_H

#include <stdbool.h>

/* Whether what is assigned to NEW is written: only of a trigger that fires before it is. The timing
 * is that of ls_catalog_trigger. */
bool ls_trigger_changes_row(char timing);

/* Why what a row trigger is to write or assigns on INSERT or UPDATE is lost; NULL: it is not.
 * `returned`: "NULL" or "OLD" where it gives that back, else NULL. */
const char *ls_trigger_loss(char timing, bool assigns_to_new, const char *returned);

#endif
