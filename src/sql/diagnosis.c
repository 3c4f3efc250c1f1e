/*
 * diagnosis.c - what a parse error is most likely about.
 *
 * The parser knows one grammar and says where it stopped. Tables of token patterns say more:
 * syntax of a PostgreSQL newer than the parser's, and signs of another database's dialect. They
 * are asked only about a statement that has failed, so a pattern need not be exact about valid
 * SQL; but it must be a sure sign, since it replaces the parser's own message.
 */
#include "sql/diagnosis.h"

#include "sql/lexer.h"
#include "sql/pattern.h"
#include "sql/script.h"
#include "sql/split.h"
#include "sql/subquery_alias.h"

#include <string.h>

/*
 * Syntax by the version that brought it: PostgreSQL's release notes 16 to 18 and the development
 * version's manual; that the grammar of 15 refuses each is checked in tests/unit/script.c.
 */
static const struct {
    const char *verb; /* the statement's first word; NULL: any */
    const char *pattern;
    int version;
} NEWER_SYNTAX[] = {
    {NULL, "^ repack", 19},
    {"alter", "add constraint * not null", 18},
    {"alter", "add not null", 18},
    {"create", ", constraint * not null", 18},
    {"create", "( constraint * not null", 18},
    {"create", ", not null", 18},
    {"create", "( not null", 18},
    {NULL, "not enforced", 18},
    {NULL, "() enforced", 18},
    {"alter", "alter constraint * enforced", 18},
    {"alter", "alter constraint * inherit", 18},
    {"alter", "alter constraint * no inherit", 18},
    {NULL, "generated always as () !stored", 18},
    {NULL, "without overlaps", 18},
    {NULL, "foreign key ( * , period * )", 18},
    {NULL, "references * ( * , period * )", 18},
    {"vacuum", "only", 18},
    {"analyze", "only", 18},
    {NULL, "returning with ( old", 18},
    {NULL, "returning with ( new", 18},
    {"alter", "on large objects", 18},
    {"alter", "set expression as", 17},
    {"alter", "set access method default", 17},
    {"merge", "not matched by source", 17},
    {"merge", "not matched by target", 17},
    {"merge", "returning", 17},
    {"with", "merge into", 17},
    {NULL, "at local", 17},
    {"alter", "set storage default", 16},
    {"create", "storage plain", 16},
    {"create", "storage main", 16},
    {"create", "storage external", 16},
    {"create", "storage extended", 16},
    {"create", "storage default", 16},
    {"create", "^ create statistics on", 16},
    {"create", "^ create statistics (", 16},
    {"reindex", "database $", 16},
    {"reindex", "system $", 16},
    {"reindex", "database concurrently $", 16},
    {NULL, "json_object ( '' :", 16},
    {NULL, "json_objectagg (", 16},
    {NULL, "json_array (", 16},
    {NULL, "json_arrayagg (", 16},
    {NULL, "format json", 16},
    {NULL, "is json", 16},
    {NULL, "is not json", 16},
};

static const struct {
    const char *pattern;
    const char *message;
} DIALECTS[] = {
#define MYSQL      "this looks like MySQL, not PostgreSQL"
#define SQL_SERVER "this looks like SQL Server, not PostgreSQL"
#define SQLITE     "this looks like SQLite, not PostgreSQL"
#define ORACLE     "this looks like Oracle, not PostgreSQL"
    {"`", MYSQL},
    {"auto_increment", MYSQL},
    {"engine =", MYSQL},
    {"modify column", MYSQL},
    {"change column", MYSQL},
    {"unsigned", MYSQL},
    {"^ delimiter", MYSQL},
    {"on update current_timestamp", MYSQL},
    {"go |", SQL_SERVER},
    {"[ dbo ]", SQL_SERVER},
    {"nvarchar", SQL_SERVER},
    {"identity ( * , * )", SQL_SERVER},
    {"uniqueidentifier", SQL_SERVER},
    {"^ pragma", SQLITE},
    {"autoincrement", SQLITE},
    {"varchar2", ORACLE},
#undef MYSQL
#undef SQL_SERVER
#undef SQLITE
#undef ORACLE
};

/* Characters that look like another and are part of a name to PostgreSQL. */
static const struct {
    const char *bytes;
    const char *message;
} LOOKALIKES[] = {
    {"\xC2\xA0", "a no-break space (U+00A0) stands here, which PostgreSQL takes for part of a "
                 "name: write a plain space"},
    {"\xE2\x80\xAF", "a narrow no-break space (U+202F) stands here, which PostgreSQL takes for "
                     "part of a name: write a plain space"},
    {"\xE3\x80\x80", "an ideographic space (U+3000) stands here, which PostgreSQL takes for part "
                     "of a name: write a plain space"},
    {"\xE2\x80\x8B", "a zero-width space (U+200B) stands here, which PostgreSQL takes for part of "
                     "a name: remove it"},
    {"\xEF\xBB\xBF", "a byte order mark (U+FEFF) stands here, in the middle of the text: remove "
                     "it"},
    {"\xE2\x80\x98", "a typographic quote (U+2018) stands here: write '"},
    {"\xE2\x80\x99", "a typographic quote (U+2019) stands here: write '"},
    {"\xE2\x80\x9C", "a typographic quote (U+201C) stands here: write \""},
    {"\xE2\x80\x9D", "a typographic quote (U+201D) stands here: write \""},
};

enum { LONGEST_TOKEN_SHOWN = 40 };

static bool verb_is(const char *verb, const char *text, ls_span span) {
    uint32_t length = ls_skip_word(text, span.begin, span.end) - span.begin;
    return verb == NULL || ls_word_is(text + span.begin, length, verb);
}

/* The lookalike in a word: the index in the table, or the table's length; its place in *at. */
static size_t lookalike_in(const char *text, uint32_t begin, uint32_t end, uint32_t *at) {
    enum { COUNT = sizeof LOOKALIKES / sizeof *LOOKALIKES };
    for (uint32_t i = begin; i < end; i++)
        for (size_t k = 0; (unsigned char)text[i] >= 0xC2 && k < COUNT; k++) {
            size_t length = strlen(LOOKALIKES[k].bytes);
            if (end - i >= length && memcmp(text + i, LOOKALIKES[k].bytes, length) == 0) {
                *at = i;
                return k;
            }
        }
    return COUNT;
}

static bool find_lookalike(const char *text, ls_span span, ls_diagnosis *diagnosis) {
    for (uint32_t at = span.begin; at < span.end;) {
        uint32_t end = ls_split_skip(text, at, span.end), found = at;
        size_t which = sizeof LOOKALIKES / sizeof *LOOKALIKES;
        if (ls_byte_class_of(text[at]) == LS_BYTE_WORD)
            which = lookalike_in(text, at, end, &found);
        if (which < sizeof LOOKALIKES / sizeof *LOOKALIKES) {
            diagnosis->message = LOOKALIKES[which].message;
            diagnosis->at = ls_span_of(found, found + strlen(LOOKALIKES[which].bytes));
            return true;
        }
        at = end;
    }
    return false;
}

/* 0x1F, 0o17, 0b1 and 1_000 are numbers from 16 on. */
static int number_version(const char *text, uint32_t begin, uint32_t end) {
    if (ls_byte_class_of(text[begin]) != LS_BYTE_DIGIT || end - begin < 3)
        return 0;
    bool has_radix = text[begin] == '0' && strchr("xXoObB", text[begin + 1]) != NULL;
    return has_radix || memchr(text + begin, '_', end - begin) != NULL ? 16 : 0;
}

/* The version that brought the syntax at a token, if it is newer than the parser. */
static int version_at(const char *text, ls_span span, uint32_t at) {
    int version = number_version(text, at, ls_split_skip(text, at, span.end));
    for (size_t i = 0; i < sizeof NEWER_SYNTAX / sizeof *NEWER_SYNTAX && version == 0; i++)
        if (verb_is(NEWER_SYNTAX[i].verb, text, span) &&
            ls_pattern_matches(NEWER_SYNTAX[i].pattern, text, span, at))
            version = NEWER_SYNTAX[i].version;
    return version > ls_parser_major() ? version : 0;
}

static const char *dialect_at(const char *text, ls_span span, uint32_t at) {
    for (size_t i = 0; i < sizeof DIALECTS / sizeof *DIALECTS; i++)
        if (ls_pattern_matches(DIALECTS[i].pattern, text, span, at))
            return DIALECTS[i].message;
    return NULL;
}

/* The newest syntax in the statement, and the first sign of a dialect. */
static void search_patterns(const char *text, ls_span span, int *version, const char **dialect) {
    *version = 0;
    *dialect = NULL;
    for (uint32_t at = span.begin; at < span.end;) {
        int found = version_at(text, span, at);
        *version = found > *version ? found : *version;
        if (*dialect == NULL)
            *dialect = dialect_at(text, span, at);
        at = ls_next_token(text, span, ls_split_skip(text, at, span.end));
    }
}

/* The token at `at`; the last character where the parser stopped at the end. */
static ls_span token_at(const char *text, ls_span span, uint32_t at) {
    if (at < span.end)
        return ls_span_of(at, ls_split_skip(text, at, span.end));
    at = span.end - 1;
    while (at > span.begin && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return ls_span_of(at, span.end);
}

/* The parser's message without the rest of the text that it quotes: a syntax error with its token,
 * others (an unterminated string, a number too large) by themselves. */
static const char *syntax_message(ls_arena *arena, const ls_source *source, ls_span token,
                                  const char *message) {
    const char *quoted = strstr(message, " at or near");
    if (strncmp(message, "syntax error", strlen("syntax error")) != 0)
        return ls_arena_copy(arena, message,
                             quoted == NULL ? strlen(message) : (size_t)(quoted - message));
    uint32_t length = token.end - token.begin;
    if (length <= LONGEST_TOKEN_SHOWN)
        return ls_arena_format(arena, "syntax error at %.*s", (int)length,
                               source->text + token.begin);
    length = LONGEST_TOKEN_SHOWN;
    while (((unsigned char)source->text[token.begin + length] & 0xC0) == 0x80)
        length--;
    return ls_arena_format(arena, "syntax error at %.*s...", (int)length,
                           source->text + token.begin);
}

ls_diagnosis ls_diagnose(ls_arena *arena, const ls_source *source, const char *blanked,
                         ls_span span, uint32_t at, const char *message) {
    ls_diagnosis diagnosis = {.at = token_at(blanked, span, at)};
    const char *dialect;
    search_patterns(blanked, span, &diagnosis.needs_postgres, &dialect);
    if (diagnosis.needs_postgres < LS_ALIAS_OPTIONAL_SINCE && ls_lacks_alias(message))
        diagnosis.needs_postgres = LS_ALIAS_OPTIONAL_SINCE;
    diagnosis.placeholder = at < span.end && source->text[at] != blanked[at];
    if (find_lookalike(blanked, span, &diagnosis))
        return diagnosis;
    if (diagnosis.needs_postgres > 0)
        diagnosis.message = ls_arena_format(
            arena, "this is syntax of PostgreSQL %d, and this lockstep reads that of %d",
            diagnosis.needs_postgres, ls_parser_major());
    else if (dialect != NULL)
        diagnosis.message = dialect;
    else if (diagnosis.placeholder)
        diagnosis.message = "a template's variable stands here, and without its value this is "
                            "no SQL";
    else if (at >= span.end)
        diagnosis.message = "the statement ends before it is complete";
    else
        diagnosis.message = syntax_message(arena, source, diagnosis.at, message);
    return diagnosis;
}
