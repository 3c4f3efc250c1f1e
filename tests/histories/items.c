#include "histories/items.h"

#include <stdlib.h>
#include <string.h>

ls_item *ls_items_add(ls_items *items, const char *kind, const char *name, const char *owner) {
    ls_item item = {.kind = kind, .name = name, .owner = owner};
    LS_PUSH(items->arena, &items->list, item);
    return &items->list.items[items->list.count - 1];
}

void ls_item_fact(ls_items *items, ls_item *item, const char *name, const char *value) {
    ls_fact fact = {name, value == NULL ? "" : value};
    LS_PUSH(items->arena, &item->facts, fact);
}

static int compare_items(const ls_item *one, const ls_item *other) {
    int order = strcmp(one->kind, other->kind);
    return order != 0 ? order : strcmp(one->name, other->name);
}

static int by_kind_and_name(const void *one, const void *other) {
    return compare_items(one, other);
}

void ls_items_sort(ls_items *items) {
    if (items->list.count > 0)
        qsort(items->list.items, items->list.count, sizeof *items->list.items, by_kind_and_name);
}

void ls_items_print(ls_buffer *out, const ls_items *items) {
    for (LS_EACH(const ls_item, item, items->list)) {
        ls_buffer_format(out, "%s %s", item->kind, item->name);
        const char *separator = ":";
        for (LS_EACH(const ls_fact, fact, item->facts)) {
            if (*fact->value == '\0')
                continue;
            ls_buffer_format(out, "%s %s=%s", separator, fact->name, fact->value);
            separator = ";";
        }
        ls_buffer_string(out, item->open ? " ...\n" : "\n");
    }
}

/* --- Comparing ------------------------------------------------------------------------------- */

static const char *value_of(const ls_item *item, const char *fact) {
    for (LS_EACH(const ls_fact, known, item->facts))
        if (strcmp(known->name, fact) == 0)
            return known->value;
    return "";
}

static ls_tally_line *tally_line(ls_tally *tally, const char *kind) {
    for (LS_EACH(ls_tally_line, line, tally->lines))
        if (strcmp(line->kind, kind) == 0)
            return line;
    LS_PUSH(tally->arena, &tally->lines,
            ((ls_tally_line){.kind = ls_arena_string(tally->arena, kind)}));
    return &tally->lines.items[tally->lines.count - 1];
}

static void compare_facts(ls_buffer *out, ls_tally_line *line, const ls_item *server,
                          const ls_item *lockstep) {
    bool differs = false, unknown = false;
    for (LS_EACH(const ls_fact, fact, server->facts)) {
        const char *said = value_of(lockstep, fact->name);
        if (strcmp(said, UNKNOWN) == 0) {
            unknown = true;
        } else if (strcmp(said, fact->value) != 0) {
            ls_buffer_format(out, "%s %s: %s is \"%s\", lockstep says \"%s\"\n", server->kind,
                             server->name, fact->name, fact->value, said);
            differs = true;
        }
    }
    line->different += differs;
    line->unknown += !differs && unknown;
    line->equal += !differs && !unknown;
}

/* Items that others belong to are few kinds: relations and types. */
static const ls_item *owner_of(const ls_items *items, const char *name) {
    static const char *const kinds[] = {"relation", "type"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && items->list.count > 0; i++) {
        const ls_item key = {.kind = kinds[i], .name = name};
        const ls_item *found = bsearch(&key, items->list.items, items->list.count,
                                       sizeof *items->list.items, by_kind_and_name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* The owner may own the item, which it does not show. */
static bool is_open(const ls_items *items, const ls_item *missing) {
    const ls_item *owner = owner_of(items, missing->owner);
    const bool of_constraint =
        strcmp(missing->kind, "constraint") == 0 || strcmp(missing->kind, "index") == 0;
    return owner != NULL && (owner->open || (owner->constraints_open && of_constraint));
}

static bool is_supposed(const ls_items *items, const char *owner) {
    const ls_item *item = owner_of(items, owner);
    return item != NULL && item->supposed;
}

static void count_missing(ls_buffer *out, ls_tally_line *line, const ls_items *lockstep,
                          const ls_item *server) {
    if (is_open(lockstep, server)) {
        line->unknown++;
        return;
    }
    line->different++;
    ls_buffer_format(out, "%s %s: the server has it, lockstep has not\n", server->kind,
                     server->name);
}

/* What is only supposed to exist, because a statement names it, is not said to exist. */
static void count_invented(ls_buffer *out, ls_tally_line *line, const ls_items *items,
                           const ls_item *lockstep) {
    if (lockstep->supposed || is_supposed(items, lockstep->owner)) {
        line->unknown++;
        return;
    }
    line->different++;
    ls_buffer_format(out, "%s %s: lockstep has it, the server has not\n", lockstep->kind,
                     lockstep->name);
}

void ls_items_compare(ls_buffer *out, ls_tally *tally, const ls_items *server,
                      const ls_items *lockstep) {
    uint32_t seen = 0, said = 0;
    while (seen < server->list.count || said < lockstep->list.count) {
        const ls_item *one = &server->list.items[seen], *other = &lockstep->list.items[said];
        int order = seen == server->list.count     ? 1
                    : said == lockstep->list.count ? -1
                                                   : compare_items(one, other);
        ls_tally_line *line = tally_line(tally, order <= 0 ? one->kind : other->kind);
        if (order == 0)
            compare_facts(out, line, one, other);
        else if (order < 0)
            count_missing(out, line, lockstep, one);
        else
            count_invented(out, line, lockstep, other);
        seen += order <= 0;
        said += order >= 0;
    }
}
