-- +goose NO TRANSACTION
-- +goose Up
REINDEX INDEX CONCURRENTLY core.made_mood;
DROP INDEX CONCURRENTLY core.made_mood;
VACUUM core.made_in_do;
ALTER TYPE core.mood ADD VALUE 'new';
-- +goose Down
SELECT 1;
