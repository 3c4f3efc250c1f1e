/*
 * intervals.c - the locks of a transaction are a stack: a statement adds to it, the end of the
 * transaction empties it, ROLLBACK TO SAVEPOINT takes off what came after the savepoint. So how
 * many locks were held when a statement began says which of them are still held.
 */
#include "report/intervals.h"

#include "report/timeline.h"

typedef struct {
    ls_arena *arena;
    ls_lock_intervals intervals;
    LS_VECTOR(size_t) held; /* indexes of intervals that are not over */
    ls_map held_keys;       /* relation and mode of those */
} lock_stack;

static const char *key_of(ls_arena *arena, ls_relation_id relation, ls_lock_mode mode) {
    return ls_arena_format(arena, "%lu %d", (unsigned long)relation, (int)mode);
}

static void release(lock_stack *stack, size_t held, size_t statement) {
    while (stack->held.count > held) {
        size_t index = stack->held.items[--stack->held.count];
        ls_lock_interval *interval = &stack->intervals.items[index];
        interval->last = statement - 1;
        ls_map_set(stack->arena, &stack->held_keys,
                   key_of(stack->arena, interval->relation, interval->mode), NULL);
    }
}

static void take(lock_stack *stack, const ls_relation_lock *lock, size_t statement, bool keep) {
    const char *key = key_of(stack->arena, lock->relation.id, lock->mode);
    if (ls_map_get(&stack->held_keys, key) != NULL)
        return;
    ls_lock_interval interval = {lock->relation.id, lock->relation.name,
                                 lock->mode,        statement,
                                 statement,         ls_others_know(&lock->relation)};
    LS_PUSH(stack->arena, &stack->intervals, interval);
    if (!keep)
        return;
    LS_PUSH(stack->arena, &stack->held, stack->intervals.count - 1);
    ls_map_set(stack->arena, &stack->held_keys, key, stack);
}

ls_lock_intervals ls_intervals_of(ls_arena *arena, const ls_timeline_file *file) {
    lock_stack stack = {.arena = arena};
    for (size_t i = 0; i < file->statements.count; i++) {
        const ls_timeline_entry *entry = &file->statements.items[i];
        release(&stack, entry->held_before, i);
        for (LS_EACH(const ls_relation_lock, lock, entry->outcome->locks))
            take(&stack, lock, i, entry->outcome->in_transaction);
    }
    release(&stack, 0, file->statements.count);
    return stack.intervals;
}
