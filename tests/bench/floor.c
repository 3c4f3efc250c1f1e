/*
 * floor.c - the least that any linter on libpg_query can cost: cut the files into statements, run
 * the raw parser over each, and nothing else. The benchmark's ratio is against this, in the same
 * run.
 */
#include "sql/lower/parse.h"
#include "sql/split.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t parse_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    ls_arena *arena = ls_arena_new();
    char *text = ls_arena_alloc(arena, (size_t)size + 1);
    size_t length = fread(text, 1, (size_t)size, file);
    fclose(file);
    ls_text_problem problem = {0};
    const ls_source *source = ls_source_new(arena, path, text, length, &problem);
    ls_split split = {0};
    ls_split_source(arena, source, &split);
    for (LS_EACH(const ls_piece, piece, split.pieces))
        if (piece->kind == LS_PIECE_STATEMENT)
            ls_parse_only(split.blanked, piece->at);
    size_t count = split.pieces.count;
    ls_arena_free(arena);
    return count;
}

int main(int count, char **arguments) {
    size_t statements = 0;
    for (int i = 1; i < count; i++) {
        DIR *directory = opendir(arguments[i]);
        if (directory == NULL) {
            statements += parse_file(arguments[i]);
            continue;
        }
        for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
            char path[4096];
            if (entry->d_name[0] == '.')
                continue;
            snprintf(path, sizeof path, "%s/%s", arguments[i], entry->d_name);
            statements += parse_file(path);
        }
        closedir(directory);
    }
    printf("%zu statements\n", statements);
    return 0;
}
