#include "rules/loading.h"

bool ls_check_example_files(const ls_yaml *yaml, const ls_yaml_node *example) {
    const ls_yaml_node *files = ls_yaml_get(example, "files");
    if (files == NULL)
        return true;
    bool fine = files->kind == LS_YAML_MAPPING;
    for (uint32_t i = 0; fine && i < files->entries.count; i++)
        fine = files->entries.items[i].value->kind == LS_YAML_SCALAR;
    if (!fine)
        ls_yaml_wrong(yaml, files, "files is a mapping from the paths of a plan to their SQL");
    return fine;
}

void ls_take_example_files(ls_arena *arena, const ls_yaml_node *example, ls_rule_example *taken) {
    const ls_yaml_node *files = ls_yaml_get(example, "files");
    if (files == NULL)
        return;
    ls_example_file *items = LS_NEW_ARRAY(arena, ls_example_file, files->entries.count + 1);
    for (uint32_t i = 0; i < files->entries.count; i++)
        items[i] = (ls_example_file){.path = files->entries.items[i].key->text,
                                     .text = files->entries.items[i].value->text};
    taken->is_plan = true;
    taken->files = items;
    taken->file_count = files->entries.count;
}
