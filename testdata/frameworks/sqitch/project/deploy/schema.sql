\set reader app_reader
BEGIN;
CREATE OR REPLACE VIEW names AS SELECT id, email FROM users;
GRANT SELECT ON names TO :"reader";
COMMIT;
