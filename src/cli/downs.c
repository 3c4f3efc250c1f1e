/*
 * downs.c - a migration without a down is told where its directory has the habit: where at least
 * half of the migrations have one. It is told once for all that are judged.
 */
#include "cli/downs.h"

#include "cli/configured.h"
#include "input/order.h"
#include "plan/running.h"
#include "reversal/outcome.h"
#include "rules/downs.h"
#include "support/path.h"

#include <string.h>

/* --- Habits ---------------------------------------------------------------------------------- */

/* What the migrations of a directory do about downs. */
typedef struct {
    uint32_t with, without;
    ls_words judged_without; /* their names */
    bool told;
} down_habit;

static const char *directory_of(ls_arena *arena, const ls_migration *migration) {
    const char *directory = ls_path_directory(arena, migration->name);
    return ls_is_named_by_directory(ls_path_last(migration->name))
               ? ls_path_directory(arena, directory)
               : directory;
}

/* The file's name, with its directory's where that bears the version. */
static const char *short_name(const ls_migration *migration) {
    const char *name = ls_path_last(migration->name);
    if (!ls_is_named_by_directory(name))
        return name;
    while (name > migration->name + 1 && name[-2] != '/')
        name--;
    return name > migration->name + 1 ? name - 1 : migration->name;
}

static bool needs_down(const ls_migration *migration) {
    return !migration->is_schema && !migration->repeatable && migration->script != NULL &&
           ls_needs_down(migration->script);
}

static down_habit *habit_of(ls_run *run, const ls_migration *migration) {
    const char *directory = directory_of(run->arena, migration);
    down_habit *habit = ls_map_get(&run->down_habits, directory);
    if (habit == NULL) {
        habit = LS_NEW(run->arena, down_habit);
        ls_map_set(run->arena, &run->down_habits, directory, habit);
    }
    return habit;
}

static void find_habits(ls_run *run) {
    if (run->down_habits.count > 0)
        return;
    for (LS_EACH(const ls_migration, file, run->input->files)) {
        down_habit *habit = habit_of(run, file);
        if (!needs_down(file))
            continue;
        if (file->down_path != NULL) {
            habit->with++;
        } else {
            habit->without++;
            if (file->judged)
                LS_PUSH(run->arena, &habit->judged_without, short_name(file));
        }
    }
}

/* The names but the one that is told of by itself; NULL: there are none. */
static const char *others_of(ls_arena *arena, const down_habit *habit, const char *told) {
    enum { MOST_NAMED = 3 };
    const char *list = NULL;
    uint32_t count = 0;
    for (LS_EACH(const char *, name, habit->judged_without)) {
        if (strcmp(*name, told) == 0 || count++ >= MOST_NAMED)
            continue;
        list = list == NULL ? *name : ls_arena_format(arena, "%s, %s", list, *name);
    }
    return count <= MOST_NAMED ? list
                               : ls_arena_format(arena, "%s and %u more", list, count - MOST_NAMED);
}

static const ls_outcome *miss_down(ls_run *run, const ls_migration *migration) {
    find_habits(run);
    down_habit *habit = habit_of(run, migration);
    if (!needs_down(migration) || habit->with == 0 || habit->with < habit->without || habit->told)
        return NULL;
    habit->told = true;
    const char *name = short_name(migration);
    return ls_missing_down_outcome(run->arena, migration->script, name,
                                   others_of(run->arena, habit, name), false);
}

/* --- Trying ---------------------------------------------------------------------------------- */

ls_direction ls_direction_up(ls_arena *arena, const ls_migration *migration) {
    const ls_script *script = migration->script;
    ls_direction up = {.script = script};
    uint32_t number = 0;
    for (LS_EACH(const ls_section, section, migration->sections)) {
        while (number < script->statements.count &&
               ls_stands_before(script->statements.items[number], migration->source, section->at))
            number++;
        LS_PUSH(arena, &up.sections,
                ((ls_run_section){number, ls_mode_alone(ls_mode_of(section->running))}));
    }
    return up;
}

ls_direction ls_direction_down(ls_arena *arena, const ls_migration *migration) {
    ls_direction down = {.script = migration->down_script};
    for (LS_EACH(const ls_down_section, section, migration->down_sections))
        LS_PUSH(arena, &down.sections,
                ((ls_run_section){section->first, ls_mode_alone(ls_mode_of(section->running))}));
    return down;
}

/* What the configuration says of transactions goes for both. */
static void configure(ls_run *run, const ls_migration *migration, ls_direction *direction) {
    ls_run_section whole = {0};
    if (!ls_configured_transaction(run->arena, run->command, &run->config, migration->name,
                                   &whole.mode))
        return;
    whole.mode = ls_mode_alone(whole.mode);
    direction->sections.count = 0;
    LS_PUSH(run->trial, &direction->sections, whole);
}

const ls_outcome *ls_judge_way_back(ls_run *run, const ls_migration *migration,
                                    const ls_chosen_rules *rules, uint32_t file,
                                    ls_findings *findings) {
    if (migration->down_path == NULL)
        return miss_down(run, migration);
    if (migration->down_script == NULL || migration->script->statements.count == 0)
        return NULL;
    ls_arena_clear(run->trial);
    ls_direction up = ls_direction_up(run->trial, migration);
    ls_direction down = ls_direction_down(run->trial, migration);
    configure(run, migration, &up);
    configure(run, migration, &down);
    const ls_reversal reversal = ls_judge_down(run->arena, run->trial, run->replay, rules, &up,
                                               &down, file, findings, &run->report.waived);
    run->report.downs_tried++;
    run->report.downs_open += reversal.unknown.count > 0;
    const ls_reversed of = {.up = up.script->source, .down = down.script->source};
    const bool is_empty = down.script->statements.count == 0;
    if (is_empty && reversal.losses.count > 0)
        return ls_no_return_outcome(run->trial, &of, &reversal);
    if (is_empty && !reversal.does_nothing)
        return ls_missing_down_outcome(run->trial, up.script, short_name(migration), NULL, true);
    return ls_reversal_outcome(run->trial, &of, &reversal);
}
