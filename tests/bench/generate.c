/*
 * generate.c - migrations for the benchmark: generate small DIRECTORY COUNT, or
 * generate large FILE MEGABYTES. The same arguments give the same bytes.
 *
 * The history of a schema that grows: every so many statements a table is new, so that a large
 * file has more tables, not tables of more columns than PostgreSQL allows (1,600).
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES = 200, STATEMENTS_A_TABLE = 64 };

/* About one of the first `tables` tables, and now and then about one that was there before the
 * history; a constraint is validated by the statement after it. */
static void write_statement(FILE *out, unsigned number, unsigned tables) {
    char table[32];
    bool is_older = number / 8 % 16 == 0;
    snprintf(table, sizeof table, "%c%u", is_older ? 'o' : 't',
             (number % 8 == 5 ? number - 1 : number) * 7919u % tables);
    switch (number % 8) {
    case 0:
        fprintf(out, "ALTER TABLE %s ADD COLUMN note_%u text; -- free text of the customer\n",
                table, number);
        break;
    case 1:
        fprintf(out, "CREATE INDEX CONCURRENTLY %s_%u_idx ON %s (created_at, state);\n", table,
                number, table);
        break;
    case 2:
        fprintf(out,
                "CREATE TABLE part_%u (\n    id bigint PRIMARY KEY,\n"
                "    owner_id bigint NOT NULL REFERENCES %s (id),\n"
                "    created_at timestamptz NOT NULL DEFAULT now()\n);\n",
                number, table);
        break;
    case 3:
        fprintf(out,
                "INSERT INTO %s (id, state) VALUES (%u, 'new'), (%u, 'it''s paid'), "
                "(%u, 'sent');\n",
                table, number, number + 1, number + 2);
        break;
    case 4:
        fprintf(out, "ALTER TABLE %s ADD CONSTRAINT %s_%u_ck CHECK (state <> '') NOT VALID;\n",
                table, table, number);
        break;
    case 5:
        fprintf(out, "ALTER TABLE %s VALIDATE CONSTRAINT %s_%u_ck;\n", table, table, number - 1);
        break;
    case 6:
        fprintf(out, "UPDATE %s SET state = 'done' WHERE id BETWEEN %u AND %u AND state = 'new';\n",
                table, number, number + 1000);
        break;
    default:
        fprintf(out, "COMMENT ON TABLE %s IS 'seen by migration %u';\n", table, number);
    }
}

static void write_tables(FILE *out, unsigned from, unsigned to) {
    for (unsigned table = from; table < to; table++)
        fprintf(out,
                "CREATE TABLE t%u (id bigint PRIMARY KEY, state text NOT NULL DEFAULT 'new', "
                "created_at timestamptz NOT NULL DEFAULT now());\n",
                table);
}

static FILE *open_file(const char *path) {
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    return file;
}

static void write_small(const char *directory, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%04u_step.sql", directory, i + 1);
        FILE *file = open_file(path);
        if (i < TABLES)
            write_tables(file, i, i + 1);
        fputs("SET lock_timeout = '5s';\n", file);
        for (unsigned j = 0; j < 3; j++)
            write_statement(file, 3 * i + j, TABLES);
        fclose(file);
    }
}

static void write_large(const char *path, long megabytes) {
    FILE *file = open_file(path);
    fputs("SET lock_timeout = '5s';\n", file);
    write_tables(file, 0, TABLES);
    for (unsigned i = 0; ftell(file) < megabytes << 20; i++) {
        unsigned tables = TABLES + i / STATEMENTS_A_TABLE;
        if (i > 0 && i % STATEMENTS_A_TABLE == 0)
            write_tables(file, tables - 1, tables);
        write_statement(file, i, tables);
    }
    fclose(file);
}

int main(int count, char **arguments) {
    if (count == 4 && strcmp(arguments[1], "small") == 0) {
        write_small(arguments[2], (unsigned)strtoul(arguments[3], NULL, 10));
        return 0;
    }
    if (count == 4 && strcmp(arguments[1], "large") == 0) {
        write_large(arguments[2], strtol(arguments[3], NULL, 10));
        return 0;
    }
    fputs("usage: generate small DIRECTORY COUNT | generate large FILE MEGABYTES\n", stderr);
    return 2;
}
