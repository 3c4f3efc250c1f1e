/*
 * side_by_side.h - a long report written by two threads.
 *
 * What is said of one finding does not depend on what was said of another, so that a second
 * processor can write every other run of them while the first writes the run before. The bytes are
 * the same, and in the same order, as if one had written them all.
 */
#ifndef LS_REPORT_SIDE_BY_SIDE_H
#define LS_REPORT_SIDE_BY_SIDE_H

#include "support/buffer.h"

/* Writes the items from `begin` to before `end`; called from two threads at a time, which share
 * nothing but what `context` points to. */
typedef void ls_write_items(ls_buffer *out, size_t begin, size_t end, const void *context);

/* Writes all of the items in their order. */
void ls_write_side_by_side(ls_buffer *out, size_t count, ls_write_items *write,
                           const void *context);

#endif
