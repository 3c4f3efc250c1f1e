#include "mirror.h"

#include "support/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *name_of(const ls_mirror *mirror, ls_local carrier) {
    return mirror->group->model->carriers.items[mirror->group->carriers.items[carrier]].name;
}

/* --- Talking to the server ------------------------------------------------------------------- */

static const char *execute(ls_mirror *mirror, const char *sql) {
    PGresult *result = PQexec(mirror->session, sql);
    ExecStatusType status = PQresultStatus(result);
    const char *problem = NULL;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        problem = ls_arena_join(mirror->arena, sql, ": ",
                                PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY), NULL);
    PQclear(result);
    return problem;
}

static void must(ls_mirror *mirror, const char *sql) {
    const char *problem = execute(mirror, sql);
    if (problem == NULL)
        return;
    fprintf(stderr, "walks: %s\n", problem);
    exit(2);
}

static char *value_of(ls_mirror *mirror, const char *sql) {
    PGresult *result = PQexec(mirror->session, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        fprintf(stderr, "walks: %s: %s\n", sql, PQresultErrorMessage(result));
        exit(2);
    }
    char *value = PQntuples(result) == 0 || PQgetisnull(result, 0, 0)
                      ? NULL
                      : ls_arena_string(mirror->arena, PQgetvalue(result, 0, 0));
    PQclear(result);
    return value;
}

#define FORMAT(mirror, ...) ls_arena_format((mirror)->arena, __VA_ARGS__)

/* --- Triggers -------------------------------------------------------------------------------- */

static const char *condition(ls_mirror *mirror, ls_model_fire fire, bool insert, const char *to,
                             const char *from) {
    if (fire == LS_FIRE_NULL)
        return FORMAT(mirror, "NEW.%s IS NULL", to);
    if (fire == LS_FIRE_CHANGED && !insert)
        return FORMAT(mirror, "NEW.%s IS DISTINCT FROM OLD.%s", from, from);
    return "true";
}

static const char *assignment(ls_mirror *mirror, const ls_model_trigger *trigger, const char *to,
                              const char *from) {
    return trigger->skips_null
               ? FORMAT(mirror, "IF NEW.%s IS NOT NULL THEN NEW.%s := NEW.%s; END IF;", from, to,
                        from)
               : FORMAT(mirror, "NEW.%s := NEW.%s;", to, from);
}

/* The default that both columns have is looked for in the target. */
static const char *different(ls_mirror *mirror, const char *source, const char *target,
                             ls_model_default number) {
    return FORMAT(mirror,
                  "IF NEW.%s IS DISTINCT FROM NEW.%s THEN IF NEW.%s IS NOT DISTINCT FROM 'd%u' "
                  "THEN NEW.%s := NEW.%s; ELSE NEW.%s := NEW.%s; END IF; END IF;",
                  source, target, target, number, target, source, source, target);
}

static const char *branch(ls_mirror *mirror, const ls_group_trigger *trigger, bool insert,
                          ls_model_default number) {
    const ls_model_trigger *model = trigger->model;
    ls_model_fire fire = insert ? model->on_insert : model->on_update;
    const char *source = name_of(mirror, trigger->source);
    const char *target = name_of(mirror, trigger->target);
    if (fire == LS_FIRE_NEVER)
        return "";
    if (fire == LS_FIRE_DIFFERENT)
        return different(mirror, source, target, number);
    const char *back = "";
    if (model->two_way)
        back = FORMAT(mirror, "ELSIF %s THEN %s", condition(mirror, fire, insert, source, target),
                      assignment(mirror, model, source, target));
    return FORMAT(mirror, "IF %s THEN %s %s END IF;",
                  condition(mirror, fire, insert, target, source),
                  assignment(mirror, model, target, source), back);
}

static const char *create_trigger(ls_mirror *mirror, const ls_schema *schema, ls_local number) {
    const ls_group_trigger *trigger = &mirror->group->triggers.items[number];
    const ls_model_trigger *model = trigger->model;
    ls_model_default same = schema->defaults[trigger->source];
    const char *events = model->on_insert == LS_FIRE_NEVER   ? "UPDATE"
                         : model->on_update == LS_FIRE_NEVER ? "INSERT"
                                                             : "INSERT OR UPDATE";
    return FORMAT(mirror,
                  "CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN "
                  "IF TG_OP = 'INSERT' THEN %s ELSE %s END IF; RETURN NEW; END $f$; "
                  "CREATE TRIGGER %s BEFORE %s ON t FOR EACH ROW EXECUTE FUNCTION %s()",
                  model->name, branch(mirror, trigger, true, same),
                  branch(mirror, trigger, false, same), model->name, events, model->name);
}

/* --- SQL of the plan ------------------------------------------------------------------------- */

static const char *default_clause(ls_mirror *mirror, ls_model_default number) {
    return number == 0 ? "" : FORMAT(mirror, " DEFAULT 'd%u'", number);
}

static const char *check_of(ls_mirror *mirror, ls_local carrier) {
    return ls_has(mirror->group->properties, carrier)
               ? FORMAT(mirror, "CHECK (%s LIKE 'w%%')",
                        name_of(mirror, mirror->group->of[carrier]))
               : FORMAT(mirror, "CHECK (%s IS NOT NULL)", name_of(mirror, carrier));
}

static const char *not_null_not_valid(ls_mirror *mirror, const char *name) {
    return mirror->server_version >= 180000
               ? FORMAT(mirror, "ALTER TABLE t ADD CONSTRAINT %s_nn NOT NULL %s NOT VALID", name,
                        name)
               : FORMAT(mirror,
                        "ALTER TABLE t ADD CONSTRAINT %s_nn CHECK (%s IS NOT NULL) NOT VALID", name,
                        name);
}

static const char *sql_of(ls_mirror *mirror, const ls_schema *schema,
                          const ls_group_action *action) {
    const char *name = action->carrier == LS_NOT_IN_GROUP ? NULL : name_of(mirror, action->carrier);
    const char *other = action->other == LS_NOT_IN_GROUP ? NULL : name_of(mirror, action->other);
    const char *trigger = action->trigger == LS_NOT_IN_GROUP
                              ? NULL
                              : mirror->group->triggers.items[action->trigger].model->name;
    switch (action->act) {
    case LS_ACT_ADD_CARRIER:
        return FORMAT(mirror, "ALTER TABLE t ADD COLUMN %s text%s%s", name,
                      action->not_null ? " NOT NULL" : "",
                      default_clause(mirror, action->default_value));
    case LS_ACT_DROP_CARRIER:
        return FORMAT(mirror, "ALTER TABLE t DROP COLUMN %s", name);
    case LS_ACT_RENAME_CARRIER:
        return FORMAT(mirror, "ALTER TABLE t RENAME COLUMN %s TO %s", name, other);
    case LS_ACT_SWAP_CARRIERS:
        return FORMAT(mirror,
                      "ALTER TABLE t RENAME COLUMN %s TO between; ALTER TABLE t RENAME COLUMN %s "
                      "TO %s; ALTER TABLE t RENAME COLUMN between TO %s",
                      name, other, name, other);
    case LS_ACT_SET_NOT_NULL:
        return FORMAT(mirror, "ALTER TABLE t ALTER %s SET NOT NULL", name);
    case LS_ACT_NOT_NULL_NOT_VALID:
        return not_null_not_valid(mirror, name);
    case LS_ACT_DROP_NOT_NULL:
        return FORMAT(mirror, "ALTER TABLE t ALTER %s DROP NOT NULL", name);
    case LS_ACT_ADD_CHECK:
    case LS_ACT_ADD_CHECK_NOT_VALID:
        return FORMAT(mirror, "ALTER TABLE t ADD CONSTRAINT %s_check %s%s", name,
                      check_of(mirror, action->carrier),
                      action->act == LS_ACT_ADD_CHECK ? "" : " NOT VALID");
    case LS_ACT_VALIDATE:
        return FORMAT(mirror, "ALTER TABLE t VALIDATE CONSTRAINT %s_%s", name,
                      ls_has(schema->checked, action->carrier) ? "check" : "nn");
    case LS_ACT_DROP_CHECK:
        return FORMAT(mirror, "ALTER TABLE t DROP CONSTRAINT %s_check", name);
    case LS_ACT_SET_DEFAULT:
        return FORMAT(mirror, "ALTER TABLE t ALTER %s SET DEFAULT 'd%u'", name,
                      action->default_value);
    case LS_ACT_DROP_DEFAULT:
        return FORMAT(mirror, "ALTER TABLE t ALTER %s DROP DEFAULT", name);
    case LS_ACT_CREATE_TRIGGER:
        return create_trigger(mirror, schema, action->trigger);
    case LS_ACT_DROP_TRIGGER:
        return FORMAT(mirror, "DROP TRIGGER %s ON t", trigger);
    case LS_ACT_DISABLE_TRIGGER:
        return FORMAT(mirror, "ALTER TABLE t DISABLE TRIGGER %s", trigger);
    case LS_ACT_ENABLE_TRIGGER:
        return FORMAT(mirror, "ALTER TABLE t ENABLE TRIGGER %s", trigger);
    case LS_ACT_COPY:
        return FORMAT(mirror, "UPDATE t SET %s = %s", name, other);
    case LS_ACT_ADD_ALIAS:
    case LS_ACT_DROP_ALIAS:
        break;
    }
    return "SELECT";
}

/* What one action makes of the schema decides the SQL of the next: whose constraint is validated,
 * which default a trigger asks for. */
static const char *run_transaction(ls_mirror *mirror, const ls_schema *schema,
                                   const ls_situation *before, const ls_group_step *step) {
    ls_schema now = *schema;
    const char *problem = execute(mirror, "BEGIN");
    for (uint32_t i = 0; problem == NULL && i < step->actions.count; i++) {
        ls_group_step one = {.kind = LS_STEP_TRANSACTION};
        ls_row row = before->row;
        problem = execute(mirror, sql_of(mirror, &now, &step->actions.items[i]));
        LS_PUSH(mirror->arena, &one.actions, step->actions.items[i]);
        ls_row_transaction(mirror->group, &one, &now, &row);
    }
    must(mirror, problem == NULL ? "COMMIT" : "ROLLBACK");
    return problem;
}

/* --- Backfills and checks -------------------------------------------------------------------- */

static const char *is_left(ls_mirror *mirror, const ls_group_backfill *backfill) {
    if (ls_has(mirror->group->properties, backfill->target))
        return FORMAT(mirror, "%s NOT LIKE 'w%%'",
                      name_of(mirror, mirror->group->of[backfill->target]));
    const char *target = name_of(mirror, backfill->target);
    if (backfill->model->rows == LS_MODEL_ROWS_NULL)
        return FORMAT(mirror, "%s IS NULL", target);
    if (backfill->model->rows == LS_MODEL_ROWS_DISTINCT)
        return FORMAT(mirror, "%s IS DISTINCT FROM %s", target, name_of(mirror, backfill->source));
    return "true";
}

static const char *backfill_sql(ls_mirror *mirror, const ls_group_backfill *backfill) {
    if (ls_has(mirror->group->properties, backfill->target)) {
        const char *of = name_of(mirror, mirror->group->of[backfill->target]);
        return FORMAT(mirror, "UPDATE t SET %s = 'w' || %s WHERE ", of, of);
    }
    const char *value =
        backfill->source == LS_NOT_IN_GROUP ? "'computed'" : name_of(mirror, backfill->source);
    return FORMAT(mirror, "UPDATE t SET %s = %s WHERE ", name_of(mirror, backfill->target), value);
}

static const char *run_backfill(ls_mirror *mirror, const ls_group_backfill *backfill) {
    return execute(mirror, ls_arena_join(mirror->arena, backfill_sql(mirror, backfill),
                                         is_left(mirror, backfill), NULL));
}

/* With the row locked by another session, the loop finds nothing to do. */
static const char *pass_locked_row(ls_mirror *mirror, const ls_group_backfill *backfill) {
    PQclear(PQexec(mirror->other, "BEGIN; SELECT FROM t FOR UPDATE"));
    const char *problem =
        execute(mirror, ls_arena_join(mirror->arena, backfill_sql(mirror, backfill),
                                      "id IN (SELECT id FROM t WHERE ", is_left(mirror, backfill),
                                      " FOR UPDATE SKIP LOCKED)", NULL));
    PQclear(PQexec(mirror->other, "ROLLBACK"));
    return problem;
}

static const char *end_backfill(ls_mirror *mirror, const ls_group_backfill *backfill,
                                const ls_row *row) {
    if (backfill->model->skip_locked)
        return pass_locked_row(mirror, backfill);
    bool from_null =
        backfill->source != LS_NOT_IN_GROUP && row->value[backfill->source] == LS_VALUE_NULL;
    if (backfill->model->rows == LS_MODEL_ROWS_ALL || from_null)
        return NULL;
    const char *left = value_of(mirror, ls_arena_join(mirror->arena, "SELECT id FROM t WHERE ",
                                                      is_left(mirror, backfill), NULL));
    return left == NULL ? NULL : "a row is left";
}

static const char *run_check(ls_mirror *mirror, const ls_group_step *step) {
    for (LS_EACH(const ls_group_gate, gate, step->gates)) {
        const char *carrier = name_of(mirror, gate->carrier);
        const char *wrong =
            gate->source == LS_NOT_IN_GROUP
                ? FORMAT(mirror, "%s IS NULL", carrier)
                : FORMAT(mirror, "%s IS DISTINCT FROM %s", carrier, name_of(mirror, gate->source));
        if (ls_has(mirror->group->properties, gate->carrier))
            wrong = FORMAT(mirror, "%s NOT LIKE 'w%%'",
                           name_of(mirror, mirror->group->of[gate->carrier]));
        const char *sql = FORMAT(mirror, "SELECT id FROM t WHERE %s", wrong);
        const char *problem = execute(mirror, sql);
        if (problem != NULL)
            return problem;
        if (value_of(mirror, sql) != NULL)
            return "the check is false";
    }
    return NULL;
}

/* --- Statements of versions ------------------------------------------------------------------ */

/* A version that lists a column and not a property of it writes what violates the property. */
static const char *new_value(ls_mirror *mirror, ls_carrier_set written) {
    bool violates = false;
    for (LS_EACH_OF(property, mirror->group->properties & ~written))
        violates |= ls_has(written, mirror->group->of[property]);
    return FORMAT(mirror, "%c%u", violates ? 'x' : 'w', ++mirror->writes);
}

static const char *insert_row(ls_mirror *mirror, ls_carrier_set columns, const char *value) {
    const char *names = "", *values = "";
    for (LS_EACH_OF(column, columns)) {
        names = FORMAT(mirror, "%s, %s", names, name_of(mirror, (ls_local)column));
        values = FORMAT(mirror, "%s, '%s'", values, value);
    }
    return execute(mirror,
                   FORMAT(mirror, "INSERT INTO t (id, other%s) VALUES (1, 0%s)", names, values));
}

static const char *update_row(ls_mirror *mirror, ls_carrier_set columns, const char *value) {
    const char *list = "";
    for (LS_EACH_OF(column, columns))
        list = FORMAT(mirror, "%s%s%s = '%s'", list, list[0] == '\0' ? "" : ", ",
                      name_of(mirror, (ls_local)column), value);
    return execute(mirror, FORMAT(mirror, "UPDATE t SET %s", columns == 0 ? "other = 1" : list));
}

static const char *run_write(ls_mirror *mirror, const ls_move *move) {
    const ls_group_write *write =
        &mirror->group->versions.items[move->version].writes.items[move->item];
    ls_carrier_set columns = write->carriers & ~mirror->group->properties;
    const char *value = columns == 0 ? mirror->logical : new_value(mirror, write->carriers);
    const char *problem = write->creates                   ? insert_row(mirror, columns, value)
                          : write->kind == LS_WRITE_DELETE ? execute(mirror, "DELETE FROM t")
                                                           : update_row(mirror, columns, value);
    if (problem == NULL)
        mirror->logical = value;
    return problem;
}

const char *ls_mirror_move(ls_mirror *mirror, const ls_search *search, const ls_situation *before,
                           const ls_move *move) {
    uint32_t stage;
    const ls_group_step *step = ls_move_step(mirror->group, before, move, &stage);
    const ls_schema *schema = &search->schemas.items[before->schema];
    switch (move->kind) {
    case LS_STEP_INSERT:
    case LS_STEP_UPDATE:
    case LS_STEP_DELETE:
        return run_write(mirror, move);
    case LS_STEP_READ:
        return execute(mirror, FORMAT(mirror, "SELECT %s FROM t", name_of(mirror, move->item)));
    case LS_STEP_TRANSACTION:
        return run_transaction(mirror, schema, before, step);
    case LS_STEP_BACKFILL:
        return run_backfill(mirror, &step->backfill);
    case LS_STEP_BACKFILL_ENDS:
        return end_backfill(mirror, &step->backfill, &before->row);
    case LS_STEP_CHECK:
        return run_check(mirror, step);
    case LS_STEP_DEPLOY:
    case LS_STEP_DEPLOY_ENDS:
    case LS_STEP_SOAK:
    case LS_STEP_NOTHING:
        break;
    }
    return NULL;
}

/* --- Comparing ------------------------------------------------------------------------------- */

/* What is there without a logical write under a name: a default, or what a backfill computed. */
static void learn_value(ls_mirror *mirror, const ls_situation *after, const ls_move *move,
                        const PGresult *row, const int *fields) {
    bool computed = move->kind == LS_STEP_BACKFILL, inserted = move->kind == LS_STEP_INSERT;
    if (inserted &&
        mirror->group->versions.items[move->version].writes.items[move->item].carriers != 0)
        return;
    if (!computed && !inserted && move->kind != LS_STEP_TRANSACTION)
        return;
    if (inserted)
        mirror->logical = NULL;
    for (uint32_t i = 0; i < mirror->group->carriers.count; i++)
        if (fields[i] >= 0 && after->row.value[i] == LS_VALUE_FRESH &&
            !ls_has(mirror->group->properties, (ls_local)i) && !PQgetisnull(row, 0, fields[i]) &&
            (mirror->logical == NULL || !mirror->group->linked || mirror->group->properties != 0)) {
            mirror->logical = ls_arena_string(mirror->arena, PQgetvalue(row, 0, fields[i]));
            return;
        }
}

static ls_model_value seen_value(const ls_mirror *mirror, const PGresult *row, int field) {
    if (PQgetisnull(row, 0, field))
        return LS_VALUE_NULL;
    return mirror->logical != NULL && strcmp(PQgetvalue(row, 0, field), mirror->logical) == 0
               ? LS_VALUE_FRESH
               : LS_VALUE_STALE;
}

/* A default that is added or taken later may happen to be what was there: the model does not know
 * that of every value and takes it for something else. */
static bool may_be_same(const ls_mirror *mirror, ls_model_value model, ls_model_value seen) {
    return model == seen || (model == LS_VALUE_STALE && seen == LS_VALUE_FRESH &&
                             mirror->logical != NULL && mirror->logical[0] == 'd');
}

static bool property_holds(const ls_mirror *mirror, const PGresult *row, const int *fields,
                           ls_local property) {
    int field = fields[mirror->group->of[property]];
    return field < 0 || PQgetisnull(row, 0, field) || PQgetvalue(row, 0, field)[0] == 'w';
}

static const char *compare_row(ls_mirror *mirror, const ls_schema *schema,
                               const ls_situation *after, const PGresult *row, const int *fields) {
    static const char *const NAMES[] = {"null", "fresh", "stale"};
    for (uint32_t i = 0; i < mirror->group->carriers.count; i++) {
        ls_local carrier = (ls_local)i;
        const char *name = name_of(mirror, carrier);
        if (ls_has(mirror->group->properties, carrier)) {
            bool holds = after->row.value[i] == LS_VALUE_FRESH;
            if (holds != property_holds(mirror, row, fields, carrier))
                return FORMAT(mirror, "%s holds in one only", name);
            continue;
        }
        if (ls_has(schema->exists, carrier) != (fields[i] >= 0))
            return FORMAT(mirror, "%s exists in one only", name);
        if (fields[i] < 0)
            continue;
        ls_model_value model = after->row.value[i], seen = seen_value(mirror, row, fields[i]);
        if (!may_be_same(mirror, model, seen))
            return FORMAT(mirror, "%s is %s in the model and %s on the server", name, NAMES[model],
                          NAMES[seen]);
    }
    return NULL;
}

const char *ls_mirror_compare(ls_mirror *mirror, const ls_search *search, const ls_situation *after,
                              const ls_move *move) {
    PGresult *row = PQexec(mirror->session, "SELECT * FROM t");
    int fields[LS_GROUP_CARRIERS];
    for (uint32_t i = 0; i < mirror->group->carriers.count; i++)
        fields[i] = PQfnumber(row, name_of(mirror, (ls_local)i));
    const char *difference = NULL;
    if ((PQntuples(row) == 1) != after->row.present) {
        difference = "the row is there in one only";
    } else if (after->row.present) {
        learn_value(mirror, after, move, row, fields);
        difference = compare_row(mirror, &search->schemas.items[after->schema], after, row, fields);
    }
    PQclear(row);
    return difference;
}

/* --- Before the first stage ------------------------------------------------------------------ */

static void create_table(ls_mirror *mirror, const ls_schema *schema) {
    const char *columns = "";
    for (LS_EACH_OF(carrier, schema->exists & ~mirror->group->properties))
        columns = FORMAT(mirror, "%s, %s text%s%s", columns, name_of(mirror, (ls_local)carrier),
                         ls_has(schema->not_null, (ls_local)carrier) ? " NOT NULL" : "",
                         default_clause(mirror, schema->defaults[carrier]));
    must(mirror,
         FORMAT(mirror, "DROP TABLE IF EXISTS t; CREATE TABLE t (id int PRIMARY KEY, other int%s)",
                columns));
}

void ls_mirror_start(ls_mirror *mirror, const ls_search *search, const ls_situation *start) {
    const ls_schema *schema = &search->schemas.items[start->schema];
    ls_carrier_set fresh = 0;
    create_table(mirror, schema);
    for (LS_EACH_OF(trigger, schema->made))
        must(mirror, create_trigger(mirror, schema, (ls_local)trigger));
    mirror->logical = NULL;
    if (!start->row.present)
        return;
    for (LS_EACH_OF(carrier, schema->exists))
        if (start->row.value[carrier] == LS_VALUE_FRESH)
            fresh |= ls_bit((ls_local)carrier);
    mirror->logical = new_value(mirror, fresh);
    const char *problem = insert_row(mirror, fresh & ~mirror->group->properties, mirror->logical);
    if (problem != NULL) {
        fprintf(stderr, "walks: %s\n", problem);
        exit(2);
    }
}
