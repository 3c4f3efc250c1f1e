-- +goose Up
SAVEPOINT one;
ALTER TABLE core.fresh ADD COLUMN lost int;
SAVEPOINT two;
DROP TABLE core.fresh;
ROLLBACK TO one;
ALTER TABLE core.fresh ADD COLUMN kept int;
SAVEPOINT one;
CREATE TABLE core.lost (id serial);
ALTER TYPE core.role RENAME TO gone;
ROLLBACK TO SAVEPOINT one;
RELEASE SAVEPOINT one;
-- +goose Down
SELECT 1;
