#include "support/memory.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXIT_JOB_NOT_DONE = 2 };

_Noreturn void ls_out_of_memory(void) {
    fputs("lockstep: out of memory\n", stderr);
    exit(EXIT_JOB_NOT_DONE);
}

void *ls_allocate(size_t size) {
    void *memory = malloc(size > 0 ? size : 1);
    if (memory == NULL)
        ls_out_of_memory();
    return memory;
}

void *ls_allocate_zeroed(size_t size) {
    void *memory = calloc(1, size > 0 ? size : 1);
    if (memory == NULL)
        ls_out_of_memory();
    return memory;
}

void *ls_reallocate(void *memory, size_t size) {
    void *larger = realloc(memory, size > 0 ? size : 1);
    if (larger == NULL)
        ls_out_of_memory();
    return larger;
}
