ALTER TABLE steps ADD COLUMN kind_new varchar(10) NOT NULL DEFAULT 'a';
ALTER TABLE steps DROP COLUMN kind;
ALTER TABLE steps RENAME COLUMN kind_new TO kind;
ALTER TABLE steps ADD CHECK (kind IN ('a', 'b', 'c'));
ALTER TABLE steps ALTER kind DROP DEFAULT, ALTER kind TYPE text;
