/*
 * doubt.c - the constraints that SQL which cannot be followed may have dropped or named anew.
 *
 * A body that looks names of constraints up on the server puts its statements together from pieces
 * such as 'ALTER TABLE t DROP CONSTRAINT ' and what the server answers. The pieces are read for
 * the table and the constraint; a name that is not written out stands for any. Where EXECUTE has
 * no piece of its own but a variable, those of the whole body count. What the body asks of
 * contype or constraint_type says of which kinds the constraints are.
 *
 * A doubted constraint stays in the catalog: it may be there still. That it is there is not
 * certain any more, nor that its table has none of another name.
 */
#include "effects/doubt.h"

#include "effects/alter.h"
#include "sql/lexer.h"
#include "support/same.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* NULL: any */
typedef struct {
    const char *schema, *table, *constraint;
    unsigned kinds; /* bits */
} suspicion;

typedef struct {
    ls_builder *builder;
    const char *text;
    uint32_t at, end; /* of the piece */
    bool is_format;   /* it has a % */
    suspicion found;
} piece_reader;

/* --- Indexes --------------------------------------------------------------------------------- */

bool ls_is_doubted_index(const ls_builder *builder, const ls_relation *index) {
    const ls_relation *table =
        index->constraint == NULL ? NULL : ls_relation_of(builder, index->table);
    const ls_catalog_constraint *constraint =
        table == NULL ? NULL : ls_relation_constraint(table, index->constraint);
    return constraint != NULL && constraint->doubted;
}

void ls_clear_doubted(ls_builder *builder, ls_relation_id id, const char *name) {
    const ls_relation *table = ls_relation_of(builder, id);
    const ls_catalog_constraint *known =
        table == NULL || name == NULL ? NULL : ls_relation_constraint(table, name);
    if (known == NULL || !known->doubted)
        return;
    const ls_relation_id index = ls_has_own_index(known->kind) ? known->index : 0;
    ls_remove_constraint(builder, id, name);
    if (ls_relation_of(builder, index) != NULL)
        ls_catalog_drop(builder->catalog, index);
}

/* --- Kinds ----------------------------------------------------------------------------------- */

/* pg_constraint.contype and information_schema.table_constraints.constraint_type, by the words of
 * the manual. */
static const struct {
    const char *letter, *words;
    ls_constraint_kind kind;
} KINDS[] = {
    {"p", "PRIMARY KEY", LS_CONSTRAINT_PRIMARY_KEY}, {"u", "UNIQUE", LS_CONSTRAINT_UNIQUE},
    {"f", "FOREIGN KEY", LS_CONSTRAINT_FOREIGN_KEY}, {"c", "CHECK", LS_CONSTRAINT_CHECK},
    {"x", "EXCLUDE", LS_CONSTRAINT_EXCLUDE},         {"n", "NOT NULL", LS_CONSTRAINT_NOT_NULL},
};

static const unsigned ANY_KIND = ~0U;

static unsigned kind_called(const char *text, ls_span at) {
    const size_t length = at.end - at.begin;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        const char *const words[] = {KINDS[i].letter, KINDS[i].words};
        for (size_t j = 0; j < 2; j++)
            if (strlen(words[j]) == length && memcmp(text + at.begin, words[j], length) == 0)
                return 1U << KINDS[i].kind;
    }
    return ANY_KIND;
}

static uint32_t past_blanks(const char *text, uint32_t at) {
    while (ls_is_space(text[at]))
        at++;
    return at;
}

/* = 'u', or IN ('u', 'f') */
static unsigned kinds_asked(const char *text, uint32_t at, uint32_t end) {
    at = past_blanks(text, at);
    const bool is_list = strncasecmp(text + at, "in", 2) == 0;
    if (!is_list && text[at] != '=')
        return ANY_KIND;
    at = past_blanks(text, at + (is_list ? 2 : 1));
    if (is_list && text[at++] != '(')
        return ANY_KIND;
    unsigned kinds = 0;
    do {
        at = past_blanks(text, at);
        const uint32_t close = text[at] == '\'' ? ls_skip_quoted(text, at, end) : LS_NEVER_CLOSED;
        if (close == LS_NEVER_CLOSED)
            return ANY_KIND;
        kinds |= kind_called(text, ls_span_of(at + 1, close - 1));
        at = past_blanks(text, close);
    } while (is_list && text[at++] == ',');
    return kinds;
}

static unsigned kinds_of(const char *body) {
    const uint32_t end = (uint32_t)strlen(body);
    unsigned kinds = 0;
    for (uint32_t at = 0; at < end;) {
        if (body[at] == '\'') {
            const uint32_t close = ls_skip_quoted(body, at, end);
            at = close == LS_NEVER_CLOSED ? end : close;
        } else if (ls_is_word_byte(body[at])) {
            const uint32_t behind = ls_skip_word(body, at, end);
            if (ls_word_is(body + at, behind - at, "contype") ||
                ls_word_is(body + at, behind - at, "constraint_type"))
                kinds |= kinds_asked(body, behind, end);
            at = behind;
        } else {
            at++;
        }
    }
    return kinds == 0 ? ANY_KIND : kinds;
}

/* --- Pieces ---------------------------------------------------------------------------------- */

static bool take(piece_reader *reader, const char *word) {
    const uint32_t before = reader->at;
    while (reader->at < reader->end && ls_is_space(reader->text[reader->at]))
        reader->at++;
    const uint32_t begin = reader->at;
    while (reader->at < reader->end && ls_is_word_byte(reader->text[reader->at]))
        reader->at++;
    if (ls_word_is(reader->text + begin, reader->at - begin, word))
        return true;
    reader->at = before;
    return false;
}

/* At its end more may be put behind a piece; what follows a format are its arguments. */
static bool may_go_on(const piece_reader *reader) {
    if (reader->at < reader->end)
        return false;
    const uint32_t next = past_blanks(reader->text, reader->at + 1);
    return reader->text[next] == '|' || (reader->text[next] == ',' && !reader->is_format);
}

static bool is_name_byte(char byte) {
    return ls_is_word_byte(byte) || byte == '%';
}

/* NULL: not written out. */
static const char *read_name(piece_reader *reader) {
    ls_arena *arena = reader->builder->arena;
    const bool is_quoted = reader->at < reader->end && reader->text[reader->at] == '"';
    const uint32_t begin = reader->at += is_quoted;
    while (reader->at < reader->end &&
           (is_quoted ? reader->text[reader->at] != '"' : is_name_byte(reader->text[reader->at])))
        reader->at++;
    char *name = ls_arena_copy(arena, reader->text + begin, reader->at - begin);
    for (char *byte = name; !is_quoted && *byte != '\0'; byte++)
        *byte = (char)tolower((unsigned char)*byte);
    const bool is_open = *name == '\0' || strchr(name, '%') != NULL || may_go_on(reader);
    reader->at += is_quoted && reader->at < reader->end;
    return is_open ? NULL : name;
}

static void skip_blanks(piece_reader *reader) {
    while (reader->at < reader->end && ls_is_space(reader->text[reader->at]))
        reader->at++;
}

static void take_if_exists(piece_reader *reader) {
    if (take(reader, "if"))
        (void)take(reader, "exists");
    skip_blanks(reader);
}

static void read_table(piece_reader *reader) {
    take_if_exists(reader);
    (void)take(reader, "only");
    skip_blanks(reader);
    reader->found.schema = NULL;
    reader->found.table = read_name(reader);
    if (reader->at >= reader->end || reader->text[reader->at] != '.')
        return;
    reader->at++;
    reader->found.schema = reader->found.table;
    reader->found.table = read_name(reader);
}

/* --- Constraints ----------------------------------------------------------------------------- */

static bool is_meant(const suspicion *found, const ls_catalog_constraint *constraint) {
    return (found->kinds & 1U << constraint->kind) != 0 &&
           (found->constraint == NULL || ls_same_name(constraint->name, found->constraint));
}

static void doubt_those_of(ls_builder *builder, ls_relation_id table, const suspicion *found) {
    for (uint32_t i = 0; i < ls_relation_of(builder, table)->constraints.count; i++) {
        const ls_catalog_constraint *constraint =
            &ls_relation_of(builder, table)->constraints.items[i];
        if (constraint->doubted || !is_meant(found, constraint))
            continue;
        ls_catalog_edit_constraint(builder->catalog, table, constraint)->doubted = true;
        ls_catalog_amend(builder->catalog, table)->constraints_open = true;
    }
}

static void doubt(ls_builder *builder, const suspicion *found) {
    if (found->table != NULL) {
        const ls_relation *table = ls_catalog_find(builder->catalog, found->schema, found->table);
        if (table != NULL)
            doubt_those_of(builder, table->id, found);
        return;
    }
    const ls_relation_ids meant =
        ls_schema_relations(builder->arena, builder->catalog, found->schema);
    for (LS_EACH(const ls_relation_id, id, meant))
        doubt_those_of(builder, *id, found);
}

static void read_constraint(piece_reader *reader) {
    take_if_exists(reader);
    reader->found.constraint = read_name(reader);
    doubt(reader->builder, &reader->found);
}

static void read_piece(piece_reader *reader) {
    while (reader->at < reader->end) {
        if (take(reader, "alter")) {
            if (take(reader, "table"))
                read_table(reader);
        } else if (take(reader, "drop") || take(reader, "rename")) {
            if (take(reader, "constraint"))
                read_constraint(reader);
        } else {
            skip_blanks(reader);
            const uint32_t behind = ls_skip_word(reader->text, reader->at, reader->end);
            reader->at = behind > reader->at ? behind : reader->at + 1;
        }
    }
}

static bool read_pieces(ls_builder *builder, const char *body, ls_span in) {
    piece_reader reader = {.builder = builder, .text = body, .found.kinds = kinds_of(body)};
    bool any = false;
    for (uint32_t at = in.begin; at < in.end;) {
        if (body[at] != '\'') {
            at++;
            continue;
        }
        const uint32_t close = ls_skip_quoted(body, at, in.end);
        if (close == LS_NEVER_CLOSED)
            break;
        any = true;
        reader.at = at + 1;
        reader.end = close - 1;
        reader.is_format = memchr(body + at, '%', close - at) != NULL;
        read_piece(&reader);
        at = close;
    }
    return any;
}

void ls_doubt_constraints(ls_builder *builder, const char *body, ls_span at) {
    if (!read_pieces(builder, body, at))
        (void)read_pieces(builder, body, ls_span_of(0, strlen(body)));
}
