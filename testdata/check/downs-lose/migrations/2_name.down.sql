DROP INDEX users_state_idx;
ALTER TABLE users DROP COLUMN name;
