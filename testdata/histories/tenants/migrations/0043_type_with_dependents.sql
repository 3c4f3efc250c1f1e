-- +goose Up
CREATE TABLE core.typed (a int PRIMARY KEY, b varchar(10) DEFAULT 'x' CHECK (b <> ''), c text GENERATED ALWAYS AS (upper(b)) STORED, d int REFERENCES core.typed);
CREATE INDEX ON core.typed (lower(b));
CREATE INDEX ON core.typed (d) WHERE b > 'a';
ALTER TABLE core.typed ALTER a TYPE bigint, ALTER d TYPE bigint;
ALTER TABLE core.typed ALTER c DROP EXPRESSION, ALTER c SET DEFAULT 'y';
-- +goose Down
SELECT 1;
