-- +goose Up
ALTER TABLE core.typed ADD COLUMN e int, ADD COLUMN f int DEFAULT 3, ADD CHECK (e > f), ADD CONSTRAINT e_unique UNIQUE (e), ADD FOREIGN KEY (e) REFERENCES core.typed (e);
ALTER TABLE core.typed ADD COLUMN g serial NOT NULL, ADD COLUMN h text COLLATE "C" DEFAULT NULL, ADD COLUMN i core.slug, ADD COLUMN j timestamptz DEFAULT now() NOT NULL;
ALTER TABLE core.typed DROP COLUMN e, ADD COLUMN e text UNIQUE;
-- +goose Down
SELECT 1;
