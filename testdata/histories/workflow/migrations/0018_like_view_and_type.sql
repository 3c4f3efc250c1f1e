CREATE VIEW template_view AS SELECT id, a + 1 AS a1, b FROM template;
CREATE TABLE from_view (LIKE template_view);
CREATE TYPE pair AS (x int, y text COLLATE "C");
CREATE TABLE from_type (LIKE pair, z int);
CREATE TABLE typed OF pair;
CREATE TABLE typed_key OF pair (x WITH OPTIONS PRIMARY KEY, CHECK (y <> ''));
