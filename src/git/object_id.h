/*
 * object_id.h - the name under which git keeps a content.
 *
 * It is what git gives an unchanged file, so that a file whose bytes have it needs no question. git
 * stays the judge of the others: it may have stored other bytes than those of the working tree
 * (line ends, filters).
 */
#ifndef LS_GIT_OBJECT_ID_H
#define LS_GIT_OBJECT_ID_H

#include <stddef.h>

enum { LS_OBJECT_ID_LENGTH = 40 /* hex digits */ };

/* The id in a repository of the usual format, SHA-1, with a NUL behind it. */
void ls_object_id_of(const char *text, size_t length, char id[LS_OBJECT_ID_LENGTH + 1]);

#endif
