/*
 * object_id.c - SHA-1 (FIPS 180-4, 6.1) over "blob LENGTH", a NUL, and the bytes.
 *
 * Only git's own files are compared with it, so that the weakness of SHA-1 against forged contents
 * is git's, too.
 */
#include "git/object_id.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK = 64 /* bytes */, LENGTH_AT = BLOCK - 8, ROUNDS = 80, WORDS = 5, FIRST_WORDS = 16 };
enum { DIGITS = 8 /* hex digits of a word */ };

typedef struct {
    uint32_t state[WORDS];
    unsigned char block[BLOCK]; /* what no whole block was made of yet */
    size_t filled;
    uint64_t length;
} digest;

static uint32_t rotated(uint32_t word, unsigned bits) {
    return word << bits | word >> (32 - bits);
}

static uint32_t word_at(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* The function and the constant of a round; they change every 20 rounds. */
static uint32_t round_of(unsigned number, uint32_t b, uint32_t c, uint32_t d) {
    if (number < 20)
        return (d ^ (b & (c ^ d))) + 0x5A827999;
    if (number < 40)
        return (b ^ c ^ d) + 0x6ED9EBA1;
    if (number < 60)
        return ((b & c) | (d & (b | c))) + 0x8F1BBCDC;
    return (b ^ c ^ d) + 0xCA62C1D6;
}

static void take_block(uint32_t state[WORDS], const unsigned char *block) {
    uint32_t words[ROUNDS];
    for (unsigned i = 0; i < FIRST_WORDS; i++)
        words[i] = word_at(block + 4 * (size_t)i);
    for (unsigned i = FIRST_WORDS; i < ROUNDS; i++)
        words[i] = rotated(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (unsigned i = 0; i < ROUNDS; i++) {
        const uint32_t next = rotated(a, 5) + round_of(i, b, c, d) + e + words[i];
        e = d;
        d = c;
        c = rotated(b, 30);
        b = a;
        a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
}

static void add(digest *sum, const void *bytes, size_t length) {
    const unsigned char *at = bytes, *end = at + length;
    sum->length += length;
    while (at < end) {
        if (sum->filled == 0 && end - at >= BLOCK) {
            take_block(sum->state, at);
            at += BLOCK;
            continue;
        }
        size_t part = BLOCK - sum->filled, left = (size_t)(end - at);
        part = part < left ? part : left;
        memcpy(sum->block + sum->filled, at, part);
        at += part;
        sum->filled = (sum->filled + part) % BLOCK;
        if (sum->filled == 0)
            take_block(sum->state, sum->block);
    }
}

/* A bit, zeros to the end of a block, and the length in bits. */
static void finish(digest *sum) {
    static const unsigned char padding[BLOCK] = {0x80};
    const uint64_t bits = sum->length * 8;
    unsigned char length[BLOCK - LENGTH_AT];
    for (unsigned i = 0; i < sizeof length; i++)
        length[i] = (unsigned char)(bits >> (8 * (sizeof length - 1 - i)));
    add(sum, padding, (sum->filled < LENGTH_AT ? LENGTH_AT : LENGTH_AT + BLOCK) - sum->filled);
    add(sum, length, sizeof length);
}

void ls_object_id_of(const char *text, size_t length, char id[LS_OBJECT_ID_LENGTH + 1]) {
    digest sum = {.state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0}};
    char header[32];
    const int header_length = snprintf(header, sizeof header, "blob %zu", length);
    add(&sum, header, (size_t)header_length + 1);
    add(&sum, text, length);
    finish(&sum);
    for (size_t i = 0; i < LS_OBJECT_ID_LENGTH; i++)
        id[i] = "0123456789abcdef"[sum.state[i / DIGITS] >> (28 - 4 * (i % DIGITS)) & 0xF];
    id[LS_OBJECT_ID_LENGTH] = 0;
}
