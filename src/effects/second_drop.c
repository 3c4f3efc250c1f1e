/*
 * second_drop.c - a DROP of what is surely not there.
 *
 * A relation that the history does not show may be there all the same: that is doubted. One that it
 * did show, and that went with a column, a table or another DROP of the same migration, is surely
 * gone: a second DROP of it fails, unless it says IF EXISTS. So does one that puts schema and name
 * of a relation between one pair of quotes.
 */
#include "effects/drop.h"
#include "effects/families.h"
#include "effects/replay_internal.h"

#include <string.h>

static char there[] = "there";

static const char *key_of(ls_arena *arena, const ls_name *name) {
    return ls_arena_join(arena, name->schema == NULL ? "" : name->schema, ".", name->name, NULL);
}

void ls_note_there(ls_replay *replay, const ls_drop *drop) {
    if (drop->if_exists || !ls_is_kind_of_relation(drop->kind))
        return;
    for (LS_EACH(const ls_dropped, dropped, drop->objects))
        if (dropped->name.name != NULL &&
            ls_catalog_find(replay->catalog, dropped->name.schema, dropped->name.name) != NULL)
            ls_map_set(replay->arena, &replay->there_at_first,
                       key_of(replay->arena, &dropped->name), there);
}

static bool was_there(const ls_builder *builder, const ls_name *name) {
    return ls_map_get(&builder->replay->there_at_first, key_of(builder->arena, name)) != NULL;
}

/* "public.users", where the table users in schema public is meant. */
static bool is_quoted_as_one(const ls_builder *builder, const ls_name *name) {
    const char *dot = name->schema || !name->name ? NULL : strchr(name->name, '.');
    if (dot == NULL)
        return false;
    const char *schema = ls_arena_copy(builder->arena, name->name, (size_t)(dot - name->name));
    return ls_catalog_find(builder->catalog, schema, dot + 1) != NULL;
}

static void doubt_presence(ls_builder *builder, const ls_drop *drop, const ls_name *name) {
    if (builder->outcome->doubt == NULL)
        builder->outcome->doubt = ls_arena_format(
            builder->arena, "whether the %s %s%s%s is there", ls_object_words(drop->kind),
            name->schema == NULL ? "" : name->schema, name->schema == NULL ? "" : ".", name->name);
}

bool ls_refuse_second_drop(ls_builder *builder, const ls_drop *drop, const ls_name *name) {
    if (drop->if_exists || ls_known(builder, name) != 0)
        return false;
    if (!was_there(builder, name) && !is_quoted_as_one(builder, name)) {
        doubt_presence(builder, drop, name);
        return false;
    }
    ls_refuse(builder, name->at, "%s \"%s\" does not exist", ls_object_words(drop->kind),
              name->name);
    return true;
}
