/*
 * baselined.c - entries and findings are the same if file, rule and fingerprint are.
 *
 * The fingerprint numbers findings that are alike, so two equal statements in a file have two
 * entries, and a third one is new.
 */
#include "cli/baselined.h"

#include "cli/configured.h"
#include "cli/terminal.h"
#include "report/escape.h"
#include "support/path.h"

#include <string.h>
#include <unistd.h>

static char a_key[] = "";

/* --- Entries --------------------------------------------------------------------------------- */

static const char *key_of(ls_arena *arena, const ls_baseline_entry *entry) {
    return ls_arena_format(arena, "%s\n%s\n%s", entry->file, entry->rule, entry->fingerprint);
}

static void note(ls_arena *arena, ls_map *keys, const char *key) {
    ls_map_set(arena, keys, key, a_key);
}

static const char *seen_from_baseline(const ls_baselined *baselined, const char *file) {
    return ls_valid_text(baselined->arena,
                         ls_path_from(baselined->arena, baselined->directory, file));
}

/* The first line of the statement, as much of it as is needed to know it again. */
static const char *first_line(ls_arena *arena, const ls_source *source, ls_span statement) {
    enum { LONGEST = 100 };
    uint32_t end = statement.begin, characters = 0;
    while (end < statement.end && strchr("\r\n", source->text[end]) == NULL) {
        bool starts_character = ((unsigned char)source->text[end] & 0xC0) != 0x80;
        if (starts_character && characters++ == LONGEST)
            break;
        end++;
    }
    return ls_source_copy(arena, source, ls_span_of(statement.begin, end));
}

static ls_baseline_entry entry_of(const ls_baselined *baselined, const ls_finding *finding) {
    const char *line = first_line(baselined->arena, finding->source, finding->statement_at);
    return (ls_baseline_entry){
        .rule = finding->rule->id,
        .file = seen_from_baseline(baselined, finding->source->name),
        .fingerprint = finding->fingerprint,
        .statement = line[0] == 0 ? finding->message : line,
    };
}

/* --- Opening --------------------------------------------------------------------------------- */

static const char *file_of(ls_arena *arena, const ls_command *command, const ls_config *config) {
    if (command->baseline != NULL)
        return ls_path_shown(arena, command->baseline);
    const char *directory = config->directory == NULL ? "" : config->directory;
    return ls_path_shown(arena, ls_arena_format(arena, "%s%s", directory, ls_baseline_name));
}

/* Only check wants a baseline that is named to be there. */
static bool read_accepted(ls_baselined *baselined) {
    const ls_command *command = baselined->run->command;
    bool wanted = command->baseline != NULL && command->verb == LS_VERB_CHECK;
    baselined->exists = access(baselined->file, F_OK) == 0;
    if (!baselined->exists && !wanted)
        return true;
    ls_yaml_problems problems = {0};
    if (ls_baseline_read(baselined->arena, baselined->file, &baselined->accepted, &problems))
        return true;
    ls_complain_of_yaml(&problems);
    return false;
}

static void look_at_findings(ls_baselined *baselined) {
    ls_arena *arena = baselined->arena;
    for (LS_EACH(const ls_finding, finding, baselined->run->report.findings)) {
        const ls_baseline_entry entry = entry_of(baselined, finding);
        LS_PUSH(arena, &baselined->found.entries, entry);
        note(arena, &baselined->found_keys, key_of(arena, &entry));
    }
}

static void look_at_files(ls_baselined *baselined) {
    const ls_input *input = baselined->run->input;
    for (LS_EACH(const ls_migration, file, input->files))
        if (file->judged)
            note(baselined->arena, &baselined->judged, seen_from_baseline(baselined, file->name));
}

bool ls_baselined_open(ls_baselined *baselined, ls_run *run) {
    ls_arena *arena = run->arena;
    *baselined = (ls_baselined){
        .arena = arena, .run = run, .file = file_of(arena, run->command, &run->config)};
    baselined->directory = ls_path_directory(arena, baselined->file);
    if (!read_accepted(baselined))
        return false;
    if (!baselined->exists && run->command->verb == LS_VERB_CHECK)
        return true;
    ls_run_fingerprint(run);
    for (LS_EACH(const ls_baseline_entry, entry, baselined->accepted.entries))
        note(arena, &baselined->accepted_keys, key_of(arena, entry));
    look_at_findings(baselined);
    look_at_files(baselined);
    return true;
}

/* --- Comparing ------------------------------------------------------------------------------- */

bool ls_baselined_accepts(const ls_baselined *baselined, const ls_baseline_entry *entry) {
    return ls_map_get(&baselined->accepted_keys, key_of(baselined->arena, entry)) != NULL;
}

bool ls_baselined_is_unmatched(const ls_baselined *baselined, const ls_baseline_entry *entry) {
    return ls_map_get(&baselined->found_keys, key_of(baselined->arena, entry)) == NULL;
}

/* The file of an entry, as seen from the working directory. */
static const char *path_of(const ls_baselined *baselined, const ls_baseline_entry *entry) {
    return ls_path_join(baselined->arena, baselined->directory, entry->file);
}

/* In the entry's file. A rule that has gone finds nothing any more. */
static bool is_on(const ls_baselined *baselined, const ls_baseline_entry *entry) {
    const ls_chosen_rules *rules =
        ls_rule_policy_of(baselined->run->policy, path_of(baselined, entry));
    const ls_rule *rule = ls_rule_by_id(ls_rules_to_choose(rules), entry->rule);
    return rule == NULL || ls_rule_is_on(rules, rule);
}

bool ls_baselined_is_stale(const ls_baselined *baselined, const ls_baseline_entry *entry) {
    if (!ls_baselined_is_unmatched(baselined, entry))
        return false;
    if (ls_map_get(&baselined->judged, entry->file) != NULL)
        return is_on(baselined, entry);
    return access(path_of(baselined, entry), F_OK) != 0;
}

/* --- Applying -------------------------------------------------------------------------------- */

static void take_out(ls_run *run, const ls_baselined *baselined) {
    ls_report *report = &run->report;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < report->findings.count; i++) {
        if (ls_baselined_accepts(baselined, &baselined->found.entries.items[i]))
            LS_PUSH(run->arena, &report->waived,
                    ((ls_waived_finding){report->findings.items[i], NULL, LS_WAIVED_BY_BASELINE}));
        else
            report->findings.items[kept++] = report->findings.items[i];
    }
    report->findings.count = kept;
}

bool ls_baselined_apply(ls_run *run) {
    const ls_command *command = run->command;
    if (command->no_baseline || (command->isolated && command->baseline == NULL))
        return true;
    ls_baselined baselined;
    if (!ls_baselined_open(&baselined, run))
        return false;
    if (!baselined.exists)
        return true;
    run->report.baseline = baselined.file;
    take_out(run, &baselined);
    for (LS_EACH(const ls_baseline_entry, entry, baselined.accepted.entries))
        run->report.stale += ls_baselined_is_stale(&baselined, entry);
    return true;
}
