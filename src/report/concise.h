/*
 * concise.h - a finding on one line.
 */
#ifndef LS_REPORT_CONCISE_H
#define LS_REPORT_CONCISE_H

#include "rules/rules.h"
#include "support/buffer.h"

/* "path:line:column: severity: message [rule]", escaped, without a line end. No path makes the line
 * a command to GitHub: one that could gets ./ before it. */
void ls_write_concise(ls_buffer *out, const ls_finding *finding);

#endif
