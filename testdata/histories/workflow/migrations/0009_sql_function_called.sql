CREATE FUNCTION make_view() RETURNS void LANGUAGE sql AS 'CREATE VIEW all_runs AS SELECT * FROM runs';
SELECT make_view();
