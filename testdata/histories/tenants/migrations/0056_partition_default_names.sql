-- +goose Up
CREATE TABLE core.logs (id bigserial, at date NOT NULL, tenant int REFERENCES core.elders (b), body text, PRIMARY KEY (id, at), UNIQUE (at, body), CHECK (id > 0)) PARTITION BY RANGE (at);
CREATE INDEX ON core.logs (tenant, lower(body));
CREATE TABLE core.logs_2023_with_a_name_that_is_long_enough_to_cut_what_follows_it PARTITION OF core.logs FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE core.logs_2024_with_a_name_that_is_long_enough_to_cut_what_follows_it PARTITION OF core.logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX ON core.logs (body);
CREATE INDEX ON core.logs (body) WHERE id > 7;
ALTER TABLE core.logs ADD UNIQUE (at, tenant);
-- +goose Down
SELECT 1;
