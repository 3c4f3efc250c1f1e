/*
 * places.c - where things stand in the text.
 *
 * A tokenizer that is only good enough for text that PostgreSQL's grammar has accepted and whose
 * comments are blanked: it knows words, numbers, the quoted forms and brackets, and takes every
 * other byte for a token of its own. Keywords that are reserved in the grammar can stand for
 * nothing else outside brackets, but for a label after AS or a column after a dot; that is what
 * makes it safe to end a clause at them.
 */
#include "sql/lower/lower_internal.h"

#include "sql/lexer.h"

#include <string.h>
#include <strings.h>

/* How far back a keyword is looked for; blanked comments may stand between. */
enum { BACKWARD_LIMIT = 16384 };

uint32_t ls_place_of(const lowering *work, int location) {
    return location < 0 ? LS_NOWHERE : work->base + (uint32_t)location;
}

static bool is_digit(char byte) {
    return ls_byte_class_of(byte) == LS_BYTE_DIGIT;
}

/* The byte after the closing quote; doubled quotes belong to the text, and so does what a
 * backslash hides where `escapes` says so. */
static uint32_t skip_quoted(const lowering *work, uint32_t at, bool escapes) {
    const char quote = work->text[at++];
    while (at < work->at.end) {
        if (escapes && work->text[at] == '\\') {
            at += 2;
            continue;
        }
        if (work->text[at] == quote && work->text[at + 1] != quote)
            return at + 1;
        at += work->text[at] == quote ? 2 : 1;
    }
    return work->at.end;
}

/* The byte after a dollar-quoted string, or after a parameter or lone dollar sign. */
static uint32_t skip_dollar(const lowering *work, uint32_t at) {
    const char *text = work->text;
    uint32_t tag_end = at + 1;
    while (ls_is_word_byte(text[tag_end]) && text[tag_end] != '$')
        tag_end++;
    if (text[tag_end] != '$' || is_digit(text[at + 1]))
        return tag_end;
    const size_t length = tag_end + 1 - at;
    const char *end = text + work->at.end;
    const char *from = text + tag_end + 1;
    while (from < end && (from = memchr(from, '$', (size_t)(end - from))) != NULL) {
        if ((size_t)(end - from) >= length && memcmp(from, text + at, length) == 0)
            return (uint32_t)(from - text + (ptrdiff_t)length);
        from++;
    }
    return work->at.end;
}

static uint32_t skip_number(const lowering *work, uint32_t at) {
    const char *text = work->text;
    for (; ls_is_word_byte(text[at]) || text[at] == '.'; at++)
        if ((text[at] == 'e' || text[at] == 'E') && (text[at + 1] == '+' || text[at + 1] == '-'))
            at++;
    return at;
}

/* A word, or a string whose prefix it is: E'', N'', B'', X'', U&'', U&"". */
static uint32_t skip_word(const lowering *work, uint32_t at) {
    const char *text = work->text;
    uint32_t end = at;
    while (ls_is_word_byte(text[end]))
        end++;
    if (end - at != 1)
        return end;
    const char letter = (char)(text[at] | 0x20);
    if (text[end] == '\'' && strchr("ebnx", letter) != NULL)
        return skip_quoted(work, end, letter == 'e');
    if (letter == 'u' && text[end] == '&' && (text[end + 1] == '\'' || text[end + 1] == '"'))
        return skip_quoted(work, end + 1, false);
    return end;
}

static uint32_t skip_token(const lowering *work, uint32_t at) {
    switch (ls_byte_class_of(work->text[at])) {
    case LS_BYTE_QUOTE:
    case LS_BYTE_DOUBLE_QUOTE:
        return skip_quoted(work, at, false);
    case LS_BYTE_DOLLAR:
        return skip_dollar(work, at);
    case LS_BYTE_DIGIT:
        return skip_number(work, at);
    case LS_BYTE_WORD:
        return skip_word(work, at);
    default:
        return work->text[at] == '.' && is_digit(work->text[at + 1]) ? skip_number(work, at)
                                                                     : at + 1;
    }
}

ls_span ls_place_token(const lowering *work, uint32_t from) {
    const uint32_t stop = work->at.end;
    while (from < stop && ls_is_space(work->text[from]))
        from++;
    if (from >= stop)
        return ls_span_of(stop, stop);
    const uint32_t end = skip_token(work, from);
    return ls_span_of(from, end > stop ? stop : end);
}

static bool is_text(const lowering *work, ls_span token, const char *word, size_t length) {
    return token.end - token.begin == length &&
           strncasecmp(work->text + token.begin, word, length) == 0;
}

bool ls_place_is(const lowering *work, ls_span token, const char *word) {
    return is_text(work, token, word, strlen(word));
}

static bool is_byte(const lowering *work, ls_span token, char byte) {
    return token.begin < token.end && work->text[token.begin] == byte;
}

/* Whether a token is one of the words of a list that blanks separate. */
static bool is_one_of(const lowering *work, ls_span token, const char *words) {
    const size_t length = token.end - token.begin;
    const char initial = (char)(work->text[token.begin] | 0x20);
    while (words != NULL && length > 0) {
        const bool fits = *words == initial &&
                          strncasecmp(work->text + token.begin, words, length) == 0 &&
                          (words[length] == ' ' || words[length] == '\0');
        if (fits)
            return true;
        words = strchr(words, ' ');
        words = words == NULL ? NULL : words + 1;
    }
    return false;
}

/* The initials of a list's words as bits, by which most tokens are told from all of them. */
static uint32_t initials_of(const char *words) {
    uint32_t initials = 0;
    bool starts = true;
    for (; words != NULL && *words != '\0'; words++) {
        if (starts)
            initials |= UINT32_C(1) << (*words & 0x1F);
        starts = *words == ' ';
    }
    return initials;
}

static bool has_initial(const lowering *work, ls_span token, uint32_t initials) {
    return (initials >> (work->text[token.begin] & 0x1F) & 1) != 0;
}

/* Reads the words of a phrase of `length` bytes; false, and *at as it was, if they are not there.
 */
static bool read_phrase(const lowering *work, uint32_t *at, const char *phrase, size_t length) {
    uint32_t reached = *at;
    while (length > 0) {
        size_t word = 0;
        while (word < length && phrase[word] != ' ')
            word++;
        ls_span token = ls_place_token(work, reached);
        if (!is_text(work, token, phrase, word))
            return false;
        reached = token.end;
        const size_t used = word < length ? word + 1 : word;
        phrase += used;
        length -= used;
    }
    *at = reached;
    return true;
}

ls_span ls_place_after(const lowering *work, uint32_t from, const char *pattern) {
    while (*pattern != '\0') {
        const bool optional = *pattern == '?';
        pattern += optional;
        const size_t length = strcspn(pattern, "|");
        if (!read_phrase(work, &from, pattern, length) && !optional)
            break;
        pattern += length + (pattern[length] == '|');
    }
    return ls_place_token(work, from);
}

ls_span ls_place_name(const lowering *work, uint32_t from) {
    if (from == LS_NOWHERE)
        return (ls_span){0, 0};
    ls_span name = ls_place_token(work, from);
    for (;;) {
        ls_span dot = ls_place_token(work, name.end);
        if (!is_byte(work, dot, '.') || dot.end != dot.begin + 1)
            return name;
        name.end = ls_place_token(work, dot.end).end;
    }
}

static int nesting(const lowering *work, ls_span token) {
    if (token.begin == token.end)
        return 0;
    const char byte = work->text[token.begin];
    return byte == '(' || byte == '[' ? 1 : byte == ')' || byte == ']' ? -1 : 0;
}

ls_span ls_place_group(const lowering *work, uint32_t open) {
    ls_span group = {open, open};
    int depth = 0;
    do {
        ls_span token = ls_place_token(work, group.end);
        if (ls_span_empty(token))
            break;
        depth += nesting(work, token);
        group.end = token.end;
    } while (depth > 0);
    return group;
}

ls_span ls_place_trim(const lowering *work, ls_span span) {
    while (span.end > span.begin && ls_is_space(work->text[span.end - 1]))
        span.end--;
    return span;
}

ls_span ls_place_inside(const lowering *work, ls_span group) {
    if (ls_span_empty(group))
        return group;
    if (work->text[group.begin] == '$') {
        const char *tag_end = strchr(work->text + group.begin + 1, '$');
        const uint32_t length = (uint32_t)(tag_end + 1 - (work->text + group.begin));
        return ls_span_of(group.begin + length, group.end - length);
    }
    if (work->text[group.begin] == '(') {
        const ls_span first = ls_place_token(work, group.begin + 1);
        return ls_place_trim(work, ls_span_of(first.begin, group.end - 1));
    }
    const uint32_t prefix = (uint32_t)strcspn(work->text + group.begin, "'\"");
    return ls_span_of(group.begin + prefix + 1, group.end - 1);
}

/* Words that end a clause elsewhere but not after these. */
static bool belongs_to_word_before(const lowering *work, ls_span token, ls_span before) {
    return is_byte(work, before, '.') || ls_place_is(work, before, "as") ||
           (ls_place_is(work, token, "from") && ls_place_is(work, before, "distinct")) ||
           (ls_place_is(work, token, "group") && ls_place_is(work, before, "within"));
}

static ls_span clause(const lowering *work, uint32_t from, const char *stops, bool commas) {
    const uint32_t initials = initials_of(stops);
    ls_span before = {0, 0};
    ls_span token = ls_place_token(work, from);
    ls_span result = {token.begin, token.begin};
    for (int depth = 0; !ls_span_empty(token); token = ls_place_token(work, token.end)) {
        depth += nesting(work, token);
        if (depth < 0)
            break;
        if (depth == 0 && (is_byte(work, token, ';') || (!commas && is_byte(work, token, ','))))
            break;
        if (depth == 0 && has_initial(work, token, initials) && is_one_of(work, token, stops) &&
            !belongs_to_word_before(work, token, before))
            break;
        result.end = token.end;
        before = token;
    }
    return result;
}

ls_span ls_place_clause(const lowering *work, uint32_t from, const char *stops) {
    return clause(work, from, stops, false);
}

ls_span ls_place_list(const lowering *work, uint32_t from, const char *stops) {
    return clause(work, from, stops, true);
}

ls_span ls_place_find(const lowering *work, uint32_t from, const char *word) {
    ls_span before = clause(work, from, word, true);
    ls_span token = ls_place_token(work, before.end);
    return ls_place_is(work, token, word) ? token : ls_span_of(work->at.end, work->at.end);
}

ls_span ls_place_find_last(const lowering *work, uint32_t from, const char *word) {
    ls_span last = {work->at.end, work->at.end};
    for (;;) {
        ls_span found = ls_place_find(work, from, word);
        if (ls_span_empty(found))
            return last;
        last = found;
        from = found.end;
    }
}

uint32_t ls_place_back_to(const lowering *work, uint32_t at, const char *words) {
    const char *text = work->text;
    uint32_t limit = at - work->at.begin > BACKWARD_LIMIT ? at - BACKWARD_LIMIT : work->at.begin;
    for (uint32_t end = at; end > limit;) {
        uint32_t begin = end;
        while (begin > limit && ls_is_word_byte(text[begin - 1]))
            begin--;
        if (begin < end && is_one_of(work, ls_span_of(begin, end), words))
            return begin;
        end = begin < end ? begin : end - 1;
    }
    return at;
}

ls_span ls_place_union(ls_span a, ls_span b) {
    if (ls_span_empty(a))
        return b;
    if (ls_span_empty(b))
        return a;
    return ls_span_of(a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end);
}

ls_span ls_place_bracketed(const lowering *work, ls_span span) {
    while (!ls_span_empty(span)) {
        uint32_t before = span.begin;
        while (before > work->at.begin && ls_is_space(work->text[before - 1]))
            before--;
        const ls_span after = ls_place_token(work, span.end);
        if (before == work->at.begin || work->text[before - 1] != '(' || !is_byte(work, after, ')'))
            break;
        span = ls_span_of(before - 1, after.end);
    }
    return span;
}

/* Words that go on with a type after its first one. */
static const struct {
    const char *first, *more;
} TYPE_WORDS[] = {
    {"double", "precision"},
    {"character", "varying"},
    {"char", "varying"},
    {"nchar", "varying"},
    {"national", "character char varying"},
    {"bit", "varying"},
    {"timestamp", "with without time zone"},
    {"time", "with without time zone"},
    {"interval", "year month day hour minute second to"},
};

static const char *more_words(const lowering *work, ls_span first) {
    for (size_t i = 0; i < sizeof TYPE_WORDS / sizeof *TYPE_WORDS; i++)
        if (ls_place_is(work, first, TYPE_WORDS[i].first))
            return TYPE_WORDS[i].more;
    return NULL;
}

/* Whether "with" or "without" is the type's own: WITH may also start what follows a type. */
static bool continues_type(const lowering *work, ls_span token, const char *more) {
    if (!is_one_of(work, token, more))
        return false;
    if (!is_one_of(work, token, "with without"))
        return true;
    return ls_place_is(work, ls_place_token(work, token.end), "time");
}

ls_span ls_place_type(const lowering *work, uint32_t from) {
    if (from == LS_NOWHERE)
        return (ls_span){0, 0};
    const char *more = more_words(work, ls_place_token(work, from));
    ls_span type = ls_place_name(work, from);
    for (;;) {
        ls_span token = ls_place_token(work, type.end);
        if (is_byte(work, token, '(') || is_byte(work, token, '['))
            type.end = ls_place_group(work, token.begin).end;
        else if (is_byte(work, token, '%'))
            type.end = ls_place_token(work, token.end).end;
        else if (ls_place_is(work, token, "array") || continues_type(work, token, more))
            type.end = token.end;
        else
            return type;
    }
}
