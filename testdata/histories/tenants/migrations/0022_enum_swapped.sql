-- +goose Up
ALTER TYPE core.mood RENAME TO mood_old;
CREATE TYPE core.mood AS ENUM ('sad', 'happy');
ALTER TABLE core.made_in_do ALTER COLUMN mood DROP DEFAULT;
ALTER TABLE core.made_in_do ALTER COLUMN mood TYPE core.mood USING mood::text::core.mood;
DROP TYPE core.mood_old;
-- +goose Down
SELECT 1;
