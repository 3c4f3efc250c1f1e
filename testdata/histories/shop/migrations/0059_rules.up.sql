CREATE VIEW open_orders AS SELECT id, total FROM store.orders;
CREATE RULE no_delete AS ON DELETE TO open_orders DO INSTEAD NOTHING;
CREATE RULE keep AS ON DELETE TO lines DO ALSO NOTIFY lines;
ALTER RULE keep ON lines RENAME TO kept;
CREATE OR REPLACE VIEW open_orders AS SELECT id, total, customer_id AS customer FROM store.orders;
ALTER VIEW open_orders RENAME COLUMN customer TO buyer;
ALTER VIEW open_orders RENAME TO live_orders;
