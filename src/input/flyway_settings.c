/*
 * flyway_settings.c - flyway.toml, else flyway.conf, of the directory or of the nearest one above:
 * where the migrations are, what they are called, and what is one transaction.
 *
 * The keys are the same in both (Redgate, "Flyway configuration files", "Flyway parameters"). Paths
 * of `locations` are relative to the directory that Flyway is run in, for which that of the file
 * stands; what is on a class path or in a cloud may be anywhere, and limits nothing.
 */
#include "input/framework.h"
#include "input/properties.h"
#include "support/path.h"

#include <string.h>

enum { DIRECTORIES_ABOVE = 5 };

static const ls_flyway_names usual_names = {.versioned = "V", .repeatable = "R", .separator = "__"};

static const char *value_of(const ls_map *settings, const char *key, const char *usual) {
    const char *value = ls_map_get(settings, key);
    return value == NULL ? usual : value;
}

/* --- Names ----------------------------------------------------------------------------------- */

static const char *behind(const char *name, const char *prefix) {
    size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 ? name + length : NULL;
}

const char *ls_flyway_name_of(ls_arena *arena, const ls_layout *layout, const char *name) {
    const ls_flyway_names *names = layout->flyway == NULL ? &usual_names : layout->flyway;
    const char *file = ls_path_last(name), *version = behind(file, names->versioned);
    if (version != NULL && *version >= '0' && *version <= '9' &&
        strstr(version, names->separator) != NULL)
        return ls_arena_join(arena, "V", version, NULL);
    const char *description = behind(file, names->repeatable);
    if (description != NULL && (description = behind(description, names->separator)) != NULL)
        return ls_arena_join(arena, "R__", description, NULL);
    return NULL;
}

static void read_names(ls_arena *arena, const ls_map *settings, ls_layout *layout) {
    ls_flyway_names *names = LS_NEW(arena, ls_flyway_names);
    *names = (ls_flyway_names){
        .versioned = value_of(settings, "flyway.sqlMigrationPrefix", usual_names.versioned),
        .repeatable =
            value_of(settings, "flyway.repeatableSqlMigrationPrefix", usual_names.repeatable),
        .separator = value_of(settings, "flyway.sqlMigrationSeparator", usual_names.separator),
    };
    layout->flyway = names;
}

/* --- Transactions ---------------------------------------------------------------------------- */

/* `group` makes one transaction of all that is pending; `executeInTransaction` takes every one
 * away. */
static void read_running(const ls_map *settings, ls_layout *layout) {
    if (ls_property_is(settings, "flyway.group", "true")) {
        layout->running = LS_RUNS_ALL_TOGETHER;
        layout->runs = "all pending migrations in one transaction, as its settings say";
    }
    if (ls_property_is(settings, "flyway.executeInTransaction", "false")) {
        layout->running = LS_RUNS_STATEMENTS;
        layout->runs = "each statement by itself, as its settings say";
    }
}

/* --- Locations ------------------------------------------------------------------------------- */

static const char *directory_called(const ls_directory_view *view, const char *settings_in,
                                    const char *location) {
    static const char scheme[] = "filesystem:";
    if (strncmp(location, scheme, strlen(scheme)) == 0)
        location += strlen(scheme);
    else if (strchr(location, ':') != NULL)
        return NULL;
    const char *path =
        location[0] == '/'
            ? ls_path_shown(view->arena, location)
            : ls_path_from(view->arena, ".", ls_path_join(view->arena, settings_in, location));
    ls_file_status status;
    bool is_there = view->from->look_at(view->from, view->arena, path, &status) == 0 &&
                    status.kind == LS_FILE_DIRECTORY;
    return is_there ? path : NULL;
}

/* One that is no directory here leaves open where the files are. */
static void read_locations(const ls_directory_view *view, const char *settings_in,
                           const char *locations, ls_layout *layout) {
    ls_file_names directories = {0};
    while (locations != NULL && *locations != 0) {
        size_t length = strcspn(locations, ",");
        const char *location = ls_arena_copy(view->arena, locations, length);
        const char *directory = directory_called(view, settings_in, location);
        if (directory == NULL)
            return;
        LS_PUSH(view->arena, &directories, directory);
        locations += length + (locations[length] == ',');
    }
    layout->locations = directories;
}

/* --- The files ------------------------------------------------------------------------------- */

/* Where there are both, Flyway reads the TOML. */
static bool read_settings_in(const ls_directory_view *view, const char *directory,
                             ls_map *settings) {
    static const char *const names[] = {"flyway.toml", "flyway.conf"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = ls_path_join(view->arena, directory, names[i]), *text;
        size_t length;
        if (view->from->read_file(view->from, view->arena, path, &text, &length) != 0)
            continue;
        *settings = ls_properties_read(view->arena, text);
        return true;
    }
    return false;
}

void ls_flyway_list(const ls_directory_view *view, ls_layout *layout) {
    const char *directory = view->path;
    ls_map settings = {0};
    for (int i = 0; directory != NULL && i < DIRECTORIES_ABOVE && layout->flyway == NULL; i++) {
        if (read_settings_in(view, directory, &settings)) {
            read_names(view->arena, &settings, layout);
            read_running(&settings, layout);
            read_locations(view, directory, ls_map_get(&settings, "flyway.locations"), layout);
        }
        directory = ls_directory_above(view, directory);
    }
}
