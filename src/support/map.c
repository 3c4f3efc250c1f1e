/*
 * map.c - open addressing. A slot keeps its key's hash, so that looking past other keys does not
 * read them, and growing does not hash again.
 */
#include "support/map.h"

#include <stdint.h>
#include <string.h>

struct ls_map_slot {
    const char *key;
    void *value;
    size_t hash;
};

enum { SMALLEST = 16 };

enum { WORD = sizeof(uint64_t) };

static uint64_t mixed(uint64_t sum, uint64_t word) {
    sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15); /* 2^64 over the golden ratio: odd, and its
                                                          bits are spread evenly */
    return sum ^ (sum >> 32);
}

/* Eight bytes at a time; the length tells a last word from the same with zeros behind it. */
size_t ls_map_hash(const char *key) {
    const size_t length = strlen(key);
    uint64_t sum = length, word;
    size_t at = 0;
    for (; length - at >= WORD; at += WORD) {
        memcpy(&word, key + at, WORD);
        sum = mixed(sum, word);
    }
    for (word = 0; at < length; at++)
        word = word << 8 | (unsigned char)key[at];
    return (size_t)mixed(sum, word);
}

/* The slot of the key, or the free one that it would take. */
static ls_map_slot *slot_of(const ls_map *map, const char *key, size_t hashed) {
    size_t at = hashed & (map->capacity - 1);
    while (map->slots[at].key != NULL && map->slots[at].key != key &&
           (map->slots[at].hash != hashed || strcmp(map->slots[at].key, key) != 0))
        at = (at + 1) & (map->capacity - 1);
    return &map->slots[at];
}

void *ls_map_get(const ls_map *map, const char *key) {
    return map->capacity == 0 ? NULL : slot_of(map, key, ls_map_hash(key))->value;
}

void *ls_map_get_hashed(const ls_map *map, const char *key, size_t hash) {
    return map->capacity == 0 ? NULL : slot_of(map, key, hash)->value;
}

static void grow(ls_arena *arena, ls_map *map) {
    size_t capacity = map->capacity == 0 ? SMALLEST : map->capacity * 2;
    ls_map_slot *slots = LS_NEW_ARRAY(arena, ls_map_slot, capacity);
    for (const ls_map_slot *old = map->slots; old != map->slots + map->capacity; old++) {
        if (old->key == NULL)
            continue;
        size_t at = old->hash & (capacity - 1);
        while (slots[at].key != NULL)
            at = (at + 1) & (capacity - 1);
        slots[at] = *old;
    }
    ls_arena_give_back(arena, map->slots, sizeof(ls_map_slot) * map->capacity);
    map->slots = slots;
    map->capacity = capacity;
}

void ls_map_set(ls_arena *arena, ls_map *map, const char *key, void *value) {
    if ((map->count + 1) * 4 > map->capacity * 3)
        grow(arena, map);
    size_t hashed = ls_map_hash(key);
    ls_map_slot *slot = slot_of(map, key, hashed);
    if (slot->key == NULL) {
        slot->key = key;
        slot->hash = hashed;
        map->count++;
    }
    slot->value = value;
}

ls_map ls_map_copy(ls_arena *arena, const ls_map *map) {
    ls_map copy = *map;
    if (map->capacity > 0) {
        copy.slots = LS_NEW_ARRAY(arena, ls_map_slot, map->capacity);
        memcpy(copy.slots, map->slots, sizeof(ls_map_slot) * map->capacity);
    }
    return copy;
}
