BEGIN;
SET LOCAL lock_timeout = '2s';
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DROP TRIGGER orders_amount_sync ON orders;
DROP FUNCTION orders_amount_sync();
ALTER TABLE orders RENAME COLUMN amount TO amount_old;
ALTER TABLE orders RENAME COLUMN amount_new TO amount;
ALTER TABLE orders ALTER COLUMN amount_old DROP NOT NULL;
COMMIT;
