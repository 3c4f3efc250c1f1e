-- Enum types, domains, composite types, sequences, schemas, extensions.

-- === a label that no statement takes away
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- up
ALTER TYPE mood ADD VALUE 'calm';
-- down
SELECT 'there is no way back';
-- = changes labels of enum type mood

-- === an enum type there and back
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- up
DROP TYPE mood;
-- down
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- = same

-- === an enum type with the labels in another order
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- up
DROP TYPE mood;
-- down
CREATE TYPE mood AS ENUM ('happy', 'sad');
-- = changes labels of enum type mood

-- === a label taken away by a type made anew
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (a int, m mood);
-- up
ALTER TYPE mood ADD VALUE 'calm';
-- down
ALTER TYPE mood RENAME TO old_mood;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE t ALTER m TYPE mood USING m::text::mood;
DROP TYPE old_mood;
-- = same

-- === a label renamed and back
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- up
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
-- down
ALTER TYPE mood RENAME VALUE 'blue' TO 'sad';
-- = same

-- === a type renamed and left so
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- up
ALTER TYPE mood RENAME TO feeling;
-- down
SELECT 1;
-- = loses enum type mood
-- = leaves enum type feeling

-- === a type that CASCADE takes along
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (m mood, a int);
-- up
DROP TYPE mood CASCADE;
-- down
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- = loses column t.m

-- === a domain there and back
CREATE DOMAIN d AS text CONSTRAINT c CHECK (VALUE <> '');
-- up
DROP DOMAIN d;
-- down
CREATE DOMAIN d AS text CONSTRAINT c CHECK (VALUE <> '');
-- = same

-- === a domain without its check
CREATE DOMAIN d AS text CONSTRAINT c CHECK (VALUE <> '');
-- up
ALTER DOMAIN d DROP CONSTRAINT c;
-- down
ALTER DOMAIN d SET NOT NULL;
-- = changes constraint c of domain d
-- = changes nullability of domain d

-- === a domain's default and back
CREATE DOMAIN d AS text;
-- up
ALTER DOMAIN d SET DEFAULT 'x';
-- down
ALTER DOMAIN d DROP DEFAULT;
-- = same

-- === a composite type there and back
CREATE TYPE c AS (a int, b text);
-- up
DROP TYPE c;
-- down
CREATE TYPE c AS (a int, b text);
-- = same

-- === a composite type with another attribute
CREATE TYPE c AS (a int, b text);
-- up
DROP TYPE c;
-- down
CREATE TYPE c AS (a int, b varchar);
-- = changes type of column c.b

-- === a sequence there and back
CREATE SEQUENCE s INCREMENT BY 10 CACHE 5;
-- up
DROP SEQUENCE s;
-- down
CREATE SEQUENCE s INCREMENT BY 10 CACHE 5;
-- = same

-- === a sequence with another increment
CREATE SEQUENCE s INCREMENT BY 10;
-- up
DROP SEQUENCE s;
-- down
CREATE SEQUENCE s;
-- = changes option increment of sequence s

-- === a sequence that belongs to nobody any more
CREATE TABLE t (a int);
CREATE SEQUENCE s OWNED BY t.a;
-- up
ALTER SEQUENCE s OWNED BY NONE;
-- down
SELECT 1;
-- = changes owning column of sequence s

-- === a sequence's owner and back
CREATE TABLE t (a int);
CREATE SEQUENCE s;
-- up
ALTER SEQUENCE s OWNED BY t.a;
-- down
ALTER SEQUENCE s OWNED BY NONE;
-- = same

-- === a sequence of another type
CREATE SEQUENCE s AS integer;
-- up
ALTER SEQUENCE s AS bigint;
-- down
ALTER SEQUENCE s AS smallint;
-- = changes type of sequence s

-- === a sequence that only counts elsewhere
CREATE SEQUENCE s;
-- up
ALTER SEQUENCE s RESTART WITH 100;
-- down
SELECT setval('s', 1);
-- = same

-- === a schema there and back
-- up
CREATE SCHEMA app;
CREATE TABLE app.t (a int PRIMARY KEY);
-- down
DROP SCHEMA app CASCADE;
-- = same

-- === a schema that stays
-- up
CREATE SCHEMA app;
CREATE TABLE app.t (a int PRIMARY KEY);
-- down
DROP TABLE app.t;
-- = leaves schema app

-- === a schema renamed and back
CREATE SCHEMA app;
CREATE TABLE app.t (a int PRIMARY KEY);
-- up
ALTER SCHEMA app RENAME TO api;
-- down
ALTER SCHEMA api RENAME TO app;
-- = same

-- === a table moved and back
CREATE SCHEMA app;
CREATE TABLE t (a serial PRIMARY KEY);
-- up
ALTER TABLE t SET SCHEMA app;
-- down
ALTER TABLE app.t SET SCHEMA public;
-- = same

-- === a table moved and left there
CREATE SCHEMA app;
CREATE TABLE t (a int PRIMARY KEY);
-- up
ALTER TABLE t SET SCHEMA app;
-- down
SELECT 1;
-- = renames table t

-- === an extension there and back
-- up
CREATE EXTENSION IF NOT EXISTS plpgsql;
-- down
SELECT 1;
-- = same

-- === the search_path decides
CREATE SCHEMA app;
-- up
SET search_path TO app;
CREATE TABLE t (a int);
-- down
DROP TABLE app.t;
-- = same

-- === default privileges that everybody has from the start
-- up
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
-- down
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
-- = same

-- === a comment that goes with its extension
DROP EXTENSION plpgsql;
-- up
CREATE EXTENSION plpgsql;
COMMENT ON EXTENSION plpgsql IS 'functions';
-- down
DROP EXTENSION plpgsql;
-- = same

-- === a comment where the extension has one of its own
-- up
COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';
-- down
SELECT 1;
-- = unknown

-- === a schema that may have been there
-- up
CREATE SCHEMA IF NOT EXISTS s;
-- down
SELECT 1;
-- = unknown

-- === a privilege of a schema that may have been there
CREATE SCHEMA IF NOT EXISTS s;
-- up
GRANT USAGE ON SCHEMA s TO postgres;
-- down
SELECT 1;
-- = unknown

-- === a privilege of a table that may have been there
CREATE TABLE IF NOT EXISTS t (a int);
-- up
GRANT SELECT ON t TO PUBLIC;
-- down
SELECT 1;
-- = unknown

-- === a type made anew under the name that a label was given before
CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE shop (id integer, state state NOT NULL DEFAULT 'open');
ALTER TYPE state RENAME VALUE 'open' TO 'Open';
-- up
ALTER TABLE shop ALTER COLUMN state DROP DEFAULT;
ALTER TABLE shop ALTER COLUMN state TYPE text USING state::text;
DROP TYPE state;
-- down
CREATE TYPE state AS ENUM ('Open', 'closed');
ALTER TABLE shop ALTER COLUMN state TYPE state USING state::state;
ALTER TABLE shop ALTER COLUMN state SET DEFAULT 'Open';
-- = same

-- === a label's new name in a default
CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE shop (id integer, state state DEFAULT 'open'::state);
-- up
ALTER TYPE state RENAME VALUE 'open' TO 'begun';
-- down
ALTER TYPE state RENAME VALUE 'begun' TO 'open';
-- = same

-- === a domain's default that is NULL is none
CREATE DOMAIN moment AS timestamptz;
-- up
ALTER DOMAIN moment SET DEFAULT now();
-- down
ALTER DOMAIN moment SET DEFAULT NULL;
-- = same
