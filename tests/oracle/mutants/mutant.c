#include "mutant.h"

#include "support/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *path, const char *problem) {
    fprintf(stderr, "mutants: %s: %s\n", path, problem);
    exit(2);
}

/* --- Mistakes -------------------------------------------------------------------------------- */

static const char *title_of(ls_arena *arena, const ls_plan_stage *stage) {
    return ls_arena_format(arena, "%u %s: %s", stage->number, ls_plan_verb_name(stage->verb),
                           stage->value);
}

/* A plan with the same stages in an order of its own; those of it get their numbers anew. */
static ls_plan *without_stages(ls_arena *arena, const ls_plan *plan) {
    ls_plan *copy = LS_NEW(arena, ls_plan);
    *copy = *plan;
    memset(&copy->stages, 0, sizeof copy->stages);
    return copy;
}

static void add_stage(ls_arena *arena, ls_plan *plan, const ls_plan_stage *stage) {
    ls_plan_stage copy = *stage;
    copy.number = plan->stages.count + 1;
    LS_PUSH(arena, &plan->stages, copy);
}

static ls_mutant leave_out(ls_arena *arena, const ls_plan *plan, uint32_t left_out) {
    ls_plan *copy = without_stages(arena, plan);
    for (uint32_t i = 0; i < plan->stages.count; i++)
        if (i != left_out)
            add_stage(arena, copy, &plan->stages.items[i]);
    const ls_plan_stage *stage = &plan->stages.items[left_out];
    return (ls_mutant){
        .plan = copy,
        .name = ls_arena_format(arena, "without %s", title_of(arena, stage)),
        .hidden = ls_plan_runs_sql(stage->verb) ? ls_path_last(stage->value) : NULL,
    };
}

static ls_mutant swap(ls_arena *arena, const ls_plan *plan, uint32_t first) {
    ls_plan *copy = without_stages(arena, plan);
    for (uint32_t i = 0; i < plan->stages.count; i++) {
        uint32_t from = i == first ? first + 1 : i == first + 1 ? first : i;
        add_stage(arena, copy, &plan->stages.items[from]);
    }
    return (ls_mutant){
        .plan = copy,
        .name =
            ls_arena_format(arena, "%s before %s", title_of(arena, &plan->stages.items[first + 1]),
                            title_of(arena, &plan->stages.items[first])),
    };
}

static const ls_plan *read_plan(ls_arena *arena, const char *directory) {
    const char *path = ls_arena_join(arena, directory, "/plan.yaml", NULL), *text;
    size_t length;
    ls_text_problem in_text;
    ls_yaml_problems problems = {0};
    if (ls_files_on_disk.read_file(&ls_files_on_disk, arena, path, &text, &length) != 0)
        give_up(path, "cannot be read");
    const ls_source *source = ls_source_new(arena, path, text, length, &in_text);
    if (source == NULL)
        give_up(path, in_text.message);
    const ls_plan *plan =
        ls_plan_read(arena, source, ls_arena_join(arena, directory, "/", NULL), &problems);
    if (plan == NULL)
        give_up(path, problems.items[0].message);
    return plan;
}

ls_mutants ls_mutants_read(ls_arena *arena, const char *directory) {
    const ls_plan *plan = read_plan(arena, directory);
    ls_mutants mutants = {0};
    const ls_mutant itself = {.plan = plan, .name = "as it is"};
    LS_PUSH(arena, &mutants, itself);
    for (uint32_t i = 0; i < plan->stages.count && plan->stages.count > 1; i++)
        LS_PUSH(arena, &mutants, leave_out(arena, plan, i));
    for (uint32_t i = 0; i + 1 < plan->stages.count; i++)
        LS_PUSH(arena, &mutants, swap(arena, plan, i));
    for (LS_EACH(ls_mutant, mutant, mutants))
        mutant->directory = directory;
    return mutants;
}

/* --- Files ----------------------------------------------------------------------------------- */

/* The hidden file, and what takes it back. */
static bool is_hidden(const ls_files *files, const char *path) {
    const ls_mutant *mutant = files->context;
    if (mutant->hidden == NULL)
        return false;
    const char *name = ls_path_last(path);
    size_t stem = strlen(mutant->hidden) - strlen(".sql");
    return strncmp(name, mutant->hidden, stem) == 0 &&
           (strcmp(name + stem, ".sql") == 0 || strcmp(name + stem, ".down.sql") == 0);
}

static int look_at(const ls_files *files, ls_arena *arena, const char *path,
                   ls_file_status *status) {
    if (is_hidden(files, path))
        path = "";
    return ls_files_on_disk.look_at(&ls_files_on_disk, arena, path, status);
}

static int list_directory(const ls_files *files, ls_arena *arena, const char *path,
                          ls_directory_entries *entries) {
    ls_directory_entries all = {0};
    int error = ls_files_on_disk.list_directory(&ls_files_on_disk, arena, path, &all);
    for (LS_EACH(const ls_directory_entry, entry, all))
        if (!is_hidden(files, entry->name))
            LS_PUSH(arena, entries, *entry);
    return error;
}

static int read_file(const ls_files *files, ls_arena *arena, const char *path, const char **text,
                     size_t *length) {
    (void)files;
    return ls_files_on_disk.read_file(&ls_files_on_disk, arena, path, text, length);
}

/* --- What lockstep says ---------------------------------------------------------------------- */

static const ls_chosen_rules *choose_all(ls_arena *arena) {
    static const char *const everything[] = {"*"};
    const ls_words select = {.items = (const char **)(uintptr_t)everything, .count = 1};
    const ls_rule_choice choice = {.rules = ls_builtin_rules(), .select = &select};
    return ls_choose_rules(arena, &choice);
}

ls_plan_result ls_mutant_verify(ls_arena *arena, const ls_mutant *mutant, int postgres) {
    const ls_files files = {.look_at = look_at,
                            .list_directory = list_directory,
                            .read_file = read_file,
                            .context = (void *)(uintptr_t)mutant};
    ls_plan_request request = {
        .surroundings = {.from = &files},
        .replay = {.postgres = postgres},
        .rules = choose_all(arena),
    };
    LS_PUSH(arena, &request.surroundings.directories,
            ls_arena_join(arena, mutant->directory, "/db", NULL));
    ls_plan_result result;
    ls_words errors = {0};
    if (!ls_plan_verify(arena, mutant->plan, &request, &result, &errors))
        give_up(mutant->directory, errors.items[0]);
    return result;
}

static bool asks_for_place(const char *rule) {
    return strcmp(rule, "tool-order-differs") == 0 || strcmp(rule, "file-not-in-plan") == 0;
}

static int compare_words(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

ls_words ls_mutant_errors(ls_arena *arena, const ls_plan_result *result) {
    ls_words all = {0}, once = {0};
    for (LS_EACH(const ls_finding, finding, result->findings))
        if (finding->severity == LS_SEVERITY_ERROR && !asks_for_place(finding->rule->id))
            LS_PUSH(arena, &all, finding->rule->id);
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, compare_words);
    for (size_t i = 0; i < all.count; i++)
        if (i == 0 || strcmp(all.items[i], all.items[i - 1]) != 0)
            LS_PUSH(arena, &once, all.items[i]);
    return once;
}
