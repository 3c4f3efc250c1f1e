#include "histories/parts.h"

#include <stdio.h>
#include <stdlib.h>

ls_input *ls_history_read(const char *directory) {
    const ls_input_request request = {.paths = &directory, .path_count = 1};
    ls_input *input = ls_input_find(&request);
    ls_input_parse(input);
    for (size_t i = 0; i < input->errors.count; i++)
        fprintf(stderr, "histories: %s\n", input->errors.items[i]);
    if (input->errors.count > 0)
        exit(2);
    return input;
}

static uint32_t end_of(const ls_migration *migration, uint32_t section, uint32_t begin) {
    const ls_script *script = migration->script;
    if (section + 1 == migration->sections.count)
        return script->statements.count;
    uint32_t end = begin;
    while (end < script->statements.count &&
           script->statements.items[end]->at.begin < migration->sections.items[section + 1].at)
        end++;
    return end;
}

ls_history_parts ls_history_parts_of(ls_arena *arena, const ls_migration *migration) {
    ls_history_parts parts = {0};
    uint32_t begin = 0;
    for (uint32_t section = 0; section < migration->sections.count; section++) {
        const ls_history_part part = {migration, migration->sections.items[section].running, begin,
                                      end_of(migration, section, begin)};
        LS_PUSH(arena, &parts, part);
        begin = part.end;
    }
    return parts;
}

/* --- Replaying ------------------------------------------------------------------------------- */

ls_replay *ls_history_replay(int postgres) {
    ls_replay *replay = ls_replay_new(&(ls_replay_options){.postgres = postgres});
    ls_replay_serve_nobody(replay);
    return replay;
}

void ls_history_part_begin(ls_replay *replay, const ls_history_part *part) {
    static const ls_transaction_mode modes[] = {
        [LS_RUNS_STATEMENTS] = LS_TRANSACTION_PER_STATEMENT,
        [LS_RUNS_ONE_QUERY] = LS_TRANSACTION_IMPLICIT,
        [LS_RUNS_IN_TRANSACTION] = LS_TRANSACTION_PER_FILE,
    };
    if (part->begin == 0)
        ls_replay_begin_file(replay, part->migration->script, modes[part->running], true);
    else
        ls_replay_next_part(replay, modes[part->running]);
}

const char *ls_history_part_statement(ls_replay *replay, const ls_history_part *part,
                                      uint32_t number) {
    const ls_statement *statement = part->migration->script->statements.items[number];
    const ls_outcome *outcome = ls_replay_statement(replay, statement);
    return statement->kind == LS_STATEMENT_UNPARSED ? statement->problem.message : outcome->refused;
}

const char *ls_history_part_text(ls_arena *arena, const ls_history_part *part, uint32_t number) {
    const ls_script *script = part->migration->script;
    return ls_source_copy(arena, script->source, script->statements.items[number]->at);
}
