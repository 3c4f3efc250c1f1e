-- Columns: added, dropped, renamed, given other types, defaults, identities and options.

-- === add and drop
CREATE TABLE t (a int);
-- up
ALTER TABLE t ADD COLUMN b text;
-- down
ALTER TABLE t DROP COLUMN b;
-- = same

-- === two added, one dropped
CREATE TABLE t (a int);
-- up
ALTER TABLE t ADD COLUMN b text, ADD COLUMN c text;
-- down
ALTER TABLE t DROP COLUMN b;
-- = leaves column t.c

-- === the last column dropped and added
CREATE TABLE t (a int, b text);
-- up
ALTER TABLE t DROP COLUMN b;
-- down
ALTER TABLE t ADD COLUMN b text;
-- = same

-- === a column in the middle dropped and added
CREATE TABLE t (a int, b text, c text);
-- up
ALTER TABLE t DROP COLUMN b;
-- down
ALTER TABLE t ADD COLUMN b text;
-- = reorders table t

-- === dropped and added with another type
CREATE TABLE t (a int, b varchar(20));
-- up
ALTER TABLE t DROP COLUMN b;
-- down
ALTER TABLE t ADD COLUMN b text;
-- = changes type of column t.b

-- === dropped and added without its NOT NULL
CREATE TABLE t (a int, b text NOT NULL);
-- up
ALTER TABLE t DROP COLUMN b;
-- down
ALTER TABLE t ADD COLUMN b text;
-- = changes nullability of column t.b

-- === dropped and added without its default
CREATE TABLE t (a int, b boolean NOT NULL DEFAULT false);
-- up
ALTER TABLE t DROP COLUMN b;
-- down
ALTER TABLE t ADD COLUMN b boolean NOT NULL;
-- = changes default of column t.b

-- === dropped and added with another collation
CREATE TABLE t (a int, b text COLLATE "C");
-- up
ALTER TABLE t DROP COLUMN b;
-- down
ALTER TABLE t ADD COLUMN b text;
-- = changes collation of column t.b

-- === renamed and back
CREATE TABLE t (a int, b text);
-- up
ALTER TABLE t RENAME COLUMN b TO c;
-- down
ALTER TABLE t RENAME COLUMN c TO b;
-- = same

-- === renamed and left so
CREATE TABLE t (a int, b text);
-- up
ALTER TABLE t RENAME COLUMN b TO c;
-- down
SELECT 1;
-- = renames column t.b

-- === renamed and replaced by a new one
CREATE TABLE t (a int, b text);
-- up
ALTER TABLE t RENAME COLUMN b TO c;
-- down
ALTER TABLE t ADD COLUMN b text;
-- = leaves column t.c

-- === two swapped names, swapped back
CREATE TABLE t (a int, b int);
-- up
ALTER TABLE t RENAME a TO x;
ALTER TABLE t RENAME b TO a;
ALTER TABLE t RENAME x TO b;
-- down
ALTER TABLE t RENAME a TO x;
ALTER TABLE t RENAME b TO a;
ALTER TABLE t RENAME x TO b;
-- = same

-- === two swapped names, left so
CREATE TABLE t (a int, b int);
-- up
ALTER TABLE t RENAME a TO x;
ALTER TABLE t RENAME b TO a;
ALTER TABLE t RENAME x TO b;
-- down
SELECT 1;
-- = reorders table t

-- === a wider type and back
CREATE TABLE t (a int);
-- up
ALTER TABLE t ALTER COLUMN a TYPE bigint;
-- down
ALTER TABLE t ALTER COLUMN a TYPE int;
-- = same

-- === a wider type and no way back
CREATE TABLE t (a varchar(10));
-- up
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
-- down
ALTER TABLE t ALTER COLUMN a TYPE varchar(15);
-- = changes type of column t.a

-- === spellings of one type
CREATE TABLE t (a character varying(10), b timestamp with time zone, c decimal(10,2), d int4, e bool);
-- up
ALTER TABLE t ALTER a TYPE text, ALTER b TYPE date, ALTER c TYPE numeric, ALTER d TYPE bigint;
-- down
ALTER TABLE t ALTER a TYPE varchar(10), ALTER b TYPE timestamptz, ALTER c TYPE numeric(10,2), ALTER d TYPE integer;
-- = same

-- === numeric without a scale
CREATE TABLE t (a numeric(10));
-- up
ALTER TABLE t ALTER a TYPE numeric(12,2);
-- down
ALTER TABLE t ALTER a TYPE numeric(10,0);
-- = same

-- === an array and back
CREATE TABLE t (a text[]);
-- up
ALTER TABLE t ALTER a TYPE varchar[];
-- down
ALTER TABLE t ALTER a TYPE text[];
-- = same

-- === a type by way of USING
CREATE TABLE t (a text);
-- up
ALTER TABLE t ALTER a TYPE int USING a::int;
-- down
ALTER TABLE t ALTER a TYPE text USING a::text;
-- = same

-- === default set and dropped
CREATE TABLE t (a int);
-- up
ALTER TABLE t ALTER a SET DEFAULT 1;
-- down
ALTER TABLE t ALTER a DROP DEFAULT;
-- = same

-- === default set over another one
CREATE TABLE t (a int DEFAULT 7);
-- up
ALTER TABLE t ALTER a SET DEFAULT 1;
-- down
ALTER TABLE t ALTER a DROP DEFAULT;
-- = changes default of column t.a

-- === default with a cast and without
CREATE TABLE t (a text DEFAULT 'x'::text);
-- up
ALTER TABLE t ALTER a DROP DEFAULT;
-- down
ALTER TABLE t ALTER a SET DEFAULT 'x';
-- = same

-- === default now() against CURRENT_TIMESTAMP
CREATE TABLE t (a timestamptz DEFAULT now());
-- up
ALTER TABLE t ALTER a DROP DEFAULT;
-- down
ALTER TABLE t ALTER a SET DEFAULT CURRENT_TIMESTAMP;
-- = changes default of column t.a

-- === default with parentheses
CREATE TABLE t (a int DEFAULT (1 + 2));
-- up
ALTER TABLE t ALTER a DROP DEFAULT;
-- down
ALTER TABLE t ALTER a SET DEFAULT 1 + 2;
-- = same

-- === default lost with a change of type
CREATE TABLE t (a text DEFAULT 'one');
-- up
ALTER TABLE t ALTER a DROP DEFAULT, ALTER a TYPE varchar(10);
-- down
ALTER TABLE t ALTER a TYPE text;
-- = changes default of column t.a

-- === NOT NULL set and dropped
CREATE TABLE t (a int);
-- up
ALTER TABLE t ALTER a SET NOT NULL;
-- down
ALTER TABLE t ALTER a DROP NOT NULL;
-- = same

-- === NOT NULL that was there before
CREATE TABLE t (a int NOT NULL);
-- up
ALTER TABLE t ALTER a SET NOT NULL;
-- down
ALTER TABLE t ALTER a DROP NOT NULL;
-- = changes nullability of column t.a

-- === serial dropped and added
CREATE TABLE t (b text, a serial);
-- up
ALTER TABLE t DROP COLUMN a;
-- down
ALTER TABLE t ADD COLUMN a serial;
-- = same

-- === serial back as identity
CREATE TABLE t (b text, a serial);
-- up
ALTER TABLE t DROP COLUMN a;
-- down
ALTER TABLE t ADD COLUMN a int GENERATED BY DEFAULT AS IDENTITY;
-- = changes default of column t.a
-- = changes identity of column t.a
-- = loses sequence t_a_seq

-- === bigserial back as serial
CREATE TABLE t (b text, a bigserial);
-- up
ALTER TABLE t DROP COLUMN a;
-- down
ALTER TABLE t ADD COLUMN a serial;
-- = changes type of column t.a
-- = changes type of sequence t_a_seq

-- === identity added and dropped
CREATE TABLE t (a int NOT NULL);
-- up
ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY;
-- down
ALTER TABLE t ALTER a DROP IDENTITY;
-- = same

-- === identity that is generated otherwise
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);
-- up
ALTER TABLE t ALTER a SET GENERATED BY DEFAULT;
-- down
SELECT 1;
-- = changes identity of column t.a

-- === identity for a serial, and no way back
CREATE TABLE t (a serial);
-- up
ALTER TABLE t ALTER a DROP DEFAULT;
DROP SEQUENCE t_a_seq;
ALTER TABLE t ALTER a ADD GENERATED BY DEFAULT AS IDENTITY;
-- down
ALTER TABLE t ALTER a DROP IDENTITY;
-- = changes default of column t.a
-- = loses sequence t_a_seq

-- === identity for a serial, and back
CREATE TABLE t (a serial);
-- up
ALTER TABLE t ALTER a DROP DEFAULT;
DROP SEQUENCE t_a_seq;
ALTER TABLE t ALTER a ADD GENERATED BY DEFAULT AS IDENTITY;
-- down
ALTER TABLE t ALTER a DROP IDENTITY;
CREATE SEQUENCE t_a_seq AS integer OWNED BY t.a;
ALTER TABLE t ALTER a SET DEFAULT nextval('t_a_seq');
-- = same

-- === generated dropped and added
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
-- up
ALTER TABLE t DROP COLUMN b;
-- down
ALTER TABLE t ADD COLUMN b int GENERATED ALWAYS AS (a * 2) STORED;
-- = same

-- === generated by another expression
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
-- up
ALTER TABLE t DROP COLUMN b;
-- down
ALTER TABLE t ADD COLUMN b int GENERATED ALWAYS AS (a * 3) STORED;
-- = changes expression of column t.b

-- === generated no more
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
-- up
ALTER TABLE t ALTER b DROP EXPRESSION;
-- down
SELECT 1;
-- = changes expression of column t.b

-- === statistics target and back
CREATE TABLE t (a int);
-- up
ALTER TABLE t ALTER a SET STATISTICS 500;
-- down
ALTER TABLE t ALTER a SET STATISTICS -1;
-- = same

-- === statistics target that stays
CREATE TABLE t (a int);
-- up
ALTER TABLE t ALTER a SET STATISTICS 500;
-- down
ALTER TABLE t ALTER a SET STATISTICS 100;
-- = changes statistics target of column t.a

-- === column options and back
CREATE TABLE t (a int);
-- up
ALTER TABLE t ALTER a SET (n_distinct = 100);
-- down
ALTER TABLE t ALTER a RESET (n_distinct);
-- = same

-- === storage that stays
CREATE TABLE t (a text);
ALTER TABLE t ALTER a SET STORAGE EXTENDED;
-- up
ALTER TABLE t ALTER a SET STORAGE EXTERNAL;
-- down
SELECT 1;
-- = changes storage of column t.a

-- === compression and back
CREATE TABLE t (a text);
-- up
ALTER TABLE t ALTER a SET COMPRESSION pglz;
-- down
ALTER TABLE t ALTER a SET COMPRESSION default;
-- = same

-- === added with an inline constraint
CREATE TABLE t (a int);
CREATE TABLE r (id int PRIMARY KEY);
-- up
ALTER TABLE t ADD COLUMN r_id int REFERENCES r (id), ADD COLUMN u int UNIQUE, ADD COLUMN c int CHECK (c > 0);
-- down
ALTER TABLE t DROP COLUMN r_id, DROP COLUMN u, DROP COLUMN c;
-- = same

-- === dropped and added without its key
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int, r_id int REFERENCES r (id));
-- up
ALTER TABLE t DROP COLUMN r_id;
-- down
ALTER TABLE t ADD COLUMN r_id int;
-- = loses constraint t_r_id_fkey on t

-- === dropped and added with its key
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int, r_id int REFERENCES r (id));
-- up
ALTER TABLE t DROP COLUMN r_id;
-- down
ALTER TABLE t ADD COLUMN r_id int REFERENCES r (id);
-- = same

-- === the down adds IF NOT EXISTS what is there
CREATE TABLE t (a int, b int);
-- up
ALTER TABLE t ADD COLUMN c int;
-- down
ALTER TABLE t ADD COLUMN IF NOT EXISTS b int;
ALTER TABLE t DROP COLUMN IF EXISTS c;
-- = same

-- === the down drops a column of another name
CREATE TABLE t (a int, b int);
-- up
ALTER TABLE t ADD COLUMN c int;
-- down
ALTER TABLE t DROP COLUMN d;
-- = fails

-- === the down drops what was there before
CREATE TABLE t (a int, b int);
-- up
ALTER TABLE t ADD COLUMN c int;
-- down
ALTER TABLE t DROP COLUMN c, DROP COLUMN b;
-- = loses column t.b

-- === the down drops twice
CREATE TABLE t (a int);
-- up
ALTER TABLE t ADD COLUMN c int;
-- down
ALTER TABLE t DROP COLUMN c;
ALTER TABLE t DROP COLUMN c;
-- = fails

-- === a column of an unknown table
-- up
ALTER TABLE IF EXISTS elsewhere ADD COLUMN c int;
-- down
ALTER TABLE IF EXISTS elsewhere DROP COLUMN c;
-- = same

-- === a composite type's attribute
CREATE TYPE c AS (a int, b int);
-- up
ALTER TYPE c ADD ATTRIBUTE d int;
-- down
ALTER TYPE c DROP ATTRIBUTE d;
-- = same

-- === a composite type's attribute that stays
CREATE TYPE c AS (a int, b int);
-- up
ALTER TYPE c ADD ATTRIBUTE d int;
-- down
SELECT 1;
-- = leaves column c.d

-- === rows alone
CREATE TABLE t (a int);
-- up
INSERT INTO t VALUES (1), (2);
-- down
DELETE FROM t WHERE a IN (1, 2);
-- = same

-- === constants between quotes
CREATE TABLE t (a boolean DEFAULT 'false', b int DEFAULT '7', c text DEFAULT '7');
-- up
ALTER TABLE t ALTER a DROP DEFAULT, ALTER b DROP DEFAULT, ALTER c DROP DEFAULT;
-- down
ALTER TABLE t ALTER a SET DEFAULT false, ALTER b SET DEFAULT 7, ALTER c SET DEFAULT '7'::text;
-- = same

-- === a down with a mistake
CREATE TABLE t (a int);
-- up
ALTER TABLE t ALTER a SET NOT NULL;
-- down
ALTER TABLE t ALTER a DROP NOT NOT NULL;
-- = fails

-- === a word compared with an integer
CREATE TABLE log (id integer, node integer);
-- up
ALTER TABLE log ALTER COLUMN node TYPE text;
UPDATE log SET node = CASE WHEN node = '1' THEN 'Flow' ELSE NULL END;
-- down
ALTER TABLE log ALTER COLUMN node TYPE integer USING node::integer;
UPDATE log SET node = CASE WHEN node = 'Flow' THEN 1 ELSE NULL END;
-- = fails

-- === a number in quotes compared with an integer
CREATE TABLE log (id integer, node integer);
-- up
ALTER TABLE log ADD COLUMN kind text;
-- down
UPDATE log SET node = 3 WHERE node = ' 4';
ALTER TABLE log DROP COLUMN kind;
-- = same
