/*
 * atlas.c - which tool's layout a directory of Atlas's has.
 *
 * Atlas plans and checks migrations for other tools as well, in their own layouts: a migration
 * block in atlas.hcl names the directory, and the layout by its `format` or behind the URL. Of HCL
 * only such blocks are read, with what is written in them as it stands; an expression is worked out
 * by Atlas alone, and is told. Where nothing names the layout, the names of the files do (Atlas's
 * documentation, "Project configuration"; sql/sqltool).
 */
#include "input/framework.h"
#include "support/glob.h"
#include "support/path.h"

#include <string.h>

enum { DIRECTORIES_ABOVE = 5 };

typedef struct {
    const char *dir, *format; /* NULL: not given */
    bool is_computed;
} migration_block;

typedef struct {
    const ls_directory_view *view;
    const char *directory; /* of atlas.hcl */
    const char *at;
    const char *format; /* that of the directory in question; NULL: none is named */
    bool is_computed;   /* there is a block that may be about it */
} hcl_walk;

/* --- Words ----------------------------------------------------------------------------------- */

static bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.';
}

/* Skips blanks, line ends and comments. */
static void skip_gap(hcl_walk *walk) {
    for (;;) {
        walk->at += strspn(walk->at, " \t\r\n");
        if (*walk->at == '#' || strncmp(walk->at, "//", 2) == 0) {
            walk->at += strcspn(walk->at, "\n");
        } else if (strncmp(walk->at, "/*", 2) == 0) {
            const char *close = strstr(walk->at + 2, "*/");
            walk->at = close == NULL ? walk->at + strlen(walk->at) : close + 2;
        } else {
            return;
        }
    }
}

static const char *string_end(const char *quote) {
    const char *at = quote + 1;
    while (*at != '\0' && *at != '"' && *at != '\n')
        at += *at == '\\' && at[1] != '\0' ? 2 : 1;
    return at;
}

/* The next word or string without its quotes, or a single other byte; "" at the end. */
static const char *next_word(hcl_walk *walk) {
    skip_gap(walk);
    const char *start = walk->at, *end = start;
    if (*start == '"') {
        end = string_end(start);
        walk->at = end + (*end == '"');
        return ls_arena_copy(walk->view->arena, start + 1, (size_t)(end - start - 1));
    }
    while (is_word_byte(*end))
        end++;
    end += end == start && *end != '\0';
    walk->at = end;
    return ls_arena_copy(walk->view->arena, start, (size_t)(end - start));
}

/* What is given to a key, if it is a word or a string and nothing else. */
static const char *read_value(hcl_walk *walk) {
    walk->at += strspn(walk->at, " \t=");
    const char *value = next_word(walk);
    walk->at += strspn(walk->at, " \t\r");
    bool is_all = *walk->at == '\n' || *walk->at == '}' || *walk->at == '#' || *walk->at == '/';
    return is_all && strstr(value, "${") == NULL ? value : NULL;
}

/* --- Blocks ---------------------------------------------------------------------------------- */

static migration_block read_block(hcl_walk *walk) {
    migration_block block = {0};
    for (int depth = 1; depth > 0;) {
        const char *word = next_word(walk);
        const char *behind = walk->at + strspn(walk->at, " \t");
        bool is_key = depth == 1 && *behind == '=';
        if (*word == '\0' && *walk->at == '\0')
            break;
        depth += strcmp(word, "{") == 0;
        depth -= strcmp(word, "}") == 0;
        if (is_key && strcmp(word, "dir") == 0) {
            block.dir = read_value(walk);
            block.is_computed |= block.dir == NULL;
        } else if (is_key && strcmp(word, "format") == 0) {
            block.format = read_value(walk);
            block.is_computed |= block.format == NULL;
        }
    }
    return block;
}

/* Takes the format of a block that is about the directory in question. */
static void take_block(hcl_walk *walk, const migration_block *block) {
    static const char scheme[] = "file://", parameter[] = "format=";
    ls_arena *arena = walk->view->arena;
    walk->is_computed |= block->is_computed;
    if (block->dir == NULL || strncmp(block->dir, scheme, strlen(scheme)) != 0)
        return;
    const char *url = block->dir + strlen(scheme);
    const char *name = ls_arena_copy(arena, url, strcspn(url, "?"));
    const char *path = name[0] == '/'
                           ? ls_path_shown(arena, name)
                           : ls_path_from(arena, ".", ls_path_join(arena, walk->directory, name));
    if (strcmp(path, walk->view->path) != 0)
        return;
    const char *given = strstr(url + strlen(name), parameter);
    walk->format = block->format == NULL ? "atlas" : block->format;
    if (given != NULL) {
        given += strlen(parameter);
        walk->format = ls_arena_copy(arena, given, strcspn(given, "&"));
    }
}

static void read_blocks(hcl_walk *walk) {
    while (walk->format == NULL) {
        const char *word = next_word(walk);
        if (*word == '\0' && *walk->at == '\0')
            return;
        if (strcmp(word, "migration") != 0)
            continue;
        skip_gap(walk);
        if (*walk->at != '{')
            continue;
        walk->at++;
        const migration_block block = read_block(walk);
        take_block(walk, &block);
    }
}

/* That of the nearest atlas.hcl. */
static hcl_walk read_project(const ls_directory_view *view) {
    hcl_walk walk = {.view = view, .directory = view->path};
    for (int i = 0; walk.directory != NULL && i < DIRECTORIES_ABOVE; i++) {
        size_t length;
        const char *path = ls_path_join(view->arena, walk.directory, "atlas.hcl");
        if (view->from->read_file(view->from, view->arena, path, &walk.at, &length) == 0) {
            read_blocks(&walk);
            return walk;
        }
        walk.directory = ls_directory_above(view, walk.directory);
    }
    return walk;
}

/* --- Layouts --------------------------------------------------------------------------------- */

static bool are_all_named(const ls_directory_view *view, const char *pattern) {
    for (LS_EACH(const char *, name, view->names))
        if (!ls_glob_matches(pattern, *name))
            return false;
    return view->names.count > 0;
}

static const char *format_of_names(const ls_directory_view *view) {
    if (are_all_named(view, "[0-9]*.up.sql"))
        return "golang-migrate";
    return are_all_named(view, "[VRB]*__*.sql") ? "flyway" : "atlas";
}

const ls_framework *ls_atlas_layout(const ls_directory_view *view) {
    const hcl_walk project = read_project(view);
    const char *format = project.format == NULL ? format_of_names(view) : project.format;
    const ls_framework *framework = ls_framework_called(format);
    return framework == NULL ? ls_framework_called("atlas") : framework;
}

void ls_atlas_list(const ls_directory_view *view, ls_layout *layout) {
    const hcl_walk project = read_project(view);
    if (project.format == NULL && project.is_computed)
        layout->note = ls_arena_format(
            view->arena,
            "%s: where migrations are or how they are laid out is worked out there: "
            "%s is read as Atlas's own layout",
            ls_path_join(view->arena, project.directory, "atlas.hcl"), view->path);
}
