#include "sql/lower/parse.h"

#include "sql/lower/lower_internal.h"

#include <stdlib.h>

bool ls_parse_only(char *text, ls_span span) {
    const char kept = text[span.end];
    text[span.end] = '\0';
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError parsed = LS_RAW_PARSE(text + span.begin);
    bool parses = parsed.error == NULL;
    if (!parses)
        pg_query_free_error(parsed.error);
    free(parsed.stderr_buffer);
    pg_query_exit_memory_context(context);
    text[span.end] = kept;
    return parses;
}
