-- +goose NO TRANSACTION
-- +goose Up
ALTER TYPE core.mood ADD VALUE 'angry' BEFORE 'sad';
ALTER TYPE core.mood ADD VALUE 'meh' AFTER 'sad';
ALTER TABLE core.made_in_do ALTER COLUMN mood SET DEFAULT 'meh';
CREATE INDEX CONCURRENTLY made_mood ON core.made_in_do (mood);
-- +goose Down
SELECT 1;
