#include "cli/migration_replay.h"

#include "cli/configured.h"
#include "plan/running.h"

bool ls_find_mode(ls_run *run, const ls_migration *migration, ls_transaction_mode *mode) {
    if (run->asked_migration != migration) {
        run->asked_migration = migration;
        run->is_mode_configured = ls_configured_transaction(run->arena, run->command, &run->config,
                                                            migration->name, &run->asked_mode);
        if (!run->is_mode_configured)
            run->asked_mode = ls_mode_of(migration->sections.items[0].running);
    }
    *mode = run->asked_mode;
    return run->is_mode_configured;
}

/* Which of the files are not applied yet: somebody says so, or some are history. Else there is no
 * telling which of them would run together, and each stands for itself. */
static bool is_pending_known(ls_run *run, const ls_migration *migration) {
    if (run->scope.open || (run->config.applied_until != NULL && !run->command->all))
        return true;
    if (run->asked_layout == migration->layout)
        return run->has_history;
    run->asked_layout = migration->layout;
    run->has_history = false;
    for (LS_EACH(const ls_migration, file, run->input->files))
        run->has_history |= !file->judged && !file->is_schema && file->layout == migration->layout;
    return run->has_history;
}

static bool shares_transaction(ls_run *run, const ls_migration *migration) {
    ls_transaction_mode mode;
    ls_find_mode(run, migration, &mode);
    return mode == LS_TRANSACTION_PER_RUN && migration->judged && is_pending_known(run, migration);
}

void ls_end_migration_of_run(ls_run *run, uint32_t number) {
    const ls_migration *files = run->input->files.items;
    if (number + 1 < run->input->files.count && files[number].layout == files[number + 1].layout &&
        shares_transaction(run, &files[number]) && shares_transaction(run, &files[number + 1]))
        ls_replay_go_on(run->replay);
}

ls_migration_replay ls_begin_migration(ls_run *run, const ls_migration *migration) {
    ls_transaction_mode mode;
    ls_migration_replay replay = {.run = run, .migration = migration, .section = 1};
    if (ls_find_mode(run, migration, &mode))
        replay.section = migration->sections.count;
    if (mode == LS_TRANSACTION_PER_RUN && !shares_transaction(run, migration))
        mode = LS_TRANSACTION_PER_FILE;
    ls_replay_begin_file(run->replay, migration->script, mode, true);
    return replay;
}

const ls_outcome *ls_next_of_migration(ls_migration_replay *replay, uint32_t number) {
    const ls_statement *statement = replay->migration->script->statements.items[number];
    const ls_section *sections = replay->migration->sections.items;
    uint32_t first = replay->section;
    while (replay->section < replay->migration->sections.count &&
           !ls_stands_before(statement, replay->migration->source, sections[replay->section].at))
        replay->section++;
    if (replay->section > first)
        ls_replay_next_part(replay->run->replay, ls_mode_of(sections[replay->section - 1].running));
    return ls_replay_statement(replay->run->replay, statement);
}
