-- +goose Up
DROP EXTENSION hstore CASCADE;
-- +goose Down
SELECT 1;
