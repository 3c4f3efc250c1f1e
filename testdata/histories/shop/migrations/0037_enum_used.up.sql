ALTER TABLE store.orders ADD COLUMN state state NOT NULL DEFAULT 'new', ADD COLUMN states state[] DEFAULT '{}';
ALTER TYPE state RENAME TO order_state;
ALTER TYPE order_state SET SCHEMA store;
CREATE INDEX ON store.orders (state) WHERE state = 'new'::store.order_state;
