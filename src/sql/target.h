/*
 * target.h - the servers that migrations are judged for.
 */
#ifndef LS_SQL_TARGET_H
#define LS_SQL_TARGET_H

/* Major versions. What is usual is meant where nobody says. */
enum { LS_OLDEST_POSTGRES = 12, LS_USUAL_POSTGRES = 15, LS_NEWEST_POSTGRES = 18 };

#endif
