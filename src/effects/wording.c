/*
 * wording.c - the words of a text of SQL that a server keeps, as a set.
 *
 * The text has no comments (sql/normal.h).
 */
#include "effects/wording.h"

#include "sql/lexer.h"
#include "sql/parts.h"
#include "support/same.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST_CAST = 63 };

typedef struct {
    ls_arena *arena;
    const char *text;
    uint32_t at, end;
    ls_words words;
    unsigned depth;
    uint64_t casts;       /* a bit for each depth of parentheses that CAST opened */
    bool all_columns;     /* it says * in place of columns */
    bool after_by;        /* GROUP BY and ORDER BY may count the columns */
    bool after_not;       /* NOT belongs to the word that follows, perhaps */
    const char *previous; /* word or sign; "" before the first */
} reading;

/* --- Words that a server changes ------------------------------------------------------------- */

/* What pg_get_viewdef and its kin (ruleutils.c) leave out, or add. */
static bool is_left_out(const char *word) {
    static const char *const words[] = {"as",  "asc",   "inner", "outer",    "cast",
                                        "any", "array", "some",  "?column?", "character"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ls_same_text(word, words[i]))
            return true;
    return false;
}

/* What the grammar (gram.y) reads as something else, and with NOT before it. */
static const struct {
    const char *word;
    const char *read[2], *negated[2];
} OTHER_WORDS[] = {
    {"in", {"="}, {"<>", "all"}},
    {"between", {">=", "<="}, {"<", ">"}},
    {"like", {"~~"}, {"!~~"}},
    {"ilike", {"~~*"}, {"!~~*"}},
    {"!=", {"<>"}, {"<>"}},
    {"int", {"integer"}, {"integer"}},
    {"int4", {"integer"}, {"integer"}},
    {"int8", {"bigint"}, {"bigint"}},
    {"int2", {"smallint"}, {"smallint"}},
    {"bool", {"boolean"}, {"boolean"}},
    {"decimal", {"numeric"}, {"numeric"}},
    {"varchar", {"varying"}, {"varying"}},
    {"float", {"double", "precision"}, {"double", "precision"}},
    {"float8", {"double", "precision"}, {"double", "precision"}},
};

static void push(reading *work, const char *word) {
    if (word != NULL && !is_left_out(word))
        LS_PUSH(work->arena, &work->words, word);
}

static void push_read(reading *work, const char *word) {
    const bool is_negated = work->after_not;
    work->after_not = false;
    for (size_t i = 0; i < sizeof OTHER_WORDS / sizeof *OTHER_WORDS; i++) {
        if (!ls_same_text(OTHER_WORDS[i].word, word))
            continue;
        const char *const *read = is_negated ? OTHER_WORDS[i].negated : OTHER_WORDS[i].read;
        push(work, read[0]);
        push(work, read[1]);
        return;
    }
    if (is_negated)
        push(work, "not");
    work->after_not = ls_same_text(word, "not");
    if (!work->after_not)
        push(work, word);
}

/* --- Casts ----------------------------------------------------------------------------------- */

static const char *skip_text(const char *at, const char *text) {
    size_t length = strlen(text);
    return strncasecmp(at, text, length) == 0 ? at + length : at;
}

/* After the name of a type, with its modifiers and dimensions. */
static const char *skip_type(const char *at) {
    static const char *const tails[] = {" varying", " precision"};
    at += strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.\"0123456789");
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        at = skip_text(at, tails[i]);
    if (*at == '(' && at[strspn(at, "(0123456789, ")] == ')')
        at += strspn(at, "(0123456789, ") + 1;
    at = skip_text(at, " without time zone");
    at = skip_text(at, " with time zone");
    return at + strspn(at, "[]");
}

static const char *without_casts(ls_arena *arena, const char *text) {
    char *copy = ls_arena_string(arena, text), *to = copy;
    for (const char *from = text; *from != '\0';) {
        if (strncmp(from, "::", 2) == 0)
            from = skip_type(from + 2 + strspn(from + 2, " "));
        else
            *to++ = *from++;
    }
    *to = '\0';
    return copy;
}

bool ls_same_without_casts(ls_arena *arena, const char *one, const char *other) {
    return ls_same_text(without_casts(arena, one), without_casts(arena, other));
}

static void open(reading *work) {
    work->depth++;
    const uint64_t bit = work->depth <= DEEPEST_CAST ? UINT64_C(1) << work->depth : 0;
    work->casts = ls_same_text(work->previous, "cast") ? work->casts | bit : work->casts & ~bit;
}

static bool is_cast_type(const reading *work, const char *word) {
    return work->depth <= DEEPEST_CAST && (work->casts >> work->depth & 1) != 0 &&
           ls_same_text(word, "as");
}

static void skip_type_here(reading *work) {
    const char *at = work->text + work->at;
    work->at = (uint32_t)(skip_type(at + strspn(at, " ")) - work->text);
}

/* --- Units ----------------------------------------------------------------------------------- */

static char *lower_copy(ls_arena *arena, const char *text, size_t length) {
    char *copy = ls_arena_copy(arena, text, length);
    for (char *byte = copy; *byte != '\0'; byte++)
        if (*byte >= 'A' && *byte <= 'Z')
            *byte = (char)(*byte + ('a' - 'A'));
    return copy;
}

static bool is_number(const char *word) {
    return *word != '\0' && word[strspn(word, "0123456789")] == '\0';
}

static void take_word(reading *work, const char *word) {
    const char *const previous = work->previous;
    work->previous = word;
    if (work->text[work->at] == '.' && !is_number(word))
        return;
    if (is_cast_type(work, word)) {
        skip_type_here(work);
        return;
    }
    if (work->after_by && is_number(word))
        return;
    work->after_by = ls_same_text(word, "by") && !ls_same_text(previous, "");
    push_read(work, word);
}

static void take_quoted(reading *work, char quote) {
    const uint32_t begin = work->at + 1;
    const uint32_t closed = ls_skip_quoted(work->text, work->at, work->end);
    work->at = closed == LS_NEVER_CLOSED ? work->end : closed;
    const size_t length = work->at > begin ? work->at - begin - 1 : 0;
    if (quote == '"') {
        take_word(work, lower_copy(work->arena, work->text + begin, length));
        return;
    }
    work->previous = "'";
    push_read(work, ls_arena_copy(work->arena, work->text + begin, length));
}

/* A star where a column could stand; between two values it multiplies. */
static bool is_all_columns(const reading *work, const char *sign) {
    static const char *const before[] = {"select", "distinct", ",", "."};
    if (!ls_same_text(sign, "*"))
        return false;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (ls_same_text(work->previous, before[i]))
            return true;
    return false;
}

static void take_operator(reading *work, size_t length) {
    const char *sign = ls_arena_copy(work->arena, work->text + work->at, length);
    work->at += (uint32_t)length;
    if (is_all_columns(work, sign))
        work->all_columns = true;
    else
        push_read(work, sign);
    work->previous = sign;
}

static void take_sign(reading *work) {
    const char sign = work->text[work->at];
    if (strncmp(work->text + work->at, "::", 2) == 0) {
        work->at += 2;
        skip_type_here(work);
        return;
    }
    if (sign == '(')
        open(work);
    else if (sign == ')' && work->depth > 0)
        work->depth--;
    work->previous = sign == ',' ? "," : sign == '.' ? "." : "(";
    work->at++;
}

static void take_unit(reading *work) {
    const char *at = work->text + work->at;
    const size_t operator= strspn(at, "+-*/<>=~!@#%^&|`?");
    if (ls_is_space(*at)) {
        work->at++;
    } else if (*at == '\'' || *at == '"') {
        take_quoted(work, *at);
    } else if (ls_is_word_byte(*at)) {
        const uint32_t begin = work->at;
        while (work->at < work->end && ls_is_word_byte(work->text[work->at]))
            work->at++;
        take_word(work, lower_copy(work->arena, work->text + begin, work->at - begin));
    } else if (operator> 0) {
        take_operator(work, operator);
    } else {
        take_sign(work);
    }
}

/* --- Sets ------------------------------------------------------------------------------------ */

static int compare_words(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void make_set(ls_words *words) {
    if (words->count < 2)
        return;
    qsort(words->items, words->count, sizeof *words->items, compare_words);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < words->count; i++)
        if (!ls_same_text(words->items[i], words->items[kept - 1]))
            words->items[kept++] = words->items[i];
    words->count = kept;
}

static reading read_words(ls_arena *arena, const char *text) {
    reading work = {.arena = arena, .text = text, .end = (uint32_t)strlen(text), .previous = ""};
    while (work.at < work.end)
        take_unit(&work);
    if (work.after_not)
        push(&work, "not");
    make_set(&work.words);
    return work;
}

bool ls_may_mean_same(ls_arena *arena, const char *one, const char *other) {
    const reading left = read_words(arena, one), right = read_words(arena, other);
    if (left.all_columns != right.all_columns)
        return true;
    if (left.words.count != right.words.count)
        return false;
    for (uint32_t i = 0; i < left.words.count; i++)
        if (!ls_same_text(left.words.items[i], right.words.items[i]))
            return false;
    return true;
}

bool ls_depends_on_time(const char *text) {
    static const char *const constants[] = {"'now'", "'today'", "'tomorrow'", "'yesterday'"};
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (strstr(text, constants[i]) != NULL)
            return true;
    return false;
}
