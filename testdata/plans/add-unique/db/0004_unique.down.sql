SET lock_timeout = '2s';
ALTER TABLE users DROP CONSTRAINT users_name_key;
SET lock_timeout = 0;
CREATE UNIQUE INDEX CONCURRENTLY users_name_key ON users (name);
