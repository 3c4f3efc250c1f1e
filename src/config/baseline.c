/*
 * baseline.c - the baseline's file, read strictly and written so that two runs give the same bytes.
 *
 * The list may be long, so it is walked by hand and bounded more generously than what people write.
 */
#include "config/baseline.h"

#include "support/buffer.h"
#include "support/map.h"
#include "support/whole_file.h"
#include "support/yaml_writer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_MEBIBYTES = 16, FINGERPRINT_LENGTH = 32 };

const char ls_baseline_name[] = "lockstep.baseline.yaml";

static const char HEAD[] =
    "# Findings that are accepted as they are, by lockstep baseline: they are "
    "counted and not told.\n"
    "# Each holds for its statement, wherever it moves in its file.\n";

/* --- Reading --------------------------------------------------------------------------------- */

static bool check_keys(const ls_yaml *yaml, const ls_yaml_node *node, const char *const *names,
                       size_t count) {
    if (node->kind != LS_YAML_MAPPING) {
        ls_yaml_wrong(yaml, node, "expected a mapping");
        return false;
    }
    bool fine = true;
    for (LS_EACH(const ls_yaml_entry, entry, node->entries)) {
        bool known = false;
        for (size_t i = 0; i < count; i++)
            known = known || strcmp(entry->key->text, names[i]) == 0;
        if (!known)
            ls_yaml_wrong(yaml, entry->key, "unknown key \"%s\"%s", entry->key->text,
                          ls_yaml_meant(yaml, entry->key->text, names, count));
        fine = fine && known;
    }
    return fine;
}

/* The text under a key; NULL with a problem. */
static const char *text_under(const ls_yaml *yaml, const ls_yaml_node *mapping, const char *key) {
    const ls_yaml_node *node = ls_yaml_get(mapping, key);
    if (node == NULL)
        ls_yaml_wrong(yaml, mapping, "%s is missing", key);
    else if (node->kind != LS_YAML_SCALAR || node->text[0] == 0)
        ls_yaml_wrong(yaml, node, "%s: expected a text", key);
    else
        return node->text;
    return NULL;
}

static bool check_fingerprint(const ls_yaml *yaml, const ls_yaml_node *node,
                              const char *fingerprint) {
    if (strspn(fingerprint, "0123456789abcdef") == FINGERPRINT_LENGTH &&
        fingerprint[FINGERPRINT_LENGTH] == 0)
        return true;
    ls_yaml_wrong(yaml, ls_yaml_get(node, "fingerprint"),
                  "fingerprint: expected %d hexadecimal digits", FINGERPRINT_LENGTH);
    return false;
}

static bool check_once(const ls_yaml *yaml, const ls_yaml_node *node, ls_map *seen,
                       const ls_baseline_entry *entry) {
    const char *key =
        ls_arena_format(yaml->arena, "%s\n%s\n%s", entry->file, entry->rule, entry->fingerprint);
    const ls_yaml_node *first = ls_map_get(seen, key);
    if (first != NULL)
        ls_yaml_wrong(yaml, node, "the same finding is on line %u already", first->line);
    else
        ls_map_set(yaml->arena, seen, key, (void *)(uintptr_t)node);
    return first == NULL;
}

static bool read_entry(const ls_yaml *yaml, const ls_yaml_node *node, ls_map *seen,
                       ls_baseline *baseline) {
    static const char *const KEYS[] = {"rule", "file", "fingerprint", "statement"};
    if (!check_keys(yaml, node, KEYS, sizeof KEYS / sizeof *KEYS))
        return false;
    const ls_baseline_entry entry = {
        .rule = text_under(yaml, node, "rule"),
        .file = text_under(yaml, node, "file"),
        .fingerprint = text_under(yaml, node, "fingerprint"),
        .statement = text_under(yaml, node, "statement"),
    };
    if (entry.rule == NULL || entry.file == NULL || entry.fingerprint == NULL ||
        entry.statement == NULL || !check_fingerprint(yaml, node, entry.fingerprint) ||
        !check_once(yaml, node, seen, &entry))
        return false;
    LS_PUSH(yaml->arena, &baseline->entries, entry);
    return true;
}

static bool check_version(const ls_yaml *yaml) {
    const ls_yaml_node *version = ls_yaml_get(yaml->root, "version");
    if (version == NULL)
        ls_yaml_wrong(yaml, yaml->root, "version is missing");
    else if (version->kind != LS_YAML_SCALAR || strcmp(version->text, "1") != 0)
        ls_yaml_wrong(yaml, version, "version: expected 1");
    else
        return true;
    return false;
}

static bool read_entries(const ls_yaml *yaml, ls_baseline *baseline) {
    const ls_yaml_node *findings = ls_yaml_get(yaml->root, "findings");
    if (findings == NULL || findings->kind != LS_YAML_SEQUENCE) {
        ls_yaml_wrong(yaml, findings == NULL ? yaml->root : findings,
                      findings == NULL ? "findings is missing" : "findings: expected a list");
        return false;
    }
    bool fine = true;
    ls_map seen = {0};
    for (LS_EACH(const ls_yaml_entry, entry, findings->entries))
        fine = read_entry(yaml, entry->value, &seen, baseline) && fine;
    return fine;
}

bool ls_baseline_read(ls_arena *arena, const char *file, ls_baseline *baseline,
                      ls_yaml_problems *problems) {
    static const char *const KEYS[] = {"version", "findings"};
    ls_yaml yaml;
    size_t length;
    *baseline = (ls_baseline){0};
    const char *text = ls_yaml_file(arena, file, LARGEST_MEBIBYTES, &length, problems);
    if (text == NULL ||
        !ls_yaml_read_up_to(&yaml, arena, file, text, length, LARGEST_MEBIBYTES, problems))
        return false;
    return check_keys(&yaml, yaml.root, KEYS, sizeof KEYS / sizeof *KEYS) && check_version(&yaml) &&
           read_entries(&yaml, baseline);
}

/* --- Writing --------------------------------------------------------------------------------- */

static int compare_entries(const void *one, const void *other) {
    const ls_baseline_entry *left = one, *right = other;
    int order = strcmp(left->file, right->file);
    if (order == 0)
        order = strcmp(left->rule, right->rule);
    if (order == 0)
        order = strcmp(left->statement, right->statement);
    return order == 0 ? strcmp(left->fingerprint, right->fingerprint) : order;
}

static void write_entry(ls_yaml_writer *writer, const ls_baseline_entry *entry) {
    ls_yaml_write_open(writer, LS_YAML_MAPPING);
    ls_yaml_write_word(writer, "rule");
    ls_yaml_write_word(writer, entry->rule);
    ls_yaml_write_word(writer, "file");
    ls_yaml_write_text(writer, entry->file);
    ls_yaml_write_word(writer, "fingerprint");
    ls_yaml_write_text(writer, entry->fingerprint);
    ls_yaml_write_word(writer, "statement");
    ls_yaml_write_text(writer, entry->statement);
    ls_yaml_write_close(writer, LS_YAML_MAPPING);
}

static bool write_document(ls_buffer *out, const ls_baseline *baseline) {
    ls_yaml_writer writer;
    ls_buffer_string(out, HEAD);
    ls_yaml_write_start(&writer, out);
    ls_yaml_write_open(&writer, LS_YAML_MAPPING);
    ls_yaml_write_word(&writer, "version");
    ls_yaml_write_word(&writer, "1");
    ls_yaml_write_word(&writer, "findings");
    ls_yaml_write_open(&writer, LS_YAML_SEQUENCE);
    for (LS_EACH(const ls_baseline_entry, entry, baseline->entries))
        write_entry(&writer, entry);
    ls_yaml_write_close(&writer, LS_YAML_SEQUENCE);
    ls_yaml_write_close(&writer, LS_YAML_MAPPING);
    return ls_yaml_write_end(&writer);
}

static const char *why_not(int problem) {
    return problem == 0 ? NULL : strerror(problem);
}

const char *ls_baseline_write(ls_arena *arena, const char *file, ls_baseline *baseline) {
    ls_buffer text = {0};
    const char *problem = NULL;
    if (baseline->entries.count > 1)
        qsort(baseline->entries.items, baseline->entries.count, sizeof *baseline->entries.items,
              compare_entries);
    if (!write_document(&text, baseline))
        problem = "a name or a statement is not valid UTF-8";
    else if (text.length > (size_t)LARGEST_MEBIBYTES * LS_MEBIBYTE)
        problem = ls_arena_format(arena, "it would be larger than %d MiB", LARGEST_MEBIBYTES);
    else
        problem = why_not(ls_write_whole_file(file, &text));
    ls_buffer_free(&text);
    return problem;
}
