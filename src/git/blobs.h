/*
 * blobs.h - contents that git keeps, from one `git cat-file --batch` that lives as long as it is
 * asked.
 */
#ifndef LS_GIT_BLOBS_H
#define LS_GIT_BLOBS_H

#include "git/repository.h"

#include <stdint.h>

typedef struct ls_blobs ls_blobs;

/* The process is started by the first question; it ends with ls_blobs_free. */
ls_blobs *ls_blobs_new(ls_repository *repository);
void ls_blobs_free(ls_blobs *blobs);

/*
 * What git keeps under a name: an id, or "COMMIT:PATH" without a line end in it. 0, or an errno:
 * ENOENT if there is nothing, EISDIR if it is no content. From any thread; the text, with a NUL
 * behind it, lives in the arena. Of a content that is too large for a source only the length is
 * given.
 */
int ls_blobs_read(ls_blobs *blobs, ls_arena *arena, const char *name, const char **text,
                  size_t *length);

#endif
