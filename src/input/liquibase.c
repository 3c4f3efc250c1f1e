/*
 * liquibase.c - formatted SQL: changesets one below the other, each with attributes of its own.
 *
 * --changeset author:id runInTransaction:false endDelimiter:/ dbms:postgresql. What stands before
 * the first changeset is comment. Rollback statements are comments too, so that a server that is
 * handed the file reads only the up part (AbstractFormattedChangeLogParser.java; the defaults from
 * the documentation).
 *
 * A changelog in YAML or JSON gives the order of the files (changelog.c); that there is one in XML
 * is told.
 */
#include "input/changelog.h"
#include "input/framework.h"
#include "support/path.h"

#include <string.h>
#include <strings.h>

typedef struct {
    uint32_t begin;
    bool open, foreign;
    const char *delimiter; /* NULL: the semicolon */
} changeset;

/* The value of an attribute in the line behind --changeset; NULL if it is not given. */
static const char *attribute(const ls_parts *parts, const char *rest, ls_span line,
                             const char *name) {
    const char *end = parts->source->text + line.end;
    size_t length = strlen(name);
    for (const char *at = rest; at + length < end; at++) {
        if ((at[-1] != ' ' && at[-1] != '\t') || strncasecmp(at, name, length) != 0 ||
            at[length] != ':')
            continue;
        const char *value = at + length + 1;
        size_t quoted = value < end && *value == '"' ? 1 : 0;
        size_t width = strcspn(value + quoted, quoted == 1 ? "\"\n" : " \t\r\n");
        return ls_arena_copy(parts->arena, value + quoted, width);
    }
    return NULL;
}

static bool is_false(const char *value) {
    return value != NULL && strcasecmp(value, "false") == 0;
}

/* "postgresql,h2" and "!mysql" are for PostgreSQL, "mysql" and "!postgresql" are not. */
static bool is_for_others(const char *databases) {
    if (databases == NULL || strcasecmp(databases, "all") == 0)
        return false;
    bool excludes = strchr(databases, '!') != NULL;
    bool named = strstr(databases, "postgres") != NULL;
    return excludes ? named : !named;
}

static ls_running running_of(const ls_parts *parts, const char *rest, ls_span line) {
    if (!is_false(attribute(parts, rest, line, "runInTransaction")))
        return LS_RUNS_IN_TRANSACTION;
    return is_false(attribute(parts, rest, line, "splitStatements")) ? LS_RUNS_ONE_QUERY
                                                                     : LS_RUNS_STATEMENTS;
}

/* "\nGO" is written with a backslash: a line of its own. */
static const char *delimiter_of(const ls_parts *parts, const char *rest, ls_span line) {
    const char *delimiter = attribute(parts, rest, line, "endDelimiter");
    while (delimiter != NULL && strncmp(delimiter, "\\n", 2) == 0)
        delimiter += 2;
    return delimiter == NULL || *delimiter == '\0' || strcmp(delimiter, ";") == 0 ? NULL
                                                                                  : delimiter;
}

static void end_changeset(ls_parts *parts, const changeset *ended, uint32_t end) {
    const ls_span at = ls_span_of(ended->begin, end);
    if (!ended->open)
        return;
    if (ended->foreign)
        LS_PUSH(parts->arena, &parts->left_out, at);
    else if (ended->delimiter != NULL)
        ls_end_statements_at(parts, at, ended->delimiter);
}

static changeset begin_changeset(ls_parts *parts, ls_span line, const char *rest) {
    ls_add_section(parts, line.begin, running_of(parts, rest, line));
    return (changeset){
        .begin = line.begin,
        .open = true,
        .foreign = is_for_others(attribute(parts, rest, line, "dbms")),
        .delimiter = delimiter_of(parts, rest, line),
    };
}

/* A rollback in a block comment, over several lines. */
static void read_rollback_block(ls_parts *parts, ls_span line, const char *rest) {
    const char *text = parts->source->text, *end = strstr(text + line.begin, "*/");
    if (end != NULL)
        LS_PUSH(parts->arena, &parts->migration->down,
                ls_span_of((size_t)(rest - text), (size_t)(end - text)));
}

static void see_line(ls_parts *parts, changeset *current, ls_span line) {
    const ls_source *source = parts->source;
    const char *rest;
    if ((rest = ls_after(source, line, "-- changeset")) != NULL) {
        end_changeset(parts, current, line.begin);
        *current = begin_changeset(parts, line, rest);
    } else if ((rest = ls_after(source, line, "-- rollback")) != NULL) {
        LS_PUSH(parts->arena, &parts->migration->down,
                ls_span_of((size_t)(rest - source->text), line.end));
    } else if ((rest = ls_after(source, line, "/* liquibase rollback")) != NULL) {
        read_rollback_block(parts, line, rest);
    }
}

/* Of a file without changesets: the one that has it run says how. */
static ls_running running_of_file(const ls_migration *migration) {
    bool is_unwrapped = migration->layout != NULL && migration->path != NULL &&
                        ls_map_get(&migration->layout->unwrapped, migration->path) != NULL;
    return is_unwrapped ? migration->framework->unwrapped : migration->framework->running;
}

void ls_liquibase_read(ls_parts *parts) {
    changeset current = {0};
    for (uint32_t line = 1; line <= parts->source->line_count; line++)
        see_line(parts, &current, ls_source_line(parts->source, line));
    end_changeset(parts, &current, parts->source->length);
    if (parts->migration->sections.count == 0)
        ls_add_section(parts, 0, running_of_file(parts->migration));
}

/* --- Changelogs of another format ------------------------------------------------------------- */

enum { DIRECTORIES_WITH_CHANGELOGS = 3, LARGEST_CHANGELOG = 1 << 20 };

static bool is_called_changelog(const char *name) {
    static const char *const ends[] = {".xml", ".yaml", ".yml", ".json"};
    const char *dot = strrchr(name, '.');
    bool is_index = strstr(name, "changelog") != NULL || strstr(name, "changeLog") != NULL;
    for (size_t i = 0; dot != NULL && is_index && i < sizeof ends / sizeof *ends; i++)
        if (strcmp(dot, ends[i]) == 0)
            return true;
    return false;
}

static bool is_changelog(const ls_directory_view *view, const char *path) {
    ls_file_status status;
    const char *text;
    size_t length;
    return is_called_changelog(ls_path_last(path)) &&
           view->from->look_at(view->from, view->arena, path, &status) == 0 &&
           status.kind == LS_FILE_REGULAR && status.size <= LARGEST_CHANGELOG &&
           view->from->read_file(view->from, view->arena, path, &text, &length) == 0 &&
           strstr(text, "databaseChangeLog") != NULL;
}

/* The one that includes the others: a master by its name, else the first. */
static bool is_rather(const char *path, const char *than) {
    if (than == NULL)
        return true;
    bool is_master = strstr(ls_path_last(path), "master") != NULL;
    bool was_master = strstr(ls_path_last(than), "master") != NULL;
    return is_master != was_master ? is_master : strcmp(path, than) < 0;
}

/* That of a directory; NULL: it has none. */
static const char *changelog_in(const ls_directory_view *view, const char *directory) {
    ls_directory_entries entries = {0};
    const char *found = NULL;
    if (view->from->list_directory(view->from, view->arena, directory, &entries) != 0)
        return NULL;
    for (LS_EACH(const ls_directory_entry, entry, entries)) {
        const char *path = ls_path_join(view->arena, directory, entry->name);
        if (is_changelog(view, path) && is_rather(path, found))
            found = path;
    }
    return found;
}

void ls_liquibase_list(const ls_directory_view *view, ls_layout *layout) {
    const char *directory = view->path, *found = NULL;
    if (layout->listed || layout->unread != NULL)
        return;
    for (int i = 0; i < DIRECTORIES_WITH_CHANGELOGS && directory != NULL && found == NULL; i++) {
        found = changelog_in(view, directory);
        directory = ls_directory_above(view, directory);
    }
    if (found != NULL && strcmp(strrchr(found, '.'), ".xml") == 0)
        layout->note = ls_arena_format(
            view->arena,
            "%s: a changelog in XML is not read: all SQL files are taken, in the order of their "
            "names; what liquibase update-sql prints shows lockstep the rest",
            found);
    else if (found != NULL)
        ls_changelog_read(view, found, layout);
}
