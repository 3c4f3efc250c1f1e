CREATE TABLE thing (id int);
CREATE INDEX thing_id_idx ON steps (kind);
CREATE INDEX ON thing (id);
CREATE SCHEMA thing;
CREATE TABLE thing.thing (thing int PRIMARY KEY);
CREATE FUNCTION thing(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER TABLE thing ADD CONSTRAINT thing_check CHECK (id > 1), ADD CHECK (id > 2), ADD CHECK (id > id), ADD CHECK (3 > 2);
CREATE TABLE thing_fkey (id int REFERENCES thing.thing, CONSTRAINT thing_fkey_id_fkey1 CHECK (id > 0));
ALTER TABLE thing_fkey ADD FOREIGN KEY (id) REFERENCES thing.thing, ADD FOREIGN KEY (id) REFERENCES thing.thing;
