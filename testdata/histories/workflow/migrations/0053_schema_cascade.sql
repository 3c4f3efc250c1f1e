DROP SCHEMA thing CASCADE;
CREATE VIEW seen AS SELECT id FROM elsewhere.moved;
CREATE TABLE outside (e elsewhere.fresh_level, m int REFERENCES elsewhere.moved, d int DEFAULT elsewhere.thing(1));
DROP SCHEMA elsewhere CASCADE;
