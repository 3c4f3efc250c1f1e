-- +goose NO TRANSACTION
-- +goose Up
SET lock_timeout = '2s';
CREATE INDEX users_by_age ON users (age);

-- +goose Down
DROP INDEX CONCURRENTLY users_by_age;
