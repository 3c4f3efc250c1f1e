-- Indexes: how they are built, what they hold, what they go with.

-- === created and dropped
CREATE TABLE t (a int);
-- up
CREATE INDEX i ON t (a);
-- down
DROP INDEX i;
-- = same

-- === created and dropped concurrently
CREATE TABLE t (a int);
-- up
CREATE INDEX CONCURRENTLY i ON t (a);
-- down
DROP INDEX CONCURRENTLY IF EXISTS i;
-- = same

-- === without a name
CREATE TABLE t (a int);
-- up
CREATE INDEX ON t (a);
-- down
DROP INDEX t_a_idx;
-- = same

-- === without a name, dropped under another
CREATE TABLE t (a int);
-- up
CREATE INDEX ON t (a);
-- down
DROP INDEX IF EXISTS idx_t_a;
-- = leaves index t_a_idx

-- === dropped and made
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a, b DESC);
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON t USING btree (a ASC, b DESC NULLS FIRST);
-- = same

-- === another order of columns
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a, b);
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON t (b, a);
-- = changes keys of index i

-- === unique no more
CREATE TABLE t (a int);
CREATE UNIQUE INDEX i ON t (a);
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON t (a);
-- = changes uniqueness of index i

-- === another operator class
CREATE TABLE t (a text);
CREATE INDEX i ON t (a text_pattern_ops);
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON t (a);
-- = changes keys of index i

-- === another method
CREATE TABLE t (a int[]);
CREATE INDEX i ON t USING gin (a);
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON t USING btree (a);
-- = changes method of index i

-- === another predicate
CREATE TABLE t (a int, gone boolean);
CREATE INDEX i ON t (a) WHERE NOT gone;
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON t (a) WHERE gone;
-- = changes predicate of index i

-- === the same predicate
CREATE TABLE t (a int, gone timestamptz);
CREATE INDEX i ON t (a) WHERE (gone IS NULL);
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON public.t (a) WHERE gone IS NULL;
-- = same

-- === without the included column
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a) INCLUDE (b);
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON t (a);
-- = changes included columns of index i

-- === another expression
CREATE TABLE t (a text);
CREATE INDEX i ON t (lower(a));
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON t (upper(a));
-- = changes keys of index i

-- === another collation
CREATE TABLE t (a text);
CREATE INDEX i ON t (a COLLATE "C");
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON t (a);
-- = changes keys of index i

-- === nulls distinct
CREATE TABLE t (a int);
CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT;
-- up
DROP INDEX i;
-- down
CREATE UNIQUE INDEX i ON t (a);
-- = changes treatment of nulls of index i

-- === renamed and back
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
-- up
ALTER INDEX i RENAME TO j;
-- down
ALTER INDEX j RENAME TO i;
-- = same

-- === renamed and left so
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
-- up
ALTER INDEX i RENAME TO j;
-- down
SELECT 1;
-- = renames index i

-- === it goes with its column
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (b);
-- up
ALTER TABLE t DROP COLUMN b;
-- down
ALTER TABLE t ADD COLUMN b int;
-- = loses index i

-- === it goes with its column and comes back
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (b);
-- up
ALTER TABLE t DROP COLUMN b;
-- down
ALTER TABLE t ADD COLUMN b int;
CREATE INDEX i ON t (b);
-- = same

-- === replaced by a better one
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a);
-- up
CREATE INDEX CONCURRENTLY j ON t (a, b);
DROP INDEX CONCURRENTLY i;
-- down
CREATE INDEX CONCURRENTLY i ON t (a);
DROP INDEX CONCURRENTLY j;
-- = same

-- === replaced by a better one that stays
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a);
-- up
CREATE INDEX CONCURRENTLY j ON t (a, b);
DROP INDEX CONCURRENTLY i;
-- down
CREATE INDEX CONCURRENTLY i ON t (a);
-- = leaves index j

-- === storage parameters and back
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
-- up
ALTER INDEX i SET (fillfactor = 70);
-- down
ALTER INDEX i RESET (fillfactor);
-- = same

-- === storage parameters that stay
CREATE TABLE t (a int);
CREATE INDEX i ON t (a) WITH (fillfactor = 80);
-- up
ALTER INDEX i SET (fillfactor = 70);
-- down
ALTER INDEX i SET (fillfactor = 90);
-- = changes option fillfactor of index i

-- === made with storage parameters, and without
CREATE TABLE t (a int);
CREATE INDEX i ON t (a) WITH (fillfactor = 80);
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON t (a);
-- = changes option fillfactor of index i

-- === cluster and back
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
-- up
ALTER TABLE t CLUSTER ON i;
-- down
ALTER TABLE t SET WITHOUT CLUSTER;
-- = same

-- === the down makes what is there
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
-- up
CREATE INDEX j ON t (a);
-- down
CREATE INDEX i ON t (a);
-- = fails

-- === the down makes IF NOT EXISTS what is there
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
-- up
CREATE INDEX j ON t (a);
-- down
CREATE INDEX IF NOT EXISTS i ON t (a);
DROP INDEX j;
-- = same

-- === a statistics object there and back
CREATE TABLE t (a int, b int);
-- up
CREATE STATISTICS s (dependencies) ON a, b FROM t;
-- down
DROP STATISTICS s;
-- = same

-- === a statistics object that stays
CREATE TABLE t (a int, b int);
-- up
CREATE STATISTICS s (dependencies) ON a, b FROM t;
-- down
SELECT 1;
-- = leaves statistics object s

-- === casts as a dump shows them
CREATE TABLE t (a int);
CREATE FUNCTION f(a numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT a $$;
CREATE INDEX i ON t (f(a));
-- up
DROP INDEX i;
-- down
CREATE INDEX i ON public.t USING btree (public.f((a)::numeric));
-- = unknown
