CREATE FUNCTION of_template(t template) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION gives_template() RETURNS SETOF template LANGUAGE sql AS 'SELECT * FROM template';
DROP TABLE template CASCADE;
