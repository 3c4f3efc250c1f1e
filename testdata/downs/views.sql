-- Views, functions, triggers, rules, policies.

-- === a view there and back
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
-- up
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT a FROM t;
-- = same

-- === a view in other words
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t WHERE b > 0;
-- up
DROP VIEW v;
-- down
create or replace view public.v as
    select a -- the first
    from public.t where b > 0;
-- = same

-- === a view of something else
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
-- up
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT a, b FROM t;
-- = changes columns of view v

-- === a view replaced, and no way back
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
-- up
CREATE OR REPLACE VIEW v AS SELECT a, b FROM t;
-- down
DROP VIEW v;
-- = loses view v

-- === a view replaced and made again
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
-- up
CREATE OR REPLACE VIEW v AS SELECT a, b FROM t;
-- down
DROP VIEW v;
CREATE VIEW v AS SELECT a FROM t;
-- = same

-- === a view replaced, and replaced with fewer columns
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
-- up
CREATE OR REPLACE VIEW v AS SELECT a, b FROM t;
-- down
CREATE OR REPLACE VIEW v AS SELECT a FROM t;
-- = fails

-- === a view that CASCADE takes along
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT b FROM t;
-- up
ALTER TABLE t DROP COLUMN b CASCADE;
-- down
ALTER TABLE t ADD COLUMN b int;
-- = loses view v

-- === a view over a view that CASCADE takes along
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT b FROM t;
CREATE VIEW w AS SELECT b FROM v;
-- up
DROP VIEW v CASCADE;
-- down
CREATE VIEW v AS SELECT b FROM t;
-- = loses view w

-- === a view in the way of a type
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT b FROM t;
-- up
DROP VIEW v;
ALTER TABLE t ALTER b TYPE bigint;
CREATE VIEW v AS SELECT b FROM t;
-- down
DROP VIEW v;
ALTER TABLE t ALTER b TYPE int;
CREATE VIEW v AS SELECT b FROM t;
-- = same

-- === a view renamed and back
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
-- up
ALTER VIEW v RENAME TO w;
-- down
ALTER VIEW w RENAME TO v;
-- = same

-- === the comment of a view
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
COMMENT ON VIEW v IS 'all of t';
-- up
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT a FROM t;
-- = changes comment of view v

-- === a materialized view and its index
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE UNIQUE INDEX m_a ON m (a);
-- up
DROP MATERIALIZED VIEW m;
-- down
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
-- = loses index m_a

-- === a materialized view and its index again
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE UNIQUE INDEX m_a ON m (a);
-- up
DROP MATERIALIZED VIEW m;
-- down
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE UNIQUE INDEX m_a ON m (a);
-- = same

-- === a function there and back
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT a + 1 $$;
-- up
DROP FUNCTION f(int);
-- down
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT a + 1 $$;
-- = same

-- === a function between other quotes
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1 $$;
-- up
DROP FUNCTION f(int);
-- down
CREATE OR REPLACE FUNCTION public.f(a int) RETURNS int LANGUAGE sql AS ' SELECT a + 1 ';
-- = same

-- === a function with another body
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1 $$;
-- up
CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 2 $$;
-- down
CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 3 $$;
-- = changes body of function f(integer)

-- === a function replaced and back
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1 $$;
-- up
CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 2 $$;
-- down
CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1 $$;
-- = same

-- === a function of another volatility
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT a + 1 $$;
-- up
DROP FUNCTION f(int);
-- down
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1 $$;
-- = changes definition of function f(integer)

-- === an overload that stays
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1 $$;
-- up
CREATE OR REPLACE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql AS $$ SELECT a + b $$;
-- down
CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1 $$;
-- = leaves function f(integer, integer)

-- === the other overload is dropped
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1 $$;
-- up
CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS $$ SELECT a $$;
-- down
DROP FUNCTION f(int);
-- = loses function f(integer)
-- = leaves function f(text)

-- === a procedure there and back
-- up
CREATE PROCEDURE p() LANGUAGE sql AS $$ SELECT 1 $$;
-- down
DROP PROCEDURE p();
-- = same

-- === a function renamed and back
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
-- up
ALTER FUNCTION f() RENAME TO g;
-- down
ALTER FUNCTION g() RENAME TO f;
-- = same

-- === a trigger there and back
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT OR UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f();
-- up
DROP TRIGGER g ON t;
-- down
CREATE TRIGGER g BEFORE UPDATE OF a OR INSERT ON public.t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE PROCEDURE f();
-- = same

-- === a trigger with another condition
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f();
-- up
DROP TRIGGER g ON t;
-- down
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- = changes definition of trigger g on t

-- === a trigger on other events
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- up
DROP TRIGGER g ON t;
-- down
CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- = changes events of trigger g on t

-- === a trigger with other arguments
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f('x');
-- up
DROP TRIGGER g ON t;
-- down
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f('y');
-- = changes definition of trigger g on t

-- === a trigger that goes with its function
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- up
DROP FUNCTION f() CASCADE;
-- down
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
-- = loses trigger g on t

-- === a trigger disabled and enabled
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- up
ALTER TABLE t DISABLE TRIGGER g;
-- down
ALTER TABLE t ENABLE TRIGGER g;
-- = same

-- === a trigger that stays disabled
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- up
ALTER TABLE t DISABLE TRIGGER g;
-- down
SELECT 1;
-- = changes state of trigger g on t

-- === a rule there and back
CREATE TABLE t (a int);
CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
-- up
DROP RULE r ON t;
-- down
CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
-- = same

-- === a rule that does something else
CREATE TABLE t (a int);
CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
-- up
DROP RULE r ON t;
-- down
CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING;
-- = changes definition of rule r on t

-- === a policy there and back
CREATE TABLE t (a int);
CREATE POLICY p ON t FOR SELECT USING (a > 0);
-- up
DROP POLICY p ON t;
-- down
CREATE POLICY p ON t FOR SELECT TO PUBLIC USING (a > 0);
-- = same

-- === a policy for other commands
CREATE TABLE t (a int);
CREATE POLICY p ON t FOR SELECT USING (a > 0);
-- up
DROP POLICY p ON t;
-- down
CREATE POLICY p ON t USING (a > 0);
-- = changes command of policy p on t

-- === a policy altered and back
CREATE TABLE t (a int);
CREATE POLICY p ON t USING (a > 0);
-- up
ALTER POLICY p ON t USING (a > 1);
-- down
ALTER POLICY p ON t USING (a > 0);
-- = same

-- === a policy altered, and no way back
CREATE TABLE t (a int);
CREATE POLICY p ON t USING (a > 0);
-- up
ALTER POLICY p ON t USING (a > 1) WITH CHECK (a > 2);
-- down
ALTER POLICY p ON t USING (a > 0);
-- = changes WITH CHECK of policy p on t

-- === row security on and off
CREATE TABLE t (a int);
-- up
ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- down
ALTER TABLE t DISABLE ROW LEVEL SECURITY;
-- = changes row security of the owner of table t

-- === a view of all columns, made again while there is one more
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT * FROM t;
-- up
DROP VIEW v;
ALTER TABLE t ADD COLUMN b int;
CREATE VIEW v AS SELECT * FROM t;
-- down
DROP VIEW v;
CREATE VIEW v AS SELECT * FROM t;
-- = leaves column t.b
-- = changes columns of view v

-- === a view of all columns, made again
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT * FROM t;
-- up
DROP VIEW v;
ALTER TABLE t ADD COLUMN b int;
CREATE VIEW v AS SELECT * FROM t;
-- down
DROP VIEW v;
ALTER TABLE t DROP COLUMN b;
CREATE VIEW v AS SELECT * FROM t;
-- = same

-- === a trigger that follows its renamed function, and goes with it
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER FUNCTION f() RENAME TO h;
-- up
DROP FUNCTION h() CASCADE;
-- down
CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION h();
-- = same

-- === a comment that goes with its function
-- up
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
COMMENT ON FUNCTION f() IS 'one';
-- down
DROP FUNCTION f();
-- = same

-- === a view as the server shows it
CREATE TABLE t (a int, b text, c int);
CREATE VIEW v AS SELECT a, t.b AS d FROM t WHERE a IN (1, 2) AND t.b != 'x' ORDER BY 1;
-- up
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT t.a, t.b AS d FROM public.t
    WHERE ((t.a = ANY (ARRAY[1, 2])) AND (t.b <> 'x'::text)) ORDER BY t.a;
-- = unknown

-- === a view of all columns as the server shows it
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT *, count(*) OVER () FROM t u;
-- up
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT u.a, u.b, count(*) OVER () AS count FROM t u;
-- = unknown

-- === a view of the same columns with another condition
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t WHERE b > 0 AND a IS NULL;
-- up
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT t.a FROM t WHERE (t.b > 1) AND a IS NULL;
-- = changes definition of view v

-- === a view over another table
CREATE TABLE t (a int);
CREATE TABLE u (a int);
CREATE VIEW v AS SELECT a FROM t;
-- up
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT a FROM u;
-- = changes definition of view v

-- === a view with casts spelled otherwise
CREATE TABLE t (a int, b timestamptz);
CREATE VIEW v AS SELECT CAST(a AS varchar(20)) AS a, b::timestamp without time zone AS b FROM t;
-- up
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT t.a::character varying(20) AS a, CAST(t.b AS timestamp) AS b FROM t;
-- = unknown

-- === a view that keeps duplicates
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t UNION SELECT a + 1 FROM t;
-- up
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT a FROM t UNION ALL SELECT a + 1 FROM t;
-- = changes definition of view v

-- === a function whose clauses stand in another order
CREATE FUNCTION f(a int) RETURNS float LANGUAGE sql IMMUTABLE AS $$ SELECT a + 1 $$;
-- up
DROP FUNCTION f(int);
-- down
CREATE FUNCTION f(a integer) RETURNS double precision IMMUTABLE LANGUAGE sql AS $$ SELECT a + 1 $$;
-- = unknown

-- === a view that keeps the time
CREATE TABLE t (a timestamp);
CREATE VIEW v AS SELECT a FROM t WHERE a < 'now'::timestamp;
-- up
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT a FROM t WHERE a < 'now'::timestamp;
-- = unknown

-- === a comment on one of two functions of a name
CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION total(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION total(integer) IS 'of numbers';
-- up
COMMENT ON FUNCTION total(text) IS 'of words';
-- down
COMMENT ON FUNCTION total(integer) IS NULL;
-- = leaves comment function total(text)
-- = loses comment function total(integer)

-- === a comment on one of two functions of a name and back
CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION total(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION total(int) IS 'of numbers';
-- up
COMMENT ON FUNCTION total(int4) IS NULL;
COMMENT ON FUNCTION public.total(text) IS 'of words';
-- down
COMMENT ON FUNCTION public.total(b integer) IS 'of numbers';
COMMENT ON FUNCTION total(text) IS NULL;
-- = same

-- === a privilege on one of two functions of a name
CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION total(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- up
REVOKE EXECUTE ON FUNCTION total(integer), total(text) FROM PUBLIC;
-- down
GRANT EXECUTE ON FUNCTION total(text) TO PUBLIC;
-- = leaves privilege execute of public function total(integer)

-- === an owner of one of two functions of a name
CREATE ROLE keeper;
CREATE ROLE other_keeper;
CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION total(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION total(integer) OWNER TO keeper;
ALTER FUNCTION total(text) OWNER TO keeper;
-- up
ALTER FUNCTION total(text) OWNER TO other_keeper;
-- down
ALTER FUNCTION total(integer) OWNER TO keeper;
-- = changes text of owner function total(text)

-- === a new name for one of two functions of a name
CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION total(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- up
ALTER FUNCTION total(text) RENAME TO length_of;
-- down
-- = loses function total(text)
-- = leaves function length_of(text)

-- === a new name for one of two functions of a name and back
CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION total(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- up
ALTER FUNCTION total(text) RENAME TO length_of;
-- down
ALTER FUNCTION length_of(text) RENAME TO total;
-- = same

-- === the comment of a function that is made anew
CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION total(integer) IS 'of numbers';
-- up
DROP FUNCTION total(integer);
-- down
CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- = loses comment function total(integer)

-- === the comment of a function that is replaced
CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION total(integer) IS 'of numbers';
-- up
CREATE OR REPLACE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 2';
-- down
CREATE OR REPLACE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- = same

-- === the comment of a type that is made anew
CREATE TYPE mood AS ENUM ('sad', 'happy');
COMMENT ON TYPE mood IS 'how one is';
-- up
DROP TYPE mood;
-- down
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- = loses comment type mood

-- === a comment on a schema that has the name of a table
CREATE SCHEMA stock;
CREATE TABLE stock (id integer);
COMMENT ON TABLE stock IS 'what there is';
-- up
COMMENT ON SCHEMA stock IS 'all of the stock';
-- down
COMMENT ON TABLE stock IS NULL;
-- = leaves comment schema stock
-- = changes comment of table stock

-- === a comment on a schema that has the name of a table and back
CREATE SCHEMA stock;
CREATE TABLE stock (id integer);
COMMENT ON TABLE stock IS 'what there is';
COMMENT ON SCHEMA stock IS 'all of the stock';
-- up
COMMENT ON SCHEMA stock IS NULL;
COMMENT ON TABLE stock IS NULL;
-- down
COMMENT ON TABLE stock IS 'what there is';
COMMENT ON SCHEMA stock IS 'all of the stock';
-- = same

-- === the owner of a function that is the server's own
CREATE ROLE keeper;
-- up
ALTER FUNCTION pg_catalog.lo_import(text) OWNER TO keeper;
-- down
-- = unknown

-- === a view's column of another type, taken out of json
CREATE TABLE session (id integer, answers jsonb);
CREATE VIEW summary AS SELECT id, answers -> 'kind' AS kind FROM session;
-- up
DROP VIEW summary;
CREATE VIEW summary AS SELECT id, (answers -> 'kind')::text AS kind FROM session;
-- down
CREATE OR REPLACE VIEW summary AS SELECT id, answers -> 'kind' AS kind FROM session;
-- = fails

-- === a view's column that may be of another type
CREATE TABLE session (id integer, at timestamptz);
CREATE VIEW summary AS SELECT id, date_part('epoch', at) AS moment FROM session;
-- up
CREATE OR REPLACE VIEW summary AS SELECT id, date_part('epoch', at) AS moment, at FROM session;
DROP VIEW summary;
CREATE VIEW summary AS SELECT id, age(at) AS moment FROM session;
-- down
CREATE OR REPLACE VIEW summary AS SELECT id, date_part('epoch', at) AS moment FROM session;
-- = unknown

-- === a view with one column more, after one of a type that is not known
CREATE TABLE session (id integer, at timestamptz);
CREATE VIEW summary AS SELECT id, date_part('epoch', at) AS moment FROM session;
-- up
DROP VIEW summary;
-- down
CREATE VIEW summary AS SELECT id FROM session;
DROP VIEW summary;
CREATE VIEW summary AS SELECT id, date_part('epoch', at) AS moment FROM session;
CREATE OR REPLACE VIEW summary AS SELECT id, date_part('epoch', at) AS moment FROM session;
-- = same
