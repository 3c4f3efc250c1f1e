-- +goose Up
ALTER TABLE core.checks ADD COLUMN a_new bigint;
UPDATE core.checks SET a_new = a;
ALTER TABLE core.checks RENAME COLUMN a TO a_old;
ALTER TABLE core.checks RENAME COLUMN a_new TO a;
ALTER TABLE core.checks DROP COLUMN a_old;
ALTER TABLE core.checks ADD PRIMARY KEY (a);
-- +goose Down
SELECT 1;
