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

/* Names that somebody who asks about one of them will soon ask about as well. */
enum { LS_BLOBS_AT_ONCE = 60 };
typedef struct {
    LS_VECTOR(const char *) names; /* ids; at most LS_BLOBS_AT_ONCE */
    bool asked;
} ls_blob_batch;

/*
 * What git keeps under a name: an id, or "COMMIT:PATH" without a line end in it. 0, or an errno:
 * ENOENT if there is nothing, EISDIR if it is no content. From any thread; the text, with a NUL
 * behind it, lives in the arena. Of a content that is too large for a source only the length is
 * given.
 */
int ls_blobs_read(ls_blobs *blobs, ls_arena *arena, const char *name, const char **text,
                  size_t *length);

/* The same of one in a batch: the first question is about all of them, which saves waiting for each
 * answer. The text lives as long as the blobs. */
int ls_blobs_read_one_of(ls_blobs *blobs, ls_blob_batch *batch, const char *name, const char **text,
                         size_t *length);

/* As ls_repository_commit, without a process of its own. */
const char *ls_blobs_commit(ls_blobs *blobs, const char *revision);

#endif
