#include "cli/detect.h"

#include "config/config.h"
#include "input/directory.h"
#include "input/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 3, LONGEST_FILE = 1 << 16, USUAL_POSTGRES = 15 };

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

static bool has_migrations(ls_arena *arena, const char *directory) {
    struct stat status;
    if (stat(directory, &status) != 0 || !S_ISDIR(status.st_mode))
        return false;
    ls_listing listing = {.arena = arena};
    ls_list_directory(&listing, directory, DEEPEST);
    return listing.files.count > 0;
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
            if (version >= LS_CONFIG_OLDEST_POSTGRES && version <= LS_CONFIG_NEWEST_POSTGRES)
                return (int)version;
        }
    return 0;
}

static void detect_version(ls_arena *arena, const char *directory, ls_config_findings *findings) {
    findings->postgres = USUAL_POSTGRES;
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
        if (has_migrations(arena, ls_path_join(arena, directory, places[i])))
            LS_PUSH(arena, &findings.migrations, places[i]);
    detect_version(arena, directory, &findings);
    return findings;
}
