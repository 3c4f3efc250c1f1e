-- +goose Up
ALTER TABLE core.tags DROP COLUMN attributes;
DROP EXTENSION hstore CASCADE;
-- +goose Down
SELECT 1;
