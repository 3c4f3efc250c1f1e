/*
 * parts.c - markers and directives, line by line.
 */
#include "input/parts.h"

#include "input/framework.h"

#include <string.h>

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

const char *ls_after(const ls_source *source, ls_span line, const char *start) {
    const char *at = source->text + line.begin, *end = source->text + line.end;
    while (at < end && is_blank(*at))
        at++;
    for (; *start != '\0'; start++) {
        if (*start == ' ')
            while (at < end && is_blank(*at))
                at++;
        else if (at < end && lower(*at) == lower(*start))
            at++;
        else
            return NULL;
    }
    return at;
}

void ls_add_section(ls_parts *parts, uint32_t at, ls_running running) {
    LS_PUSH(parts->arena, &parts->migration->sections, ((ls_section){at, running}));
}

/* --- Markers --------------------------------------------------------------------------------- */

typedef struct {
    ls_parts *parts;
    const ls_markers *markers;
    bool in_down, started; /* a first line that is neither blank nor a comment was met */
    bool untransacted, down_untransacted;
    uint32_t down_begin;
    const char *delimiter;
} marker_walk;

static bool starts(const marker_walk *walk, ls_span line, const char *start) {
    return start != NULL && ls_after(walk->parts->source, line, start) != NULL;
}

static bool counts_here(const marker_walk *walk, ls_span line) {
    switch (walk->markers->place) {
    case LS_IN_UP_PART:
        return !walk->in_down;
    case LS_IN_FIRST_BYTES:
        return line.begin == 0;
    case LS_IN_FIRST_COMMENT:
        return !walk->started;
    case LS_ANYWHERE:
        break;
    }
    return true;
}

/* Does the rest of the marker's line hold the word? */
static bool holds_word(const marker_walk *walk, ls_span line, const char *marker,
                       const char *word) {
    if (word == NULL)
        return false;
    const char *rest = ls_after(walk->parts->source, line, marker);
    const char *end = walk->parts->source->text + line.end;
    size_t length = strlen(word);
    for (; rest < end; rest++)
        if ((size_t)(end - rest) >= length && is_blank(rest[-1]) &&
            ls_after(walk->parts->source,
                     ls_span_of((size_t)(rest - walk->parts->source->text), line.end),
                     word) != NULL)
            return true;
    return false;
}

static void end_down(marker_walk *walk, uint32_t at) {
    if (walk->in_down)
        LS_PUSH(walk->parts->arena, &walk->parts->migration->down,
                ls_span_of(walk->down_begin, at));
    walk->in_down = false;
}

/* The word that a directive's line ends with. */
static const char *rest_of(const marker_walk *walk, ls_span line, const char *start) {
    const char *rest = ls_after(walk->parts->source, line, start);
    const char *end = walk->parts->source->text + line.end;
    while (rest < end && is_blank(*rest))
        rest++;
    while (end > rest && is_blank(end[-1]))
        end--;
    return rest == end ? NULL : ls_arena_copy(walk->parts->arena, rest, (size_t)(end - rest));
}

static void see_line(marker_walk *walk, ls_span line) {
    const ls_markers *markers = walk->markers;
    const ls_source *source = walk->parts->source;
    walk->started |= ls_after(source, line, "--") == NULL &&
                     ls_after(source, line, " ") != source->text + line.end;
    if (starts(walk, line, markers->up)) {
        end_down(walk, line.begin);
        walk->untransacted |= holds_word(walk, line, markers->up, markers->untransacted_word);
    } else if (starts(walk, line, markers->down) && !walk->in_down) {
        walk->in_down = true;
        walk->down_begin = line.begin;
        walk->down_untransacted |=
            holds_word(walk, line, markers->down, markers->untransacted_word);
    } else if (starts(walk, line, markers->untransacted)) {
        walk->untransacted |= counts_here(walk, line);
        walk->down_untransacted |= walk->in_down || markers->place == LS_ANYWHERE;
    } else if (starts(walk, line, markers->delimiter)) {
        walk->delimiter = rest_of(walk, line, markers->delimiter);
    }
}

void ls_read_markers(ls_parts *parts, const ls_markers *markers) {
    marker_walk walk = {.parts = parts, .markers = markers};
    for (uint32_t line = 1; line <= parts->source->line_count; line++)
        see_line(&walk, ls_source_line(parts->source, line));
    end_down(&walk, parts->source->length);
    if (walk.delimiter != NULL)
        ls_end_statements_at(parts, ls_span_of(0, parts->source->length), walk.delimiter);
    const ls_framework *framework = parts->migration->framework;
    ls_add_section(parts, 0, walk.untransacted ? framework->unwrapped : framework->running);
    parts->migration->down_running =
        walk.down_untransacted ? framework->unwrapped : framework->running;
}

/* --- Delimiters ------------------------------------------------------------------------------ */

/* Whether a line is comment and not a delimiter that looks like one. Block comments are followed
 * where they begin a line. */
static bool is_comment(const ls_source *source, ls_span line, const char *delimiter,
                       bool *in_block) {
    const char *at = source->text + line.begin;
    bool was_in_block = *in_block;
    *in_block |= ls_after(source, line, "/*") != NULL;
    if (*in_block) {
        const char *close = strstr(at, "*/");
        *in_block = close == NULL || close >= source->text + line.end;
        return true;
    }
    bool is_delimiter = strncmp(at, delimiter, strlen(delimiter)) == 0;
    return was_in_block || (!is_delimiter && ls_after(source, line, "--") != NULL);
}

void ls_end_statements_at(ls_parts *parts, ls_span within, const char *delimiter) {
    const ls_source *source = parts->source;
    size_t length = strlen(delimiter);
    bool in_block = false;
    for (uint32_t number = 1; number <= source->line_count; number++) {
        ls_span line = ls_source_line(source, number);
        while (line.end > line.begin && is_blank(source->text[line.end - 1]))
            line.end--;
        if (line.begin < within.begin || line.end > within.end || line.end - line.begin < length ||
            is_comment(source, line, delimiter, &in_block))
            continue;
        ls_span tail = ls_span_of(line.end - length, line.end);
        if (strncmp(source->text + tail.begin, delimiter, length) == 0)
            LS_PUSH(parts->arena, &parts->ends, tail);
    }
}

/* --- The text -------------------------------------------------------------------------------- */

static void blank(char *text, ls_span span) {
    for (uint32_t i = span.begin; i < span.end; i++)
        if (text[i] != '\n' && text[i] != '\r')
            text[i] = ' ';
}

const char *ls_down_text(ls_arena *arena, const ls_migration *migration) {
    const ls_source *source = migration->source;
    char *text = ls_arena_copy(arena, source->text, source->length);
    uint32_t end = 0;
    for (LS_EACH(const ls_span, down, migration->down)) {
        blank(text, ls_span_of(end, down->begin));
        end = down->end;
    }
    blank(text, ls_span_of(end, source->length));
    return text;
}

const char *ls_up_text(const ls_parts *parts) {
    const ls_source *source = parts->source;
    if (parts->migration->down.count + parts->left_out.count + parts->ends.count == 0)
        return source->text;
    char *text = ls_arena_copy(parts->arena, source->text, source->length);
    for (LS_EACH(const ls_span, down, parts->migration->down))
        blank(text, *down);
    for (LS_EACH(const ls_span, other, parts->left_out))
        blank(text, *other);
    for (LS_EACH(const ls_span, end, parts->ends)) {
        bool is_run = text[end->begin] == source->text[end->begin];
        blank(text, *end);
        if (is_run)
            text[end->begin] = ';';
    }
    return text;
}
