/*
 * mutants.c - what lockstep says of each playbook's mutants, against what servers said.
 *
 *     mutants TABLE PLAYBOOK...
 *
 * A mutant that breaks something on any server must be an error; what the errors are is to be as
 * the table has it, for every target. LOCKSTEP_BLESS=1 writes them into the table anew; what
 * servers said only mutant_servers writes.
 */
#include "mutant.h"
#include "support/path.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int targets[] = {12, 15, 17, 18};

typedef struct {
    json_t *rows;
    bool bless;
    size_t mutants, broken, missed, different;
} comparison;

static bool breaks_somewhere(const json_t *row) {
    const char *version;
    json_t *said;
    json_object_foreach(json_object_get(row, "servers"), version,
                        said) if (ls_table_is_broken(json_string_value(said))) return true;
    return false;
}

static void complain(const ls_mutant *mutant, const char *problem, const json_t *errors) {
    char *text = json_dumps(errors, 0);
    printf("%s, %s: %s: %s\n", ls_path_last(mutant->directory), mutant->name, problem, text);
    free(text);
}

static void compare(comparison *all, const ls_mutant *mutant, json_t *row, json_t *errors) {
    bool breaks = breaks_somewhere(row);
    if (all->bless)
        json_object_set(row, "errors", errors);
    if (breaks && json_array_size(errors) == 0) {
        complain(mutant, "breaks on a server and is no error", json_object_get(row, "servers"));
        all->missed++;
    }
    if (!json_equal(json_object_get(row, "errors"), errors)) {
        complain(mutant, "the errors are not those of the table", errors);
        all->different++;
    }
}

static void judge(comparison *all, const ls_mutant *mutant) {
    json_t *row = ls_table_row(all->rows, ls_path_last(mutant->directory), mutant->name);
    if (row == NULL) {
        complain(mutant, "is not in the table", NULL);
        all->different++;
        return;
    }
    all->mutants++;
    all->broken += breaks_somewhere(row);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        ls_arena *arena = ls_arena_new();
        ls_plan_result result = ls_mutant_verify(arena, mutant, targets[i]);
        const ls_words words = ls_mutant_errors(arena, &result);
        json_t *errors = ls_table_words(&words);
        compare(all, mutant, row, errors);
        json_decref(errors);
        ls_plan_result_free(&result);
        ls_arena_free(arena);
    }
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: mutants TABLE PLAYBOOK...\n");
        return 2;
    }
    ls_arena *arena = ls_arena_new();
    const char *bless = getenv("LOCKSTEP_BLESS");
    comparison all = {.rows = ls_table_read(arguments[1]),
                      .bless = bless != NULL && strcmp(bless, "1") == 0};
    for (int i = 2; i < count; i++) {
        const ls_mutants mutants = ls_mutants_read(arena, arguments[i]);
        for (LS_EACH(const ls_mutant, mutant, mutants))
            judge(&all, mutant);
    }
    if (all.mutants != json_array_size(all.rows)) {
        printf("the table has %zu rows\n", json_array_size(all.rows));
        all.different++;
    }
    if (all.bless)
        ls_table_write(arguments[1], all.rows);
    printf("%zu mutants, %zu break something, %zu of them without an error\n", all.mutants,
           all.broken, all.missed);
    json_decref(all.rows);
    ls_arena_free(arena);
    return all.missed + all.different == 0 && all.broken > 0 ? 0 : 1;
}
