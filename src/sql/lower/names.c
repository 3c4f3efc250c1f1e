/*
 * names.c - names, lists of words, and options.
 *
 * The grammar writes an object's name in four ways: RangeVar for relations, a list of String for
 * most others, TypeName for types and domains, ObjectWithArgs for functions. All become ls_name.
 */
#include "sql/lower/lower_internal.h"

#include "support/same.h"

const char *ls_lower_text(const lowering *work, const char *text) {
    return ls_arena_string(work->arena, text);
}

const char *ls_lower_string_node(const lowering *work, const Node *node) {
    if (node == NULL || nodeTag(node) != T_String)
        return NULL;
    return ls_lower_text(work, ((const String *)node)->sval);
}

ls_name ls_lower_relation(const lowering *work, const RangeVar *relation) {
    if (relation == NULL)
        return (ls_name){0};
    return (ls_name){.schema = ls_lower_text(work, relation->schemaname),
                     .name = ls_lower_text(work, relation->relname),
                     .at = ls_place_name(work, ls_place_of(work, relation->location))};
}

ls_name ls_lower_name_prefix(const lowering *work, const List *names, int dropped, uint32_t at) {
    const int count = list_length(names) - dropped;
    ls_name name = {0};
    if (count >= 1)
        name.name = ls_lower_string_node(work, list_nth(names, count - 1));
    if (name.name != NULL)
        name.at = ls_place_name(work, at);
    if (count >= 2)
        name.schema = ls_lower_string_node(work, list_nth(names, count - 2));
    return name;
}

ls_name ls_lower_name_list(const lowering *work, const List *names, uint32_t at) {
    return ls_lower_name_prefix(work, names, 0, at);
}

ls_name ls_lower_plain_name(const lowering *work, const char *name, uint32_t at) {
    return (ls_name){.name = ls_lower_text(work, name), .at = ls_place_name(work, at)};
}

ls_name ls_lower_object_name(const lowering *work, const Node *object, uint32_t at) {
    if (object == NULL)
        return (ls_name){0};
    switch (nodeTag(object)) {
    case T_String:
        return ls_lower_plain_name(work, ((const String *)object)->sval, at);
    case T_List:
        return ls_lower_name_list(work, (const List *)object, at);
    case T_TypeName:
        return ls_lower_name_list(work, ((const TypeName *)object)->names, at);
    case T_ObjectWithArgs:
        return ls_lower_name_list(work, ((const ObjectWithArgs *)object)->objname, at);
    case T_RangeVar:
        return ls_lower_relation(work, (const RangeVar *)object);
    default:
        return (ls_name){0};
    }
}

ls_signature ls_lower_signature(const lowering *work, const Node *object) {
    ls_signature signature = {0};
    if (object == NULL || nodeTag(object) != T_ObjectWithArgs)
        return signature;
    const ObjectWithArgs *written = (const ObjectWithArgs *)object;
    signature.given = !written->args_unspecified;
    for (LS_NODES(cell, written->objargs))
        if (lfirst(cell) != NULL)
            LS_PUSH(work->arena, &signature.arguments, ls_lower_type(work, lfirst(cell)));
    return signature;
}

const char *ls_lower_last_string(const lowering *work, const List *names) {
    const int count = list_length(names);
    return count == 0 ? NULL : ls_lower_string_node(work, list_nth(names, count - 1));
}

const char *ls_lower_role(const lowering *work, const RoleSpec *role) {
    if (role == NULL)
        return NULL;
    switch (role->roletype) {
    case ROLESPEC_CURRENT_ROLE:
        return "current_role";
    case ROLESPEC_CURRENT_USER:
        return "current_user";
    case ROLESPEC_SESSION_USER:
        return "session_user";
    case ROLESPEC_PUBLIC:
        return "public";
    default:
        return ls_lower_text(work, role->rolename);
    }
}

ls_words ls_lower_words(const lowering *work, const List *strings) {
    ls_words words = {0};
    LS_RESERVE(work->arena, &words, list_length(strings));
    for (LS_NODES(cell, strings)) {
        const char *word = ls_lower_string_node(work, lfirst(cell));
        if (word != NULL)
            LS_PUSH(work->arena, &words, word);
    }
    return words;
}

ls_words ls_lower_roles(const lowering *work, const List *roles) {
    ls_words words = {0};
    for (LS_NODES(cell, roles))
        LS_PUSH(work->arena, &words, ls_lower_role(work, lfirst(cell)));
    return words;
}

ls_names ls_lower_relations(const lowering *work, const List *relations) {
    ls_names names = {0};
    for (LS_NODES(cell, relations))
        LS_PUSH(work->arena, &names, ls_lower_relation(work, lfirst(cell)));
    return names;
}

ls_persistence ls_lower_persistence(const RangeVar *relation) {
    if (relation == NULL || relation->relpersistence == 'p')
        return LS_PERMANENT;
    return relation->relpersistence == 'u' ? LS_UNLOGGED : LS_TEMPORARY;
}

static const struct {
    ObjectType type;
    ls_object_kind kind;
} OBJECT_KINDS[] = {
    {OBJECT_TABLE, LS_OBJECT_TABLE},
    {OBJECT_INDEX, LS_OBJECT_INDEX},
    {OBJECT_VIEW, LS_OBJECT_VIEW},
    {OBJECT_MATVIEW, LS_OBJECT_MATERIALIZED_VIEW},
    {OBJECT_SEQUENCE, LS_OBJECT_SEQUENCE},
    {OBJECT_FOREIGN_TABLE, LS_OBJECT_FOREIGN_TABLE},
    {OBJECT_COLUMN, LS_OBJECT_COLUMN},
    {OBJECT_ATTRIBUTE, LS_OBJECT_ATTRIBUTE},
    {OBJECT_TABCONSTRAINT, LS_OBJECT_CONSTRAINT},
    {OBJECT_DOMCONSTRAINT, LS_OBJECT_DOMAIN_CONSTRAINT},
    {OBJECT_TYPE, LS_OBJECT_TYPE},
    {OBJECT_DOMAIN, LS_OBJECT_DOMAIN},
    {OBJECT_FUNCTION, LS_OBJECT_FUNCTION},
    {OBJECT_PROCEDURE, LS_OBJECT_FUNCTION},
    {OBJECT_AGGREGATE, LS_OBJECT_FUNCTION},
    {OBJECT_ROUTINE, LS_OBJECT_FUNCTION},
    {OBJECT_TRIGGER, LS_OBJECT_TRIGGER},
    {OBJECT_RULE, LS_OBJECT_RULE},
    {OBJECT_POLICY, LS_OBJECT_POLICY},
    {OBJECT_SCHEMA, LS_OBJECT_SCHEMA},
    {OBJECT_DATABASE, LS_OBJECT_DATABASE},
    {OBJECT_EXTENSION, LS_OBJECT_EXTENSION},
    {OBJECT_PUBLICATION, LS_OBJECT_PUBLICATION},
    {OBJECT_SUBSCRIPTION, LS_OBJECT_SUBSCRIPTION},
    {OBJECT_STATISTIC_EXT, LS_OBJECT_STATISTICS},
    {OBJECT_ROLE, LS_OBJECT_ROLE},
    {OBJECT_TABLESPACE, LS_OBJECT_TABLESPACE},
    {OBJECT_EVENT_TRIGGER, LS_OBJECT_EVENT_TRIGGER},
    {OBJECT_COLLATION, LS_OBJECT_COLLATION},
};

ls_object_kind ls_lower_object_kind(ObjectType type) {
    for (size_t i = 0; i < sizeof OBJECT_KINDS / sizeof *OBJECT_KINDS; i++)
        if (OBJECT_KINDS[i].type == type)
            return OBJECT_KINDS[i].kind;
    return LS_OBJECT_OTHER;
}

/* --- Options ------------------------------------------------------------------------------ */

static const char *constant_text(const lowering *work, const A_Const *constant) {
    if (constant->isnull)
        return NULL;
    return ls_lower_value_text(work, &constant->val.node);
}

/* As printf would write it, which is too slow for what every second row of an INSERT holds. */
static const char *integer_text(const lowering *work, int value) {
    char digits[16];
    char *at = digits + sizeof digits;
    unsigned left = value < 0 ? -(unsigned)value : (unsigned)value;
    do
        *--at = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (value < 0)
        *--at = '-';
    return ls_arena_copy(work->arena, at, (size_t)(digits + sizeof digits - at));
}

const char *ls_lower_value_text(const lowering *work, const Node *value) {
    if (value == NULL)
        return NULL;
    switch (nodeTag(value)) {
    case T_Integer:
        return integer_text(work, ((const Integer *)value)->ival);
    case T_Float:
        return ls_lower_text(work, ((const Float *)value)->fval);
    case T_Boolean:
        return ((const Boolean *)value)->boolval ? "true" : "false";
    case T_String:
        return ls_lower_text(work, ((const String *)value)->sval);
    case T_BitString:
        return ls_lower_text(work, ((const BitString *)value)->bsval);
    case T_A_Const:
        return constant_text(work, (const A_Const *)value);
    case T_TypeCast:
        return ls_lower_value_text(work, ((const TypeCast *)value)->arg);
    case T_TypeName:
        return ls_lower_type(work, (const TypeName *)value)->name;
    case T_RoleSpec:
        return ls_lower_role(work, (const RoleSpec *)value);
    default:
        return NULL;
    }
}

/* An option ends at a comma or bracket, or where the next one of a list without commas starts. */
static ls_span option_place(const lowering *work, const DefElem *option, const DefElem *next) {
    const uint32_t begin = ls_place_of(work, option->location);
    if (begin == LS_NOWHERE)
        return (ls_span){0, 0};
    ls_span place = ls_place_clause(work, begin, NULL);
    const uint32_t next_begin = next == NULL ? LS_NOWHERE : ls_place_of(work, next->location);
    if (next_begin > begin && next_begin < place.end)
        place.end = next_begin;
    return ls_place_trim(work, place);
}

static ls_option lower_option(const lowering *work, const DefElem *element, const DefElem *next) {
    ls_option option = {.schema = ls_lower_text(work, element->defnamespace),
                        .name = ls_lower_text(work, element->defname),
                        .value = ls_lower_value_text(work, element->arg),
                        .at = option_place(work, element, next)};
    if (element->arg == NULL || nodeTag(element->arg) != T_List)
        return option;
    const ls_words words = ls_lower_words(work, (const List *)element->arg);
    LS_SET_WORDS(option.list, words);
    return option;
}

ls_options ls_lower_options(const lowering *work, const List *elements) {
    ls_options options = {0};
    for (LS_NODES(cell, elements)) {
        const ListCell *next = lnext(elements, cell);
        LS_PUSH(work->arena, &options,
                lower_option(work, lfirst(cell), next == NULL ? NULL : lfirst(next)));
    }
    return options;
}

const DefElem *ls_lower_find_option(const List *elements, const char *name) {
    for (LS_NODES(cell, elements)) {
        const DefElem *element = lfirst(cell);
        if (element->defname != NULL && ls_same_text(element->defname, name))
            return element;
    }
    return NULL;
}

bool ls_lower_option_is_true(const DefElem *option) {
    if (option == NULL)
        return false;
    const Node *value = option->arg;
    if (value == NULL)
        return true;
    if (nodeTag(value) == T_Integer)
        return ((const Integer *)value)->ival != 0;
    if (nodeTag(value) == T_Boolean)
        return ((const Boolean *)value)->boolval;
    if (nodeTag(value) != T_String)
        return true;
    const char *word = ((const String *)value)->sval;
    return !ls_same_text(word, "false") && !ls_same_text(word, "off");
}
