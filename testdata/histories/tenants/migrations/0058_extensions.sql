-- +goose Up
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION hstore WITH SCHEMA history;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE TABLE core.tags (name citext PRIMARY KEY, attributes history.hstore, id uuid DEFAULT uuid_generate_v4(), tags citext[]);
CREATE INDEX ON core.tags USING gin (attributes);
-- +goose Down
SELECT 1;
