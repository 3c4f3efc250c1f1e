#include "input/checkpoints.h"

static bool comes_after_others(const ls_input *input, uint32_t at) {
    const ls_migration *files = input->files.items;
    return at > 0 && files[at].layout != NULL && files[at - 1].layout == files[at].layout;
}

void ls_leave_out_checkpoints(ls_input *input) {
    const char *first = NULL;
    uint32_t kept = 0, count = 0;
    for (uint32_t i = 0; i < input->files.count; i++) {
        const ls_migration file = input->files.items[i];
        if (file.is_checkpoint && comes_after_others(input, i)) {
            first = count++ == 0 ? file.name : first;
            continue;
        }
        input->files.items[kept++] = file;
    }
    input->files.count = kept;
    if (count == 0)
        return;
    const char *more =
        count == 1 ? "" : ls_arena_format(input->arena, ", as do %u more", count - 1);
    LS_PUSH(
        input->arena, &input->notes,
        ls_arena_format(input->arena,
                        "%s: stands for what comes before it, and runs in new databases only%s: "
                        "left out",
                        first, more));
}
