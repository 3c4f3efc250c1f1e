-- +goose Up
ALTER TABLE core.parents RENAME a TO aa;
ALTER TABLE core.children RENAME x TO xx;
ALTER TABLE core.parents RENAME TO elders;
ALTER TABLE core.children ADD FOREIGN KEY (xx, y) REFERENCES core.elders;
ALTER TABLE core.elders DROP CONSTRAINT parents_b_a_key CASCADE;
ALTER TABLE core.elders DROP COLUMN c CASCADE;
-- +goose Down
SELECT 1;
