/*
 * measure.c - measure RUNS COMMAND A ... -- COMMAND B ...: runs the two in turn and prints, for
 * each and as their ratio, the CPU time and the wall time (least and median) and the peak memory of
 * the whole process.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 101 };

typedef struct {
    double cpu[MOST_RUNS], wall[MOST_RUNS]; /* seconds */
    long kilobytes;
} measured;

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void run_once(char **command, measured *result, int number) {
    const double start = now();
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        execv(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) {
        fprintf(stderr, "measure: %s failed\n", command[0]);
        exit(2);
    }
    result->wall[number] = now() - start;
    result->cpu[number] = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    if (usage.ru_maxrss > result->kilobytes)
        result->kilobytes = usage.ru_maxrss;
}

static int compare(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static void print(const char *name, measured *result, int runs) {
    qsort(result->cpu, (size_t)runs, sizeof(double), compare);
    qsort(result->wall, (size_t)runs, sizeof(double), compare);
    printf("  %-10s CPU %8.1f ms least, %8.1f ms median; wall %8.1f ms least, %8.1f ms median; "
           "peak memory %7.1f MB\n",
           name, 1e3 * result->cpu[0], 1e3 * result->cpu[runs / 2], 1e3 * result->wall[0],
           1e3 * result->wall[runs / 2], (double)result->kilobytes / 1024);
}

int main(int count, char **arguments) {
    int split = 2;
    while (split < count && strcmp(arguments[split], "--") != 0)
        split++;
    if (split < 3 || split >= count - 1) {
        fputs("usage: measure RUNS COMMAND ... -- COMMAND ...\n", stderr);
        return 2;
    }
    long wanted = strtol(arguments[1], NULL, 10);
    int runs = wanted < 1 ? 1 : wanted > MOST_RUNS ? MOST_RUNS : (int)wanted;
    arguments[split] = NULL;
    static measured first, second;
    for (int i = -1; i < runs; i++) { /* the first pair only warms up */
        run_once(arguments + 2, &first, i < 0 ? 0 : i);
        run_once(arguments + split + 1, &second, i < 0 ? 0 : i);
    }
    print("lockstep", &first, runs);
    print("floor", &second, runs);
    printf("  ratio      CPU %8.2f, wall %8.2f\n", first.cpu[runs / 2] / second.cpu[runs / 2],
           first.wall[runs / 2] / second.wall[runs / 2]);
    return 0;
}
