/*
 * flyway_settings.c - flyway.toml, else flyway.conf, of the directory or of the nearest one above:
 * where the migrations are, what they are called, what is one transaction, what placeholders mean,
 * and which schema names without one are of.
 *
 * The keys are the same in both (Redgate, "Flyway configuration files", "Flyway parameters"). Paths
 * of `locations` are relative to the directory that Flyway is run in, for which that of the file
 * stands; what is on a class path or in a cloud may be anywhere, and limits nothing.
 */
#include "input/framework.h"
#include "input/order.h"
#include "input/properties.h"
#include "support/path.h"

#include <string.h>

enum { DIRECTORIES_ABOVE = 5 };

typedef struct {
    ls_map values;
    ls_property_keys keys;
} flyway_settings;

static const ls_flyway_names usual_names = {
    .versioned = "V", .repeatable = "R", .separator = "__", .endings = ".sql"};

static const char *value_of(const ls_map *settings, const char *key, const char *usual) {
    const char *value = ls_map_get(settings, key);
    return value == NULL ? usual : value;
}

static bool is_set(const char *value) {
    return value != NULL && *value != '\0';
}

/* --- Names ----------------------------------------------------------------------------------- */

static const char *behind(const char *name, const char *prefix) {
    size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 ? name + length : NULL;
}

static bool ends_in(const char *name, const char *suffix, size_t length) {
    size_t whole = strlen(name);
    return whole >= length && strncmp(name + whole - length, suffix, length) == 0;
}

/* With one of the endings, which have commas between. */
static bool has_ending(const char *name, const char *endings) {
    for (const char *at = endings; *at != '\0'; at += *at == ',') {
        size_t length = strcspn(at, ",");
        if (ends_in(name, at, length))
            return true;
        at += length;
    }
    return false;
}

const char *ls_flyway_name_of(ls_arena *arena, const ls_layout *layout, const char *name) {
    const ls_flyway_names *names = layout->flyway == NULL ? &usual_names : layout->flyway;
    if (!has_ending(name, names->endings))
        return NULL;
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
        .endings = value_of(settings, "flyway.sqlMigrationSuffixes", usual_names.endings),
    };
    layout->flyway = names;
}

/* Files that do not end in .sql are not looked for. */
static void note_endings(ls_arena *arena, const char *settings_in, ls_layout *layout) {
    for (const char *at = layout->flyway->endings; *at != '\0'; at += *at == ',') {
        size_t length = strcspn(at, ",");
        const char *ending = ls_arena_copy(arena, at, length);
        if (length > 0 && !ls_is_sql_file(ls_arena_join(arena, "V", ending, NULL)))
            layout->note = ls_arena_format(
                arena,
                "%s: of the endings in sqlMigrationSuffixes, %s is not .sql: such files are "
                "not read",
                settings_in, ending);
        at += length;
    }
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
    layout->is_unmixed = !ls_property_is(settings, "flyway.mixed", "true");
}

/* --- Placeholders ---------------------------------------------------------------------------- */

static void add_value(ls_arena *arena, ls_placeholders *placeholders, const char *name,
                      const char *text) {
    /* A value with a variable of the environment is not known. */
    if (text != NULL && strstr(text, "${") == NULL)
        LS_PUSH(arena, &placeholders->values, ((ls_placeholder_value){name, text}));
}

static void read_placeholders(ls_arena *arena, const flyway_settings *settings, ls_layout *layout) {
    static const char key_start[] = "flyway.placeholders.";
    const ls_map *values = &settings->values;
    ls_placeholders *placeholders = LS_NEW(arena, ls_placeholders);
    placeholders->open = value_of(values, "flyway.placeholderPrefix", "${");
    placeholders->close = value_of(values, "flyway.placeholderSuffix", "}");
    if (ls_property_is(values, "flyway.placeholderReplacement", "false") ||
        !is_set(placeholders->open) || !is_set(placeholders->close))
        return;
    for (LS_EACH(const char *, key, settings->keys)) {
        const char *name = behind(*key, key_start);
        if (name != NULL)
            add_value(arena, placeholders, name, ls_map_get(values, *key));
    }
    const char *separator = value_of(values, "flyway.placeholderSeparator", ":");
    add_value(arena, placeholders, ls_arena_join(arena, "flyway", separator, "defaultSchema", NULL),
              layout->first_schema);
    layout->placeholders = placeholders;
}

/* --- Schemas --------------------------------------------------------------------------------- */

static const char *first_of(ls_arena *arena, const char *list) {
    return is_set(list) ? ls_arena_copy(arena, list, strcspn(list, ",")) : NULL;
}

/* The default schema, else the first of those that Flyway manages, comes before what the server
 * has as its search_path (PostgreSQLConnection.java). */
static void read_schema(ls_arena *arena, const ls_map *settings, ls_layout *layout) {
    const char *environment = value_of(settings, "flyway.environment", "default");
    const char *managed = ls_arena_join(arena, "environments.", environment, ".schemas", NULL);
    const char *schema = ls_map_get(settings, "flyway.defaultSchema");
    if (!is_set(schema))
        schema = first_of(arena, ls_map_get(settings, "flyway.schemas"));
    if (!is_set(schema))
        schema = first_of(arena, ls_map_get(settings, managed));
    if (is_set(schema) && strstr(schema, "${") == NULL)
        layout->first_schema = schema;
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
                             flyway_settings *settings) {
    static const char *const names[] = {"flyway.toml", "flyway.conf"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = ls_path_join(view->arena, directory, names[i]), *text;
        size_t length;
        if (view->from->read_file(view->from, view->arena, path, &text, &length) != 0)
            continue;
        *settings = (flyway_settings){.values = ls_properties_read(view->arena, text),
                                      .keys = ls_property_keys_of(view->arena, text)};
        return true;
    }
    return false;
}

/* `shouldExecute` in the settings of a file; an expression of placeholders may be true (Redgate,
 * "Script configuration"). */
static void read_switched_off(const ls_directory_view *view, ls_layout *layout) {
    ls_arena *arena = view->arena;
    ls_directory_entries entries = {0};
    if (view->from->list_directory(view->from, arena, view->path, &entries) != 0)
        return;
    for (LS_EACH(const ls_directory_entry, entry, entries)) {
        const char *path = ls_path_join(arena, view->path, entry->name), *text;
        size_t length;
        if (!has_ending(entry->name, ".sql.conf") ||
            view->from->read_file(view->from, arena, path, &text, &length) != 0)
            continue;
        const ls_map settings = ls_properties_read(arena, text);
        if (ls_property_is(&settings, "shouldExecute", "false"))
            ls_map_set(arena, &layout->switched_off,
                       ls_arena_copy(arena, path, strlen(path) - strlen(".conf")), layout);
    }
}

void ls_flyway_list(const ls_directory_view *view, ls_layout *layout) {
    read_switched_off(view, layout);
    const char *directory = view->path;
    flyway_settings settings = {0};
    const ls_map *values = &settings.values;
    for (int i = 0; directory != NULL && i < DIRECTORIES_ABOVE && layout->flyway == NULL; i++) {
        if (read_settings_in(view, directory, &settings)) {
            read_names(view->arena, values, layout);
            note_endings(view->arena, directory, layout);
            read_running(values, layout);
            read_schema(view->arena, values, layout);
            read_placeholders(view->arena, &settings, layout);
            read_locations(view, directory, ls_map_get(values, "flyway.locations"), layout);
        }
        directory = ls_directory_above(view, directory);
    }
}
