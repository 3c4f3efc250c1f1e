#include "sql/body.h"

#include "sql/split.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST = 64 };

typedef enum { FRAME_BLOCK, FRAME_BRANCH, FRAME_LOOP } frame_kind;

typedef struct {
    frame_kind kind;
    bool handler;      /* a block that has reached its EXCEPTION part */
    size_t first_item; /* the items of a loop that turns out to commit are those from here on */
    bool commits;
} frame;

typedef struct {
    ls_arena *arena;
    ls_body *body;
    char *text;
    uint32_t at, end;
    frame frames[DEEPEST];
    size_t depth;
    bool declaring;
} reader;

typedef struct {
    uint32_t begin, end;
} word;

static bool is_word_byte(char byte) {
    return isalnum((unsigned char)byte) || byte == '_' || byte == '$' || (byte & 0x80) != 0;
}

static void skip_blanks(reader *r) {
    while (r->at < r->end && isspace((unsigned char)r->text[r->at]))
        r->at++;
}

static word word_at(const reader *r, uint32_t at) {
    word found = {at, at};
    while (found.end < r->end && is_word_byte(r->text[found.end]))
        found.end++;
    return found;
}

static bool is(const reader *r, word w, const char *expected) {
    size_t length = strlen(expected);
    return w.end - w.begin == length && strncasecmp(r->text + w.begin, expected, length) == 0;
}

static bool is_one_of(const reader *r, word w, const char *const *expected, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (is(r, w, expected[i]))
            return true;
    return false;
}

/* The start of the next `expected` word from `from` on, outside brackets and CASE; the end if there
 * is none before a semicolon. */
static uint32_t find_word(const reader *r, uint32_t from, const char *expected) {
    int brackets = 0, cases = 0;
    for (uint32_t at = from; at < r->end;) {
        char byte = r->text[at];
        brackets += (byte == '(') - (byte == ')');
        if (byte == ';' && brackets <= 0)
            return at;
        if (is_word_byte(byte) && (at == from || !is_word_byte(r->text[at - 1]))) {
            word w = word_at(r, at);
            if (brackets <= 0 && cases == 0 && is(r, w, expected))
                return at;
            cases += is(r, w, "case");
            cases -= cases > 0 && is(r, w, "end");
        }
        uint32_t next = ls_split_skip(r->text, at, r->end);
        at = next > at ? next : at + 1;
    }
    return r->end;
}

static uint32_t statement_end(const reader *r, uint32_t from) {
    return find_word(r, from, ";");
}

static void push(reader *r, frame_kind kind) {
    if (r->depth < DEEPEST)
        r->frames[r->depth] = (frame){.kind = kind, .first_item = r->body->items.count};
    r->depth++;
    r->body->has_loop |= kind == FRAME_LOOP;
}

static void pop(reader *r) {
    if (r->depth == 0)
        return;
    r->depth--;
    if (r->depth >= DEEPEST)
        return;
    const frame *closed = &r->frames[r->depth];
    for (size_t i = closed->first_item; i < r->body->items.count; i++) {
        ls_body_item *item = &r->body->items.items[i];
        item->loop_commits |= closed->kind == FRAME_LOOP && closed->commits;
        item->guarded |= closed->handler;
    }
}

static size_t open_frames(const reader *r) {
    return r->depth < DEEPEST ? r->depth : DEEPEST;
}

static void add_item(reader *r, ls_body_item_kind kind, uint32_t begin, uint32_t end) {
    while (begin < end && isspace((unsigned char)r->text[begin]))
        begin++;
    while (end > begin && isspace((unsigned char)r->text[end - 1]))
        end--;
    if (begin >= end)
        return;
    ls_body_item item = {.kind = kind, .at = ls_span_of(begin, end)};
    for (size_t i = 0; i < open_frames(r); i++) {
        item.in_loop |= r->frames[i].kind == FRAME_LOOP;
        item.conditional |= r->frames[i].kind == FRAME_BRANCH || r->frames[i].handler;
    }
    LS_PUSH(r->arena, &r->body->items, item);
}

static void note_commit(reader *r) {
    r->body->has_commit = true;
    for (size_t i = 0; i < open_frames(r); i++)
        r->frames[i].commits = true;
}

static void blank(reader *r, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++)
        if (r->text[i] != '\n')
            r->text[i] = ' ';
}

/* SELECT ... INTO [STRICT] a, b.c ... and RETURNING ... INTO v: the variables are PL/pgSQL's. */
static void blank_into(reader *r, uint32_t begin, uint32_t end) {
    reader part = *r;
    part.end = end;
    word first = word_at(r, begin);
    bool insert = is(r, first, "insert") || is(r, first, "merge");
    uint32_t into = find_word(&part, first.end, "into");
    if (insert && into < end)
        into = find_word(&part, into + 4, "into");
    if (into >= end)
        return;
    part.at = into + 4;
    skip_blanks(&part);
    if (is(&part, word_at(&part, part.at), "strict"))
        part.at += 6;
    do {
        if (part.at < end && part.text[part.at] == ',')
            part.at++;
        skip_blanks(&part);
        while (part.at < end && (is_word_byte(part.text[part.at]) || part.text[part.at] == '.' ||
                                 part.text[part.at] == '"'))
            part.at++;
        skip_blanks(&part);
    } while (part.at < end && part.text[part.at] == ',');
    blank(r, into, part.at);
}

static void add_sql(reader *r, uint32_t begin, uint32_t end) {
    word first = word_at(r, begin);
    if (is(r, first, "select") || is(r, first, "with") || is(r, first, "insert") ||
        is(r, first, "update") || is(r, first, "delete") || is(r, first, "merge"))
        blank_into(r, begin, end);
    add_item(r, LS_BODY_SQL, begin, end);
}

/* FOR x IN query LOOP and its kin: the query is a statement of its own. */
static void read_loop_head(reader *r, word keyword) {
    uint32_t loop = find_word(r, keyword.end, "loop");
    uint32_t in = find_word(r, keyword.end, "in");
    if (in < loop) {
        r->at = in + 2;
        skip_blanks(r);
        word first = word_at(r, r->at);
        static const char *const queries[] = {"select", "with",   "insert", "update",
                                              "delete", "values", "table"};
        if (is(r, first, "execute"))
            add_item(r, LS_BODY_EXECUTE, first.end, loop);
        else if (is_one_of(r, first, queries, sizeof queries / sizeof *queries))
            add_item(r, LS_BODY_SQL, first.begin, loop);
    }
    push(r, FRAME_LOOP);
    r->at = loop + (is(r, word_at(r, loop), "loop") ? 4 : 0);
}

static void read_branch(reader *r, word keyword, const char *closing, bool opens) {
    if (opens)
        push(r, FRAME_BRANCH);
    uint32_t found = find_word(r, keyword.end, closing);
    r->at = found + (is(r, word_at(r, found), closing) ? (uint32_t)strlen(closing) : 0);
}

static bool is_assignment(const reader *r, word variable) {
    reader look = *r;
    look.at = variable.end;
    skip_blanks(&look);
    return look.at < look.end && (look.text[look.at] == '=' || look.text[look.at] == '[' ||
                                  (look.text[look.at] == ':' && look.text[look.at + 1] == '='));
}

static void read_plain_statement(reader *r, word keyword) {
    static const char *const verbs[] = {
        "select", "insert",   "update",   "delete",  "with",     "merge", "values",  "alter",
        "create", "drop",     "truncate", "lock",    "set",      "reset", "comment", "grant",
        "revoke", "analyze",  "vacuum",   "reindex", "refresh",  "call",  "copy",    "cluster",
        "do",     "security", "import",   "notify",  "reassign", "table",
    };
    uint32_t end = statement_end(r, keyword.begin);
    if (is(r, keyword, "perform") && !is_assignment(r, keyword)) {
        memcpy(r->text + keyword.begin, "SELECT ", 7);
        add_item(r, LS_BODY_SQL, keyword.begin, end);
    } else if (is(r, keyword, "execute") && !is_assignment(r, keyword)) {
        add_item(r, LS_BODY_EXECUTE, keyword.end, end);
    } else if (is(r, keyword, "commit") || is(r, keyword, "rollback")) {
        add_item(r, LS_BODY_COMMIT, keyword.begin, end);
        note_commit(r);
    } else if (is_one_of(r, keyword, verbs, sizeof verbs / sizeof *verbs) &&
               !is_assignment(r, keyword)) {
        add_sql(r, keyword.begin, end);
    }
    r->at = end;
}

static void read_statement(reader *r, word keyword) {
    if (is(r, keyword, "declare")) {
        r->declaring = true;
        r->at = keyword.end;
    } else if (is(r, keyword, "begin")) {
        r->declaring = false;
        push(r, FRAME_BLOCK);
        r->at = keyword.end;
    } else if (r->declaring) {
        r->at = statement_end(r, keyword.begin);
    } else if (is(r, keyword, "if")) {
        read_branch(r, keyword, "then", true);
    } else if (is(r, keyword, "elsif") || is(r, keyword, "elseif") || is(r, keyword, "when")) {
        read_branch(r, keyword, "then", false);
    } else if (is(r, keyword, "case")) {
        push(r, FRAME_BRANCH);
        r->at = find_word(r, keyword.end, "when");
    } else if (is(r, keyword, "else") || is(r, keyword, "then")) {
        r->at = keyword.end;
    } else if (is(r, keyword, "exception")) {
        if (r->depth > 0 && r->depth <= DEEPEST)
            r->frames[r->depth - 1].handler = true;
        r->at = keyword.end;
    } else if (is(r, keyword, "loop")) {
        push(r, FRAME_LOOP);
        r->at = keyword.end;
    } else if (is(r, keyword, "while")) {
        push(r, FRAME_LOOP);
        read_branch(r, keyword, "loop", false);
    } else if (is(r, keyword, "for") || is(r, keyword, "foreach")) {
        read_loop_head(r, keyword);
    } else if (is(r, keyword, "end")) {
        pop(r);
        r->at = statement_end(r, keyword.begin);
    } else {
        read_plain_statement(r, keyword);
    }
}

/* The byte that starts a statement is no word: a label, a semicolon, or something to pass over. */
static void skip_other(reader *r) {
    if (r->text[r->at] == '<' && r->text[r->at + 1] == '<') {
        const char *close = strstr(r->text + r->at, ">>");
        r->at = close == NULL ? r->end : (uint32_t)(close - r->text) + 2;
    } else if (r->text[r->at] == ';') {
        r->at++;
    } else {
        r->at = statement_end(r, r->at);
    }
}

void ls_body_read(ls_arena *arena, const char *body, ls_body *result) {
    ls_source source = {.name = "", .text = body, .length = (uint32_t)strlen(body)};
    ls_split split = {0};
    ls_split_source(arena, &source, &split);
    *result = (ls_body){.text = split.blanked};
    reader r = {.arena = arena, .body = result, .text = split.blanked, .end = source.length};
    while (skip_blanks(&r), r.at < r.end) {
        word keyword = word_at(&r, r.at);
        if (keyword.end > keyword.begin)
            read_statement(&r, keyword);
        else
            skip_other(&r);
    }
    while (r.depth > 0)
        pop(&r);
}
