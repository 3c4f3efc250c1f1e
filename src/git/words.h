/*
 * words.h - where the files that git knows have a word.
 */
#ifndef LS_GIT_WORDS_H
#define LS_GIT_WORDS_H

#include "git/repository.h"

#include <stdint.h>

typedef enum { LS_WORDS_OF_TREE, LS_WORDS_OF_INDEX, LS_WORDS_OF_COMMIT } ls_words_place;

/* A line that has it. */
typedef struct {
    const char *path; /* from the root of the repository */
    uint32_t line;    /* from 1 */
    const char *text;
} ls_word_line;
typedef LS_VECTOR(ls_word_line) ls_word_lines;

/*
 * Adds the lines that have a match of the extended regular expression between the ends of words,
 * upper and lower case alike: of the working tree with what is not added yet, of the index, or of a
 * commit. A problem for the user, or NULL.
 */
const char *ls_words_find(const ls_repository *repository, ls_words_place place, const char *commit,
                          const char *expression, ls_word_lines *lines);

#endif
