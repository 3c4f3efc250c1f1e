/*
 * load.c - one rule from one YAML text.
 *
 * libcyaml fills the form below; what it cannot say is checked here on the tree, in one go, so
 * that an author sees every mistake of a file at once.
 */
#include "rules/loading.h"
#include "rules/reads.h"
#include "sql/target.h"
#include "support/path.h"

#include <stdlib.h>
#include <string.h>

enum {
    LINE_LENGTH = 200,
    MESSAGE_LENGTH = 400,
    TEXT_LENGTH = 4000,
    MOST_EXAMPLES = 40,
    MOST_NAMES = 20
};

/* --- The form -------------------------------------------------------------------------------- */

typedef struct {
    const char *name, *history, *before, *stops_naming, *down, *bad, *good, *at, *fixed;
    const int *postgres;
    int file_transaction, no_timeout, no_advice, change;
    const char **also;
    uint32_t also_count;
} example_form;

typedef struct {
    int min;
    int per_relation;
} count_form;

typedef struct {
    const char *id, *group, *summary, *message, *label, *why;
    ls_severity severity;
    int off, small, once_per_file, once_per_statement, once_per_message;
    const count_form *count;
    const char **over;
    uint32_t over_count;
    example_form *examples;
    uint32_t examples_count;
} rule_form;

static const cyaml_strval_t severities[] = {
    {"error", LS_SEVERITY_ERROR},
    {"warning", LS_SEVERITY_WARNING},
    {"info", LS_SEVERITY_INFO},
};
static const cyaml_strval_t smalls[] = {{"info", LS_SMALL_INFO}, {"off", LS_SMALL_OFF}};
static const cyaml_strval_t transactions[] = {{"statement", 0}, {"file", 1}};

/* What an example switches off. */
static const cyaml_strval_t switches[] = {{"true", 0}, {"false", 1}};

/* What git or the other names say of the file; that it was edited is said by `before`. */
static const cyaml_strval_t changes[] = {
    {"renamed", LS_HISTORY_RENAMED},
    {"deleted", LS_HISTORY_DELETED},
    {"same_version", LS_HISTORY_SAME_VERSION},
    {"out_of_order", LS_HISTORY_OUT_OF_ORDER},
};

#define REQUIRED CYAML_FLAG_POINTER
#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define BOOLEAN  (CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT)

static const cyaml_schema_value_t name_value = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, LINE_LENGTH),
};

static const cyaml_schema_field_t example_fields[] = {
    CYAML_FIELD_STRING_PTR("name", REQUIRED, example_form, name, 1, LINE_LENGTH),
    CYAML_FIELD_STRING_PTR("history", OPTIONAL, example_form, history, 1, TEXT_LENGTH),
    CYAML_FIELD_STRING_PTR("before", OPTIONAL, example_form, before, 1, TEXT_LENGTH),
    CYAML_FIELD_STRING_PTR("stops_naming", OPTIONAL, example_form, stops_naming, 1, LINE_LENGTH),
    CYAML_FIELD_STRING_PTR("down", OPTIONAL, example_form, down, 0, TEXT_LENGTH),
    CYAML_FIELD_ENUM("change", BOOLEAN, example_form, change, changes,
                     sizeof changes / sizeof *changes),
    CYAML_FIELD_STRING_PTR("bad", OPTIONAL, example_form, bad, 1, TEXT_LENGTH),
    CYAML_FIELD_STRING_PTR("good", OPTIONAL, example_form, good, 1, TEXT_LENGTH),
    CYAML_FIELD_STRING_PTR("at", OPTIONAL, example_form, at, 1, LINE_LENGTH),
    CYAML_FIELD_STRING_PTR("fixed", OPTIONAL, example_form, fixed, 1, TEXT_LENGTH),
    CYAML_FIELD_INT_PTR("postgres", OPTIONAL, example_form, postgres),
    CYAML_FIELD_ENUM("transaction", BOOLEAN, example_form, file_transaction, transactions,
                     sizeof transactions / sizeof *transactions),
    CYAML_FIELD_ENUM("timeout", BOOLEAN, example_form, no_timeout, switches,
                     sizeof switches / sizeof *switches),
    CYAML_FIELD_ENUM("advice", BOOLEAN, example_form, no_advice, switches,
                     sizeof switches / sizeof *switches),
    CYAML_FIELD_SEQUENCE("also", OPTIONAL, example_form, also, &name_value, 1, MOST_NAMES),
    CYAML_FIELD_IGNORE("files", CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t example_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, example_form, example_fields),
};

static const cyaml_strval_t counted_per[] = {{"file", 0}, {"relation", 1}};

static const cyaml_schema_field_t count_fields[] = {
    CYAML_FIELD_INT("min", CYAML_FLAG_DEFAULT, count_form, min),
    CYAML_FIELD_ENUM("per", CYAML_FLAG_STRICT, count_form, per_relation, counted_per,
                     sizeof counted_per / sizeof *counted_per),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t rule_fields[] = {
    CYAML_FIELD_STRING_PTR("id", REQUIRED, rule_form, id, 1, LINE_LENGTH),
    CYAML_FIELD_STRING_PTR("group", REQUIRED, rule_form, group, 1, LINE_LENGTH),
    CYAML_FIELD_ENUM("severity", CYAML_FLAG_STRICT, rule_form, severity, severities,
                     sizeof severities / sizeof *severities),
    CYAML_FIELD_IGNORE("eased", CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_ENUM("off", BOOLEAN, rule_form, off, ls_yaml_booleans, LS_YAML_BOOLEANS),
    CYAML_FIELD_ENUM("small", BOOLEAN, rule_form, small, smalls, sizeof smalls / sizeof *smalls),
    CYAML_FIELD_STRING_PTR("summary", REQUIRED, rule_form, summary, 1, LINE_LENGTH),
    CYAML_FIELD_IGNORE("when", CYAML_FLAG_DEFAULT),
    CYAML_FIELD_ENUM("once_per_file", BOOLEAN, rule_form, once_per_file, ls_yaml_booleans,
                     LS_YAML_BOOLEANS),
    CYAML_FIELD_ENUM("once_per_message", BOOLEAN, rule_form, once_per_message, ls_yaml_booleans,
                     LS_YAML_BOOLEANS),
    CYAML_FIELD_ENUM("once_per_statement", BOOLEAN, rule_form, once_per_statement, ls_yaml_booleans,
                     LS_YAML_BOOLEANS),
    CYAML_FIELD_MAPPING_PTR("count", OPTIONAL, rule_form, count, count_fields),
    CYAML_FIELD_STRING_PTR("message", REQUIRED, rule_form, message, 1, MESSAGE_LENGTH),
    CYAML_FIELD_STRING_PTR("label", OPTIONAL, rule_form, label, 1, LINE_LENGTH),
    CYAML_FIELD_STRING_PTR("why", REQUIRED, rule_form, why, 1, TEXT_LENGTH),
    CYAML_FIELD_IGNORE("help", CYAML_FLAG_DEFAULT),
    CYAML_FIELD_IGNORE("fix", CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_SEQUENCE("over", OPTIONAL, rule_form, over, &name_value, 1, MOST_NAMES),
    CYAML_FIELD_SEQUENCE("examples", REQUIRED, rule_form, examples, &example_value, 2,
                         MOST_EXAMPLES),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t rule_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, rule_form, rule_fields),
};

/* --- Words and lines ------------------------------------------------------------------------- */

/* Small letters and digits in words that are joined by single hyphens. */
static bool is_kebab_case(const char *text) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    for (;;) {
        size_t length = strspn(text, letters);
        if (length == 0)
            return false;
        if (text[length] == 0)
            return true;
        if (text[length] != '-')
            return false;
        text += length + 1;
    }
}

static bool check_word(const ls_yaml *yaml, const char *key) {
    const ls_yaml_node *node = ls_yaml_get(yaml->root, key);
    if (node == NULL || is_kebab_case(node->text))
        return true;
    ls_yaml_wrong(yaml, node, "%s is \"%s\"; expected small letters and hyphens, as in index-name",
                  key, node->text);
    return false;
}

/* One line that reads well inside another sentence. */
static bool check_line(const ls_yaml *yaml, const char *key) {
    const ls_yaml_node *node = ls_yaml_get(yaml->root, key);
    if (node == NULL)
        return true;
    size_t length = strlen(node->text);
    if (strchr(node->text, '\n') != NULL)
        ls_yaml_wrong(yaml, node, "%s has several lines; expected one", key);
    else if (node->text[length - 1] == '.')
        ls_yaml_wrong(yaml, node, "%s ends with a full stop; expected none", key);
    else
        return true;
    return false;
}

/* --- Against the file's name ----------------------------------------------------------------- */

static bool check_id(const ls_yaml *yaml) {
    const ls_yaml_node *id = ls_yaml_get(yaml->root, "id");
    const char *file = ls_path_last(yaml->name);
    size_t length = strlen(id->text);
    if (strncmp(file, id->text, length) == 0 &&
        (strcmp(file + length, ".yaml") == 0 || strcmp(file + length, ".yml") == 0))
        return true;
    ls_yaml_wrong(yaml, id, "id is \"%s\" but the file is %s; expected %s.yaml", id->text, file,
                  id->text);
    return false;
}

static bool check_group(const ls_yaml *yaml, const char *group) {
    const ls_yaml_node *node = ls_yaml_get(yaml->root, "group");
    if (group == NULL || strcmp(node->text, group) == 0)
        return true;
    ls_yaml_wrong(yaml, node, "group is \"%s\"; expected the folder's name, \"%s\"", node->text,
                  group);
    return false;
}

/* --- Examples -------------------------------------------------------------------------------- */

static bool is_place(const char *text) {
    char *end;
    if (text[0] < '1' || text[0] > '9')
        return false;
    strtoul(text, &end, 10);
    if (end[0] != ':' || end[1] < '1' || end[1] > '9')
        return false;
    strtoul(end + 1, &end, 10);
    return *end == 0;
}

/* The key and why it cannot stand so; NULL if the example is fine. */
static const char *example_problem(const example_form *example, const char **key) {
    *key = "name";
    if (strchr(example->name, '\n') != NULL)
        return "name has several lines; expected one";
    if (example->bad == NULL && example->good == NULL)
        return "an example has neither \"bad\" nor \"good\"; expected one of them";
    *key = "good";
    if (example->bad != NULL && example->good != NULL)
        return "an example has both \"bad\" and \"good\"; expected one of them";
    *key = "at";
    if (example->at != NULL && example->bad == NULL)
        return "at says where a finding stands; expected \"bad\" beside it";
    if (example->at != NULL && !is_place(example->at))
        return "at is no place; expected \"line:column\"";
    *key = "fixed";
    if (example->fixed != NULL && example->bad == NULL)
        return "fixed is what a fix makes of it; expected \"bad\" beside it";
    *key = "also";
    if (example->also != NULL && example->bad == NULL)
        return "also names rules that fire beside this one; expected \"bad\" beside it";
    *key = "advice";
    if (example->no_advice != 0 && example->bad == NULL)
        return "advice is about a finding; expected \"bad\" beside it";
    *key = "postgres";
    if (example->postgres != NULL &&
        (*example->postgres < LS_OLDEST_POSTGRES || *example->postgres > LS_NEWEST_POSTGRES))
        return "postgres is no supported version; expected 12 to 18";
    return NULL;
}

static bool check_example(const ls_yaml *yaml, const ls_yaml_node *node,
                          const example_form *example) {
    const char *key;
    const char *problem = example_problem(example, &key);
    if (problem == NULL)
        return true;
    const ls_yaml_node *value = ls_yaml_get(node, key);
    ls_yaml_wrong(yaml, value == NULL ? node : value, "%s", problem);
    return false;
}

static bool check_name_is_new(const ls_yaml *yaml, const rule_form *form, uint32_t number) {
    const ls_yaml_node *list = ls_yaml_get(yaml->root, "examples");
    for (uint32_t i = 0; i < number; i++)
        if (strcmp(form->examples[i].name, form->examples[number].name) == 0) {
            ls_yaml_wrong(yaml, ls_yaml_get(list->entries.items[number].value, "name"),
                          "two examples are called \"%s\"", form->examples[number].name);
            return false;
        }
    return true;
}

static bool check_examples(const ls_yaml *yaml, const rule_form *form) {
    const ls_yaml_node *list = ls_yaml_get(yaml->root, "examples");
    bool fine = true, bad = false, good = false;
    for (uint32_t i = 0; i < form->examples_count; i++) {
        const ls_yaml_node *node = list->entries.items[i].value;
        bad = bad || form->examples[i].bad != NULL;
        good = good || form->examples[i].good != NULL;
        fine = check_example(yaml, node, &form->examples[i]) && fine;
        fine = check_name_is_new(yaml, form, i) && fine;
        fine = ls_check_example_files(yaml, node) && fine;
    }
    if (fine && !(bad && good)) {
        ls_yaml_wrong(yaml, list, "no example is %s; expected one of each at least",
                      bad ? "good" : "bad");
        return false;
    }
    return fine;
}

static ls_rule_example example_of(const example_form *form) {
    return (ls_rule_example){
        .name = form->name,
        .history = form->history,
        .before = form->before,
        .stops_naming = form->stops_naming,
        .down = form->down,
        .change = (ls_history_kind)form->change,
        .sql = form->bad != NULL ? form->bad : form->good,
        .bad = form->bad != NULL,
        .at = form->at,
        .fixed = form->fixed,
        .postgres = form->postgres == NULL ? 0 : *form->postgres,
        .file_transaction = form->file_transaction != 0,
        .no_timeout = form->no_timeout != 0,
        .no_advice = form->no_advice != 0,
        .also = form->also,
        .also_count = form->also_count,
    };
}

/* --- The rule -------------------------------------------------------------------------------- */

static bool check_over(const ls_yaml *yaml, const rule_form *form) {
    for (uint32_t i = 0; i < form->over_count; i++)
        if (strcmp(form->over[i], form->id) == 0) {
            ls_yaml_wrong(yaml, ls_yaml_get(yaml->root, "over"), "a rule cannot be over itself");
            return false;
        }
    return true;
}

static bool check_templates(const ls_yaml *yaml, const ls_effect_kinds *effects) {
    static const char *const keys[] = {"message", "label"};
    bool fine = true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const ls_yaml_node *node = ls_yaml_get(yaml->root, keys[i]);
        if (node != NULL)
            fine = ls_load_template(yaml, node, keys[i], effects, LS_KNOWN_TO_ALL) && fine;
    }
    return fine;
}

/* Counting to one is what every rule does. */
static bool check_count(const ls_yaml *yaml, const count_form *count) {
    if (count == NULL || count->min >= 2)
        return true;
    ls_yaml_wrong(yaml, ls_yaml_get(ls_yaml_get(yaml->root, "count"), "min"),
                  "min is %d; expected 2 or more statements", count->min);
    return false;
}

static bool check_form(const ls_yaml *yaml, const rule_form *form, const char *group) {
    static const char *const words[] = {"id", "group"};
    static const char *const lines[] = {"summary", "message", "label"};
    bool fine = true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        fine = check_word(yaml, words[i]) && fine;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fine = check_line(yaml, lines[i]) && fine;
    fine = check_id(yaml) && fine;
    fine = check_group(yaml, group) && fine;
    fine = check_over(yaml, form) && fine;
    fine = check_count(yaml, form->count) && fine;
    return check_examples(yaml, form) && fine;
}

/* What libcyaml does not read. */
typedef struct {
    ls_effect_kinds effects;
    ls_condition when;
    ls_advices advice;
    ls_remedies remedies;
    const ls_easing *eased;
} rule_parts;

static const ls_rule *rule_of(const ls_yaml *yaml, const rule_form *form, const rule_parts *parts) {
    ls_arena *arena = yaml->arena;
    const ls_yaml_node *list = ls_yaml_get(yaml->root, "examples");
    ls_rule *rule = LS_NEW(arena, ls_rule);
    ls_rule_example *examples = LS_NEW_ARRAY(arena, ls_rule_example, form->examples_count);
    for (uint32_t i = 0; i < form->examples_count; i++) {
        examples[i] = example_of(&form->examples[i]);
        ls_take_example_files(arena, list->entries.items[i].value, &examples[i]);
    }
    *rule = (ls_rule){
        .id = form->id,
        .group = form->group,
        .severity = form->severity,
        .eased = parts->eased,
        .off = form->off != 0,
        .small = (ls_small)form->small,
        .summary = form->summary,
        .effects = parts->effects.items,
        .effect_count = parts->effects.count,
        .when = parts->when,
        .once_per_file = form->once_per_file != 0,
        .once_per_statement = form->once_per_statement != 0,
        .once_per_message = form->once_per_message != 0,
        .count_min = form->count == NULL ? 0 : form->count->min,
        .count_per_relation = form->count != NULL && form->count->per_relation != 0,
        .message = form->message,
        .label = form->label,
        .why = ls_block_text(arena, form->why),
        .advice = parts->advice.items,
        .advice_count = parts->advice.count,
        .remedies = parts->remedies.items,
        .remedy_count = parts->remedies.count,
        .over = form->over,
        .over_count = form->over_count,
        .examples = examples,
        .example_count = form->examples_count,
    };
    const ls_attributes reads = ls_attributes_read(arena, rule);
    rule->reads = reads.items;
    rule->read_count = reads.count;
    return rule;
}

static bool read_easing(const ls_yaml *yaml, const rule_form *form, rule_parts *parts) {
    const ls_yaml_node *node = ls_yaml_get(yaml->root, "eased");
    if (node == NULL)
        return true;
    ls_easing *easing = LS_NEW(yaml->arena, ls_easing);
    parts->eased = easing;
    return ls_load_easing(yaml, node, &parts->effects, form->severity, easing);
}

const ls_rule *ls_rule_read(ls_arena *arena, const char *name, const char *text, size_t length,
                            const char *group, ls_yaml_problems *problems) {
    ls_yaml yaml;
    rule_parts parts = {0};
    if (!ls_yaml_read(&yaml, arena, name, text, length, problems))
        return NULL;
    const rule_form *form = ls_yaml_load(&yaml, &rule_value);
    bool fine = form != NULL && check_form(&yaml, form, group);
    const ls_yaml_node *when = ls_yaml_get(yaml.root, "when");
    const ls_yaml_node *help = ls_yaml_get(yaml.root, "help");
    const ls_yaml_node *fix = ls_yaml_get(yaml.root, "fix");
    if (when != NULL)
        fine = ls_load_when(&yaml, when, &parts.effects, &parts.when) && fine;
    if (help != NULL && parts.effects.count > 0)
        fine = ls_load_help(&yaml, help, &parts.effects, &parts.advice) && fine;
    if (fix != NULL && parts.effects.count > 0)
        fine = ls_load_remedies(&yaml, fix, &parts.effects, &parts.remedies) && fine;
    if (form != NULL && parts.effects.count > 0)
        fine = check_templates(&yaml, &parts.effects) && read_easing(&yaml, form, &parts) && fine;
    return fine ? rule_of(&yaml, form, &parts) : NULL;
}

const ls_rule *ls_rule_read_file(ls_arena *arena, const char *path, const char *group,
                                 ls_yaml_problems *problems) {
    size_t length;
    const char *text = ls_yaml_file(arena, path, 1, &length, problems);
    return text == NULL ? NULL : ls_rule_read(arena, path, text, length, group, problems);
}
