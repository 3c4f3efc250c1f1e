/*
 * process.c - pipes to a child.
 *
 * Descriptors that are meant for the child are kept above the standard ones, so that it does not
 * matter which of those the caller has closed; none is inherited by accident. SIGPIPE, which
 * lockstep ignores, means to the child what it means to everybody.
 */
#include "git/process.h"

#include "support/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, ABOVE_STANDARD = 3, SIGNALLED = 128 };

typedef struct {
    int read_end, write_end;
} channel;

static const channel closed_channel = {.read_end = -1, .write_end = -1};

/* --- Pipes ----------------------------------------------------------------------------------- */

static void close_channel(const channel *pipe) {
    close(pipe->read_end);
    close(pipe->write_end);
}

static int raised(int descriptor) {
    int higher = fcntl(descriptor, F_DUPFD_CLOEXEC, ABOVE_STANDARD);
    int error = errno;
    close(descriptor);
    errno = error;
    return higher;
}

static int open_channel(channel *made) {
    int ends[2];
    if (pipe(ends) != 0)
        return errno;
    made->read_end = raised(ends[0]);
    int error = made->read_end < 0 ? errno : 0;
    made->write_end = raised(ends[1]);
    if (error == 0 && made->write_end < 0)
        error = errno;
    if (error != 0)
        close_channel(made);
    return error;
}

/* --- Starting -------------------------------------------------------------------------------- */

/* What the child has in place of its standard descriptors; -1: /dev/null. */
typedef struct {
    int input, output, complaint;
} standard_descriptors;

static int add_descriptor(posix_spawn_file_actions_t *actions, int descriptor, int as) {
    if (descriptor >= 0)
        return posix_spawn_file_actions_adddup2(actions, descriptor, as);
    return posix_spawn_file_actions_addopen(actions, as, "/dev/null", O_RDWR, 0);
}

static int use_usual_signals(posix_spawnattr_t *attributes) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    int error = posix_spawnattr_setsigdefault(attributes, &signals);
    return error == 0 ? posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF) : error;
}

static int spawn(pid_t *id, standard_descriptors descriptors, const char *const *arguments,
                 const char *const *environment) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    error = add_descriptor(&actions, descriptors.input, STDIN_FILENO);
    error = error != 0 ? error : add_descriptor(&actions, descriptors.output, STDOUT_FILENO);
    error = error != 0 ? error : add_descriptor(&actions, descriptors.complaint, STDERR_FILENO);
    error = error != 0 ? error : use_usual_signals(&attributes);
    if (error == 0)
        error = posix_spawnp(id, arguments[0], &actions, &attributes,
                             (char *const *)(uintptr_t)arguments,
                             (char *const *)(uintptr_t)environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static int status_of(pid_t id) {
    int status = 0;
    while (waitpid(id, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status) : WEXITSTATUS(status);
}

/* --- To the end ------------------------------------------------------------------------------ */

/* Takes what is there; false at the end or if it cannot be read (*error). */
static bool take(int descriptor, ls_buffer *text, char *chunk, int *error) {
    ssize_t got = read(descriptor, chunk, CHUNK);
    if (got > 0)
        ls_buffer_add(text, chunk, (size_t)got);
    if (got < 0 && errno == EINTR)
        return true;
    if (got < 0)
        *error = errno;
    return got > 0;
}

/* Reads both until their ends, whichever has something to say: a child that fills one pipe while
 * the other is waited for would wait for ever. */
static int collect(ls_arena *arena, int output, int complaint, ls_buffer texts[2]) {
    struct pollfd open[2] = {{.fd = output, .events = POLLIN}, {.fd = complaint, .events = POLLIN}};
    char *chunk = ls_arena_alloc(arena, CHUNK);
    int error = 0;
    while (error == 0 && (open[0].fd >= 0 || open[1].fd >= 0)) {
        if (poll(open, 2, -1) < 0) {
            error = errno == EINTR ? 0 : errno;
            continue;
        }
        for (int i = 0; i < 2; i++)
            if (open[i].revents != 0 && !take(open[i].fd, &texts[i], chunk, &error))
                open[i].fd = -1;
    }
    return error;
}

/* White space of any kind and length becomes one blank. */
static const char *on_one_line(ls_arena *arena, const ls_buffer *text) {
    static const char blanks[] = " \t\r\n";
    char *line = ls_arena_alloc(arena, text->length + 1), *end = line;
    const char *at = text->length == 0 ? "" : text->text;
    for (at += strspn(at, blanks); *at != 0; at += strspn(at, blanks)) {
        size_t length = strcspn(at, blanks);
        if (end > line)
            *end++ = ' ';
        memcpy(end, at, length);
        end += length;
        at += length;
    }
    return line;
}

ls_process_running ls_process_begin(const char *const *arguments, const char *const *environment) {
    ls_process_running running = {0};
    channel output = closed_channel, complaint = closed_channel;
    if ((running.error = open_channel(&output)) != 0)
        return running;
    if ((running.error = open_channel(&complaint)) != 0) {
        close_channel(&output);
        return running;
    }
    const standard_descriptors descriptors = {-1, output.write_end, complaint.write_end};
    running.error = spawn(&running.id, descriptors, arguments, environment);
    running.output = output.read_end;
    running.complaint = complaint.read_end;
    close(output.write_end);
    close(complaint.write_end);
    if (running.error != 0) {
        close(running.output);
        close(running.complaint);
    }
    return running;
}

ls_process_result ls_process_finish(ls_arena *arena, const ls_process_running *running) {
    ls_process_result result = {.error = running->error, .output = "", .complaint = ""};
    if (running->error != 0)
        return result;
    ls_buffer texts[2] = {{0}, {0}};
    result.error = collect(arena, running->output, running->complaint, texts);
    close(running->output);
    close(running->complaint);
    result.status = status_of(running->id);
    result.length = texts[0].length;
    result.output = ls_arena_copy(arena, texts[0].length == 0 ? "" : texts[0].text, result.length);
    result.complaint = on_one_line(arena, &texts[1]);
    ls_buffer_free(&texts[0]);
    ls_buffer_free(&texts[1]);
    return result;
}

ls_process_result ls_process_run(ls_arena *arena, const char *const *arguments,
                                 const char *const *environment) {
    const ls_process_running running = ls_process_begin(arguments, environment);
    return ls_process_finish(arena, &running);
}

/* --- In conversation ------------------------------------------------------------------------- */

int ls_process_start(ls_process *process, const char *const *arguments,
                     const char *const *environment) {
    channel questions = closed_channel, answers = closed_channel;
    int error = open_channel(&questions);
    if (error != 0)
        return error;
    if ((error = open_channel(&answers)) != 0) {
        close_channel(&questions);
        return error;
    }
    const standard_descriptors descriptors = {questions.read_end, answers.write_end, -1};
    error = spawn(&process->id, descriptors, arguments, environment);
    close(questions.read_end);
    close(answers.write_end);
    process->questions = questions.write_end;
    process->answers = error == 0 ? fdopen(answers.read_end, "r") : NULL;
    if (process->answers != NULL)
        return 0;
    close(process->questions);
    close(answers.read_end);
    if (error == 0) {
        error = errno;
        status_of(process->id);
    }
    return error;
}

void ls_process_end(ls_process *process) {
    close(process->questions);
    fclose(process->answers);
    status_of(process->id);
}

int ls_process_write(const ls_process *process, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(process->questions, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

int ls_process_read(const ls_process *process, char *bytes, size_t length) {
    errno = 0;
    if (fread(bytes, 1, length, process->answers) == length)
        return 0;
    return errno != 0 ? errno : EPIPE;
}

int ls_process_read_line(const ls_process *process, char *line, size_t size) {
    errno = 0;
    if (fgets(line, (int)size, process->answers) == NULL)
        return errno != 0 ? errno : EPIPE;
    char *end = strchr(line, '\n');
    if (end == NULL)
        return EMSGSIZE;
    *end = 0;
    return 0;
}
