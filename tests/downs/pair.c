#include "downs/pair.h"

#include "rules/trial.h"
#include "support/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Reading --------------------------------------------------------------------------------- */

static _Noreturn void give_up(const char *file, uint32_t line, const char *problem) {
    fprintf(stderr, "%s:%u: %s\n", file, line, problem);
    exit(2);
}

static const char *read_text(ls_arena *arena, const char *file) {
    FILE *stream = fopen(file, "r");
    if (stream == NULL)
        give_up(file, 0, "cannot be read");
    ls_buffer buffer = {0};
    char chunk[4096];
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, stream)) > 0;)
        ls_buffer_add(&buffer, chunk, got);
    fclose(stream);
    const char *text = ls_arena_copy(arena, buffer.text, buffer.length);
    ls_buffer_free(&buffer);
    return text;
}

static const char *after(const char *line, const char *start) {
    size_t length = strlen(start);
    return strncmp(line, start, length) == 0 ? line + length : NULL;
}

/* Where the lines of a pair go. */
typedef struct {
    ls_arena *arena;
    down_pairs pairs;
    const char **part; /* of the last pair; NULL: none any more */
} pair_reader;

static void begin_pair(pair_reader *reader, const char *file, const char *name, uint32_t number) {
    LS_PUSH(reader->arena, &reader->pairs,
            ((down_pair){.file = file, .name = name, .line = number, .before = ""}));
    reader->part = &reader->pairs.items[reader->pairs.count - 1].before;
}

static void read_line(pair_reader *reader, const char *file, const char *line, uint32_t number) {
    const char *rest = after(line, "-- === ");
    if (rest != NULL) {
        begin_pair(reader, file, rest, number);
        return;
    }
    if (reader->pairs.count == 0)
        return;
    down_pair *pair = &reader->pairs.items[reader->pairs.count - 1];
    if ((rest = after(line, "-- = ")) != NULL) {
        LS_PUSH(reader->arena, &pair->expected, rest);
        reader->part = NULL;
    } else if (strcmp(line, "-- up") == 0 || strcmp(line, "-- down") == 0) {
        reader->part = line[3] == 'u' ? &pair->up : &pair->down;
        *reader->part = "";
    } else if (reader->part != NULL) {
        *reader->part = ls_arena_join(reader->arena, *reader->part, line, "\n", NULL);
    } else if (*line != '\0') {
        give_up(file, number, "what a pair says comes last");
    }
}

down_pairs read_pairs(ls_arena *arena, const char *file) {
    pair_reader reader = {.arena = arena};
    uint32_t number = 0;
    for (const char *line = read_text(arena, file); *line != '\0';) {
        size_t length = strcspn(line, "\n");
        read_line(&reader, file, ls_arena_copy(arena, line, length), ++number);
        line += length + (line[length] == '\n');
    }
    for (LS_EACH(const down_pair, pair, reader.pairs))
        if (pair->up == NULL || pair->down == NULL || pair->expected.count == 0)
            give_up(file, pair->line, "expected -- up, -- down and -- = lines");
    return reader.pairs;
}

/* --- Verdicts -------------------------------------------------------------------------------- */

static const char *line_of(ls_arena *arena, const ls_difference *difference) {
    static const char *const verbs[] = {[LS_LEFT_OVER] = "leaves",
                                        [LS_LOST] = "loses",
                                        [LS_CHANGED] = "changes",
                                        [LS_RENAMED] = "renames",
                                        [LS_REORDERED] = "reorders"};
    const ls_part *part = difference->part;
    bool is_changed = difference->kind == LS_CHANGED;
    return ls_arena_join(arena, verbs[difference->kind], " ",
                         is_changed ? difference->property : "", is_changed ? " of " : "",
                         part->object, " ", part->shown, NULL);
}

ls_words verdict_of(ls_arena *arena, const ls_reversal *reversal) {
    ls_words verdict = {0};
    for (LS_EACH(const ls_unreversed, one, reversal->unreversed))
        LS_PUSH(arena, &verdict, line_of(arena, &one->difference));
    if (reversal->up_fails || reversal->down_fails)
        LS_PUSH(arena, &verdict, reversal->up_fails ? "up fails" : "fails");
    else if (reversal->unknown.count > 0)
        LS_PUSH(arena, &verdict, "unknown");
    if (verdict.count == 0)
        LS_PUSH(arena, &verdict, "same");
    return verdict;
}

static ls_direction direction_of(ls_arena *arena, const char *name, const char *text) {
    ls_direction direction = {.script = ls_read_script(arena, name, text)};
    LS_PUSH(arena, &direction.sections, ((ls_run_section){0, LS_TRANSACTION_PER_STATEMENT}));
    return direction;
}

ls_words verdict_of_pair(ls_arena *arena, const down_pair *pair) {
    const ls_replay_options options = {.postgres = 15};
    ls_replay *replay = ls_replay_new(&options);
    const ls_direction before = direction_of(arena, "before.sql", pair->before);
    ls_run_direction(replay, &before);
    const ls_direction up = direction_of(arena, "up.sql", pair->up);
    const ls_direction down = direction_of(arena, "down.sql", pair->down);
    const ls_reversal reversal = ls_try_reversal(arena, replay, &up, &down, NULL, NULL);
    ls_words verdict = verdict_of(arena, &reversal);
    for (LS_EACH(const char *, line, verdict))
        *line = ls_arena_string(arena, *line);
    ls_replay_free(replay);
    return verdict;
}

const char *verdict_text(ls_arena *arena, const ls_words *verdict) {
    const char *text = "";
    for (LS_EACH(const char *, line, *verdict))
        text = ls_arena_join(arena, text, *text == '\0' ? "" : "; ", *line, NULL);
    return text;
}

static bool has(const ls_words *verdict, const char *word) {
    for (LS_EACH(const char *, line, *verdict))
        if (strcmp(*line, word) == 0)
            return true;
    return false;
}

verdict_standing verdict_stands(const ls_words *verdict, bool is_refused, bool is_same) {
    bool is_open = has(verdict, "unknown");
    if (is_open && (verdict->count == 1 || is_refused))
        return VERDICT_UNKNOWN;
    if (is_refused || has(verdict, "fails"))
        return is_refused && has(verdict, "fails") ? VERDICT_RIGHT : VERDICT_WRONG;
    return is_same == has(verdict, "same") ? VERDICT_RIGHT : VERDICT_WRONG;
}
