#include "plan/words.h"

#include "sql/lexer.h"

#include <string.h>

/* The next offset that is neither white space nor in a comment. */
static uint32_t skip_blank(const ls_token_reader *reader) {
    const char *text = reader->text;
    uint32_t at = reader->at, end = reader->length;
    while (at < end) {
        if (ls_is_space(text[at])) {
            at++;
        } else if (text[at] == '-' && at + 1 < end && text[at + 1] == '-') {
            at = ls_skip_line(text, at, end);
        } else if (text[at] == '/' && at + 1 < end && text[at + 1] == '*') {
            uint32_t closed = ls_skip_block_comment(text, at, end);
            at = closed == LS_NEVER_CLOSED ? end : closed;
        } else {
            break;
        }
    }
    return at;
}

static uint32_t closed_or_end(uint32_t closed, uint32_t end) {
    return closed == LS_NEVER_CLOSED ? end : closed;
}

static uint32_t end_of_token(const ls_token_reader *reader, ls_token *token) {
    const char *text = reader->text;
    uint32_t at = token->begin, end = reader->length;
    switch (ls_byte_class_of(text[at])) {
    case LS_BYTE_WORD:
        token->kind = LS_TOKEN_WORD;
        return ls_skip_word(text, at, end);
    case LS_BYTE_DIGIT:
        token->kind = LS_TOKEN_NUMBER;
        return ls_skip_number(text, at, end);
    case LS_BYTE_DOUBLE_QUOTE:
        token->kind = LS_TOKEN_WORD;
        token->quoted = true;
        return closed_or_end(ls_skip_quoted(text, at, end), end);
    case LS_BYTE_QUOTE:
        token->kind = LS_TOKEN_STRING;
        return closed_or_end(ls_skip_quoted(text, at, end), end);
    case LS_BYTE_DOLLAR:
        token->kind = LS_TOKEN_STRING;
        return closed_or_end(ls_skip_dollar(text, at, end), end);
    default:
        token->kind = LS_TOKEN_SIGN;
        return at + (text[at] == ':' && at + 1 < end && text[at + 1] == '=' ? 2 : 1);
    }
}

static const char *text_of(const ls_token_reader *reader, const ls_token *token) {
    if (token->quoted && token->end - token->begin >= 2)
        return ls_arena_copy(reader->arena, reader->text + token->begin + 1,
                             token->end - token->begin - 2);
    char *copy =
        ls_arena_copy(reader->arena, reader->text + token->begin, token->end - token->begin);
    for (char *at = copy; token->kind == LS_TOKEN_WORD && *at != 0; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return copy;
}

ls_token ls_read_token(ls_token_reader *reader) {
    ls_token token = {.begin = skip_blank(reader), .text = ""};
    token.end = reader->at = token.begin;
    if (token.begin >= reader->length)
        return token;
    token.end = reader->at = end_of_token(reader, &token);
    token.text = text_of(reader, &token);
    return token;
}

bool ls_has_words(const char *text, const char *first, const char *second) {
    ls_arena *arena = ls_arena_new();
    ls_token_reader reader = {.arena = arena, .text = text, .length = (uint32_t)strlen(text)};
    bool found = false, before = false;
    for (ls_token token = ls_read_token(&reader); token.kind != LS_TOKEN_END && !found;
         token = ls_read_token(&reader)) {
        bool is_word = token.kind == LS_TOKEN_WORD && !token.quoted;
        found = before && is_word && strcmp(token.text, second) == 0;
        before = is_word && strcmp(token.text, first) == 0;
    }
    ls_arena_free(arena);
    return found;
}
