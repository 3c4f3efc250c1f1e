/*
 * oracle.c - lockstep's locks, rewrites, scans and builds against what real servers did.
 *
 * testdata/ddl-oracle.json holds 376 statements with what PostgreSQL 11 to 18 did for each. Every
 * case is replayed for every target from 12 to 18 that it has a result for; what the analysis says
 * must be what the server did, relation by relation. A case that the parser cannot read must be an
 * unparsed statement that names the version it needs.
 *
 * How a result is read: the data's own description ("How to read rewrite and scan"). A table was
 * rewritten if it has a new file and was scanned; TRUNCATE makes new empty files and rewrites
 * nothing; the scans of a query are the query's own.
 */
#include "effects/outcome.h"
#include "effects/replay.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where lockstep says something else on purpose, or cannot know. */
static const struct {
    const char *id, *reason;
} exceptions[] = {
    {"CREATE TYPE + ADD VALUE + use same tx", "the lock is that of the table's own creation"},
    {"ADD PK USING INDEX (nullable + NOT VALID not-null, 18)",
     "its set-up is in 18's syntax, which the parser of 15 does not read"},
    {"NOT VALID NN + PK (18)", "its set-up is in 18's syntax as well"},
};

enum { FIRST_TARGET = 12, LAST_TARGET = 18, NEEDED_PERCENT = 99 };

typedef struct {
    ls_arena *arena;
    ls_replay *replay;
    ls_transaction_mode mode; /* of the present case */
    bool verbose;
    const char *only;
    int exact, different, excepted, unread;
} oracle;

/* --- Replaying a case ----------------------------------------------------------------------- */

static const ls_script *read_text(oracle *o, const char *name, const char *text) {
    ls_text_problem problem = {0};
    const ls_source *source = ls_source_new(o->arena, name, text, strlen(text), &problem);
    if (source == NULL) {
        fprintf(stderr, "%s: %s\n", name, problem.message);
        exit(2);
    }
    return ls_script_read(o->arena, source);
}

static const ls_outcome *replay_text(oracle *o, const char *name, const char *text) {
    const ls_script *script = read_text(o, name, text);
    const ls_outcome *last = NULL;
    ls_replay_begin_file(o->replay, script, o->mode, true);
    for (size_t i = 0; i < script->statements.count; i++)
        last = ls_replay_statement(o->replay, script->statements.items[i]);
    return last;
}

static const char *string_of(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

/* The file that holds the measured statement last. */
static const char *measured_text(oracle *o, const json_t *sample) {
    const char *session = string_of(sample, "session");
    const char *text = ls_arena_format(o->arena, "set search_path = s; %s;",
                                       session != NULL ? session : "set timezone = 'UTC'");
    size_t index;
    json_t *before;
    json_array_foreach(json_object_get(sample, "same_tx_before"), index, before) text =
        ls_arena_format(o->arena, "%s %s;", text, json_string_value(before));
    return ls_arena_format(o->arena, "%s %s", text, string_of(sample, "ddl"));
}

static bool is_outside_transaction(const char *id) {
    return strcmp(id, "CREATE INDEX CONCURRENTLY on partitioned parent (tx)") == 0;
}

static const ls_outcome *replay_case(oracle *o, const json_t *sample, const char *base,
                                     int target) {
    const char *id = string_of(sample, "id"), *setup = string_of(sample, "setup");
    ls_replay_options options = {.postgres = target};
    o->mode = is_outside_transaction(id) ? LS_TRANSACTION_PER_STATEMENT : LS_TRANSACTION_PER_FILE;
    o->replay = ls_replay_new(&options);
    replay_text(o, "base", base);
    ls_replay_end_file(o->replay);
    bool citext = strstr(id, "citext") != NULL;
    replay_text(o, "setup",
                ls_arena_format(o->arena, "set search_path = s; %s %s",
                                citext ? "create extension if not exists citext schema s;" : "",
                                setup == NULL ? "" : setup));
    ls_replay_end_file(o->replay);
    return replay_text(o, "case", measured_text(o, sample));
}

/* --- Words for comparing -------------------------------------------------------------------- */

typedef LS_VECTOR(const char *) words;

static int compare(const void *one, const void *other) {
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static const char *joined(oracle *o, words *list) {
    const char *text = "";
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, compare);
    for (size_t i = 0; i < list->count; i++)
        text = ls_arena_format(o->arena, "%s%s%s", text, i == 0 ? "" : " ", list->items[i]);
    return text;
}

/* As the data names relations: bare in schema s, with a suffix for the kind, renamed ones by their
 * new name. */
static const char *oracle_name(oracle *o, ls_relation_id id, const char *name,
                               ls_relation_kind kind) {
    ls_catalog *catalog = ls_replay_catalog(o->replay);
    const ls_relation *now = ls_catalog_relation(catalog, id);
    if (now != NULL)
        name = now->full_name;
    if (strncmp(name, "s.", 2) == 0)
        name += 2;
    const char *suffix = kind == LS_RELATION_INDEX               ? "(i)"
                         : kind == LS_RELATION_SEQUENCE          ? "(seq)"
                         : kind == LS_RELATION_VIEW              ? "(v)"
                         : kind == LS_RELATION_MATERIALIZED_VIEW ? "(m)"
                                                                 : "";
    return ls_arena_format(o->arena, "%s%s", name, suffix);
}

static ls_relation_kind kind_of(oracle *o, ls_relation_id id, ls_relation_kind otherwise) {
    const ls_relation *now = ls_catalog_relation(ls_replay_catalog(o->replay), id);
    return now == NULL ? otherwise : now->kind;
}

static const char *said_locks(oracle *o, const ls_outcome *outcome) {
    words list = {0};
    typedef struct {
        const char *name;
        ls_lock_mode mode;
    } entry;
    LS_VECTOR(entry) entries = {0};
    for (LS_EACH(const ls_relation_lock, lock, outcome->locks)) {
        entry e = {oracle_name(o, lock->relation.id, lock->relation.name, lock->relation.kind),
                   lock->mode};
        LS_PUSH(o->arena, &entries, e);
    }
    /* the data counts what the statements before in the same transaction took */
    for (LS_EACH(const ls_lock_hold, hold, outcome->held)) {
        entry e = {oracle_name(o, hold->relation.id, hold->relation.name, hold->relation.kind),
                   hold->mode};
        LS_PUSH(o->arena, &entries, e);
    }
    for (size_t i = 0; i < entries.count; i++) {
        ls_lock_mode mode = entries.items[i].mode;
        bool first = true;
        for (size_t j = 0; j < entries.count; j++) {
            if (strcmp(entries.items[i].name, entries.items[j].name) != 0)
                continue;
            first &= j >= i;
            mode = entries.items[j].mode > mode ? entries.items[j].mode : mode;
        }
        if (first)
            LS_PUSH(o->arena, &list,
                    ls_arena_format(o->arena, "%s:%s", entries.items[i].name,
                                    ls_lock_abbreviation(mode)));
    }
    return joined(o, &list);
}

static const char *said_works(oracle *o, ls_named_works works, ls_relation_kind kind, bool passes) {
    words list = {0};
    for (LS_EACH(const ls_named_work, work, works)) {
        const char *name = oracle_name(o, work->id, work->name, kind_of(o, work->id, kind));
        if (passes && work->passes > 1)
            name = ls_arena_format(o->arena, "%sx%d", name, work->passes);
        LS_PUSH(o->arena, &list, name);
    }
    return joined(o, &list);
}

/* --- What the server did -------------------------------------------------------------------- */

static bool has_word(const json_t *array, const char *word, bool prefix) {
    size_t index;
    json_t *item;
    json_array_foreach(array, index, item) {
        const char *text = json_string_value(item);
        size_t length = strlen(word);
        if (strncmp(text, word, length) == 0 &&
            (text[length] == 0 || (prefix && text[length] == 'x')))
            return true;
    }
    return false;
}

static const char *seen_locks(oracle *o, const json_t *result) {
    words list = {0};
    const char *name;
    json_t *mode;
    json_object_foreach(json_object_get(result, "locks"), name, mode)
        LS_PUSH(o->arena, &list, ls_arena_format(o->arena, "%s:%s", name, json_string_value(mode)));
    return joined(o, &list);
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static const char *seen_rewrites(oracle *o, const json_t *result, bool truncates) {
    words list = {0};
    size_t index;
    json_t *item;
    const json_t *scanned = json_object_get(result, "scanned");
    json_array_foreach(json_object_get(result, "new_relfilenode"), index, item) {
        const char *name = json_string_value(item);
        bool is_matview = ends_with(name, "(m)") && json_array_size(scanned) > 0;
        bool is_heap = !ends_with(name, "(i)") && !ends_with(name, "(seq)");
        if (!truncates && is_heap && (is_matview || has_word(scanned, name, true)))
            LS_PUSH(o->arena, &list, name);
    }
    return joined(o, &list);
}

static const char *seen_scans(oracle *o, const json_t *result) {
    words list = {0};
    size_t index;
    json_t *item;
    json_array_foreach(json_object_get(result, "scanned"), index, item)
        LS_PUSH(o->arena, &list, json_string_value(item));
    return joined(o, &list);
}

static const char *seen_builds(oracle *o, const json_t *result, bool truncates) {
    words list = {0};
    size_t index;
    json_t *item;
    bool scanned = json_array_size(json_object_get(result, "scanned")) > 0;
    json_array_foreach(json_object_get(result, "new_relfilenode"), index, item) {
        const char *name = json_string_value(item);
        if (ends_with(name, "(i)") && scanned && !truncates)
            LS_PUSH(o->arena, &list, name);
    }
    json_array_foreach(json_object_get(result, "index_entries_created"), index, item) if (scanned)
        LS_PUSH(o->arena, &list, json_string_value(item));
    return joined(o, &list);
}

/* --- Judging -------------------------------------------------------------------------------- */

static const char *exception_for(const char *id) {
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
        if (strcmp(exceptions[i].id, id) == 0)
            return exceptions[i].reason;
    return NULL;
}

static bool is_query(const char *tag) {
    static const char *const tags[] = {"SELECT",
                                       "INSERT",
                                       "UPDATE",
                                       "DELETE",
                                       "CREATE TABLE AS",
                                       "SELECT INTO",
                                       "CREATE MATERIALIZED VIEW",
                                       "REFRESH MATERIALIZED VIEW"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tag, tags[i]) == 0)
            return true;
    return false;
}

static void differs(oracle *o, const char *id, int target, const char *what, const char *seen,
                    const char *said) {
    if (o->verbose || exception_for(id) == NULL)
        printf("%s [%d] %s\n    server   %s\n    lockstep %s\n", id, target, what, seen, said);
}

static bool same(oracle *o, const char *id, int target, const char *what, const char *seen,
                 const char *said) {
    if (strcmp(seen, said) == 0)
        return true;
    differs(o, id, target, what, seen, said);
    return false;
}

static bool judge_success(oracle *o, const char *id, int target, const json_t *result,
                          const ls_outcome *outcome) {
    if (outcome->refused != NULL) {
        differs(o, id, target, "refusal", "succeeds", outcome->refused);
        return false;
    }
    const char *tag = outcome->statement->tag;
    bool truncates = strcmp(tag, "TRUNCATE TABLE") == 0 || strcmp(tag, "TRUNCATE") == 0;
    bool right = same(o, id, target, "locks", seen_locks(o, result), said_locks(o, outcome));
    right &= same(o, id, target, "rewrites", seen_rewrites(o, result, truncates),
                  said_works(o, ls_outcome_rewrites(o->arena, outcome), LS_RELATION_TABLE, false));
    right &= same(o, id, target, "builds", seen_builds(o, result, truncates),
                  said_works(o, ls_outcome_builds(o->arena, outcome), LS_RELATION_INDEX, false));
    if (!is_query(tag) && !truncates)
        right &= same(o, id, target, "scans", seen_scans(o, result),
                      said_works(o, ls_outcome_scans(o->arena, outcome), LS_RELATION_TABLE, true));
    return right;
}

static bool judge_result(oracle *o, const char *id, int target, const json_t *result,
                         const ls_outcome *outcome) {
    const char *error = string_of(result, "error");
    if (outcome->statement->kind == LS_STATEMENT_UNPARSED) {
        int needs = outcome->statement->needs_postgres;
        o->unread++;
        if (error != NULL || (needs > ls_parser_major() && needs <= target))
            return true;
        differs(o, id, target, "unparsed", "reads it", outcome->statement->problem.message);
        return false;
    }
    if (error == NULL)
        return judge_success(o, id, target, result, outcome);
    if (outcome->refused != NULL)
        return true;
    differs(o, id, target, "refusal", error, "succeeds");
    return false;
}

static void run_case(oracle *o, const json_t *sample, const char *base) {
    const char *id = string_of(sample, "id");
    if (o->only != NULL && strstr(id, o->only) == NULL)
        return;
    for (int target = FIRST_TARGET; target <= LAST_TARGET; target++) {
        char key[12];
        snprintf(key, sizeof key, "%d", target);
        const json_t *result = json_object_get(json_object_get(sample, "results"), key);
        if (result == NULL)
            continue;
        o->arena = ls_arena_new();
        const ls_outcome *outcome = replay_case(o, sample, base, target);
        if (judge_result(o, id, target, result, outcome))
            o->exact++;
        else if (exception_for(id) != NULL)
            o->excepted++;
        else
            o->different++;
        ls_replay_free(o->replay);
        ls_arena_free(o->arena);
    }
}

/* oracle FILE [PART OF AN ID]: exits with 1 unless all but the excepted cases are exact. */
int main(int count, char **arguments) {
    json_error_t error;
    json_t *data = count > 1 ? json_load_file(arguments[1], 0, &error) : NULL;
    if (data == NULL) {
        fprintf(stderr, "usage: oracle ddl-oracle.json [part of a case's id]\n");
        return 2;
    }
    oracle o = {.only = count > 2 ? arguments[2] : NULL, .verbose = count > 2};
    size_t index;
    json_t *sample;
    json_array_foreach(json_object_get(data, "cases"), index, sample)
        run_case(&o, sample, string_of(data, "base_schema"));
    json_decref(data);
    int results = o.exact + o.different + o.excepted;
    printf("%d results: %d exact (%.2f %%; %d of them in newer syntax than the parser's), "
           "%d different, %d excepted\n",
           results, o.exact, results == 0 ? 0.0 : 100.0 * o.exact / results, o.unread, o.different,
           o.excepted);
    bool enough = o.only != NULL || o.exact * 100 >= results * NEEDED_PERCENT;
    return o.different == 0 && results > 0 && enough ? 0 : 1;
}
