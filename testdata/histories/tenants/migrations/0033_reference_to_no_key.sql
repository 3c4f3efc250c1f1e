-- +goose Up
CREATE UNIQUE INDEX elders_b ON core.elders (b);
CREATE UNIQUE INDEX elders_b_part ON core.elders (aa) WHERE b > 0;
ALTER TABLE core.children ADD FOREIGN KEY (w) REFERENCES core.elders (b);
ALTER TABLE core.children DROP COLUMN y;
ALTER TABLE core.elders DROP COLUMN aa CASCADE;
-- +goose Down
SELECT 1;
