/*
 * characters.c - UTF-8 decoding, and the two tables of what is hidden and what is wide.
 *
 * The tables are short on purpose: ranges from Unicode 15's EastAsianWidth.txt (W and F) and
 * UnicodeData.txt (Mn, Me, Cf), with the gaps between neighbouring ranges of one script closed.
 */
#include "report/characters.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    int32_t first, last;
} range;

/* Shown as <U+XXXX>: controls of C1, what reorders, joins or hides text without being seen, and the
 * two of the first plane that are no characters, which XML does not take. */
static const range HIDDEN[] = {
    {0x80, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},     {0x61C, 0x61C},   {0x115F, 0x1160},
    {0x17B4, 0x17B5},   {0x180B, 0x180E},   {0x200B, 0x200F},   {0x2028, 0x202E}, {0x2060, 0x206F},
    {0x3164, 0x3164},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF9, 0xFFFB}, {0xFFFE, 0xFFFF},
    {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

static const range COMBINING[] = {
    {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x5BF, 0x5BF},   {0x5C1, 0x5C2},
    {0x5C4, 0x5C5},   {0x5C7, 0x5C7},   {0x610, 0x61A},   {0x64B, 0x65F},   {0x670, 0x670},
    {0x6D6, 0x6DC},   {0x6DF, 0x6E4},   {0x6E7, 0x6E8},   {0x6EA, 0x6ED},   {0x730, 0x74A},
    {0x900, 0x902},   {0x93A, 0x93A},   {0x93C, 0x93C},   {0x941, 0x948},   {0x94D, 0x94D},
    {0xE31, 0xE31},   {0xE34, 0xE3A},   {0xE47, 0xE4E},   {0x1AB0, 0x1ACE}, {0x1DC0, 0x1DFF},
    {0x20D0, 0x20F0}, {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

static const range WIDE[] = {
    {0x1100, 0x115E},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
    {0x23F0, 0x23F0},   {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},
    {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},
    {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
    {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FF},
    {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A},
    {0x1F200, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393},
    {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4},
    {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D},
    {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596},
    {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC},
    {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC},
    {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF},
    {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
};

/* PropList.txt, White_Space, without what is hidden. */
static const range BLANK[] = {
    {'\t', '\r'},     {' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680},
    {0x2000, 0x200A}, {0x205F, 0x205F}, {0x3000, 0x3000},
};

enum { TAB_WIDTH = 4, FIRST_NOT_ASCII = 0x80 };

#define IN(table, character) is_in((table), sizeof(table) / sizeof *(table), (character))

static bool is_in(const range *ranges, size_t count, int32_t character) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (character > ranges[middle].last)
            low = middle + 1;
        else if (character < ranges[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}

/* How many bytes the first one announces; 0 if it cannot start a character. */
static size_t announced_length(unsigned char first) {
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4)
        return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

size_t ls_read_character(const char *text, size_t length, int32_t *character) {
    static const int32_t LEAST[] = {0, 0, 0x80, 0x800, 0x10000};
    static const unsigned char FIRST_BITS[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned char first = (unsigned char)text[0];
    size_t announced = announced_length(first);
    *character = LS_INVALID_BYTE;
    if (announced == 0 || announced > length)
        return 1;
    int32_t value = first & FIRST_BITS[announced];
    for (size_t i = 1; i < announced; i++) {
        unsigned char next = (unsigned char)text[i];
        if ((next & 0xC0) != 0x80)
            return 1;
        value = value << 6 | (next & 0x3F);
    }
    bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < LEAST[announced] || surrogate || value > 0x10FFFF)
        return 1;
    *character = value;
    return announced;
}

bool ls_is_blank(const char *text, size_t length, size_t *step) {
    int32_t character;
    *step = ls_read_character(text, length, &character);
    return IN(BLANK, character);
}

/* Whether each of eight bytes is plain. What a subtraction borrows comes from a lower byte that is
 * not plain itself. */
static bool is_plain_word(const char *text) {
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    uint64_t word;
    memcpy(&word, text, sizeof word);
    const uint64_t numbers = word ^ ones * '#';
    const uint64_t strange =
        word | (word + ones) | (word - ones * ' ') | ((numbers - ones) & ~numbers);
    return (strange & high) == 0;
}

size_t ls_plain_length(const char *text, size_t length) {
    size_t at = 0;
    while (length - at >= sizeof(uint64_t) && is_plain_word(text + at))
        at += sizeof(uint64_t);
    while (at < length && ls_is_plain(text[at]))
        at++;
    return at;
}

static ls_shown_character in_words(const char *format, unsigned number) {
    ls_shown_character shown;
    int length = snprintf(shown.text, sizeof shown.text, format, number);
    shown.length = shown.width = (unsigned)length;
    return shown;
}

static ls_shown_character as_it_is(const char *text, size_t length, unsigned width) {
    ls_shown_character shown = {.length = (unsigned)length, .width = width};
    memcpy(shown.text, text, length);
    return shown;
}

static ls_shown_character control(int32_t character) {
    switch (character) {
    case '\t':
        return as_it_is("    ", TAB_WIDTH, TAB_WIDTH);
    case '\n':
        return as_it_is("\\n", 2, 2);
    case '\r':
        return as_it_is("\\r", 2, 2);
    default:
        return in_words("\\x%02x", (unsigned)character);
    }
}

ls_shown_character ls_show(const char *text, size_t length, size_t *step) {
    int32_t character;
    *step = ls_read_character(text, length, &character);
    if (character == LS_INVALID_BYTE)
        return in_words("\\x%02x", (unsigned char)text[0]);
    if (character < ' ' || character == 0x7F)
        return control(character);
    if (character == '#' && length > 1 && text[1] == '#')
        return as_it_is("#\\", 2, 2);
    if (character < FIRST_NOT_ASCII)
        return as_it_is(text, 1, 1);
    if (IN(HIDDEN, character))
        return in_words("<U+%04X>", (unsigned)character);
    unsigned width = IN(COMBINING, character) ? 0 : IN(WIDE, character) ? 2 : 1;
    return as_it_is(text, *step, width);
}
