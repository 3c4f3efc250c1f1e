-- +goose Up
ALTER FUNCTION core.stamp() SET SCHEMA public;
ALTER TABLE core.numbers RENAME COLUMN n TO number;
ALTER TABLE core.numbers DISABLE TRIGGER USER;
ALTER TABLE core.numbers ENABLE TRIGGER stamped;
-- +goose Down
SELECT 1;
