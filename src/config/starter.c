/*
 * starter.c - each key is introduced by what the table of keys says of it, and shown by a sample
 * that is a comment until somebody wants it.
 */
#include "config/starter.h"

#include "config/form.h"

#include <string.h>

enum { WIDTH = 78 };

static const struct {
    const char *key, *sample;
} samples[] = {
    {"plans", "plans: [plans]\n"},
    {"applied_until", "applied_until: \"0001\"\n"},
    {"fail_on", "fail_on: error\n"},
    {"ignore", "ignore: [drop-not-null]\n"},
    {"severity", "severity:\n"
                 "  lock-without-timeout: error\n"},
    {"overrides", "overrides:\n"
                  "  - paths: [\"**/*_backfill.sql\"]\n"
                  "    ignore: [data]\n"},
    {"tables", "tables:\n"
               "  hot: [orders, \"audit.*\"]\n"
               "  small: [countries, \"*_types\"]\n"
               "  large: [events]\n"},
    {"runner", "runner:\n"
               "  lock_timeout: 5s\n"
               "  statement_timeout: 15min\n"},
    {"rules", "rules: [ops/lockstep-rules]\n"},
    {"orm", "orm: rails\n"},
    {"prepared_statements", "prepared_statements: on\n"},
    {"databases", "databases: [eu, us]\n"},
    {"replicas", "replicas: [replica-1, replica-2]\n"},
    {"min_soak", "min_soak: 1d\n"},
    {"rollback_depth", "rollback_depth: 2\n"},
    {"skips_versions", "skips_versions: on\n"},
};

/* The text as a comment, broken between words. */
static void write_comment(ls_buffer *out, const char *text) {
    size_t column = 0;
    for (const char *word = text; *word != 0;) {
        size_t length = strcspn(word, " ");
        if (column > 0 && column + 1 + length > WIDTH) {
            ls_buffer_string(out, "\n");
            column = 0;
        }
        ls_buffer_string(out, column == 0 ? "# " : " ");
        ls_buffer_add(out, word, length);
        column += (column == 0 ? 2 : 1) + length;
        word += length + (word[length] == ' ');
    }
    ls_buffer_string(out, "\n");
}

static void write_about(ls_buffer *out, const char *key) {
    ls_buffer_string(out, "\n");
    write_comment(out, ls_config_key_at(key)->about);
}

static void write_sample(ls_buffer *out, const char *sample) {
    for (const char *line = sample; *line != 0; line += strcspn(line, "\n") + 1) {
        ls_buffer_string(out, "# ");
        ls_buffer_add(out, line, strcspn(line, "\n") + 1);
    }
}

static void write_migrations(ls_buffer *out, const ls_config_findings *findings) {
    write_about(out, "migrations");
    if (findings->migrations.count == 0) {
        write_sample(out, "migrations:\n"
                          "  - path: db/migrations\n"
                          "    transaction: auto\n");
        return;
    }
    ls_buffer_string(out, "migrations:\n");
    for (LS_EACH(const ls_found_migrations, found, findings->migrations)) {
        ls_buffer_format(out, "  - path: %s\n", found->path);
        if (found->framework == NULL)
            ls_buffer_string(out, "    transaction: auto # file, where the runner wraps each file "
                                  "in one\n");
        else
            ls_buffer_format(out, "    framework: %s # runs %s\n", found->framework, found->runs);
    }
}

void ls_config_write_starter(ls_buffer *out, const ls_config_findings *findings) {
    ls_buffer_string(out, "# The configuration of lockstep. Paths are relative to this file.\n");
    write_about(out, "postgres");
    ls_buffer_format(out, "postgres: %d # %s\n", findings->postgres, findings->postgres_from);
    write_migrations(out, findings);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        write_about(out, samples[i].key);
        write_sample(out, samples[i].sample);
    }
}
