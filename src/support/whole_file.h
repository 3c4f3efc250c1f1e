/*
 * whole_file.h - files that are written all or not at all.
 */
#ifndef LS_SUPPORT_WHOLE_FILE_H
#define LS_SUPPORT_WHOLE_FILE_H

#include "support/buffer.h"

/* Writes the text beside the file and puts it in its place: nobody ever sees a part of it under the
 * file's name, and what was there stays if it cannot be done. What is there and is no regular file
 * (a pipe, a device) is written to as it is. 0, or why not (errno). */
int ls_write_whole_file(const char *path, const ls_buffer *text);

/* Adds the text to the end of a file, which is as it was if it cannot be done. 0, or why not. */
int ls_add_to_file(const char *path, const ls_buffer *text);

#endif
