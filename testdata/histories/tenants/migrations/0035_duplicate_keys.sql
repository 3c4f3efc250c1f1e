-- +goose Up
CREATE TABLE core.twice (a int PRIMARY KEY UNIQUE, b int UNIQUE, UNIQUE (b), UNIQUE (a, b), CONSTRAINT ab UNIQUE (a, b), CONSTRAINT ba UNIQUE (b, a));
CREATE TABLE core.twice_key (LIKE core.twice INCLUDING INDEXES);
ALTER TABLE core.twice ADD UNIQUE (b);
ALTER TABLE core.twice DROP CONSTRAINT twice_b_key;
ALTER TABLE core.twice ADD UNIQUE (b, a), ADD UNIQUE (b, a);
-- +goose Down
SELECT 1;
