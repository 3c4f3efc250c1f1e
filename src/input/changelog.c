/*
 * changelog.c - Liquibase's changelogs in YAML and JSON: which SQL files are run, in which order.
 *
 * `include` names a file, `includeAll` a directory whose files come in the order of their names,
 * and the `path` of a change in a changeset a file that is run as it is. A path is relative to the
 * changelog where that says so, else to a root that only the caller of Liquibase knows: the nearest
 * directory above that has it. Changes that Liquibase makes SQL of by itself are counted, and told
 * in one note. A changelog that is not understood makes the order unknown: then none of it counts.
 * (Liquibase's documentation of include, includeAll, sqlFile and runInTransaction.)
 */
#include "input/changelog.h"

#include "input/order.h"
#include "support/path.h"
#include "support/sort.h"
#include "support/yaml.h"

#include <string.h>

enum { DEEPEST = 20 /* changelogs that include each other */, DIRECTORIES_ABOVE = 6 };

typedef struct {
    const ls_directory_view *view;
    ls_layout *layout;
    uint32_t depth;
    uint32_t others;     /* changes that are no SQL files */
    const char *unknown; /* the changelog that is not understood; NULL: none */
} changelog_walk;

static void read_changelog(changelog_walk *walk, const char *path);

/* --- Values ---------------------------------------------------------------------------------- */

static const char *text_of(const ls_yaml_node *node) {
    return node != NULL && node->kind == LS_YAML_SCALAR ? node->text : NULL;
}

static bool is_set_to(const ls_yaml_node *mapping, const char *key, const char *value) {
    const char *text = text_of(ls_yaml_get(mapping, key));
    return text != NULL && strcmp(text, value) == 0;
}

/* --- Files ----------------------------------------------------------------------------------- */

static bool is_there(const changelog_walk *walk, const char *path) {
    ls_file_status status;
    return walk->view->from->look_at(walk->view->from, walk->view->arena, path, &status) == 0;
}

/* What an include, an includeAll or a sqlFile names; NULL if it is not there. */
static const char *named_path(const changelog_walk *walk, const char *changelog,
                              const ls_yaml_node *naming, const char *key) {
    static const char class_path[] = "classpath:";
    ls_arena *arena = walk->view->arena;
    const char *name = text_of(ls_yaml_get(naming, key));
    const char *directory = ls_path_directory(arena, changelog);
    bool is_relative = is_set_to(naming, "relativeToChangelogFile", "true");
    if (name == NULL)
        return NULL;
    if (strncmp(name, class_path, strlen(class_path)) == 0)
        name += strlen(class_path);
    name += strspn(name, "/");
    for (int i = 0; directory != NULL && i < DIRECTORIES_ABOVE; i++) {
        const char *path = ls_path_from(arena, ".", ls_path_join(arena, directory, name));
        if (is_there(walk, path))
            return path;
        directory = is_relative ? NULL : ls_directory_above(walk->view, directory);
    }
    return NULL;
}

static void list_script(changelog_walk *walk, const char *path, bool is_unwrapped) {
    ls_arena *arena = walk->view->arena;
    const char *below = ls_path_below(arena, walk->layout->path, path);
    const char *name = below == NULL ? path : below;
    if (ls_map_get(&walk->layout->places, name) == NULL)
        ls_layout_list(arena, walk->layout, name);
    if (is_unwrapped)
        ls_map_set(arena, &walk->layout->unwrapped, path, walk->layout);
}

static void take_file(changelog_walk *walk, const char *path) {
    if (ls_is_sql_file(path))
        list_script(walk, path, false);
    else
        read_changelog(walk, path);
}

static int compare_entries(const void *left, const void *right) {
    return strcmp(((const ls_directory_entry *)left)->name,
                  ((const ls_directory_entry *)right)->name);
}

static void take_directory(changelog_walk *walk, const char *directory) {
    const ls_directory_view *view = walk->view;
    ls_directory_entries entries = {0};
    if (view->from->list_directory(view->from, view->arena, directory, &entries) != 0)
        return;
    ls_sort(entries.items, entries.count, sizeof *entries.items, compare_entries);
    for (LS_EACH(const ls_directory_entry, entry, entries)) {
        const char *path = ls_path_join(view->arena, directory, entry->name);
        ls_file_status status;
        if (entry->name[0] == '.' ||
            view->from->look_at(view->from, view->arena, path, &status) != 0)
            continue;
        if (status.kind != LS_FILE_DIRECTORY)
            take_file(walk, path);
        else if (walk->depth < DEEPEST) {
            walk->depth++;
            take_directory(walk, path);
            walk->depth--;
        }
    }
}

/* --- Changelogs ------------------------------------------------------------------------------ */

/* Each change is a mapping of one key, what it does: sqlFile, but createProcedure and others run a
 * file, too. */
static const char *script_of(const changelog_walk *walk, const char *changelog,
                             const ls_yaml_node *change) {
    if (change->kind != LS_YAML_MAPPING || change->entries.count == 0)
        return NULL;
    const char *path = named_path(walk, changelog, change->entries.items[0].value, "path");
    return path != NULL && ls_is_sql_file(path) ? path : NULL;
}

static void take_changes(changelog_walk *walk, const char *changelog,
                         const ls_yaml_node *change_set) {
    const ls_yaml_node *changes = ls_yaml_get(change_set, "changes");
    bool is_unwrapped = is_set_to(change_set, "runInTransaction", "false");
    if (changes == NULL)
        return;
    for (LS_EACH(const ls_yaml_entry, change, changes->entries)) {
        const char *path = script_of(walk, changelog, change->value);
        if (path != NULL)
            list_script(walk, path, is_unwrapped);
        else
            walk->others++;
    }
}

static void take_entry(changelog_walk *walk, const char *changelog, const ls_yaml_node *entry) {
    const ls_yaml_node *include = ls_yaml_get(entry, "include");
    const ls_yaml_node *all = ls_yaml_get(entry, "includeAll");
    const ls_yaml_node *change_set = ls_yaml_get(entry, "changeSet");
    const char *file = include == NULL ? NULL : named_path(walk, changelog, include, "file");
    const char *directory = all == NULL ? NULL : named_path(walk, changelog, all, "path");
    if ((include != NULL && file == NULL) || (all != NULL && directory == NULL))
        walk->unknown = changelog;
    if (file != NULL)
        take_file(walk, file);
    if (directory != NULL)
        take_directory(walk, directory);
    if (change_set != NULL)
        take_changes(walk, changelog, change_set);
}

/* JSON is YAML, too. */
static const ls_yaml_node *entries_of(const changelog_walk *walk, const char *path) {
    const ls_directory_view *view = walk->view;
    const char *text;
    size_t length;
    ls_yaml yaml;
    ls_yaml_problems problems = {0};
    if (view->from->read_file(view->from, view->arena, path, &text, &length) != 0 ||
        !ls_yaml_read(&yaml, view->arena, path, text, length, &problems))
        return NULL;
    const ls_yaml_node *entries = ls_yaml_get(yaml.root, "databaseChangeLog");
    return entries != NULL && entries->kind == LS_YAML_SEQUENCE ? entries : NULL;
}

static void read_changelog(changelog_walk *walk, const char *path) {
    const ls_yaml_node *entries = walk->depth < DEEPEST ? entries_of(walk, path) : NULL;
    if (entries == NULL) {
        walk->unknown = path;
        return;
    }
    walk->depth++;
    for (LS_EACH(const ls_yaml_entry, entry, entries->entries))
        take_entry(walk, path, entry->value);
    walk->depth--;
}

void ls_changelog_read(const ls_directory_view *view, const char *path, ls_layout *layout) {
    changelog_walk walk = {.view = view, .layout = layout};
    read_changelog(&walk, path);
    layout->unread = walk.unknown;
    layout->listed = walk.unknown == NULL && layout->place_count > 0;
    if (!layout->listed)
        layout->places = (ls_map){0};
    if (walk.unknown == NULL && walk.others > 0)
        layout->note =
            ls_arena_format(view->arena, "%s: %u of its changes %s no SQL %s: not analysed", path,
                            (unsigned)walk.others, walk.others == 1 ? "is" : "are",
                            walk.others == 1 ? "file" : "files");
}
