/*
 * sqitch.c - migrations that a plan lists: sqitch.plan, with deploy/, revert/ and verify/ beside
 * it.
 *
 * A line of the plan is a %pragma, a @tag, or a change: its name first, with + or nothing before
 * it. A change that is named twice was reworked: the script of the earlier instance is then called
 * after one of the tags between the two, the latest whose file there is (Sqitch, Plan.pm).
 */
#include "input/framework.h"
#include "support/path.h"

#include <string.h>

typedef struct {
    const char *name; /* of the change; of a tag with its @ */
} plan_line;

typedef LS_VECTOR(plan_line) plan_lines;

static bool is_there(const ls_files *from, ls_arena *arena, const char *path) {
    ls_file_status status;
    return from->look_at(from, arena, path, &status) == 0;
}

bool ls_sqitch_takes(const char *name) {
    return strncmp(name, "deploy/", 7) == 0;
}

const char *ls_sqitch_top(const ls_files *from, ls_arena *arena, const char *directory) {
    static const char *const kinds[] = {"deploy", "revert", "verify"};
    for (;;) {
        const char *last = ls_path_last(directory), *top = ls_path_directory(arena, directory);
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (strcmp(last, kinds[i]) == 0 &&
                is_there(from, arena, ls_path_join(arena, top, "sqitch.plan")))
                return top;
        if (strcmp(top, directory) == 0 || strcmp(top, ".") == 0 || strcmp(top, "/") == 0)
            return NULL;
        directory = top;
    }
}

const char *ls_sqitch_down_of(ls_arena *arena, const char *path) {
    const char *deploy = strstr(path, "deploy/");
    for (const char *next = deploy; next != NULL; next = strstr(next + 1, "/deploy/"))
        deploy = next[0] == '/' ? next + 1 : next;
    if (deploy == NULL)
        return NULL;
    return ls_arena_format(arena, "%.*srevert/%s", (int)(deploy - path), path,
                           deploy + strlen("deploy/"));
}

/* --- The plan -------------------------------------------------------------------------------- */

static void read_line(ls_arena *arena, plan_lines *lines, const char *line, size_t length) {
    size_t begin = 0;
    while (begin < length && strchr(" \t+", line[begin]) != NULL)
        begin++;
    size_t end = begin;
    while (end < length && strchr(" \t\r", line[end]) == NULL)
        end++;
    if (end == begin || strchr("%#-", line[begin]) != NULL)
        return;
    LS_PUSH(arena, lines, ((plan_line){ls_arena_copy(arena, line + begin, end - begin)}));
}

static plan_lines read_plan(const ls_directory_view *view) {
    plan_lines lines = {0};
    const char *path = ls_path_join(view->arena, view->path, "sqitch.plan"), *text;
    size_t length;
    if (view->from->read_file(view->from, view->arena, path, &text, &length) != 0)
        return lines;
    for (const char *line = text, *end = text + length; line < end;) {
        size_t width = strcspn(line, "\n");
        read_line(view->arena, &lines, line, width);
        line += width + (line[width] == '\n');
    }
    return lines;
}

/* The line that names the change again; the count of lines if none does. */
static uint32_t next_instance(const plan_lines *lines, const ls_map *last, uint32_t at) {
    const char *name = lines->items[at].name;
    if ((uintptr_t)ls_map_get(last, name) == at + 1)
        return lines->count;
    uint32_t next = at + 1;
    while (next < lines->count && strcmp(lines->items[next].name, name) != 0)
        next++;
    return next;
}

static const char *script_of(const ls_directory_view *view, const plan_lines *lines, uint32_t at,
                             uint32_t next) {
    const char *name = lines->items[at].name;
    for (uint32_t i = next; next < lines->count && i-- > at + 1;) {
        if (lines->items[i].name[0] != '@')
            continue;
        const char *tagged =
            ls_arena_format(view->arena, "deploy/%s%s.sql", name, lines->items[i].name);
        if (is_there(view->from, view->arena, ls_path_join(view->arena, view->path, tagged)))
            return tagged;
    }
    return ls_arena_format(view->arena, "deploy/%s.sql", name);
}

void ls_sqitch_list(const ls_directory_view *view, ls_layout *layout) {
    plan_lines lines = read_plan(view);
    ls_map last = {0}; /* plus one, by name */
    for (uint32_t i = 0; i < lines.count; i++)
        ls_map_set(view->arena, &last, lines.items[i].name, (void *)(uintptr_t)(i + 1));
    layout->listed = true;
    for (uint32_t i = 0; i < lines.count; i++)
        if (lines.items[i].name[0] != '@')
            ls_layout_list(view->arena, layout,
                           script_of(view, &lines, i, next_instance(&lines, &last, i)));
}
