CREATE TABLE parts (a int, b int, c int, d int, CHECK (a > b), UNIQUE (a, b), UNIQUE (c), EXCLUDE USING btree (d WITH =));
CREATE INDEX ON parts (a, c);
CREATE INDEX ON parts (c) WHERE b > 0;
CREATE INDEX ON parts ((b + c));
CREATE INDEX ON parts (c) INCLUDE (b);
CREATE STATISTICS parts_stats ON a, b FROM parts;
ALTER TABLE parts DROP COLUMN b;
