SET lock_timeout = '2s';
ALTER TABLE users DROP CONSTRAINT users_name_key;
CREATE UNIQUE INDEX users_name_key ON users (name);
