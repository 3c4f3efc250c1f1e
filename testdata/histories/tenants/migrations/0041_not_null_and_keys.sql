-- +goose Up
CREATE TABLE core.nulls (a int NOT NULL, b int, c int, PRIMARY KEY (b));
ALTER TABLE core.nulls DROP CONSTRAINT nulls_pkey;
ALTER TABLE core.nulls ALTER a DROP NOT NULL, ALTER c SET NOT NULL;
ALTER TABLE core.nulls ADD PRIMARY KEY (a, c);
ALTER TABLE core.nulls DROP COLUMN c;
-- +goose Down
SELECT 1;
