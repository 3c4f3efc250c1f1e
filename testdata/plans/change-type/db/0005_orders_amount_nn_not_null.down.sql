SET lock_timeout = '2s';
ALTER TABLE orders ALTER COLUMN amount_new DROP NOT NULL;
