/*
 * source.c - validation of a text, and the way from offsets to lines and columns.
 *
 * A text is checked once, eight bytes at a time while it is ASCII. Positions are then answered
 * from two small indexes: the offsets of the lines, and, only for a text that is not all ASCII,
 * the number of code points before each block of it. So a position costs a binary search and at
 * most one block to count, however long the line is, and nothing is cached behind the caller's
 * back: a source can be asked from several threads.
 */
#include "sql/source.h"

#include <string.h>

enum { CHARACTER_BLOCK = 4096 };

static const char BYTE_ORDER_MARK[] = "\xEF\xBB\xBF";

static bool is_continuation(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

enum { WORD = sizeof(uint64_t), WORDS_AT_ONCE = 8, STRIDE = WORD * WORDS_AT_ONCE };

/* Whether so many times eight bytes are all ASCII and none is NUL. */
static bool are_plain_words(const char *text, size_t count) {
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    uint64_t seen = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t word;
        memcpy(&word, text + i * WORD, sizeof word);
        seen |= word | (word - ones);
    }
    return (seen & high) == 0;
}

/* The length of the UTF-8 sequence at the start of `text`, 0 if it is not valid: PostgreSQL's
 * rules, that is no overlong forms, no surrogates, nothing above U+10FFFF. */
static size_t sequence_length(const unsigned char *text, size_t left) {
    unsigned char first = text[0];
    size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first == 0 || (first >= 0x80 && first < 0xC2) || first > 0xF4 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if (!is_continuation(text[i]))
            return 0;
    if ((first == 0xE0 && text[1] < 0xA0) || (first == 0xED && text[1] > 0x9F) ||
        (first == 0xF0 && text[1] < 0x90) || (first == 0xF4 && text[1] > 0x8F))
        return 0;
    return length;
}

/* The offset of the first byte that cannot stand in a source, or `length`. */
static size_t first_bad_byte(const char *text, size_t length, bool *ascii) {
    *ascii = true;
    for (size_t at = 0; at < length;) {
        while (length - at >= STRIDE && are_plain_words(text + at, WORDS_AT_ONCE))
            at += STRIDE;
        while (length - at >= WORD && are_plain_words(text + at, 1))
            at += WORD;
        if (at == length)
            break;
        size_t step = sequence_length((const unsigned char *)text + at, length - at);
        if (step == 0)
            return at;
        if (step > 1)
            *ascii = false;
        at += step;
    }
    return length;
}

/* UTF-16 shows itself by its byte order mark, or by a NUL in every other byte of ASCII text. */
static bool looks_like_utf16(const char *text, size_t length) {
    if (length < 2)
        return false;
    if (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0)
        return true;
    return length >= 4 && ((text[0] == 0 && text[1] != 0 && text[2] == 0 && text[3] != 0) ||
                           (text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0));
}

static const char *bad_byte_message(ls_arena *arena, const char *text, size_t length, size_t at) {
    if (looks_like_utf16(text, length))
        return "looks like UTF-16: save it as UTF-8";
    if (text[at] == 0)
        return "holds a NUL byte, after which PostgreSQL would read nothing: remove it";
    return ls_arena_format(
        arena, "is not valid UTF-8 (byte 0x%02X): save it as UTF-8, or convert it with iconv",
        (unsigned)(unsigned char)text[at]);
}

static ls_position position_by_counting(const char *text, size_t at) {
    ls_position position = {1, 1};
    size_t mark = sizeof BYTE_ORDER_MARK - 1;
    size_t start = at >= mark && memcmp(text, BYTE_ORDER_MARK, mark) == 0 ? mark : 0;
    for (size_t i = start; i < at; i++) {
        if (text[i] == '\n')
            position = (ls_position){position.line + 1, 1};
        else if (!is_continuation((unsigned char)text[i]))
            position.column++;
    }
    return position;
}

static void index_lines(ls_arena *arena, ls_source *source) {
    const char *end = source->text + source->length;
    uint32_t count = 1;
    for (uint32_t i = 0; i < source->length; i++)
        count += source->text[i] == '\n';
    source->line_starts = LS_NEW_ARRAY(arena, uint32_t, count);
    source->line_count = 1;
    for (const char *p = source->text; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        source->line_starts[source->line_count++] = (uint32_t)(p + 1 - source->text);
}

static uint32_t count_characters(const char *text, uint32_t begin, uint32_t end) {
    uint32_t count = 0;
    for (uint32_t i = begin; i < end; i++)
        count += !is_continuation((unsigned char)text[i]);
    return count;
}

static void index_characters(ls_arena *arena, ls_source *source) {
    uint32_t blocks = source->length / CHARACTER_BLOCK + 1;
    source->characters_before = LS_NEW_ARRAY(arena, uint32_t, blocks);
    for (uint32_t i = 1; i < blocks; i++)
        source->characters_before[i] =
            source->characters_before[i - 1] +
            count_characters(source->text, (i - 1) * CHARACTER_BLOCK, i * CHARACTER_BLOCK);
}

ls_source *ls_source_new(ls_arena *arena, const char *name, const char *text, size_t length,
                         ls_text_problem *problem) {
    *problem = (ls_text_problem){0};
    if (length >= UINT32_MAX) {
        *problem = (ls_text_problem){"is larger than 4 GiB: split it", 0, {1, 1}};
        return NULL;
    }
    bool ascii;
    size_t bad = first_bad_byte(text, length, &ascii);
    if (bad < length) {
        problem->message = bad_byte_message(arena, text, length, bad);
        problem->at = (uint32_t)bad;
        problem->position = position_by_counting(text, bad);
        return NULL;
    }
    ls_source *source = LS_NEW(arena, ls_source);
    source->name = name;
    source->text = text;
    source->length = (uint32_t)length;
    index_lines(arena, source);
    if (!ascii)
        index_characters(arena, source);
    return source;
}

uint32_t ls_source_mark_length(const ls_source *source) {
    uint32_t mark = sizeof BYTE_ORDER_MARK - 1;
    return source->length >= mark && memcmp(source->text, BYTE_ORDER_MARK, mark) == 0 ? mark : 0;
}

/* The index of the line that holds a byte. Lines are of much the same length: looked for is around
 * the place where it would be if they all were. */
static uint32_t line_of(const ls_source *source, uint32_t offset) {
    const uint32_t *starts = source->line_starts, count = source->line_count;
    const uint64_t share = (uint64_t)offset * count / ((uint64_t)source->length + 1);
    uint32_t low = (uint32_t)share, high = low + 1;
    for (uint32_t step = 1; starts[low] > offset; step *= 2) {
        high = low;
        low = low > step ? low - step : 0;
    }
    for (uint32_t step = 1; high < count && starts[high] <= offset; step *= 2) {
        low = high;
        high = count - high > step ? high + step : count;
    }
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* How many code points start before a byte. */
static uint32_t characters_before(const ls_source *source, uint32_t offset) {
    if (source->characters_before == NULL)
        return offset;
    uint32_t block = offset / CHARACTER_BLOCK;
    return source->characters_before[block] +
           count_characters(source->text, block * CHARACTER_BLOCK, offset);
}

/* --- Derived sources ------------------------------------------------------------------------- */

void ls_source_derive(ls_arena *arena, ls_source *source, const ls_source *origin, uint32_t begin,
                      const char *text, uint32_t length) {
    source->name = origin->name;
    source->text = ls_arena_copy(arena, text, length);
    source->length = length;
    source->origin = origin;
    source->origin_begin = begin;
}

/* A byte in a value stands for the first of the use, or for the one behind it as the end of a span.
 */
static uint32_t origin_of(const ls_source *source, uint32_t at, bool is_end) {
    uint32_t here = 0, there = source->origin_begin;
    for (LS_EACH(const ls_source_shift, shift, source->shifts)) {
        if (at < shift->here.begin || (is_end && at == shift->here.begin))
            break;
        if (at < shift->here.end)
            return is_end ? shift->origin.end : shift->origin.begin;
        here = shift->here.end;
        there = shift->origin.end;
    }
    return there + (at - here);
}

ls_span ls_source_origin(const ls_source *source, ls_span span) {
    if (source->origin == NULL)
        return span;
    if (ls_span_empty(span)) {
        uint32_t at = origin_of(source, span.begin, false);
        return ls_span_of(at, at);
    }
    return ls_span_of(origin_of(source, span.begin, false), origin_of(source, span.end, true));
}

const ls_source *ls_source_written(const ls_source *source) {
    return source->origin == NULL ? source : source->origin;
}

/* --- Positions ------------------------------------------------------------------------------- */

ls_position ls_source_position(const ls_source *source, uint32_t offset) {
    if (source->origin != NULL)
        return ls_source_position(source->origin, origin_of(source, offset, false));
    if (offset > source->length)
        offset = source->length;
    while (offset < source->length && is_continuation((unsigned char)source->text[offset]))
        offset--;
    uint32_t line = line_of(source, offset), start = source->line_starts[line];
    if (line == 0)
        start = ls_source_mark_length(source);
    if (offset < start)
        offset = start;
    return (ls_position){line + 1,
                         characters_before(source, offset) - characters_before(source, start) + 1};
}

ls_span ls_source_line(const ls_source *source, uint32_t line) {
    if (line == 0 || line > source->line_count)
        return ls_span_of(source->length, source->length);
    uint32_t begin = line == 1 ? ls_source_mark_length(source) : source->line_starts[line - 1];
    uint32_t end = line < source->line_count ? source->line_starts[line] - 1 : source->length;
    if (end > begin && line < source->line_count && source->text[end - 1] == '\r')
        end--;
    return ls_span_of(begin, end);
}

char *ls_source_copy(ls_arena *arena, const ls_source *source, ls_span span) {
    return ls_arena_copy(arena, source->text + span.begin, span.end - span.begin);
}

const char *ls_source_line_end(const ls_source *source) {
    const char *end = memchr(source->text, '\n', source->length);
    return end != NULL && end > source->text && end[-1] == '\r' ? "\r\n" : "\n";
}
