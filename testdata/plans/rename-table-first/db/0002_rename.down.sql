BEGIN;
SET LOCAL lock_timeout = '2s';
DROP VIEW users;
ALTER TABLE customers RENAME TO users;
COMMIT;
