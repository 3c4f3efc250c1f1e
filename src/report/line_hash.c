/*
 * line_hash.c - one pass with a window of 100 units: a line's hash is ready when that many have
 * come in since its start, and what leaves the window is taken out of the number again.
 */
#include "report/line_hash.h"

#include "report/characters.h"
#include "support/map.h"

enum {
    WINDOW = 100,
    BASE = 37,
    END_OF_FILE = 65535,
    FIRST_ASTRAL = 0x10000,
    FIRST_HIGH_SURROGATE = 0xD800,
    FIRST_LOW_SURROGATE = 0xDC00,
    REPLACEMENT = 0xFFFD,
};

static const uint64_t BASE_TO_THE_WINDOW = UINT64_C(0xe59cd09a331cdb71); /* modulo 2^64 */

typedef struct {
    ls_arena *arena;
    uint64_t hash, taken; /* units so far */
    uint16_t window[WINDOW];
    LS_VECTOR(uint64_t) starts; /* of lines, in units */
    ls_line_hashes hashes;      /* of the first lines, as far as they are ready */
} line_hashing;

static void take_unit(line_hashing *hashing, uint16_t unit) {
    uint16_t *leaving = &hashing->window[hashing->taken % WINDOW];
    hashing->hash = hashing->hash * BASE + unit - BASE_TO_THE_WINDOW * *leaving;
    *leaving = unit;
    hashing->taken++;
    uint32_t next = hashing->hashes.count;
    if (next < hashing->starts.count && hashing->starts.items[next] + WINDOW == hashing->taken)
        LS_PUSH(hashing->arena, &hashing->hashes, ((ls_line_hash){hashing->hash, 0}));
}

static void start_line(line_hashing *hashing) {
    LS_PUSH(hashing->arena, &hashing->starts, hashing->taken);
}

static void take_character(line_hashing *hashing, int32_t character) {
    if (character < FIRST_ASTRAL) {
        take_unit(hashing, (uint16_t)(character == LS_INVALID_BYTE ? REPLACEMENT : character));
        return;
    }
    enum { LOW_BITS = 10 };
    int32_t above = character - FIRST_ASTRAL, mask = (1 << LOW_BITS) - 1;
    take_unit(hashing, (uint16_t)(FIRST_HIGH_SURROGATE + (above >> LOW_BITS)));
    take_unit(hashing, (uint16_t)(FIRST_LOW_SURROGATE + (above & mask)));
}

static void take_text(line_hashing *hashing, const char *text, size_t length) {
    bool behind_return = false;
    for (size_t at = 0, step; at < length; at += step) {
        int32_t character;
        step = ls_read_character(text + at, length - at, &character);
        bool is_line_end = character == '\n' || character == '\r';
        bool is_second = character == '\n' && behind_return;
        behind_return = character == '\r';
        if (is_second || character == ' ' || character == '\t')
            continue;
        take_character(hashing, is_line_end ? '\n' : character);
        if (is_line_end)
            start_line(hashing);
    }
}

static void number_alike(line_hashing *hashing) {
    ls_map counts = {0}; /* by hash: the last line that has it */
    for (LS_EACH(ls_line_hash, line, hashing->hashes)) {
        const char *key = ls_arena_format(hashing->arena, "%llx", (unsigned long long)line->hash);
        const ls_line_hash *before = ls_map_get(&counts, key);
        line->ordinal = before == NULL ? 1 : before->ordinal + 1;
        ls_map_set(hashing->arena, &counts, key, line);
    }
}

ls_line_hashes ls_line_hashes_of(ls_arena *arena, const char *text, size_t length) {
    line_hashing hashing = {.arena = arena};
    start_line(&hashing);
    take_text(&hashing, text, length);
    take_unit(&hashing, END_OF_FILE);
    while (hashing.hashes.count < hashing.starts.count)
        take_unit(&hashing, 0);
    number_alike(&hashing);
    return hashing.hashes;
}

const char *ls_line_hash_text(ls_arena *arena, const ls_line_hashes *hashes, uint32_t line) {
    if (line == 0 || line > hashes->count)
        return NULL;
    const ls_line_hash *hash = &hashes->items[line - 1];
    return ls_arena_format(arena, "%llx:%u", (unsigned long long)hash->hash, hash->ordinal);
}
