-- A new table may have what it likes; the foreign key still locks orders for a moment.
SET lock_timeout = '5s';
CREATE TABLE payments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders (id),
    amount numeric(10, 2) NOT NULL,
    paid_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX payments_order_id_idx ON payments (order_id);
