-- Rows that a down deletes, and those that refer to them.

-- === the referenced rows are deleted, and those that refer to them stay
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind);
-- up
INSERT INTO kind VALUES (1, 'tool');
INSERT INTO item VALUES (1, 1);
-- down
DELETE FROM kind WHERE name = 'tool';
-- = unknown

-- === both are deleted, those that refer first
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind);
-- up
INSERT INTO kind VALUES (1, 'tool');
INSERT INTO item VALUES (1, 1);
-- down
DELETE FROM item WHERE id = 1;
DELETE FROM kind WHERE name = 'tool';
-- = same

-- === both are deleted, those that refer last
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind);
-- up
INSERT INTO kind VALUES (1, 'tool');
INSERT INTO item VALUES (1, 1);
-- down
DELETE FROM kind WHERE name = 'tool';
DELETE FROM item WHERE id = 1;
-- = unknown

-- === both are deleted, those that refer last, and the commit checks
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind DEFERRABLE INITIALLY DEFERRED);
-- up
INSERT INTO kind VALUES (1, 'tool');
INSERT INTO item VALUES (1, 1);
-- down
BEGIN;
DELETE FROM kind WHERE name = 'tool';
DELETE FROM item WHERE id = 1;
COMMIT;
-- = same

-- === the commit checks, and nothing deletes those that refer
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind DEFERRABLE INITIALLY DEFERRED);
-- up
INSERT INTO kind VALUES (1, 'tool');
INSERT INTO item VALUES (1, 1);
-- down
BEGIN;
DELETE FROM kind WHERE name = 'tool';
COMMIT;
-- = unknown

-- === those that refer go with the referenced ones
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind ON DELETE CASCADE);
-- up
INSERT INTO kind VALUES (1, 'tool');
INSERT INTO item VALUES (1, 1);
-- down
DELETE FROM kind WHERE name = 'tool';
-- = same

-- === those that refer go, and others refer to these
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind ON DELETE CASCADE);
CREATE TABLE part (id int PRIMARY KEY, item int REFERENCES item);
-- up
INSERT INTO kind VALUES (1, 'tool');
INSERT INTO item VALUES (1, 1);
INSERT INTO part VALUES (1, 1);
-- down
DELETE FROM kind WHERE name = 'tool';
-- = unknown

-- === those that refer are set to NULL by the key
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind ON DELETE SET NULL);
-- up
INSERT INTO kind VALUES (1, 'tool');
INSERT INTO item VALUES (1, 1);
-- down
DELETE FROM kind WHERE name = 'tool';
-- = same

-- === the up points rows that were there to what it inserts
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind);
INSERT INTO item VALUES (1, NULL);
-- up
INSERT INTO kind VALUES (1, 'tool');
UPDATE item SET kind = 1;
-- down
DELETE FROM kind WHERE name = 'tool';
-- = unknown

-- === the down points them to nothing first
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind);
INSERT INTO item VALUES (1, NULL);
-- up
INSERT INTO kind VALUES (1, 'tool');
UPDATE item SET kind = 1;
-- down
UPDATE item SET kind = NULL WHERE kind = 1;
DELETE FROM kind WHERE name = 'tool';
-- = same

-- === the up changes other columns of what refers
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind, name text);
INSERT INTO item VALUES (1, NULL);
-- up
INSERT INTO kind VALUES (1, 'tool');
INSERT INTO item (id, name) VALUES (2, 'saw');
UPDATE item SET name = 'axe';
-- down
DELETE FROM kind WHERE name = 'tool';
-- = same

-- === rows are inserted by a branch of the same statement
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int REFERENCES kind);
-- up
WITH made AS (INSERT INTO kind VALUES (1, 'tool') RETURNING id)
INSERT INTO item (id, kind) SELECT 1, id FROM made;
-- down
DELETE FROM kind WHERE name = 'tool';
-- = unknown

-- === the down drops the key first
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE item (id int PRIMARY KEY, kind int);
-- up
INSERT INTO kind VALUES (1, 'tool');
INSERT INTO item VALUES (1, 1);
ALTER TABLE item ADD CONSTRAINT item_kind FOREIGN KEY (kind) REFERENCES kind;
-- down
ALTER TABLE item DROP CONSTRAINT item_kind;
DELETE FROM kind WHERE name = 'tool';
-- = same

-- === rows are looked up by less than tells them apart
CREATE TABLE plugin (id int PRIMARY KEY, name text, version text);
CREATE TABLE step (id int PRIMARY KEY, plugin int);
INSERT INTO plugin VALUES (1, 'scan', '1');
-- up
INSERT INTO plugin VALUES (2, 'scan', '2');
INSERT INTO step VALUES (2, 2);
-- down
DELETE FROM step WHERE plugin = (SELECT id FROM plugin WHERE name = 'scan' AND version = '2');
DELETE FROM step WHERE plugin = (SELECT id FROM plugin WHERE name = 'scan');
DELETE FROM plugin WHERE name = 'scan' AND version = '2';
-- = unknown

-- === the up tells the rows apart, the down does not
CREATE TABLE plugin (id int PRIMARY KEY, name text, version text);
CREATE TABLE step (id int PRIMARY KEY, plugin int);
INSERT INTO plugin VALUES (1, 'scan', '1');
-- up
INSERT INTO plugin VALUES (2, 'scan', '2');
INSERT INTO step VALUES (2, (SELECT id FROM plugin WHERE version = '2' AND name = 'scan'));
-- down
DELETE FROM step WHERE plugin = (SELECT p.id FROM plugin p WHERE name = 'scan');
DELETE FROM plugin WHERE version = '2';
-- = unknown

-- === the shorter look-up is by a unique key
CREATE TABLE plugin (id int PRIMARY KEY, name text UNIQUE, version text);
CREATE TABLE step (id int PRIMARY KEY, plugin int);
-- up
INSERT INTO plugin VALUES (1, 'scan', '1');
INSERT INTO step VALUES (1, (SELECT id FROM plugin WHERE name = 'scan' AND version = '1'));
-- down
DELETE FROM step WHERE plugin = (SELECT id FROM plugin WHERE name = 'scan');
DELETE FROM plugin WHERE name = 'scan';
-- = same

-- === look-ups of other rows, and those of all rows at once
CREATE TABLE plugin (id int PRIMARY KEY, name text, version text);
CREATE TABLE step (id int PRIMARY KEY, plugin int);
-- up
INSERT INTO plugin VALUES (1, 'scan', '1');
INSERT INTO step VALUES (1, (SELECT id FROM plugin WHERE name = 'scan' AND version = '1'));
-- down
DELETE FROM step WHERE plugin = (SELECT max(id) FROM plugin WHERE name = 'scan');
DELETE FROM step WHERE plugin IN (SELECT id FROM plugin WHERE name = 'scan');
DELETE FROM step WHERE plugin = (SELECT id FROM plugin WHERE name = 'build');
DELETE FROM plugin WHERE name = 'scan';
-- = same
