BEGIN;
SET LOCAL lock_timeout = '2s';
DROP VIEW customers;
ALTER TABLE users RENAME TO customers;
COMMIT;
