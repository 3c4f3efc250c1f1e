/*
 * recognise.c - which framework's migrations a directory holds.
 *
 * Some clues leave no doubt: a file that only this tool writes, a marker that only it reads. They
 * are asked of all frameworks first. Names are shared by several, so what only names say counts
 * where nothing is sure. Lines are looked for in a few of the migrations, spread over all of them.
 */
#include "input/framework.h"
#include "support/glob.h"
#include "support/path.h"

#include <string.h>

enum { MOST_SAMPLES = 16, DIRECTORIES_ABOVE = 5, LARGEST_SAMPLE = 1 << 20 };

typedef struct {
    const ls_directory_view *view;
    const ls_source *samples[MOST_SAMPLES];
    size_t sample_count;
} clue_search;

/* --- Files ----------------------------------------------------------------------------------- */

/* The text of a file of modest size; NULL if there is none. */
static const char *text_of(const ls_directory_view *view, const char *path, size_t *length) {
    ls_file_status status;
    const char *text;
    if (view->from->look_at(view->from, view->arena, path, &status) != 0 ||
        status.kind != LS_FILE_REGULAR || status.size > LARGEST_SAMPLE ||
        view->from->read_file(view->from, view->arena, path, &text, length) != 0)
        return NULL;
    return text;
}

static bool is_beside(const ls_directory_view *view, const char *name) {
    ls_file_status status;
    const char *path = ls_path_join(view->arena, view->path, name);
    return view->from->look_at(view->from, view->arena, path, &status) == 0;
}

const char *ls_directory_above(const ls_directory_view *view, const char *directory) {
    ls_file_status status;
    const char *root = ls_path_join(view->arena, directory, ".git");
    if (strcmp(directory, "/") == 0 ||
        view->from->look_at(view->from, view->arena, root, &status) == 0)
        return NULL;
    const char *last = ls_path_last(directory);
    if (strcmp(directory, ".") == 0)
        return "..";
    return strcmp(last, "..") == 0 ? ls_path_join(view->arena, directory, "..")
                                   : ls_path_directory(view->arena, directory);
}

/* "name" or "name: what the file holds" */
static bool is_above(const ls_directory_view *view, const char *wanted) {
    const char *colon = strstr(wanted, ": "), *directory = view->path;
    const char *name =
        colon == NULL ? wanted : ls_arena_copy(view->arena, wanted, (size_t)(colon - wanted));
    for (int i = 0; directory != NULL && i < DIRECTORIES_ABOVE; i++) {
        size_t length;
        const char *text = text_of(view, ls_path_join(view->arena, directory, name), &length);
        if (text != NULL && (colon == NULL || strstr(text, colon + 2) != NULL))
            return true;
        directory = ls_directory_above(view, directory);
    }
    return false;
}

/* --- Names and lines ------------------------------------------------------------------------- */

static bool is_named(const char *name, const char *pattern) {
    const char *last = ls_path_last(name);
    return ls_glob_matches(pattern, name) || (last != name && ls_glob_matches(pattern, last));
}

/* A stray file changes nothing: it is what most are called that counts. */
static bool are_named(const ls_directory_view *view, const char *pattern) {
    size_t matching = 0, others = 0, most = view->names.count / 2;
    for (LS_EACH(__typeof__(const char *), name, view->names)) {
        if (is_named(*name, pattern))
            matching++;
        else if (++others > most)
            return false;
    }
    return matching > 0;
}

static bool are_named_below(const ls_directory_view *view, const char *clue) {
    size_t pattern = strcspn(clue, " ");
    return is_above(view, clue + pattern + 1) &&
           are_named(view, ls_arena_copy(view->arena, clue, pattern));
}

static bool ends_in(const char *path, const char *end) {
    size_t length = strlen(path), wanted = strlen(end);
    return length >= wanted && strcmp(path + length - wanted, end) == 0 &&
           (length == wanted || path[length - wanted - 1] == '/');
}

static bool has_line(const ls_source *source, const char *start) {
    for (uint32_t line = 1; line <= source->line_count; line++)
        if (ls_after(source, ls_source_line(source, line), start) != NULL)
            return true;
    return false;
}

static bool say(const clue_search *search, const char *start) {
    for (size_t i = 0; i < search->sample_count; i++)
        if (has_line(search->samples[i], start))
            return true;
    return false;
}

static void take_samples(clue_search *search) {
    const ls_directory_view *view = search->view;
    size_t count = view->names.count, step = count / MOST_SAMPLES + 1;
    for (size_t i = 0; i < count && search->sample_count < MOST_SAMPLES; i += step) {
        ls_text_problem problem;
        size_t length;
        const char *path = ls_path_join(view->arena, view->path, view->names.items[i]);
        const char *text = text_of(view, path, &length);
        const ls_source *source =
            text == NULL ? NULL : ls_source_new(view->arena, path, text, length, &problem);
        if (source != NULL)
            search->samples[search->sample_count++] = source;
    }
}

/* --- Clues ----------------------------------------------------------------------------------- */

static bool is_sure(ls_clue_kind kind) {
    return kind == LS_CLUE_BESIDE || kind == LS_CLUE_LINE || kind == LS_CLUE_PATH;
}

static bool holds(const clue_search *search, ls_clue clue) {
    switch (clue.kind) {
    case LS_CLUE_BESIDE:
        return is_beside(search->view, clue.text);
    case LS_CLUE_LINE:
        return say(search, clue.text);
    case LS_CLUE_PATH:
        return ends_in(search->view->path, clue.text);
    case LS_CLUE_NAMES:
        return are_named(search->view, clue.text);
    case LS_CLUE_NAMES_AND_ABOVE:
        return are_named_below(search->view, clue.text);
    case LS_CLUE_NONE:
        break;
    }
    return false;
}

static bool speaks_for(const clue_search *search, const ls_framework *framework, bool sure) {
    for (size_t i = 0; i < LS_MOST_CLUES; i++) {
        const ls_clue clue = framework->clues[i];
        if (clue.kind != LS_CLUE_NONE && is_sure(clue.kind) == sure && holds(search, clue))
            return true;
    }
    return false;
}

static const ls_framework *layout_of(const ls_directory_view *view, const ls_framework *framework) {
    return framework->layout_of == NULL ? framework : framework->layout_of(view);
}

const ls_framework *ls_recognise(const ls_directory_view *view) {
    clue_search search = {.view = view};
    take_samples(&search);
    for (int sure = 1; sure >= 0; sure--)
        for (size_t i = 0; i < LS_FRAMEWORK_COUNT; i++)
            if (speaks_for(&search, &ls_frameworks[i], sure == 1))
                return layout_of(view, &ls_frameworks[i]);
    return ls_framework_plain;
}
