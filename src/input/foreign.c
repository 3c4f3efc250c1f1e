/*
 * foreign.c - the names of databases, and what gives their SQL away.
 *
 * A name alone decides little: a directory called oracle may be about something else. It counts as
 * a part of a file's name of its own, or beside a directory that is called after PostgreSQL. A text
 * counts only where it also holds a statement that PostgreSQL cannot read.
 */
#include "input/foreign.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *word, *title;
} databases[] = {
    {"mysql", "MySQL"},
    {"mariadb", "MariaDB"},
    {"sqlite", "SQLite"},
    {"sqlite3", "SQLite"},
    {"mssql", "SQL Server"},
    {"sqlserver", "SQL Server"},
    {"oracle", "Oracle"},
    {"h2", "H2"},
    {"cockroach", "CockroachDB"},
    {"cockroachdb", "CockroachDB"},
    {"clickhouse", "ClickHouse"},
    {"spanner", "Spanner"},
    {"db2", "Db2"},
    {"mongodb", "MongoDB"},
    {"cassandra", "Cassandra"},
};

static const char *const own_words[] = {"postgres", "postgresql", "pg", "psql", "pgsql"};

static const struct {
    const char *text, *title;
} signs[] = {
    {"ENGINE=InnoDB", "MySQL"},
    {"ENGINE = InnoDB", "MySQL"},
    {"AUTO_INCREMENT", "MySQL"},
    {"AUTOINCREMENT", "SQLite"},
    {"PRAGMA ", "SQLite"},
    {"NVARCHAR(", "SQL Server"},
    {"VARCHAR2(", "Oracle"},
    {"ENGINE = MergeTree", "ClickHouse"},
    {"ENGINE=MergeTree", "ClickHouse"},
};

static bool is_word(const char *word, size_t length, const char *wanted) {
    return strlen(wanted) == length && strncasecmp(word, wanted, length) == 0;
}

const char *ls_foreign_database(const char *word, size_t length) {
    for (size_t i = 0; i < sizeof databases / sizeof *databases; i++)
        if (is_word(word, length, databases[i].word))
            return databases[i].title;
    return NULL;
}

bool ls_own_database(const char *word, size_t length) {
    for (size_t i = 0; i < sizeof own_words / sizeof *own_words; i++)
        if (is_word(word, length, own_words[i]))
            return true;
    return false;
}

void ls_note_database(ls_arena *arena, ls_file_names *known, const char *database) {
    for (LS_EACH(__typeof__(const char *), one, *known))
        if (strcmp(*one, database) == 0)
            return;
    LS_PUSH(arena, known, database);
}

const char *ls_foreign_file(const char *name) {
    const char *part = strchr(name, '.');
    while (part != NULL) {
        size_t length = strcspn(part + 1, ".");
        const char *database = ls_foreign_database(part + 1, length);
        if (database != NULL)
            return database;
        part = part[1 + length] == '\0' ? NULL : part + 1 + length;
    }
    return NULL;
}

/* --- Directories ----------------------------------------------------------------------------- */

static bool is_own_word(const char *word, size_t length) {
    for (size_t i = 0; i < sizeof own_words / sizeof *own_words; i++)
        if (is_word(word, length, own_words[i]))
            return true;
    return false;
}

static bool is_own_name(const char *name) {
    for (const char *word = name; *word != '\0';) {
        size_t length = strcspn(word, "_-.");
        if (is_own_word(word, length))
            return true;
        word += length + (word[length] != '\0');
    }
    return false;
}

const char *ls_foreign_directory(const char *name, const ls_directory_entries *beside) {
    const char *database = NULL;
    for (const char *word = name; *word != '\0' && database == NULL;) {
        size_t length = strcspn(word, "_-.");
        database = ls_foreign_database(word, length);
        word += length + (word[length] != '\0');
    }
    if (database == NULL)
        return NULL;
    for (LS_EACH(const ls_directory_entry, entry, *beside))
        if (is_own_name(entry->name))
            return database;
    return NULL;
}

/* --- Texts ----------------------------------------------------------------------------------- */

static const char *find(const char *text, ls_span within, const char *wanted) {
    size_t length = strlen(wanted);
    for (uint32_t at = within.begin; at + length <= within.end; at++)
        if (strncasecmp(text + at, wanted, length) == 0)
            return text + at;
    return NULL;
}

/* MySQL quotes names by backquotes: `users`. PostgreSQL knows them nowhere outside a string. */
static const char *database_of(const char *text, ls_span statement) {
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (find(text, statement, signs[i].text) != NULL)
            return signs[i].title;
    return find(text, statement, "TABLE `") != NULL || find(text, statement, "INTO `") != NULL ||
                   find(text, statement, "INDEX `") != NULL ||
                   find(text, statement, "EXISTS `") != NULL
               ? "MySQL or SQLite"
               : NULL;
}

const char *ls_foreign_script(const ls_script *script) {
    for (size_t i = 0; script->unparsed > 0 && i < script->statements.count; i++) {
        const ls_statement *statement = script->statements.items[i];
        const char *database = statement->kind == LS_STATEMENT_UNPARSED
                                   ? database_of(script->source->text, statement->at)
                                   : NULL;
        if (database != NULL)
            return database;
    }
    return NULL;
}
