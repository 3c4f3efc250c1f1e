#include "support/map.h"

#include <stdint.h>
#include <string.h>

struct ls_map_slot {
    const char *key;
    void *value;
};

enum { SMALLEST = 16 };

/* FNV-1a, 64 bits. */
static size_t hash(const char *key) {
    uint64_t sum = 14695981039346656037u;
    for (const unsigned char *at = (const unsigned char *)key; *at != 0; at++)
        sum = (sum ^ *at) * 1099511628211u;
    return (size_t)(sum ^ (sum >> 32));
}

static ls_map_slot *slot_of(ls_map_slot *slots, size_t capacity, const char *key) {
    size_t at = hash(key) & (capacity - 1);
    while (slots[at].key != NULL && strcmp(slots[at].key, key) != 0)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

void *ls_map_get(const ls_map *map, const char *key) {
    return map->capacity == 0 ? NULL : slot_of(map->slots, map->capacity, key)->value;
}

static void grow(ls_arena *arena, ls_map *map) {
    size_t capacity = map->capacity == 0 ? SMALLEST : map->capacity * 2;
    ls_map_slot *slots = LS_NEW_ARRAY(arena, ls_map_slot, capacity);
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].key != NULL)
            *slot_of(slots, capacity, map->slots[i].key) = map->slots[i];
    map->slots = slots;
    map->capacity = capacity;
}

void ls_map_set(ls_arena *arena, ls_map *map, const char *key, void *value) {
    if ((map->count + 1) * 4 > map->capacity * 3)
        grow(arena, map);
    ls_map_slot *slot = slot_of(map->slots, map->capacity, key);
    if (slot->key == NULL) {
        slot->key = key;
        map->count++;
    }
    slot->value = value;
}
