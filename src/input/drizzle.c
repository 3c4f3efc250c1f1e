/*
 * drizzle.c - migrations that a journal lists: Drizzle's meta/_journal.json.
 *
 * The journal's entries are run in their order, and a file without an entry never is. Statements
 * are parted by a comment, with or without a semicolon (drizzle-orm, migrator.ts).
 */
#include "input/foreign.h"
#include "input/framework.h"
#include "support/path.h"

#include <jansson.h>
#include <string.h>

static const char BREAKPOINT[] = "--> statement-breakpoint";

static json_t *read_journal(const ls_directory_view *view) {
    const char *path = ls_path_join(view->arena, view->path, "meta/_journal.json"), *text;
    size_t length;
    if (view->from->read_file(view->from, view->arena, path, &text, &length) != 0)
        return NULL;
    return json_loadb(text, length, 0, NULL);
}

static void list_entry(const ls_directory_view *view, ls_layout *layout, const json_t *entry) {
    const char *tag = json_string_value(json_object_get(entry, "tag"));
    if (tag != NULL)
        ls_layout_list(view->arena, layout, ls_arena_format(view->arena, "%s.sql", tag));
}

void ls_drizzle_list(const ls_directory_view *view, ls_layout *layout) {
    json_t *journal = read_journal(view);
    const json_t *entries = json_object_get(journal, "entries");
    const char *dialect = json_string_value(json_object_get(journal, "dialect"));
    if (dialect != NULL)
        layout->foreign = ls_foreign_database(dialect, strlen(dialect));
    layout->listed = json_is_array(entries);
    size_t index;
    const json_t *entry;
    json_array_foreach(entries, index, entry) list_entry(view, layout, entry);
    json_decref(journal);
}

void ls_drizzle_read(ls_parts *parts) {
    const char *text = parts->source->text;
    for (const char *at = text; (at = strstr(at, BREAKPOINT)) != NULL; at += strlen(BREAKPOINT)) {
        size_t begin = (size_t)(at - text);
        LS_PUSH(parts->arena, &parts->ends, ls_span_of(begin, begin + strlen(BREAKPOINT)));
    }
    ls_add_section(parts, 0, parts->migration->framework->running);
}
