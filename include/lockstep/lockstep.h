/*
 * lockstep.h - lockstep from within another program.
 *
 * What the lockstep command does, the library does: the command is a main() around lockstep_run.
 * A program that wants findings as data asks for them as such, with {"check", "--format", "json"};
 * the form of that output is a contract, the structures inside the library are none.
 */
#ifndef LOCKSTEP_LOCKSTEP_H
#define LOCKSTEP_LOCKSTEP_H

#ifdef __cplusplus
extern "C" {
#endif

/* How a run ends. */
enum {
    LOCKSTEP_CLEAN = 0,       /* nothing found that is as grave as --fail-on says */
    LOCKSTEP_FINDINGS = 1,    /* something was */
    LOCKSTEP_JOB_NOT_DONE = 2 /* wrong arguments or configuration, a file that cannot be read */
};

/* Runs a command line, given without the program's name: {"check", "migrations"}. Results go to
 * standard output, messages to standard error. Keeps nothing between calls, and ends neither the
 * process nor its signal handlers: a program that may lose its reader has to ignore SIGPIPE. */
int lockstep_run(int count, const char *const *arguments);

#ifdef __cplusplus
}
#endif

#endif
