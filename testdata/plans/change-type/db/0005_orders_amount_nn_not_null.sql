SET lock_timeout = '2s';
ALTER TABLE orders ALTER COLUMN amount_new SET NOT NULL;
