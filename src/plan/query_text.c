#include "plan/query_text.h"

#include "plan/words.h"
#include "sql/lexer.h"

#include <string.h>

/* --- Parameters ------------------------------------------------------------------------------ */

typedef struct {
    ls_token_reader tokens;
    char *text;
    ls_token before, now; /* the last two that were read */
} masking;

static void advance(masking *work) {
    work->before = work->now;
    work->now = ls_read_token(&work->tokens);
}

static bool is_word(const ls_token *token, const char *word) {
    return token->kind == LS_TOKEN_WORD && !token->quoted && strcmp(token->text, word) == 0;
}

static bool is_sign(const ls_token *token, char sign) {
    return token->kind == LS_TOKEN_SIGN && token->text[0] == sign && token->text[1] == 0;
}

static bool touches(const ls_token *token, const ls_token *next) {
    return token->end == next->begin;
}

/* Writes over [begin, end), which is long enough. */
static void overwrite(const masking *work, uint32_t begin, uint32_t end, const char *text) {
    size_t length = strlen(text);
    memset(work->text + begin, ' ', end - begin);
    memcpy(work->text + begin, text, length);
}

static bool is_operator_byte(char byte) {
    return byte != 0 && strchr("+-*/<>=~!@#%^&|`?:", byte) != NULL;
}

/* @name and :name; an operator such as <@ and the :: of a cast come before a word, too. */
static void mask_named(masking *work) {
    const ls_token sign = work->now;
    bool free_standing = sign.begin == 0 || !is_operator_byte(work->tokens.text[sign.begin - 1]);
    advance(work);
    if (free_standing && work->now.kind == LS_TOKEN_WORD && !work->now.quoted &&
        touches(&sign, &work->now))
        overwrite(work, sign.begin, work->now.end, "$1");
}

/* sqlc.embed(t): the columns of t. */
static void mask_embedded(const masking *work, uint32_t begin, uint32_t open, uint32_t end) {
    uint32_t length = end - 1 - open;
    char *name = ls_arena_copy(work->tokens.arena, work->tokens.text + open, length);
    overwrite(work, begin, end, ls_arena_join(work->tokens.arena, name, ".*", NULL));
}

/* sqlc.arg(name) and its like, from the word sqlc on. */
static void mask_macro(masking *work) {
    uint32_t begin = work->now.begin;
    advance(work);
    if (!is_sign(&work->now, '.'))
        return;
    advance(work);
    bool embeds = is_word(&work->now, "embed");
    bool is_macro = embeds || is_word(&work->now, "arg") || is_word(&work->now, "narg") ||
                    is_word(&work->now, "slice");
    advance(work);
    uint32_t open = work->now.end;
    if (!is_macro || !is_sign(&work->now, '('))
        return;
    while (work->now.kind != LS_TOKEN_END && !is_sign(&work->now, ')'))
        advance(work);
    if (work->now.kind == LS_TOKEN_END)
        return;
    if (embeds)
        mask_embedded(work, begin, open, work->now.end);
    else
        overwrite(work, begin, work->now.end, "$1");
}

char *ls_query_text(ls_arena *arena, const char *text, uint32_t length) {
    masking work = {
        .tokens = {.arena = arena, .text = ls_arena_copy(arena, text, length), .length = length},
        .text = ls_arena_copy(arena, text, length),
    };
    for (advance(&work); work.now.kind != LS_TOKEN_END;) {
        if (is_sign(&work.now, '@') || is_sign(&work.now, ':'))
            mask_named(&work);
        else if (is_word(&work.now, "sqlc"))
            mask_macro(&work);
        else if (is_word(&work.now, "stdin") && is_word(&work.before, "from")) {
            overwrite(&work, work.now.begin, work.now.end, "'in'");
            advance(&work);
        } else
            advance(&work);
    }
    return work.text;
}

/* --- Values of CSV --------------------------------------------------------------------------- */

/* "" stands for one quote: the space goes outside of the name that the quotes are around. */
static void take_quotes(char *to, const char *from, uint32_t length) {
    bool in_string = false, in_name = false;
    for (uint32_t i = 0; i < length; i++) {
        to[i] = from[i];
        if (from[i] == '\'' && !in_name)
            in_string = !in_string;
        if (from[i] != '"' || i + 1 == length)
            continue;
        bool opens = !in_name && !in_string;
        to[i] = opens ? ' ' : '"';
        to[i + 1] = opens ? '"' : ' ';
        in_name = opens;
        i++;
    }
}

static void blank(char *text, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++)
        if (text[i] != '\n' && text[i] != '\r')
            text[i] = ' ';
}

/* A comment at the end would take the semicolon along. */
static void blank_end(ls_arena *arena, char *text, uint32_t length) {
    ls_token_reader tokens = {.arena = arena, .text = text, .length = length};
    uint32_t end = 0;
    for (ls_token token = ls_read_token(&tokens); token.kind != LS_TOKEN_END;
         token = ls_read_token(&tokens))
        end = token.end;
    blank(text, end, length);
}

char *ls_query_text_of_values(ls_arena *arena, const ls_source *source,
                              const ls_csv_column *column) {
    char *text = ls_arena_copy(arena, source->text, source->length);
    uint32_t at = 0;
    for (LS_EACH(const ls_csv_value, value, column->values)) {
        blank(text, at, value->at.begin);
        uint32_t length = value->at.end - value->at.begin;
        if (value->quoted)
            take_quotes(text + value->at.begin, source->text + value->at.begin, length);
        char *masked = ls_query_text(arena, text + value->at.begin, length);
        blank_end(arena, masked, length);
        memcpy(text + value->at.begin, masked, length);
        at = value->at.end;
        if (at < source->length)
            text[at++] = ';';
    }
    blank(text, at, source->length);
    return text;
}
