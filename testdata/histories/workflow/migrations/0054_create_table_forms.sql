CREATE UNLOGGED TABLE fast (id int) WITH (fillfactor = 50) TABLESPACE pg_default;
CREATE TABLE nothing_in_it ();
ALTER TABLE nothing_in_it ADD a int, ADD COLUMN b int;
CREATE TABLE PUBLIC.Upper_Case (Id INT, "Id" INT);
CREATE TABLE selected AS SELECT w.name, w.config -> 'a' AS a, w.config ->> 'b' AS b, r.* FROM workflows w, runs r;
SELECT * INTO TABLE into_it FROM selected;
CREATE TABLE from_execute (n) AS SELECT g FROM generate_series(1, 2) g;
CREATE TABLE tabled AS TABLE steps;
