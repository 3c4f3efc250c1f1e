CREATE VIEW one AS SELECT id, kind FROM steps;
CREATE VIEW two AS SELECT o.id, o.kind, w.name FROM one o JOIN workflows w USING (id);
CREATE VIEW three AS SELECT * FROM two UNION SELECT 1, 'x', 'y';
CREATE VIEW four AS WITH t AS (SELECT id FROM one) SELECT t.*, (SELECT max(id) FROM t) AS top FROM t;
DROP VIEW one CASCADE;
