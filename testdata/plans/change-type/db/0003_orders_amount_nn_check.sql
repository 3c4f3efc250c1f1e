SET lock_timeout = '2s';
ALTER TABLE orders ADD CONSTRAINT orders_amount_nn CHECK (amount_new IS NOT NULL) NOT VALID;
