-- Rows are rewritten in one go while the ALTER TABLE above keeps everybody out.
BEGIN;
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN status smallint;
UPDATE orders SET status = CASE state WHEN 'new' THEN 0 WHEN 'paid' THEN 1 ELSE 2 END;
COMMIT;
