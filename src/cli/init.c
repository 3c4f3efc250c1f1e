#include "cli/detect.h"
#include "cli/git_hook.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "config/config.h"
#include "config/schema.h"
#include "support/path.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int print(ls_buffer *text) {
    bool printed = ls_print(text);
    ls_buffer_free(text);
    return printed ? LOCKSTEP_CLEAN : LOCKSTEP_JOB_NOT_DONE;
}

static int print_schema(void) {
    ls_buffer text = {0};
    ls_config_write_schema(&text);
    return print(&text);
}

static ls_config_findings detect(ls_arena *arena, const ls_command *command,
                                 const char *directory) {
    ls_config_findings findings = ls_detect(arena, directory);
    if (command->postgres != 0) {
        findings.postgres = command->postgres;
        findings.postgres_from = "as --pg-version says";
    }
    return findings;
}

/* Without --force the file must not be there yet, and "x" is what makes sure of it. */
static bool write_file(const ls_command *command, const char *file, const ls_buffer *text) {
    errno = 0;
    FILE *stream = fopen(file, command->force ? "w" : "wx");
    bool written = stream != NULL && fwrite(text->text, 1, text->length, stream) == text->length;
    if (stream != NULL)
        written = fclose(stream) == 0 && written;
    if (!written)
        ls_complain("%s cannot be written: %s", file, strerror(errno));
    return written;
}

/* The configuration that is there and must not be written over; NULL if there is none. */
static const char *in_the_way(ls_arena *arena, const ls_command *command, const char *directory) {
    return command->force ? NULL : ls_config_in(arena, ls_path_join(arena, directory, ""));
}

/* "db/migrations (goose)" */
static const char *described(ls_arena *arena, const ls_found_migrations *found) {
    return found->framework == NULL
               ? found->path
               : ls_arena_format(arena, "%s (%s)", found->path, found->framework);
}

static int say(ls_arena *arena, const char *file, const ls_config_findings *findings) {
    ls_buffer text = {0};
    ls_buffer_format(&text, "wrote %s: PostgreSQL %d (%s), ", file, findings->postgres,
                     findings->postgres_from);
    const char *migrations = "";
    for (uint32_t i = 0; i < findings->migrations.count; i++)
        migrations = ls_arena_format(arena, "%s%s%s", migrations, i == 0 ? "migrations in " : ", ",
                                     described(arena, &findings->migrations.items[i]));
    ls_buffer_format(&text, "%s\n",
                     migrations[0] == 0 ? "no migrations found in the usual places" : migrations);
    return print(&text);
}

int ls_init(ls_arena *arena, const ls_command *command) {
    if (command->schema)
        return print_schema();
    const char *directory = command->arguments.count > 0 ? command->arguments.items[0] : ".";
    bool to_output = command->print || strcmp(directory, "-") == 0;
    directory = strcmp(directory, "-") == 0 ? "." : ls_path_shown(arena, directory);
    if (command->git_hook)
        return ls_init_git_hook(arena, command, directory);
    ls_config_findings findings = detect(arena, command, directory);
    ls_buffer text = {0};
    ls_config_write_starter(&text, &findings);
    if (to_output)
        return print(&text);
    const char *file = ls_path_join(arena, directory, "lockstep.yaml");
    const char *there = in_the_way(arena, command, directory);
    bool written = false;
    if (there != NULL)
        ls_complain("%s is there already; lockstep init --force writes over it", there);
    else
        written = write_file(command, file, &text);
    ls_buffer_free(&text);
    return written ? say(arena, file, &findings) : LOCKSTEP_JOB_NOT_DONE;
}
