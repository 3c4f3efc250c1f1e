/*
 * rollout.c - the row that a version inserts at one moment is updated or touched by another at some
 * later one, once; so there is a row for every history of one insert and one other write that is a
 * few steps long. Rows that nobody writes again show what the plan's own steps make of them.
 */
#include "rollout.h"

#include "support/path.h"
#include "traffic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many rows a version inserts at a time: more than are written later, see IS_WRITTEN_AFTER. */
enum {
    ROWS_AT_A_TIME = 24,
    BATCH = 60,
    MOST_BATCHES = 2000,
    BATCHES_IN_TRAFFIC = 3,
    MOST_LIVE = 4
};

/* A row is written again so many moments after its insert. */
static const unsigned later[] = {0, 1, 2, 4, 8};

typedef struct {
    const char *value; /* the last that was written; NULL: none was */
    const ls_traffic *by;
    unsigned moment; /* of its insert */
    bool there, spent, seen;
} app_row;

typedef struct {
    ls_arena *arena;
    const ls_rollout_server *server;
    const ls_playbook_traffic *playbook;
    const ls_traffic *live[MOST_LIVE]; /* the oldest first */
    size_t live_count;
    LS_VECTOR(app_row) rows; /* row 1 is the first */
    unsigned moment, writes;
    const char *during; /* the last stage that has begun */
    const char *broke;  /* NULL: nothing so far */
} rollout;

/* --- Statements ------------------------------------------------------------------------------ */

static void break_off(rollout *run, const char *who, const char *what, const char *how) {
    if (run->broke == NULL)
        run->broke = ls_arena_join(run->arena, run->during, ": ", who, what, how, NULL);
}

/* "23502", or what is wrong with the connection. */
static const char *problem_of(ls_arena *arena, const PGresult *result) {
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return NULL;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return ls_arena_string(arena, state == NULL ? PQresultErrorMessage(result) : state);
}

/* The statement with the row's number and the value in it. */
static const char *filled_in(rollout *run, const char *statement, unsigned number,
                             const char *value) {
    const char *text = "";
    for (const char *at; (at = strchr(statement, '$')) != NULL; statement = at + 2) {
        const char *before = ls_arena_copy(run->arena, statement, (size_t)(at - statement));
        text = at[1] == '1' ? ls_arena_format(run->arena, "%s%s%u", text, before, number)
                            : ls_arena_join(run->arena, text, before, "'", value, "'", NULL);
    }
    return ls_arena_join(run->arena, text, statement, NULL);
}

/* What the statement returned, to be cleared; NULL where it failed, which is noted. */
static PGresult *of_app(rollout *run, const ls_traffic *version, const char *does,
                        const char *statement, unsigned number, const char *value) {
    PGresult *result = PQexec(run->server->app, filled_in(run, statement, number, value));
    const char *problem = problem_of(run->arena, result);
    if (problem == NULL)
        return result;
    PQclear(result);
    break_off(run, version->label, does, ls_arena_join(run->arena, ": ", problem, NULL));
    return NULL;
}

static const char *new_value(rollout *run, const ls_traffic *version) {
    size_t count = 0;
    while (count < LS_MOST_LABELS && version->values[count] != NULL)
        count++;
    run->writes++;
    return count > 0 ? version->values[run->writes % count]
                     : ls_arena_format(run->arena, "%u", run->writes);
}

/* --- Writes ---------------------------------------------------------------------------------- */

static void insert_row(rollout *run, const ls_traffic *version) {
    const char *value = new_value(run, version);
    unsigned number = run->rows.count + 1;
    PGresult *result = of_app(run, version, " inserts a row", version->insert, number, value);
    if (result == NULL)
        return;
    if (PQntuples(result) == 1)
        value = ls_arena_string(run->arena, PQgetvalue(result, 0, 0));
    app_row row = {.value = version->silent ? NULL : value,
                   .by = version,
                   .moment = run->moment,
                   .there = true};
    LS_PUSH(run->arena, &run->rows, row);
    PQclear(result);
}

/* A row of which only the insert is known so far; NULL: there is none. */
static app_row *row_to_write(rollout *run, const ls_traffic *by, unsigned moment) {
    for (LS_EACH(app_row, row, run->rows))
        if (row->by == by && row->moment == moment && row->there && !row->spent) {
            row->spent = true;
            return row;
        }
    return NULL;
}

static unsigned number_of(const rollout *run, const app_row *row) {
    return (unsigned)(row - run->rows.items) + 1;
}

static void change_row(rollout *run, const ls_traffic *version, app_row *row, const char *does,
                       const char *statement) {
    const char *value = new_value(run, version);
    PGresult *result = of_app(run, version, does, statement, number_of(run, row), value);
    if (result == NULL)
        return;
    if (strcmp(PQcmdTuples(result), "0") == 0)
        break_off(run, version->label, does, ": it is not there");
    if (statement == version->update && !version->silent)
        row->value = value;
    PQclear(result);
}

static void remove_row(rollout *run, const ls_traffic *version, app_row *row) {
    PQclear(of_app(run, version, " deletes a row", version->remove, number_of(run, row), ""));
    row->there = false;
}

static void write_rows_of(rollout *run, const ls_traffic *version, const ls_traffic *by,
                          unsigned moment) {
    app_row *updated = version->update == NULL ? NULL : row_to_write(run, by, moment);
    if (updated != NULL)
        change_row(run, version, updated, " updates a row", version->update);
    app_row *touched = row_to_write(run, by, moment);
    if (touched != NULL)
        change_row(run, version, touched, " updates another column of a row", version->touch);
    app_row *removed =
        version->remove == NULL || moment != run->moment ? NULL : row_to_write(run, by, moment);
    if (removed != NULL)
        remove_row(run, version, removed);
}

static void write_rows(rollout *run, const ls_traffic *version) {
    for (size_t i = 0; i < sizeof later / sizeof *later && later[i] <= run->moment; i++)
        for (size_t by = 0; by < LS_MOST_LABELS; by++)
            write_rows_of(run, version, &run->playbook->versions[by], run->moment - later[i]);
}

/* --- Reads ----------------------------------------------------------------------------------- */

static void compare(rollout *run, const ls_traffic *version, const app_row *row,
                    const PGresult *result, int at) {
    if (!row->there) {
        break_off(run, version->label, " reads a row", ": it was deleted");
        return;
    }
    if (PQnfields(result) == 1)
        return;
    bool null = PQgetisnull(result, at, 1) != 0;
    if (null && (row->value != NULL || run->playbook->filled))
        break_off(run, version->label, " reads a row", ": no value");
    else if (row->value != NULL && strcmp(PQgetvalue(result, at, 1), row->value) != 0)
        break_off(run, version->label, " reads a row", ": an old value");
}

static void read_rows(rollout *run, const ls_traffic *version) {
    PGresult *result = of_app(run, version, " reads", version->read, 0, "");
    for (LS_EACH(app_row, row, run->rows))
        row->seen = false;
    for (int i = 0; result != NULL && i < PQntuples(result); i++) {
        long number = strtol(PQgetvalue(result, i, 0), NULL, 10);
        if (number < 1)
            continue;
        app_row *row = &run->rows.items[number - 1];
        row->seen = true;
        compare(run, version, row, result, i);
    }
    for (LS_EACH(const app_row, row, run->rows))
        if (result != NULL && row->there && !row->seen)
            break_off(run, version->label, " reads a row", ": it is not there");
    PQclear(result);
}

/* --- Moments --------------------------------------------------------------------------------- */

static void do_others(rollout *run, const ls_traffic *version) {
    for (size_t i = 0; i < LS_MOST_OTHERS && version->others[i] != NULL; i++)
        PQclear(of_app(run, version, " writes a row that is not valid", version->others[i],
                       run->writes++, ""));
}

/* Every live version reads, writes and reads again. */
static void use(rollout *run) {
    for (size_t i = 0; run->broke == NULL && i < run->live_count; i++)
        read_rows(run, run->live[i]);
    for (size_t i = 0; run->broke == NULL && i < run->live_count; i++) {
        for (int rows = 0; rows < ROWS_AT_A_TIME && run->broke == NULL; rows++)
            insert_row(run, run->live[i]);
        do_others(run, run->live[i]);
    }
    for (size_t i = 0; run->broke == NULL && i < run->live_count; i++)
        write_rows(run, run->live[i]);
    for (size_t i = 0; run->broke == NULL && i < run->live_count; i++)
        read_rows(run, run->live[i]);
    run->moment++;
}

/* --- Stages ---------------------------------------------------------------------------------- */

static const char *text_of(rollout *run, const ls_statement *statement) {
    return ls_arena_copy(run->arena, statement->source->text + statement->at.begin,
                         statement->at.end - statement->at.begin);
}

static void run_statement(rollout *run, const ls_statement *statement) {
    PGresult *result = PQexec(run->server->runner, text_of(run, statement));
    const char *problem = problem_of(run->arena, result);
    PQclear(result);
    if (problem != NULL)
        break_off(run, "its SQL is refused: ", problem, "");
    else if (statement->kind != LS_STATEMENT_SET &&
             PQtransactionStatus(run->server->runner) == PQTRANS_IDLE)
        use(run);
}

static void run_script(rollout *run, const ls_script *script) {
    for (uint32_t i = 0; run->broke == NULL && i < script->statements.count; i++)
        run_statement(run, script->statements.items[i]);
}

/* How many rows one batch changed; below 0: it failed, which is noted. */
static long run_batch(rollout *run, const ls_statement *statement) {
    const char *text = filled_in(run, text_of(run, statement), BATCH, "");
    PGresult *result = PQexec(run->server->runner, text);
    const char *problem = problem_of(run->arena, result);
    if (problem != NULL)
        break_off(run, "it is refused: ", problem, "");
    long changed = problem == NULL ? strtol(PQcmdTuples(result), NULL, 10) : -1;
    PQclear(result);
    return changed;
}

static void run_backfill(rollout *run, const ls_script *script, int batches_in_traffic) {
    for (uint32_t i = 0; i < script->statements.count; i++)
        for (int batches = 1; run->broke == NULL; batches++) {
            if (run_batch(run, script->statements.items[i]) <= 0)
                break;
            if (batches <= batches_in_traffic)
                use(run);
            if (batches == MOST_BATCHES)
                break_off(run, "it does not end", "", "");
        }
}

static bool holds(rollout *run, const ls_script *script) {
    PGresult *result = PQexec(run->server->runner, text_of(run, script->statements.items[0]));
    const char *problem = problem_of(run->arena, result);
    if (problem != NULL)
        break_off(run, "it is refused: ", problem, "");
    bool yes = problem == NULL && strcmp(PQgetvalue(result, 0, 0), "t") == 0;
    PQclear(result);
    return yes;
}

/* A backfill is repeated until its check passes. */
static void run_check(rollout *run, const ls_script *check, const ls_script *backfill) {
    if (holds(run, check))
        return;
    if (backfill != NULL)
        run_backfill(run, backfill, 0);
    if (run->broke == NULL && !holds(run, check) && run->broke == NULL)
        run->broke = "(the check holds)";
}

static void deploy(rollout *run, const char *label) {
    const ls_traffic *version = ls_traffic_of_version(run->playbook, label);
    if (version == NULL) {
        fprintf(stderr, "rollout: %s has no traffic for %s\n", run->playbook->playbook, label);
        exit(2);
    }
    run->live[run->live_count++] = version;
}

static void soak(rollout *run) {
    run->live[0] = run->live[run->live_count - 1];
    run->live_count = 1;
}

static void run_stage(rollout *run, const ls_plan_stage *stage, const ls_plan_file *file,
                      const ls_script **backfill) {
    run->during =
        ls_arena_format(run->arena, "%s: %s", ls_plan_verb_name(stage->verb), stage->value);
    if (stage->verb == LS_PLAN_CHECK)
        run_check(run, file->script, *backfill);
    else if (stage->verb == LS_PLAN_BACKFILL)
        run_backfill(run, *backfill = file->script, BATCHES_IN_TRAFFIC);
    else if (ls_plan_changes_schema(stage->verb))
        run_script(run, file->script);
    else if (stage->verb == LS_PLAN_DEPLOY)
        deploy(run, stage->value);
    if (stage->verb == LS_PLAN_SOAK) {
        use(run);
        soak(run);
    }
    use(run);
}

/* --- The whole ------------------------------------------------------------------------------- */

static void must(PGconn *session, const char *text) {
    PGresult *result = PQexec(session, text);
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_FATAL_ERROR) {
        fprintf(stderr, "rollout: %s: %s", text, PQerrorMessage(session));
        exit(2);
    }
    PQclear(result);
}

static void set_up(rollout *run, const ls_plan_files *files) {
    PGconn *session = run->server->runner;
    if (PQtransactionStatus(session) != PQTRANS_IDLE)
        must(session, "ROLLBACK");
    must(session, "RESET ALL; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    for (LS_EACH(const ls_migration *const, migration, files->history))
        for (uint32_t i = 0; i < (*migration)->script->statements.count; i++)
            must(session, text_of(run, (*migration)->script->statements.items[i]));
    if (run->playbook->before != NULL)
        must(session, run->playbook->before);
}

static const ls_playbook_traffic *traffic_of(const char *directory) {
    const ls_playbook_traffic *traffic = ls_traffic_of(ls_path_last(directory));
    if (traffic != NULL)
        return traffic;
    fprintf(stderr, "rollout: there is no traffic for %s\n", directory);
    exit(2);
}

const char *ls_rollout(ls_arena *arena, const ls_rollout_server *server, const ls_mutant *mutant,
                       const ls_plan_files *files) {
    rollout run = {.arena = arena,
                   .server = server,
                   .playbook = traffic_of(mutant->directory),
                   .during = "before the first stage"};
    set_up(&run, files);
    deploy(&run, "v0");
    use(&run);
    const ls_script *backfill = NULL;
    for (uint32_t i = 0; run.broke == NULL && i < mutant->plan->stages.count; i++)
        run_stage(&run, &mutant->plan->stages.items[i], &files->of_stages.items[i], &backfill);
    return run.broke == NULL ? "" : run.broke;
}
