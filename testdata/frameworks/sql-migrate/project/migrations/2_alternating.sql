-- +migrate Up
ALTER TABLE users ADD COLUMN nickname text;

-- +migrate Down
ALTER TABLE users DROP COLUMN age;

-- +migrate Up
ALTER TABLE users ADD COLUMN age integer;

-- +migrate Down
ALTER TABLE users DROP COLUMN nickname;
