-- +goose Up
CREATE VIEW core.v5 AS SELECT mood, upper(note) AS loud FROM core.made_in_do WHERE mood = 'happy';
DROP TYPE core.mood CASCADE;
-- +goose Down
SELECT 1;
