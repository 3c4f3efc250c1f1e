/*
 * release.c - a release takes a name out of the code where the commit that migrations are judged
 * against has it, and what is there now has it nowhere.
 *
 * Names of columns are ordinary words. That the last of them goes in the same change is what makes
 * it likely that the column is meant; where one is left there is no telling. What is not run as
 * code of the application does not count, on either side.
 */
#include "cli/release.h"

#include "git/words.h"
#include "plan/implied.h"
#include "support/glob.h"
#include "support/path.h"

#include <ctype.h>
#include <string.h>

/* --- What counts as code --------------------------------------------------------------------- */

/* Files that name columns and are no code that runs in an application: tests, documents, dumps of
 * the schema, what frameworks write about it. */
static const char *const no_code[] = {
    "test",       "tests",          "spec",           "specs",      "__tests__", "fixtures",
    "factories",  "features",       "testdata",       "doc",        "docs",      "*.md",
    "*.markdown", "*.rst",          "*.adoc",         "*.txt",      "*_test.*",  "*_spec.*",
    "test_*",     "*.test.*",       "*.spec.*",       "*Test.*",    "schema.rb", "structure.sql",
    "schema.sql", "lockstep*.yaml", ".lockstep.yaml", "CHANGELOG*", "*.lock",
};

/* What comments begin with, where the line holds nothing else. */
static const char *const comments[] = {"#", "//", "--", "/*", "*", "<!--", "%"};

static bool is_no_code(const char *part) {
    for (size_t i = 0; i < sizeof no_code / sizeof *no_code; i++)
        if (ls_glob_matches(no_code[i], part))
            return true;
    return false;
}

static bool has_part_without_code(ls_arena *arena, const char *path) {
    const char *end;
    for (const char *part = path; (end = strchr(part, '/')) != NULL; part = end + 1)
        if (is_no_code(ls_arena_copy(arena, part, (size_t)(end - part))))
            return true;
    return is_no_code(ls_path_last(path));
}

static bool lies_below(const char *directory, const char *path) {
    size_t length = strlen(directory);
    return length == 0 || (strncmp(path, directory, length) == 0 && path[length] == '/');
}

/* Beside a migration of the run, or the dump that stands before them. */
static bool is_migration(const ls_code *code, const char *path) {
    ls_repository *repository = &code->scope->repository;
    for (LS_EACH(const ls_migration, file, code->input->files)) {
        const char *key = file->path == NULL ? NULL : ls_repository_file(repository, file->path);
        if (key == NULL)
            continue;
        if (strcmp(key, path) == 0 ||
            (!file->is_schema && lies_below(ls_path_directory(code->arena, key), path)))
            return true;
    }
    return false;
}

/* A column that an object mapper is told to forget is named there, and used no longer. */
static bool is_use(const char *text) {
    text += strspn(text, " \t");
    for (size_t i = 0; i < sizeof comments / sizeof *comments; i++)
        if (strncmp(text, comments[i], strlen(comments[i])) == 0)
            return false;
    return strstr(text, "ignore") == NULL;
}

static const ls_word_line *first_use(const ls_code *code, const ls_word_lines *lines) {
    for (LS_EACH(const ls_word_line, line, *lines))
        if (is_use(line->text) && !has_part_without_code(code->arena, line->path) &&
            !is_migration(code, line->path))
            return line;
    return NULL;
}

/* --- Names ----------------------------------------------------------------------------------- */

/* email_address is emailAddress, too. NULL: a name that code writes otherwise. */
static const char *expression_of(ls_arena *arena, const char *name) {
    const char *expression = "";
    for (const char *at = name; *at != 0; at++) {
        unsigned char byte = (unsigned char)*at;
        if (!isalnum(byte) && byte != '_')
            return NULL;
        expression = ls_arena_format(arena, "%s%c%s", expression, byte, byte == '_' ? "?" : "");
    }
    return expression;
}

static const char *look_for(const ls_code *code, const char *name) {
    const ls_scope *scope = code->scope;
    const char *expression = expression_of(code->arena, name);
    ls_word_lines before = {0}, now = {0};
    ls_words_place place = scope->command->staged ? LS_WORDS_OF_INDEX : LS_WORDS_OF_TREE;
    if (expression == NULL || ls_words_find(&scope->repository, LS_WORDS_OF_COMMIT, scope->base,
                                            expression, &before) != NULL)
        return NULL;
    const ls_word_line *use = first_use(code, &before);
    if (use == NULL || ls_words_find(&scope->repository, place, NULL, expression, &now) != NULL ||
        first_use(code, &now) != NULL)
        return NULL;
    return ls_arena_format(code->arena, "%s:%u", ls_repository_shown(&scope->repository, use->path),
                           use->line);
}

static const char *last_use(void *context, const char *name) {
    static const char none[] = "";
    ls_code *code = context;
    const char *known = ls_map_get(&code->last_uses, name);
    if (known == NULL) {
        known = look_for(code, name);
        known = known == NULL ? none : known;
        ls_map_set(code->arena, &code->last_uses, ls_arena_string(code->arena, name),
                   (void *)(uintptr_t)known);
    }
    return *known == 0 ? NULL : known;
}

/* --- Migrations ------------------------------------------------------------------------------ */

static bool is_in_a_plan(const ls_code *code, const ls_migration *migration) {
    for (size_t i = 0; i < code->plans.count; i++)
        if (strcmp(code->plans.items[i], migration->name) == 0)
            return true;
    return false;
}

bool ls_code_release(ls_code *code, const ls_migration *migration, ls_release *release) {
    if (!code->scope->open || code->scope->base == NULL || is_in_a_plan(code, migration))
        return false;
    const ls_implied_file file = ls_implied_file_of(code->arena, migration, migration->name);
    *release = (ls_release){
        .last_use = last_use, .context = code, .before_deploy = file.by != LS_IMPLIED_BY_EFFECTS};
    return !file.after_deploy;
}
