/*
 * load_remedy.c - `fix` from YAML: one remedy, or alternatives in the order in which they are
 * tried.
 *
 * What an edit names is checked as far as a rule can be checked without a statement: that a place
 * is one that an effect of the rule may have, and that a word is one.
 */
#include "rules/loading.h"

#include <string.h>

enum { LONGEST_SAYING = 200, LONGEST_TEXT = 1000 };

typedef struct {
    const ls_yaml *yaml;
    const ls_effect_kinds *effects;
    bool fine;
} remedy_reader;

#define WRONG(reader, ...)                                                                         \
    do {                                                                                           \
        ls_yaml_wrong((reader)->yaml, __VA_ARGS__);                                                \
        (reader)->fine = false;                                                                    \
    } while (0)

/* The text under a key that has to be there; NULL with a problem. */
static const char *read_text(remedy_reader *reader, const ls_yaml_node *mapping, const char *key,
                             size_t longest) {
    const ls_yaml_node *node = ls_yaml_get(mapping, key);
    if (node == NULL || node->kind != LS_YAML_SCALAR) {
        WRONG(reader, node == NULL ? mapping : node, "fix: expected a text as \"%s\"", key);
        return NULL;
    }
    if (strlen(node->text) > longest)
        WRONG(reader, node, "fix: \"%s\" has %zu bytes; expected %zu at most", key,
              strlen(node->text), longest);
    else if (!ls_load_template(reader->yaml, node, "fix", reader->effects, LS_KNOWN_TO_ONE))
        reader->fine = false;
    return node->text;
}

/* --- Places ---------------------------------------------------------------------------------- */

static bool any_has(const ls_effect_kinds *effects, ls_attribute attribute) {
    for (LS_EACH(const ls_effect_kind, effect, *effects))
        if (ls_effect_has(*effect, attribute))
            return true;
    return false;
}

static void read_place(remedy_reader *reader, const ls_yaml_node *node, ls_remedy_edit *edit) {
    if (node == NULL || (node->kind == LS_YAML_SCALAR && strcmp(node->text, "statement") == 0)) {
        edit->place = LS_PLACE_STATEMENT;
    } else if (node->kind == LS_YAML_SCALAR && strcmp(node->text, "clause") == 0) {
        edit->place = LS_PLACE_CLAUSE;
    } else {
        edit->place = LS_PLACE_ATTRIBUTE;
        if (node->kind != LS_YAML_SCALAR || !ls_attribute_by_name(node->text, &edit->attribute) ||
            !any_has(reader->effects, edit->attribute))
            WRONG(reader, node,
                  "fix: expected \"statement\", \"clause\" or an attribute that is written there");
    }
}

static const char *read_word(remedy_reader *reader, const ls_yaml_node *node) {
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    if (node->kind != LS_YAML_SCALAR || node->text[0] == 0 ||
        node->text[strspn(node->text, LETTERS)] != 0) {
        WRONG(reader, node, "fix: expected a word of SQL in capitals");
        return "";
    }
    char *word = ls_arena_string(reader->yaml->arena, node->text);
    for (char *at = word; *at != 0; at++)
        *at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
    return word;
}

static void read_words(remedy_reader *reader, const ls_yaml_node *node, ls_remedy_edit *edit) {
    ls_words words = {0};
    if (node->kind == LS_YAML_SEQUENCE)
        for (LS_EACH(const ls_yaml_entry, entry, node->entries))
            LS_PUSH(reader->yaml->arena, &words, read_word(reader, entry->value));
    else
        LS_PUSH(reader->yaml->arena, &words, read_word(reader, node));
    edit->words = words.items;
    edit->word_count = words.count;
    if (words.count == 0)
        WRONG(reader, node, "fix: expected a word of SQL");
}

static void read_end(remedy_reader *reader, const ls_yaml_node *node, ls_remedy_edit *edit) {
    static const struct {
        const char *name;
        ls_spot spot;
    } ends[] = {{"start", LS_SPOT_START},
                {"end", LS_SPOT_END},
                {"all", LS_SPOT_ALL},
                {"behind", LS_SPOT_BEHIND}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (node->kind == LS_YAML_SCALAR && strcmp(node->text, ends[i].name) == 0) {
            edit->spot = ends[i].spot;
            return;
        }
    WRONG(reader, node, "fix: expected \"start\", \"end\", \"all\" or \"behind\"");
}

static void read_spot(remedy_reader *reader, const ls_yaml_node *node, ls_remedy_edit *edit) {
    const ls_yaml_node *after = ls_yaml_get(node, "after");
    const ls_yaml_node *instead_of = ls_yaml_get(node, "instead_of");
    const ls_yaml_node *at = ls_yaml_get(node, "at");
    if ((after != NULL) + (instead_of != NULL) + (at != NULL) != 1) {
        WRONG(reader, node, "fix: expected one of \"after\", \"instead_of\" and \"at\"");
        return;
    }
    edit->spot = after != NULL ? LS_SPOT_AFTER : LS_SPOT_INSTEAD_OF;
    if (at != NULL)
        read_end(reader, at, edit);
    else
        read_words(reader, after != NULL ? after : instead_of, edit);
    if (edit->spot == LS_SPOT_BEHIND && edit->place != LS_PLACE_STATEMENT)
        WRONG(reader, at, "fix: only a statement has a semicolon to write behind");
}

/* --- The remedy ------------------------------------------------------------------------------ */

static ls_remedy_edit read_edit(remedy_reader *reader, const ls_yaml_node *node) {
    static const char *const keys[] = {"in", "after", "instead_of", "at", "write"};
    ls_remedy_edit edit = {0};
    if (node->kind != LS_YAML_MAPPING) {
        WRONG(reader, node, "fix: expected a mapping with \"write\"");
        return edit;
    }
    if (!ls_load_keys(reader->yaml, node, keys, sizeof keys / sizeof *keys))
        reader->fine = false;
    read_place(reader, ls_yaml_get(node, "in"), &edit);
    read_spot(reader, node, &edit);
    edit.write = read_text(reader, node, "write", LONGEST_TEXT);
    return edit;
}

static void read_edits(remedy_reader *reader, const ls_yaml_node *remedy, ls_remedy *taken) {
    const ls_yaml_node *list = ls_yaml_get(remedy, "edits");
    if (list == NULL || list->kind != LS_YAML_SEQUENCE || list->entries.count == 0) {
        WRONG(reader, list == NULL ? remedy : list, "fix: expected a list of \"edits\"");
        return;
    }
    LS_VECTOR(ls_remedy_edit) edits = {0};
    for (LS_EACH(const ls_yaml_entry, entry, list->entries))
        LS_PUSH(reader->yaml->arena, &edits, read_edit(reader, entry->value));
    taken->edits = edits.items;
    taken->edit_count = edits.count;
}

/* Absent: false. */
static bool read_outside(remedy_reader *reader, const ls_yaml_node *remedy) {
    const ls_yaml_node *node = ls_yaml_get(remedy, "outside_transaction");
    if (node == NULL)
        return false;
    if (node->kind != LS_YAML_SCALAR || !node->plain || strcmp(node->text, "true") != 0)
        WRONG(reader, node, "fix: expected \"outside_transaction: true\"");
    return true;
}

static bool read_safe(remedy_reader *reader, const ls_yaml_node *remedy) {
    const ls_yaml_node *node = ls_yaml_get(remedy, "safe");
    const bool is_plain = node != NULL && node->kind == LS_YAML_SCALAR && node->plain;
    const bool is_safe = is_plain && strcmp(node->text, "true") == 0;
    if (!is_safe && !(is_plain && strcmp(node->text, "false") == 0))
        WRONG(reader, node == NULL ? remedy : node,
              "fix: expected \"safe: true\" where it does not change what the migration is for, or "
              "\"safe: false\"");
    return is_safe;
}

static ls_remedy read_remedy(remedy_reader *reader, const ls_yaml_node *node) {
    static const char *const keys[] = {"when", "says", "safe", "outside_transaction", "edits"};
    ls_remedy remedy = {0};
    if (node->kind != LS_YAML_MAPPING) {
        WRONG(reader, node, "fix: expected a mapping with \"says\", \"safe\" and \"edits\"");
        return remedy;
    }
    if (!ls_load_keys(reader->yaml, node, keys, sizeof keys / sizeof *keys))
        reader->fine = false;
    const ls_yaml_node *when = ls_yaml_get(node, "when");
    if (when != NULL && !ls_load_condition(reader->yaml, when, reader->effects, &remedy.when))
        reader->fine = false;
    remedy.says = read_text(reader, node, "says", LONGEST_SAYING);
    remedy.safe = read_safe(reader, node);
    remedy.outside_transaction = read_outside(reader, node);
    if (!remedy.outside_transaction || ls_yaml_get(node, "edits") != NULL)
        read_edits(reader, node, &remedy);
    return remedy;
}

bool ls_load_remedies(const ls_yaml *yaml, const ls_yaml_node *fix, const ls_effect_kinds *effects,
                      ls_remedies *remedies) {
    remedy_reader reader = {.yaml = yaml, .effects = effects, .fine = true};
    if (fix->kind != LS_YAML_SEQUENCE) {
        const ls_remedy only = read_remedy(&reader, fix);
        LS_PUSH(yaml->arena, remedies, only);
        return reader.fine;
    }
    for (LS_EACH(const ls_yaml_entry, entry, fix->entries)) {
        const ls_remedy remedy = read_remedy(&reader, entry->value);
        LS_PUSH(yaml->arena, remedies, remedy);
    }
    if (remedies->count == 0)
        WRONG(&reader, fix, "fix: expected one alternative at least");
    return reader.fine;
}
