/*
 * layout.h - the files of a directory tree by the runners that run them.
 *
 * Migrations that lie in one directory belong together; directories of their own (diesel's, with an
 * up.sql in each) count as files of the directory above. Each such directory is recognised by
 * itself, so that one tree may hold the migrations of several frameworks. Those of a framework that
 * looks into directories below, and those of none, are one layout for the whole tree.
 */
#ifndef LS_INPUT_LAYOUT_H
#define LS_INPUT_LAYOUT_H

#include "input/directory.h"
#include "input/framework.h"

/* A framework that the user names for a path and what lies below. */
typedef struct {
    const char *path; /* as shown */
    const ls_framework *framework;
} ls_framework_choice;
typedef LS_VECTOR(ls_framework_choice) ls_framework_choices;

typedef struct {
    ls_arena *arena;
    const ls_files *from;
    const char *root; /* the directory that was listed; NULL: none, the files stand alone */
    const ls_framework_choices *choices;
    LS_VECTOR(const ls_layout *) layouts; /* in order */
    ls_map by_directory; /* layouts, by the directory that they were recognised in */
    ls_map shared;       /* layouts of the whole tree, by framework */
} ls_layouts;

/* Gives each file of a listing its layout, and puts them in the order in which they would run;
 * files that no runner runs are taken out, and counted by why. */
typedef struct {
    uint32_t downs;    /* scripts that revert, which only their framework knows as such */
    uint32_t unlisted; /* that the index does not list, or that no location holds */
    const char *first_unlisted, *why_unlisted;
    uint32_t tests; /* and fixtures and seeds, beside files that are none */
    const char *first_test;
    ls_file_names unread;  /* indexes that are not understood: the order may be another */
    ls_file_names notes;   /* what else there is to tell of indexes */
    ls_file_names foreign; /* the databases of what is not for PostgreSQL */
} ls_left_out;

void ls_lay_out(ls_layouts *layouts, ls_listing *listing, ls_left_out *left_out);

/* The version in a migration's name, as its framework counts it; NULL if it has none. */
const char *ls_version_of(ls_arena *arena, const char *relative);

/* The file that takes a migration back, among those listed; NULL if there is none. */
const char *ls_down_file_of(ls_arena *arena, const ls_listing *listing, const ls_found_file *file);

#endif
