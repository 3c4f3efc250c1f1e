-- +goose Up
ALTER TABLE core.nulls RENAME COLUMN a TO x;
ALTER TABLE core.nulls RENAME COLUMN b TO a;
ALTER TABLE core.nulls RENAME COLUMN x TO b;
ALTER TABLE core.nulls ADD CHECK (a > b), ADD UNIQUE (a), ADD CONSTRAINT nulls_pkey UNIQUE (b);
ALTER TABLE core.nulls RENAME CONSTRAINT nulls_pkey TO nulls_b;
ALTER TABLE core.nulls RENAME CONSTRAINT nulls_a_key TO nulls_pkey;
ALTER TABLE core.nulls ADD PRIMARY KEY (a, b);
-- +goose Down
SELECT 1;
