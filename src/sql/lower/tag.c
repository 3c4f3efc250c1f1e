/*
 * tag.c - command tags, as PostgreSQL prints them after a statement.
 */
#include "sql/lower/lower_internal.h"

/* The words for a kind of object in DROP and ALTER (CreateCommandTag in utility.c). */
static const struct {
    ObjectType type;
    const char *words;
} OBJECT_WORDS[] = {
    {OBJECT_ACCESS_METHOD, "ACCESS METHOD"},
    {OBJECT_AGGREGATE, "AGGREGATE"},
    {OBJECT_ATTRIBUTE, "TYPE"},
    {OBJECT_CAST, "CAST"},
    {OBJECT_COLLATION, "COLLATION"},
    {OBJECT_COLUMN, "TABLE"},
    {OBJECT_CONVERSION, "CONVERSION"},
    {OBJECT_DATABASE, "DATABASE"},
    {OBJECT_DOMAIN, "DOMAIN"},
    {OBJECT_DOMCONSTRAINT, "DOMAIN"},
    {OBJECT_EVENT_TRIGGER, "EVENT TRIGGER"},
    {OBJECT_EXTENSION, "EXTENSION"},
    {OBJECT_FDW, "FOREIGN DATA WRAPPER"},
    {OBJECT_FOREIGN_SERVER, "SERVER"},
    {OBJECT_FOREIGN_TABLE, "FOREIGN TABLE"},
    {OBJECT_FUNCTION, "FUNCTION"},
    {OBJECT_INDEX, "INDEX"},
    {OBJECT_LANGUAGE, "LANGUAGE"},
    {OBJECT_LARGEOBJECT, "LARGE OBJECT"},
    {OBJECT_MATVIEW, "MATERIALIZED VIEW"},
    {OBJECT_OPCLASS, "OPERATOR CLASS"},
    {OBJECT_OPERATOR, "OPERATOR"},
    {OBJECT_OPFAMILY, "OPERATOR FAMILY"},
    {OBJECT_POLICY, "POLICY"},
    {OBJECT_PROCEDURE, "PROCEDURE"},
    {OBJECT_PUBLICATION, "PUBLICATION"},
    {OBJECT_ROLE, "ROLE"},
    {OBJECT_ROUTINE, "ROUTINE"},
    {OBJECT_RULE, "RULE"},
    {OBJECT_SCHEMA, "SCHEMA"},
    {OBJECT_SEQUENCE, "SEQUENCE"},
    {OBJECT_STATISTIC_EXT, "STATISTICS"},
    {OBJECT_SUBSCRIPTION, "SUBSCRIPTION"},
    {OBJECT_TABCONSTRAINT, "TABLE"},
    {OBJECT_TABLE, "TABLE"},
    {OBJECT_TABLESPACE, "TABLESPACE"},
    {OBJECT_TRANSFORM, "TRANSFORM"},
    {OBJECT_TRIGGER, "TRIGGER"},
    {OBJECT_TSCONFIGURATION, "TEXT SEARCH CONFIGURATION"},
    {OBJECT_TSDICTIONARY, "TEXT SEARCH DICTIONARY"},
    {OBJECT_TSPARSER, "TEXT SEARCH PARSER"},
    {OBJECT_TSTEMPLATE, "TEXT SEARCH TEMPLATE"},
    {OBJECT_TYPE, "TYPE"},
    {OBJECT_VIEW, "VIEW"},
};

const char *ls_tag_of_object(const lowering *work, const char *verb, ObjectType type) {
    for (size_t i = 0; i < sizeof OBJECT_WORDS / sizeof *OBJECT_WORDS; i++)
        if (OBJECT_WORDS[i].type == type)
            return ls_arena_join(work->arena, verb, " ", OBJECT_WORDS[i].words, NULL);
    return verb;
}

/* Tags that the statement's first words do not give. */
static const struct {
    NodeTag tag;
    const char *words;
} OTHER_TAGS[] = {
    {T_CreateRoleStmt, "CREATE ROLE"},
    {T_AlterRoleStmt, "ALTER ROLE"},
    {T_AlterRoleSetStmt, "ALTER ROLE"},
    {T_ReassignOwnedStmt, "REASSIGN OWNED"},
    {T_CreateFdwStmt, "CREATE FOREIGN DATA WRAPPER"},
    {T_AlterFdwStmt, "ALTER FOREIGN DATA WRAPPER"},
    {T_CreateUserMappingStmt, "CREATE USER MAPPING"},
    {T_AlterUserMappingStmt, "ALTER USER MAPPING"},
    {T_DropUserMappingStmt, "DROP USER MAPPING"},
    {T_ImportForeignSchemaStmt, "IMPORT FOREIGN SCHEMA"},
    {T_CreateAmStmt, "CREATE ACCESS METHOD"},
    {T_CreateEventTrigStmt, "CREATE EVENT TRIGGER"},
    {T_AlterEventTrigStmt, "ALTER EVENT TRIGGER"},
    {T_CreatePLangStmt, "CREATE LANGUAGE"},
    {T_CreateOpClassStmt, "CREATE OPERATOR CLASS"},
    {T_CreateOpFamilyStmt, "CREATE OPERATOR FAMILY"},
    {T_AlterOpFamilyStmt, "ALTER OPERATOR FAMILY"},
    {T_CreateConversionStmt, "CREATE CONVERSION"},
    {T_AlterDefaultPrivilegesStmt, "ALTER DEFAULT PRIVILEGES"},
    {T_AlterTSDictionaryStmt, "ALTER TEXT SEARCH DICTIONARY"},
    {T_AlterTSConfigurationStmt, "ALTER TEXT SEARCH CONFIGURATION"},
    {T_SecLabelStmt, "SECURITY LABEL"},
    {T_ClosePortalStmt, "CLOSE CURSOR"},
    {T_CreateTransformStmt, "CREATE TRANSFORM"},
};

static bool has_two_words(const lowering *work, ls_span first) {
    static const char *const VERBS[] = {"create", "alter", "drop", "discard"};
    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++)
        if (ls_place_is(work, first, VERBS[i]))
            return true;
    return false;
}

static const char *upper(const lowering *work, ls_span token) {
    char *word = ls_arena_copy(work->arena, work->text + token.begin, token.end - token.begin);
    for (char *byte = word; *byte != '\0'; byte++)
        if (*byte >= 'a' && *byte <= 'z')
            *byte = (char)(*byte - 'a' + 'A');
    return word;
}

const char *ls_tag_of_other(const lowering *work, const Node *node) {
    for (size_t i = 0; i < sizeof OTHER_TAGS / sizeof *OTHER_TAGS; i++)
        if (OTHER_TAGS[i].tag == nodeTag(node))
            return OTHER_TAGS[i].words;
    const ls_span first = ls_place_token(work, work->at.begin);
    if (!has_two_words(work, first))
        return upper(work, first);
    const ls_span second = ls_place_after(work, first.end, "?or replace");
    return ls_arena_join(work->arena, upper(work, first), " ", upper(work, second), NULL);
}
