/*
 * traces.c - how each rule that the model decides tells what goes wrong.
 *
 *     traces GOLDEN
 *
 * Of every bad example of a plan the findings that have a trace, of the example's own rule, are
 * printed as people read them; they have to be the golden file word for word. LOCKSTEP_BLESS=1
 * writes it anew.
 */
#include "plan/trial.h"
#include "support/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDEST = 72 };

static size_t width_of(const ls_shown_trace *trace) {
    size_t width = 0;
    for (LS_EACH(const ls_shown_step, step, *trace)) {
        size_t length = strlen(step->text);
        if (length > width && length <= WIDEST)
            width = length;
    }
    return width;
}

static void add_trace(ls_buffer *out, const ls_shown_trace *trace) {
    size_t width = width_of(trace);
    unsigned number = 0;
    for (LS_EACH(const ls_shown_step, step, *trace)) {
        ls_buffer_format(out, "  %2u  ", ++number);
        ls_buffer_string(out, step->text);
        if (*step->state != '\0') {
            size_t length = strlen(step->text);
            ls_buffer_fill(out, ' ', (length < width ? width - length : 0) + 2);
            ls_buffer_string(out, step->state);
        }
        ls_buffer_string(out, "\n");
    }
}

static void add_example(ls_buffer *out, const ls_rule *rule, const ls_rule_example *example) {
    ls_arena *arena = ls_arena_new();
    const char *problem;
    const ls_findings findings = ls_plan_try_example(arena, ls_builtin_rules(), example, &problem);
    for (LS_EACH(const ls_finding, finding, findings)) {
        if (strcmp(finding->rule->id, rule->id) != 0 || finding->trace.count == 0)
            continue;
        ls_buffer_format(out, "%s, %s\nstage %u: %s\n", rule->id, example->name, finding->stage,
                         finding->message);
        add_trace(out, &finding->trace);
        ls_buffer_string(out, "\n");
    }
    ls_arena_free(arena);
}

static void add_all(ls_buffer *out) {
    const ls_rule_list rules = ls_builtin_rules();
    for (size_t i = 0; i < rules.count; i++)
        for (size_t k = 0; k < rules.items[i]->example_count; k++) {
            const ls_rule_example *example = &rules.items[i]->examples[k];
            if (example->is_plan && example->bad)
                add_example(out, rules.items[i], example);
        }
}

static bool write_golden(const char *path, const ls_buffer *text) {
    FILE *file = fopen(path, "w");
    bool written = file != NULL && fwrite(text->text, 1, text->length, file) == text->length;
    return file != NULL && fclose(file) == 0 && written;
}

/* Says on which line the two part. */
static bool is_golden(const char *path, const ls_buffer *text) {
    FILE *file = fopen(path, "r");
    char expected[1024];
    const char *at = text->text;
    unsigned line = 0;
    bool same = file != NULL;
    while (same && fgets(expected, sizeof expected, file) != NULL) {
        size_t length = strlen(expected);
        line++;
        same = strncmp(at, expected, length) == 0;
        if (!same)
            printf("%s:%u: expected\n%snow\n%.*s\n", path, line, expected, (int)strcspn(at, "\n"),
                   at);
        at += same ? length : 0;
    }
    if (same && *at != '\0')
        printf("%s: ends, and there is more:\n%s", path, at);
    if (file != NULL)
        fclose(file);
    return same && *at == '\0';
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: traces GOLDEN\n");
        return 2;
    }
    ls_buffer text = {0};
    add_all(&text);
    const char *bless = getenv("LOCKSTEP_BLESS");
    bool fine = bless != NULL && strcmp(bless, "1") == 0 ? write_golden(arguments[1], &text)
                                                         : is_golden(arguments[1], &text);
    ls_buffer_free(&text);
    return fine ? 0 : 1;
}
