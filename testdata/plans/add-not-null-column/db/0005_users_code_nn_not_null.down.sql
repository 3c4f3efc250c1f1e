SET lock_timeout = '2s';
ALTER TABLE users ALTER COLUMN code DROP NOT NULL;
