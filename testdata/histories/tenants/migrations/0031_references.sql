-- +goose Up
CREATE TABLE core.parents (a int, b int, c int UNIQUE, PRIMARY KEY (a, b), UNIQUE (b, a));
CREATE TABLE core.children (x int, y int, z int REFERENCES core.parents (c) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY (x, y) REFERENCES core.parents, FOREIGN KEY (y, x) REFERENCES core.parents (b, a), CONSTRAINT self FOREIGN KEY (z) REFERENCES core.parents (c) ON DELETE SET NULL);
ALTER TABLE core.children ADD FOREIGN KEY (x, y) REFERENCES core.parents (a, b);
ALTER TABLE core.children ADD COLUMN w int REFERENCES core.parents (c), ADD COLUMN v int CONSTRAINT v_fk REFERENCES core.parents (c) ON DELETE CASCADE;
-- +goose Down
SELECT 1;
