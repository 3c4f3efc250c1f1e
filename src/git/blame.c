#include "git/blame.h"

#include "support/path.h"

#include <stdlib.h>
#include <string.h>

enum { SHORTEST_ID = 40 };

/* What stands behind a word and a blank at the beginning of the line; NULL: it begins otherwise. */
static const char *value_of(const char *line, const char *word) {
    size_t length = strlen(word);
    return strncmp(line, word, length) == 0 && line[length] == ' ' ? line + length + 1 : NULL;
}

/* What is not committed yet has an id of zeros. */
static bool is_commit(const char *id) {
    return id[strspn(id, "0")] != ' ';
}

/* Each group of lines begins with "ID LINE LINE COUNT", and says the first time when its commit was
 * made; the lines themselves begin with a tab. */
static const char *newest(ls_arena *arena, const char *output) {
    const char *id = NULL, *newest_id = NULL;
    long long newest_time = -1;
    for (const char *line = output; *line != 0;
         line += strcspn(line, "\n"), line += *line == '\n') {
        static const char digits[] = "0123456789abcdef";
        const char *time = value_of(line, "committer-time");
        size_t hex = strspn(line, digits);
        bool is_group = hex >= SHORTEST_ID && line[hex] == ' ';
        if (is_group && !is_commit(line))
            return NULL;
        if (is_group)
            id = ls_arena_copy(arena, line, hex);
        if (time != NULL && strtoll(time, NULL, 10) > newest_time) {
            newest_time = strtoll(time, NULL, 10);
            newest_id = id;
        }
    }
    return newest_id;
}

const char *ls_newest_commit_of(ls_repository *repository, const char *path, uint32_t first,
                                uint32_t last) {
    ls_process_result result;
    const char *key = ls_repository_file(repository, path);
    if (key == NULL)
        return NULL;
    const char *const question[] = {
        "blame", "--porcelain",
        "-L",    ls_arena_format(repository->arena, "%u,%u", first, last),
        "--",    ls_path_join(repository->arena, repository->root, key),
        NULL,
    };
    return ls_repository_run(repository, question, &result) == NULL
               ? newest(repository->arena, result.output)
               : NULL;
}
