#include <stdio.h>

int main(void) {
    fputs("lockstep " LOCKSTEP_VERSION "\n", stdout);
    return 0;
}
