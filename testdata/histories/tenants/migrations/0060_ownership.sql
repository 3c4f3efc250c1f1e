-- +goose Up
CREATE SEQUENCE core.shared;
CREATE TABLE core.owner_of (id int DEFAULT nextval('core.shared'), id2 int);
ALTER SEQUENCE core.shared OWNED BY core.owner_of.id2;
ALTER TABLE core.owner_of DROP COLUMN id2 CASCADE;
ALTER TABLE core.owner_of ALTER COLUMN id SET NOT NULL, ADD PRIMARY KEY (id);
-- +goose Down
SELECT 1;
