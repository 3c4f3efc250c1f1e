/*
 * main.c - the lockstep command.
 */
#include "lockstep/lockstep.h"

#include <signal.h>
#include <stddef.h>

int main(int count, char **arguments) {
    signal(SIGPIPE, SIG_IGN);
    return count > 0 ? lockstep_run(count - 1, (const char *const *)arguments + 1)
                     : lockstep_run(0, NULL);
}
