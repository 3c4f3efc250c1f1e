-- +goose Up
-- +goose StatementBegin
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood') THEN
        CREATE TYPE core.mood AS ENUM ('sad', 'ok', 'happy');
    END IF;
    BEGIN
        CREATE TYPE core.mood AS ENUM ('other');
    EXCEPTION WHEN duplicate_object THEN
        NULL;
    END;
    EXECUTE 'ALTER TABLE core.made_in_do ADD COLUMN executed int';
END
$$;
-- +goose StatementEnd
ALTER TABLE core.made_in_do ADD COLUMN mood core.mood;
-- +goose Down
SELECT 1;
