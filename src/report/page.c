#include "report/page.h"

#include "report/escape.h"

#include <string.h>

/* Colours keep a contrast of 4.5 to 1 with what they stand on, light and dark. */
static const char HEAD[] =
    "<!doctype html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<title>";

static const char STYLE[] =
    "</title>\n"
    "<style>\n"
    ":root { --text: #1f2328; --faint: #59636e; --line: #d1d9e0; --paper: #fff; --live: #0969da;\n"
    "  --back: #54aeff; --gate: #9a6700; --stop: #cf222e; --code: #f6f8fa; --bad: #ffebe9;\n"
    "  --some: #fff8c5; --good: #dafbe1; --hard: #cf222e; --soft: #9a6700; --weak: #59636e; }\n"
    "@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --faint: #9198a1;\n"
    "  --line: #3d444d; --paper: #0d1117; --live: #1f6feb; --back: #79c0ff; --gate: #d29922;\n"
    "  --stop: #f85149; --code: #151b23; --bad: #5c1a1b; --some: #4b3a09; --good: #12361f;\n"
    "  --hard: #b62324; --soft: #845306; --weak: #3d444d; } }\n"
    "body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; font: 16px/1.5 sans-serif;\n"
    "  color: var(--text); background: var(--paper); overflow-wrap: anywhere; }\n"
    "a { color: inherit; }\n"
    "h1, h2, h3 { line-height: 1.25; }\n"
    "h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }\n"
    "pre, code { font-family: monospace; font-size: .875em; background: var(--code); }\n"
    "pre { padding: .6rem .8rem; overflow-x: auto; overflow-wrap: normal; }\n"
    "table { border-collapse: collapse; border-color: var(--line); width: 100%; }\n"
    "caption { text-align: left; color: var(--faint); padding-bottom: .3rem; }\n"
    "th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left;\n"
    "  vertical-align: top; overflow-wrap: break-word; }\n"
    "td ul, td ol { margin: 0; padding-left: 1.1rem; }\n"
    "td.bad { background: var(--bad); } td.good { background: var(--good); }\n"
    ".wide { overflow-x: auto; margin: 1rem 0; } .wide table { min-width: 60rem; }\n"
    ".error { border-left: 4px solid var(--stop); } .warning { border-left: 4px solid var(--gate); "
    "}\n"
    ".info { border-left: 4px solid var(--live); }\n"
    "article { padding-left: 1rem; margin: 1.5rem 0; } details { margin: .5rem 0; }\n"
    "p { max-width: 60rem; } td.rules { min-width: 14rem; }\n"
    ".lead { padding: .3rem 1rem; } .stop { color: var(--stop); }\n"
    "svg .paper { fill: var(--paper); } svg text { fill: var(--text); }\n"
    "svg .faint { fill: var(--faint); } svg .line { stroke: var(--line); }\n"
    "svg .live { fill: var(--live); stroke: var(--live); } svg .on-live { fill: #fff; }\n"
    "svg .back { stroke: var(--back); } svg .change { stroke: var(--faint); }\n"
    "svg .deploy { stroke: var(--live); } svg .gate { stroke: var(--gate); }\n"
    "svg .stop { stroke: var(--stop); } svg text.stop { fill: var(--stop); stroke: none; }\n"
    "svg .hard { fill: var(--hard); } svg .soft { fill: var(--soft); } svg .weak { fill: "
    "var(--weak); }\n"
    "</style>\n"
    "</head>\n"
    "<body>\n"
    "<main>\n";

void ls_begin_page(ls_buffer *out, const char *title) {
    ls_buffer_string(out, HEAD);
    ls_buffer_string(out, title);
    ls_buffer_string(out, STYLE);
}

void ls_end_page(ls_buffer *out) {
    ls_buffer_string(out, "</main>\n</body>\n</html>\n");
}

void ls_begin_wide(ls_buffer *out, const char *what) {
    ls_buffer_format(out, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n",
                     what);
}

void ls_end_wide(ls_buffer *out) {
    ls_buffer_string(out, "</div>\n");
}

/* In a log a line that starts with a command is one, whatever file it is part of: there a colon is
 * written as what a page takes for a colon. */
static void write_line(ls_buffer *out, ls_arena *arena, const char *line, size_t length) {
    const bool is_command = ls_starts_with_command(line, length);
    const size_t before = is_command ? strcspn(line, ":") : 0;
    ls_escape_markup(out, ls_arena_copy(arena, line, before));
    if (is_command)
        ls_buffer_string(out, "&#58;");
    ls_escape_markup(
        out, ls_arena_copy(arena, line + before + is_command, length - before - is_command));
}

void ls_write_preformatted(ls_buffer *out, const char *text) {
    ls_arena *arena = ls_arena_new();
    ls_buffer_string(out, "<pre tabindex=\"0\">");
    for (const char *line = text; *line != 0;) {
        const size_t length = strcspn(line, "\n");
        write_line(out, arena, line, length);
        line += length;
        if (*line == '\n') {
            ls_buffer_string(out, "\n");
            line++;
        }
    }
    ls_buffer_string(out, "</pre>\n");
    ls_arena_free(arena);
}
