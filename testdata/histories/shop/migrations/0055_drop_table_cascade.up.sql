CREATE VIEW town_names AS SELECT t.id, c.name FROM towns t JOIN countries c ON c.iso = t.country;
DROP TABLE countries CASCADE;
DROP TABLE IF EXISTS countries, nowhere;
