-- +goose Up
DROP SCHEMA "Tenant 1" CASCADE;
DROP TABLE history.groups CASCADE;
ALTER SCHEMA history RENAME TO "History";
DROP PUBLICATION all_of_it;
-- +goose Down
SELECT 1;
