#include "git/words.h"

#include <stdlib.h>
#include <string.h>

enum { NOTHING_FOUND = 1 };

/* Reads "[COMMIT:]PATH", NUL, the line's number, NUL, the line, and its end; gives what stands
 * behind it, or NULL. */
static const char *read_line(ls_arena *arena, const char *at, const char *end, size_t prefix,
                             ls_word_line *line) {
    size_t path = strlen(at);
    const char *number = at + path + 1;
    if (path < prefix || number >= end)
        return NULL;
    const char *text = number + strlen(number) + 1;
    if (text > end)
        return NULL;
    const char *line_end = memchr(text, '\n', (size_t)(end - text));
    size_t length = (size_t)((line_end == NULL ? end : line_end) - text);
    *line = (ls_word_line){.path = at + prefix,
                           .line = (uint32_t)strtoul(number, NULL, 10),
                           .text = ls_arena_copy(arena, text, length)};
    return text + length + (line_end != NULL);
}

static const char *read_lines(const ls_repository *repository, const ls_process_result *result,
                              const char *commit, ls_word_lines *lines) {
    size_t prefix = commit == NULL ? 0 : strlen(commit) + 1;
    const char *end = result->output + result->length;
    for (const char *at = result->output; at < end;) {
        ls_word_line line;
        at = read_line(repository->arena, at, end, prefix, &line);
        if (at == NULL)
            return "git grep gave what cannot be understood";
        LS_PUSH(repository->arena, lines, line);
    }
    return NULL;
}

const char *ls_words_find(const ls_repository *repository, ls_words_place place, const char *commit,
                          const char *expression, ls_word_lines *lines) {
    const char *const of[] = {[LS_WORDS_OF_TREE] = "--untracked",
                              [LS_WORDS_OF_INDEX] = "--cached",
                              [LS_WORDS_OF_COMMIT] = commit};
    const char *const arguments[] = {
        "grep",        "-I", "-n",       "-z",      "-i", "-w", "-E", "--no-color",
        "--full-name", "-e", expression, of[place], "--", ":/", NULL,
    };
    ls_process_result result;
    const char *problem = ls_repository_run(repository, arguments, &result);
    if (problem != NULL && result.error == 0 && result.status == NOTHING_FOUND &&
        *result.complaint == 0)
        return NULL;
    return problem != NULL ? problem : read_lines(repository, &result, commit, lines);
}
