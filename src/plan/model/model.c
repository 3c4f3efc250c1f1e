#include "plan/model/model.h"

static void add_write(ls_arena *arena, ls_model_version *version, ls_model_write_kind kind,
                      ls_model_index table, const ls_model_index *carriers, size_t count) {
    ls_model_write write = {.kind = kind, .table = table};
    for (size_t i = 0; i < count; i++)
        LS_PUSH(arena, &write.carriers, carriers[i]);
    LS_PUSH(arena, &version->writes, write);
}

void ls_model_writes(ls_arena *arena, ls_model_version *version, ls_model_index table,
                     const ls_model_index *carriers, size_t count) {
    add_write(arena, version, LS_WRITE_INSERT, table, carriers, count);
    if (count > 0)
        add_write(arena, version, LS_WRITE_UPDATE, table, carriers, count);
    add_write(arena, version, LS_WRITE_UPDATE, table, NULL, 0);
    add_write(arena, version, LS_WRITE_DELETE, table, NULL, 0);
}
