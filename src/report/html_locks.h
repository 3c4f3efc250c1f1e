/*
 * html_locks.h - who waits for what, file by file.
 */
#ifndef LS_REPORT_HTML_LOCKS_H
#define LS_REPORT_HTML_LOCKS_H

#include "report/timeline.h"

/* The picture of the file's locks and the table of who waits; findings are links to "finding-N",
 * counted from 1. */
void ls_write_file_locks(ls_buffer *out, const ls_findings_index *index,
                         const ls_timeline_file *file, size_t number);

#endif
