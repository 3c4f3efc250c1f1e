/*
 * escape_commands.c - one table of what each service has a code for.
 *
 * GitHub: actions/toolkit, packages/core/src/command.ts. Azure: azure-pipelines-task-lib,
 * taskcommand.ts. The sign that starts a code has one itself.
 */
#include "report/escape_commands.h"

#include "report/escape.h"

#include <string.h>

typedef struct {
    char byte;
    const char *code;
    bool in_properties; /* and only there */
} command_code;

static const command_code GITHUB[] = {
    {'%', "%25", false}, {'\r', "%0D", false}, {'\n', "%0A", false},
    {':', "%3A", true},  {',', "%2C", true},   {0},
};

static const command_code AZURE[] = {
    {'%', "%AZP25", false}, {'\r', "%0D", false}, {'\n', "%0A", false},
    {']', "%5D", true},     {';', "%3B", true},   {0},
};

static const char *code_of(const command_code *codes, char byte, bool in_property) {
    for (; codes->code != NULL; codes++)
        if (codes->byte == byte && (in_property || !codes->in_properties))
            return codes->code;
    return NULL;
}

static void add_coded(ls_buffer *out, ls_command_service service, const ls_buffer *shown,
                      bool in_property) {
    const command_code *codes = service == LS_COMMAND_GITHUB ? GITHUB : AZURE;
    for (size_t i = 0; i < shown->length; i++) {
        const char *code = code_of(codes, shown->text[i], in_property);
        if (code == NULL)
            ls_buffer_add(out, shown->text + i, 1);
        else
            ls_buffer_string(out, code);
    }
}

void ls_escape_property(ls_buffer *out, ls_command_service service, const char *text) {
    ls_buffer shown = {0};
    ls_escape_string(&shown, text);
    add_coded(out, service, &shown, true);
    ls_buffer_free(&shown);
}

void ls_escape_message(ls_buffer *out, ls_command_service service, const char *text) {
    ls_buffer shown = {0};
    ls_escape_lines(&shown, text);
    add_coded(out, service, &shown, false);
    ls_buffer_free(&shown);
}
