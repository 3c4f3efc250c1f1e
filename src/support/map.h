/*
 * map.h - a hash table from names to pointers.
 *
 * Keys are NUL-terminated strings that the caller keeps alive (usually in the same arena); values
 * are pointers that the map does not own. A zeroed map is empty. Iteration order is not defined:
 * what is printed is sorted first.
 */
#ifndef LS_SUPPORT_MAP_H
#define LS_SUPPORT_MAP_H

#include "support/arena.h"

typedef struct ls_map_slot ls_map_slot;
typedef struct {
    ls_map_slot *slots;
    size_t count, capacity;
} ls_map;

/* The value under `key`, or NULL. */
void *ls_map_get(const ls_map *map, const char *key);

/* The same for a name that is looked for in several maps: it is hashed once. */
size_t ls_map_hash(const char *key);
void *ls_map_get_hashed(const ls_map *map, const char *key, size_t hash);

/* Sets the value under `key`; NULL as value forgets it. The slots live in the arena. */
void ls_map_set(ls_arena *arena, ls_map *map, const char *key, void *value);

/* A map with the same names and values, which goes its own way from then on. */
ls_map ls_map_copy(ls_arena *arena, const ls_map *map);

#endif
