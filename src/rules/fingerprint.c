/*
 * fingerprint.c - FNV-1a of 128 bits over what makes a finding the same in the next run: the rule,
 * the file's base name, the statement, and a number among findings that are alike in all of these.
 * Lines and columns are not in it, and neither is the folder: a moved file keeps its findings. Of
 * the statement it takes what PostgreSQL's lexer would see, so that neither comments nor white
 * space nor the case of keywords and plain names count; the body of a DO block is read the same
 * way.
 */
#include "rules/fingerprint.h"

#include "sql/split.h"
#include "support/buffer.h"
#include "support/map.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* --- FNV-1a, 128 bits ------------------------------------------------------------------------ */

enum { LIMBS = 4 };

/* The lowest limb first. */
typedef struct {
    uint32_t limbs[LIMBS];
} hash;

static const hash offset_basis = {{0x6295C58D, 0x62B82175, 0x07BB0142, 0x6C62272E}};

/* times the prime, which is 2^88 + 0x13B */
static hash times_prime(hash value) {
    enum { LOW = 0x13B, HIGH_LIMBS = 2, HIGH_BITS = 24 };
    hash product;
    uint64_t carry = 0;
    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)value.limbs[i] * LOW;
        product.limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    carry = 0;
    for (int i = HIGH_LIMBS; i < LIMBS; i++) {
        carry += ((uint64_t)value.limbs[i - HIGH_LIMBS] << HIGH_BITS) + product.limbs[i];
        product.limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return product;
}

static hash with_text(hash sum, const char *text) {
    for (const unsigned char *at = (const unsigned char *)text; *at != 0; at++) {
        sum.limbs[0] ^= *at;
        sum = times_prime(sum);
    }
    return sum;
}

static const char *in_hex(ls_arena *arena, hash sum) {
    enum { DIGITS = 8 };
    char text[LIMBS * DIGITS], *at = text;
    for (int limb = LIMBS; limb-- > 0;)
        for (int digit = DIGITS; digit-- > 0;)
            *at++ = "0123456789abcdef"[sum.limbs[limb] >> 4 * digit & 0xF];
    return ls_arena_copy(arena, text, sizeof text);
}

/* --- What is hashed -------------------------------------------------------------------------- */

static bool is_space(char byte) {
    return byte != 0 && strchr(" \t\n\r\f\v", byte) != NULL;
}

/* The byte after the comment that starts at `at`; `at` itself if none does. */
static uint32_t skip_comment(const char *text, uint32_t at, uint32_t end) {
    if (end - at < 2)
        return at;
    if (text[at] == '-' && text[at + 1] == '-') {
        const char *line_end = memchr(text + at, '\n', end - at);
        return line_end == NULL ? end : (uint32_t)(line_end - text);
    }
    if (text[at] != '/' || text[at + 1] != '*')
        return at;
    unsigned depth = 0;
    while (end - at >= 2) {
        bool opens = text[at] == '/' && text[at + 1] == '*';
        bool closes = text[at] == '*' && text[at + 1] == '/';
        depth += opens ? 1 : 0;
        at += opens || closes ? 2 : 1;
        if (closes && --depth == 0)
            return at;
    }
    return end;
}

/* Beside these no white space is needed to tell what stands there. */
static bool is_punctuation(char byte) {
    return byte != 0 && strchr("(),[]", byte) != NULL;
}

static void add_lower(ls_buffer *out, const char *text, uint32_t length) {
    ls_buffer_add(out, text, length);
    for (char *byte = out->text + out->length - length; length-- > 0; byte++)
        if (*byte >= 'A' && *byte <= 'Z')
            *byte = (char)(*byte + ('a' - 'A'));
}

static bool is_quoted(const char *text, uint32_t at, uint32_t next) {
    char first = text[at], last = text[next - 1];
    return first == '"' || last == '\'' || (first == '$' && next > at + 1);
}

static void add_normal(ls_buffer *out, const char *text, ls_span span, bool body_is_code);

/* $tag$ body $tag$ */
static void add_body(ls_buffer *out, const char *text, ls_span quoted) {
    uint32_t tag = quoted.begin + 1;
    while (tag < quoted.end && text[tag] != '$')
        tag++;
    uint32_t tag_length = tag + 1 - quoted.begin;
    if (quoted.end - quoted.begin < 2 * tag_length)
        return;
    add_normal(out, text, ls_span_of(quoted.begin + tag_length, quoted.end - tag_length), false);
}

static void add_unit(ls_buffer *out, const char *text, ls_span unit, bool body_is_code) {
    if (body_is_code && text[unit.begin] == '$' && unit.end > unit.begin + 1)
        add_body(out, text, unit);
    else if (is_quoted(text, unit.begin, unit.end))
        ls_buffer_add(out, text + unit.begin, unit.end - unit.begin);
    else
        add_lower(out, text + unit.begin, unit.end - unit.begin);
}

/* Adds the text with one blank for each run of white space and comments that separates anything. */
static void add_normal(ls_buffer *out, const char *text, ls_span span, bool body_is_code) {
    bool gap = false;
    char last = '(';
    for (uint32_t at = span.begin; at < span.end;) {
        uint32_t next = skip_comment(text, at, span.end);
        if (next > at || is_space(text[at])) {
            at = next > at ? next : at + 1;
            gap = true;
            continue;
        }
        if (gap && !is_punctuation(last) && !is_punctuation(text[at]))
            ls_buffer_string(out, " ");
        gap = false;
        next = ls_split_skip(text, at, span.end);
        add_unit(out, text, ls_span_of(at, next), body_is_code);
        last = text[next - 1];
        at = next;
    }
}

static bool is_do(const ls_source *source, ls_span statement) {
    uint32_t end = ls_split_skip(source->text, statement.begin, statement.end);
    return end - statement.begin == 2 && strncasecmp(source->text + statement.begin, "do", 2) == 0;
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* --- Findings that are alike ----------------------------------------------------------------- */

/* Of one rule, in statements of one file that read alike. */
typedef struct {
    hash sum;
    unsigned count; /* so far */
} alike;

/* A statement may have as many findings as clauses: it is read once for each rule, not for each
 * finding. */
typedef struct {
    const ls_rule *rule;
    alike *findings;
} rule_in_statement;

typedef struct {
    ls_arena *arena;
    ls_map all; /* alike by hash */
    ls_span statement;
    LS_VECTOR(rule_in_statement) rules; /* those that found something in it */
} fingerprinting;

static hash essence_of(const ls_finding *finding) {
    ls_buffer out = {0};
    ls_buffer_format(&out, "%s\n%s\n", finding->rule->id, base_name(finding->source->name));
    ls_span statement = finding->statement_at;
    add_normal(&out, finding->source->text, statement, is_do(finding->source, statement));
    hash sum = with_text(offset_basis, out.text);
    ls_buffer_free(&out);
    return sum;
}

static alike *read_statement(fingerprinting *work, const ls_finding *finding) {
    hash sum = essence_of(finding);
    const char *key = in_hex(work->arena, sum);
    alike *known = ls_map_get(&work->all, key);
    if (known != NULL)
        return known;
    alike *fresh = LS_NEW(work->arena, alike);
    fresh->sum = sum;
    ls_map_set(work->arena, &work->all, key, fresh);
    return fresh;
}

static alike *alike_to(fingerprinting *work, const ls_finding *finding) {
    const ls_span at = finding->statement_at;
    if (at.begin != work->statement.begin || at.end != work->statement.end)
        work->rules.count = 0;
    work->statement = at;
    for (LS_EACH(const rule_in_statement, known, work->rules))
        if (known->rule == finding->rule)
            return known->findings;
    rule_in_statement fresh = {finding->rule, read_statement(work, finding)};
    LS_PUSH(work->arena, &work->rules, fresh);
    return fresh.findings;
}

void ls_fingerprint(ls_arena *arena, ls_findings *findings) {
    fingerprinting work = {.arena = arena};
    for (LS_EACH(ls_finding, finding, *findings)) {
        alike *earlier = alike_to(&work, finding);
        char number[16];
        snprintf(number, sizeof number, "\n%u", earlier->count++);
        finding->fingerprint = in_hex(arena, with_text(earlier->sum, number));
    }
}
