-- +goose Up
ALTER TABLE users ADD COLUMN everywhere int;
-- +goose Down
SELECT 1;
