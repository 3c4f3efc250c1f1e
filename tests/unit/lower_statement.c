/* Every other kind of statement, field by field, with its command tag. */
#include "lower_dump.h"

static void dump_names(ls_buffer *out, const char *label, const ls_names *names) {
    for (size_t i = 0; i < names->count; i++) {
        ls_buffer_format(out, "%s", i == 0 ? label : ", ");
        dump_name(out, &names->items[i]);
    }
}

static void dump_text(ls_buffer *out, const char *label, const char *value) {
    if (value != NULL)
        ls_buffer_format(out, " %s %s", label, value);
}

static void dump_flag(ls_buffer *out, const char *label, bool flag) {
    if (flag)
        ls_buffer_format(out, " %s", label);
}

static void dump_drop(ls_buffer *out, const ls_drop *drop) {
    ls_buffer_format(out, " kind %d", (int)drop->kind);
    for (size_t i = 0; i < drop->objects.count; i++) {
        const ls_dropped *dropped = &drop->objects.items[i];
        ls_buffer_string(out, i == 0 ? " " : ", ");
        dump_name(out, &dropped->name);
        ls_buffer_format(out, " «%s»", cut(dropped->name.at));
        if (dropped->relation.name != NULL) {
            ls_buffer_string(out, " on ");
            dump_name(out, &dropped->relation);
            ls_buffer_format(out, " «%s»", cut(dropped->relation.at));
        }
        dump_flag(out, "arguments", dropped->signature.given);
        for (size_t k = 0; k < dropped->signature.arguments.count; k++) {
            ls_buffer_string(out, k == 0 ? " " : ", ");
            dump_type(out, dropped->signature.arguments.items[k]);
        }
    }
    dump_flag(out, "if-exists", drop->if_exists);
    dump_flag(out, "cascade", drop->cascade);
    dump_flag(out, "concurrently", drop->concurrently);
    ls_buffer_format(out, " «%s» «%s»", cut(drop->cascade_at), cut(drop->concurrently_at));
}

static void dump_rename(ls_buffer *out, const ls_rename *rename) {
    ls_buffer_format(out, " kind %d/%d ", (int)rename->kind, (int)rename->relation_kind);
    dump_name(out, &rename->name);
    ls_buffer_format(out, " «%s»", cut(rename->name.at));
    if (rename->member != NULL)
        ls_buffer_format(out, " member %s «%s»", rename->member, cut(rename->member_at));
    ls_buffer_format(out, " to %s «%s»", rename->new_name, cut(rename->new_name_at));
    dump_flag(out, "if-exists", rename->if_exists);
}

static void dump_function(ls_buffer *out, const ls_create_function *function) {
    ls_buffer_string(out, " ");
    dump_name(out, &function->name);
    ls_buffer_format(out, " «%s»", cut(function->name.at));
    dump_flag(out, "or-replace", function->or_replace);
    dump_flag(out, "procedure", function->procedure);
    for (size_t i = 0; i < function->parameters.count; i++) {
        const ls_parameter *parameter = &function->parameters.items[i];
        ls_buffer_format(out, " %c:%s ", parameter->mode,
                         parameter->name == NULL ? "-" : parameter->name);
        dump_type(out, parameter->type);
        dump_labelled(out, "default", parameter->default_value);
    }
    ls_buffer_string(out, " returns ");
    dump_type(out, function->returns);
    dump_text(out, "language", function->language);
    if (function->volatility != 0)
        ls_buffer_format(out, " volatility %c", function->volatility);
    dump_flag(out, "strict", function->strict);
    dump_flag(out, "definer", function->security_definer);
    DUMP_WORDS(out, "settings", function->settings);
    dump_text(out, "body", function->body);
    ls_buffer_format(out, " «%s»", cut(function->body_at));
    for (size_t i = 0; i < function->atomic_body.count; i++) {
        ls_buffer_string(out, " ");
        dump_query(out, function->atomic_body.items[i]);
    }
}

static void dump_trigger(ls_buffer *out, const ls_create_trigger *trigger) {
    ls_buffer_format(out, " %s on ", trigger->name);
    dump_name(out, &trigger->relation);
    ls_buffer_string(out, " calls ");
    dump_name(out, &trigger->function);
    ls_buffer_format(out, " %c %d%d%d%d", trigger->timing, trigger->on_insert, trigger->on_update,
                     trigger->on_delete, trigger->on_truncate);
    dump_flag(out, "or-replace", trigger->or_replace);
    dump_flag(out, "constraint", trigger->constraint);
    dump_flag(out, "row", trigger->row);
    DUMP_WORDS(out, "of", trigger->columns);
    dump_labelled(out, "when", trigger->when);
    dump_flag(out, "deferrable", trigger->deferrable);
    dump_flag(out, "deferred", trigger->initially_deferred);
    if (trigger->from_relation.name != NULL) {
        ls_buffer_string(out, " from ");
        dump_name(out, &trigger->from_relation);
    }
}

static void dump_policy(ls_buffer *out, const ls_policy *policy) {
    ls_buffer_format(out, " %s on ", policy->name);
    dump_name(out, &policy->relation);
    dump_flag(out, "alter", policy->alter);
    dump_text(out, "for", policy->command);
    DUMP_WORDS(out, "roles", policy->roles);
    dump_labelled(out, "using", policy->using);
    dump_labelled(out, "check", policy->with_check);
}

static void dump_type_statement(ls_buffer *out, const ls_create_type *type) {
    ls_buffer_string(out, " ");
    dump_name(out, &type->name);
    ls_buffer_format(out, " «%s» %c", cut(type->name.at), type->kind);
    DUMP_WORDS(out, "labels", type->labels);
    for (size_t i = 0; i < type->columns.count; i++) {
        ls_buffer_string(out, " | ");
        dump_column(out, &type->columns.items[i]);
    }
}

static void dump_enum(ls_buffer *out, const ls_alter_enum *alter) {
    ls_buffer_string(out, " ");
    dump_name(out, &alter->name);
    ls_buffer_format(out, " «%s»", cut(alter->name.at));
    dump_text(out, "old", alter->old_label);
    dump_text(out, "new", alter->new_label);
    dump_text(out, alter->before ? "before" : "after", alter->neighbour);
    dump_flag(out, "if-not-exists", alter->if_not_exists);
    ls_buffer_format(out, " «%s»", cut(alter->label_at));
}

static void dump_domain(ls_buffer *out, const ls_create_domain *domain) {
    ls_buffer_string(out, " ");
    dump_name(out, &domain->name);
    ls_buffer_format(out, " «%s» ", cut(domain->name.at));
    dump_type(out, domain->type);
    dump_text(out, "collate", domain->collation);
    dump_constraints(out, &domain->constraints);
}

static void dump_alter_domain(ls_buffer *out, const ls_alter_domain *alter) {
    ls_buffer_format(out, " %d ", (int)alter->action);
    dump_name(out, &alter->name);
    dump_text(out, "constraint", alter->constraint_name);
    if (alter->constraint != NULL) {
        ls_buffer_string(out, " ");
        dump_constraint(out, alter->constraint);
    }
    dump_labelled(out, "default", alter->default_value);
    if (alter->default_value != NULL)
        ls_buffer_format(out, " «%s»", cut(alter->default_value->at));
    dump_flag(out, "if-exists", alter->if_exists);
    dump_flag(out, "cascade", alter->cascade);
}

static void dump_grant(ls_buffer *out, const ls_grant *grant) {
    ls_buffer_format(out, " %s kind %d", grant->grant ? "grant" : "revoke", (int)grant->kind);
    dump_flag(out, "all-in-schema", grant->all_in_schema);
    dump_flag(out, "default", grant->default_privileges);
    dump_names(out, " on ", &grant->objects);
    DUMP_WORDS(out, "privileges", grant->privileges);
    DUMP_WORDS(out, "to", grant->grantees);
    dump_flag(out, "cascade", grant->cascade);
}

static void dump_set(ls_buffer *out, const ls_set *set) {
    ls_buffer_format(out, " %s", set->name == NULL ? "all" : set->name);
    dump_flag(out, "local", set->local);
    dump_flag(out, "reset", set->reset);
    dump_flag(out, "default", set->to_default);
    DUMP_WORDS(out, "values", set->values);
}

static void dump_publication(ls_buffer *out, const ls_publication *publication) {
    ls_buffer_format(out, " %s", publication->name);
    if (publication->alter)
        ls_buffer_format(out, " alter %c", publication->change == 0 ? '0' : publication->change);
    dump_flag(out, "all", publication->all_tables);
    dump_names(out, " tables ", &publication->tables);
    DUMP_WORDS(out, "schemas", publication->schemas);
}

static void dump_copy(ls_buffer *out, const ls_copy *copy) {
    ls_buffer_string(out, copy->from ? " from " : " to ");
    dump_name(out, &copy->relation);
    DUMP_WORDS(out, "columns", copy->columns);
    if (copy->query != NULL)
        dump_query(out, copy->query);
}

static void dump(ls_buffer *out, const ls_statement *statement);

static void dump_wrapped(ls_buffer *out, const ls_wrapped *wrapped) {
    dump_text(out, "name", wrapped->name);
    dump_flag(out, "analyze", wrapped->analyze);
    if (wrapped->inner != NULL) {
        ls_buffer_format(out, " «%s» ", cut(wrapped->inner->at));
        dump(out, wrapped->inner);
    }
}

static void dump_schema(ls_buffer *out, const ls_create_schema *schema) {
    dump_text(out, "name", schema->name);
    dump_flag(out, "if-not-exists", schema->if_not_exists);
    for (size_t i = 0; i < schema->elements.count; i++)
        ls_buffer_format(out, " | %s «%s»", schema->elements.items[i]->tag,
                         cut(schema->elements.items[i]->at));
}

static void dump_sequence(ls_buffer *out, const ls_sequence_statement *sequence) {
    ls_buffer_string(out, " ");
    dump_name(out, &sequence->name);
    ls_buffer_format(out, " %d", (int)sequence->persistence);
    dump_flag(out, "alter", sequence->alter);
    dump_flag(out, "if", sequence->if_not_exists);
    dump_options(out, &sequence->options);
}

static void dump_more(ls_buffer *out, const ls_statement *statement) {
    switch (statement->kind) {
    case LS_STATEMENT_CLUSTER:
        ls_buffer_string(out, " ");
        dump_name(out, &statement->cluster.relation);
        dump_text(out, "using", statement->cluster.index);
        break;
    case LS_STATEMENT_VACUUM:
        dump_flag(out, "vacuum", statement->vacuum.vacuum);
        dump_flag(out, "full", statement->vacuum.full);
        dump_flag(out, "analyze", statement->vacuum.analyze);
        dump_names(out, " of ", &statement->vacuum.relations);
        break;
    case LS_STATEMENT_TRUNCATE:
        dump_names(out, " ", &statement->truncate.relations);
        dump_flag(out, "cascade", statement->truncate.cascade);
        dump_flag(out, "restart", statement->truncate.restart_identity);
        break;
    case LS_STATEMENT_LOCK_TABLE:
        dump_names(out, " ", &statement->lock_table.relations);
        ls_buffer_format(out, " mode %d", statement->lock_table.mode);
        dump_flag(out, "nowait", statement->lock_table.nowait);
        break;
    case LS_STATEMENT_REFRESH:
        ls_buffer_string(out, " ");
        dump_name(out, &statement->refresh.name);
        dump_flag(out, "concurrently", statement->refresh.concurrently);
        dump_flag(out, "no-data", statement->refresh.with_no_data);
        break;
    case LS_STATEMENT_CREATE_RULE:
        ls_buffer_format(out, " %s on ", statement->create_rule.name);
        dump_name(out, &statement->create_rule.relation);
        dump_flag(out, "or-replace", statement->create_rule.or_replace);
        dump_flag(out, "instead", statement->create_rule.instead);
        break;
    case LS_STATEMENT_EXTENSION:
        dump_text(out, "name", statement->extension.name);
        dump_flag(out, "alter", statement->extension.alter);
        dump_flag(out, "if-not-exists", statement->extension.if_not_exists);
        dump_text(out, "schema", statement->extension.schema);
        break;
    case LS_STATEMENT_CREATE_STATISTICS:
        ls_buffer_string(out, " ");
        dump_name(out, &statement->create_statistics->name);
        dump_flag(out, "if-not-exists", statement->create_statistics->if_not_exists);
        ls_buffer_string(out, " on ");
        dump_name(out, &statement->create_statistics->relation);
        DUMP_WORDS(out, "columns", statement->create_statistics->columns);
        break;
    case LS_STATEMENT_COMMENT:
        ls_buffer_format(out, " kind %d ", (int)statement->comment->kind);
        dump_name(out, &statement->comment->name);
        ls_buffer_format(out, " «%s»", cut(statement->comment->name.at));
        dump_text(out, "member", statement->comment->member);
        break;
    case LS_STATEMENT_TRANSACTION:
        ls_buffer_format(out, " %d", (int)statement->transaction.kind);
        dump_text(out, "savepoint", statement->transaction.savepoint);
        dump_flag(out, "chain", statement->transaction.chain);
        break;
    default:
        break;
    }
}

static void dump(ls_buffer *out, const ls_statement *statement) {
    ls_buffer_format(out, "%s %d", statement->tag, (int)statement->kind);
    dump_flag(out, "flag", statement->flag);
    switch (statement->kind) {
    case LS_STATEMENT_MOVE_ALL:
        ls_buffer_format(out, " kind %d from %s to %s", (int)statement->move_all.kind,
                         statement->move_all.from, statement->move_all.to);
        break;
    case LS_STATEMENT_DROP:
        dump_drop(out, &statement->drop);
        break;
    case LS_STATEMENT_RENAME:
        dump_rename(out, statement->rename);
        break;
    case LS_STATEMENT_SET_SCHEMA:
        ls_buffer_format(out, " kind %d ", (int)statement->set_schema->kind);
        dump_name(out, &statement->set_schema->name);
        ls_buffer_format(out, " «%s»", cut(statement->set_schema->name.at));
        dump_text(out, "to", statement->set_schema->new_schema);
        dump_flag(out, "if-exists", statement->set_schema->if_exists);
        break;
    case LS_STATEMENT_SET_OWNER:
        ls_buffer_format(out, " kind %d ", (int)statement->set_owner->kind);
        dump_name(out, &statement->set_owner->name);
        ls_buffer_format(out, " «%s»", cut(statement->set_owner->name.at));
        dump_text(out, "to", statement->set_owner->new_owner);
        break;
    case LS_STATEMENT_REINDEX:
        ls_buffer_format(out, " kind %d ", (int)statement->reindex.kind);
        dump_name(out, &statement->reindex.name);
        dump_flag(out, "concurrently", statement->reindex.concurrently);
        break;
    case LS_STATEMENT_SEQUENCE:
        dump_sequence(out, &statement->sequence);
        break;
    case LS_STATEMENT_CREATE_TYPE:
        dump_type_statement(out, statement->create_type);
        break;
    case LS_STATEMENT_ALTER_ENUM:
        dump_enum(out, statement->alter_enum);
        break;
    case LS_STATEMENT_CREATE_DOMAIN:
        dump_domain(out, &statement->create_domain);
        break;
    case LS_STATEMENT_ALTER_DOMAIN:
        dump_alter_domain(out, statement->alter_domain);
        break;
    case LS_STATEMENT_CREATE_FUNCTION:
        dump_function(out, statement->create_function);
        break;
    case LS_STATEMENT_DO:
        ls_buffer_format(out, " %s %s «%s»", statement->do_block.language, statement->do_block.body,
                         cut(statement->do_block.body_at));
        break;
    case LS_STATEMENT_CALL:
    case LS_STATEMENT_QUERY:
        dump_query(out, statement->query);
        break;
    case LS_STATEMENT_CREATE_TRIGGER:
        dump_trigger(out, statement->create_trigger);
        break;
    case LS_STATEMENT_POLICY:
        dump_policy(out, statement->policy);
        break;
    case LS_STATEMENT_CREATE_SCHEMA:
        dump_schema(out, &statement->create_schema);
        break;
    case LS_STATEMENT_PUBLICATION:
        dump_publication(out, &statement->publication);
        break;
    case LS_STATEMENT_GRANT:
        dump_grant(out, statement->grant);
        break;
    case LS_STATEMENT_SET:
    case LS_STATEMENT_ALTER_SYSTEM:
        dump_set(out, &statement->set);
        break;
    case LS_STATEMENT_COPY:
        dump_copy(out, &statement->copy);
        break;
    case LS_STATEMENT_PREPARE:
    case LS_STATEMENT_EXECUTE:
    case LS_STATEMENT_EXPLAIN:
        dump_wrapped(out, &statement->wrapped);
        break;
    case LS_STATEMENT_CREATE_SUBSCRIPTION:
    case LS_STATEMENT_ROLE:
    case LS_STATEMENT_CREATE_DATABASE:
    case LS_STATEMENT_ALTER_DATABASE:
    case LS_STATEMENT_CREATE_TABLESPACE:
        dump_options(out, &statement->options);
        break;
    default:
        dump_more(out, statement);
        break;
    }
}

static const example OBJECTS[] = {
    {"DROP TABLE a", "DROP TABLE 6 kind 0 a «a» «» «»"},
    {"DROP TABLE IF EXISTS s.a, \"B b\" , c CASCADE",
     "DROP TABLE 6 kind 0 s.a «s.a», B b «\"B b\"», c «c» if-exists cascade «CASCADE» «»"},
    {"DROP INDEX CONCURRENTLY IF EXISTS i, s.j",
     "DROP INDEX 6 kind 1 i «i», s.j «s.j» if-exists concurrently «» «CONCURRENTLY»"},
    {"DROP INDEX i RESTRICT", "DROP INDEX 6 kind 1 i «i» «» «»"},
    {"DROP VIEW cascade CASCADE", "DROP VIEW 6 kind 2 cascade «cascade» cascade «CASCADE» «»"},
    {"DROP MATERIALIZED VIEW IF EXISTS v", "DROP MATERIALIZED VIEW 6 kind 3 v «v» if-exists «» «»"},
    {"DROP FOREIGN TABLE f", "DROP FOREIGN TABLE 6 kind 5 f «f» «» «»"},
    {"DROP SEQUENCE s", "DROP SEQUENCE 6 kind 4 s «s» «» «»"},
    {"DROP TYPE s.t, int", "DROP TYPE 6 kind 10 s.t «s.t», pg_catalog.int4 «int» «» «»"},
    {"DROP DOMAIN d", "DROP DOMAIN 6 kind 11 d «d» «» «»"},
    {"DROP FUNCTION f, s.g(int, VARIADIC text[]), h() CASCADE",
     "DROP FUNCTION 6 kind 12 f «f», s.g «s.g» arguments pg_catalog.int4 «int», text[] «text[]», h "
     "«h» arguments cascade «CASCADE» «»"},
    {"DROP PROCEDURE p(IN a int)",
     "DROP PROCEDURE 6 kind 12 p «p» arguments pg_catalog.int4 «int» «» «»"},
    {"DROP AGGREGATE a(*)", "DROP AGGREGATE 6 kind 12 a «a» arguments «» «»"},
    {"DROP TRIGGER IF EXISTS g ON s.t CASCADE",
     "DROP TRIGGER 6 kind 13 g «g» on s.t «s.t» if-exists cascade «CASCADE» «»"},
    {"DROP RULE r ON t", "DROP RULE 6 kind 14 r «r» on t «t» «» «»"},
    {"DROP POLICY p ON s.t", "DROP POLICY 6 kind 15 p «p» on s.t «s.t» «» «»"},
    {"DROP SCHEMA IF EXISTS s, t CASCADE",
     "DROP SCHEMA 6 kind 16 s «s», t «t» if-exists cascade «CASCADE» «»"},
    {"DROP EXTENSION e", "DROP EXTENSION 6 kind 18 e «e» «» «»"},
    {"DROP PUBLICATION p", "DROP PUBLICATION 6 kind 19 p «p» «» «»"},
    {"DROP SUBSCRIPTION s", "DROP SUBSCRIPTION 6 kind 20 s «s» «» «»"},
    {"DROP STATISTICS s.x", "DROP STATISTICS 6 kind 21 s.x «s.x» «» «»"},
    {"DROP COLLATION c", "DROP COLLATION 6 kind 25 c «c» «» «»"},
    {"DROP EVENT TRIGGER e", "DROP EVENT TRIGGER 6 kind 24 e «e» «» «»"},
    {"DROP DATABASE IF EXISTS d", "DROP DATABASE 6 kind 17 d «d» if-exists «» «»"},
    {"DROP TABLESPACE t", "DROP TABLESPACE 6 kind 23 t «t» «» «»"},
    {"DROP ROLE IF EXISTS a, b", "DROP ROLE 6 kind 22 a «a», b «b» if-exists «» «»"},
    {"DROP OWNED BY a CASCADE", "DROP OWNED 7"},
    {"DROP CAST (int AS text)", "DROP CAST 6 kind 26 - «» «» «»"},
    {"ALTER TABLE IF EXISTS s.t RENAME TO \"U\"",
     "ALTER TABLE 8 kind 0/0 s.t «s.t» to U «\"U\"» if-exists"},
    {"ALTER TABLE ONLY t RENAME COLUMN a TO b",
     "ALTER TABLE 8 kind 6/0 t «t» member a «a» to b «b»"},
    {"ALTER TABLE t RENAME a TO \"to\"",
     "ALTER TABLE 8 kind 6/0 t «t» member a «a» to to «\"to\"»"},
    {"ALTER VIEW v RENAME COLUMN a TO b", "ALTER VIEW 8 kind 6/2 v «v» member a «a» to b «b»"},
    {"ALTER TABLE t RENAME CONSTRAINT a TO b",
     "ALTER TABLE 8 kind 8/0 t «t» member a «a» to b «b»"},
    {"ALTER INDEX i RENAME TO j", "ALTER INDEX 8 kind 1/0 i «i» to j «j»"},
    {"ALTER MATERIALIZED VIEW IF EXISTS v RENAME TO w",
     "ALTER MATERIALIZED VIEW 8 kind 3/0 v «v» to w «w» if-exists"},
    {"ALTER SEQUENCE s RENAME TO r", "ALTER SEQUENCE 8 kind 4/0 s «s» to r «r»"},
    {"ALTER TYPE s.t RENAME TO u", "ALTER TYPE 8 kind 10/0 s.t «s.t» to u «u»"},
    {"ALTER TYPE t RENAME ATTRIBUTE a TO b CASCADE",
     "ALTER TYPE 8 kind 7/0 t «t» member a «a» to b «b»"},
    {"ALTER DOMAIN d RENAME CONSTRAINT a TO b",
     "ALTER DOMAIN 8 kind 9/0 d «d» member a «a» to b «b»"},
    {"ALTER DOMAIN d RENAME TO e", "ALTER DOMAIN 8 kind 11/0 d «d» to e «e»"},
    {"ALTER FUNCTION s.f(int) RENAME TO g", "ALTER FUNCTION 8 kind 12/0 s.f «s.f» to g «g»"},
    {"ALTER TRIGGER g ON s.t RENAME TO h",
     "ALTER TRIGGER 8 kind 13/0 s.t «s.t» member g «g» to h «h»"},
    {"ALTER POLICY p ON t RENAME TO q", "ALTER POLICY 8 kind 15/0 t «t» member p «p» to q «q»"},
    {"ALTER RULE r ON t RENAME TO q", "ALTER RULE 8 kind 14/0 t «t» member r «r» to q «q»"},
    {"ALTER SCHEMA s RENAME TO t", "ALTER SCHEMA 8 kind 16/0 s «s» to t «t»"},
    {"ALTER DATABASE a RENAME TO b", "ALTER DATABASE 8 kind 17/0 a «a» to b «b»"},
    {"ALTER ROLE a RENAME TO b", "ALTER ROLE 8 kind 22/0 a «a» to b «b»"},
    {"ALTER TABLE IF EXISTS s.t SET SCHEMA u", "ALTER TABLE 9 kind 0 s.t «s.t» to u if-exists"},
    {"ALTER TYPE s.t SET SCHEMA u", "ALTER TYPE 9 kind 10 s.t «s.t» to u"},
    {"ALTER FUNCTION f(int) SET SCHEMA u", "ALTER FUNCTION 9 kind 12 f «f» to u"},
    {"ALTER EXTENSION e SET SCHEMA u", "ALTER EXTENSION 9 kind 18 e «e» to u"},
    {"ALTER SCHEMA s OWNER TO a", "ALTER SCHEMA 10 kind 16 s «s» to a"},
    {"ALTER TYPE s.t OWNER TO SESSION_USER", "ALTER TYPE 10 kind 10 s.t «s.t» to session_user"},
    {"ALTER FUNCTION f OWNER TO a", "ALTER FUNCTION 10 kind 12 f «f» to a"},
    {"ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b", "ALTER TABLE 2 kind 0 from a to b"},
    {"ALTER INDEX ALL IN TABLESPACE a SET TABLESPACE b NOWAIT", "ALTER INDEX 2 kind 1 from a to b"},
    {"COMMENT ON TABLE s.t IS 'x'", "COMMENT 35 kind 0 s.t «s.t»"},
    {"COMMENT ON COLUMN s.t.c IS 'x'", "COMMENT 35 kind 6 s.t «s.t» member c"},
    {"COMMENT ON CONSTRAINT k ON s.t IS NULL", "COMMENT 35 kind 8 s.t «s.t» member k"},
    {"COMMENT ON CONSTRAINT k ON DOMAIN s.d IS 'x'", "COMMENT 35 kind 9 s.d «s.d» member k"},
    {"COMMENT ON TYPE s.t IS 'x'", "COMMENT 35 kind 10 s.t «s.t»"},
    {"COMMENT ON FUNCTION s.f(int) IS 'x'", "COMMENT 35 kind 12 s.f «s.f»"},
    {"COMMENT ON MATERIALIZED VIEW s.v IS 'x'", "COMMENT 35 kind 3 s.v «s.v»"},
    {"COMMENT ON SCHEMA s IS 'x'", "COMMENT 35 kind 16 s «s»"},
    {"COMMENT ON TRIGGER g ON s.t IS 'x'", "COMMENT 35 kind 13 s.t «s.t» member g"},
};

static const example DEFINITIONS[] = {
    {"CREATE SEQUENCE IF NOT EXISTS s.q AS bigint INCREMENT BY 5 MINVALUE 1 NO MAXVALUE START 3 "
     "CACHE "
     "10 CYCLE OWNED BY t.c",
     "CREATE SEQUENCE 18 s.q 0 if options[as=int8 «AS bigint», increment=5 «INCREMENT BY 5», "
     "minvalue=1 «MINVALUE 1», maxvalue=- «NO MAXVALUE», start=3 «START 3», cache=10 «CACHE 10», "
     "cycle=true «CYCLE», owned_by=- list(t,c) «OWNED BY t.c»]"},
    {"CREATE TEMP SEQUENCE q", "CREATE SEQUENCE 18 q 2"},
    {"ALTER SEQUENCE IF EXISTS q RESTART WITH 5 OWNED BY NONE",
     "ALTER SEQUENCE 18 q 0 alter if options[restart=5 «RESTART WITH 5», owned_by=- list(none) "
     "«OWNED BY NONE»]"},
    {"ALTER SEQUENCE q RESTART", "ALTER SEQUENCE 18 q 0 alter options[restart=- «RESTART»]"},
    {"CREATE TYPE s.e AS ENUM ('a', 'b''c')", "CREATE TYPE 19 s.e «s.e» e labels(a,b'c)"},
    {"CREATE TYPE s.c AS (a int, b text COLLATE \"C\")",
     "CREATE TYPE 19 s.c «s.c» c | a «a» pg_catalog.int4 «int» «a int» | b «b» text «text» collate "
     "C «b text COLLATE \"C\"»"},
    {"CREATE TYPE r AS RANGE (subtype = int4)", "CREATE TYPE 19 r «r» r"},
    {"CREATE TYPE b (INPUT = f, OUTPUT = g)", "CREATE TYPE 19 b «b» b"},
    {"CREATE TYPE s.h", "CREATE TYPE 19 s.h «s.h» s"},
    {"ALTER TYPE s.e ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'",
     "ALTER TYPE 20 s.e «s.e» new x before y if-not-exists «'x'»"},
    {"ALTER TYPE e ADD VALUE 'x' AFTER 'y'", "ALTER TYPE 20 e «e» new x after y «'x'»"},
    {"ALTER TYPE e ADD VALUE E'\\'x'", "ALTER TYPE 20 e «e» new 'x «E'\\'x'»"},
    {"ALTER TYPE e RENAME VALUE 'a' TO 'b'", "ALTER TYPE 20 e «e» old a new b «'b'»"},
    {"CREATE DOMAIN s.d AS varchar(5) COLLATE \"C\" DEFAULT 'a' NOT NULL CONSTRAINT k CHECK (VALUE "
     "> "
     "'b')",
     "CREATE DOMAIN 21 s.d «s.d» pg_catalog.varchar:5 «varchar(5)» collate C {default expression "
     "'a' «'a'» «DEFAULT 'a'»; not-null «NOT NULL»; check k expression op >(value, 'b') «VALUE > "
     "'b'» «CONSTRAINT k CHECK (VALUE > 'b')»}"},
    {"ALTER DOMAIN s.d SET DEFAULT 1 + 1", "ALTER DOMAIN 22 0 s.d default op +(1, 1) «1 + 1»"},
    {"ALTER DOMAIN d DROP DEFAULT", "ALTER DOMAIN 22 1 d"},
    {"ALTER DOMAIN d SET NOT NULL", "ALTER DOMAIN 22 2 d"},
    {"ALTER DOMAIN d DROP NOT NULL", "ALTER DOMAIN 22 3 d"},
    {"ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 1) NOT VALID",
     "ALTER DOMAIN 22 4 d constraint k check k not-valid expression op >(value, 1) «VALUE > 1» "
     "«CONSTRAINT k CHECK (VALUE > 1) NOT VALID»"},
    {"ALTER DOMAIN d DROP CONSTRAINT IF EXISTS k CASCADE",
     "ALTER DOMAIN 22 5 d constraint k if-exists cascade"},
    {"ALTER DOMAIN d VALIDATE CONSTRAINT k", "ALTER DOMAIN 22 6 d constraint k"},
    {"CREATE OR REPLACE FUNCTION s.f(a int, OUT b text, c numeric DEFAULT 1, VARIADIC d text[]) "
     "RETURNS SETOF text AS $b$ SELECT 'x' $b$ LANGUAGE SQL IMMUTABLE STRICT SECURITY DEFINER SET "
     "search_path = a",
     "CREATE FUNCTION 23 s.f «s.f» or-replace i:a pg_catalog.int4 «int» o:b text «text» i:c "
     "pg_catalog.numeric «numeric» default 1 v:d text[] «text[]» returns setof text «text» "
     "language sql volatility i strict definer settings(search_path) body  SELECT 'x'  « SELECT "
     "'x' »"},
    {"CREATE FUNCTION f() RETURNS TABLE (x int) LANGUAGE 'plpgsql' STABLE AS 'BEGIN ''x''; END'",
     "CREATE FUNCTION 23 f «f» t:x pg_catalog.int4 «int» returns setof pg_catalog.int4 «TABLE (x "
     "int)» language plpgsql volatility s body BEGIN 'x'; END «BEGIN ''x''; END»"},
    {"CREATE FUNCTION f(int) RETURNS int VOLATILE LANGUAGE c AS 'lib', 'sym'",
     "CREATE FUNCTION 23 f «f» i:- pg_catalog.int4 «int» returns pg_catalog.int4 «int» language c "
     "volatility v body lib «lib»"},
    {"CREATE PROCEDURE p(INOUT a int) BEGIN ATOMIC INSERT INTO t VALUES (a); UPDATE t SET b = 1; "
     "END",
     "CREATE PROCEDURE 23 p «p» procedure b:a pg_catalog.int4 «int» returns - language sql «BEGIN "
     "ATOMIC INSERT INTO t VALUES (a); UPDATE t SET b = 1; END» {insert «INSERT INTO t VALUES (a)» "
     "t «t» source {values «VALUES (a)» rows 1 values(a)}} {update «UPDATE t SET b = 1» t «t» "
     "targets[b=1 «b = 1»]}"},
    {"CREATE FUNCTION f() RETURNS int RETURN 1 + 1",
     "CREATE FUNCTION 23 f «f» returns pg_catalog.int4 «int» language sql «RETURN 1 + 1» {select "
     "«1 + 1» targets[op +(1, 1) «1 + 1»]}"},
    {"DO $$ BEGIN x; END $$", "DO 24 plpgsql  BEGIN x; END  « BEGIN x; END »"},
    {"DO LANGUAGE plperl 'a''b'", "DO 24 plperl a'b «a''b»"},
    {"CALL s.p(1, 'x')", "CALL 25{select «CALL s.p(1, 'x')» targets[s.p(1, 'x') «s.p(1, 'x')»]}"},
    {"CREATE TRIGGER g BEFORE INSERT OR UPDATE OF a, b ON s.t FOR EACH ROW WHEN (NEW.a > 1) "
     "EXECUTE "
     "FUNCTION s.f(1)",
     "CREATE TRIGGER 26 g on s.t calls s.f b 1100 row of(a,b) when op >(new.a, 1)"},
    {"CREATE OR REPLACE TRIGGER g AFTER DELETE OR TRUNCATE ON t EXECUTE FUNCTION f()",
     "CREATE TRIGGER 26 g on t calls f a 0011 or-replace"},
    {"CREATE TRIGGER g INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f()",
     "CREATE TRIGGER 26 g on v calls f i 1000 row"},
    {"CREATE CONSTRAINT TRIGGER g AFTER UPDATE ON t FROM s.u DEFERRABLE INITIALLY DEFERRED FOR "
     "EACH "
     "ROW EXECUTE FUNCTION f()",
     "CREATE TRIGGER 26 g on t calls f a 0100 constraint row deferrable deferred from s.u"},
    {"CREATE OR REPLACE RULE r AS ON INSERT TO s.t DO INSTEAD NOTHING",
     "CREATE RULE 27 r on s.t or-replace instead"},
    {"CREATE RULE r AS ON DELETE TO t DO ALSO (SELECT 1; SELECT 2)", "CREATE RULE 27 r on t"},
    {"CREATE POLICY p ON s.t FOR UPDATE TO a, PUBLIC USING (b) WITH CHECK (c > 1)",
     "CREATE POLICY 28 p on s.t for update roles(a,public) using b check op >(c, 1)"},
    {"CREATE POLICY p ON t", "CREATE POLICY 28 p on t for all roles(public)"},
    {"ALTER POLICY p ON t TO CURRENT_USER USING (true)",
     "ALTER POLICY 28 p on t alter roles(current_user) using true"},
    {"CREATE SCHEMA IF NOT EXISTS s", "CREATE SCHEMA 29 name s if-not-exists"},
    {"CREATE SCHEMA AUTHORIZATION a", "CREATE SCHEMA 29"},
    {"CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1 AS create GRANT SELECT ON t "
     "TO "
     "a CREATE INDEX ON t (a)",
     "CREATE SCHEMA 29 name s | CREATE TABLE «CREATE TABLE t (a int)» | CREATE VIEW «CREATE VIEW v "
     "AS SELECT 1 AS create» | GRANT «GRANT SELECT ON t TO a» | CREATE INDEX «CREATE INDEX ON t "
     "(a)»"},
    {"CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA s",
     "CREATE EXTENSION 32 name uuid-ossp if-not-exists schema s"},
    {"ALTER EXTENSION e UPDATE TO '2'", "ALTER EXTENSION 32 name e alter"},
    {"ALTER EXTENSION e ADD TABLE t", "ALTER EXTENSION 32 name e alter"},
    {"CREATE PUBLICATION p FOR ALL TABLES", "CREATE PUBLICATION 30 p all"},
    {"CREATE PUBLICATION p FOR TABLE s.t, u (a) WHERE (b > 1), TABLES IN SCHEMA x",
     "CREATE PUBLICATION 30 p tables s.t, u schemas(x)"},
    {"ALTER PUBLICATION p ADD TABLE t", "ALTER PUBLICATION 30 p alter + tables t"},
    {"ALTER PUBLICATION p DROP TABLE t", "ALTER PUBLICATION 30 p alter - tables t"},
    {"ALTER PUBLICATION p SET TABLE t", "ALTER PUBLICATION 30 p alter = tables t"},
    {"ALTER PUBLICATION p SET (publish = 'insert')", "ALTER PUBLICATION 30 p alter 0"},
    {"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = false)",
     "CREATE SUBSCRIPTION 31 options[create_slot=false «create_slot = false»]"},
    {"CREATE STATISTICS IF NOT EXISTS s.x (ndistinct) ON a, (b + 1), c FROM s.t",
     "CREATE STATISTICS 33 s.x if-not-exists on s.t columns(a,c)"},
    {"ALTER STATISTICS x SET STATISTICS 100", "ALTER STATISTICS 34"},
    {"CREATE DATABASE d TEMPLATE x", "CREATE DATABASE 46 options[template=x «TEMPLATE x»]"},
    {"ALTER DATABASE d SET TABLESPACE ts", "ALTER DATABASE 47 flag options[tablespace=ts «ts»]"},
    {"ALTER DATABASE d CONNECTION LIMIT 5",
     "ALTER DATABASE 47 options[connection_limit=5 «CONNECTION LIMIT 5»]"},
    {"ALTER DATABASE d SET work_mem = '1MB'", "ALTER DATABASE 47"},
    {"CREATE TABLESPACE ts LOCATION '/x' WITH (seq_page_cost = 2)",
     "CREATE TABLESPACE 48 options[seq_page_cost=2 «seq_page_cost = 2»]"},
};

static const example SESSION[] = {
    {"BEGIN", "BEGIN 37 0"},
    {"START TRANSACTION ISOLATION LEVEL SERIALIZABLE", "START TRANSACTION 37 0"},
    {"COMMIT AND CHAIN", "COMMIT 37 1 chain"},
    {"END", "COMMIT 37 1"},
    {"ROLLBACK", "ROLLBACK 37 2"},
    {"ABORT", "ROLLBACK 37 2"},
    {"SAVEPOINT a", "SAVEPOINT 37 3 savepoint a"},
    {"RELEASE SAVEPOINT a", "RELEASE 37 4 savepoint a"},
    {"ROLLBACK TO a", "ROLLBACK 37 5 savepoint a"},
    {"PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION 37 6"},
    {"COMMIT PREPARED 'x'", "COMMIT PREPARED 37 7"},
    {"ROLLBACK PREPARED 'x'", "ROLLBACK PREPARED 37 8"},
    {"SET lock_timeout = '5s'", "SET 38 lock_timeout values(5s)"},
    {"SET LOCAL Lock_Timeout TO 5000", "SET 38 lock_timeout local values(5000)"},
    {"SET search_path TO a, \"B\"", "SET 38 search_path values(a,B)"},
    {"SET x.y TO DEFAULT", "SET 38 x.y default"},
    {"SET TIME ZONE 'UTC'", "SET 38 timezone values(UTC)"},
    {"SET TIME ZONE LOCAL", "SET 38 timezone default"},
    {"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
     "SET 38 transaction values(transaction_isolation=repeatable read,transaction_read_only=1)"},
    {"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
     "SET 38 session characteristics values(transaction_read_only=0)"},
    {"SET ROLE a", "SET 38 role values(a)"},
    {"RESET lock_timeout", "RESET 38 lock_timeout reset"},
    {"RESET ALL", "RESET 38 all reset"},
    {"ALTER SYSTEM SET work_mem = '1MB'", "ALTER SYSTEM 49 work_mem values(1MB)"},
    {"SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS 39 flag"},
    {"SET CONSTRAINTS a, b DEFERRED", "SET CONSTRAINTS 39"},
    {"LOCK TABLE s.a, ONLY b IN ACCESS EXCLUSIVE MODE NOWAIT",
     "LOCK TABLE 15 s.a, b mode 8 nowait"},
    {"LOCK t", "LOCK TABLE 15 t mode 8"},
    {"LOCK t IN ROW SHARE MODE", "LOCK TABLE 15 t mode 2"},
    {"TRUNCATE TABLE a, s.b RESTART IDENTITY CASCADE", "TRUNCATE TABLE 14 a, s.b cascade restart"},
    {"TRUNCATE a", "TRUNCATE TABLE 14 a"},
    {"REINDEX INDEX CONCURRENTLY s.i", "REINDEX 11 kind 0 s.i concurrently"},
    {"REINDEX (VERBOSE, CONCURRENTLY) TABLE t", "REINDEX 11 kind 1 t concurrently"},
    {"REINDEX (CONCURRENTLY false) TABLE t", "REINDEX 11 kind 1 t"},
    {"REINDEX SCHEMA s", "REINDEX 11 kind 2 s"},
    {"REINDEX DATABASE d", "REINDEX 11 kind 3 d"},
    {"REINDEX SYSTEM d", "REINDEX 11 kind 4 d"},
    {"CLUSTER", "CLUSTER 12 -"},
    {"CLUSTER s.t USING i", "CLUSTER 12 s.t using i"},
    {"VACUUM", "VACUUM 13 vacuum"},
    {"VACUUM FULL ANALYZE a, s.b", "VACUUM 13 vacuum full analyze of a, s.b"},
    {"VACUUM (FULL false, ANALYZE) a", "VACUUM 13 vacuum analyze of a"},
    {"ANALYZE a (b)", "ANALYZE 13 analyze of a"},
    {"REFRESH MATERIALIZED VIEW CONCURRENTLY s.v", "REFRESH MATERIALIZED VIEW 17 s.v concurrently"},
    {"REFRESH MATERIALIZED VIEW v WITH NO DATA", "REFRESH MATERIALIZED VIEW 17 v no-data"},
    {"COPY s.t (a, b) FROM STDIN", "COPY 41 from s.t columns(a,b)"},
    {"COPY (SELECT a FROM t) TO STDOUT",
     "COPY 41 to -{select «SELECT a FROM t» targets[a «a»] from t}"},
    {"GRANT SELECT, UPDATE (a) ON s.t, u TO a, PUBLIC",
     "GRANT 36 grant kind 0 on s.t, u privileges(select,update) to(a,public)"},
    {"GRANT ALL ON ALL TABLES IN SCHEMA s TO a", "GRANT 36 grant kind 0 all-in-schema on s to(a)"},
    {"REVOKE ALL ON FUNCTION s.f(int) FROM a CASCADE",
     "REVOKE 36 revoke kind 12 on s.f to(a) cascade"},
    {"GRANT USAGE ON SCHEMA s TO CURRENT_USER",
     "GRANT 36 grant kind 16 on s privileges(usage) to(current_user)"},
    {"GRANT a, b TO c", "GRANT ROLE 36 grant kind 22 on a, b to(c)"},
    {"REVOKE a FROM c", "REVOKE ROLE 36 revoke kind 22 on a to(c)"},
    {"ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO a",
     "ALTER DEFAULT PRIVILEGES 36 grant kind 0 default on s privileges(select) to(a)"},
    {"PREPARE p (int) AS SELECT $1",
     "PREPARE 42 name p «SELECT $1» SELECT 40{select «SELECT $1» targets[$1 «$1»]}"},
    {"EXECUTE p (1)", "EXECUTE 43 name p"},
    {"EXPLAIN SELECT 1", "EXPLAIN 44 «SELECT 1» SELECT 40{select «SELECT 1» targets[1 «1»]}"},
    {"EXPLAIN ANALYZE VERBOSE DELETE FROM t",
     "EXPLAIN 44 analyze «DELETE FROM t» DELETE 40{delete «DELETE FROM t» t «t»}"},
    {"EXPLAIN (ANALYZE, COSTS off) (SELECT 1)",
     "EXPLAIN 44 analyze «(SELECT 1)» SELECT 40{select «(SELECT 1)» targets[1 «1»]}"},
    {"EXPLAIN (ANALYZE false) CREATE TABLE x AS SELECT 1",
     "EXPLAIN 44 «CREATE TABLE x AS SELECT 1» CREATE TABLE AS 4"},
    {"LISTEN a", "LISTEN 50"},
    {"CHECKPOINT", "CHECKPOINT 50"},
    {"DISCARD ALL", "DISCARD ALL 50"},
    {"SHOW ALL", "SHOW 50"},
    {"CREATE USER a", "CREATE ROLE 45"},
    {"ALTER USER a PASSWORD 'x'", "ALTER ROLE 45"},
    {"CREATE ROLE a SUPERUSER NOBYPASSRLS", "CREATE ROLE 45 options[superuser=- «»]"},
    {"REASSIGN OWNED BY a TO b", "REASSIGN OWNED 50"},
    {"CREATE OR REPLACE AGGREGATE a (int) (sfunc = f, stype = int)", "CREATE AGGREGATE 50"},
    {"CREATE COLLATION c (locale = 'x')", "CREATE COLLATION 50"},
    {"CREATE CAST (int AS text) WITHOUT FUNCTION", "CREATE CAST 50"},
    {"CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()", "CREATE EVENT TRIGGER 50"},
    {"ALTER FUNCTION f(int) STABLE", "ALTER FUNCTION 50"},
    {"CREATE SERVER s FOREIGN DATA WRAPPER w", "CREATE SERVER 50"},
    {"DEALLOCATE ALL", "DEALLOCATE 50"},
};

static void test_objects(void **state) {
    (void)state;
    CHECK_EXAMPLES(OBJECTS, dump);
}

static void test_definitions(void **state) {
    (void)state;
    CHECK_EXAMPLES(DEFINITIONS, dump);
}

static void test_session(void **state) {
    (void)state;
    CHECK_EXAMPLES(SESSION, dump);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_objects, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_definitions, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_session, open_arena, close_arena),
    };
    return cmocka_run_group_tests_name("lower: statements", tests, NULL, NULL);
}
