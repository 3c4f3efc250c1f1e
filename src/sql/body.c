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
    size_t step;       /* the part or the loop that it is */
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

static uint32_t behind_blanks(const reader *r, uint32_t at) {
    reader look = *r;
    look.at = at;
    skip_blanks(&look);
    return look.at;
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

/* --- Steps ----------------------------------------------------------------------------------- */

static const char *copy_of(const reader *r, uint32_t begin, uint32_t end) {
    return ls_arena_copy(r->arena, r->text + begin, end > begin ? end - begin : 0);
}

static void add_step(reader *r, ls_body_step step) {
    LS_PUSH(r->arena, &r->body->steps, step);
}

/* From a byte to the end of a statement; the variables that it names may change. */
static void add_forget(reader *r, uint32_t begin, uint32_t end) {
    if (begin < end)
        add_step(r, (ls_body_step){.kind = LS_BODY_FORGET, .name = copy_of(r, begin, end)});
}

static void end_step(reader *r, const frame *closed) {
    r->body->steps.items[closed->step].end = r->body->steps.count;
}

static void begin_part(reader *r, frame *opened) {
    opened->step = r->body->steps.count;
    add_step(r, (ls_body_step){.kind = LS_BODY_PART});
}

/* --- Frames ---------------------------------------------------------------------------------- */

static frame *push_frame(reader *r, frame_kind kind) {
    frame *pushed = r->depth < DEEPEST ? &r->frames[r->depth] : NULL;
    if (pushed != NULL)
        *pushed = (frame){.kind = kind, .first_item = r->body->items.count};
    r->depth++;
    r->body->has_loop |= kind == FRAME_LOOP;
    return pushed;
}

static void push(reader *r, frame_kind kind) {
    frame *pushed = push_frame(r, kind);
    if (pushed != NULL)
        begin_part(r, pushed);
}

static void push_loop(reader *r, const char *variable, ls_span values) {
    frame *pushed = push_frame(r, FRAME_LOOP);
    if (pushed == NULL)
        return;
    pushed->step = r->body->steps.count;
    add_step(r, (ls_body_step){.kind = LS_BODY_LOOP, .name = variable, .at = values});
}

/* What comes next may run where what came before did not. */
static void begin_other_part(reader *r) {
    if (r->depth == 0 || r->depth > DEEPEST)
        return;
    frame *open = &r->frames[r->depth - 1];
    if (open->kind == FRAME_LOOP)
        return;
    end_step(r, open);
    begin_part(r, open);
}

static void pop(reader *r) {
    if (r->depth == 0)
        return;
    r->depth--;
    if (r->depth >= DEEPEST)
        return;
    const frame *closed = &r->frames[r->depth];
    end_step(r, closed);
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
    add_step(r, (ls_body_step){.kind = LS_BODY_ITEM, .item = r->body->items.count});
    LS_PUSH(r->arena, &r->body->items, item);
}

static void note_leaving(reader *r) {
    for (size_t i = 0; i < open_frames(r); i++)
        r->body->steps.items[r->frames[i].step].leaves = true;
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
    uint32_t name = behind_blanks(r, keyword.end), name_end = in < loop ? in : loop;
    while (name_end > name && isspace((unsigned char)r->text[name_end - 1]))
        name_end--;
    const char *variable = copy_of(r, name, name_end);
    ls_span values = {0};
    if (in < loop) {
        r->at = in + 2;
        skip_blanks(r);
        values = ls_span_of(r->at, loop);
        word first = word_at(r, r->at);
        static const char *const queries[] = {"select", "with",   "insert", "update",
                                              "delete", "values", "table"};
        if (is(r, first, "execute"))
            add_item(r, LS_BODY_EXECUTE, first.end, loop);
        else if (is_one_of(r, first, queries, sizeof queries / sizeof *queries))
            add_item(r, LS_BODY_SQL, first.begin, loop);
    }
    push_loop(r, variable, values);
    r->at = loop + (is(r, word_at(r, loop), "loop") ? 4 : 0);
}

static void read_branch(reader *r, word keyword, const char *closing, bool opens) {
    if (opens)
        push(r, FRAME_BRANCH);
    uint32_t found = find_word(r, keyword.end, closing);
    r->at = found + (is(r, word_at(r, found), closing) ? (uint32_t)strlen(closing) : 0);
}

/* --- Variables ------------------------------------------------------------------------------- */

/* Behind := or =; 0 if neither stands at a place. */
static uint32_t behind_assign(const reader *r, uint32_t at) {
    if (at < r->end && r->text[at] == ':' && r->text[at + 1] == '=')
        return at + 2;
    return at < r->end && r->text[at] == '=' ? at + 1 : 0;
}

static bool is_assignment(const reader *r, word variable) {
    uint32_t at = behind_blanks(r, variable.end);
    return at < r->end && (r->text[at] == '[' || behind_assign(r, at) > 0);
}

/* A part of a variable counts as all of it. */
static void read_assignment(reader *r, word variable, uint32_t end) {
    static const char *const harmless[] = {"raise", "null", "assert"};
    uint32_t value = behind_assign(r, behind_blanks(r, variable.end));
    if (value == 0 && is_one_of(r, variable, harmless, sizeof harmless / sizeof *harmless))
        return;
    if (value == 0 || r->depth > DEEPEST) {
        add_forget(r, variable.begin, end);
        return;
    }
    add_step(r, (ls_body_step){.kind = LS_BODY_ASSIGN,
                               .name = copy_of(r, variable.begin, variable.end),
                               .at = ls_span_of(value, end)});
}

/* name [CONSTANT] type [:= value]; there may be more to the type, which is left in it then. */
static void read_declaration(reader *r, word variable, uint32_t end) {
    word first = word_at(r, behind_blanks(r, variable.end));
    uint32_t type = is(r, first, "constant") ? behind_blanks(r, first.end) : first.begin;
    uint32_t value = find_word(r, type, "default"), type_end = value < end ? value : end;
    value = value < end ? value + (uint32_t)strlen("default") : 0;
    for (uint32_t at = type; at < type_end && value == 0; at++) {
        value = behind_assign(r, at);
        type_end = value > 0 ? at : type_end;
    }
    while (type_end > type && isspace((unsigned char)r->text[type_end - 1]))
        type_end--;
    add_step(r, (ls_body_step){.kind = LS_BODY_DECLARE,
                               .name = copy_of(r, variable.begin, variable.end),
                               .type = copy_of(r, type, type_end),
                               .at = ls_span_of(value, value > 0 ? end : 0)});
}

/* What else may change variables: those behind INTO, and whatever the others name. */
static void read_changes(reader *r, word keyword, uint32_t end) {
    static const char *const others[] = {"call", "get", "fetch"};
    uint32_t into = find_word(r, keyword.end, "into");
    if (is_one_of(r, keyword, others, sizeof others / sizeof *others))
        add_forget(r, keyword.end, end);
    else if (into < end)
        add_forget(r, into, end);
}

/* --- Statements ------------------------------------------------------------------------------ */

static void read_plain_statement(reader *r, word keyword) {
    static const char *const verbs[] = {
        "select", "insert",   "update",   "delete",  "with",     "merge", "values",  "alter",
        "create", "drop",     "truncate", "lock",    "set",      "reset", "comment", "grant",
        "revoke", "analyze",  "vacuum",   "reindex", "refresh",  "call",  "copy",    "cluster",
        "do",     "security", "import",   "notify",  "reassign", "table",
    };
    static const char *const leaving[] = {"exit", "continue", "return"};
    uint32_t end = statement_end(r, keyword.begin);
    read_changes(r, keyword, end);
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
    } else if (is_one_of(r, keyword, leaving, sizeof leaving / sizeof *leaving) &&
               !is_assignment(r, keyword)) {
        note_leaving(r);
    } else {
        read_assignment(r, keyword, end);
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
        read_declaration(r, keyword, r->at);
    } else if (is(r, keyword, "if")) {
        read_branch(r, keyword, "then", true);
    } else if (is(r, keyword, "elsif") || is(r, keyword, "elseif") || is(r, keyword, "when")) {
        begin_other_part(r);
        read_branch(r, keyword, "then", false);
    } else if (is(r, keyword, "case")) {
        push(r, FRAME_BRANCH);
        r->at = find_word(r, keyword.end, "when");
    } else if (is(r, keyword, "else") || is(r, keyword, "then")) {
        begin_other_part(r);
        r->at = keyword.end;
    } else if (is(r, keyword, "exception")) {
        if (r->depth > 0 && r->depth <= DEEPEST)
            r->frames[r->depth - 1].handler = true;
        begin_other_part(r);
        r->at = keyword.end;
    } else if (is(r, keyword, "loop")) {
        push_loop(r, "", ls_span_of(0, 0));
        r->at = keyword.end;
    } else if (is(r, keyword, "while")) {
        push_loop(r, "", ls_span_of(0, 0));
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
