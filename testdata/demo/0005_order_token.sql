-- A volatile default is computed for every row, and NOT NULL needs a value in all of them.
BEGIN;
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders
    ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN channel text NOT NULL;
COMMIT;
