/*
 * references.c - keeping the hints: which relations refer to what.
 *
 * Whoever edits a relation may say what it refers to (ls_catalog_note_dependent), but need not:
 * edited relations are remembered, and before anybody asks, and before every mark, their columns,
 * constraints, triggers and queries are read for references. That costs what was edited: a version
 * knows how many of its columns and constraints have been read, since most changes append some.
 */
#include "catalog/internal.h"

static uint32_t smaller(uint32_t one, uint32_t other) {
    return one < other ? one : other;
}

void ls_remember_to_index(ls_catalog *catalog, ls_relation_id id, uint32_t first_column,
                          uint32_t first_constraint) {
    ls_relation_slot *slot = ls_relation_slot_of(catalog, id);
    ls_relation_version *version = slot->state.value;
    version->indexed_columns = smaller(version->indexed_columns, first_column);
    version->indexed_constraints = smaller(version->indexed_constraints, first_constraint);
    if (slot->unindexed)
        return;
    slot->unindexed = true;
    LS_PUSH(catalog->arena, &catalog->unindexed, id);
}

/* Of what an expression calls. */
static void note_calls(ls_catalog *catalog, ls_cell *state, const ls_expression *expression) {
    if (expression == NULL)
        return;
    if (expression->kind == LS_EXPR_FUNCTION && expression->name.name != NULL)
        ls_cells_add(catalog, ls_directory_cell(catalog, &catalog->callers, expression->name.name),
                     state);
    for (LS_EACH(ls_expression *, argument, expression->arguments))
        note_calls(catalog, state, *argument);
}

static void index_columns(ls_catalog *catalog, const ls_relation *relation, size_t first) {
    ls_cell *state = &ls_relation_slot_of(catalog, relation->id)->state;
    for (size_t i = first; i < relation->columns.count; i++) {
        const ls_catalog_column *column = &relation->columns.items[i];
        ls_catalog_note_type_user(catalog, &column->type, relation->id);
        ls_catalog_note_dependent(catalog, column->sequence, relation->id);
        ls_relation_id sequence = ls_sequence_of_default(catalog, column->default_value);
        ls_catalog_note_dependent(catalog, sequence, relation->id);
        note_calls(catalog, state, column->default_value);
        note_calls(catalog, state, column->generation);
    }
    if (relation->of_type != NULL) {
        ls_data_type of = {.schema = relation->of_type_schema, .name = relation->of_type};
        ls_catalog_note_type_user(catalog, &of, relation->id);
    }
}

static void note_keys(ls_catalog *catalog, const ls_catalog_constraint *foreign) {
    ls_relation_slot *slot = ls_relation_slot_of(catalog, foreign->referenced);
    if (slot == NULL)
        return;
    for (LS_EACH(const char *const, column, foreign->referenced_columns))
        if (!ls_has_word(&slot->keys, *column))
            LS_PUSH(catalog->arena, &slot->keys, ls_catalog_intern(catalog, *column));
}

static void index_constraints(ls_catalog *catalog, const ls_relation *relation, size_t first) {
    ls_cell *state = &ls_relation_slot_of(catalog, relation->id)->state;
    ls_namespace *space = ls_namespace_of(catalog, relation->schema);
    for (size_t i = first; i < relation->constraints.count; i++) {
        const ls_catalog_constraint *constraint = &relation->constraints.items[i];
        ls_catalog_note_dependent(catalog, constraint->referenced, relation->id);
        note_keys(catalog, constraint);
        note_calls(catalog, state, constraint->expression);
        if (constraint->name != NULL)
            ls_cells_add(catalog,
                         ls_directory_cell(catalog, &space->constraint_tables, constraint->name),
                         state);
    }
}

static void index_triggers(ls_catalog *catalog, const ls_relation *relation) {
    ls_cell *state = &ls_relation_slot_of(catalog, relation->id)->state;
    for (LS_EACH(const ls_catalog_trigger, trigger, relation->triggers))
        if (trigger->function != NULL)
            ls_cells_add(catalog,
                         ls_directory_cell(catalog, &catalog->trigger_tables, trigger->function),
                         state);
}

static void index_elements(ls_catalog *catalog, const ls_relation *index) {
    ls_cell *state = &ls_relation_slot_of(catalog, index->id)->state;
    for (LS_EACH(const ls_index_element, element, index->elements))
        note_calls(catalog, state, element->expression);
    note_calls(catalog, state, index->predicate);
}

static void index_relation(ls_catalog *catalog, ls_relation_version *version) {
    const ls_relation *relation = &version->relation;
    uint32_t first_column = version->indexed_columns;
    uint32_t first_constraint = version->indexed_constraints;
    version->indexed_columns = relation->columns.count;
    version->indexed_constraints = relation->constraints.count;
    index_columns(catalog, relation, first_column);
    index_constraints(catalog, relation, first_constraint);
    index_elements(catalog, relation);
    index_triggers(catalog, relation);
    for (LS_EACH(const ls_column_use, use, relation->uses))
        ls_catalog_note_dependent(catalog, use->relation, relation->id);
    ls_catalog_note_dependent(catalog, relation->owner_table, relation->id);
}

void ls_index_references(ls_catalog *catalog) {
    for (size_t i = 0; i < catalog->unindexed.count; i++) {
        ls_relation_slot *slot = ls_relation_slot_of(catalog, catalog->unindexed.items[i]);
        slot->unindexed = false;
        if (slot->state.value != NULL)
            index_relation(catalog, slot->state.value);
    }
    catalog->unindexed.count = 0;
}

bool ls_may_be_referenced(ls_catalog *catalog, ls_relation_id id, const char *column) {
    ls_index_references(catalog);
    const ls_relation_slot *slot = ls_relation_slot_of(catalog, id);
    return slot != NULL && ls_has_word(&slot->keys, column);
}

/* What is on the list of a function's name. */
static ls_relation_ids listed(ls_catalog *catalog, const ls_directory *lists,
                              const char *function) {
    ls_relation_ids relations = {0};
    ls_index_references(catalog);
    const ls_cell *list = ls_map_get(&lists->cells, function);
    if (list == NULL)
        return relations;
    ls_cells cells = ls_living_cells(catalog->arena, catalog, list);
    for (LS_EACH(ls_cell *, cell, cells)) {
        const ls_relation_version *version = (*cell)->value;
        LS_PUSH(catalog->arena, &relations, version->relation.id);
    }
    return relations;
}

ls_relation_ids ls_trigger_tables(ls_catalog *catalog, const char *function) {
    return listed(catalog, &catalog->trigger_tables, function);
}

ls_relation_ids ls_calling_relations(ls_catalog *catalog, const char *function) {
    ls_relation_ids relations = listed(catalog, &catalog->callers, function);
    ls_sort_by_creation(&relations);
    return relations;
}

static bool is_domain_constraint(const ls_catalog *catalog, const char *schema, const char *name) {
    ls_cells domains = ls_cells_of(&catalog->domains);
    for (LS_EACH(ls_cell *, cell, domains)) {
        const ls_type_version *version = (*cell)->value;
        if (version == NULL || !ls_same_name(version->type.schema, schema))
            continue;
        for (LS_EACH(const ls_catalog_constraint, check, version->type.constraints))
            if (ls_same_name(check->name, name))
                return true;
    }
    return false;
}

bool ls_is_constraint_name(ls_catalog *catalog, const char *schema, const char *name) {
    ls_index_references(catalog);
    if (is_domain_constraint(catalog, schema, name))
        return true;
    ls_namespace *space = ls_find_namespace(catalog, schema);
    if (space == NULL)
        return false;
    const ls_cell *list = ls_map_get(&space->constraint_tables.cells, name);
    if (list == NULL)
        return false;
    ls_cells cells = ls_cells_of(list);
    for (LS_EACH(ls_cell *, cell, cells)) {
        const ls_relation_version *version = (*cell)->value;
        if (version != NULL && ls_same_name(version->relation.schema, schema) &&
            ls_relation_constraint(&version->relation, name) != NULL)
            return true;
    }
    return false;
}

/* --- Sequences in defaults ------------------------------------------------------------------ */

enum { LONGEST_NAME = 63 };

/* Reads one part of a name as regclass does: folded unless quoted. The place after it, or NULL if
 * there is no name. */
static const char *read_name(const char *text, char name[LONGEST_NAME + 1]) {
    bool quoted = *text == '"';
    size_t length = 0;
    for (text += quoted; *text != 0 && (quoted || *text != '.'); text++) {
        if (quoted && *text == '"' && *++text != '"')
            break;
        char byte = *text;
        if (!quoted && byte >= 'A' && byte <= 'Z')
            byte = (char)(byte - 'A' + 'a');
        if (length < LONGEST_NAME)
            name[length++] = byte;
    }
    name[length] = 0;
    return length == 0 ? NULL : text;
}

static ls_relation_id find_by_text(const ls_catalog *catalog, const char *text) {
    char first[LONGEST_NAME + 1], second[LONGEST_NAME + 1];
    const char *after = read_name(text, first);
    if (after == NULL)
        return 0;
    bool qualified = *after == '.';
    if (qualified && read_name(after + 1, second) == NULL)
        return 0;
    const ls_relation *found =
        qualified ? ls_catalog_find(catalog, first, second) : ls_catalog_find(catalog, NULL, first);
    return found == NULL ? 0 : found->id;
}

/* The text in nextval('name') or nextval('name'::regclass); NULL if the call is another. */
static const char *sequence_text(const ls_expression *call) {
    if (call->kind != LS_EXPR_FUNCTION || !ls_same_name(call->name.name, "nextval") ||
        call->arguments.count != 1)
        return NULL;
    const ls_expression *argument = call->arguments.items[0];
    while (argument->kind == LS_EXPR_CAST && argument->arguments.count == 1)
        argument = argument->arguments.items[0];
    return argument->kind == LS_EXPR_STRING ? argument->text : NULL;
}

ls_relation_id ls_sequence_of_default(const ls_catalog *catalog, const ls_expression *expression) {
    if (expression == NULL)
        return 0;
    const char *text = sequence_text(expression);
    if (text != NULL)
        return find_by_text(catalog, text);
    for (LS_EACH(ls_expression *const, argument, expression->arguments)) {
        ls_relation_id found = ls_sequence_of_default(catalog, *argument);
        if (found != 0)
            return found;
    }
    return 0;
}
