BEGIN;
CREATE TABLE payments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL,
    paid_at timestamptz NOT NULL
);
CREATE INDEX payments_order_id_idx ON payments (order_id);
CREATE UNIQUE INDEX payments_paid_at_idx ON payments (paid_at, order_id);
COMMIT;
