#include "effects/domain_condition.h"

#include "catalog/names.h"
#include "effects/families.h"
#include "effects/type_facts.h"
#include "support/buffer.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* --- VALUE ----------------------------------------------------------------------------------- */

static bool is_word_byte(char byte) {
    return isalnum((unsigned char)byte) || byte == '_' || byte == '$' || (byte & 0x80) != 0;
}

/* How long the word, the quoted text or the single byte is that stands here. */
static size_t piece_length(const char *text) {
    if (*text == '\'' || *text == '"') {
        const char *end = strchr(text + 1, *text);
        return end == NULL ? strlen(text) : (size_t)(end - text) + 1;
    }
    size_t length = 0;
    while (is_word_byte(text[length]))
        length++;
    return length == 0 ? 1 : length;
}

const char *ls_condition_on(ls_builder *builder, const char *text, const char *column) {
    static const char value[] = "value";
    if (text == NULL)
        return NULL;
    ls_buffer out = {0};
    while (*text != 0) {
        size_t length = piece_length(text);
        if (length == sizeof value - 1 && strncasecmp(text, value, length) == 0)
            ls_buffer_string(&out, column);
        else
            ls_buffer_add(&out, text, length);
        text += length;
    }
    const char *condition = ls_arena_copy(builder->arena, out.text, out.length);
    ls_buffer_free(&out);
    return condition;
}

/* --- Domains over domains -------------------------------------------------------------------- */

enum { DOMAINS_DEEP = 32 };

static const char *both(ls_builder *builder, const char *one, const char *other) {
    if (one == NULL || other == NULL)
        return one == NULL ? other : one;
    return ls_arena_format(builder->arena, "%s AND %s", one, other);
}

static const ls_catalog_type *domain_of(const ls_builder *builder, const ls_data_type *type) {
    const ls_catalog_type *found = ls_catalog_find_type(builder->catalog, type->schema, type->name);
    return found != NULL && found->kind == 'd' && type->dimensions == 0 ? found : NULL;
}

/* An OR in one of several terms needs parentheses. */
static const char *term(ls_builder *builder, const ls_catalog_constraint *check, bool alone,
                        const char *column) {
    const char *condition = ls_condition_on(builder, check->text, column);
    return condition == NULL || alone ? condition
                                      : ls_arena_format(builder->arena, "(%s)", condition);
}

static const char *condition_of(ls_builder *builder, const ls_data_type *type, const char *column) {
    const char *condition = NULL;
    const ls_catalog_type *domain = domain_of(builder, type);
    ls_domain_facts facts = ls_domain_facts_of(builder->catalog, type);
    bool alone = !facts.not_null && domain != NULL && domain->constraints.count == 1 &&
                 domain_of(builder, &domain->base) == NULL;
    for (int depth = 0; depth < DOMAINS_DEEP && domain != NULL; depth++) {
        for (LS_EACH(const ls_catalog_constraint, check, domain->constraints))
            condition = both(builder, condition, term(builder, check, alone, column));
        domain = domain_of(builder, &domain->base);
    }
    if (facts.not_null)
        condition =
            both(builder, condition, ls_arena_format(builder->arena, "%s IS NOT NULL", column));
    return condition;
}

void ls_describe_domain(ls_builder *builder, ls_effect *effect, const ls_relation *table,
                        const ls_data_type *type, const char *column) {
    ls_data_type base = ls_base_type(builder->catalog, type);
    const ls_words columns = ls_one_word(builder, column);
    const char *check = ls_choose_constraint_name(builder->catalog, table, &columns, "check");
    ls_set_text(builder, effect, LS_ATTRIBUTE_DOMAIN, ls_type_text(builder->arena, type));
    ls_set_text(builder, effect, LS_ATTRIBUTE_BASE, ls_type_text(builder->arena, &base));
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONDITION,
                condition_of(builder, type, ls_quoted(builder, column)));
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, check));
}
