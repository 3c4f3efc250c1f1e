#include "plan/implied.h"

#include "plan/facts.h"
#include "plan/phases.h"

#include <string.h>

/* --- Directives ------------------------------------------------------------------------------ */

static const char MARK[] = "lockstep:";

static bool is_word(const char *text, size_t length, const char *word) {
    return strlen(word) == length && strncmp(text, word, length) == 0;
}

static void take_word(ls_arena *arena, ls_implied_file *file, const char *text, size_t length) {
    static const char after[] = "after-deploy", before[] = "before-deploy";
    const struct {
        const char *key;
        const char **value;
    } settings[] = {
        {"batch=", &file->batch}, {"pause=", &file->pause}, {"max_lag=", &file->max_lag}};
    if (is_word(text, length, after) || is_word(text, length, before))
        file->after_deploy = is_word(text, length, after);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        size_t key = strlen(settings[i].key);
        if (length > key && strncmp(text, settings[i].key, key) == 0)
            *settings[i].value = ls_arena_copy(arena, text + key, length - key);
    }
}

static bool verb_called(const char *text, size_t length, ls_plan_verb *found) {
    for (int verb = 0; verb < LS_PLAN_VERBS; verb++)
        if (ls_plan_runs_sql((ls_plan_verb)verb) &&
            is_word(text, length, ls_plan_verb_name((ls_plan_verb)verb))) {
            *found = (ls_plan_verb)verb;
            return true;
        }
    return false;
}

/* A comment of other words is none of these. */
static void take_directive(ls_arena *arena, ls_implied_file *file, const char *text) {
    static const char blanks[] = " \t\r\n";
    text += strspn(text, blanks);
    size_t length = strcspn(text, blanks);
    if (!verb_called(text, length, &file->verb))
        return;
    file->by = LS_IMPLIED_BY_DIRECTIVE;
    file->after_deploy = file->verb != LS_PLAN_EXPAND;
    for (text += length; *(text += strspn(text, blanks)) != 0; text += length) {
        length = strcspn(text, blanks);
        take_word(arena, file, text, length);
    }
}

static void read_directives(ls_arena *arena, ls_implied_file *file, const ls_migration *migration) {
    const ls_script *script = migration->script;
    uint32_t first =
        script->statements.count == 0 ? UINT32_MAX : script->statements.items[0]->at.begin;
    for (LS_EACH(const ls_span, comment, script->comments)) {
        if (comment->begin >= first)
            return;
        const char *text = ls_source_copy(arena, migration->source, *comment);
        text += strspn(text, "-/* \t");
        if (strncmp(text, MARK, strlen(MARK)) == 0)
            take_directive(arena, file, text + strlen(MARK));
    }
}

/* --- Directories ----------------------------------------------------------------------------- */

static const struct {
    const char *directory;
    bool after_deploy;
} conventions[] = {
    {"post_migrate", true}, {"post", true},        {"post-deploy", true}, {"contract", true},
    {"pre", false},         {"pre-deploy", false}, {"expand", false},
};

static void read_directory(ls_implied_file *file) {
    const char *end;
    for (const char *part = file->path; (end = strchr(part, '/')) != NULL; part = end + 1)
        for (size_t i = 0; i < sizeof conventions / sizeof *conventions; i++)
            if (is_word(part, (size_t)(end - part), conventions[i].directory)) {
                file->by = LS_IMPLIED_BY_DIRECTORY;
                file->after_deploy = conventions[i].after_deploy;
            }
}

ls_implied_file ls_implied_file_of(ls_arena *arena, const ls_migration *migration,
                                   const char *path) {
    ls_implied_file file = {.path = path, .by = LS_IMPLIED_BY_EFFECTS};
    read_directory(&file);
    read_directives(arena, &file, migration);
    return file;
}

/* --- Effects --------------------------------------------------------------------------------- */

static const char *column_of(ls_arena *arena, const ls_effect *effect) {
    static const char usual[] = "public.";
    const char *table = ls_effect_text(effect, LS_ATTRIBUTE_RELATION);
    const char *column = ls_effect_text(effect, LS_ATTRIBUTE_COLUMN);
    if (table == NULL || column == NULL)
        return NULL;
    if (strncmp(table, usual, strlen(usual)) == 0)
        table += strlen(usual);
    return ls_arena_join(arena, table, ".", column, NULL);
}

void ls_implied_add(ls_arena *arena, ls_implied_file *file, const ls_outcome *outcome) {
    for (size_t i = 0; i < outcome->effects.count; i++) {
        const ls_effect *effect = outcome->effects.items[i];
        const char *column = column_of(arena, effect);
        file->phases |= LS_PHASE_BIT(ls_phase_of(effect));
        if (column != NULL && effect->kind == LS_EFFECT_ADD_COLUMN)
            LS_PUSH(arena, &file->adds, column);
        if (column != NULL && effect->kind == LS_EFFECT_DROP_COLUMN)
            LS_PUSH(arena, &file->removes, column);
    }
}

enum {
    REMOVES = LS_PHASE_BIT(LS_PHASE_REMOVE) | LS_PHASE_BIT(LS_PHASE_RENAME),
    REFUSES = LS_PHASE_BIT(LS_PHASE_TIGHTEN) | LS_PHASE_BIT(LS_PHASE_PROVE),
    ADDS =
        LS_PHASE_BIT(LS_PHASE_ADD) | LS_PHASE_BIT(LS_PHASE_LOOSEN) | LS_PHASE_BIT(LS_PHASE_INDEX),
};

static ls_plan_verb verb_of(unsigned phases) {
    if ((phases & REMOVES) != 0)
        return LS_PLAN_CONTRACT;
    if ((phases & REFUSES) != 0)
        return LS_PLAN_CONSTRAIN;
    bool only_data = (phases & LS_PHASE_BIT(LS_PHASE_DATA)) != 0 && (phases & ADDS) == 0;
    return only_data ? LS_PLAN_BACKFILL : LS_PLAN_EXPAND;
}

void ls_implied_decide(ls_implied_file *file) {
    if (file->by == LS_IMPLIED_BY_DIRECTIVE)
        return;
    file->verb = verb_of(file->phases);
    if (file->by == LS_IMPLIED_BY_EFFECTS)
        file->after_deploy = file->verb != LS_PLAN_EXPAND;
}

/* --- The draft ------------------------------------------------------------------------------- */

static const char *reason(const ls_implied_file *file) {
    static const char *const by_effects[LS_PLAN_VERBS] = {
        [LS_PLAN_EXPAND] = "assumed: its statements only add or loosen",
        [LS_PLAN_CONSTRAIN] =
            "assumed: its statements refuse what was taken before, or verify rows",
        [LS_PLAN_CONTRACT] = "assumed: its statements remove or rename something",
        [LS_PLAN_BACKFILL] = "assumed: its statements only change rows",
    };
    if (file->by == LS_IMPLIED_BY_DIRECTIVE)
        return "as its directive says";
    if (file->by == LS_IMPLIED_BY_DIRECTORY)
        return file->after_deploy ? "its directory is for after the deploy"
                                  : "its directory is for before the deploy";
    return by_effects[file->verb];
}

/* Double quotes hold every text, control characters escaped. */
static void write_text(ls_buffer *out, const char *text) {
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-";
    if (strspn(text, plain) == strlen(text) && text[0] != '-') {
        ls_buffer_string(out, text);
        return;
    }
    ls_buffer_string(out, "\"");
    for (; *text != 0; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < ' ' || byte == 0x7F)
            ls_buffer_format(out, "\\x%02X", byte);
        else if (byte == '"' || byte == '\\')
            ls_buffer_format(out, "\\%c", byte);
        else
            ls_buffer_add(out, text, 1);
    }
    ls_buffer_string(out, "\"");
}

static void write_setting(ls_buffer *out, const char *key, const char *value, const char *ask) {
    if (value == NULL) {
        ls_buffer_format(out, "    # %s: %s\n", key, ask);
        return;
    }
    ls_buffer_format(out, "    %s: ", key);
    write_text(out, value);
    ls_buffer_string(out, "\n");
}

static void write_file(ls_buffer *out, const ls_implied_file *file) {
    ls_buffer_format(out, "  # %s\n", reason(file));
    if ((file->phases & LS_PHASE_BIT(LS_PHASE_ADD)) != 0 && (file->phases & REMOVES) != 0)
        ls_buffer_string(out, "  # it also adds something: make two files of it, with the deploy "
                              "between them\n");
    ls_buffer_format(out, "  - %s: ", ls_plan_verb_name(file->verb));
    write_text(out, file->path);
    ls_buffer_string(out, "\n");
    if (file->verb == LS_PLAN_BACKFILL) {
        write_setting(out, "batch", file->batch, "how many rows at a time, if no LIMIT says it");
        write_setting(out, "pause", file->pause, "how long between batches: 200ms");
        write_setting(out, "max_lag", file->max_lag, "wait while a replica is behind: 5s");
    }
    if (file->verb == LS_PLAN_CONTRACT)
        ls_buffer_string(out, "    # irreversible: what is lost, and how one would get it back\n");
}

static void write_columns(ls_buffer *out, const char *key, const ls_words *columns) {
    ls_buffer_format(out, "    # %s: [", key);
    for (size_t i = 0; i < columns->count; i++) {
        ls_buffer_string(out, i == 0 ? "" : ", ");
        write_text(out, columns->items[i]);
    }
    ls_buffer_string(out, "]\n");
}

static void write_today(ls_buffer *out, const ls_words *removed) {
    ls_buffer_string(out,
                     "# What runs before the first stage is not known: it is taken to read and "
                     "write every\n# column of these tables. Name what it does use of them:\n"
                     "# today:\n");
    ls_buffer_string(out, "#   - reads: [");
    for (size_t i = 0; i < removed->count; i++) {
        ls_buffer_string(out, i == 0 ? "" : ", ");
        write_text(out, removed->items[i]);
    }
    ls_buffer_string(out, "]\n#     writes: []\n");
}

static void write_deploy(ls_buffer *out, const ls_words *added) {
    ls_buffer_string(out, "  # assumed: one deploy, of the code in the same change\n"
                          "  - deploy: v1\n"
                          "    # all that v1 uses of these tables; while nothing is said, it uses "
                          "every column\n");
    write_columns(out, "reads", added);
    write_columns(out, "writes", added);
}

static void write_soak(ls_buffer *out) {
    ls_buffer_string(out, "  # how long until no old version runs, and nobody goes back to one?\n"
                          "  # - soak: 7d\n"
                          "  #   watch: [error rate]\n");
}

static void write_side(ls_buffer *out, const ls_implied_files *files, bool after_deploy) {
    bool any = false;
    for (LS_EACH(const ls_implied_file, file, *files)) {
        if (file->after_deploy != after_deploy)
            continue;
        if (!any && after_deploy)
            write_soak(out);
        write_file(out, file);
        any = true;
    }
}

void ls_implied_write(ls_arena *arena, ls_buffer *out, const ls_implied_files *files,
                      bool is_configured) {
    ls_words added = {0}, removed = {0};
    for (LS_EACH(const ls_implied_file, file, *files)) {
        for (size_t i = 0; i < file->adds.count; i++)
            LS_PUSH(arena, &added, file->adds.items[i]);
        for (size_t i = 0; i < file->removes.count; i++)
            LS_PUSH(arena, &removed, file->removes.items[i]);
    }
    ls_buffer_string(out,
                     "# A draft: what the migrations say, and as comments what was assumed and "
                     "what they do\n# not say. lockstep plan verify FILE tells what is missing.\n");
    if (!is_configured)
        ls_buffer_string(out,
                         "# There is no lockstep.yaml, so paths are relative to the plan: keep "
                         "it in the directory\n# that this was written in.\n");
    ls_buffer_string(out, "lockstep: 1\n");
    write_today(out, &removed);
    ls_buffer_string(out, "stages:\n");
    write_side(out, files, false);
    write_deploy(out, &added);
    write_side(out, files, true);
}
