-- +goose Up
-- +goose StatementBegin
DO $$
BEGIN
    CREATE TABLE core.made_in_do (id int PRIMARY KEY);
    ALTER TABLE core.made_in_do ADD COLUMN note text NOT NULL DEFAULT '';
    CREATE INDEX ON core.made_in_do (note);
END
$$;
-- +goose StatementEnd
-- +goose Down
SELECT 1;
