-- Tables, partitions, inheritance, privileges, comments, publications.

-- === created and dropped
-- up
CREATE TABLE t (id bigserial PRIMARY KEY, a text UNIQUE, b int DEFAULT 1 CHECK (b > 0));
CREATE INDEX ON t (b);
COMMENT ON TABLE t IS 'all of it';
-- down
DROP TABLE t;
-- = same

-- === dropped and made
CREATE TABLE t (id bigserial PRIMARY KEY, a text);
-- up
DROP TABLE t;
-- down
CREATE TABLE t (id bigserial PRIMARY KEY, a text);
-- = same

-- === dropped and made without an index and a trigger
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE INDEX i ON t (a);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- up
DROP TABLE t;
-- down
CREATE TABLE t (id int PRIMARY KEY, a text);
-- = loses index i
-- = loses trigger g on t

-- === dropped and made with other columns
CREATE TABLE t (id int PRIMARY KEY, a text, b int);
-- up
DROP TABLE t;
-- down
CREATE TABLE t (id int PRIMARY KEY, b int, c int);
-- = loses column t.a
-- = leaves column t.c

-- === dropped and made with the columns in another order
CREATE TABLE t (id int, a text, b int);
-- up
DROP TABLE t;
-- down
CREATE TABLE t (id int, b int, a text);
-- = reorders table t

-- === dropped with what refers to it
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES r);
-- up
DROP TABLE r CASCADE;
-- down
CREATE TABLE r (id int PRIMARY KEY);
-- = loses constraint t_a_fkey on t

-- === several made, one forgotten
-- up
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);
-- down
DROP TABLE b;
-- = leaves table a

-- === dropped in the wrong order
-- up
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);
-- down
DROP TABLE a;
DROP TABLE b;
-- = fails

-- === dropped together
-- up
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);
-- down
DROP TABLE a, b;
-- = same

-- === the down names a table that is not there
-- up
CREATE TABLE a (id int PRIMARY KEY);
-- down
DROP TABLE IF EXISTS b;
-- = leaves table a

-- === renamed and back
CREATE TABLE t (id serial PRIMARY KEY);
-- up
ALTER TABLE t RENAME TO u;
-- down
ALTER TABLE u RENAME TO t;
-- = same

-- === renamed and left so
CREATE TABLE t (id serial PRIMARY KEY, a int);
CREATE INDEX i ON t (a);
-- up
ALTER TABLE t RENAME TO u;
-- down
SELECT 1;
-- = renames table t

-- === a copy takes its place
CREATE TABLE t (id int, a text);
-- up
ALTER TABLE t RENAME TO t_old;
CREATE TABLE t (id bigint, a text);
-- down
DROP TABLE t;
ALTER TABLE t_old RENAME TO t;
-- = same

-- === unlogged and back
CREATE TABLE t (id int);
-- up
ALTER TABLE t SET UNLOGGED;
-- down
ALTER TABLE t SET LOGGED;
-- = same

-- === unlogged and left so
CREATE TABLE t (id int);
-- up
ALTER TABLE t SET UNLOGGED;
-- down
SELECT 1;
-- = changes persistence of table t

-- === a temporary table
-- up
CREATE TEMPORARY TABLE scratch (a int);
-- down
SELECT 1;
-- = same

-- === storage parameters and back
CREATE TABLE t (id int);
-- up
ALTER TABLE t SET (fillfactor = 70, autovacuum_enabled = false);
-- down
ALTER TABLE t RESET (fillfactor);
-- = changes option autovacuum_enabled of table t

-- === replica identity and back
CREATE TABLE t (id int PRIMARY KEY);
-- up
ALTER TABLE t REPLICA IDENTITY FULL;
-- down
ALTER TABLE t REPLICA IDENTITY DEFAULT;
-- = same

-- === inheritance and back
CREATE TABLE p (a int);
CREATE TABLE t (a int);
-- up
ALTER TABLE t INHERIT p;
-- down
ALTER TABLE t NO INHERIT p;
-- = same

-- === a partition made and dropped
CREATE TABLE p (a int) PARTITION BY RANGE (a);
-- up
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
-- down
DROP TABLE p1;
-- = same

-- === a partition attached and detached
CREATE TABLE p (a int NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE p1 (a int NOT NULL);
-- up
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (0) TO (10);
-- down
ALTER TABLE p DETACH PARTITION p1;
-- = same

-- === a partition attached with an index, which stays
CREATE TABLE p (a int NOT NULL) PARTITION BY RANGE (a);
CREATE INDEX p_a ON p (a);
CREATE TABLE p1 (a int NOT NULL);
-- up
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (0) TO (10);
-- down
ALTER TABLE p DETACH PARTITION p1;
-- = leaves index p1_a_idx

-- === a partition detached and attached with other bounds
CREATE TABLE p (a int NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
-- up
ALTER TABLE p DETACH PARTITION p1;
-- down
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (0) TO (20);
-- = changes bounds of table p1

-- === a partition detached and attached
CREATE TABLE p (a int NOT NULL) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1, 2);
-- up
ALTER TABLE p DETACH PARTITION p1;
-- down
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1, 2);
-- = same

-- === partitions go with their parent
CREATE TABLE p (a int NOT NULL) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1, 2);
-- up
DROP TABLE p;
-- down
CREATE TABLE p (a int NOT NULL) PARTITION BY LIST (a);
-- = loses table p1

-- === made by a query
CREATE TABLE t (a int);
-- up
CREATE TABLE u AS SELECT * FROM t;
-- down
DROP TABLE u;
-- = same

-- === made like another
CREATE TABLE t (a int PRIMARY KEY, b text DEFAULT 'x');
-- up
CREATE TABLE u (LIKE t INCLUDING ALL);
-- down
DROP TABLE u;
-- = same

-- === privileges and back
CREATE ROLE app;
CREATE TABLE t (a int);
-- up
GRANT SELECT, INSERT ON t TO app;
-- down
REVOKE ALL ON t FROM app;
-- = same

-- === privileges that stay
CREATE ROLE app;
CREATE TABLE t (a int);
-- up
GRANT SELECT, INSERT ON t TO app;
-- down
REVOKE INSERT ON t FROM app;
-- = changes privilege select of app of table t

-- === privileges that go with their table
CREATE ROLE app;
CREATE TABLE t (a int);
GRANT SELECT ON t TO app;
-- up
DROP TABLE t;
-- down
CREATE TABLE t (a int);
-- = changes privilege select of app of table t

-- === privileges on all tables
CREATE ROLE app;
CREATE TABLE t (a int);
CREATE TABLE u (a int);
-- up
GRANT SELECT ON ALL TABLES IN SCHEMA public TO app;
-- down
REVOKE SELECT ON t FROM app;
-- = changes privilege select of app of table u

-- === privileges on a schema
CREATE ROLE app;
CREATE SCHEMA s;
-- up
GRANT USAGE ON SCHEMA s TO app;
-- down
REVOKE USAGE ON SCHEMA s FROM app;
-- = same

-- === the privilege that everybody has
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
-- up
REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC;
-- down
GRANT EXECUTE ON FUNCTION f() TO PUBLIC;
-- = same

-- === the privilege that everybody had
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
-- up
REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC;
-- down
SELECT 1;
-- = leaves privilege execute of public function f()

-- === default privileges and back
CREATE ROLE app;
-- up
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO app;
-- down
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM app;
-- = same

-- === an owner and back
CREATE ROLE app;
CREATE TABLE t (a int);
ALTER TABLE t OWNER TO postgres;
-- up
ALTER TABLE t OWNER TO app;
-- down
ALTER TABLE t OWNER TO postgres;
-- = same

-- === an owner that was not told
CREATE ROLE app;
CREATE TABLE t (a int);
-- up
ALTER TABLE t OWNER TO app;
-- down
ALTER TABLE t OWNER TO postgres;
-- = unknown

-- === a comment and back
CREATE TABLE t (a int);
-- up
COMMENT ON COLUMN t.a IS 'a number';
-- down
COMMENT ON COLUMN t.a IS NULL;
-- = same

-- === a comment over another one
CREATE TABLE t (a int);
COMMENT ON COLUMN t.a IS 'a number';
-- up
COMMENT ON COLUMN t.a IS 'the number';
-- down
COMMENT ON COLUMN t.a IS '';
-- = changes comment of column t.a

-- === a comment that goes with its column
CREATE TABLE t (b int, a int);
COMMENT ON COLUMN t.a IS 'a number';
-- up
ALTER TABLE t DROP COLUMN a;
-- down
ALTER TABLE t ADD COLUMN a int;
-- = changes comment of column t.a

-- === a comment that follows a renamed column
CREATE TABLE t (a int);
COMMENT ON COLUMN t.a IS 'a number';
-- up
ALTER TABLE t RENAME a TO b;
-- down
ALTER TABLE t RENAME b TO a;
-- = same

-- === a publication there and back
CREATE TABLE t (a int PRIMARY KEY);
-- up
CREATE PUBLICATION p FOR TABLE t;
-- down
DROP PUBLICATION p;
-- = same

-- === a publication with one table more
CREATE TABLE t (a int PRIMARY KEY);
CREATE TABLE u (a int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE t;
-- up
ALTER PUBLICATION p ADD TABLE u;
-- down
SELECT 1;
-- = changes tables of publication p

-- === dynamic SQL
-- up
DO $$ BEGIN EXECUTE format('CREATE TABLE %I (a int)', current_setting('server_version')); END $$;
-- down
SELECT 1;
-- = unknown

-- === a DO block that is read
CREATE TABLE t (a int);
-- up
DO $$ BEGIN ALTER TABLE t ADD COLUMN b int; END $$;
-- down
ALTER TABLE t DROP COLUMN b;
-- = same

-- === a down that says that there is none
CREATE TABLE t (a int, b int);
-- up
ALTER TABLE t DROP COLUMN b;
-- down
DO $$ BEGIN RAISE EXCEPTION 'there is no way back'; END $$;
-- = fails

-- === an aggregate
-- up
CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer);
-- down
DROP AGGREGATE total (integer);
-- = unknown

-- === a branch that may not run
CREATE TABLE t (a int);
-- up
DO $$ BEGIN IF current_setting('server_version_num')::int > 1 THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;
-- down
SELECT 1;
-- = unknown

-- === a sequence that may have been there
-- up
CREATE SEQUENCE IF NOT EXISTS s;
CREATE TABLE t (a int DEFAULT nextval('s'));
-- down
DROP TABLE t;
-- = unknown

-- === a table that may have been there
-- up
CREATE TABLE IF NOT EXISTS t (a int);
-- down
SELECT 1;
-- = unknown

-- === a sequence that may have been there, dropped
-- up
CREATE SEQUENCE IF NOT EXISTS s;
-- down
DROP SEQUENCE s;
-- = same

-- === a sequence that was there
CREATE SEQUENCE s;
-- up
CREATE SEQUENCE IF NOT EXISTS s;
-- down
SELECT 1;
-- = same

-- === the down writes to a table that nobody made
-- up
CREATE TABLE t (a int);
-- down
DELETE FROM u WHERE a = 1;
DROP TABLE t;
-- = unknown

-- === the down drops a table of another name
-- up
CREATE TABLE t (a int);
-- down
DROP TABLE u;
-- = leaves table t
-- = unknown

-- === the down drops a table that nobody made, and all else
-- up
CREATE TABLE t (a int);
-- down
DROP TABLE t;
DROP TABLE u;
-- = unknown

-- === the down drops a table that nobody made, if it is there
-- up
CREATE TABLE t (a int);
-- down
DROP TABLE t;
DROP TABLE IF EXISTS u;
-- = same

-- === schema and table in one pair of quotes
-- up
CREATE TABLE public.form (id integer);
-- down
DROP TABLE "public.form";
-- = fails

-- === a name with a dot in it
-- up
CREATE TABLE "public.form" (id integer);
-- down
DROP TABLE "public.form";
-- = same

-- === a partitioned table of which no partition is known
CREATE TABLE event (at date NOT NULL) PARTITION BY RANGE (at);
-- up
DROP TABLE event;
-- down
CREATE TABLE event (at date NOT NULL) PARTITION BY RANGE (at);
-- = unknown

-- === a statement that is not followed and names something else
CREATE TABLE kept (id integer);
-- up
CREATE TABLE extra (id integer);
-- down
CREATE COLLATION kept_order (locale = 'C');
-- = leaves table extra
-- = unknown

-- === a statement of a later version that names what is different
CREATE TABLE kept (id integer, title text);
-- up
ALTER TABLE kept DROP COLUMN title;
-- down
ALTER TABLE kept ADD COLUMN title text, ADD CONSTRAINT kept_id NOT NULL id;
-- = unknown

-- === dynamic SQL in the down
-- up
CREATE TABLE extra (id integer);
-- down
DO $$ BEGIN EXECUTE format('DROP TABLE %I', (SELECT 'ex' || 'tra')); END $$;
-- = unknown

-- === dynamic SQL in the up, after something is left over
-- up
CREATE TABLE extra (id integer);
DO $$ BEGIN EXECUTE format('SELECT %L', (SELECT now())); END $$;
-- down
-- = leaves table extra
-- = unknown

-- === a partitioned table that may have been there, with partitions that nothing shows
CREATE TABLE IF NOT EXISTS readings (id bigint, taken_at timestamptz) PARTITION BY RANGE (taken_at);
DO $$ BEGIN
  EXECUTE format('CREATE TABLE %I PARTITION OF readings DEFAULT', 'readings_' || extract(year FROM now()));
END $$;
-- up
DROP TABLE readings;
-- down
CREATE TABLE readings (id bigint, taken_at timestamptz) PARTITION BY RANGE (taken_at);
-- = unknown

-- === renamed back, and still called by the new name
CREATE TABLE t (id int PRIMARY KEY, a int);
-- up
ALTER TABLE t RENAME TO u;
-- down
ALTER TABLE u RENAME TO t;
ALTER TABLE u RENAME COLUMN a TO b;
-- = fails
