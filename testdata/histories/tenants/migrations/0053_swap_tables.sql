-- +goose Up
CREATE TABLE core.users_new (LIKE core.users INCLUDING ALL);
ALTER TABLE core.users_new ADD COLUMN name text;
ALTER TABLE core.users RENAME TO users_old;
ALTER TABLE core.users_new RENAME TO users;
ALTER TABLE core.checks DROP CONSTRAINT checks_b_fkey;
ALTER TABLE core.checks DROP CONSTRAINT c_fk;
ALTER SEQUENCE core.users_id_seq OWNED BY core.users.id;
DROP TABLE core.users_old;
-- +goose Down
SELECT 1;
