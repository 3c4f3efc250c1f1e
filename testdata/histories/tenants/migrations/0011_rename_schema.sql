-- +goose Up
ALTER SCHEMA archive RENAME TO history;
ALTER SCHEMA app RENAME TO core;
CREATE TABLE core.teams (id int PRIMARY KEY REFERENCES history.groups);
ALTER TABLE core.teams ADD COLUMN role core.role NOT NULL DEFAULT 'owner';
-- +goose Down
SELECT 1;
