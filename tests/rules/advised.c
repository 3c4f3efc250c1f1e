#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/advised.h"

#include <string.h>

static const char *without_transactions(ls_arena *arena, const ls_script *script, uint32_t end) {
    const char *text = "";
    for (size_t i = 0; i < script->statements.count; i++) {
        const ls_statement *statement = script->statements.items[i];
        if (statement->at.begin < end && statement->kind != LS_STATEMENT_TRANSACTION)
            text = ls_arena_format(arena, "%s%s;\n", text,
                                   ls_source_copy(arena, script->source, statement->at));
    }
    return text;
}

static void add_judged(ls_arena *arena, ls_example_migrations *migrations, const char *text) {
    ls_example_migration migration = {.text = text, .judged = true};
    LS_PUSH(arena, migrations, migration);
}

ls_advised ls_take_advice(ls_arena *arena, const ls_rule_example *example,
                          const ls_finding *finding) {
    ls_advised advised = {.migrations = ls_example_history(arena, example), .comments_alone = true};
    advised.history_count = advised.migrations.count;
    const ls_script *script = ls_read_script(arena, "migration.sql", example->sql);
    const char *prelude = without_transactions(arena, script, finding->statement_at.begin);
    advised.prelude_count = prelude[0] != 0;
    if (advised.prelude_count > 0)
        add_judged(arena, &advised.migrations, prelude);
    ls_words helps = ls_split_at_lines(arena, finding->help, "-- next migration");
    for (size_t i = 0; i < helps.count; i++) {
        const ls_script *help = ls_read_script(arena, "help.sql", helps.items[i]);
        advised.comments_alone = advised.comments_alone && help->statements.count == 0;
        add_judged(arena, &advised.migrations, helps.items[i]);
    }
    return advised;
}

void ls_each_advice(const ls_example_test *test, ls_follow_advice *follow) {
    ls_arena *arena = ls_arena_new();
    ls_findings findings = ls_judge_example(arena, test->example);
    for (LS_EACH(const ls_finding, finding, findings)) {
        if (finding->rule != test->rule)
            continue;
        if (finding->help == NULL)
            fail_msg("%s, %s: no help fits", test->rule->id, test->example->name);
        ls_advised advised = ls_take_advice(arena, test->example, finding);
        follow(arena, test, finding, &advised);
    }
    ls_arena_free(arena);
}
