-- +goose Up
CREATE TABLE core.numbers (n int DEFAULT public.one(), CHECK (public.one() = 1), m int GENERATED ALWAYS AS (2 + 1) STORED);
CREATE FUNCTION core.twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE INDEX ON core.numbers (core.twice(n));
CREATE INDEX ON core.numbers (n) WHERE core.twice(n) > 2;
ALTER TABLE core.numbers ADD COLUMN d int GENERATED ALWAYS AS (core.twice(n)) STORED;
-- +goose Down
SELECT 1;
