/*
 * lower_internal.h - what the files of this directory share.
 *
 * A lowering is the work on one statement. The parser's places count bytes from where it started
 * to read, the model's from the start of the text; ls_place_of goes from one to the other.
 *
 * The parser tells where a node starts (some nodes only) and never where it ends. Ends, and the
 * places of keywords, are found by reading the text again with a tokenizer of our own (places.c),
 * which is safe because the parser has accepted the text and comments are blanked.
 *
 * Recursion is bounded by the depth kept here; whatever can be long rather than deep (lists,
 * chains of AND, OR and UNION) is walked in loops.
 */
#ifndef LS_SQL_LOWER_INTERNAL_H
#define LS_SQL_LOWER_INTERNAL_H

#include "sql/lower/versions.h"

#include "sql/lower/lower.h"

typedef struct {
    ls_arena *arena;
    const char *text;
    uint32_t base;      /* where the parser started to read */
    ls_span at;         /* the statement; an inner one (CREATE SCHEMA, PREPARE) has its own */
    int depth;          /* of expressions and queries */
    int needs_postgres; /* what has been met came with that version; 0: nothing like that */
} lowering;

/* --- places.c: tokens and the ranges of clauses -------------------------------------------- */

#define LS_NOWHERE UINT32_MAX

/* The offset in the text of a parser's location; LS_NOWHERE for -1. */
uint32_t ls_place_of(const lowering *work, int location);

/* The next token at or after `from`: a word, a number, a whole quoted thing, or one byte. Empty
 * at the end of the statement. */
ls_span ls_place_token(const lowering *work, uint32_t from);

/* Whether a token is this keyword (lower case), in any case but not quoted. */
bool ls_place_is(const lowering *work, ls_span token, const char *word);

/* The token after a pattern of phrases: "alter table|?if exists|?only"; a phrase with '?' may be
 * missing. Where the pattern stops fitting, the token there. */
ls_span ls_place_after(const lowering *work, uint32_t from, const char *pattern);

/* The name at `from` with its qualification; empty if `from` is LS_NOWHERE. */
ls_span ls_place_name(const lowering *work, uint32_t from);

/* The bracketed group that opens at `open`, brackets included. */
ls_span ls_place_group(const lowering *work, uint32_t open);

/* What stands between a group's brackets, or a quoted string's quotes, without outer blanks of
 * the group. */
ls_span ls_place_inside(const lowering *work, ls_span group);

/* From `from` up to a comma, an unmatched closing bracket or a semicolon, or (outside brackets)
 * one of the words in `stops`, a list separated by blanks; NULL for none. */
ls_span ls_place_clause(const lowering *work, uint32_t from, const char *stops);

/* As ls_place_clause, but commas belong to it. */
ls_span ls_place_list(const lowering *work, uint32_t from, const char *stops);

/* The first token outside brackets, at or after `from`, that is this word; empty if none. */
ls_span ls_place_find(const lowering *work, uint32_t from, const char *word);

/* The last one. */
ls_span ls_place_find_last(const lowering *work, uint32_t from, const char *word);

/* Where the nearest of these words before `at` begins; `at` itself if there is none near. */
uint32_t ls_place_back_to(const lowering *work, uint32_t at, const char *words);

/* `span` without blanks at its end. */
ls_span ls_place_trim(const lowering *work, ls_span span);

/* A type's text from its first word to its last modifier. */
ls_span ls_place_type(const lowering *work, uint32_t from);

/* The smallest span around both; an empty one does not count. */
ls_span ls_place_union(ls_span a, ls_span b);

/* `span` with the pairs of brackets that stand directly around it. */
ls_span ls_place_bracketed(const lowering *work, ls_span span);

/* --- names.c: names, words, options --------------------------------------------------------- */

/* A RangeVar with its place; NULL gives an empty name. */
ls_name ls_lower_relation(const lowering *work, const RangeVar *relation);

/* A list of String nodes, [catalog.][schema.]name; the place is the name found at `at`. */
ls_name ls_lower_name_list(const lowering *work, const List *names, uint32_t at);

/* The list without its last `dropped` items. */
ls_name ls_lower_name_prefix(const lowering *work, const List *names, int dropped, uint32_t at);

/* The name in whatever node the grammar uses for an object's name. */
ls_name ls_lower_object_name(const lowering *work, const Node *object, uint32_t at);

/* Empty for what is no function. */
ls_signature ls_lower_signature(const lowering *work, const Node *object);

ls_name ls_lower_plain_name(const lowering *work, const char *name, uint32_t at);

const char *ls_lower_text(const lowering *work, const char *text);
const char *ls_lower_string_node(const lowering *work, const Node *node);
const char *ls_lower_last_string(const lowering *work, const List *names);
const char *ls_lower_role(const lowering *work, const RoleSpec *role);
ls_words ls_lower_words(const lowering *work, const List *strings);

/* Moves words into a list of the same shape whose type has no name. */
#define LS_SET_WORDS(list, words)                                                                  \
    ((list).items = (words).items, (list).count = (words).count, (list).capacity = (words).capacity)

ls_words ls_lower_roles(const lowering *work, const List *roles);
ls_names ls_lower_relations(const lowering *work, const List *relations);
ls_persistence ls_lower_persistence(const RangeVar *relation);
ls_object_kind ls_lower_object_kind(ObjectType type);

/* DefElem nodes; sequences' OWNED BY and the like fill `list`. */
ls_options ls_lower_options(const lowering *work, const List *elements);

/* The DefElem of this name, or NULL. */
const DefElem *ls_lower_find_option(const List *elements, const char *name);

/* An option without a value is true, as PostgreSQL has it. */
bool ls_lower_option_is_true(const DefElem *option);

/* A constant, type or name as text; NULL for what has none. */
const char *ls_lower_value_text(const lowering *work, const Node *value);

/* --- expression.c: building expressions ----------------------------------------------------- */

ls_expression *ls_expression_new(const lowering *work, ls_expression_kind kind);

/* An expression whose own token stands at the parser's `location`. */
ls_expression *ls_expression_at(const lowering *work, ls_expression_kind kind, int location);

/* Lowers nodes into arguments and widens the range by them; NULL adds nothing. */
void ls_expression_add(lowering *work, ls_expression *expression, const Node *node);
void ls_expression_add_all(lowering *work, ls_expression *expression, const List *nodes);

/* Widens the range by the brackets that follow it, as in a call or a row. */
void ls_expression_cover_brackets(const lowering *work, ls_expression *expression);

/* --- type.c, leaf.c, operator.c, expression.c, begin.c, query.c, from.c --------------------- */

ls_type_name *ls_lower_type(const lowering *work, const TypeName *type);

/* What has no parts, and so may stand at any depth; NULL for other nodes. */
ls_expression *ls_lower_leaf(const lowering *work, const Node *node);

ls_expression *ls_lower_operator(lowering *work, const A_Expr *written);
ls_expression *ls_lower_bool(lowering *work, const BoolExpr *written);
ls_expression *ls_lower_null_test(lowering *work, const NullTest *test);
ls_expression *ls_lower_boolean_test(lowering *work, const BooleanTest *test);

/* NULL for NULL. */
ls_expression *ls_lower_expression(lowering *work, const Node *node);

/* Where an expression begins: the smallest place down its left edge; LS_NOWHERE if none is known.
 */
uint32_t ls_lower_expression_begin(const lowering *work, const Node *node);

/* A query without any clause. */
ls_query *ls_query_new(const lowering *work, ls_query_kind kind);

/* SELECT, VALUES, set operations and data changes; anything else gives LS_QUERY_TABLE. */
ls_query *ls_lower_query(lowering *work, const Node *node);
ls_from *ls_lower_from(lowering *work, const Node *node);

/* --- Parts of tables ------------------------------------------------------------------------ */

ls_column ls_lower_column(lowering *work, const ColumnDef *column);

/* Its range goes to `end`, or to its comma or bracket if that is LS_NOWHERE. */
ls_constraint ls_lower_constraint(lowering *work, const Constraint *constraint, uint32_t end);

/* Constraints of a column or domain: what says DEFERRABLE is folded into the one before it. */
ls_constraints ls_lower_constraints(lowering *work, const List *list, const CollateClause *collate,
                                    uint32_t end);

/* The element whose text starts at `from`, up to its comma or bracket. */
ls_index_element ls_lower_index_element(lowering *work, const IndexElem *element, uint32_t from);

/* The elements of the list whose bracket opens at `open`. */
ls_index_elements ls_lower_index_elements(lowering *work, const List *elements, uint32_t open);
ls_bound ls_lower_bound(lowering *work, const PartitionBoundSpec *bound);
ls_partitioning ls_lower_partitioning(lowering *work, const PartitionSpec *specification);

/* --- Statements: each fills one that has its range ------------------------------------------ */

typedef void ls_statement_lowering(lowering *work, const Node *node, ls_statement *statement);

ls_statement_lowering ls_lower_alter_table, ls_lower_move_all, ls_lower_create_table,
    ls_lower_create_foreign_table, ls_lower_create_table_as, ls_lower_create_index, ls_lower_drop,
    ls_lower_drop_database, ls_lower_drop_tablespace, ls_lower_drop_role,
    ls_lower_drop_subscription, ls_lower_drop_owned, ls_lower_rename, ls_lower_set_schema,
    ls_lower_set_owner, ls_lower_reindex, ls_lower_cluster, ls_lower_vacuum, ls_lower_truncate,
    ls_lower_lock_table, ls_lower_create_view, ls_lower_refresh, ls_lower_create_sequence,
    ls_lower_alter_sequence, ls_lower_define, ls_lower_composite_type, ls_lower_create_enum,
    ls_lower_create_range, ls_lower_alter_enum, ls_lower_create_domain, ls_lower_alter_domain,
    ls_lower_create_function, ls_lower_do, ls_lower_call, ls_lower_create_trigger,
    ls_lower_create_rule, ls_lower_create_policy, ls_lower_alter_policy, ls_lower_create_schema,
    ls_lower_create_publication, ls_lower_alter_publication, ls_lower_create_subscription,
    ls_lower_create_extension, ls_lower_alter_extension, ls_lower_alter_extension_contents,
    ls_lower_create_statistics, ls_lower_alter_statistics, ls_lower_comment, ls_lower_grant,
    ls_lower_grant_role, ls_lower_default_privileges, ls_lower_transaction, ls_lower_set,
    ls_lower_set_constraints, ls_lower_query_statement, ls_lower_declare_cursor, ls_lower_copy,
    ls_lower_prepare, ls_lower_execute, ls_lower_explain, ls_lower_create_database,
    ls_lower_alter_database, ls_lower_alter_database_set, ls_lower_create_tablespace,
    ls_lower_alter_system, ls_lower_create_role, ls_lower_alter_role;

/* The statement of any node, over `at`. */
ls_statement *ls_lower_statement(const lowering *work, const Node *node, ls_span at);

/* --- tag.c ---------------------------------------------------------------------------------- */

/* "DROP" and OBJECT_MATVIEW give "DROP MATERIALIZED VIEW". */
const char *ls_tag_of_object(const lowering *work, const char *verb, ObjectType type);

/* The tag of a statement that the model does not know. */
const char *ls_tag_of_other(const lowering *work, const Node *node);

#endif
