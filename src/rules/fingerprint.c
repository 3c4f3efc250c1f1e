/*
 * fingerprint.c - FNV-1a of 128 bits over what makes a finding the same in the next run: the rule,
 * the file's base name, the statement, and a number among findings that are alike in all of these.
 * Lines and columns are not in it, and neither is the folder: a moved file keeps its findings. Of
 * the statement it takes what PostgreSQL's lexer would see, so that neither comments nor white
 * space nor the case of keywords and plain names count; the body of a DO block is read the same
 * way.
 */
#include "rules/fingerprint.h"

#include "sql/normal.h"
#include "support/map.h"
#include "support/path.h"

#include <stdint.h>
#include <string.h>

/* --- FNV-1a, 128 bits ------------------------------------------------------------------------ */

typedef struct {
    uint64_t high, low;
} hash;

static const hash offset_basis = {UINT64_C(0x6C62272E07BB0142), UINT64_C(0x62B821756295C58D)};

/* times the prime, which is 2^88 + 0x13B */
static hash times_prime(hash value) {
    enum { SHORT_FACTOR = 0x13B, SHIFT = 88 - 64, HALF = 32 };
    const uint64_t upper_half = (value.low >> HALF) * SHORT_FACTOR;
    const uint64_t lower_half = (value.low & UINT32_MAX) * SHORT_FACTOR;
    const uint64_t carry = (upper_half + (lower_half >> HALF)) >> HALF;
    return (hash){
        .high = value.high * SHORT_FACTOR + (value.low << SHIFT) + carry,
        .low = value.low * SHORT_FACTOR,
    };
}

static hash with_text(hash sum, const char *text) {
    for (const unsigned char *at = (const unsigned char *)text; *at != 0; at++) {
        sum.low ^= *at;
        sum = times_prime(sum);
    }
    return sum;
}

enum { HALF_DIGITS = 16, DIGITS = 2 * HALF_DIGITS };

static void write_hex(char *at, uint64_t number) {
    for (int digit = HALF_DIGITS; digit-- > 0; number >>= 4)
        at[digit] = "0123456789abcdef"[number & 0xF];
}

static const char *in_hex(ls_arena *arena, hash sum) {
    char text[DIGITS];
    write_hex(text, sum.high);
    write_hex(text + HALF_DIGITS, sum.low);
    return ls_arena_copy(arena, text, sizeof text);
}

/* --- Findings that are alike ----------------------------------------------------------------- */

/* Of one rule, in statements of one file that read alike. */
typedef struct {
    hash sum;
    unsigned count; /* so far */
} alike;

/* A statement may have as many findings as clauses: it is read once, and hashed once for each rule,
 * not for each finding. */
typedef struct {
    const ls_rule *rule;
    alike *findings;
} rule_in_statement;

typedef struct {
    ls_arena *scratch;
    ls_map all; /* alike by hash */
    ls_span statement;
    ls_buffer normal;                   /* the statement, as it is hashed */
    LS_VECTOR(rule_in_statement) rules; /* those that found something in it */
} fingerprinting;

static hash essence_of(const fingerprinting *work, const ls_finding *finding) {
    hash sum = with_text(offset_basis, finding->rule->id);
    sum = with_text(sum, "\n");
    sum = with_text(sum, ls_path_last(finding->source->name));
    sum = with_text(sum, "\n");
    return with_text(sum, work->normal.text);
}

static alike *find_alike(fingerprinting *work, const ls_finding *finding) {
    hash sum = essence_of(work, finding);
    const char *key = in_hex(work->scratch, sum);
    alike *known = ls_map_get(&work->all, key);
    if (known != NULL)
        return known;
    alike *fresh = LS_NEW(work->scratch, alike);
    fresh->sum = sum;
    ls_map_set(work->scratch, &work->all, key, fresh);
    return fresh;
}

static void read_statement(fingerprinting *work, const ls_finding *finding) {
    work->rules.count = 0;
    work->statement = finding->statement_at;
    work->normal.length = 0;
    ls_buffer_string(&work->normal, "");
    ls_normal_add(&work->normal, finding->source, work->statement);
}

static alike *alike_to(fingerprinting *work, const ls_finding *finding) {
    const ls_span at = finding->statement_at;
    if (at.begin != work->statement.begin || at.end != work->statement.end ||
        work->normal.text == NULL)
        read_statement(work, finding);
    for (LS_EACH(const rule_in_statement, known, work->rules))
        if (known->rule == finding->rule)
            return known->findings;
    rule_in_statement fresh = {finding->rule, find_alike(work, finding)};
    LS_PUSH(work->scratch, &work->rules, fresh);
    return fresh.findings;
}

/* The number of the first finding behind those of one file. */
static uint32_t end_of_file(const ls_findings *findings, uint32_t first) {
    uint32_t end = first + 1;
    while (end < findings->count && findings->items[end].file == findings->items[first].file)
        end++;
    return end;
}

static void name_all(ls_arena *arena, ls_arena *scratch, ls_findings findings) {
    fingerprinting work = {.scratch = scratch};
    ls_buffer number = {0};
    for (LS_EACH(ls_finding, finding, findings)) {
        alike *earlier = alike_to(&work, finding);
        number.length = 0;
        ls_buffer_string(&number, "\n");
        ls_buffer_number(&number, earlier->count++, 0);
        finding->fingerprint = in_hex(arena, with_text(earlier->sum, number.text));
    }
    ls_buffer_free(&number);
    ls_buffer_free(&work.normal);
}

void ls_fingerprint(ls_arena *arena, ls_findings *findings) {
    ls_arena *scratch = ls_arena_new();
    for (uint32_t first = 0, end; first < findings->count; first = end) {
        end = end_of_file(findings, first);
        name_all(arena, scratch,
                 (ls_findings){.items = findings->items + first, .count = end - first});
        ls_arena_clear(scratch);
    }
    ls_arena_free(scratch);
}

void ls_fingerprint_waived(ls_arena *arena, ls_waived_findings *waived) {
    ls_findings findings = {0};
    for (LS_EACH(const ls_waived_finding, item, *waived))
        if (item->finding.fingerprint == NULL)
            LS_PUSH(arena, &findings, item->finding);
    ls_fingerprint(arena, &findings);
    ls_waived_finding *item = waived->items;
    for (LS_EACH(const ls_finding, named, findings)) {
        while (item->finding.fingerprint != NULL)
            item++;
        item->finding.fingerprint = named->fingerprint;
    }
}
