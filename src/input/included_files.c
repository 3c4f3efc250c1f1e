#include "input/included_files.h"

#include "input/framework.h"

typedef struct {
    const char *included, *includer; /* the first of them */
    uint32_t count;
} left_out;

/* Which file of the run includes one, by the name of that: a copy, for the files will move. */
static ls_map includers_of(ls_input *input) {
    ls_map includers = {0};
    for (LS_EACH(ls_migration, file, input->files)) {
        if (file->script == NULL || file->script->texts.count < 2)
            continue;
        ls_migration *includer = LS_NEW(input->arena, ls_migration);
        *includer = *file;
        for (uint32_t i = 1; i < file->script->texts.count; i++)
            ls_map_set(input->arena, &includers, file->script->texts.items[i]->source->name,
                       includer);
    }
    return includers;
}

void ls_leave_out_included(ls_input *input) {
    ls_map includers = includers_of(input);
    left_out first = {0};
    uint32_t kept = 0;
    if (includers.count == 0)
        return;
    for (LS_EACH(ls_migration, file, input->files)) {
        const ls_migration *includer = ls_map_get(&includers, file->name);
        bool runs_by_itself = includer == NULL || file->is_stdin ||
                              file->framework != ls_framework_plain ||
                              (file->judged && !includer->judged);
        if (!runs_by_itself && first.count++ == 0)
            first = (left_out){file->name, includer->name, 1};
        if (runs_by_itself)
            input->files.items[kept++] = *file;
    }
    input->files.count = kept;
    if (first.count == 0)
        return;
    const char *more = first.count == 1 ? ""
                                        : ls_arena_format(input->arena, "; so do %u more",
                                                          (unsigned)first.count - 1);
    LS_PUSH(input->arena, &input->notes,
            ls_arena_format(input->arena, "%s: runs where %s includes it, not by itself%s",
                            first.included, first.includer, more));
}
