/*
 * history.c - the files of the run, as their names and git's changes tell of them.
 *
 * A series is what a runner counts versions in: the migrations of one directory. Left alone is what
 * is no mistake: files without a version, runners that go by names, days for versions, files for
 * several databases beside each other.
 */
#include "cli/history.h"

#include "input/framework.h"
#include "input/order.h"
#include "support/path.h"

#include <stdlib.h>
#include <string.h>

/* A file of the run by what its runner goes by. */
typedef struct {
    const ls_migration *file;
    const char *series, *name; /* a directory; what bears the version in it */
    const char *version;       /* NULL: none */
    bool applied;
} member;

typedef struct {
    ls_arena *arena;
    ls_scope *scope;
    const ls_input *input;
    LS_VECTOR(member) members; /* one for each file, in order */
    ls_map tracked;            /* the paths of their files */
    ls_history history;
} history_search;

/* --- Names ----------------------------------------------------------------------------------- */

static member member_of(history_search *search, const ls_migration *file) {
    ls_arena *arena = search->arena;
    const char *directory = ls_path_directory(arena, file->name), *name = ls_path_last(file->name);
    if (ls_is_named_by_directory(name)) {
        name = ls_path_last(directory);
        directory = ls_path_directory(arena, directory);
    }
    member made = {.file = file, .series = directory, .name = name, .version = file->version};
    made.applied = file->tracked != NULL && ls_scope_is_applied(search->scope, file->tracked);
    return made;
}

static void add_fact(history_search *search, const member *of, ls_history_fact fact) {
    fact.file = of->name;
    LS_PUSH(search->arena, &search->history.of_files[of - search->members.items], fact);
}

/* --- Versions -------------------------------------------------------------------------------- */

static size_t digits(const char *text) {
    return strspn(text, "0123456789");
}

/* 20240501, 2024-05-01, 2024_05_01: two migrations a day are not unusual. */
static bool is_day(const char *version) {
    enum { YEAR = 4, WHOLE = 8, WITH_SEPARATORS = 10 };
    size_t length = strlen(version), first = digits(version);
    bool is_recent = strncmp(version, "19", 2) == 0 || strncmp(version, "20", 2) == 0;
    return is_recent &&
           ((length == WHOLE && first == WHOLE) || (length == WITH_SEPARATORS && first == YEAR));
}

/* What stands behind the version, to the first dot: a_b of 1_a_b.pg.sql. */
static bool has_same_title(const member *left, const member *right) {
    const char *a = strstr(left->name, left->version) + strlen(left->version);
    const char *b = strstr(right->name, right->version) + strlen(right->version);
    size_t length = strcspn(a, ".");
    return length == strcspn(b, ".") && strncmp(a, b, length) == 0;
}

/* 001a is no version 001. */
static bool is_whole_version(const member *of) {
    char next = strstr(of->name, of->version)[strlen(of->version)];
    return next == 0 || next == '.' || next == '_' || next == '-';
}

static bool share_version(const member *left, const member *right) {
    return left->version != NULL && right->version != NULL && !left->file->framework->by_name &&
           strcmp(left->series, right->series) == 0 &&
           ls_compare_versions(left->version, right->version) == 0 && is_whole_version(left) &&
           is_whole_version(right) && !is_day(left->version) && !has_same_title(left, right);
}

/* Who runs files of which nobody knows what runs them, and has several pairs of one version, does
 * not mind. */
static bool is_habit(const history_search *search, const member *of) {
    uint32_t pairs = 0;
    if (of->file->framework != ls_framework_plain)
        return false;
    for (uint32_t i = 1; i < search->members.count && pairs < 2; i++) {
        const member *at = &search->members.items[i];
        pairs += strcmp(at->series, of->series) == 0 && share_version(at - 1, at);
    }
    return pairs > 1;
}

/* Those of one version stand behind each other. */
static void find_same_versions(history_search *search) {
    for (uint32_t i = 1; i < search->members.count; i++) {
        const member *before = &search->members.items[i - 1], *at = before + 1;
        bool is_told = before->file->judged || at->file->judged;
        if (!is_told || !share_version(before, at) || is_habit(search, at))
            continue;
        const member *told = at->file->judged ? at : before, *other = told == at ? before : at;
        add_fact(search, told,
                 (ls_history_fact){.kind = LS_HISTORY_SAME_VERSION,
                                   .other = other->name,
                                   .version = told->version});
    }
}

/* --- Order ----------------------------------------------------------------------------------- */

/* From the last to the first, the highest applied one of the series is known. */
static void find_out_of_order(history_search *search) {
    const member *last = NULL;
    for (uint32_t i = search->members.count; i-- > 0;) {
        const member *at = &search->members.items[i];
        if (at->version == NULL)
            continue;
        if (last != NULL && strcmp(last->series, at->series) != 0)
            last = NULL;
        bool is_late =
            last != NULL && at->file->judged && !at->applied && at->file->tracked != NULL;
        if (is_late && ls_compare_versions(at->version, last->version) != 0)
            add_fact(search, at,
                     (ls_history_fact){.kind = LS_HISTORY_OUT_OF_ORDER, .other = last->name});
        if (last == NULL && at->applied)
            last = at;
    }
}

/* --- What git says --------------------------------------------------------------------------- */

/* The text that the base has; NULL if it is no text. */
static ls_source *applied_source(history_search *search, const ls_change *change,
                                 const char *name) {
    const char *text;
    size_t length;
    ls_text_problem problem;
    if (ls_blobs_read(search->scope->blobs, search->arena, change->old_id, &text, &length) != 0)
        return NULL;
    return ls_source_new(search->arena, name, text, length, &problem);
}

static bool is_edited(history_search *search, const ls_change *change, const ls_source *now) {
    if (change->kind != LS_CHANGE_EDITED)
        return false;
    const ls_source *before = applied_source(search, change, now->name);
    return before == NULL || !ls_history_reads_alike(before, now);
}

/* What a script includes is a part of it. */
static bool is_included_edited(history_search *search, const ls_script *script) {
    for (uint32_t i = 1; i < script->texts.count; i++) {
        const ls_source *included = script->texts.items[i]->source;
        const ls_change *change =
            ls_scope_change(search->scope, ls_scope_path(search->scope, included->name));
        if (change != NULL && is_edited(search, change, included))
            return true;
    }
    return false;
}

/* The name that a runner knows a file by. */
static const char *known_name(ls_arena *arena, const char *path) {
    const char *name = ls_path_last(path);
    return ls_is_named_by_directory(name) ? ls_path_last(ls_path_directory(arena, path)) : name;
}

static void find_change(history_search *search, const member *at) {
    const ls_change *change = ls_scope_change(search->scope, at->file->tracked);
    const char *old_path = change == NULL ? at->file->tracked : change->old_path;
    if (old_path == NULL || !ls_scope_is_applied(search->scope, old_path) || at->file->repeatable)
        return;
    const char *old_name = known_name(search->arena, old_path);
    if ((change != NULL && is_edited(search, change, at->file->source)) ||
        is_included_edited(search, at->file->script))
        add_fact(search, at, (ls_history_fact){.kind = LS_HISTORY_EDITED});
    else if (change != NULL && change->kind == LS_CHANGE_RENAMED && strcmp(old_name, at->name) != 0)
        add_fact(search, at, (ls_history_fact){.kind = LS_HISTORY_RENAMED, .other = old_name});
}

/* --- What is gone ---------------------------------------------------------------------------- */

static bool is_gone(history_search *search, const ls_change *change) {
    const char *name = ls_path_last(change->old_path);
    bool is_away =
        change->kind == LS_CHANGE_DELETED ||
        (change->kind == LS_CHANGE_RENAMED && ls_map_get(&search->tracked, change->path) == NULL);
    return is_away && ls_is_sql_file(name) && !ls_is_down_migration(name) &&
           !ls_is_repeatable(name) && ls_scope_is_applied(search->scope, change->old_path) &&
           ls_scope_is_asked_for(search->scope, change->old_path);
}

/* All that are gone are one finding, at the first of them. */
static void find_deleted(history_search *search) {
    ls_arena *arena = search->arena;
    const ls_change *first = NULL;
    uint32_t count = 0;
    for (LS_EACH(const ls_change, change, search->scope->changes.items))
        if (ls_scope_is_ours(search->scope, change) && is_gone(search, change)) {
            first = first == NULL ? change : first;
            count++;
        }
    if (first == NULL)
        return;
    const char *name = ls_repository_shown(&search->scope->repository, first->old_path);
    const ls_source *source = applied_source(search, first, name);
    if (source == NULL)
        return;
    ls_deleted_migration deleted = {.script = ls_script_read(arena, source)};
    ls_history_fact fact = {
        .kind = LS_HISTORY_DELETED, .file = known_name(arena, first->old_path), .more = count - 1};
    LS_PUSH(arena, &deleted.facts, fact);
    LS_PUSH(arena, &search->history.deleted, deleted);
}

ls_history ls_history_find(ls_arena *arena, ls_scope *scope, const ls_input *input) {
    history_search search = {.arena = arena, .scope = scope, .input = input};
    search.history.of_files = LS_NEW_ARRAY(arena, ls_history_facts, input->files.count + 1);
    for (LS_EACH(const ls_migration, file, input->files)) {
        member made = member_of(&search, file);
        LS_PUSH(arena, &search.members, made);
        if (file->tracked != NULL)
            ls_map_set(arena, &search.tracked, file->tracked, search.history.of_files);
    }
    find_same_versions(&search);
    if (!scope->open)
        return search.history;
    find_out_of_order(&search);
    for (LS_EACH(const member, at, search.members))
        find_change(&search, at);
    find_deleted(&search);
    return search.history;
}
