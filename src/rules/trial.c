#include "rules/trial.h"

#include "effects/release.h"
#include "reversal/outcome.h"
#include "rules/downs.h"
#include "rules/fixes.h"
#include "sql/target.h"

#include <string.h>

/* --- Migrations ------------------------------------------------------------------------------ */

ls_words ls_split_at_lines(ls_arena *arena, const char *text, const char *separator) {
    ls_words parts = {0};
    const char *begin = text;
    for (const char *line = text; *line != 0;) {
        const char *next = line + strcspn(line, "\n");
        next += *next == '\n';
        if (strncmp(line, separator, strlen(separator)) == 0) {
            LS_PUSH(arena, &parts, ls_arena_copy(arena, begin, (size_t)(line - begin)));
            begin = next;
        }
        line = next;
    }
    LS_PUSH(arena, &parts, ls_arena_string(arena, begin));
    return parts;
}

ls_example_migrations ls_example_history(ls_arena *arena, const ls_rule_example *example) {
    ls_example_migrations history = {0};
    if (example->history == NULL)
        return history;
    ls_words texts = ls_split_at_lines(arena, example->history, "---");
    for (size_t i = 0; i < texts.count; i++) {
        ls_example_migration migration = {.text = texts.items[i]};
        LS_PUSH(arena, &history, migration);
    }
    return history;
}

ls_script *ls_read_script(ls_arena *arena, const char *name, const char *text) {
    ls_text_problem problem;
    const ls_source *source = ls_source_new(arena, name, text, strlen(text), &problem);
    return source == NULL ? NULL : ls_script_read(arena, source);
}

/* --- Judging --------------------------------------------------------------------------------- */

static void apply(ls_replay *replay, const ls_script *script, ls_transaction_mode mode) {
    ls_replay_begin_file(replay, script, mode, true);
    for (size_t i = 0; i < script->statements.count; i++)
        ls_replay_statement(replay, script->statements.items[i]);
    ls_replay_end_file(replay);
}

/* What the example says has become of the file. */
static const ls_outcome *change_of(ls_arena *arena, const ls_rule_example *example,
                                   const ls_script *script) {
    ls_history_fact fact = {
        .kind = example->change, .file = "0042_new.sql", .other = "0043_old.sql", .version = "42"};
    const ls_script *before =
        example->before == NULL ? NULL : ls_read_script(arena, "before.sql", example->before);
    if (before != NULL && !ls_history_reads_alike(before->source, script->source))
        fact.kind = LS_HISTORY_EDITED;
    ls_history_facts facts = {0};
    if (fact.kind != LS_HISTORY_NONE)
        LS_PUSH(arena, &facts, fact);
    return ls_history_outcome(arena, script, &facts);
}

static const char *last_use(void *context, const char *name) {
    const ls_rule_example *example = context;
    bool stops = example->stops_naming != NULL && strcmp(example->stops_naming, name) == 0;
    return stops ? "app/user.rb:12" : NULL;
}

/* The code of the release is what the example says of it. */
static void judge_release(ls_arena *arena, const ls_rule_example *example, ls_judge *judging,
                          const ls_outcome *outcome) {
    const ls_release release = {.last_use = last_use, .context = (void *)(uintptr_t)example};
    const ls_outcome *told = ls_release_outcome(arena, outcome, &release);
    if (told != NULL)
        ls_judge_outcome(judging, told);
}

/* What lies in the way of the migration back; before it is replayed itself. */
static const ls_outcome *down_of(ls_arena *arena, ls_replay *replay, const ls_chosen_rules *rules,
                                 const ls_rule_example *example, const ls_direction *up,
                                 uint32_t file, ls_findings *findings) {
    static const char NONE[] = "none";
    ls_direction down = {.sections = up->sections};
    if (strcmp(example->down, NONE) != 0)
        down.script = ls_read_script(arena, "down.sql", example->down);
    if (down.script == NULL || down.script->statements.count == 0)
        return ls_missing_down_outcome(arena, up->script, "0042_new.sql", NULL,
                                       down.script != NULL);
    ls_waived_findings waived = {0};
    const ls_reversal reversal =
        ls_judge_down(arena, arena, replay, rules, up, &down, file, findings, &waived);
    const ls_reversed of = {.up = up->script->source, .down = down.script->source};
    return ls_reversal_outcome(arena, &of, &reversal);
}

static void judge(ls_arena *arena, ls_replay *replay, ls_rule_list rules,
                  const ls_rule_example *example, const ls_script *script, ls_transaction_mode mode,
                  uint32_t file, ls_findings *findings) {
    static const char *const everything[] = {"*"};
    const ls_words select = {.items = (const char **)(uintptr_t)everything, .count = 1};
    const ls_rule_choice choice = {.rules = rules, .select = &select};
    const ls_chosen_rules *chosen = ls_choose_rules(arena, &choice);
    ls_judge *judging = ls_judge_new(arena, chosen, script->source, file);
    ls_judge_propose_fixes(judging);
    ls_direction up = {.script = script};
    LS_PUSH(arena, &up.sections, ((ls_run_section){0, mode}));
    const ls_outcome *back =
        example->down == NULL ? NULL : down_of(arena, replay, chosen, example, &up, file, findings);
    ls_replay_begin_file(replay, script, mode, false);
    for (size_t i = 0; i < script->statements.count; i++) {
        const ls_outcome *outcome = ls_replay_statement(replay, script->statements.items[i]);
        ls_judge_outcome(judging, outcome);
        judge_release(arena, example, judging, outcome);
    }
    ls_judge_outcome(judging, change_of(arena, example, script));
    if (back != NULL)
        ls_judge_outcome(judging, back);
    ls_judge_outcome(judging, ls_replay_end_file(replay));
    const ls_suppressions suppressions = ls_suppressions_of(arena, script);
    ls_judge_suppressions(judging, &suppressions);
    ls_judge_finish(judging, findings);
}

int ls_example_postgres(const ls_rule_example *example) {
    return example->postgres == 0 ? LS_USUAL_POSTGRES : example->postgres;
}

ls_replay_options ls_example_replay(const ls_rule_example *example) {
    enum { LOCK_TIMEOUT = 5000 /* ms */ };
    return (ls_replay_options){
        .postgres = ls_example_postgres(example),
        .runner.lock_timeout = {.given = !example->no_timeout, .milliseconds = LOCK_TIMEOUT}};
}

ls_findings ls_try_migrations(ls_arena *arena, ls_rule_list rules, const ls_rule_example *example,
                              const ls_example_migrations *migrations) {
    const ls_replay_options options = ls_example_replay(example);
    const ls_transaction_mode mode =
        example->file_transaction ? LS_TRANSACTION_PER_FILE : LS_TRANSACTION_PER_STATEMENT;
    ls_findings findings = {0};
    ls_replay *replay = ls_replay_new(&options);
    for (uint32_t i = 0; i < migrations->count; i++) {
        const ls_example_migration *migration = &migrations->items[i];
        const char *name = migration->judged ? "migration.sql" : "earlier.sql";
        const ls_script *script = ls_read_script(arena, name, migration->text);
        if (script != NULL && migration->judged)
            judge(arena, replay, rules, example, script, mode, i, &findings);
        else if (script != NULL)
            apply(replay, script, mode);
    }
    ls_replay_free(replay);
    return findings;
}

ls_findings ls_try_example(ls_arena *arena, ls_rule_list rules, const ls_rule_example *example) {
    ls_example_migrations migrations = ls_example_history(arena, example);
    ls_example_migration migration = {.text = example->sql, .judged = true};
    LS_PUSH(arena, &migrations, migration);
    return ls_try_migrations(arena, rules, example, &migrations);
}

/* --- Fixes ----------------------------------------------------------------------------------- */

typedef struct {
    ls_rule_list rules;
    const ls_rule_example *example;
} fixed_example;

static bool try_text(void *context, ls_arena *arena, const char *text, ls_findings *findings) {
    const fixed_example *fixed = context;
    ls_rule_example example = *fixed->example;
    example.sql = text;
    *findings = ls_try_example(arena, fixed->rules, &example);
    return true;
}

void ls_try_fixes(ls_rule_list rules, const ls_rule_example *example, ls_findings *findings) {
    fixed_example context = {rules, example};
    ls_fix_trials trials = {.statements = 1, .trial = try_text, .context = &context};
    for (LS_EACH(const ls_finding, finding, *findings))
        if (finding->fix.edits.count > 0)
            trials.source = finding->source;
    ls_keep_good_fixes(findings, &trials);
}

/* --- Telling --------------------------------------------------------------------------------- */

const char *ls_finding_place(ls_arena *arena, const ls_finding *finding) {
    ls_position at = ls_source_position(finding->source, finding->at.begin);
    return ls_arena_format(arena, "%u:%u", at.line, at.column);
}

const char *ls_list_findings(ls_arena *arena, const ls_findings *findings) {
    const char *list = findings->count == 0 ? "\n  nothing" : "";
    for (LS_EACH(const ls_finding, finding, *findings))
        list = ls_arena_format(arena, "%s\n  %s %s[%s]: %s", list, ls_finding_place(arena, finding),
                               ls_severity_name(finding->severity), finding->rule->id,
                               finding->message);
    return list;
}

/* --- Failures -------------------------------------------------------------------------------- */

static bool is_found(ls_arena *arena, const ls_findings *findings, const ls_rule *rule,
                     const char *at) {
    for (LS_EACH(const ls_finding, finding, *findings))
        if (finding->rule == rule &&
            (at == NULL || strcmp(ls_finding_place(arena, finding), at) == 0))
            return true;
    return false;
}

ls_rule_list ls_rules_beside(ls_arena *arena, ls_rule_list rules, const ls_rule *rule) {
    LS_VECTOR(const ls_rule *) chosen = {0};
    for (size_t i = 0; i < rules.count; i++)
        if (!rules.items[i]->off || rules.items[i] == rule)
            LS_PUSH(arena, &chosen, rules.items[i]);
    return (ls_rule_list){.items = chosen.items, .count = chosen.count};
}

const char *ls_findings_failure(ls_arena *arena, const ls_findings *findings, const ls_rule *rule,
                                const ls_rule_example *example) {
    if (is_found(arena, findings, rule, example->at) == example->bad)
        return NULL;
    const char *expected = example->bad ? "a finding" : "none";
    if (example->at != NULL)
        expected = ls_arena_format(arena, "a finding at %s", example->at);
    return ls_arena_format(arena, "expected %s, but found:%s", expected,
                           ls_list_findings(arena, findings));
}

/* What the first fix of the rule makes of the example; NULL: there is none. */
static const char *first_fixed(ls_arena *arena, const ls_findings *findings, const ls_rule *rule) {
    for (LS_EACH(const ls_finding, finding, *findings))
        if (finding->rule == rule && finding->fix.edits.count > 0)
            return ls_fixed_text(arena, finding->source, &finding->fix);
    return NULL;
}

const char *ls_fixed_failure(ls_arena *arena, const ls_findings *findings, const ls_rule *rule,
                             const ls_rule_example *example) {
    const char *fixed = first_fixed(arena, findings, rule);
    fixed = fixed == NULL ? "none" : fixed;
    if (example->fixed == NULL || strcmp(fixed, example->fixed) == 0)
        return NULL;
    return ls_arena_format(arena, "expected to be fixed to:\n%s\nbut it becomes:\n%s",
                           example->fixed, fixed);
}

const char *ls_example_failure(ls_arena *arena, ls_rule_list rules, const ls_rule *rule,
                               const ls_rule_example *example) {
    const ls_rule_list beside = ls_rules_beside(arena, rules, rule);
    ls_findings findings = ls_try_example(arena, beside, example);
    const char *failure = ls_findings_failure(arena, &findings, rule, example);
    if (failure != NULL || example->fixed == NULL)
        return failure;
    ls_try_fixes(beside, example, &findings);
    return ls_fixed_failure(arena, &findings, rule, example);
}
