/*
 * rulegen.c - the built-in rules, from YAML to constant tables in C.
 *
 *     rulegen OUT_DIR RULES_DIR FILE...
 *
 * Runs at build time, reads rules/<group>/<id>.yaml and rules/not-checked.yaml with the loader that
 * reads a team's own rules at run time, and writes OUT_DIR/rules.gen.c. The output depends on the
 * rules alone, not on the order of the files. A mistake in a rule ends the build with its place.
 */
#include "rules/load.h"
#include "support/buffer.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    ls_buffer out;
    const char *prefix; /* of the rule's tables: its id with underscores */
    unsigned tables;    /* made for the rule so far */
} writer;

/* --- Words ----------------------------------------------------------------------------------- */

/* A C string literal; octal escapes, which unlike hexadecimal ones end after three digits. */
static void write_string(writer *to, const char *text) {
    if (text == NULL) {
        ls_buffer_string(&to->out, "NULL");
        return;
    }
    ls_buffer_string(&to->out, "\"");
    for (const unsigned char *at = (const unsigned char *)text; *at != 0; at++) {
        if (*at == '\n')
            ls_buffer_string(&to->out, at[1] == 0 ? "\\n" : "\\n\"\n        \"");
        else if (*at == '"' || *at == '\\' || *at == '?')
            ls_buffer_format(&to->out, "\\%c", *at);
        else if (*at < 0x20 || *at > 0x7E)
            ls_buffer_format(&to->out, "\\%03o", (unsigned)*at);
        else
            ls_buffer_format(&to->out, "%c", *at);
    }
    ls_buffer_string(&to->out, "\"");
}

/* An enumerator: the name in capitals, with underscores for dots. */
static void write_enumerator(writer *to, const char *prefix, const char *name) {
    ls_buffer_string(&to->out, prefix);
    for (; *name != 0; name++)
        ls_buffer_format(&to->out, "%c", *name == '.' ? '_' : toupper((unsigned char)*name));
}

/* `    .field = "text",`, or nothing if there is none. */
static void write_field(writer *to, const char *field, const char *text) {
    if (text == NULL)
        return;
    ls_buffer_format(&to->out, "    .%s = ", field);
    write_string(to, text);
    ls_buffer_string(&to->out, ",\n");
}

/* `    .field = true,`, or nothing: false is what C takes for it. */
static void write_flag(writer *to, const char *field, bool flag) {
    if (flag)
        ls_buffer_format(&to->out, "    .%s = true,\n", field);
}

/* A table of strings; its number within the rule. */
static unsigned write_words(writer *to, const char *const *words, size_t count) {
    unsigned number = to->tables++;
    ls_buffer_format(&to->out, "static const char *const %s_%u[] = {", to->prefix, number);
    for (size_t i = 0; i < count; i++) {
        ls_buffer_string(&to->out, i == 0 ? "" : ", ");
        write_string(to, words[i]);
    }
    ls_buffer_string(&to->out, "};\n");
    return number;
}

/* --- Conditions ------------------------------------------------------------------------------ */

static const char *const condition_kinds[] = {
    [LS_CONDITION_ALL] = "LS_CONDITION_ALL",       [LS_CONDITION_ANY] = "LS_CONDITION_ANY",
    [LS_CONDITION_NOT] = "LS_CONDITION_NOT",       [LS_CONDITION_IS] = "LS_CONDITION_IS",
    [LS_CONDITION_LIKE] = "LS_CONDITION_LIKE",     [LS_CONDITION_MIN] = "LS_CONDITION_MIN",
    [LS_CONDITION_MAX] = "LS_CONDITION_MAX",       [LS_CONDITION_HAS] = "LS_CONDITION_HAS",
    [LS_CONDITION_EFFECT] = "LS_CONDITION_EFFECT",
};

static bool has_attribute(const ls_condition *condition) {
    return condition->kind == LS_CONDITION_IS || condition->kind == LS_CONDITION_LIKE ||
           condition->kind == LS_CONDITION_MIN || condition->kind == LS_CONDITION_MAX ||
           condition->kind == LS_CONDITION_HAS;
}

static void write_number(writer *to, const ls_condition *condition) {
    ls_buffer_string(&to->out, ", .number = ");
    if (condition->kind == LS_CONDITION_EFFECT)
        write_enumerator(to, "LS_EFFECT_", ls_effect_name((ls_effect_kind)condition->number));
    else
        ls_buffer_format(&to->out, "INT64_C(%" PRId64 ")", condition->number);
}

/* The initializer of a condition whose table of values or parts is `table`. */
static void write_condition(writer *to, const ls_condition *condition, unsigned table) {
    ls_buffer_format(&to->out, "{.kind = %s", condition_kinds[condition->kind]);
    if (has_attribute(condition))
        write_enumerator(to, ", .attribute = LS_ATTRIBUTE_",
                         ls_attribute_name(condition->attribute));
    if (condition->value_count > 0)
        ls_buffer_format(&to->out, ", .values = %s_%u, .value_count = %zu", to->prefix, table,
                         condition->value_count);
    else if (condition->part_count > 0)
        ls_buffer_format(&to->out, ", .parts = %s_%u, .part_count = %zu", to->prefix, table,
                         condition->part_count);
    else if (condition->kind == LS_CONDITION_EFFECT || has_attribute(condition))
        write_number(to, condition);
    ls_buffer_string(&to->out, "}");
}

/* The tables that a condition needs, inner ones first; the number of its own. Recursion goes as
 * deep as the YAML did. */
static unsigned write_condition_tables(writer *to, ls_arena *arena, const ls_condition *condition) {
    if (condition->value_count > 0)
        return write_words(to, condition->values, condition->value_count);
    if (condition->part_count == 0)
        return 0;
    unsigned *inner = LS_NEW_ARRAY(arena, unsigned, condition->part_count);
    for (size_t i = 0; i < condition->part_count; i++)
        inner[i] = write_condition_tables(to, arena, &condition->parts[i]);
    unsigned number = to->tables++;
    ls_buffer_format(&to->out, "static const ls_condition %s_%u[] = {\n", to->prefix, number);
    for (size_t i = 0; i < condition->part_count; i++) {
        ls_buffer_string(&to->out, "    ");
        write_condition(to, &condition->parts[i], inner[i]);
        ls_buffer_string(&to->out, ",\n");
    }
    ls_buffer_string(&to->out, "};\n");
    return number;
}

/* --- Rules ----------------------------------------------------------------------------------- */

static void write_effects(writer *to, const ls_rule *rule) {
    ls_buffer_format(&to->out, "static const ls_effect_kind %s_effects[] = {", to->prefix);
    for (size_t i = 0; i < rule->effect_count; i++)
        write_enumerator(to, i == 0 ? "LS_EFFECT_" : ", LS_EFFECT_",
                         ls_effect_name(rule->effects[i]));
    ls_buffer_string(&to->out, "};\n");
}

static void write_reads(writer *to, const ls_rule *rule) {
    ls_buffer_format(&to->out, "static const ls_attribute %s_reads[] = {", to->prefix);
    for (size_t i = 0; i < rule->read_count; i++)
        write_enumerator(to, i == 0 ? "LS_ATTRIBUTE_" : ", LS_ATTRIBUTE_",
                         ls_attribute_name(rule->reads[i]));
    ls_buffer_string(&to->out, "};\n");
}

/* `also`: the number of the table of its rules. */
static void write_example(writer *to, const ls_rule_example *example, unsigned also,
                          unsigned files) {
    ls_buffer_string(&to->out, "    {\n");
    write_field(to, "name", example->name);
    write_field(to, "history", example->history);
    write_field(to, "sql", example->sql);
    write_field(to, "before", example->before);
    write_field(to, "stops_naming", example->stops_naming);
    write_field(to, "down", example->down);
    write_field(to, "at", example->at);
    write_field(to, "fixed", example->fixed);
    if (example->also_count > 0)
        ls_buffer_format(&to->out, "    .also = %s_%u, .also_count = %zu,\n", to->prefix, also,
                         example->also_count);
    if (example->file_count > 0)
        ls_buffer_format(&to->out, "    .files = %s_%u, .file_count = %zu,\n", to->prefix, files,
                         example->file_count);
    if (example->change != LS_HISTORY_NONE)
        ls_buffer_format(&to->out, "    .change = %d,\n", (int)example->change);
    if (example->postgres != 0)
        ls_buffer_format(&to->out, "    .postgres = %d,\n", example->postgres);
    write_flag(to, "bad", example->bad);
    write_flag(to, "file_transaction", example->file_transaction);
    write_flag(to, "no_timeout", example->no_timeout);
    write_flag(to, "no_advice", example->no_advice);
    write_flag(to, "is_plan", example->is_plan);
    ls_buffer_string(&to->out, "    },\n");
}

/* The number of the table. */
static unsigned write_files(writer *to, const ls_rule_example *example) {
    unsigned number = to->tables++;
    ls_buffer_format(&to->out, "static const ls_example_file %s_%u[] = {\n", to->prefix, number);
    for (size_t i = 0; i < example->file_count; i++) {
        ls_buffer_string(&to->out, "    {\n");
        write_field(to, "path", example->files[i].path);
        write_field(to, "text", example->files[i].text);
        ls_buffer_string(&to->out, "    },\n");
    }
    ls_buffer_string(&to->out, "};\n");
    return number;
}

static void write_examples(writer *to, ls_arena *arena, const ls_rule *rule) {
    unsigned *also = LS_NEW_ARRAY(arena, unsigned, rule->example_count);
    unsigned *files = LS_NEW_ARRAY(arena, unsigned, rule->example_count);
    for (size_t i = 0; i < rule->example_count; i++)
        if (rule->examples[i].file_count > 0)
            files[i] = write_files(to, &rule->examples[i]);
    for (size_t i = 0; i < rule->example_count; i++)
        if (rule->examples[i].also_count > 0)
            also[i] = write_words(to, rule->examples[i].also, rule->examples[i].also_count);
    ls_buffer_format(&to->out, "static const ls_rule_example %s_examples[] = {\n", to->prefix);
    for (size_t i = 0; i < rule->example_count; i++)
        write_example(to, &rule->examples[i], also[i], files[i]);
    ls_buffer_string(&to->out, "};\n");
}

static void write_advice(writer *to, ls_arena *arena, const ls_rule *rule) {
    unsigned *when = LS_NEW_ARRAY(arena, unsigned, rule->advice_count);
    for (size_t i = 0; i < rule->advice_count; i++)
        when[i] = write_condition_tables(to, arena, &rule->advice[i].when);
    ls_buffer_format(&to->out, "static const ls_advice %s_advice[] = {\n", to->prefix);
    for (size_t i = 0; i < rule->advice_count; i++) {
        ls_buffer_string(&to->out, "    {\n    .when = ");
        write_condition(to, &rule->advice[i].when, when[i]);
        ls_buffer_string(&to->out, ",\n");
        write_field(to, "text", rule->advice[i].text);
        ls_buffer_string(&to->out, "    },\n");
    }
    ls_buffer_string(&to->out, "};\n");
}

/* --- Fixes ----------------------------------------------------------------------------------- */

static const char *const places[] = {
    [LS_PLACE_STATEMENT] = "LS_PLACE_STATEMENT",
    [LS_PLACE_CLAUSE] = "LS_PLACE_CLAUSE",
    [LS_PLACE_ATTRIBUTE] = "LS_PLACE_ATTRIBUTE",
};

static const char *const spots[] = {
    [LS_SPOT_AFTER] = "LS_SPOT_AFTER", [LS_SPOT_INSTEAD_OF] = "LS_SPOT_INSTEAD_OF",
    [LS_SPOT_START] = "LS_SPOT_START", [LS_SPOT_END] = "LS_SPOT_END",
    [LS_SPOT_ALL] = "LS_SPOT_ALL",     [LS_SPOT_BEHIND] = "LS_SPOT_BEHIND",
};

static void write_edit(writer *to, const ls_remedy_edit *edit, unsigned words) {
    ls_buffer_format(&to->out, "    {\n    .place = %s,\n    .spot = %s,\n", places[edit->place],
                     spots[edit->spot]);
    if (edit->place == LS_PLACE_ATTRIBUTE) {
        write_enumerator(to, "    .attribute = LS_ATTRIBUTE_", ls_attribute_name(edit->attribute));
        ls_buffer_string(&to->out, ",\n");
    }
    if (edit->word_count > 0)
        ls_buffer_format(&to->out, "    .words = %s_%u,\n    .word_count = %zu,\n", to->prefix,
                         words, edit->word_count);
    write_field(to, "write", edit->write);
    ls_buffer_string(&to->out, "    },\n");
}

/* A table of edits; its number within the rule. */
static unsigned write_edits(writer *to, ls_arena *arena, const ls_remedy *remedy) {
    unsigned *words = LS_NEW_ARRAY(arena, unsigned, remedy->edit_count);
    for (size_t i = 0; i < remedy->edit_count; i++)
        if (remedy->edits[i].word_count > 0)
            words[i] = write_words(to, remedy->edits[i].words, remedy->edits[i].word_count);
    const unsigned number = to->tables++;
    ls_buffer_format(&to->out, "static const ls_remedy_edit %s_%u[] = {\n", to->prefix, number);
    for (size_t i = 0; i < remedy->edit_count; i++)
        write_edit(to, &remedy->edits[i], words[i]);
    ls_buffer_string(&to->out, "};\n");
    return number;
}

/* Nothing where the rule has none. */
static void write_remedies(writer *to, ls_arena *arena, const ls_rule *rule) {
    if (rule->remedy_count == 0)
        return;
    unsigned *when = LS_NEW_ARRAY(arena, unsigned, rule->remedy_count);
    unsigned *edits = LS_NEW_ARRAY(arena, unsigned, rule->remedy_count);
    for (size_t i = 0; i < rule->remedy_count; i++) {
        when[i] = write_condition_tables(to, arena, &rule->remedies[i].when);
        if (rule->remedies[i].edit_count > 0)
            edits[i] = write_edits(to, arena, &rule->remedies[i]);
    }
    ls_buffer_format(&to->out, "static const ls_remedy %s_remedies[] = {\n", to->prefix);
    for (size_t i = 0; i < rule->remedy_count; i++) {
        const ls_remedy *remedy = &rule->remedies[i];
        ls_buffer_string(&to->out, "    {\n    .when = ");
        write_condition(to, &remedy->when, when[i]);
        ls_buffer_string(&to->out, ",\n");
        write_field(to, "says", remedy->says);
        write_flag(to, "safe", remedy->safe);
        write_flag(to, "outside_transaction", remedy->outside_transaction);
        if (remedy->edit_count > 0)
            ls_buffer_format(&to->out, "    .edits = %s_%u,\n    .edit_count = %zu,\n", to->prefix,
                             edits[i], remedy->edit_count);
        ls_buffer_string(&to->out, "    },\n");
    }
    ls_buffer_string(&to->out, "};\n");
}

/* --- The rest of a rule ---------------------------------------------------------------------- */

static const char *severity_enumerator(ls_severity severity) {
    static const char *const enumerators[] = {
        [LS_SEVERITY_ERROR] = "LS_SEVERITY_ERROR",
        [LS_SEVERITY_WARNING] = "LS_SEVERITY_WARNING",
        [LS_SEVERITY_INFO] = "LS_SEVERITY_INFO",
    };
    return enumerators[severity];
}

/* Nothing where the rule is always as loud. */
static void write_easing(writer *to, ls_arena *arena, const ls_easing *eased) {
    if (eased == NULL)
        return;
    unsigned when = write_condition_tables(to, arena, &eased->when);
    ls_buffer_format(&to->out, "static const ls_easing %s_eased = {\n    .when = ", to->prefix);
    write_condition(to, &eased->when, when);
    ls_buffer_format(&to->out, ",\n    .severity = %s,\n};\n",
                     severity_enumerator(eased->severity));
}

static const char *small_enumerator(ls_small small) {
    static const char *const enumerators[] = {
        [LS_SMALL_SAME] = "LS_SMALL_SAME",
        [LS_SMALL_INFO] = "LS_SMALL_INFO",
        [LS_SMALL_OFF] = "LS_SMALL_OFF",
    };
    return enumerators[small];
}

static void write_rule(writer *to, ls_arena *arena, const ls_rule *rule) {
    char *prefix = ls_arena_format(arena, "rule_%s", rule->id);
    for (char *at = prefix; *at != 0; at++)
        if (*at == '-')
            *at = '_';
    to->prefix = prefix;
    to->tables = 0;
    ls_buffer_format(&to->out, "\n/* %s */\n", rule->id);
    write_effects(to, rule);
    if (rule->read_count > 0)
        write_reads(to, rule);
    unsigned when = write_condition_tables(to, arena, &rule->when);
    unsigned over = rule->over_count == 0 ? 0 : write_words(to, rule->over, rule->over_count);
    write_examples(to, arena, rule);
    write_advice(to, arena, rule);
    write_remedies(to, arena, rule);
    write_easing(to, arena, rule->eased);

    ls_buffer_format(&to->out, "static const ls_rule %s = {\n", prefix);
    write_field(to, "id", rule->id);
    write_field(to, "group", rule->group);
    ls_buffer_format(&to->out, "    .severity = %s,\n", severity_enumerator(rule->severity));
    if (rule->eased != NULL)
        ls_buffer_format(&to->out, "    .eased = &%s_eased,\n", prefix);
    write_flag(to, "off", rule->off);
    ls_buffer_format(&to->out, "    .small = %s,\n", small_enumerator(rule->small));
    write_field(to, "summary", rule->summary);
    ls_buffer_format(&to->out, "    .effects = %s_effects,\n    .effect_count = %zu,\n", prefix,
                     rule->effect_count);
    ls_buffer_string(&to->out, "    .when = ");
    write_condition(to, &rule->when, when);
    ls_buffer_string(&to->out, ",\n");
    write_flag(to, "once_per_file", rule->once_per_file);
    write_flag(to, "once_per_statement", rule->once_per_statement);
    write_flag(to, "once_per_message", rule->once_per_message);
    if (rule->count_min > 0)
        ls_buffer_format(&to->out, "    .count_min = %d,\n    .count_per_relation = %s,\n",
                         rule->count_min, rule->count_per_relation ? "true" : "false");
    write_field(to, "message", rule->message);
    write_field(to, "label", rule->label);
    write_field(to, "why", rule->why);
    if (rule->remedy_count > 0)
        ls_buffer_format(&to->out, "    .remedies = %s_remedies,\n    .remedy_count = %zu,\n",
                         prefix, rule->remedy_count);
    if (rule->over_count > 0)
        ls_buffer_format(&to->out, "    .over = %s_%u,\n    .over_count = %zu,\n", prefix, over,
                         rule->over_count);
    ls_buffer_format(&to->out, "    .advice = %s_advice,\n    .advice_count = %zu,\n", prefix,
                     rule->advice_count);
    if (rule->read_count > 0)
        ls_buffer_format(&to->out, "    .reads = %s_reads,\n    .read_count = %zu,\n", prefix,
                         rule->read_count);
    ls_buffer_format(&to->out, "    .examples = %s_examples,\n    .example_count = %zu,\n};\n",
                     prefix, rule->example_count);
}

static void write_list(writer *to, ls_rule_list rules) {
    ls_buffer_string(&to->out, "\nstatic const ls_rule *const rules[] = {\n");
    for (size_t i = 0; i < rules.count; i++) {
        ls_buffer_string(&to->out, "    &rule_");
        for (const char *at = rules.items[i]->id; *at != 0; at++)
            ls_buffer_format(&to->out, "%c", *at == '-' ? '_' : *at);
        ls_buffer_string(&to->out, ",\n");
    }
    ls_buffer_format(&to->out,
                     "};\n\nls_rule_list ls_builtin_rules(void) {\n"
                     "    return (ls_rule_list){.items = rules, .count = %zu};\n}\n",
                     rules.count);
}

static void write_not_checked(writer *to, ls_not_checked_list list) {
    ls_buffer_string(&to->out, "\nstatic const ls_not_checked not_checked[] = {\n");
    for (size_t i = 0; i < list.count; i++) {
        ls_buffer_string(&to->out, "    {\n");
        write_field(to, "check", list.items[i].check);
        write_field(to, "reason", list.items[i].reason);
        ls_buffer_string(&to->out, "    },\n");
    }
    ls_buffer_format(&to->out,
                     "};\n\nls_not_checked_list ls_builtin_not_checked(void) {\n"
                     "    return (ls_not_checked_list){.items = not_checked, .count = %zu};\n}\n",
                     list.count);
}

/* --- Files ----------------------------------------------------------------------------------- */

/* The folder between the rules' folder and the file, or NULL if the path is not of that form. */
static const char *group_of(ls_arena *arena, const char *directory, const char *path) {
    size_t length = strlen(directory);
    if (strncmp(path, directory, length) != 0 || path[length] != '/')
        return NULL;
    const char *group = path + length + 1, *slash = strchr(group, '/');
    if (slash == NULL || strchr(slash + 1, '/') != NULL)
        return NULL;
    return ls_arena_copy(arena, group, (size_t)(slash - group));
}

static void load(ls_arena *arena, const char *directory, const char *path, ls_loaded_rules *loaded,
                 ls_yaml_problems *problems) {
    const char *group = group_of(arena, directory, path);
    if (group == NULL) {
        ls_yaml_problem problem = {.file = path, .line = 1, .column = 1};
        problem.message =
            ls_arena_format(arena, "misplaced; expected %s/<group>/<id>.yaml", directory);
        LS_PUSH(arena, problems, problem);
        return;
    }
    ls_loaded_rule one = {.rule = ls_rule_read_file(arena, path, group, problems), .file = path};
    if (one.rule != NULL)
        LS_PUSH(arena, loaded, one);
}

static bool report(ls_yaml_problems *problems) {
    ls_yaml_sort(problems);
    for (LS_EACH(const ls_yaml_problem, problem, *problems))
        fprintf(stderr, "%s:%u:%u: %s\n", problem->file, problem->line, problem->column,
                problem->message);
    return problems->count == 0;
}

static bool write_file(const char *path, const ls_buffer *text) {
    FILE *file = fopen(path, "wb");
    bool written = file != NULL && fwrite(text->text, 1, text->length, file) == text->length;
    if (file != NULL)
        written = fclose(file) == 0 && written;
    if (!written)
        perror(path);
    return written;
}

static bool generate(ls_arena *arena, const char *path, ls_rule_list rules,
                     ls_not_checked_list not_checked) {
    writer to = {0};
    ls_buffer_string(&to.out, "/* Made by rulegen from the files in rules/: do not edit. */\n"
                              "#include \"rules/rules.h\"\n");
    for (size_t i = 0; i < rules.count; i++)
        write_rule(&to, arena, rules.items[i]);
    write_list(&to, rules);
    write_not_checked(&to, not_checked);
    bool written = write_file(path, &to.out);
    ls_buffer_free(&to.out);
    return written;
}

int main(int count, char **arguments) {
    if (count < 4) {
        fputs("usage: rulegen OUT_DIR RULES_DIR FILE...\n", stderr);
        return 2;
    }
    ls_arena *arena = ls_arena_new();
    ls_loaded_rules loaded = {0};
    ls_yaml_problems problems = {0};
    for (int i = 3; i < count; i++)
        load(arena, arguments[2], arguments[i], &loaded, &problems);
    ls_rule_list rules = ls_rules_join(arena, (ls_rule_list){0}, &loaded, &problems);
    const char *path = ls_arena_format(arena, "%s/rules.gen.c", arguments[1]);
    ls_not_checked_list not_checked = ls_not_checked_read_file(
        arena, ls_arena_format(arena, "%s/not-checked.yaml", arguments[2]), &problems);
    bool fine = report(&problems) && generate(arena, path, rules, not_checked);
    ls_arena_free(arena);
    return fine ? 0 : 1;
}
