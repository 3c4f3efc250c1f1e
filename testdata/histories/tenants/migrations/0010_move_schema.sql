-- +goose Up
CREATE SCHEMA IF NOT EXISTS archive;
ALTER TABLE app.teams SET SCHEMA archive;
ALTER TABLE archive.teams ADD COLUMN number serial;
ALTER TABLE archive.teams RENAME TO groups;
ALTER TABLE archive.groups ADD UNIQUE (slug);
ALTER TABLE archive.groups ADD FOREIGN KEY (owner) REFERENCES app.users ON DELETE CASCADE;
-- +goose Down
SELECT 1;
