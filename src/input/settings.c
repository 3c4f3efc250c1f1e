/*
 * settings.c - what the files of settings of single frameworks say.
 */
#include "input/foreign.h"
#include "input/framework.h"
#include "input/properties.h"
#include "support/path.h"

#include <string.h>

/* --- diesel ---------------------------------------------------------------------------------- */

const char *ls_diesel_settings_of(ls_arena *arena, const char *path) {
    return ls_path_join(arena, ls_path_directory(arena, path), "metadata.toml");
}

/* A metadata.toml that does not name the key says the same as one with false
 * (file_based_migrations.rs: #[serde(default)]). */
void ls_diesel_heed(const ls_map *settings, ls_migration *migration) {
    if (!ls_property_is(settings, "run_in_transaction", "true"))
        migration->wish = LS_WISHES_NO_TRANSACTION;
}

/* --- Prisma ---------------------------------------------------------------------------------- */

/* migration_lock.toml names the database: provider = "postgresql". */
void ls_prisma_list(const ls_directory_view *view, ls_layout *layout) {
    const char *path = ls_path_join(view->arena, view->path, "migration_lock.toml"), *text;
    size_t length;
    if (view->from->read_file(view->from, view->arena, path, &text, &length) != 0)
        return;
    const ls_map settings = ls_properties_read(view->arena, text);
    const char *provider = ls_map_get(&settings, "provider");
    if (provider != NULL)
        layout->foreign = ls_foreign_database(provider, strlen(provider));
}
