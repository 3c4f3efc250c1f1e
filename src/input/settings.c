/*
 * settings.c - the small files beside a migration: key = value, one a line.
 */
#include "input/foreign.h"
#include "input/framework.h"
#include "input/path.h"

#include <string.h>

/* The value of the key in a line of its own; its length, 0 where there is none. */
static size_t value_of(const char *settings, const char *key, const char **value) {
    *value = "";
    size_t length = strlen(key);
    for (const char *line = settings; line != NULL; line = strchr(line, '\n')) {
        line += strspn(line, " \t\r\n");
        const char *after = line + length;
        if (strncmp(line, key, length) != 0)
            continue;
        after += strspn(after, " \t");
        if (*after != '=')
            continue;
        *value = after + 1 + strspn(after + 1, " \t\"");
        return strcspn(*value, " \t\r\n\"#");
    }
    return 0;
}

bool ls_has_setting(const char *settings, const char *key, const char *value) {
    const char *found;
    size_t length = value_of(settings, key, &found);
    return length > 0 && length == strlen(value) && strncmp(found, value, length) == 0;
}

/* --- diesel ---------------------------------------------------------------------------------- */

const char *ls_diesel_settings_of(ls_arena *arena, const char *path) {
    return ls_path_join(arena, ls_path_directory(arena, path), "metadata.toml");
}

/* A metadata.toml that does not name the key says the same as one with false
 * (file_based_migrations.rs: #[serde(default)]). */
bool ls_diesel_is_unwrapped(const char *settings) {
    return !ls_has_setting(settings, "run_in_transaction", "true");
}

/* --- Prisma ---------------------------------------------------------------------------------- */

/* migration_lock.toml names the database: provider = "postgresql". */
void ls_prisma_list(const ls_directory_view *view, ls_layout *layout) {
    const char *path = ls_path_join(view->arena, view->path, "migration_lock.toml"), *text, *value;
    size_t length;
    if (view->from->read_file(view->from, view->arena, path, &text, &length) != 0)
        return;
    length = value_of(text, "provider", &value);
    layout->foreign = ls_foreign_database(value, length);
}
