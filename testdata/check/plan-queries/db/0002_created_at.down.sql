SET lock_timeout = '2s';
ALTER TABLE users DROP COLUMN created_at;
