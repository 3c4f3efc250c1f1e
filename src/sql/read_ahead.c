/*
 * read_ahead.c - the parts of a text, and who reads which.
 *
 * The parts that nobody has begun are always a run of neighbours: the reader takes the first of
 * them, a helper the last. That run is all that is shared, under one lock; a part belongs to
 * whoever took it until it is said to be done. Each helper has an arena of its own, which the
 * reader's arena adopts at the end, and blanks and terminates statements in its own parts of a
 * second copy of the text.
 */
#include "sql/read_ahead.h"

#include "sql/cutter.h"
#include "sql/lexer.h"
#include "sql/lower/lower.h"
#include "sql/start.h"
#include "support/processors.h"

#include <pthread.h>
#include <string.h>

enum { WORTH_HELP = 1 << 20, PART = 128 << 10 /* bytes */, MOST_HELPERS = 3 };

typedef struct {
    uint32_t begin, end; /* between two statements, if the guess is right */
    bool done;
    ls_read_part read;
} part;

typedef struct {
    ls_read_ahead *ahead;
    ls_arena *arena;
    pthread_t thread;
} helper;

struct ls_read_ahead {
    ls_arena *arena;
    const ls_source *source;
    char *blanked;
    LS_VECTOR(part) parts;
    uint32_t next; /* the part that the reader comes to next */
    helper helpers[MOST_HELPERS];
    uint32_t helper_count;

    pthread_mutex_t lock;
    pthread_cond_t part_done;
    uint32_t first, last; /* the parts that nobody has begun: from first to before last */
};

/* --- A helper -------------------------------------------------------------------------------- */

static bool is_plain(const ls_cutter *cutter) {
    const ls_piece *piece = &cutter->out->pieces.items[0];
    return cutter->out->pieces.count == 1 && piece->kind == LS_PIECE_STATEMENT &&
           piece->terminated && piece->problem == NULL && !cutter->data_follows;
}

/* Reads statements as long as they are plain; false where one is not. */
static bool read_statements(ls_cutter *cutter, ls_read_part *read) {
    while (ls_cutter_next(cutter)) {
        ls_parse_error error;
        ls_statement *statement = NULL;
        if (is_plain(cutter))
            statement = ls_lower(cutter->arena, cutter->out->blanked,
                                 cutter->out->pieces.items[0].at, &error);
        if (statement == NULL)
            return false;
        LS_PUSH(cutter->arena, &read->statements, statement);
        read->end = cutter->at;
        cutter->out->pieces.count = 0;
    }
    return true;
}

/* A comment that reaches the end of the part may go on behind it. */
static bool ends_in_comment(const ls_split *split, uint32_t end) {
    return split->comments.count > 0 && split->comments.items[split->comments.count - 1].end == end;
}

static void read_part(helper *own, part *taken) {
    const ls_read_ahead *ahead = own->ahead;
    ls_split split = {.blanked = ahead->blanked};
    ls_cutter cutter;
    memcpy(ahead->blanked + taken->begin, ahead->source->text + taken->begin,
           taken->end - taken->begin);
    ls_cutter_start_part(&cutter, own->arena, ahead->source, ls_span_of(taken->begin, taken->end),
                         &split);
    taken->read.end = taken->begin;
    if (read_statements(&cutter, &taken->read) && !ends_in_comment(&split, taken->end))
        taken->read.end = taken->end;
    for (LS_EACH(const ls_span, comment, split.comments))
        if (comment->begin < taken->read.end)
            LS_PUSH(own->arena, &taken->read.comments, *comment);
}

/* The last part that nobody has begun; NULL: none is left. */
static part *take_last(ls_read_ahead *ahead) {
    pthread_mutex_lock(&ahead->lock);
    part *taken = ahead->first < ahead->last ? &ahead->parts.items[--ahead->last] : NULL;
    pthread_mutex_unlock(&ahead->lock);
    return taken;
}

static void *help(void *argument) {
    helper *own = argument;
    ls_read_ahead *ahead = own->ahead;
    for (part *taken; (taken = take_last(ahead)) != NULL;) {
        read_part(own, taken);
        pthread_mutex_lock(&ahead->lock);
        taken->done = true;
        pthread_cond_signal(&ahead->part_done);
        pthread_mutex_unlock(&ahead->lock);
    }
    return NULL;
}

/* --- Parts ----------------------------------------------------------------------------------- */

/* Whether a line starts that may well be the first of a statement, or of the comment before one. */
static bool starts_line_of_statement(const char *text, uint32_t at, uint32_t end) {
    if (at == 0 || text[at - 1] != '\n')
        return false;
    return (text[at] == '-' && text[at + 1] == '-') || ls_starts_statement(text, at, end);
}

/* A place that seems to be between two statements: behind a semicolon that ends its line, before a
 * line that starts one; the end of the text if there is none. */
static uint32_t find_boundary(const ls_source *source, uint32_t at) {
    const char *text = source->text;
    while (at < source->length) {
        const char *semicolon = memchr(text + at, ';', source->length - at);
        if (semicolon == NULL)
            break;
        uint32_t next = at = (uint32_t)(semicolon - text) + 1;
        while (next < source->length && ls_is_space(text[next]))
            next++;
        if (starts_line_of_statement(text, next, source->length))
            return at;
    }
    return source->length;
}

static void find_parts(ls_read_ahead *ahead) {
    for (uint32_t begin = 0, end; begin < ahead->source->length; begin = end) {
        end = ahead->source->length;
        if (end - begin > PART)
            end = find_boundary(ahead->source, begin + PART);
        LS_PUSH(ahead->arena, &ahead->parts, ((part){.begin = begin, .end = end}));
    }
    ahead->last = ahead->parts.count;
}

/* --- The reader ------------------------------------------------------------------------------ */

static void start_helpers(ls_read_ahead *ahead, uint32_t most) {
    while (ahead->helper_count < most) {
        helper *next = &ahead->helpers[ahead->helper_count];
        *next = (helper){.ahead = ahead, .arena = ls_arena_new()};
        if (pthread_create(&next->thread, NULL, help, next) != 0) {
            ls_arena_free(next->arena);
            return;
        }
        ahead->helper_count++;
    }
}

ls_read_ahead *ls_read_ahead_start(ls_arena *arena, const ls_source *source) {
    if (source->length < WORTH_HELP)
        return NULL;
    const uint32_t most = (uint32_t)ls_helpers(MOST_HELPERS);
    if (most == 0)
        return NULL;
    ls_read_ahead *ahead = LS_NEW(arena, ls_read_ahead);
    ahead->arena = arena;
    ahead->source = source;
    find_parts(ahead);
    if (ahead->parts.count == 1)
        return NULL;
    ahead->blanked = ls_arena_alloc(arena, (size_t)source->length + 1);
    ahead->first = 1; /* the reader begins with the one before */
    ahead->next = 1;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->part_done, NULL);
    start_helpers(ahead, most);
    return ahead;
}

/* The parts before this one are the reader's, if nobody has begun them. */
static void take_before(ls_read_ahead *ahead, uint32_t number) {
    if (ahead->first < number)
        ahead->first = number;
}

/* Whether a helper has read the part; if nobody has begun it, it is the reader's from now on. */
static bool is_read(ls_read_ahead *ahead, uint32_t number) {
    pthread_mutex_lock(&ahead->lock);
    const bool is_taken = number >= ahead->last;
    take_before(ahead, number + 1);
    while (is_taken && !ahead->parts.items[number].done)
        pthread_cond_wait(&ahead->part_done, &ahead->lock);
    pthread_mutex_unlock(&ahead->lock);
    return is_taken;
}

const ls_read_part *ls_read_ahead_from(ls_read_ahead *ahead, uint32_t at) {
    if (ahead == NULL)
        return NULL;
    while (ahead->next < ahead->parts.count && ahead->parts.items[ahead->next].begin < at)
        ahead->next++;
    const uint32_t number = ahead->next;
    if (number == ahead->parts.count || ahead->parts.items[number].begin != at)
        return NULL;
    return is_read(ahead, number) ? &ahead->parts.items[number].read : NULL;
}

void ls_read_ahead_finish(ls_read_ahead *ahead) {
    if (ahead == NULL)
        return;
    pthread_mutex_lock(&ahead->lock);
    take_before(ahead, ahead->parts.count);
    pthread_mutex_unlock(&ahead->lock);
    for (uint32_t i = 0; i < ahead->helper_count; i++) {
        pthread_join(ahead->helpers[i].thread, NULL);
        ls_arena_adopt(ahead->arena, ahead->helpers[i].arena);
    }
    pthread_cond_destroy(&ahead->part_done);
    pthread_mutex_destroy(&ahead->lock);
    ls_arena_give_back(ahead->arena, ahead->blanked, (size_t)ahead->source->length + 1);
}
