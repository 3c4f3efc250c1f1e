/*
 * undo.c - cells, the log of their changes, and marks.
 *
 * The log holds, in order, what each change overwrote; a mark is a place in it. Undo walks it
 * backwards, so it costs what was changed since the mark. Forgetting an inner mark keeps the log:
 * the outer one may still be undone. With the last mark the log goes.
 */
#include "catalog/internal.h"

#include <string.h>

enum { SMALLEST_LIST = 2 };

uint32_t ls_newest_serial(const ls_catalog *catalog) {
    size_t count = catalog->marks.count;
    return count == 0 ? 0 : catalog->marks.items[count - 1].serial;
}

void ls_cell_set(ls_catalog *catalog, ls_cell *cell, void *value) {
    if (catalog->marks.count > 0)
        LS_PUSH(catalog->arena, &catalog->log, ((ls_change){.cell = cell, .old = cell->value}));
    catalog->removed += cell->value != NULL;
    cell->value = value;
    cell->changed = catalog->serial;
}

void ls_item_save(ls_catalog *catalog, void *item, size_t item_size) {
    ls_item_save_removed(catalog, item, item_size, 0);
}

void ls_item_save_removed(ls_catalog *catalog, void *item, size_t item_size, size_t moved) {
    if (catalog->marks.count == 0)
        return;
    ls_change change = {.item = item, .item_size = item_size, .moved = moved};
    change.old = ls_copy_items(catalog->undo_arena, item, item_size, 1);
    LS_PUSH(catalog->arena, &catalog->log, change);
}

static void take_back(const ls_change *change) {
    if (change->cell != NULL) {
        change->cell->value = change->old;
        return;
    }
    memmove((char *)change->item + change->item_size, change->item, change->moved);
    memcpy(change->item, change->old, change->item_size);
}

/* Hints are complete at every mark, so that a list which undo brings back misses nothing. */
ls_catalog_point ls_catalog_mark(ls_catalog *catalog) {
    ls_index_references(catalog);
    ls_mark mark = {.log_count = catalog->log.count, .serial = ++catalog->serial};
    LS_PUSH(catalog->arena, &catalog->marks, mark);
    return catalog->marks.count;
}

static bool is_active(const ls_catalog *catalog, ls_catalog_point point) {
    return point > 0 && point <= catalog->marks.count;
}

static void end_marks(ls_catalog *catalog, ls_catalog_point point) {
    catalog->marks.count = point - 1;
    if (catalog->marks.count > 0)
        return;
    catalog->log.count = 0;
    ls_arena_clear(catalog->undo_arena);
}

void ls_catalog_undo(ls_catalog *catalog, ls_catalog_point point) {
    if (!is_active(catalog, point))
        return;
    size_t mark = catalog->marks.items[point - 1].log_count;
    while (catalog->log.count > mark)
        take_back(&catalog->log.items[--catalog->log.count]);
    catalog->removed++;
    end_marks(catalog, point);
}

void ls_catalog_forget(ls_catalog *catalog, ls_catalog_point point) {
    if (is_active(catalog, point))
        end_marks(catalog, point);
}

/* --- Lists of cells ------------------------------------------------------------------------- */

ls_cells ls_cells_of(const ls_cell *list) {
    const ls_cells *cells = list->value;
    return cells == NULL ? (ls_cells){0} : *cells;
}

ls_cells ls_living_cells(ls_arena *arena, ls_catalog *catalog, const ls_cell *list) {
    uint32_t sweep = ++catalog->sweep;
    ls_cells all = ls_cells_of(list), alive = {0};
    for (LS_EACH(ls_cell *, cell, all)) {
        if ((*cell)->value == NULL || (*cell)->swept == sweep)
            continue;
        (*cell)->swept = sweep;
        LS_PUSH(arena, &alive, *cell);
    }
    return alive;
}

/* A new list with the living members, and room for as many again. The old list stays as it is:
 * undo may need it. */
static ls_cells *swept(ls_catalog *catalog, const ls_cell *list) {
    const ls_cells alive = ls_living_cells(catalog->arena, catalog, list);
    ls_cells *fresh = LS_NEW(catalog->arena, ls_cells);
    fresh->capacity = alive.count * 2 + SMALLEST_LIST;
    fresh->items = LS_NEW_ARRAY(catalog->arena, ls_cell *, fresh->capacity);
    for (LS_EACH(ls_cell *, cell, alive))
        fresh->items[fresh->count++] = *cell;
    return fresh;
}

void ls_cells_add(ls_catalog *catalog, ls_cell *list, ls_cell *member) {
    ls_cells old = ls_cells_of(list);
    if (old.count > 0 && old.items[old.count - 1] == member)
        return;
    if (old.count == old.capacity)
        ls_cell_set(catalog, list, swept(catalog, list));
    ls_cells *cells = list->value;
    cells->items[cells->count++] = member;
}

ls_relation_ids ls_swept_relations(ls_catalog *catalog, const ls_relation_ids *relations) {
    uint32_t sweep = ++catalog->sweep;
    ls_relation_ids alive = {0}, fresh = {0};
    for (LS_EACH(const ls_relation_id, id, *relations)) {
        ls_relation_slot *slot = ls_relation_slot_of(catalog, *id);
        if (slot == NULL || slot->state.value == NULL || slot->state.swept == sweep)
            continue;
        slot->state.swept = sweep;
        LS_PUSH(catalog->arena, &alive, *id);
    }
    fresh.capacity = alive.count * 2 + SMALLEST_LIST;
    fresh.items = LS_NEW_ARRAY(catalog->arena, ls_relation_id, fresh.capacity);
    for (LS_EACH(const ls_relation_id, id, alive))
        fresh.items[fresh.count++] = *id;
    return fresh;
}

/* --- Directories ---------------------------------------------------------------------------- */

ls_cell *ls_directory_cell(ls_catalog *catalog, ls_directory *directory, const char *name) {
    ls_cell *cell = ls_map_get(&directory->cells, name);
    if (cell != NULL)
        return cell;
    cell = LS_NEW(catalog->arena, ls_cell);
    ls_map_set(catalog->arena, &directory->cells, ls_catalog_intern(catalog, name), cell);
    return cell;
}

void *ls_directory_get(const ls_directory *directory, const char *name) {
    const ls_cell *cell = name == NULL ? NULL : ls_map_get(&directory->cells, name);
    return cell == NULL ? NULL : cell->value;
}

void ls_directory_set(ls_catalog *catalog, ls_directory *directory, const char *name, void *value) {
    ls_cell *cell = ls_directory_cell(catalog, directory, name);
    bool joins = cell->value == NULL && value != NULL;
    ls_cell_set(catalog, cell, value);
    if (joins)
        ls_cells_add(catalog, &directory->members, cell);
}

void *ls_copy_items(ls_arena *arena, const void *items, size_t item_size, size_t count) {
    if (count == 0)
        return NULL;
    return memcpy(ls_arena_alloc(arena, item_size * count), items, item_size * count);
}
