#include "input/layout.h"

#include "input/foreign.h"
#include "input/order.h"
#include "support/path.h"
#include "support/sort.h"

#include <string.h>

/* --- Directories ----------------------------------------------------------------------------- */

/* The directory that a file's migrations are recognised in. */
static const char *directory_of(const ls_layouts *layouts, const ls_found_file *file) {
    if (layouts->root == NULL)
        return "";
    const char *directory = ls_path_directory(layouts->arena, file->path);
    const char *name = ls_path_last(file->path);
    if (ls_is_named_by_directory(name) && ls_has_version(ls_path_last(directory)))
        return ls_path_directory(layouts->arena, directory);
    const char *top = ls_sqitch_top(layouts->from, layouts->arena, directory);
    return top == NULL ? directory : top;
}

/* A file's name relative to the directory. */
static const char *name_in(const char *directory, const char *path) {
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && path[length] == '/' ? path + length + 1 : path;
}

/* What the user says of the directory or of one above it; NULL: nothing. */
static const ls_framework *chosen(const ls_layouts *layouts, const char *directory) {
    for (LS_EACH(const ls_framework_choice, choice, *layouts->choices))
        if (ls_path_is_within(layouts->arena, choice->path, directory))
            return choice->framework;
    return NULL;
}

/* --- Layouts --------------------------------------------------------------------------------- */

typedef struct {
    const char *path;
    ls_file_names names;
} folder;

typedef LS_VECTOR(folder) folders;

void ls_layout_list(ls_arena *arena, ls_layout *layout, const char *name) {
    ls_map_set(arena, &layout->places, name, (void *)(uintptr_t)++layout->place_count);
}

static ls_layout *layout_for(ls_layouts *layouts, const ls_framework *framework,
                             const char *directory) {
    bool is_shared = layouts->root != NULL && (framework->anywhere || framework->by_index ||
                                               framework == ls_framework_plain);
    ls_layout *layout = is_shared ? ls_map_get(&layouts->shared, framework->name) : NULL;
    if (layout != NULL)
        return layout;
    layout = LS_NEW(layouts->arena, ls_layout);
    *layout = (ls_layout){.path = is_shared ? layouts->root : directory,
                          .framework = framework,
                          .running = framework->running,
                          .runs = framework->runs};
    if (is_shared)
        ls_map_set(layouts->arena, &layouts->shared, framework->name, layout);
    LS_PUSH(layouts->arena, &layouts->layouts, layout);
    return layout;
}

/* That of the nearest directory above that keeps what lies below it; NULL: none does. */
static ls_layout *owner_of(const ls_layouts *layouts, const char *directory) {
    while (layouts->root != NULL && strcmp(directory, layouts->root) != 0) {
        const char *above = ls_path_directory(layouts->arena, directory);
        ls_layout *layout = ls_map_get(&layouts->by_directory, above);
        if (strcmp(above, directory) == 0 || (layout != NULL && !layout->framework->owns_below))
            return NULL;
        if (layout != NULL)
            return layout;
        directory = above;
    }
    return NULL;
}

static void recognise(ls_layouts *layouts, const folder *seen) {
    const ls_directory_view view = {
        .arena = layouts->arena, .from = layouts->from, .path = seen->path, .names = seen->names};
    const ls_framework *framework = chosen(layouts, seen->path);
    ls_layout *owner = owner_of(layouts, seen->path);
    if (owner != NULL && (framework == NULL || framework == owner->framework)) {
        ls_map_set(layouts->arena, &layouts->by_directory, seen->path, owner);
        return;
    }
    if (framework == NULL)
        framework = layouts->root == NULL ? ls_framework_plain : ls_recognise(&view);
    ls_layout *layout = layout_for(layouts, framework, seen->path);
    if (framework->list != NULL)
        framework->list(&view, layout);
    ls_map_set(layouts->arena, &layouts->by_directory, seen->path, layout);
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Each directory before those below it. */
static int compare_folders(const void *left, const void *right) {
    return strcmp(((const folder *)left)->path, ((const folder *)right)->path);
}

/* Gathers the names in each directory, so that it is recognised by all of them. */
static void recognise_all(ls_layouts *layouts, const ls_listing *listing) {
    folders seen = {0};
    ls_map numbers = {0}; /* of the folders, plus one */
    ls_arena *arena = layouts->arena;
    for (LS_EACH(const ls_found_file, file, listing->files)) {
        const char *path = directory_of(layouts, file);
        uintptr_t number = (uintptr_t)ls_map_get(&numbers, path);
        if (number == 0) {
            LS_PUSH(arena, &seen, ((folder){.path = path}));
            number = seen.count;
            ls_map_set(arena, &numbers, path, (void *)number);
        }
        LS_PUSH(arena, &seen.items[number - 1].names, name_in(path, file->path));
    }
    ls_sort(seen.items, seen.count, sizeof *seen.items, compare_folders);
    for (LS_EACH(folder, one, seen)) {
        ls_sort(one->names.items, one->names.count, sizeof *one->names.items, compare_names);
        recognise(layouts, one);
    }
}

/* --- Order ----------------------------------------------------------------------------------- */

static int compare_in_layout(const ls_found_file *left, const ls_found_file *right) {
    const ls_framework *framework = left->layout->framework;
    int order = left->place < right->place ? -1 : left->place > right->place ? 1 : 0;
    if (order == 0 && framework->anywhere)
        order = ls_compare_migrations(ls_path_last(left->relative), ls_path_last(right->relative));
    if (order == 0 && framework->by_text)
        order = strcmp(left->relative, right->relative);
    return order != 0 ? order : ls_compare_migrations(left->relative, right->relative);
}

static int compare_files(const void *left_file, const void *right_file) {
    const ls_found_file *left = left_file, *right = right_file;
    if (left->layout == right->layout)
        return compare_in_layout(left, right);
    int order = ls_compare_migrations(left->layout->path, right->layout->path);
    return order != 0 ? order : left->layout->framework < right->layout->framework ? -1 : 1;
}

/* --- Tests and seeds ------------------------------------------------------------------------- */

/* What projects call the directories of their tests, of what these are run over, and of what a new
 * database is filled with once it is migrated. */
static const char *const test_directories[] = {
    "test",      "tests",   "__tests__", "testdata", "test-data",
    "test_data", "fixture", "fixtures",  "seed",     "seeds",
};

static bool is_test_directory(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof test_directories / sizeof *test_directories; i++)
        if (strlen(test_directories[i]) == length && memcmp(name, test_directories[i], length) == 0)
            return true;
    return false;
}

/* Whether a directory between the file and the one that was listed is called so, or the file is
 * seed.sql. */
static bool is_for_tests(const ls_layouts *layouts, const char *path) {
    const char *name = ls_path_below(layouts->arena, layouts->root, path);
    for (const char *end; name != NULL && (end = strchr(name, '/')) != NULL; name = end + 1)
        if (is_test_directory(name, (size_t)(end - name)))
            return true;
    return name != NULL && (strcmp(name, "seed.sql") == 0 || strcmp(name, "seeds.sql") == 0);
}

/* Fixtures make what the migrations make, and seeds need all of it; a tree of nothing but these is
 * meant to be judged. */
static void leave_out_tests(const ls_layouts *layouts, ls_listing *listing, ls_left_out *left_out) {
    bool *are_tests = LS_NEW_ARRAY(layouts->arena, bool, listing->files.count + 1);
    uint32_t others = 0, kept = 0;
    for (uint32_t i = 0; i < listing->files.count; i++) {
        const ls_found_file *file = &listing->files.items[i];
        are_tests[i] = !file->named && is_for_tests(layouts, file->path);
        others += !are_tests[i];
    }
    if (others == 0)
        return;
    for (uint32_t i = 0; i < listing->files.count; i++) {
        if (!are_tests[i])
            listing->files.items[kept++] = listing->files.items[i];
        else if (left_out->tests++ == 0)
            left_out->first_test = listing->files.items[i].path;
    }
    listing->files.count = kept;
}

/* --- Files ----------------------------------------------------------------------------------- */

/* A script that reverts is known as such only now. */
static void note_not_taken(const ls_layouts *layouts, ls_listing *listing,
                           const ls_found_file *file, ls_left_out *left_out) {
    if (strstr(file->path, "revert/") == NULL)
        return;
    ls_map_set(layouts->arena, &listing->downs, file->path, listing);
    left_out->downs++;
}

static bool lies_elsewhere(const ls_layouts *layouts, const ls_found_file *file) {
    const ls_file_names *locations = &file->layout->locations;
    for (LS_EACH(const char *, location, *locations))
        if (ls_path_below(layouts->arena, *location, file->path) != NULL)
            return false;
    return locations->count > 0;
}

static bool is_taken(const ls_layouts *layouts, ls_found_file *file, const char *name) {
    const ls_framework *framework = file->layout->framework;
    if (framework->name_of == NULL)
        return framework->takes == NULL || framework->takes(name);
    const char *read_as = framework->name_of(layouts->arena, file->layout, name);
    if (read_as != NULL)
        file->relative = read_as;
    return read_as != NULL;
}

/* NULL if it is to run. */
static const char *why_unlisted(const ls_layouts *layouts, const ls_found_file *file) {
    const ls_layout *layout = file->layout;
    if (lies_elsewhere(layouts, file))
        return "no location of the settings holds";
    if (ls_map_get(&layout->switched_off, file->path) != NULL)
        return "shouldExecute=false is set for";
    return layout->listed && file->place == 0 ? "no index lists" : NULL;
}

/* Whether no runner runs the file; it is counted then. */
static bool is_left_out(const ls_layouts *layouts, ls_listing *listing, ls_found_file *file,
                        ls_left_out *left_out) {
    const ls_layout *layout = file->layout;
    const char *name = name_in(layout->path, file->path);
    if (layout->foreign != NULL) {
        ls_note_database(layouts->arena, &left_out->foreign, layout->foreign);
        return true;
    }
    if (!is_taken(layouts, file, name)) {
        note_not_taken(layouts, listing, file, left_out);
        return true;
    }
    file->place = (uint32_t)(uintptr_t)ls_map_get(&layout->places, name);
    const char *why = why_unlisted(layouts, file);
    if (why != NULL && left_out->unlisted++ == 0) {
        left_out->first_unlisted = file->path;
        left_out->why_unlisted = why;
    }
    return why != NULL;
}

static bool holds(const ls_file_names *names, const char *wanted) {
    for (LS_EACH(const char *, name, *names))
        if (strcmp(*name, wanted) == 0)
            return true;
    return false;
}

/* Several directories may have one index. */
static void note_unread(const ls_layouts *layouts, ls_left_out *left_out) {
    for (LS_EACH(const ls_layout *, layout, layouts->layouts)) {
        if ((*layout)->unread != NULL && !holds(&left_out->unread, (*layout)->unread))
            LS_PUSH(layouts->arena, &left_out->unread, (*layout)->unread);
        if ((*layout)->note != NULL && !holds(&left_out->notes, (*layout)->note))
            LS_PUSH(layouts->arena, &left_out->notes, (*layout)->note);
    }
}

void ls_lay_out(ls_layouts *layouts, ls_listing *listing, ls_left_out *left_out) {
    if (layouts->root != NULL)
        leave_out_tests(layouts, listing, left_out);
    recognise_all(layouts, listing);
    note_unread(layouts, left_out);
    uint32_t kept = 0;
    for (LS_EACH(ls_found_file, file, listing->files)) {
        file->layout = ls_map_get(&layouts->by_directory, directory_of(layouts, file));
        if (!is_left_out(layouts, listing, file, left_out) || file->named)
            listing->files.items[kept++] = *file;
    }
    listing->files.count = kept;
    ls_sort(listing->files.items, kept, sizeof *listing->files.items, compare_files);
}

/* --- Versions and downs ---------------------------------------------------------------------- */

const char *ls_version_of(ls_arena *arena, const char *relative) {
    const char *name = ls_path_last(relative);
    if (ls_is_named_by_directory(name))
        name = ls_path_last(ls_path_directory(arena, relative));
    if (!ls_has_version(name))
        return NULL;
    name += *name == 'V' || *name == 'v';
    return ls_arena_copy(arena, name, ls_version_length(name));
}

static const char *with_other_end(ls_arena *arena, const char *path, const char *end,
                                  const char *other) {
    size_t length = strlen(path), cut = strlen(end);
    if (length < cut || strcmp(path + length - cut, end) != 0)
        return NULL;
    return ls_arena_format(arena, "%.*s%s", (int)(length - cut), path, other);
}

/* Runners that count versions take any down of the version: 1_a.postgres.up.sql may have
 * 1_a.down.sql. */
static const char *down_of_version(ls_arena *arena, const ls_listing *listing,
                                   const ls_found_file *file) {
    const ls_framework *framework = file->layout->framework;
    if (framework->by_name || framework == ls_framework_plain)
        return NULL;
    const char *key = ls_version_key(arena, file->path);
    return key == NULL ? NULL : ls_map_get(&listing->downs_by_version, key);
}

const char *ls_down_file_of(ls_arena *arena, const ls_listing *listing, const ls_found_file *file) {
    const ls_framework *framework = file->layout->framework;
    if (listing->downs.count == 0)
        return NULL;
    const char *candidates[] = {
        framework->down_of == NULL ? NULL : framework->down_of(arena, file->path),
        with_other_end(arena, file->path, "up.sql", "down.sql"),
        with_other_end(arena, file->path, ".sql", ".down.sql"),
        with_other_end(arena, file->path, ".sql", ".undo.sql"),
    };
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (candidates[i] != NULL && ls_map_get(&listing->downs, candidates[i]) != NULL)
            return candidates[i];
    return down_of_version(arena, listing, file);
}
