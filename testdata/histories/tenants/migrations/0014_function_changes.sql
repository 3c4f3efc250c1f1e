-- +goose Up
CREATE OR REPLACE FUNCTION core.add(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql VOLATILE AS 'SELECT a - b';
ALTER FUNCTION core.add(int, int) STRICT;
ALTER FUNCTION core.list() RENAME TO listed;
ALTER FUNCTION core.one SET SCHEMA public;
ALTER PROCEDURE core.work(int) RENAME TO toil;
ALTER ROUTINE core.pair(numeric, bigint) RENAME TO twins;
DROP FUNCTION core.rows;
DROP FUNCTION IF EXISTS core.add(int), core.nothing(int);
-- +goose Down
SELECT 1;
