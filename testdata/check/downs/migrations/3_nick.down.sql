SET lock_timeout = '2s';
ALTER TABLE users ADD COLUMN nick text;
CREATE INDEX users_by_nick ON users (nick);
