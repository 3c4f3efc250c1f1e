/*
 * processors.h - whether a second thread can be of help.
 */
#ifndef LS_SUPPORT_PROCESSORS_H
#define LS_SUPPORT_PROCESSORS_H

#include <stddef.h>

/* How many threads can help this one at a time, `most` at most: one for every processor but its
 * own; 0 where the system does not tell. */
size_t ls_helpers(size_t most);

#endif
