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

/* FNV-1a, 64 bits. */
static size_t hash(const char *key) {
    uint64_t sum = 14695981039346656037u;
    for (const unsigned char *at = (const unsigned char *)key; *at != 0; at++)
        sum = (sum ^ *at) * 1099511628211u;
    return (size_t)(sum ^ (sum >> 32));
}

/* The slot of the key, or the free one that it would take. */
static ls_map_slot *slot_of(const ls_map *map, const char *key, size_t hashed) {
    size_t at = hashed & (map->capacity - 1);
    while (map->slots[at].key != NULL &&
           (map->slots[at].hash != hashed || strcmp(map->slots[at].key, key) != 0))
        at = (at + 1) & (map->capacity - 1);
    return &map->slots[at];
}

void *ls_map_get(const ls_map *map, const char *key) {
    return map->capacity == 0 ? NULL : slot_of(map, key, hash(key))->value;
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
    map->slots = slots;
    map->capacity = capacity;
}

void ls_map_set(ls_arena *arena, ls_map *map, const char *key, void *value) {
    if ((map->count + 1) * 4 > map->capacity * 3)
        grow(arena, map);
    size_t hashed = hash(key);
    ls_map_slot *slot = slot_of(map, key, hashed);
    if (slot->key == NULL) {
        slot->key = key;
        slot->hash = hashed;
        map->count++;
    }
    slot->value = value;
}
