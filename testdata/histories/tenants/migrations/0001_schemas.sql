-- +goose Up
CREATE SCHEMA app;
CREATE SCHEMA "Tenant 1";
CREATE SCHEMA audit CREATE TABLE log (id bigserial PRIMARY KEY, at timestamptz DEFAULT now(), what text) CREATE INDEX ON log (at);
-- +goose Down
SELECT 1;
