CREATE OR REPLACE VIEW all_orders AS SELECT id, total FROM orders;
