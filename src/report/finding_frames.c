#include "report/finding_frames.h"

#include "report/escape.h"
#include "report/frame.h"

enum { RELATED_SHOWN = 6 };

typedef LS_VECTOR(ls_frame) frame_list;

static void add_mark(ls_arena *scratch, frame_list *frames, const ls_source *source, ls_mark mark) {
    for (LS_EACH(ls_frame, frame, *frames))
        if (frame->source == source) {
            LS_PUSH(scratch, &frame->marks, mark);
            return;
        }
    ls_frame fresh = {.source = source};
    LS_PUSH(scratch, &fresh.marks, mark);
    LS_PUSH(scratch, frames, fresh);
}

static frame_list frames_of(ls_arena *scratch, const ls_finding *finding) {
    frame_list frames = {0};
    add_mark(scratch, &frames, finding->source, (ls_mark){finding->at, finding->label, true});
    for (size_t i = 0; i < finding->labels.count && i < RELATED_SHOWN; i++) {
        const ls_label *label = &finding->labels.items[i];
        add_mark(scratch, &frames, label->source, (ls_mark){label->at, label->message, false});
    }
    return frames;
}

static unsigned digits_of(const frame_list *frames) {
    unsigned most = 1;
    for (LS_EACH(const ls_frame, frame, *frames)) {
        unsigned digits = ls_frame_digits(frame);
        most = digits > most ? digits : most;
    }
    return most;
}

static void write_place(ls_buffer *out, const ls_source *source, ls_span at) {
    ls_position position = ls_source_position(source, at.begin);
    ls_escape_string(out, source->name);
    ls_buffer_string(out, ":");
    ls_buffer_number(out, position.line, 0);
    ls_buffer_string(out, ":");
    ls_buffer_number(out, position.column, 0);
}

unsigned ls_write_finding_frames(ls_buffer *out, const ls_text_style *style, ls_arena *scratch,
                                 const ls_finding *finding) {
    const frame_list frames = frames_of(scratch, finding);
    const unsigned digits = digits_of(&frames);
    for (LS_EACH(const ls_frame, frame, frames)) {
        ls_buffer_fill(out, ' ', digits + 1);
        ls_paint_string(out, style, LS_PAINT_GUTTER, "--> ");
        write_place(out, frame->source, frame->marks.items[0].at);
        ls_buffer_string(out, "\n");
        ls_frame_draw(out, style, scratch, frame, digits, ls_severity_paint(finding->severity));
    }
    ls_gutter(out, style, digits, '|');
    ls_buffer_string(out, "\n");
    return digits;
}

size_t ls_count_places_left_out(const ls_finding *finding) {
    return finding->labels.count <= RELATED_SHOWN ? 0 : finding->labels.count - RELATED_SHOWN;
}
