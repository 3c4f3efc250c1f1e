/*
 * timeouts.c - which timeouts a statement finds, and whether they suit it.
 *
 * Three classes of statements want different ones. What blocks others should give up soon, so that
 * the queue behind it stays short: a lock_timeout of a few seconds. What builds concurrently waits
 * for every older transaction, blocks nobody while it does, and leaves an invalid index if it is
 * ended (measured on 11 to 18): it wants none. What reads a whole table under a weak lock takes as
 * long as the table is large: a statement_timeout for queries ends it half-way.
 */
#include "effects/replay_internal.h"

#include <string.h>

/* Judgement: what lasts this long was meant for long work. */
enum { LONG_ENOUGH_FOR_WORK = 10 * 60 * 1000 };

static const char *timeout_name(const ls_timeout *timeout) {
    if (timeout->origin == LS_TIMEOUT_NOT_SET)
        return "none";
    if (timeout->milliseconds == 0)
        return "zero";
    return timeout->origin == LS_TIMEOUT_BY_RUNNER ? "runner" : "set";
}

/* "5s", "1500ms", "2min". */
static const char *duration_text(ls_builder *builder, int milliseconds) {
    enum { SECOND = 1000, MINUTE = 60 * SECOND };
    if (milliseconds % MINUTE == 0)
        return ls_arena_format(builder->arena, "%dmin", milliseconds / MINUTE);
    if (milliseconds % SECOND == 0)
        return ls_arena_format(builder->arena, "%ds", milliseconds / SECOND);
    return ls_arena_format(builder->arena, "%dms", milliseconds);
}

void ls_describe_timeouts(ls_builder *builder, ls_effect *effect) {
    const ls_settings *settings = &builder->replay->session.current;
    ls_set_text(builder, effect, LS_ATTRIBUTE_TIMEOUT, timeout_name(&settings->lock_timeout));
    ls_set_text(builder, effect, LS_ATTRIBUTE_STATEMENT_TIMEOUT,
                timeout_name(&settings->statement_timeout));
    if (settings->lock_timeout.milliseconds <= 0)
        return;
    ls_set_number(builder, effect, LS_ATTRIBUTE_MILLISECONDS, settings->lock_timeout.milliseconds);
    ls_set_text(builder, effect, LS_ATTRIBUTE_VALUE,
                duration_text(builder, settings->lock_timeout.milliseconds));
    if (settings->lock_timeout.origin == LS_TIMEOUT_BY_FILE)
        ls_add_label(builder, effect, settings->lock_timeout.source, settings->lock_timeout.at,
                     "the lock_timeout is set here");
}

static bool is_short(const ls_timeout *timeout) {
    return timeout->milliseconds > 0 && timeout->milliseconds < LONG_ENOUGH_FOR_WORK;
}

/* Says in `value` what could end the statement: "the lock_timeout of 5s". */
static void describe_limit(ls_builder *builder, ls_effect *effect, const char *name,
                           const ls_timeout *timeout) {
    ls_set_text(builder, effect, LS_ATTRIBUTE_PARAMETER, name);
    ls_set_text(builder, effect, LS_ATTRIBUTE_VALUE,
                ls_arena_format(builder->arena, "%s %s of %s",
                                timeout->origin == LS_TIMEOUT_BY_RUNNER ? "the runner's" : "the",
                                name, duration_text(builder, timeout->milliseconds)));
    if (timeout->origin == LS_TIMEOUT_BY_FILE)
        ls_add_label(builder, effect, timeout->source, timeout->at, "it is set here");
}

static bool builds_index(const ls_effect *effect) {
    return effect->kind == LS_EFFECT_CREATE_INDEX || effect->kind == LS_EFFECT_REINDEX;
}

/* Told of a plain build as well: who makes it a concurrent one has to know. */
static void judge_build(ls_builder *builder, ls_effect *effect) {
    const ls_settings *settings = &builder->replay->session.current;
    const bool locks = is_short(&settings->lock_timeout);
    const ls_timeout *timeout = locks ? &settings->lock_timeout : &settings->statement_timeout;
    const char *name = locks ? "lock_timeout" : "statement_timeout";
    ls_set_flag(builder, effect, LS_ATTRIBUTE_TIMEOUT_IN_FORCE, is_short(timeout));
    if (!is_short(timeout))
        return;
    ls_set_text(builder, effect, LS_ATTRIBUTE_PARAMETER, name);
    if (locks && is_short(&settings->statement_timeout))
        ls_set_text(builder, effect, LS_ATTRIBUTE_STATEMENT_TIMEOUT,
                    timeout_name(&settings->statement_timeout));
    if (ls_effect_flag(effect, LS_ATTRIBUTE_CONCURRENTLY))
        describe_limit(builder, effect, name, timeout);
}

/* Work that grows with a table of its own, under a lock that lets others write. */
static bool works_beside_others(const ls_effect *effect) {
    switch (effect->kind) {
    case LS_EFFECT_VALIDATE_CONSTRAINT:
        return !ls_effect_flag(effect, LS_ATTRIBUTE_ALREADY_VALID);
    case LS_EFFECT_REFRESH_MATERIALIZED_VIEW:
        return ls_effect_flag(effect, LS_ATTRIBUTE_CONCURRENTLY);
    default:
        return false;
    }
}

static void judge_long_work(ls_builder *builder, const ls_effect *work) {
    const ls_timeout *timeout = &builder->replay->session.current.statement_timeout;
    if (!is_short(timeout))
        return;
    ls_effect *effect =
        ls_add_effect(builder, LS_EFFECT_SHORT_STATEMENT_TIMEOUT, work->at, work->relation);
    ls_set_text(builder, effect, LS_ATTRIBUTE_WHAT, builder->statement->tag);
    describe_limit(builder, effect, "statement_timeout", timeout);
}

void ls_note_timeouts(ls_builder *builder) {
    size_t count = builder->outcome->effects.count;
    for (size_t i = 0; i < count; i++) {
        ls_effect *effect = builder->outcome->effects.items[i];
        if (builds_index(effect))
            judge_build(builder, effect);
        else if (works_beside_others(effect))
            judge_long_work(builder, effect);
    }
}
