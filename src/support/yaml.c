/*
 * yaml.c - from libyaml's events to a tree.
 *
 * Depth is bounded because libyaml's own time grows with its square; nothing here recurses.
 */
#include "support/yaml.h"

#include "support/map.h"
#include "support/nearest.h"

#include <yaml.h>

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 32, LONGEST_QUOTE = 60 };

static const char NO_ANCHORS[] = "anchors and aliases are not supported; write the value out";

typedef struct {
    ls_yaml *yaml;
    ls_yaml_node *open[DEEPEST];       /* collections from the outermost to the innermost */
    const ls_yaml_node *keys[DEEPEST]; /* of mappings: the key that waits for its value */
    ls_map known[DEEPEST];             /* of mappings: the keys so far, by name */
    size_t depth;
    unsigned documents;
    bool wrong;   /* a mistake was found */
    bool stopped; /* and it makes no sense to read on */
} tree_builder;

static void add_problem(const ls_yaml *yaml, unsigned line, unsigned column, const char *format,
                        va_list arguments) {
    ls_yaml_problem problem = {.file = yaml->name, .line = line, .column = column};
    problem.message = ls_arena_vformat(yaml->arena, format, arguments);
    LS_PUSH(yaml->arena, yaml->problems, problem);
}

void ls_yaml_wrong_at(const ls_yaml *yaml, unsigned line, unsigned column, const char *format,
                      ...) {
    va_list arguments;
    va_start(arguments, format);
    add_problem(yaml, line, column, format, arguments);
    va_end(arguments);
}

void ls_yaml_wrong(const ls_yaml *yaml, const ls_yaml_node *node, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    add_problem(yaml, node->line, node->column, format, arguments);
    va_end(arguments);
}

const char *ls_yaml_meant(const ls_yaml *yaml, const char *misspelt, const char *const *names,
                          size_t count) {
    const char *nearest = ls_nearest(misspelt, names, count);
    return nearest == NULL ? "" : ls_arena_format(yaml->arena, "; did you mean \"%s\"?", nearest);
}

const char *ls_yaml_quoted(const ls_yaml *yaml, const char *text) {
    size_t length = LONGEST_QUOTE;
    if (strnlen(text, LONGEST_QUOTE + 1) <= LONGEST_QUOTE)
        return text;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return ls_arena_format(yaml->arena, "%.*s...", (int)length, text);
}

const char *ls_yaml_alternatives(ls_arena *arena, const char *const *names, size_t count) {
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        const char *between = i == 0 ? "" : i + 1 == count ? " or " : ", ";
        text = ls_arena_format(arena, "%s%s%s", text, between, names[i]);
    }
    return text;
}

/* --- The tree -------------------------------------------------------------------------------- */

static ls_yaml_node *new_node(tree_builder *builder, ls_yaml_kind kind, const yaml_event_t *event) {
    ls_yaml_node *node = LS_NEW(builder->yaml->arena, ls_yaml_node);
    node->kind = kind;
    node->line = (unsigned)event->start_mark.line + 1;
    node->column = (unsigned)event->start_mark.column + 1;
    node->end_line = (unsigned)event->end_mark.line + 1;
    return node;
}

static void refuse(tree_builder *builder, const ls_yaml_node *node, const char *what) {
    ls_yaml_wrong(builder->yaml, node, "%s", what);
    builder->wrong = true;
}

static void stop(tree_builder *builder, const ls_yaml_node *node, const char *what) {
    refuse(builder, node, what);
    builder->stopped = true;
}

static void take_key(tree_builder *builder, const ls_yaml_node *node) {
    ls_map *known = &builder->known[builder->depth - 1];
    if (node->kind != LS_YAML_SCALAR) {
        stop(builder, node, "a key must be a word");
        return;
    }
    const ls_yaml_node *first = ls_map_get(known, node->text);
    if (first != NULL) {
        ls_yaml_wrong(builder->yaml, node, "key \"%s\" is given twice; first on line %u",
                      ls_yaml_quoted(builder->yaml, node->text), first->line);
        builder->wrong = true;
    } else {
        ls_map_set(builder->yaml->arena, known, node->text, (void *)(uintptr_t)node);
    }
    builder->keys[builder->depth - 1] = node;
}

/* Hangs a new node below the innermost collection that is open. */
static void attach(tree_builder *builder, const ls_yaml_node *node) {
    if (builder->depth == 0) {
        builder->yaml->root = node;
        return;
    }
    ls_yaml_node *parent = builder->open[builder->depth - 1];
    const ls_yaml_node *key = builder->keys[builder->depth - 1];
    assert(parent != NULL);
    if (parent->kind == LS_YAML_MAPPING && key == NULL) {
        take_key(builder, node);
        return;
    }
    ls_yaml_entry entry = {.key = key, .value = node};
    LS_PUSH(builder->yaml->arena, &parent->entries, entry);
    builder->keys[builder->depth - 1] = NULL;
}

static void open_collection(tree_builder *builder, ls_yaml_kind kind, const yaml_event_t *event) {
    ls_yaml_node *node = new_node(builder, kind, event);
    attach(builder, node);
    if (builder->depth == DEEPEST) {
        stop(builder, node, "nested too deeply");
        return;
    }
    builder->open[builder->depth] = node;
    builder->known[builder->depth] = (ls_map){0};
    builder->keys[builder->depth++] = NULL;
}

static void take_scalar(tree_builder *builder, const yaml_event_t *event) {
    ls_yaml_node *node = new_node(builder, LS_YAML_SCALAR, event);
    const char *value = (const char *)event->data.scalar.value;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->text = ls_arena_copy(builder->yaml->arena, value, event->data.scalar.length);
    if (strlen(node->text) != event->data.scalar.length)
        stop(builder, node, "a text must not hold a NUL character");
    else
        attach(builder, node);
}

typedef struct {
    const yaml_char_t *anchor, *tag;
} decoration;

static decoration decoration_of(const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return (decoration){event->data.scalar.anchor, event->data.scalar.tag};
    case YAML_SEQUENCE_START_EVENT:
        return (decoration){event->data.sequence_start.anchor, event->data.sequence_start.tag};
    case YAML_MAPPING_START_EVENT:
        return (decoration){event->data.mapping_start.anchor, event->data.mapping_start.tag};
    default:
        return (decoration){0};
    }
}

static void refuse_decoration(tree_builder *builder, const yaml_event_t *event) {
    decoration found = decoration_of(event);
    if (found.anchor != NULL)
        refuse(builder, new_node(builder, LS_YAML_SCALAR, event), NO_ANCHORS);
    if (found.tag != NULL)
        refuse(builder, new_node(builder, LS_YAML_SCALAR, event),
               "tags are not supported; write the value alone");
}

static void take_event(tree_builder *builder, const yaml_event_t *event) {
    refuse_decoration(builder, event);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (builder->documents++ > 0)
            stop(builder, new_node(builder, LS_YAML_SCALAR, event),
                 "a second document; expected one document in a file");
        break;
    case YAML_ALIAS_EVENT:
        stop(builder, new_node(builder, LS_YAML_SCALAR, event), NO_ANCHORS);
        break;
    case YAML_SCALAR_EVENT:
        take_scalar(builder, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_collection(builder, LS_YAML_SEQUENCE, event);
        break;
    case YAML_MAPPING_START_EVENT:
        open_collection(builder, LS_YAML_MAPPING, event);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        builder->depth--;
        break;
    default:
        break;
    }
}

/* --- Reading --------------------------------------------------------------------------------- */

/* libyaml gives a byte offset, and no line, for what is not text. */
static void refuse_bytes(const ls_yaml *yaml, const yaml_parser_t *parser) {
    unsigned line = 1, column = 1;
    for (size_t at = 0; at < parser->problem_offset && at < yaml->length; at++) {
        bool continues = ((unsigned char)yaml->text[at] & 0xC0) == 0x80;
        column = yaml->text[at] == '\n' ? 1 : column + (continues ? 0 : 1);
        line += yaml->text[at] == '\n';
    }
    ls_yaml_wrong_at(yaml, line, column, "%s; expected UTF-8 text", parser->problem);
}

static void refuse_syntax(const ls_yaml *yaml, const yaml_parser_t *parser) {
    if (parser->error == YAML_READER_ERROR)
        refuse_bytes(yaml, parser);
    else
        ls_yaml_wrong_at(yaml, (unsigned)parser->problem_mark.line + 1,
                         (unsigned)parser->problem_mark.column + 1, "not YAML: %s",
                         parser->problem == NULL ? "unknown error" : parser->problem);
}

static bool build_tree(tree_builder *builder, yaml_parser_t *parser) {
    for (bool more = true; more && !builder->stopped;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            refuse_syntax(builder->yaml, parser);
            builder->stopped = true;
            return false;
        }
        take_event(builder, &event);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    return !builder->wrong;
}

bool ls_yaml_read(ls_yaml *yaml, ls_arena *arena, const char *name, const char *text, size_t length,
                  ls_yaml_problems *problems) {
    return ls_yaml_read_up_to(yaml, arena, name, text, length, LS_YAML_LARGEST / LS_MEBIBYTE,
                              problems);
}

bool ls_yaml_read_up_to(ls_yaml *yaml, ls_arena *arena, const char *name, const char *text,
                        size_t length, size_t mebibytes, ls_yaml_problems *problems) {
    *yaml = (ls_yaml){
        .arena = arena, .name = name, .text = text, .length = length, .problems = problems};
    if (length > mebibytes * LS_MEBIBYTE) {
        ls_yaml_wrong_at(yaml, 1, 1, "the file is larger than %zu MiB", mebibytes);
        return false;
    }
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        ls_yaml_wrong_at(yaml, 1, 1, "out of memory");
        return false;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    tree_builder builder = {.yaml = yaml};
    bool fine = build_tree(&builder, &parser);
    yaml_parser_delete(&parser);
    if (builder.stopped)
        yaml->root = NULL;
    if (fine && yaml->root == NULL) {
        ls_yaml_wrong_at(yaml, 1, 1, "the file is empty");
        return false;
    }
    return fine;
}

/* --- Asking the tree ------------------------------------------------------------------------- */

const ls_yaml_node *ls_yaml_get(const ls_yaml_node *mapping, const char *key) {
    if (mapping == NULL || mapping->kind != LS_YAML_MAPPING)
        return NULL;
    for (LS_EACH(const ls_yaml_entry, entry, mapping->entries))
        if (strcmp(entry->key->text, key) == 0)
            return entry->value;
    return NULL;
}

bool ls_yaml_integer(const ls_yaml_node *node, int64_t *number) {
    if (node->kind != LS_YAML_SCALAR || !node->plain)
        return false;
    const char *digits = node->text + (node->text[0] == '-');
    if (digits[0] == 0 || digits[strspn(digits, "0123456789")] != 0)
        return false;
    if (digits[0] == '0' && node->text[1] != 0)
        return false;
    errno = 0;
    *number = strtoll(node->text, NULL, 10);
    return errno == 0;
}

static const char *line_of(const ls_yaml *yaml, unsigned line) {
    const char *at = yaml->text, *end = yaml->text + yaml->length;
    for (unsigned i = 1; i < line && at != NULL; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at == NULL ? NULL : at + 1;
    }
    return at == NULL ? end : at;
}

/* The first place of `part` in [begin, end) of the text, or NULL. */
static const char *find(const char *begin, const char *end, const char *part) {
    size_t length = strlen(part);
    for (const char *at = begin; at + length <= end; at++)
        if (memcmp(at, part, length) == 0)
            return at;
    return NULL;
}

void ls_yaml_place_of(const ls_yaml *yaml, const ls_yaml_node *node, const char *part,
                      unsigned *line, unsigned *column) {
    *line = node->line;
    *column = node->column;
    const char *found = find(line_of(yaml, node->line), line_of(yaml, node->end_line + 1), part);
    if (found == NULL)
        return;
    *column = 1;
    for (const char *at = line_of(yaml, node->line); at < found; at++) {
        bool continues = ((unsigned char)*at & 0xC0) == 0x80;
        *column = *at == '\n' ? 1 : *column + (continues ? 0 : 1);
        *line += *at == '\n';
    }
}

static int compare_problems(const void *one, const void *other) {
    const ls_yaml_problem *left = one, *right = other;
    int names = strcmp(left->file, right->file);
    if (names != 0)
        return names;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return strcmp(left->message, right->message);
}

void ls_yaml_sort(ls_yaml_problems *problems) {
    if (problems->count > 1)
        qsort(problems->items, problems->count, sizeof *problems->items, compare_problems);
}
