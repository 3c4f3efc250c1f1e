-- +goose Up
ALTER TABLE core.logs SET SCHEMA history;
ALTER TABLE core.logs_2023_with_a_name_that_is_long_enough_to_cut_what_follows_it RENAME TO logs_2023;
CREATE TABLE history.logs_2025 PARTITION OF history.logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
DROP INDEX history.logs_body_idx;
ALTER TABLE history.logs DROP CONSTRAINT logs_at_body_key;
DROP TABLE core.logs_2024_with_a_name_that_is_long_enough_to_cut_what_follows_it;
-- +goose Down
SELECT 1;
