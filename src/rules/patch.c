#include "rules/patch.h"

#include "rules/fixes.h"

#include <string.h>

static bool is_same(const ls_edit *one, const ls_edit *other) {
    return one->at.begin == other->at.begin && one->at.end == other->at.end &&
           strcmp(one->text, other->text) == 0;
}

/* Of two that insert at one place nobody knows which comes first. */
static bool overlap(const ls_edit *one, const ls_edit *other) {
    return one->at.begin == other->at.begin ||
           (one->at.begin < other->at.end && other->at.begin < one->at.end);
}

static bool fits(const ls_fix *made, const ls_fix *fix) {
    for (LS_EACH(const ls_edit, edit, fix->edits))
        for (LS_EACH(const ls_edit, other, made->edits))
            if (overlap(edit, other) && !is_same(edit, other))
                return false;
    return true;
}

/* Where it belongs in the order of the text, if it is not there already. */
static void add_edit(ls_arena *arena, ls_fix *made, const ls_edit *edit) {
    uint32_t place = made->edits.count;
    while (place > 0 && made->edits.items[place - 1].at.begin > edit->at.begin)
        place--;
    if (place > 0 && is_same(&made->edits.items[place - 1], edit))
        return;
    LS_PUSH(arena, &made->edits, *edit);
    for (uint32_t i = made->edits.count - 1; i > place; i--)
        made->edits.items[i] = made->edits.items[i - 1];
    made->edits.items[place] = *edit;
}

/* False if another one has its place. */
static bool add_fix(ls_arena *arena, ls_fix *made, const ls_fix *fix) {
    if (!fits(made, fix))
        return false;
    for (LS_EACH(const ls_edit, edit, fix->edits))
        add_edit(arena, made, edit);
    return true;
}

static bool is_of(const ls_patch *patch, const ls_finding *finding) {
    return finding->source == patch->source && ls_has_safe_fix(finding);
}

/* The first of the most severe. */
static const ls_finding *worst_of(const ls_patch *patch, const ls_findings *findings) {
    const ls_finding *worst = NULL;
    for (LS_EACH(const ls_finding, finding, *findings))
        if (is_of(patch, finding) && (worst == NULL || finding->severity < worst->severity))
            worst = finding;
    return worst;
}

static bool is_taken(const ls_patch *patch, const ls_finding *worst, const ls_finding *finding) {
    switch (patch->breadth) {
    case LS_PATCH_WHOLE:
        return true;
    case LS_PATCH_OF_RULE:
        return finding->rule == worst->rule;
    case LS_PATCH_OF_ONE:
        return finding == worst;
    }
    return false;
}

static void fill(ls_arena *arena, ls_patch *patch, const ls_findings *findings) {
    const ls_finding *worst = worst_of(patch, findings);
    patch->edits = (ls_fix){0};
    patch->made = patch->left = 0;
    for (LS_EACH(const ls_finding, finding, *findings)) {
        if (!is_of(patch, finding))
            continue;
        const bool made =
            is_taken(patch, worst, finding) && add_fix(arena, &patch->edits, &finding->fix);
        patch->made += made;
        patch->left += !made;
    }
}

ls_patches ls_patches_of(ls_arena *arena, const ls_findings *findings) {
    ls_patches patches = {0};
    for (LS_EACH(const ls_finding, finding, *findings)) {
        const ls_patch *last = patches.count == 0 ? NULL : &patches.items[patches.count - 1];
        if (ls_has_safe_fix(finding) && (last == NULL || last->source != finding->source))
            LS_PUSH(arena, &patches,
                    ((ls_patch){.source = finding->source, .file = finding->file}));
    }
    for (LS_EACH(ls_patch, patch, patches))
        fill(arena, patch, findings);
    return patches;
}

bool ls_patch_narrow(ls_arena *arena, const ls_findings *findings, ls_patch *patch) {
    if (patch->breadth == LS_PATCH_OF_ONE)
        return false;
    const uint32_t before = patch->made;
    while (patch->breadth < LS_PATCH_OF_ONE && patch->made == before) {
        patch->breadth++;
        fill(arena, patch, findings);
    }
    return patch->made < before;
}
