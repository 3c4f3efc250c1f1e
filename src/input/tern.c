/*
 * tern.c - which files are migrations of tern's, and how those include others.
 *
 * A migration is called 001_users.sql and lies in the directory itself. A .sql file in a directory
 * below is a template, known by its path from there: {{ template "views/totals.sql" . }} puts its
 * text in place. Those below snapshots/NAME are a set of their own, known by their path from there,
 * and {{ install_snapshot "NAME" }} runs its install.sql (jackc/tern, migrate.go and code.go).
 *
 * Such an action between two statements is overwritten with psql's \i, and read as that is. One
 * inside a statement stays: what it puts there need be no statement by itself.
 */
#include "input/framework.h"
#include "input/order.h"
#include "support/path.h"

#include <string.h>

enum { LARGEST_NUMBER = 1000000 };

static const char BLANKS[] = " \t\r";

bool ls_tern_takes(const char *name) {
    size_t digits = strspn(name, "0123456789");
    return digits > 0 && name[digits] == '_' && strchr(name, '/') == NULL;
}

/* --- Numbers --------------------------------------------------------------------------------- */

static uint32_t number_of(const char *name) {
    uint32_t number = 0;
    while (*name >= '0' && *name <= '9' && number < LARGEST_NUMBER)
        number = number * 10 + (uint32_t)(*name++ - '0');
    return number;
}

/* Of all migrations, those too that look like the down of another one's. */
static ls_map numbers_in(const ls_directory_view *view, uint32_t *last) {
    ls_directory_entries entries = {0};
    ls_map numbers = {0};
    *last = 0;
    if (view->from->list_directory(view->from, view->arena, view->path, &entries) != 0)
        return numbers;
    for (LS_EACH(const ls_directory_entry, entry, entries)) {
        if (!ls_is_sql_file(entry->name) || !ls_tern_takes(entry->name))
            continue;
        const uint32_t number = number_of(entry->name);
        ls_map_set(view->arena, &numbers, ls_arena_format(view->arena, "%u", (unsigned)number),
                   view->arena);
        *last = number > *last ? number : *last;
    }
    return numbers;
}

/* tern wants every number from 1 on, and runs nothing where one is missing. */
void ls_tern_list(const ls_directory_view *view, ls_layout *layout) {
    uint32_t last;
    const ls_map numbers = numbers_in(view, &last);
    for (uint32_t number = 1; number < last && last < LARGEST_NUMBER; number++) {
        const char *digits = ls_arena_format(view->arena, "%u", (unsigned)number);
        if (ls_map_get(&numbers, digits) != NULL)
            continue;
        layout->note = ls_arena_format(
            view->arena, "%s: there is no migration %s, so that tern refuses to run any of them",
            view->path, digits);
        return;
    }
}

/* --- Names ----------------------------------------------------------------------------------- */

/* The directory that the names in a file start from: that of its snapshot, or the migrations'. */
static const char *names_start_in(ls_arena *arena, const char *migrations, const char *file) {
    const char *snapshots = ls_path_join(arena, migrations, "snapshots");
    const char *below = ls_path_below(arena, snapshots, file);
    size_t length = below == NULL ? 0 : strcspn(below, "/");
    return length == 0 ? migrations
                       : ls_path_join(arena, snapshots, ls_arena_copy(arena, below, length));
}

const char *ls_tern_included(ls_arena *arena, const char *migration, const char *file,
                             const char *name, const char **why) {
    const char *migrations = ls_path_directory(arena, migration);
    const char *start = names_start_in(arena, migrations, file);
    if (!ls_is_sql_file(name)) {
        const char *snapshot = ls_path_join(arena, "snapshots", name);
        start = migrations;
        name = ls_path_join(arena, snapshot, "install.sql");
    }
    const char *path = ls_path_from(arena, ".", ls_path_join(arena, start, name));
    const char *below = ls_path_below(arena, start, path);
    bool is_template = below != NULL && (start != migrations || strchr(below, '/') != NULL);
    if (!is_template)
        *why = ls_arena_format(arena, "the templates are the files in directories below %s", start);
    return is_template ? path : NULL;
}

/* --- Actions --------------------------------------------------------------------------------- */

/* {{ template "NAME" . }} */
typedef struct {
    const char *name; /* that of the file or of the snapshot; NULL: there is no action */
    size_t length;
    size_t whole; /* with a semicolon behind it */
} inclusion_action;

static const char *skip_blanks(const char *at) {
    return at + strspn(at, BLANKS);
}

/* What stands behind the word and the blanks that follow it; NULL if another one stands there. */
static const char *behind(const char *at, const char *word) {
    size_t length = strlen(word);
    return strncmp(at, word, length) == 0 ? skip_blanks(at + length) : NULL;
}

/* The name's opening quote; NULL if the action is another one. */
static const char *opening_quote(const char *at, bool *is_snapshot) {
    const char *inside = behind(at, "{{-");
    if (inside == NULL)
        inside = behind(at, "{{");
    if (inside == NULL)
        return NULL;
    const char *quote = behind(inside, "template"), *snapshot = behind(inside, "install_snapshot");
    *is_snapshot = snapshot != NULL;
    quote = quote == NULL ? snapshot : quote;
    return quote != NULL && *quote == '"' ? quote : NULL;
}

/* The action that the line holds alone, but for a semicolon. */
static inclusion_action action_in(ls_arena *arena, const char *line) {
    const inclusion_action none = {0};
    bool is_snapshot;
    const char *quote = opening_quote(line, &is_snapshot);
    size_t length = quote == NULL ? 0 : strcspn(quote + 1, "\"'\\\n");
    if (length == 0 || quote[1 + length] != '"')
        return none;
    const char *name = ls_arena_copy(arena, quote + 1, length);
    const char *end = strstr(quote, "}}");
    if (end == NULL || ls_is_sql_file(name) == is_snapshot)
        return none;
    const char *rest = skip_blanks(end + 2);
    rest = *rest == ';' ? skip_blanks(rest + 1) : rest;
    bool is_alone = rest == quote + strcspn(quote, "\n");
    return !is_alone ? none
                     : (inclusion_action){.name = name,
                                          .length = (size_t)(end + 2 - line),
                                          .whole = (size_t)(rest - line)};
}

/* Whether a statement is open behind a line, if `open` says whether one was before it. */
static bool leaves_open(const char *line, const char *end, bool open) {
    while (end > line && strchr(BLANKS, end[-1]) != NULL)
        end--;
    return end == line || strncmp(line, "--", 2) == 0 ? open : end[-1] != ';';
}

/* The command takes all of the action's place, as what is said of it does then. */
static void write_include(ls_arena *arena, char *line, inclusion_action action) {
    const char *name = ls_arena_join(arena, "'", action.name, "'", NULL);
    size_t length = strlen(name);
    memset(line, ' ', action.whole);
    memcpy(line, "\\i", 2);
    memcpy(line + action.length - length, name, length);
}

const char *ls_tern_text(ls_arena *arena, const char *text) {
    if (strstr(text, "{{") == NULL)
        return text;
    char *copy = ls_arena_copy(arena, text, strlen(text)), *line = copy;
    bool open = false;
    while (*line != '\0') {
        char *end = line + strcspn(line, "\n"), *first = line + strspn(line, BLANKS);
        const inclusion_action action = open ? (inclusion_action){0} : action_in(arena, first);
        if (action.name != NULL)
            write_include(arena, first, action);
        else
            open = leaves_open(first, end, open);
        line = end + (*end == '\n');
    }
    return copy;
}
