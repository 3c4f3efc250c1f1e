#include "cli/detect.h"

#include "config/config.h"
#include "input/framework.h"
#include "input/input.h"
#include "sql/target.h"
#include "support/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_FILE = 1 << 16 };

/* Where frameworks keep migrations in SQL by default, and where people do. */
static const char *const places[] = {
    "db/migrations",
    "db/migrate",
    "db/changelog",
    "migrations",
    "migration",
    "database/migrations",
    "sql/migrations",
    "schema/migrations",
    "deploy",
    "prisma/migrations",
    "supabase/migrations",
    "drizzle",
    "priv/repo/migrations",
    "src/main/resources/db/migration",
    "internal/db/migrations",
    "pkg/db/migrations",
    "db",
};

/* Files that tell which image or package of PostgreSQL a project uses. */
static const char *const tellers[] = {
    "compose.yaml",
    "compose.yml",
    "docker-compose.yaml",
    "docker-compose.yml",
    ".tool-versions",
    "mise.toml",
    "Dockerfile",
    ".github/workflows/ci.yml",
    ".github/workflows/test.yml",
    ".gitlab-ci.yml",
};

/* The framework of all of them; NULL where they are of several or of none that is known. */
static const ls_framework *framework_of(const ls_input *input) {
    const ls_framework *framework = input->files.items[0].framework;
    for (LS_EACH(const ls_migration, migration, input->files))
        if (migration->framework != framework)
            return NULL;
    return framework == ls_framework_plain ? NULL : framework;
}

static bool holds_a_found_one(const ls_config_findings *findings, const char *place) {
    const size_t length = strlen(place);
    for (LS_EACH(const ls_found_migrations, found, findings->migrations))
        if (strncmp(found->path, place, length) == 0 && found->path[length] == '/')
            return true;
    return false;
}

/* A directory that holds a dump of the schema alone holds no migrations. */
static bool holds_migrations(const ls_input *input) {
    for (LS_EACH(const ls_migration, migration, input->files))
        if (!migration->is_schema)
            return true;
    return false;
}

static void detect_migrations(ls_arena *arena, const char *directory, const char *place,
                              ls_config_findings *findings) {
    const char *path = ls_path_join(arena, directory, place);
    ls_file_status status;
    const ls_files *disk = &ls_files_on_disk;
    if (holds_a_found_one(findings, place))
        return;
    if (disk->look_at(disk, arena, path, &status) != 0 || status.kind != LS_FILE_DIRECTORY)
        return;
    ls_input *input = ls_input_find(&(ls_input_request){.paths = &path, .path_count = 1});
    if (holds_migrations(input)) {
        const ls_framework *framework = framework_of(input);
        ls_found_migrations found = {.path = place};
        if (framework != NULL) {
            found.framework = framework->name;
            found.runs = framework->runs;
        }
        LS_PUSH(arena, &findings->migrations, found);
    }
    ls_input_free(input);
}

/* The start of the file; "" if it cannot be read. */
static const char *start_of(ls_arena *arena, const char *path) {
    char *text = ls_arena_alloc(arena, LONGEST_FILE + 1);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return text;
    size_t length = fread(text, 1, LONGEST_FILE, file);
    text[length] = 0;
    fclose(file);
    return text;
}

/* `postgres:16`, `postgres 16.2`, `postgis/postgis:16-3.4`: the number behind the name; 0 where no
 * supported version is named. */
static int version_in(const char *text) {
    static const char *const names[] = {"postgres", "postgis", "postgresql"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (const char *at = text; (at = strstr(at, names[i])) != NULL;) {
            at += strlen(names[i]);
            const char *number = at + strspn(at, ": =\"'");
            long version = number > at ? strtol(number, NULL, 10) : 0;
            if (version >= LS_OLDEST_POSTGRES && version <= LS_NEWEST_POSTGRES)
                return (int)version;
        }
    return 0;
}

static void detect_version(ls_arena *arena, const char *directory, ls_config_findings *findings) {
    findings->postgres = LS_USUAL_POSTGRES;
    findings->postgres_from = "a guess: nothing here tells";
    for (size_t i = 0; i < sizeof tellers / sizeof *tellers; i++) {
        int version = version_in(start_of(arena, ls_path_join(arena, directory, tellers[i])));
        if (version == 0)
            continue;
        findings->postgres = version;
        findings->postgres_from = ls_arena_format(arena, "from %s", tellers[i]);
        return;
    }
}

ls_config_findings ls_detect(ls_arena *arena, const char *directory) {
    ls_config_findings findings = {0};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        detect_migrations(arena, directory, places[i], &findings);
    detect_version(arena, directory, &findings);
    return findings;
}
