-- What a server's catalogs hold, as items: the kind, the name, the name of what it belongs to, and
-- facts, each under its column's name; an empty fact is as good as none. lockstep's own catalog is
-- told in the same words by said.c. Statements that return no rows prepare the others.

SET search_path = '';

CREATE VIEW pg_temp.own_schemas AS
SELECT n.oid, n.nspname
FROM pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e');

CREATE VIEW pg_temp.own_relations AS
SELECT c.*, n.nspname || '.' || c.relname AS name
FROM pg_class c JOIN pg_temp.own_schemas n ON n.oid = c.relnamespace
WHERE NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');

-- Neither arrays nor row types of tables, nor the multirange that comes with a range.
CREATE VIEW pg_temp.own_types AS
SELECT t.*, n.nspname || '.' || t.typname AS name
FROM pg_type t JOIN pg_temp.own_schemas n ON n.oid = t.typnamespace
WHERE t.typtype <> 'm'
  AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
  AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e');

CREATE FUNCTION pg_temp.type_text(type oid, modifier int) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN n.nspname = 'pg_catalog' THEN format_type(t.oid, modifier)
        ELSE n.nspname || '.' || coalesce(e.typname || '[]', t.typname) END
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_type e ON e.typarray = t.oid
    WHERE t.oid = type
$$;

-- The columns of those numbers, in that order; 0 stands for an expression.
CREATE FUNCTION pg_temp.columns_text(relation oid, numbers int2[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(coalesce(a.attname, '(expression)'), ', ' ORDER BY k.at)
    FROM unnest(numbers) WITH ORDINALITY AS k(number, at)
    LEFT JOIN pg_attribute a ON a.attrelid = relation AND a.attnum = k.number AND k.number <> 0
$$;

CREATE FUNCTION pg_temp.yes(boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN $1 THEN 'yes' END
$$;

SELECT 'schema' AS kind, nspname AS name, '' AS owner FROM pg_temp.own_schemas;

SELECT 'extension' AS kind, extname AS name, '' AS owner FROM pg_extension WHERE extname <> 'plpgsql';

SELECT 'relation' AS kind, c.name, '' AS owner,
    CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table'
        WHEN 'f' THEN 'foreign table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
        WHEN 'S' THEN 'sequence' ELSE 'composite type' END AS is,
    CASE c.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' END AS persistence,
    (SELECT string_agg(p.name, ', ' ORDER BY i.inhseqno)
     FROM pg_inherits i JOIN pg_temp.own_relations p ON p.oid = i.inhparent
     WHERE i.inhrelid = c.oid) AS parents,
    CASE p.partstrat WHEN 'r' THEN 'range' WHEN 'l' THEN 'list' WHEN 'h' THEN 'hash' END
        || ' (' || pg_temp.columns_text(c.oid, p.partattrs::int2[]) || ')' AS partitioned_by,
    CASE WHEN b.text = 'DEFAULT' THEN 'default'
        WHEN b.text LIKE 'FOR VALUES IN %' THEN 'list'
        WHEN b.text LIKE 'FOR VALUES FROM %' THEN 'range'
        ELSE regexp_replace(b.text, '.*modulus (\d+), remainder (\d+).*', 'hash \1 \2') END AS bound,
    CASE WHEN c.reloftype <> 0 THEN pg_temp.type_text(c.reloftype, -1) END AS of_type,
    CASE WHEN c.relam <> 0 AND a.amname <> 'heap' THEN a.amname END AS access_method,
    pg_temp.yes(c.relrowsecurity) AS row_security,
    pg_temp.yes(c.relforcerowsecurity) AS force_row_security,
    CASE WHEN c.relreplident <> 'd' AND c.relkind IN ('r', 'p') THEN c.relreplident END AS replica_identity,
    pg_temp.yes(c.relkind = 'm' AND NOT c.relispopulated) AS not_populated,
    (SELECT o.name || '.' || t.attname
     FROM pg_depend d JOIN pg_temp.own_relations o ON o.oid = d.refobjid
     JOIN pg_attribute t ON t.attrelid = d.refobjid AND t.attnum = d.refobjsubid
     WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND c.relkind = 'S'
       AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')) AS owned_by,
    pg_temp.yes(c.relkind = 'S' AND EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')) AS of_identity,
    (SELECT format_type(s.seqtypid, NULL) FROM pg_sequence s WHERE s.seqrelid = c.oid) AS sequence_type
FROM pg_temp.own_relations c
LEFT JOIN pg_partitioned_table p ON p.partrelid = c.oid
LEFT JOIN pg_am a ON a.oid = c.relam
CROSS JOIN LATERAL (SELECT pg_get_expr(c.relpartbound, c.oid)) AS b(text)
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c');

SELECT 'column' AS kind, c.name || '.' || a.attname AS name, c.name AS owner,
    row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum)::text AS position,
    pg_temp.type_text(a.atttypid, a.atttypmod) AS type,
    pg_temp.yes(a.attnotnull) AS not_null,
    pg_temp.yes(a.atthasdef AND a.attgenerated = '') AS has_default,
    CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
    CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END AS generated,
    (SELECT l.collname FROM pg_collation l JOIN pg_type t ON t.oid = a.atttypid
     WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation) AS collation
FROM pg_temp.own_relations c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c') AND a.attnum > 0 AND NOT a.attisdropped;

-- Not those that a foreign key to a partitioned table has for each partition, which are a part of
-- it; nor those of constraint triggers; nor NOT NULL of
-- domains, which 17 keeps as constraints and the types tell as well.
SELECT 'constraint' AS kind, o.name || '.' || k.conname AS name, o.name AS owner,
    CASE k.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key' WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique'
        WHEN 'n' THEN 'not null' ELSE 'exclude' END AS is,
    CASE WHEN k.contype = 'c' AND k.conrelid <> 0 THEN
        (SELECT string_agg(a.attname, ', ' ORDER BY a.attname COLLATE "C") FROM pg_attribute a
         WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey))
    WHEN k.contype NOT IN ('c', 'x') THEN pg_temp.columns_text(k.conrelid, k.conkey) END AS columns,
    pg_temp.yes(NOT k.convalidated) AS not_valid,
    pg_temp.yes(NOT (to_jsonb(k) ->> 'conenforced')::boolean) AS not_enforced,
    pg_temp.yes(k.connoinherit AND k.contype = 'c') AS no_inherit,
    pg_temp.yes(k.coninhcount > 0 AND k.contype IN ('c', 'f')) AS inherited,
    CASE WHEN k.condeferred THEN 'initially deferred' WHEN k.condeferrable THEN 'yes' END AS deferrable,
    (SELECT name FROM pg_temp.own_relations r WHERE r.oid = k.confrelid) AS referenced,
    pg_temp.columns_text(k.confrelid, k.confkey) AS referenced_columns,
    CASE k.confdeltype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
        WHEN 'd' THEN 'set default' END AS on_delete,
    CASE k.confupdtype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
        WHEN 'd' THEN 'set default' END AS on_update,
    (SELECT relname FROM pg_class i WHERE i.oid = k.conindid) AS index
FROM pg_constraint k
JOIN (SELECT oid, 0 AS domain, name FROM pg_temp.own_relations
      UNION ALL SELECT 0, oid, name FROM pg_temp.own_types) o
    ON o.oid = k.conrelid AND o.domain = k.contypid
WHERE (k.contype IN ('c', 'f', 'p', 'u', 'x') OR k.contype = 'n' AND k.conrelid <> 0)
  AND NOT EXISTS (SELECT FROM pg_constraint p
                  WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid);

SELECT 'index' AS kind, c.name, t.name AS owner, t.name AS table,
    pg_temp.yes(i.indisunique) AS unique, pg_temp.yes(i.indisprimary) AS primary,
    pg_temp.yes(NOT i.indisvalid) AS not_valid,
    pg_temp.yes(i.indnullsnotdistinct) AS nulls_not_distinct,
    a.amname AS method,
    (SELECT string_agg(coalesce(e.attname, '(expression)')
            || CASE WHEN i.indoption[n] & 1 = 1 THEN ' desc' ELSE '' END
            || CASE WHEN i.indoption[n] IN (1, 2) THEN
                   CASE WHEN i.indoption[n] = 2 THEN ' nulls first' ELSE ' nulls last' END ELSE '' END,
            ', ' ORDER BY n)
     FROM generate_series(0, i.indnkeyatts - 1) n
     LEFT JOIN pg_attribute e ON e.attrelid = i.indrelid AND e.attnum = i.indkey[n] AND e.attnum <> 0
    ) AS columns,
    pg_temp.columns_text(i.indrelid, (i.indkey::int2[])[i.indnkeyatts : i.indnatts - 1]) AS include,
    pg_temp.yes(i.indpred IS NOT NULL) AS partial,
    (SELECT p.name FROM pg_inherits h JOIN pg_temp.own_relations p ON p.oid = h.inhparent
     WHERE h.inhrelid = c.oid) AS parent,
    (SELECT k.conname FROM pg_constraint k
     WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x')) AS constraint
FROM pg_temp.own_relations c
JOIN pg_index i ON i.indexrelid = c.oid
JOIN pg_temp.own_relations t ON t.oid = i.indrelid
JOIN pg_am a ON a.oid = c.relam;

SELECT 'trigger' AS kind, c.name || '.' || g.tgname AS name, c.name AS owner,
    CASE WHEN g.tgtype & 2 <> 0 THEN 'before' WHEN g.tgtype & 64 <> 0 THEN 'instead of' ELSE 'after' END
        || CASE WHEN g.tgtype & 4 <> 0 THEN ' insert' ELSE '' END
        || CASE WHEN g.tgtype & 16 <> 0 THEN ' update' ELSE '' END
        || CASE WHEN g.tgtype & 8 <> 0 THEN ' delete' ELSE '' END
        || CASE WHEN g.tgtype & 32 <> 0 THEN ' truncate' ELSE '' END AS fires,
    pg_temp.yes(g.tgtype & 1 = 1) AS row,
    pg_temp.columns_text(c.oid, g.tgattr::int2[]) AS columns,
    n.nspname || '.' || f.proname AS function,
    pg_temp.yes(g.tgconstraint <> 0) AS constraint,
    CASE WHEN g.tginitdeferred THEN 'initially deferred' WHEN g.tgdeferrable THEN 'yes' END AS deferrable,
    pg_temp.yes(g.tgenabled = 'D') AS disabled
FROM pg_temp.own_relations c
JOIN pg_trigger g ON g.tgrelid = c.oid
JOIN pg_proc f ON f.oid = g.tgfoid
JOIN pg_namespace n ON n.oid = f.pronamespace
WHERE NOT g.tgisinternal;

SELECT 'policy' AS kind, c.name || '.' || p.polname AS name, c.name AS owner
FROM pg_temp.own_relations c JOIN pg_policy p ON p.polrelid = c.oid;

SELECT 'rule' AS kind, c.name || '.' || r.rulename AS name, c.name AS owner
FROM pg_temp.own_relations c JOIN pg_rewrite r ON r.ev_class = c.oid
WHERE r.rulename <> '_RETURN';

SELECT 'type' AS kind, t.name, '' AS owner,
    CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite'
        WHEN 'r' THEN 'range' WHEN 'p' THEN 'shell' ELSE 'base' END AS is,
    (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
     FROM pg_enum e WHERE e.enumtypid = t.oid) AS labels,
    CASE WHEN t.typtype = 'd' THEN pg_temp.type_text(t.typbasetype, t.typtypmod) END AS over,
    pg_temp.yes(t.typnotnull) AS not_null,
    pg_temp.yes(t.typdefault IS NOT NULL) AS has_default
FROM pg_temp.own_types t;

-- Not those that a type brings along.
SELECT 'function' AS kind,
    n.nspname || '.' || f.proname || '('
        || coalesce((SELECT string_agg(pg_temp.type_text(a.type, -1), ', ' ORDER BY a.at)
                     FROM unnest(f.proargtypes) WITH ORDINALITY AS a(type, at)), '') || ')' AS name,
    '' AS owner,
    pg_temp.yes(f.prokind = 'p') AS procedure,
    CASE WHEN f.prokind <> 'p' THEN
        CASE WHEN f.proretset THEN 'setof ' ELSE '' END || pg_temp.type_text(f.prorettype, -1) END AS returns,
    l.lanname AS language,
    CASE f.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END AS volatility
FROM pg_proc f JOIN pg_temp.own_schemas n ON n.oid = f.pronamespace
JOIN pg_language l ON l.oid = f.prolang
WHERE f.prokind <> 'a'
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype IN ('e', 'i'));

SELECT 'statistics' AS kind, n.nspname || '.' || s.stxname AS name, c.name AS owner, c.name AS table,
    (SELECT string_agg(a.attname, ', ' ORDER BY a.attname COLLATE "C") FROM pg_attribute a
     WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys::int2[])) AS columns
FROM pg_statistic_ext s
JOIN pg_temp.own_schemas n ON n.oid = s.stxnamespace
JOIN pg_temp.own_relations c ON c.oid = s.stxrelid;
