SET lock_timeout = '5s';
-- A build waits for older transactions; a timeout would leave an invalid index behind.
SET lock_timeout = 0;
CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);
