/*
 * yaml.h - YAML that is read strictly, and every mistake in it with its place.
 *
 * A text is read twice. The first reading makes a tree in the arena whose nodes know where they
 * stand; it refuses what a configuration has no use for: a second document, anchors and aliases,
 * tags, a key given twice, deep nesting, a text of more than 1 MiB. The second is libcyaml's: it
 * fills a C structure by a schema. libcyaml stops at the first mistake and often names the wrong
 * place, and it lets some mistakes pass; so the tree is checked against the same schema beforehand,
 * and that finds all of them. What a schema cannot say (values of several shapes) is CYAML_IGNORE
 * in it, and its reader walks the tree.
 */
#ifndef LS_SUPPORT_YAML_H
#define LS_SUPPORT_YAML_H

#include "support/vector.h"

#include <cyaml/cyaml.h>

#include <stdbool.h>
#include <stdint.h>

typedef enum { LS_YAML_SCALAR, LS_YAML_SEQUENCE, LS_YAML_MAPPING } ls_yaml_kind;

typedef struct ls_yaml_node ls_yaml_node;
typedef struct {
    const ls_yaml_node *key; /* NULL in a sequence; else a scalar */
    const ls_yaml_node *value;
} ls_yaml_entry;

struct ls_yaml_node {
    ls_yaml_kind kind;
    unsigned line, column; /* from 1; a column counts code points */
    unsigned end_line;     /* SCALAR */
    bool plain;            /* SCALAR: written without quotes */
    const char *text;      /* SCALAR */
    LS_VECTOR(ls_yaml_entry) entries;
};

typedef struct {
    const char *file;
    unsigned line, column;
    const char *message; /* one line: what is wrong, what was expected, what may have been meant */
} ls_yaml_problem;
typedef LS_VECTOR(ls_yaml_problem) ls_yaml_problems;

typedef struct {
    ls_arena *arena;
    const char *name, *text;
    size_t length;
    const ls_yaml_node *root;
    ls_yaml_problems *problems; /* of the caller: may collect those of many texts */
} ls_yaml;

enum { LS_MEBIBYTE = 1 << 20, LS_YAML_LARGEST = LS_MEBIBYTE }; /* bytes */

/* The bytes of a file that is to be read as YAML of so many mebibytes at most, with a NUL behind
 * them; NULL with a problem where it cannot be read. */
const char *ls_yaml_file(ls_arena *arena, const char *path, size_t mebibytes, size_t *length,
                         ls_yaml_problems *problems);

/* Reads a text into a tree that lives in the arena. False, with problems added, where it is not one
 * YAML document of the kind described above; `root` is there all the same if it was read to its
 * end, so that it can be asked for further mistakes, and else NULL. The text must live as long as
 * `yaml`; the tree does not need it. */
bool ls_yaml_read(ls_yaml *yaml, ls_arena *arena, const char *name, const char *text, size_t length,
                  ls_yaml_problems *problems);

/* The same for a list that may grow beyond what anybody writes by hand. */
bool ls_yaml_read_up_to(ls_yaml *yaml, ls_arena *arena, const char *name, const char *text,
                        size_t length, size_t mebibytes, ls_yaml_problems *problems);

/* Does the tree fit the schema? If not, every place where it does not is a problem. */
bool ls_yaml_check(const ls_yaml *yaml, const cyaml_schema_value_t *schema);

/* The structure that the schema describes, in the arena; NULL with problems added. */
void *ls_yaml_load(const ls_yaml *yaml, const cyaml_schema_value_t *schema);

/* The value under a key; NULL if there is none or the node is no mapping. */
const ls_yaml_node *ls_yaml_get(const ls_yaml_node *mapping, const char *key);

/* True if the scalar is a decimal integer as YAML and JSON both read it: without quotes and without
 * leading zeros, which libcyaml takes for octal. */
bool ls_yaml_integer(const ls_yaml_node *node, int64_t *number);

/* A place in the lines of the node where `part` is written; the node's own where it is not. */
void ls_yaml_place_of(const ls_yaml *yaml, const ls_yaml_node *node, const char *part,
                      unsigned *line, unsigned *column);

/* Notes a mistake at the node. */
void ls_yaml_wrong(const ls_yaml *yaml, const ls_yaml_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void ls_yaml_wrong_at(const ls_yaml *yaml, unsigned line, unsigned column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* `; did you mean "name"?` for the name nearest to the misspelt one, or "". */
const char *ls_yaml_meant(const ls_yaml *yaml, const char *misspelt, const char *const *names,
                          size_t count);

/* The text as a message quotes it: the start of a long one. */
const char *ls_yaml_quoted(const ls_yaml *yaml, const char *text);

/* "a, b or c" */
const char *ls_yaml_alternatives(ls_arena *arena, const char *const *names, size_t count);

/* Puts problems in the order of file and place. */
void ls_yaml_sort(ls_yaml_problems *problems);

/* true and false, for CYAML_FIELD_ENUM with CYAML_FLAG_STRICT: libcyaml's own booleans take any
 * word for true. */
enum { LS_YAML_BOOLEANS = 2 };
extern const cyaml_strval_t ls_yaml_booleans[LS_YAML_BOOLEANS];

#endif
