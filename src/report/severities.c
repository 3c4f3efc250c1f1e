#include "report/severities.h"

const ls_severity_names *ls_severity_names_of(ls_severity severity) {
    static const ls_severity_names NAMES[] = {
        [LS_SEVERITY_ERROR] = {"error", "error", "error", "major", "critical", "error", "ERROR",
                               "error"},
        [LS_SEVERITY_WARNING] = {"warning", "warning", "warning", "minor", "major", "warning",
                                 "WARNING", "warning"},
        [LS_SEVERITY_INFO] = {"notice", "note", "recommendation", "info", "info", "info", "INFO",
                              NULL},
    };
    return &NAMES[severity];
}
