BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE users RENAME TO customers;
CREATE VIEW users AS SELECT * FROM customers;
COMMIT;
