-- +goose Up
CREATE PUBLICATION all_of_it FOR ALL TABLES;
CREATE STATISTICS core.correlated (dependencies) ON a, c FROM core.checks;
ALTER STATISTICS core.correlated RENAME TO related;
ALTER TABLE core.checks RENAME COLUMN c TO cc;
ALTER STATISTICS core.related SET SCHEMA history;
-- +goose Down
SELECT 1;
