#include "cli/outputs.h"

#include "cli/terminal.h"
#include "cli/verdict.h"
#include "rules/fingerprint.h"
#include "support/path.h"
#include "support/whole_file.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SUMMARY_ROOM = 1 << 20 }; /* that GitHub takes of a step; above it, it takes nothing */

/* --- Which ----------------------------------------------------------------------------------- */

static const char STANDARD_OUTPUT[] = "-";

/* The variable's value where the output goes to the file that it names; else NULL. */
static const char *variable_of(const ls_output *output) {
    if (output->file != NULL || output->format->variable == NULL)
        return NULL;
    const char *value = getenv(output->format->variable);
    return value == NULL || value[0] == 0 ? NULL : value;
}

static bool is_printed(const ls_output *output) {
    return output->file == NULL ? variable_of(output) == NULL
                                : strcmp(output->file, STANDARD_OUTPUT) == 0;
}

static const ls_output *first_printed(const ls_command *command) {
    for (LS_EACH(const ls_output, output, command->outputs))
        if (is_printed(output))
            return output;
    return NULL;
}

static bool has_format(const ls_command *command, const char *name) {
    for (LS_EACH(const ls_output, output, command->outputs))
        if (strcmp(output->format->name, name) == 0)
            return true;
    return false;
}

static void add(ls_arena *arena, ls_command *command, const char *name) {
    if (!has_format(command, name))
        LS_PUSH(arena, &command->outputs,
                ((ls_output){.format = ls_format_named(name), .implied = true}));
}

static bool is_on_github(void) {
    const char *value = getenv("GITHUB_ACTIONS");
    return value != NULL && strcmp(value, "true") == 0 && isatty(STDOUT_FILENO) != 1;
}

static void add_implied(ls_arena *arena, ls_command *command) {
    if (first_printed(command) == NULL && !command->diff) {
        add(arena, command, command->quiet ? "concise" : "text");
        if (is_on_github())
            add(arena, command, "github");
    }
    const ls_output summary = {.format = ls_format_named("summary")};
    if (has_format(command, "github") && variable_of(&summary) != NULL)
        add(arena, command, "summary");
}

/* NULL, or why the two cannot both be written. */
static const char *conflict(ls_arena *arena, const ls_output *one, const ls_output *other) {
    if (is_printed(one) && is_printed(other)) {
        if (one->format->is_log && other->format->is_log)
            return NULL;
        return ls_arena_format(arena,
                               "%s and %s cannot both go to standard output: give one of them a "
                               "file, as in --output %s=FILE",
                               one->format->name, other->format->name, other->format->name);
    }
    if (one->file == NULL || other->file == NULL || strcmp(one->file, other->file) != 0)
        return NULL;
    return ls_arena_format(arena, "%s and %s cannot both be written to %s", one->format->name,
                           other->format->name, one->file);
}

const char *ls_complete_outputs(ls_arena *arena, ls_command *command) {
    if (command->verb != LS_VERB_CHECK && command->verb != LS_VERB_PLAN_VERIFY)
        return NULL;
    for (LS_EACH(const ls_output, one, command->outputs))
        for (const ls_output *other = one + 1; other < one_end; other++) {
            const char *problem = conflict(arena, one, other);
            if (problem != NULL)
                return problem;
        }
    const ls_output *printed = first_printed(command);
    if (command->diff && printed != NULL)
        return ls_arena_format(arena,
                               "--diff goes to standard output: give %s a file, as in --output "
                               "%s=FILE",
                               printed->format->name, printed->format->name);
    add_implied(arena, command);
    if (command->statistics && !has_format(command, "text"))
        return "--statistics counts in the text format, which is not among what is printed";
    return NULL;
}

bool ls_outputs_need(const ls_command *command, unsigned need) {
    for (LS_EACH(const ls_output, output, command->outputs))
        if ((output->format->needs & need) != 0)
            return true;
    return false;
}

/* --- As it is seen --------------------------------------------------------------------------- */

/* The root of the repository that the working directory is in; else the working directory. */
static const char *root_of(ls_arena *arena, const char *working) {
    for (const char *directory = working;; directory = ls_path_directory(arena, directory)) {
        if (access(ls_path_join(arena, directory, ".git"), F_OK) == 0)
            return directory;
        if (strcmp(directory, "/") == 0)
            return working;
    }
}

void ls_see_from_root(ls_arena *arena, ls_report_view *view) {
    char working[PATH_MAX];
    view->root = "/";
    view->place = "";
    if (getcwd(working, sizeof working) == NULL)
        return;
    view->root = root_of(arena, ls_arena_string(arena, working));
    const char *below = ls_path_below(arena, view->root, working);
    view->place = below == NULL ? "" : below;
}

static ls_report_view view_of(ls_arena *arena, const ls_command *command, const ls_config *config,
                              const ls_report *report) {
    ls_report_view view = {
        .report = report,
        .style = ls_terminal_style(command),
        .has_summary = has_format(command, "summary"),
        .only_statistics = command->statistics,
        .with_suppressed = command->sarif_include_suppressed,
    };
    for (int severity = 0; severity <= LS_SEVERITY_INFO; severity++)
        view.fails[severity] = ls_severity_fails((ls_severity)severity, command, config);
    ls_see_from_root(arena, &view);
    return view;
}

/* --- Writing --------------------------------------------------------------------------------- */

static bool print(const ls_output *output, const ls_report_view *view) {
    ls_buffer out = {.drain = ls_print};
    output->format->print(&out, view);
    bool printed = ls_buffer_drain(&out);
    ls_buffer_free(&out);
    return printed;
}

static bool complain(const ls_output *output, const char *file, int problem) {
    if (problem == 0)
        return true;
    ls_complain("%s%s: cannot be written: %s", output->implied ? "note: " : "", file,
                strerror(problem));
    return output->implied;
}

static bool write_file(const ls_output *output, const ls_report_view *view) {
    ls_buffer out = {0};
    output->format->print(&out, view);
    bool written = complain(output, output->file, ls_write_whole_file(output->file, &out));
    ls_buffer_free(&out);
    return written;
}

/* Other commands of the step have written there, too. */
static bool add_to_file(const ls_output *output, const ls_report_view *view, const char *file) {
    struct stat status;
    ls_report_view fitting = *view;
    size_t taken = stat(file, &status) == 0 ? (size_t)status.st_size : 0;
    fitting.room = taken < SUMMARY_ROOM ? SUMMARY_ROOM - taken : 1;
    ls_buffer out = {0};
    ls_buffer_string(&out, taken > 0 ? "\n" : "");
    output->format->print(&out, &fitting);
    bool written = complain(output, file, ls_add_to_file(file, &out));
    ls_buffer_free(&out);
    return written;
}

static bool write_output(const ls_output *output, const ls_report_view *view) {
    const char *variable = variable_of(output);
    if (is_printed(output))
        return print(output, view);
    return variable != NULL ? add_to_file(output, view, variable) : write_file(output, view);
}

/* A hook says nothing of a commit that is fine, unless it is told what to print. */
static bool is_silent(const ls_output *output, const ls_command *command, const ls_report *report) {
    return command->staged && output->implied && is_printed(output) &&
           report->findings.count == 0 && report->stale == 0 &&
           report->analysed == report->statements;
}

bool ls_write_outputs(ls_arena *arena, const ls_command *command, const ls_config *config,
                      ls_report *report) {
    const ls_report_view view = view_of(arena, command, config, report);
    bool written = true;
    if (view.with_suppressed)
        ls_fingerprint_waived(arena, &report->waived);
    for (LS_EACH(const ls_output, output, command->outputs))
        if (!is_silent(output, command, report))
            written = write_output(output, &view) && written;
    return written;
}
