#include "plan/running.h"

ls_transaction_mode ls_mode_of(ls_running running) {
    static const ls_transaction_mode modes[] = {
        [LS_RUNS_STATEMENTS] = LS_TRANSACTION_PER_STATEMENT,
        [LS_RUNS_ONE_QUERY] = LS_TRANSACTION_IMPLICIT,
        [LS_RUNS_IN_TRANSACTION] = LS_TRANSACTION_PER_FILE,
        [LS_RUNS_ALL_TOGETHER] = LS_TRANSACTION_PER_RUN,
    };
    return modes[running];
}

ls_transaction_mode ls_mode_alone(ls_transaction_mode mode) {
    return mode == LS_TRANSACTION_PER_RUN ? LS_TRANSACTION_PER_FILE : mode;
}
