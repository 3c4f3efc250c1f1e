-- +goose Up
-- +goose ENVSUB ON
ALTER TABLE users ADD COLUMN nickname text;
GRANT SELECT ON users TO ${READER};
-- +goose ENVSUB OFF

-- +goose Down
-- +goose ENVSUB ON
REVOKE SELECT ON users FROM ${READER};
-- +goose ENVSUB OFF
ALTER TABLE users DROP COLUMN nickname;
