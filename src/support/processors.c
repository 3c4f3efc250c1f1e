#include "support/processors.h"

#include <unistd.h>

size_t ls_helpers(size_t most) {
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (processors < 1)
        return 0;
    const size_t others = (size_t)processors - 1;
    return others < most ? others : most;
}
