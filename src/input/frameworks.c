/*
 * frameworks.c - the table. Where two rows could claim a directory, the first of them has it.
 *
 * What each runner wraps, and how it sends what it does not wrap, is that of its source: goose,
 * sql-migrate, tern and Atlas split a text by themselves; the others hand it over as one query,
 * which PostgreSQL runs as one transaction unless it holds a single statement.
 */
#include "input/framework.h"

#include <string.h>

static const char EACH_WRAPPED[] = "each migration in one transaction";
static const char PENDING_WRAPPED[] = "all pending migrations in one transaction";
static const char ONE_QUERY[] =
    "each migration as one query, so that several statements in it are one transaction";

static const ls_markers goose = {
    .up = "-- +goose up",
    .down = "-- +goose down",
    .untransacted = "-- +goose NO TRANSACTION",
};
static const ls_markers dbmate = {
    .up = "-- migrate:up",
    .down = "-- migrate:down",
    .untransacted_word = "transaction:false",
};
static const ls_markers sql_migrate = {
    .up = "-- +migrate up",
    .down = "-- +migrate down",
    .untransacted_word = "notransaction",
};
static const ls_markers tern = {
    .down = "---- create above / drop below ----",
    .untransacted = "---- tern: disable-tx ----",
    .place = LS_IN_UP_PART,
};
static const ls_markers node_pg_migrate = {
    .up = "-- up migration",
    .down = "-- down migration",
};
static const ls_markers atlas = {
    .untransacted = "-- atlas:txmode none",
    .place = LS_IN_FIRST_COMMENT,
    .delimiter = "-- atlas:delimiter",
};
static const ls_markers refinery = {.untransacted = "-- +refinery NO TRANSACTION"};
static const ls_markers sqlx = {
    .untransacted = "-- no-transaction",
    .place = LS_IN_FIRST_BYTES,
};
static const ls_markers postgres_migrations = {
    .untransacted = "-- postgres-migrations disable-transaction",
    .place = LS_IN_FIRST_COMMENT,
};

const ls_framework ls_frameworks[LS_FRAMEWORK_COUNT] = {
    {.name = "goose",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_STATEMENTS,
     .clues = {{LS_CLUE_LINE, "-- +goose up"}},
     .markers = &goose},
    {.name = "dbmate",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_ONE_QUERY,
     .clues = {{LS_CLUE_LINE, "-- migrate:up"}},
     .by_text = true,
     .markers = &dbmate},
    {.name = "sql-migrate",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_STATEMENTS,
     .by_name = true,
     .clues = {{LS_CLUE_LINE, "-- +migrate up"}},
     .markers = &sql_migrate},
    {.name = "liquibase",
     .runs = "each changeset in one transaction",
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_STATEMENTS,
     .by_name = true,
     .clues = {{LS_CLUE_LINE, "-- liquibase formatted"},
               {LS_CLUE_NAMES_AND_ABOVE, "*.sql db.changelog-master.yaml"},
               {LS_CLUE_NAMES_AND_ABOVE, "*.sql db.changelog-master.yml"},
               {LS_CLUE_NAMES_AND_ABOVE, "*.sql db.changelog-master.json"}},
     .by_index = true,
     .list = ls_liquibase_list,
     .read = ls_liquibase_read},
    {.name = "tern",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_STATEMENTS,
     .clues = {{LS_CLUE_LINE, "---- create above / drop below ----"},
               {LS_CLUE_PATH, "migrations-tern"},
               {LS_CLUE_NAMES_AND_ABOVE, "[0-9]*_*.sql tern.conf"},
               {LS_CLUE_NAMES_AND_ABOVE, "[0-9]*_*.sql go.mod: jackc/tern"}},
     .markers = &tern},
    {.name = "node-pg-migrate",
     .runs = PENDING_WRAPPED,
     .running = LS_RUNS_ALL_TOGETHER,
     .by_name = true,
     .clues = {{LS_CLUE_LINE, "-- up migration"},
               {LS_CLUE_NAMES_AND_ABOVE, "[0-9]*.sql package.json: node-pg-migrate"}},
     .markers = &node_pg_migrate},
    {.name = "drizzle",
     .runs = PENDING_WRAPPED,
     .running = LS_RUNS_ALL_TOGETHER,
     .by_name = true,
     .clues = {{LS_CLUE_BESIDE, "meta/_journal.json"},
               {LS_CLUE_LINE, "--> statement-breakpoint"},
               {LS_CLUE_NAMES_AND_ABOVE, "[0-9]*_*.sql drizzle.config.ts"}},
     .by_text = true,
     .list = ls_drizzle_list,
     .read = ls_drizzle_read},
    {.name = "prisma",
     .runs = ONE_QUERY,
     .running = LS_RUNS_ONE_QUERY,
     .by_name = true,
     .clues = {{LS_CLUE_BESIDE, "migration_lock.toml"}, {LS_CLUE_NAMES, "*/migration.sql"}},
     .by_text = true,
     .list = ls_prisma_list},
    {.name = "sqitch",
     .runs = "each script with psql, without a transaction of its own",
     .running = LS_RUNS_STATEMENTS,
     .by_name = true,
     .clues = {{LS_CLUE_BESIDE, "sqitch.plan"}},
     .takes = ls_sqitch_takes,
     .list = ls_sqitch_list,
     .down_of = ls_sqitch_down_of},
    {.name = "atlas",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_STATEMENTS,
     .clues = {{LS_CLUE_BESIDE, "atlas.sum"},
               {LS_CLUE_LINE, "-- atlas:txmode"},
               {LS_CLUE_LINE, "-- atlas:delimiter"}},
     .by_text = true,
     .markers = &atlas},
    {.name = "supabase",
     .runs = "each migration in one transaction, but for what cannot run in one",
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_STATEMENTS,
     .clues = {{LS_CLUE_PATH, "supabase/migrations"}},
     .look_at = ls_supabase_look_at},
    {.name = "hasura",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .clues = {{LS_CLUE_NAMES_AND_ABOVE, "[0-9]*_*/up.sql config.yaml: metadata_directory"},
               {LS_CLUE_NAMES, "[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]_*"
                               "/up.sql"}}},
    {.name = "diesel",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_ONE_QUERY,
     .clues = {{LS_CLUE_NAMES, "[0-9]*_*/up.sql"}},
     .by_text = true,
     .settings_of = ls_diesel_settings_of,
     .is_unwrapped = ls_diesel_is_unwrapped},
    {.name = "refinery",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_ONE_QUERY,
     .clues = {{LS_CLUE_LINE, "-- +refinery no transaction"},
               {LS_CLUE_NAMES_AND_ABOVE, "[UV][0-9]*__*.sql Cargo.toml"}},
     .anywhere = true,
     .name_of = ls_flyway_name_of,
     .markers = &refinery},
    {.name = "flyway",
     .runs = "each migration in one transaction, but for those with what cannot run in one",
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_STATEMENTS,
     .clues = {{LS_CLUE_NAMES_AND_ABOVE, "*__*.sql flyway.toml"},
               {LS_CLUE_NAMES_AND_ABOVE, "*__*.sql flyway.conf"},
               {LS_CLUE_NAMES, "[VR]*__*.sql"}},
     .anywhere = true,
     .name_of = ls_flyway_name_of,
     .list = ls_flyway_list,
     .down_of = ls_flyway_down_of,
     .settings_of = ls_flyway_settings_of,
     .is_unwrapped = ls_flyway_is_unwrapped,
     .look_at = ls_flyway_look_at},
    {.name = "sqlx",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_ONE_QUERY,
     .clues = {{LS_CLUE_LINE, "-- no-transaction"},
               {LS_CLUE_NAMES_AND_ABOVE, "[0-9]*_*.sql Cargo.toml: sqlx"}},
     .markers = &sqlx},
    {.name = "postgres-migrations",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .unwrapped = LS_RUNS_ONE_QUERY,
     .clues = {{LS_CLUE_LINE, "-- postgres-migrations disable-transaction"},
               {LS_CLUE_NAMES_AND_ABOVE, "[0-9]*.sql package.json: \"postgres-migrations\""}},
     .markers = &postgres_migrations},
    {.name = "pop",
     .runs = EACH_WRAPPED,
     .running = LS_RUNS_IN_TRANSACTION,
     .clues = {{LS_CLUE_NAMES_AND_ABOVE, "[0-9]*_*.up.sql go.mod: /pop/v"},
               {LS_CLUE_NAMES_AND_ABOVE, "[0-9]*_*.up.sql go.mod: gobuffalo/pop"}},
     .by_text = true,
     .look_at = ls_pop_look_at},
    {.name = "go-pg-migrations",
     .runs = "each migration in one transaction where its name says tx, else piece by piece",
     .running = LS_RUNS_STATEMENTS,
     .clues = {{LS_CLUE_LINE, "--gopg:split"},
               {LS_CLUE_NAMES, "[0-9]*_*.tx.up.sql"},
               {LS_CLUE_NAMES_AND_ABOVE, "[0-9]*_*.up.sql go.mod: go-pg/migrations"}},
     .read = ls_go_pg_read},
    {.name = "golang-migrate",
     .runs = ONE_QUERY,
     .running = LS_RUNS_ONE_QUERY,
     .clues = {{LS_CLUE_NAMES, "[0-9]*_*.up.sql"}}},
    {.name = "plain", .running = LS_RUNS_STATEMENTS},
};

const ls_framework *const ls_framework_plain = &ls_frameworks[LS_FRAMEWORK_COUNT - 1];

const ls_framework *ls_framework_called(const char *name) {
    for (size_t i = 0; i < LS_FRAMEWORK_COUNT; i++)
        if (strcmp(ls_frameworks[i].name, name) == 0)
            return &ls_frameworks[i];
    return NULL;
}
