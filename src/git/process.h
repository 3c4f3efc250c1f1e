/*
 * process.h - another program as a child process: an argument vector, never a shell.
 */
#ifndef LS_GIT_PROCESS_H
#define LS_GIT_PROCESS_H

#include "support/arena.h"

#include <stdio.h>
#include <sys/types.h>

typedef struct {
    int error;          /* errno, if it could not be started or read; else 0 */
    int status;         /* what it exited with; 128 and the number of a signal that ended it */
    const char *output; /* of standard output, with a NUL behind it */
    size_t length;
    const char *complaint; /* standard error on one line */
} ls_process_result;

/* Runs a program to its end, with nothing to read. Both lists end with NULL; the first argument is
 * the program, which is looked for in PATH. */
ls_process_result ls_process_run(ls_arena *arena, const char *const *arguments,
                                 const char *const *environment);

/* The same in two steps, between which the program runs beside its caller: what is begun has to be
 * finished, also where it could not be started. */
typedef struct {
    int error; /* errno, if it could not be started */
    pid_t id;
    int output, complaint; /* descriptors */
} ls_process_running;
ls_process_running ls_process_begin(const char *const *arguments, const char *const *environment);
ls_process_result ls_process_finish(ls_arena *arena, const ls_process_running *running);

/* A program that is asked and answers, as often as the caller wants. */
typedef struct {
    pid_t id;
    int questions; /* a descriptor */
    FILE *answers;
} ls_process;

/* 0, or the errno that says why it could not be started. What it complains of is dropped: its
 * answers have to say what is wrong. */
int ls_process_start(ls_process *process, const char *const *arguments,
                     const char *const *environment);
void ls_process_end(ls_process *process);

/* Write or read all of so many bytes, or read a line without its end, which has to fit; 0 or an
 * errno, EPIPE if the other side has ended. */
int ls_process_write(const ls_process *process, const char *bytes, size_t length);
int ls_process_read(const ls_process *process, char *bytes, size_t length);
int ls_process_read_line(const ls_process *process, char *line, size_t size);

#endif
