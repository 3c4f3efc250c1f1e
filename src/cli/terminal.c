#include "cli/terminal.h"

#include "report/escape.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80, NARROWEST = 40, WIDEST = 120 };

static bool is_set(const char *variable) {
    const char *value = getenv(variable);
    return value != NULL && value[0] != 0;
}

static bool is_on(const char *variable) {
    const char *value = getenv(variable);
    return value != NULL && value[0] != 0 && strcmp(value, "0") != 0;
}

static bool wants_colour(const ls_command *command) {
    if (command->colour != LS_COLOUR_AUTO)
        return command->colour == LS_COLOUR_ON;
    if (is_set("NO_COLOR"))
        return false;
    if (is_on("CLICOLOR_FORCE") || is_on("FORCE_COLOR"))
        return true;
    const char *terminal = getenv("TERM");
    bool dumb = terminal == NULL || strcmp(terminal, "dumb") == 0;
    return !dumb && isatty(STDOUT_FILENO) == 1;
}

/* Hook runners give a terminal of width 0. */
static unsigned terminal_width(void) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL_WIDTH;
    if (size.ws_col < NARROWEST)
        return NARROWEST;
    return size.ws_col > WIDEST ? WIDEST : size.ws_col;
}

ls_text_style ls_terminal_style(const ls_command *command) {
    return (ls_text_style){
        .colour = wants_colour(command) ? LS_COLOUR_ALWAYS : LS_COLOUR_NEVER,
        .width = terminal_width(),
        .is_terminal = isatty(STDOUT_FILENO) == 1,
        .in_full = command->verbose || command->verb != LS_VERB_CHECK,
    };
}

bool ls_print(const ls_buffer *text) {
    for (size_t written = 0; written < text->length;) {
        ssize_t count = write(STDOUT_FILENO, text->text + written, text->length - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EPIPE)
            return true;
        if (count < 0) {
            ls_complain("cannot write to standard output: %s", strerror(errno));
            return false;
        }
        written += (size_t)count;
    }
    return true;
}

void ls_complain(const char *format, ...) {
    ls_arena *arena = ls_arena_new();
    ls_buffer line = {0};
    va_list arguments;
    va_start(arguments, format);
    ls_buffer_string(&line, "lockstep: ");
    ls_escape_string(&line, ls_arena_vformat(arena, format, arguments));
    ls_buffer_string(&line, "\n");
    va_end(arguments);
    fputs(line.text, stderr);
    ls_buffer_free(&line);
    ls_arena_free(arena);
}
