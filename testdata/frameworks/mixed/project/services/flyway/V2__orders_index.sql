ALTER TABLE orders ADD COLUMN paid boolean;
CREATE INDEX CONCURRENTLY orders_paid_idx ON orders (paid);
