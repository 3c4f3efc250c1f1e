#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_at(const json_t *row, const char *key) {
    const char *text = json_string_value(json_object_get(row, key));
    return text == NULL ? "" : text;
}

json_t *ls_table_read(const char *path) {
    json_error_t error;
    json_t *rows = json_load_file(path, 0, &error);
    return json_is_array(rows) ? rows : json_array();
}

void ls_table_write(const char *path, const json_t *rows) {
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    size_t index;
    const json_t *row;
    fputs("[", file);
    json_array_foreach(rows, index, row) {
        fputs(index == 0 ? "\n" : ",\n", file);
        json_dumpf(row, file, JSON_PRESERVE_ORDER);
    }
    fputs("\n]\n", file);
    if (fclose(file) != 0) {
        perror(path);
        exit(2);
    }
}

json_t *ls_table_row(const json_t *rows, const char *playbook, const char *mutant) {
    size_t index;
    json_t *row;
    json_array_foreach(rows, index,
                       row) if (strcmp(text_at(row, "playbook"), playbook) == 0 &&
                                strcmp(text_at(row, "mutant"), mutant) == 0) return row;
    return NULL;
}

json_t *ls_table_words(const ls_words *words) {
    json_t *list = json_array();
    for (size_t i = 0; i < words->count; i++)
        json_array_append_new(list, json_string(words->items[i]));
    return list;
}

bool ls_table_is_broken(const char *said) {
    return *said != '\0' && *said != '(';
}
