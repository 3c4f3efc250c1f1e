/*
 * generate.c - migrations for the benchmark: generate small DIRECTORY COUNT,
 * generate large FILE MEGABYTES, or generate written FILE MEGABYTES. The same arguments give the
 * same bytes.
 *
 * The history of a schema that grows: every so many statements a table is new, so that a large
 * file has more tables, not tables of more columns than PostgreSQL allows (1,600).
 *
 * The statements of "large" are as short as statements can be, 83 bytes in the mean: more of them
 * are in a megabyte than anybody writes. Those of "written" are like the ones that people write:
 * 10 MB from 14 public repositories hold 34,766 statements, 302 bytes each, a fifth of it comments
 * and a third the bodies of functions.
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

/* --- As people write ------------------------------------------------------------------------- */

static void write_entity(FILE *out, unsigned number) {
    fprintf(out,
            "-- Every account keeps its own list of items. An item belongs to one account and is\n"
            "-- never moved to another; what is archived stays for the yearly report %u.\n"
            "CREATE TABLE items_%u (\n"
            "    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),\n"
            "    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,\n"
            "    title text NOT NULL,\n"
            "    description text,\n"
            "    quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0),\n"
            "    price numeric(12, 2) NOT NULL DEFAULT 0,\n"
            "    status varchar(32) NOT NULL DEFAULT 'draft',\n"
            "    created_at timestamptz NOT NULL DEFAULT now(),\n"
            "    updated_at timestamptz\n"
            ");\n"
            "CREATE INDEX items_%u_account_idx ON items_%u (account_id, created_at DESC);\n"
            "COMMENT ON TABLE items_%u IS 'what an account has on its list, drafts among them';\n",
            number, number, number, number, number);
}

static void write_function(FILE *out, unsigned number) {
    fprintf(out,
            "-- Keeps the account's totals: they are shown on every page, and counting the items\n"
            "-- there took too long.\n"
            "CREATE OR REPLACE FUNCTION touch_items_%u() RETURNS trigger LANGUAGE plpgsql AS $$\n"
            "DECLARE\n"
            "    total numeric(12, 2);\n"
            "BEGIN\n"
            "    IF TG_OP = 'UPDATE' AND NEW.status = OLD.status THEN\n"
            "        RETURN NEW;\n"
            "    END IF;\n"
            "    SELECT coalesce(sum(quantity * price), 0) INTO total\n"
            "    FROM items_%u WHERE account_id = NEW.account_id AND status <> 'archived';\n"
            "    UPDATE account_totals SET items_total = total, changed_at = now()\n"
            "    WHERE account_id = NEW.account_id;\n"
            "    IF NOT FOUND THEN\n"
            "        INSERT INTO account_totals (account_id, items_total, changed_at)\n"
            "        VALUES (NEW.account_id, total, now());\n"
            "    END IF;\n"
            "    NEW.updated_at := now();\n"
            "    RETURN NEW;\n"
            "END;\n"
            "$$;\n"
            "CREATE TRIGGER touch_items_%u BEFORE INSERT OR UPDATE ON items_%u\n"
            "    FOR EACH ROW EXECUTE FUNCTION touch_items_%u();\n",
            number, number, number, number, number);
}

static void write_rows(FILE *out, unsigned number) {
    fprintf(out, "INSERT INTO item_kinds_%u (id, name, label, position) VALUES\n", number % TABLES);
    for (unsigned row = 0; row < 8; row++)
        fprintf(out, "    (%u, 'kind_%u', 'The %u. kind of items that a list may hold', %u)%s\n",
                number * 8 + row, row, row, row, row == 7 ? ";" : ",");
}

static void write_view(FILE *out, unsigned number) {
    fprintf(
        out,
        "CREATE OR REPLACE VIEW open_items_%u AS\n"
        "SELECT i.id, i.title, i.quantity * i.price AS amount, a.id AS account_id,\n"
        "       CASE WHEN i.updated_at IS NULL THEN i.created_at ELSE i.updated_at END AS seen\n"
        "FROM items_%u i JOIN accounts a ON a.id = i.account_id\n"
        "WHERE i.status IN ('draft', 'open', 'waiting') AND i.quantity > 0;\n",
        number, number);
}

/* Of a table that is there already, in one of four rounds of one that is older than the file. */
static void write_changes(FILE *out, unsigned number) {
    char table[32];
    snprintf(table, sizeof table, "%s_%u", number % 4 == 0 ? "past_items" : "items", number / 2);
    fprintf(out, "ALTER TABLE %s ADD COLUMN reference_%u varchar(64);\n", table, number);
    fprintf(out, "ALTER TABLE %s ALTER COLUMN status SET DEFAULT 'open';\n", table);
    fprintf(out,
            "CREATE INDEX CONCURRENTLY %s_reference_%u_idx ON %s (reference_%u)\n"
            "    WHERE reference_%u IS NOT NULL;\n",
            table, number, table, number, number);
    fprintf(out,
            "ALTER TABLE %s ADD CONSTRAINT %s_price_%u_check CHECK (price >= 0)\n"
            "    NOT VALID;\n"
            "ALTER TABLE %s VALIDATE CONSTRAINT %s_price_%u_check;\n",
            table, table, number, table, table, number);
    fprintf(out,
            "UPDATE %s SET reference_%u = 'A' || id WHERE status = 'draft' AND id IN\n"
            "    (SELECT id FROM %s WHERE reference_%u IS NULL LIMIT 1000);\n",
            table, number, table, number);
    fprintf(out, "DROP VIEW IF EXISTS closed_%s;\n", table);
    if (number % 4 == 0)
        fprintf(out, "ALTER TABLE %s DROP COLUMN description;\n", table);
}

static void write_written(const char *path, long megabytes) {
    FILE *file = open_file(path);
    fputs("SET lock_timeout = '5s';\n"
          "CREATE TABLE accounts (id bigint PRIMARY KEY, name text NOT NULL);\n"
          "CREATE TABLE account_totals (account_id bigint PRIMARY KEY REFERENCES accounts (id),\n"
          "    items_total numeric(12, 2) NOT NULL, changed_at timestamptz NOT NULL);\n",
          file);
    for (unsigned i = 0; ftell(file) < megabytes << 20; i++) {
        write_entity(file, i);
        write_function(file, i);
        write_rows(file, i);
        write_view(file, i);
        write_changes(file, i);
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
    if (count == 4 && strcmp(arguments[1], "written") == 0) {
        write_written(arguments[2], strtol(arguments[3], NULL, 10));
        return 0;
    }
    fputs("usage: generate small DIRECTORY COUNT | generate (large | written) FILE MEGABYTES\n",
          stderr);
    return 2;
}
