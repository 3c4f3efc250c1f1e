#include "report/style.h"

#include "report/characters.h"
#include "report/escape.h"

#include <string.h>

static const char *const PAINTS[] = {
    [LS_PAINT_ERROR] = "\x1b[1;31m", [LS_PAINT_WARNING] = "\x1b[1;33m",
    [LS_PAINT_INFO] = "\x1b[1;34m",  [LS_PAINT_STRONG] = "\x1b[1m",
    [LS_PAINT_GUTTER] = "\x1b[2m",   [LS_PAINT_RELATED] = "\x1b[36m",
    [LS_PAINT_ADDED] = "\x1b[32m",   [LS_PAINT_REMOVED] = "\x1b[31m",
};

enum { NARROWEST = 20 };

ls_paint ls_severity_paint(ls_severity severity) {
    switch (severity) {
    case LS_SEVERITY_ERROR:
        return LS_PAINT_ERROR;
    case LS_SEVERITY_WARNING:
        return LS_PAINT_WARNING;
    default:
        return LS_PAINT_INFO;
    }
}

void ls_paint_begin(ls_buffer *out, const ls_text_style *style, ls_paint paint) {
    if (style->colour == LS_COLOUR_ALWAYS)
        ls_buffer_string(out, PAINTS[paint]);
}

void ls_paint_end(ls_buffer *out, const ls_text_style *style) {
    if (style->colour == LS_COLOUR_ALWAYS)
        ls_buffer_string(out, "\x1b[0m");
}

void ls_paint_string(ls_buffer *out, const ls_text_style *style, ls_paint paint, const char *text) {
    ls_paint_begin(out, style, paint);
    ls_buffer_string(out, text);
    ls_paint_end(out, style);
}

void ls_count(ls_buffer *out, unsigned long count, const char *noun) {
    ls_buffer_format(out, "%lu %s%s", count, noun, count == 1 ? "" : "s");
}

/* The next word of a line with the blanks before it. Words that start with :: stay with what is
 * before them: at the start of a line in its log, GitHub takes them for a command. */
static size_t word_length(const char *text, size_t length) {
    size_t at = 0;
    do {
        while (at < length && text[at] == ' ')
            at++;
        while (at < length && text[at] != ' ')
            at++;
    } while (at < length && ls_starts_with_command(text + at + 1, length - at - 1));
    return at;
}

static void break_line(ls_buffer *out, size_t indent) {
    ls_buffer_string(out, "\n");
    ls_buffer_fill(out, ' ', indent);
}

/* The blanks that a line begins with, and a mark behind them if GitHub would take it for a command.
 * Returns how many blanks there are. */
static size_t begin_line(ls_buffer *out, const char *text, size_t length) {
    size_t own = 0;
    while (own < length && text[own] == ' ')
        own++;
    ls_buffer_fill(out, ' ', own);
    if (ls_starts_with_command(text + own, length - own))
        ls_buffer_string(out, "\\");
    return own;
}

/* How much of the text is words of plain bytes that fit into so many cells, the rest of the line or
 * up to a blank; 0: it is to be looked at word by word. */
static size_t fitting_words(const char *text, size_t length, size_t room) {
    size_t fits = length;
    if (length > room) {
        fits = room;
        while (fits > 0 && text[fits] != ' ')
            fits--;
        if (fits == 0 || text[fits - 1] == ' ' ||
            ls_starts_with_command(text + fits, length - fits))
            return 0;
    }
    return ls_plain_length(text, fits) == fits ? fits : 0;
}

/* One line of the text: it may be several of the source, joined. */
static void wrap_line(ls_buffer *out, size_t width, size_t indent, const char *text,
                      size_t length) {
    size_t own = begin_line(out, text, length);
    size_t column = indent + own;
    for (size_t at = own, word; at < length; at += word) {
        word = column < width ? fitting_words(text + at, length - at, width - column) : 0;
        if (word > 0) {
            ls_buffer_add(out, text + at, word);
            column += word;
            continue;
        }
        word = word_length(text + at, length - at);
        size_t blanks = strspn(text + at, " ");
        if (blanks > word)
            blanks = word;
        size_t before = out->length, cells = ls_escape(out, text + at, word);
        if (column > indent + own && column + cells > width) {
            out->length = before;
            break_line(out, indent + own);
            column = indent + own;
            cells = ls_escape(out, text + at + blanks, word - blanks);
        }
        column += cells;
    }
}

/* True if the line end at `at` stands in the midst of a sentence. A line that ends in a semicolon
 * is SQL to be copied, unless it starts like a sentence's rest. */
static bool goes_on(const char *text, const char *at) {
    if (at == text || strchr(".;:\n", at[-1]) != NULL)
        return false;
    char first = at[1];
    if (first >= 'a' && first <= 'z')
        return true;
    bool sql = at[strcspn(at + 1, "\n")] == ';';
    return !sql && ((first >= 'A' && first <= 'Z') || first == '(');
}

/* The text without the line ends that only its author's editor needed. */
static void join_lines(ls_buffer *joined, const char *text, size_t length) {
    for (size_t at = 0; at < length; at++) {
        const char *line_end = memchr(text + at, '\n', length - at);
        size_t end = line_end == NULL ? length : (size_t)(line_end - text);
        ls_buffer_add(joined, text + at, end - at);
        at = end;
        if (at < length)
            ls_buffer_string(joined, at + 1 < length && goes_on(text, text + at) ? " " : "\n");
    }
}

static size_t usable_width(const ls_text_style *style, size_t indent) {
    return style->width > indent + NARROWEST ? style->width : indent + NARROWEST;
}

void ls_wrap(ls_buffer *out, const ls_text_style *style, size_t indent, const char *text) {
    size_t width = usable_width(style, indent);
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '\n')
        length--;
    ls_buffer joined = {0};
    join_lines(&joined, text, length);
    for (size_t at = 0; at < joined.length;) {
        const char *line = joined.text + at;
        size_t line_length = strcspn(line, "\n");
        if (at > 0 && line_length > 0)
            ls_buffer_fill(out, ' ', indent);
        wrap_line(out, width, indent, line, line_length);
        ls_buffer_string(out, "\n");
        at += line_length + 1;
    }
    if (joined.length == 0)
        ls_buffer_string(out, "\n");
    ls_buffer_free(&joined);
}

void ls_wrap_line(ls_buffer *out, const ls_text_style *style, size_t indent, const char *text) {
    wrap_line(out, usable_width(style, indent), indent, text, strlen(text));
    ls_buffer_string(out, "\n");
}

/* What stands before the words of a comment that may be broken; 0 if it is none. */
static size_t comment_head(const char *line, size_t length) {
    static const char directive[] = "-- lockstep:";
    size_t own = strspn(line, " ");
    if (own + 3 > length || strncmp(line + own, "-- ", 3) != 0 ||
        strncmp(line + own, directive, sizeof directive - 1) == 0)
        return 0;
    size_t head = own + 3;
    return head + strspn(line + head, " ");
}

static void break_comment(ls_buffer *out, size_t width, size_t indent, const char *line,
                          size_t length) {
    size_t head = comment_head(line, length), column = indent;
    for (size_t at = 0, word; at < length; at += word) {
        word = at == 0 ? head + word_length(line + head, length - head)
                       : word_length(line + at, length - at);
        size_t before = out->length, cells = ls_escape(out, line + at, word);
        if (at > 0 && column + cells > width) {
            out->length = before;
            break_line(out, indent);
            ls_escape(out, line, head);
            column = indent + head;
            cells = ls_escape(out, line + at + 1, word - 1); /* without the blank */
        }
        column += cells;
    }
}

/* True if the line only goes on with the sentence of the comment before it. */
static bool continues_comment(const char *line, size_t length, size_t head) {
    static const char next[] = "next migration";
    return comment_head(line, length) == head && line[head] >= 'a' && line[head] <= 'z' &&
           strncmp(line + head, next, sizeof next - 1) != 0;
}

/* A comment that is too wide, with the lines that belong to it. Returns the length of all. */
static size_t write_wide_comment(ls_buffer *out, size_t width, size_t indent, const char *script,
                                 size_t left) {
    size_t end = strcspn(script, "\n"), head = comment_head(script, end);
    ls_buffer joined = {0};
    ls_buffer_add(&joined, script, end);
    while (end + 1 < left && strchr(".:;", script[end - 1]) == NULL) {
        const char *line = script + end + 1;
        size_t length = strcspn(line, "\n");
        if (!continues_comment(line, length, head))
            break;
        ls_buffer_string(&joined, " ");
        ls_buffer_add(&joined, line + head, length - head);
        end += 1 + length;
    }
    break_comment(out, width, indent, joined.text, joined.length);
    ls_buffer_free(&joined);
    return end;
}

static size_t write_script_line(ls_buffer *out, size_t width, size_t indent, const char *line,
                                size_t left) {
    size_t length = strcspn(line, "\n");
    length = length < left ? length : left;
    if (comment_head(line, length) > 0 && indent + ls_escape(NULL, line, length) > width)
        return write_wide_comment(out, width, indent, line, left);
    size_t own = begin_line(out, line, length);
    ls_escape(out, line + own, length - own);
    return length;
}

void ls_write_script(ls_buffer *out, const ls_text_style *style, size_t indent,
                     const char *script) {
    size_t width = usable_width(style, indent);
    size_t left = strlen(script);
    while (left > 0 && script[left - 1] == '\n')
        left--;
    for (const char *line = script;;) {
        size_t length = write_script_line(out, width, indent, line, left);
        ls_buffer_string(out, "\n");
        if (length == left)
            return;
        left -= length + 1;
        line += length + 1;
        ls_buffer_fill(out, ' ', *line == '\n' ? 0 : indent);
    }
}
