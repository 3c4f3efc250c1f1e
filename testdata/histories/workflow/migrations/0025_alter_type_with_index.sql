CREATE TABLE indexed (a int PRIMARY KEY, b text, c int UNIQUE, d int CHECK (d > 0));
CREATE INDEX indexed_b ON indexed (b text_pattern_ops);
CREATE INDEX indexed_cd ON indexed (c, d) WHERE d > 5;
ALTER TABLE indexed ALTER a TYPE bigint, ALTER b TYPE varchar(9), ALTER c TYPE numeric, ALTER d TYPE smallint;
ALTER TABLE indexed SET WITHOUT OIDS;
ALTER TABLE indexed REPLICA IDENTITY NOTHING;
