SET lock_timeout = '2s';
DROP TRIGGER orders_amount_sync ON orders;
DROP FUNCTION orders_amount_sync();
ALTER TABLE orders DROP COLUMN amount_new;
