-- +goose Up
ALTER TABLE core.brief DROP CONSTRAINT brief_x_key, DROP CONSTRAINT brief_check, DROP CONSTRAINT IF EXISTS nothing;
ALTER TABLE core.brief DROP COLUMN id;
CREATE TABLE brief_id_seq (id int);
DROP INDEX core.brief_x;
-- +goose Down
SELECT 1;
