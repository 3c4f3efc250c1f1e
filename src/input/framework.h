/*
 * framework.h - what is known of each tool that runs migrations.
 *
 * A framework is a row of a table: the clues by which its directories are recognised, which files
 * it takes and in which order, what it wraps around a migration, and what its markers and
 * directives in a text mean. Where data cannot say it, the row has a function of the framework's
 * own file. The facts are those of each tool's source or documentation.
 */
#ifndef LS_INPUT_FRAMEWORK_H
#define LS_INPUT_FRAMEWORK_H

#include "input/files.h"
#include "input/migration.h"
#include "input/parts.h"
#include "support/map.h"

/* --- Clues ----------------------------------------------------------------------------------- */

typedef enum {
    LS_CLUE_NONE,
    /* These leave no doubt. */
    LS_CLUE_BESIDE, /* a file of that name lies in the directory */
    LS_CLUE_LINE,   /* a migration has a line that starts like that */
    LS_CLUE_PATH,   /* the path of the directory ends in that */
    /* These may be wrong, and count where no other framework is sure. */
    LS_CLUE_NAMES,           /* most migrations are named like that: a pattern of ls_glob_matches */
    LS_CLUE_NAMES_AND_ABOVE, /* and a file lies in the directory or above it: "pattern name", or
                                "pattern name: what it holds" */
} ls_clue_kind;

typedef struct {
    ls_clue_kind kind;
    const char *text;
} ls_clue;

/* A directory as the clues and the frameworks' own functions see it. */
typedef struct {
    ls_arena *arena;
    const ls_files *from;
    const char *path;
    ls_file_names names; /* of the .sql files that are no down migrations, relative to it */
} ls_directory_view;

/* --- Frameworks ------------------------------------------------------------------------------ */

/* What Flyway's migrations are called. */
typedef struct {
    const char *versioned, *repeatable; /* prefixes */
    const char *separator;              /* between the version and the description */
    const char *endings;                /* of names, with commas between */
} ls_flyway_names;

/* A directory of migrations that one runner runs. */
typedef struct ls_layout {
    const char *path;
    const ls_framework *framework;
    ls_running running;                  /* the framework's, unless its settings say otherwise */
    const char *runs;                    /* so too */
    const ls_flyway_names *flyway;       /* NULL: the usual ones */
    const ls_placeholders *placeholders; /* NULL: no values are known */
    const char *first_schema; /* that the runner puts before the search_path; NULL: none */
    bool is_unmixed;          /* it refuses what needs a transaction beside what cannot have one */
    ls_file_names locations;  /* directories that all of them lie in; empty: anywhere */
    const char *foreign;      /* the other database that they are for; NULL: none */
    bool listed;              /* an index says which files run, and in which order */
    ls_map places;            /* listed: plus one, by name relative to the directory */
    uint32_t place_count;
    const char *unread;  /* an index that is not understood; NULL: none */
    const char *note;    /* what else the user is told of an index; NULL: nothing */
    ls_map unwrapped;    /* paths of files that the index has run without a transaction */
    ls_map switched_off; /* paths of files whose own settings keep them from running */
} ls_layout;

enum { LS_MOST_CLUES = 5 };

struct ls_framework {
    const char *name; /* in lockstep.yaml */
    const char *runs; /* what its runner does, in words: "each migration in one transaction" */
    ls_running running;
    ls_running unwrapped; /* what it does where a migration asks for no transaction */
    ls_clue clues[LS_MOST_CLUES];
    bool by_name; /* remembers what has run by its name, not by its version */
    bool by_text; /* orders names as text, not by version */
    /* Which framework's layout a directory has that is recognised as this one's; NULL: its own. */
    const ls_framework *(*layout_of)(const ls_directory_view *view);
    bool owns_below;                 /* no directory below holds migrations of another one */
    bool anywhere;                   /* takes files from all directories below, by file name */
    bool by_index;                   /* so too, but by path where no index says otherwise */
    bool (*takes)(const char *name); /* is a .sql file a migration? NULL: all are */
    /* The name of a migration as ls_compare_migrations reads it; NULL if the file is none. */
    const char *(*name_of)(ls_arena *arena, const ls_layout *layout, const char *name);
    /* Reads the index, where there is one. */
    void (*list)(const ls_directory_view *view, ls_layout *layout);
    /* The down file of a migration; NULL: by name alone. */
    const char *(*down_of)(ls_arena *arena, const char *path);
    /* Where it includes files by other means than psql's: a text with those overwritten by \i, and
     * the path of what the text of a file includes by a name; NULL and why not. */
    const char *(*with_includes)(ls_arena *arena, const char *text);
    const char *(*included)(ls_arena *arena, const char *migration, const char *file,
                            const char *name, const char **why);
    const ls_markers *markers; /* NULL: none */
    void (*read)(ls_parts *parts);
    /* A file of settings beside a migration: its path; and what in it the runner heeds. */
    const char *(*settings_of)(ls_arena *arena, const char *path);
    void (*heed)(const ls_map *settings, ls_migration *migration);
    /* What the runner finds out for itself that cannot run in a transaction. */
    void (*look_at)(ls_arena *arena, ls_migration *migration);
};

/* Appends a file, by its name relative to the directory, to those that the index lists. */
void ls_layout_list(ls_arena *arena, ls_layout *layout, const char *name);

/* All of them; plain is the last. */
extern const ls_framework ls_frameworks[];
enum { LS_FRAMEWORK_COUNT = 21 };

/* The framework of that name; NULL if there is none. */
const ls_framework *ls_framework_called(const char *name);
extern const ls_framework *const ls_framework_plain;

/* The framework that the clues speak for; plain where none does. */
const ls_framework *ls_recognise(const ls_directory_view *view);

/* The next directory up; NULL above the root of a repository. */
const char *ls_directory_above(const ls_directory_view *view, const char *directory);

/* How a migration is run where it does not say otherwise itself. */
ls_running ls_running_of(const ls_migration *migration);

/* Finds the up part of a migration whose source is read, parses it, and says how it is run. */
void ls_read_migration(ls_arena *arena, const ls_files *from, ls_migration *migration);

/* Reads what takes a migration back, once the migration is read: a part of its file, or a file. */
void ls_read_down(ls_arena *arena, const ls_files *from, ls_migration *migration);

/* --- The frameworks' own functions ----------------------------------------------------------- */

const char *ls_flyway_name_of(ls_arena *arena, const ls_layout *layout, const char *name);
void ls_flyway_list(const ls_directory_view *view, ls_layout *layout);
const char *ls_flyway_settings_of(ls_arena *arena, const char *path);
void ls_flyway_heed(const ls_map *settings, ls_migration *migration);
void ls_flyway_look_at(ls_arena *arena, ls_migration *migration);
const char *ls_flyway_down_of(ls_arena *arena, const char *path);

const char *ls_diesel_settings_of(ls_arena *arena, const char *path);
void ls_diesel_heed(const ls_map *settings, ls_migration *migration);

void ls_drizzle_list(const ls_directory_view *view, ls_layout *layout);
void ls_drizzle_read(ls_parts *parts);
void ls_go_pg_read(ls_parts *parts);
void ls_pop_look_at(ls_arena *arena, ls_migration *migration);
void ls_prisma_list(const ls_directory_view *view, ls_layout *layout);
void ls_liquibase_read(ls_parts *parts);
void ls_liquibase_list(const ls_directory_view *view, ls_layout *layout);
void ls_supabase_look_at(ls_arena *arena, ls_migration *migration);

const ls_framework *ls_atlas_layout(const ls_directory_view *view);
void ls_atlas_list(const ls_directory_view *view, ls_layout *layout);

bool ls_tern_takes(const char *name);
void ls_tern_list(const ls_directory_view *view, ls_layout *layout);
const char *ls_tern_text(ls_arena *arena, const char *text);
const char *ls_tern_included(ls_arena *arena, const char *migration, const char *file,
                             const char *name, const char **why);

bool ls_sqitch_takes(const char *name);
void ls_sqitch_list(const ls_directory_view *view, ls_layout *layout);
const char *ls_sqitch_down_of(ls_arena *arena, const char *path);
/* The directory of the plan whose scripts lie in `directory`; NULL if there is none. */
const char *ls_sqitch_top(const ls_files *from, ls_arena *arena, const char *directory);

#endif
